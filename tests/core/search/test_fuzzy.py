"""Fuzzy matches of typed letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.search.fuzzy import MOST, best

TEXTS = ["ada and grace on the compiler", "looms", "edsger on letters", "the bloom of letters", "alan on machines"]


def test_nothing_typed_offers_all_as_they_stand() -> None:
    assert best(" ", TEXTS) == [0, 1, 2, 3, 4]


def test_words_in_any_order_find_a_place() -> None:
    assert best("compiler ada", TEXTS)[0] == 0


def test_beginnings_of_words_come_before_their_middles() -> None:
    assert best("loom", TEXTS)[:2] == [1, 3]


def test_a_slip_of_the_finger_is_forgiven() -> None:
    assert best("machnies", TEXTS)[0] == 4


def test_letters_like_nothing_find_nothing() -> None:
    assert best("zzzzqqqq", TEXTS) == []


def test_a_low_tier_comes_first_among_equal_matches() -> None:
    texts = ["next hit", "next bullet", "the text"]
    assert best("next", texts) == [0, 1]
    assert best("next", texts, tiers=[3, 1, 2]) == [1, 0]
    assert best("tex", texts, tiers=[3, 2, 1]) == [2]
    assert best("e", texts, tiers=[1, 1, 0]) == [2, 0, 1]


@given(st.text("ab c", max_size=6), st.lists(st.text("abc ", max_size=8), max_size=80))
def test_places_are_offered_once_and_not_too_many(typed: str, texts: list[str]) -> None:
    found = best(typed, texts)
    assert len(found) == len(set(found)) <= MOST
    assert all(0 <= number < len(texts) for number in found)
