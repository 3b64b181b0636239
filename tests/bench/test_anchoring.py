"""Cases of the anchoring bench whose quotes contain characters that some programs take for line ends."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench import anchoring

if TYPE_CHECKING:
    from pathlib import Path

LINE_SEPARATOR, PARAGRAPH_SEPARATOR, NEXT_LINE = "\u2028", "\u2029", "\x85"


@pytest.mark.parametrize("sign", [LINE_SEPARATOR, PARAGRAPH_SEPARATOR, NEXT_LINE])
@pytest.mark.parametrize("count", [1, 3])
def test_a_quote_with_a_sign_that_ends_lines_elsewhere_is_one_case_and_one_prediction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sign: str, count: int
) -> None:
    words = f"lamps along the pier{sign}go out at midnight"
    before = f"# Harbour\n\n- nets dry on the wall\n- {words} in every season\n"
    after = f"# Harbour\n\n- a bullet above\n- nets dry on the wall\n- {words} in every season\n"
    (tmp_path / "old").write_bytes(before.encode())
    (tmp_path / "new").write_bytes(after.encode())
    start = before.index("lamps")
    case = {
        "before": "old",
        "after": "new",
        "source": "repo:notes.md@1",
        "kind": "phrase",
        "start": start,
        "end": start + len(words),
        "quote": words,
    }
    cases = [json.dumps({**case, "id": str(number)}, ensure_ascii=False) for number in range(count)]
    (tmp_path / "cases.jsonl").write_bytes("".join(f"{line}\n" for line in cases).encode())
    monkeypatch.setattr(sys, "argv", ["anchoring", str(tmp_path / "cases.jsonl"), str(tmp_path)])
    anchoring.main()
    # Read as a scorer may that knows of no such signs: none is left in what earmark shows.
    predictions = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["line"] for each in predictions] == [5] * count
    assert all(re.fullmatch("lamps along the pier.go out at midnight", each["text"]) for each in predictions)
