"""Reading dates, and ordering episodes by them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.dates import Day, by_date, read_date

WRITTEN = st.text(alphabet="0123456789/.-–年月日abcdefjmnoprstuvyQ'’,éß٣", max_size=20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-11-03", Day(2024, 11, 3)),
        ("2024-11-03T10:00:00Z", Day(2024, 11, 3)),
        ("2024/11", Day(2024, 11, 0)),
        ("9/10", Day(0, 9, 10)),
        ("9/10/24", Day(2024, 9, 10)),
        ("9/10/2024", Day(2024, 9, 10)),
        ("23/10", Day(0, 10, 23)),
        ("3.11.2024", Day(2024, 11, 3)),
        ("11/2024", Day(2024, 11, 0)),
        ("2024年11月3日", Day(2024, 11, 3)),
        ("2024年11月", Day(2024, 11, 0)),
        ("2024", Day(2024, 0, 0)),
        ("’24", Day(2024, 0, 0)),
        ("Feb 2025", Day(2025, 2, 0)),
        ("Sept. 3rd, 2025", Day(2025, 9, 3)),
        ("10th of March", Day(0, 3, 10)),
        ("Mon, 3 November ’24", Day(2024, 11, 3)),
        ("Feb 10–12, 2025", Day(2025, 2, 10)),
        ("Spring 2024", Day(2024, 3, 0)),
        ("Q4 2024", Day(2024, 10, 0)),
        ("3. März 2024", Day(2024, 3, 3)),
        ("Dez. 2024", Day(2024, 12, 0)),
        ("12 Jänner 2024", Day(2024, 1, 12)),
        ("1er août 2024", Day(2024, 8, 1)),
        ("févr. 2024", Day(2024, 2, 0)),
        ("FÉVRIER 2024", Day(2024, 2, 0)),
        ("3 de mayo de 2024", Day(2024, 5, 3)),
        ("ene 2024", Day(2024, 1, 0)),
        ("15 giugno 2024", Day(2024, 6, 15)),
        ("lug 2024", Day(2024, 7, 0)),
        ("2 de março de 2024", Day(2024, 3, 2)),
        ("out. 2024", Day(2024, 10, 0)),
        ("4 mei 2024", Day(2024, 5, 4)),
        ("mrt 2024", Day(2024, 3, 0)),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: Day) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["", "part 2", "soon", "32/40", "2024-13-01", "Q7 2024", "the marches of time, 3"])
def test_texts_without_a_date_give_none(text: str) -> None:
    assert read_date(text) is None


@given(WRITTEN)
def test_whatever_is_written_gives_a_date_of_a_calendar_or_none(text: str) -> None:
    for day_first in (False, True):
        day = read_date(text, day_first=day_first)
        assert day is None or (day.month <= 12 and day.day <= 31 and (day.year or day.month))


FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%Y年%m月%d日")


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2099, 1, 1)), st.sampled_from(FORMS))))
def test_dates_that_say_all_are_in_the_order_of_the_calendar(said: list[tuple[date, str]]) -> None:
    written = [day.strftime(form) for day, form in said]
    order = by_date(written)
    assert order == sorted(range(len(said)), key=lambda number: said[number][0])
    newest = by_date(written, newest_first=True)
    assert newest == sorted(range(len(said)), key=lambda number: said[number][0], reverse=True)


@given(st.lists(st.none() | WRITTEN), st.booleans())
def test_every_episode_is_in_the_order_once(dates: list[str | None], newest_first: bool) -> None:
    assert sorted(by_date(dates, newest_first=newest_first)) == list(range(len(dates)))


@given(st.lists(st.sampled_from(["2024-11-03", "9/10", None, "no date"])))
def test_episodes_without_a_date_come_last_in_their_order(dates: list[str | None]) -> None:
    order = by_date(dates)
    undated = [number for number, each in enumerate(dates) if each in (None, "no date")]
    assert order[len(order) - len(undated) :] == undated


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["9/10", "3/14", "12/1"], [1, 0, 2]),
        (["2023", "9/10", "3/14", "2021", "1/1"], [3, 4, 2, 0, 1]),
        (["5/5", "2024-06-01", "4/4"], [2, 0, 1]),
        (["12/1", None, "2025-01-02"], [2, 0, 1]),
    ],
)
def test_a_date_without_a_year_is_of_the_year_that_stands_nearest(dates: list[str | None], order: list[int]) -> None:
    assert by_date(dates) == order


def test_one_day_over_twelve_says_that_the_day_comes_first_everywhere() -> None:
    assert by_date(["1/2", "2/1"]) == [0, 1]
    assert by_date(["1/2", "2/1", "13/5"]) == [1, 0, 2]
