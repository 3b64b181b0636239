"""Annotations in the shapes that Hypothesis writes, on a note of their own."""

from __future__ import annotations

import json
from typing import Any

from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import State

NOTE = """# Salt

- Salt was money in the north.
- Mules carried it over the pass.

Nobody paid the mules. Nobody asked.
"""
HERE = State(Library("salt.md", (read_note("salt.md", NOTE),)))
URI = "https://example.org/salt"


def row(id_: str, exact: str = "", prefix: str = "", suffix: str = "", **more: Any) -> dict[str, Any]:
    """An annotation of some words, or of the page."""
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": 3, "end": 9}
    return {
        "id": id_,
        "created": "2024-03-03T22:05:07.123456+00:00",
        "updated": "2024-03-04T08:00:00.654321+00:00",
        "user": "acct:ada@hypothes.is",
        "uri": URI,
        "text": "",
        "tags": [],
        "group": "__world__",
        "target": [{"source": URI, **({"selector": [{"type": "RangeSelector"}, position, quote]} if exact else {})}],
        "document": {"title": ["Salt"]},
        **more,
    }


ROWS = [
    row("a1", "Salt was money", "", " in the north", text="so were shells", tags=["old trade", "#salt"]),
    row("a2", "Mules", text="", prefix="the north. "),
    row("a3", "Nobody", suffix=" asked"),
    row("a4", "over the pass.\n\nNobody paid"),
    row("a5", "Nobody weighed the salt", prefix="In the south "),
    row("p1", text="worth a second look"),
    row("r1", text="and beads", user="acct:bo@hypothes.is", references=["a1"]),
    row(
        "r2",
        text="yes",
        references=["a1", "r1"],
        created="2024-03-05T00:00:00.000000+00:00",
        tags=["beads"],
    ),
    row("r3", text="lost", references=["zz"]),
    *(row(f"w{number}", words) for number, words in enumerate(("money", "north", "carried", "pass", "paid"))),
    *(row(f"x{number}", f"absent {number}", "before ", " behind") for number in range(6)),
]
ANSWER = json.dumps({"total": len(ROWS), "rows": ROWS}, indent=1)
EXPORT = json.dumps(
    {"export_date": "2024-03-06", "export_userid": "ada", "client_version": "1.1", "annotations": ROWS}, indent=1
)
LIST = json.dumps(ROWS)
