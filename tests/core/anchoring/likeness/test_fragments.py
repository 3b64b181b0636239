"""Parts of texts that resemble others, however long both are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from tui.core.anchoring.likeness import fragments
from tui.core.anchoring.likeness.fragments import Fragment, fragment, likeness_of_fragment

WORDS = st.text(st.sampled_from("ab c"), min_size=1, max_size=40)


@given(WORDS, WORDS, WORDS)
def test_text_that_stands_in_another_is_found_there_whatever_its_length(before: str, text: str, behind: str) -> None:
    long = text * (fragments._LONG // len(text) + 1)
    found = fragment(long, before + long + behind, 82)
    assert found is not None
    assert (before + long + behind)[found.start : found.end] == long
    assert likeness_of_fragment(before + long + behind, long) == found.likeness == 100


@given(WORDS, WORDS)
def test_short_texts_are_as_like_as_their_letters_say(one: str, other: str) -> None:
    assert likeness_of_fragment(one, other) == fuzz.partial_ratio(one, other)


def test_very_long_text_that_differs_is_in_no_other() -> None:
    table = "| a " * 60_000
    assert fragment(f"{table}x", table * 20, 82) is None
    assert likeness_of_fragment(f"{table}x", table * 20) == 0
    assert fragment(table, table * 20, 82) == Fragment(0, len(table), 100)
