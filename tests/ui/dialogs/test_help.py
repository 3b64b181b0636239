"""The help: its columns, its filter, and the section that comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Colour
from tui.files.config import Config
from tui.keymap import EVERY_ACTION
from tui.ui.dialogs.help import COLUMN, HelpRow, HelpSection, HelpSheet, in_columns, matching
from tui.ui.lists.legend import LEGEND

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading

ROWS = st.tuples(st.text("ab ", min_size=1), st.text("cd ", min_size=1)).map(lambda each: HelpRow(*each))
SECTIONS = st.lists(
    st.builds(HelpSection, st.text("xyz", min_size=1), st.lists(ROWS, max_size=9).map(tuple)), max_size=9
)


def titles(here: Reading) -> list[str]:
    """The titles of the help's sections, in order."""
    assert isinstance(here.app.screen, HelpSheet)
    return [line.text for lines in here.app.screen.columns.shown for line in lines if line.is_title]


@given(SECTIONS, st.integers(1, 3))
def test_columns_hold_every_section_whole_and_in_order(sections: list[HelpSection], columns: int) -> None:
    filled = in_columns(sections, columns, COLUMN)
    assert len(filled) <= columns
    assert [line.text for lines in filled for line in lines if line.is_title] == [each.title for each in sections]
    assert [lines[0].is_title for lines in filled] == [True] * len(filled)


@given(SECTIONS, st.text("abcdx ", max_size=5))
def test_filter_keeps_the_rows_with_every_word(sections: list[HelpSection], typed: str) -> None:
    kept = {(title, row) for title, rows in matching(sections, typed) for row in rows}
    for title, rows in sections:
        for row in rows:
            assert ((title, row) in kept) == all(word in f"{title} {row.lead} {row.text}" for word in typed.split())


async def test_help_has_every_action_and_sign_and_no_section_twice(reading: Open) -> None:
    async with reading(size=(200, 200)) as here:
        await here.press("question_mark")
        screen = here.screen()
        assert all(entry.sign in screen for entry in LEGEND)
        assert len(set(titles(here))) == len(titles(here))
        assert set(titles(here)) == {"Signs", *(action.group for action in EVERY_ACTION)}


@pytest.mark.parametrize(
    ("keys", "group"),
    [((), "Moving"), (("v",), "While choosing a phrase"), (("tab",), "Deciding in a list"), (("h",), "Finding")],
)
async def test_signs_and_then_the_keys_of_the_focused_pane_stand_first(
    reading: Open, keys: tuple[str, ...], group: str
) -> None:
    async with reading() as here:
        await here.press(*keys, "f1")
        assert titles(here)[:2] == ["Signs", group]


@pytest.mark.parametrize(("width", "columns"), [(60, 1), (100, 1), (120, 2), (140, 2), (200, 3)])
async def test_help_has_the_columns_that_there_is_room_for(reading: Open, width: int, columns: int) -> None:
    async with reading(size=(width, 40)) as here:
        await here.press("question_mark")
        assert isinstance(here.app.screen, HelpSheet)
        assert len(here.app.screen.columns.shown) == columns


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_name_of_a_key_stands_on_one_line(reading: Open, width: int) -> None:
    async with reading(size=(width, 200)) as here:
        await here.press("question_mark")
        assert isinstance(here.app.screen, HelpSheet)
        leads = [line.lead for lines in here.app.screen.columns.shown for line in lines]
        assert any("page down" in lead for lead in leads)
        assert not any(lead.strip().endswith("page") for lead in leads)


async def test_words_filter_the_help_and_escape_lists_all_again(reading: Open) -> None:
    async with reading() as here:
        await here.press("question_mark", "slash", *"theme")
        assert titles(here) == ["earmark"]
        assert "choose a theme" in here.screen()
        await here.press(*"zzz")
        assert "No match" in here.screen()
        await here.press("escape")
        assert "Moving" in titles(here)
        await here.press("escape")
        assert not isinstance(here.app.screen, HelpSheet)


async def test_colours_stand_in_the_help_and_the_palette_by_their_configured_names(reading: Open) -> None:
    async with reading(config=Config(colours={Colour.PINK: "not so sure"}), size=(200, 90)) as here:
        await here.press("question_mark")
        assert "highlight in pink (not so sure)" in here.screen()
        await here.press("escape", "ctrl+p", *"not so sure", "enter")
        assert 'colour = "pink"' in here.sidecar


async def test_page_of_the_help_is_as_high_as_the_screen(reading: Open) -> None:
    async with reading(size=(80, 24)) as here:
        await here.press("question_mark", "space")
        assert isinstance(here.app.screen, HelpSheet)
        assert here.app.screen.columns.top == here.app.screen.columns.page - 1
