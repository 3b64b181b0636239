"""Comparing texts by their pieces, or by a digest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_pieces import edited
from tui.core.pieces import InMemory, in_pieces
from tui.files.watching import reported_text
from tui.files.watching.reported_text import NOTHING, ReportedText, beginning


@pytest.mark.parametrize("most_own", [0, 20, 1 << 18])
@given(edited(), st.integers(0, 40), st.data())
def test_texts_are_equal_if_their_bytes_are_however_they_are_kept(
    most_own: int, edit: tuple[list[bytes], bytes], at: int, data: st.DataObject
) -> None:
    known, text = edit
    other = data.draw(st.sampled_from([text, text[:at] + b"x" + text[at + 1 :], b"".join(known)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reported_text, "MOST_OWN", most_own)
        one = ReportedText(in_pieces(InMemory(text), known), tuple(known))
        shared = data.draw(st.sampled_from([known, known[: len(known) // 2], []]))
        another = ReportedText(in_pieces(InMemory(other), shared), tuple(shared))
        assert (one == another) is (text == other)
        assert (one == NOTHING) is (not text)


@given(edited(), st.integers(0, 80))
def test_the_beginning_of_a_text_is_cut_at_any_byte(edit: tuple[list[bytes], bytes], size: int) -> None:
    known, text = edit
    assert b"".join(beginning(in_pieces(InMemory(text), known), size)) == text[:size]
