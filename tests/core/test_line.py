"""A line as it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.layout.line_editor import EDITS, LONGEST, Line, typed
from tui.core.notes.sanitise import clean


@pytest.mark.parametrize(
    ("line", "key", "after"),
    [
        (Line("ab", "c"), "left", Line("a", "bc")),
        (Line("ab", "c"), "right", Line("abc")),
        (Line("ab", "c"), "backspace", Line("a", "c")),
        (Line("ab", "c"), "delete", Line("ab")),
        (Line("ab", "c"), "home", Line("", "abc")),
        (Line("ab", "c"), "end", Line("abc")),
        (Line("one two  ", "three"), "ctrl+w", Line("one ", "three")),
        (Line("ab", "c"), "ctrl+u", Line("", "c")),
        (Line("x👩‍🚀"), "backspace", Line("x")),
        (Line("e\u0301", "e\u0301x"), "right", Line("e\u0301e\u0301", "x")),
    ],
)
def test_keys_edit_whole_characters(line: Line, key: str, after: Line) -> None:
    assert EDITS[key](line) == after


def test_what_is_pasted_is_one_clean_line() -> None:
    assert typed(Line("a", "b"), "x\ny\x1b[31m\u202e") == Line("ax y␛[31m�", "b")


def test_a_line_has_an_end() -> None:
    assert len(typed(Line("a" * (LONGEST - 1)), "bcd").text) == LONGEST


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(sorted(EDITS)))
def test_an_edit_only_takes_away_and_moves(before: str, behind: str, key: str) -> None:
    line = Line(clean(before), clean(behind))
    after = EDITS[key](line)
    assert len(after.text) <= len(line.text)
    if key in ("left", "right", "home", "end", "ctrl+a", "ctrl+e"):
        assert after.text == line.text
