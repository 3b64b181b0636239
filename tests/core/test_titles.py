from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.titles import Title, read_title, split_guests


@pytest.mark.parametrize(
    ("text", "guests", "show", "date"),
    [
        ("Ada Lovelace on The Engine Room", ("Ada Lovelace",), "The Engine Room", None),
        ("Ada Lovelace and Charles Babbage on Cogs", ("Ada Lovelace", "Charles Babbage"), "Cogs", None),
        ("Ada, Charles, Mary on Cogs", ("Ada", "Charles", "Mary"), "Cogs", None),
        ("Ada, Charles, and Mary on Cogs", ("Ada", "Charles", "Mary"), "Cogs", None),
        ("Ada & Charles on Cogs (3/14)", ("Ada", "Charles"), "Cogs", "3/14"),
        ("Ada on Cogs (14 March 1843)", ("Ada",), "Cogs", "14 March 1843"),
        ("Ada on Cogs (Mar. 14th, 1843)", ("Ada",), "Cogs", "Mar. 14th, 1843"),
        ("Ada on Cogs (Aug 2024)", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (2024-03-14)", ("Ada",), "Cogs", "2024-03-14"),
        ("Ada on Cogs [2024]", ("Ada",), "Cogs", "2024"),
        ("Ada on Cogs (2024年3月14日)", ("Ada",), "Cogs", "2024年3月14日"),
        ("ada and charles on cogs (3/14)", ("ada", "charles"), "cogs", "3/14"),
        ("Ludwig van Beethoven on the Ninth Hour", ("Ludwig van Beethoven",), "the Ninth Hour", None),
        ("Ada on a16z", ("Ada",), "a16z", None),
        ("Ada on Cogs #12", ("Ada",), "Cogs #12", None),
        ("Ada on Cogs: the engine that never was", ("Ada",), "Cogs", None),
        ("Episode 12: Ada on Cogs", ("Ada",), "Cogs", None),
        ("#12 – Ada on Cogs", ("Ada",), "Cogs", None),
        ("Ada on Cogs (part 2)", ("Ada",), "Cogs", None),
        ("Ada on Cogs (12:34)", ("Ada",), "Cogs", None),
        ("  Ada\xa0Lovelace   on Cogs ", ("Ada Lovelace",), "Cogs", None),
    ],
)
def test_title_of_the_form_gives_guests_show_and_date(
    text: str, guests: tuple[str, ...], show: str | None, date: str | None
) -> None:
    assert read_title(text)[1:] == (guests, show, date)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on",
        "On Being",
        "Notes on writing well",
        "Notes on Writing Well",
        "More on that later",
        "Thoughts on Cogs",
        "Why I bet on Babbage",
        "Bug on line 4",
        "Based on Cogs",
        "Ada on how engines think",
        "The bet is on Babbage?",
        "Cogs",
        "Ada on (3/14)",
        "12 on 13",
        "Ada on Cogs and then " + "on and " * 40,
    ],
)
def test_ordinary_heading_has_no_guests(text: str) -> None:
    assert read_title(text)[1:] == ((), None, None)


def test_title_keeps_its_date_in_its_text() -> None:
    assert read_title("Ada on Cogs (3/14)").text == "Ada on Cogs (3/14)"


def test_guests_are_split_at_commas_ampersands_and_ands() -> None:
    assert split_guests("Ada Lovelace, Andy & Alexandra and Bo") == ("Ada Lovelace", "Andy", "Alexandra", "Bo")


@given(st.text())
def test_any_line_is_read(text: str) -> None:
    title = read_title(text)
    assert title.text == " ".join(text.split())
    assert (title.show is None) == (not title.guests)
    assert title.show is not None or title == Title(title.text)
