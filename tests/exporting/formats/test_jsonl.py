from __future__ import annotations

import json

from tests.exporting.made import ANCHORED, highlight, state
from tui.exporting.export import Export
from tui.exporting.formats import json as whole
from tui.exporting.formats.jsonl import EXPORTER


def test_lines_are_the_objects_of_json_and_say_what_they_are() -> None:
    export = Export(state((highlight("1", comment="two\nlines"), ANCHORED)))
    lines = EXPORTER.write(export).text.splitlines()
    objects = json.loads(whole.EXPORTER.write(export).text)
    assert [json.loads(line) for line in lines] == [
        *({"type": "highlight", **each} for each in objects["highlights"]),
        *({"type": "question", **each} for each in objects["questions"]),
    ]
    assert len(lines) == 3


def test_nothing_marked_is_nothing() -> None:
    assert EXPORTER.write(Export(state(), has_questions=False)).text == ""
