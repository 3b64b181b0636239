from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.titles import Title, read_title, split_guests, topic_of


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
        ("Ada on Cogs (Aug 2024) #engines #brass/dear", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) ⭐️⭐️", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) ★★★☆☆ 4/5", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) – 1:02:03", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) 45 min", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) [1h 20 min]", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) @later", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (heard with @grace)", ("Ada",), "Cogs", None),
        ("Ada on Cogs #engines[2024]", ("Ada",), "Cogs", None),
        ("Ada on Cogs #engines (Aug 2024)", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs [", ("Ada",), "Cogs [", None),
        ("Ada on Cogs (Q3)", ("Ada",), "Cogs", "Q3"),
        ("Ada on Cogs (Monday)", ("Ada",), "Cogs", None),
        ("Ada on Cogs (Aug 2024) !!", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) {#cogs}", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024): the engine", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024) to hear again, part 2", ("Ada",), "Cogs", "Aug 2024"),
        ("3. Nov 2024 – Ada on Cogs", ("Ada",), "Cogs", "3. Nov 2024"),
        ("Nov 3, 2024 | Ada on Cogs", ("Ada",), "Cogs", "Nov 3, 2024"),
        ("Ada on Cogs (ep. 12, Aug 2024)", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (Aug 2024, part 2)", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs (#12; 3/14)", ("Ada",), "Cogs", "3/14"),
        ("Ada on Cogs (March 14, 1843 · part 2)", ("Ada",), "Cogs", "March 14, 1843"),
        ("Ada on Cogs (part 2) (Aug 2024)", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs, Aug 2024", ("Ada",), "Cogs", "Aug 2024"),
        ("Ada on Cogs – 3 May 1843", ("Ada",), "Cogs", "3 May 1843"),
        ("Ada on Cogs: the engine (Aug 2024)", ("Ada",), "Cogs", "Aug 2024"),
        ("2024-05-03 Ada Lovelace on Cogs", ("Ada Lovelace",), "Cogs", "2024-05-03"),
        ("2024-05-03: ada on cogs", ("ada",), "cogs", "2024-05-03"),
        ("[2024-05-03] Ada on Cogs", ("Ada",), "Cogs", "2024-05-03"),
        ("3.5.2024 – Ada on Cogs", ("Ada",), "Cogs", "3.5.2024"),
        ("May 3, 2024: Ada on Cogs", ("Ada",), "Cogs", "May 3, 2024"),
        ("✅ Ada on Cogs", ("Ada",), "Cogs", None),
        ("Ada on Cogs (août 2024)", ("Ada",), "Cogs", "août 2024"),
        ("Ada on Cogs (3. März 2024)", ("Ada",), "Cogs", "3. März 2024"),
        ("Ada on Cogs (1er févr. 2024)", ("Ada",), "Cogs", "1er févr. 2024"),
        ("Ada on Cogs (3 de mayo de 2024)", ("Ada",), "Cogs", "3 de mayo de 2024"),
        ("Ada on Cogs (giugno 2024)", ("Ada",), "Cogs", "giugno 2024"),
        ("Ada on Cogs (out. 2024)", ("Ada",), "Cogs", "out. 2024"),
        ("Ada on Cogs (mrt 2024)", ("Ada",), "Cogs", "mrt 2024"),
        ("Ada on Cogs (out)", ("Ada",), "Cogs", None),
        ("Mark Twain on The River", ("Mark Twain",), "The River", None),
        ("Will Channing on YouTube", ("Will Channing",), "YouTube", None),
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
        "Install Cogs on Windows",
        "Install Cogs on the Raspberry Pi (2024)",
        "Set up Engines on Ubuntu 22.04 LTS",
        "Running Cogs on Brass",
        "Deploy Wheels on Spindles",
        "Ada on Linux",
        "Cogs on macOS",
        "Debugging on Hardware",
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


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Ada on Cogs: the engine (Aug 2024)", "the engine"),
        ("Ada on Cogs – the engine: part 2 ⭐", "the engine: part 2"),
        ("Ada on Cogs (Aug 2024)", ""),
        ("Ada on Cogs (Aug 2024): the engine", "the engine"),
        ("Ada on Cogs (Aug 2024) !!", ""),
        ("Ada on Cogs – 3 May 1843", ""),
        ("The engine that never was", "The engine that never was"),
    ],
)
def test_the_topic_is_what_stands_behind_the_show(text: str, topic: str) -> None:
    assert topic_of(text) == topic


def test_title_keeps_its_date_in_its_text() -> None:
    assert read_title("Ada on Cogs (3/14)").text == "Ada on Cogs (3/14)"


def test_guests_are_split_at_commas_ampersands_and_ands() -> None:
    assert split_guests("Ada Lovelace, Andy & Alexandra and Bo") == ("Ada Lovelace", "Andy", "Alexandra", "Bo")


@pytest.mark.parametrize("between", ["with", "w/", "und", "et"])
def test_guests_are_split_at_words_for_with_and_and(between: str) -> None:
    assert split_guests(f"Ada Lovelace {between} Bo Etwith") == ("Ada Lovelace", "Bo Etwith")


@given(st.text())
def test_any_line_is_read(text: str) -> None:
    title = read_title(text)
    assert title.text == " ".join(text.split())
    assert (title.show is None) == (not title.guests)
    assert title.show is not None or title == Title(title.text)
