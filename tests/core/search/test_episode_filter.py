"""Filtering and sorting the list of episodes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import Body, Episode
from tui.core.notes.titles import read_title
from tui.core.search.episode_filter import Catalogue, Order

TITLES = (
    "Noam Shazeer and Jeff Dean on Dwarkesh (Feb 2025)",
    "Dylan, Nathan on Lex (2/3)",
    "Andrej Karpathy on No Priors (9/2024)",
    "Dwarkesh on Lex",
    "What I think of it all",
)


def catalogue(titles: tuple[str, ...]) -> Catalogue:
    said = map(read_title, titles)
    return Catalogue(
        [Episode(each.text, 1, Body("", lambda _: ()), each.guests, each.show, each.date) for each in said]
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("dwarkesh", [0, 3]),
        ("show:dwarkesh", [0]),
        ("guest:dwarkesh", [3]),
        ("GUEST:dwarkesh", [3]),
        ("show:lex guest:dyl", [1]),
        ("lex dwark", [3]),
        ("lex Dwark", [3]),
        ("lex DWARK", []),
        ("2025", [0]),
        ('guest:"jeff dean"', [0]),
        ('guest:"jeff d', [0]),
        ('"dean jeff"', []),
        ("show:", [0, 1, 2, 3, 4]),
        ("think of", [4]),
        ("nowhere", []),
    ],
)
def test_an_episode_fits_where_it_has_all_that_is_asked_for(query: str, found: list[int]) -> None:
    assert list(catalogue(TITLES).sections(query, Order.DOCUMENT)) == found


def test_dates_order_the_list_and_what_fits_keeps_that_order() -> None:
    episodes = catalogue(TITLES)
    assert list(episodes.sections("", Order.NEWEST)) == [1, 0, 2, 3, 4]
    assert list(episodes.sections("", Order.OLDEST)) == [2, 0, 1, 3, 4]
    assert list(episodes.sections("lex", Order.OLDEST)) == [1, 3]


def test_the_orders_come_round() -> None:
    assert Order.DOCUMENT.next.next.next is Order.DOCUMENT


@given(st.lists(st.sampled_from(TITLES), max_size=6), st.text(max_size=12), st.sampled_from(Order))
def test_a_longer_query_never_lists_more_and_never_in_another_order(
    titles: list[str], query: str, order: Order
) -> None:
    episodes = catalogue(tuple(titles))
    every = list(episodes.sections("", order))
    assert sorted(every) == list(range(len(titles)))
    fitting = list(episodes.sections(query, order))
    assert fitting == [section for section in every if section in set(fitting)]
    both = list(episodes.sections(f"lex {query}", order))
    assert set(both) <= set(episodes.sections("lex", order))


@given(st.sampled_from(TITLES), st.data())
def test_any_piece_of_a_title_finds_it(title: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([word for word in title.split() if word.isalnum()]))
    end = data.draw(st.integers(1, len(word)))
    assert list(catalogue((title,)).sections(word[:end].lower(), Order.DOCUMENT)) == [0]
