"""Editing a line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.layout.line_editor import EDITS, LONGEST, EditedLine, typed
from tui.core.notes.sanitise import clean


@pytest.mark.parametrize(
    ("line", "edit", "after"),
    [
        (EditedLine("ab", "c"), "line_left", EditedLine("a", "bc")),
        (EditedLine("ab", "c"), "line_right", EditedLine("abc")),
        (EditedLine("ab", "c"), "line_erase", EditedLine("a", "c")),
        (EditedLine("ab", "c"), "line_erase_next", EditedLine("ab")),
        (EditedLine("ab", "c"), "line_start", EditedLine("", "abc")),
        (EditedLine("ab", "c"), "line_end", EditedLine("abc")),
        (EditedLine("one two  ", "three"), "line_erase_word", EditedLine("one ", "three")),
        (EditedLine("ab", "c"), "line_erase_start", EditedLine("", "c")),
        (EditedLine("x👩‍🚀"), "line_erase", EditedLine("x")),
        (EditedLine("e\u0301", "e\u0301x"), "line_right", EditedLine("e\u0301e\u0301", "x")),
    ],
)
def test_keys_edit_whole_characters(line: EditedLine, edit: str, after: EditedLine) -> None:
    assert EDITS[edit](line) == after


def test_pasted_text_becomes_one_clean_line() -> None:
    assert typed(EditedLine("a", "b"), "x\ny\x1b[31m\u202e") == EditedLine("ax y␛[31m�", "b")


def test_a_line_has_an_end() -> None:
    assert len(typed(EditedLine("a" * (LONGEST - 1)), "bcd").text) == LONGEST


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(sorted(EDITS)))
def test_an_edit_only_takes_away_and_moves(before: str, behind: str, key: str) -> None:
    line = EditedLine(clean(before), clean(behind))
    after = EDITS[key](line)
    assert len(after.text) <= len(line.text)
    if key in ("left", "right", "home", "end", "ctrl+a", "ctrl+e"):
        assert after.text == line.text
