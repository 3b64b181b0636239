"""Keys act on the current highlight, from the text, the list and the menu alike, and say what they did."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tui.files.config import Config
from tui.ui.dialogs.menu import Menu
from tui.ui.dialogs.text import Sheet
from tui.ui.dialogs.writing import WritingDialog

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading

FIRST = "The first bullet is about looms and cards."
PHRASE = ("j", "v", "w", "v", "e")
"Keys that select the word `first`."


def highlights(here: Reading) -> list[tuple[str, str]]:
    return [
        (table["part"][0]["exact"], table["colour"]) for table in tomllib.loads(here.sidecar or "").get("highlight", [])
    ]


def said(here: Reading) -> str:
    return here.app.cx.panes.status.message


@pytest.mark.parametrize("key", ["m", "D", "delete"])
async def test_a_highlighted_phrase_is_removed_where_it_stands(reading: Open, key: str) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "k", "j", key)
        assert highlights(here) == []
        assert said(here) == "Highlight removed · u undoes"
        await here.press("u")
        assert highlights(here) == [("first", "green")]
        assert said(here) == "Undid: highlight removed"


async def test_a_colour_key_recolours_the_phrase_and_lays_nothing_over_it(reading: Open) -> None:
    async with reading(config=Config(colours={"pink": "key idea"})) as here:
        await here.press(*PHRASE, "2", "4")
        assert highlights(here) == [("first", "pink")]
        assert said(here) == "Recoloured (key idea) · u undoes"
        await here.press("4")
        assert said(here) == "Already key idea"


async def test_making_a_highlight_says_so_until_the_next_key(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        assert said(here) == "Highlighted (yellow) · u undoes"
        await here.press("h")
        assert said(here) == ""


async def test_full_stop_and_comma_pick_one_highlight_after_the_other_on_a_bullet(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "v", "$", "b", "v", "e", "3", "g", "full_stop", "4")
        assert highlights(here) == [("first", "pink"), ("cards", "blue")]
        await here.press("full_stop", "5")
        assert highlights(here) == [("first", "pink"), ("cards", "purple")]
        await here.press("comma", "m")
        assert highlights(here) == [("cards", "purple")]


async def test_a_highlight_over_two_bullets_is_one_stop_and_removed_from_either(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "$", "b", "v", "j", "0", "e", "m", "g", "full_stop", "full_stop")
        assert said(here) == "No highlight below"
        await here.press("j", "m")
        assert highlights(here) == []


async def test_a_colour_key_while_resizing_recolours(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "V", "4")
        assert highlights(here) == [("first", "pink")]
        await here.press("V", "w", "e", "5")
        assert highlights(here) == [("first bullet", "purple")]
        assert said(here) == "Highlight resized (purple) · u undoes"
        await here.press("u")
        assert highlights(here) == [("first", "pink")]


async def test_bounds_left_as_they_were_are_told(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "V", "enter")
        assert said(here) == "Highlight unchanged"


@pytest.mark.parametrize("key", ["m", "D", "delete"])
async def test_keys_in_the_list_act_on_its_entry(reading: Open, key: str) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "G", "3", "H", "l", "g", "4")
        assert highlights(here)[0] == ("first", "pink")
        await here.press("t", *"looms", "enter")
        assert tomllib.loads(here.sidecar)["highlight"][0]["tags"] == ["looms"]
        await here.press(key)
        assert highlights(here) == [("A letter is a program for a reader.", "blue")]
        await here.press("V")
        assert here.app.cx.panes.bullets.selection is not None


async def test_the_entry_chosen_in_the_list_is_the_current_one_in_the_text(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "v", "$", "b", "v", "e", "3", "H", "l", "G", "enter", "4")
        assert highlights(here) == [("first", "green"), ("cards", "pink")]


async def test_keys_act_on_no_bullet_while_the_list_is_on_a_highlight_without_a_place(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        here.path.write_text(here.path.read_text().replace(f"- {FIRST}\n", ""))
        await here.wait_for(lambda: "needs you" in here.screen())
        await here.press("H", "4")
        assert highlights(here) == [(FIRST, "pink")]
        assert not here.app.cx.panes.bullets.highlights
        await here.press("V")
        assert said(here).startswith("It has no place yet")


async def test_the_highlight_under_a_click_is_the_current_one(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "v", "$", "b", "v", "e", "3", "G")
        rows = here.screen().splitlines()
        y = next(number for number, row in enumerate(rows) if "looms and cards." in row)
        await here.pilot.click(offset=(rows[y].index("cards") + 2, y))
        await here.settle()
        await here.press("m")
        assert highlights(here) == [("first", "green")]


async def test_the_menu_acts_on_the_highlight_under_the_mouse(reading: Open) -> None:
    async with reading() as here:
        await here.press(*PHRASE, "2", "G")
        rows = here.screen().splitlines()
        y = next(number for number, row in enumerate(rows) if "The first bullet" in row)
        await here.pilot.click(offset=(rows[y].index("first") + 1, y), button=3)
        await here.settle()
        assert isinstance(here.app.screen, Menu)
        assert "remove highlight" in here.screen()
        await here.press("G", "enter")
        assert highlights(here) == []


async def test_the_menu_offers_to_remove_nothing_where_nothing_is_highlighted(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.click("#bullets", offset=(30, 6), button=3)
        await here.settle()
        assert isinstance(here.app.screen, Menu)
        assert "remove highlight" not in here.screen()


# -- comments


async def test_a_comment_is_written_in_lines_and_has_a_sign_at_the_text(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "a")
        assert isinstance(here.app.screen, WritingDialog)
        assert FIRST in here.screen()
        await here.press(*"well", "enter", *"said", "ctrl+s")
        assert tomllib.loads(here.sidecar)["highlight"][0]["comment"] == "well\nsaid"
        assert said(here) == "Comment saved · u undoes"
        assert "✎" in here.screen()
        await here.press("a", *["backspace"] * len("well\nsaid"), "ctrl+s")
        assert said(here) == "Comment removed · u undoes"
        assert "✎" not in here.screen()


async def test_a_bullet_that_asks_and_answers_shows_its_comment_instead_of_the_answers_sign(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j", "L", "}", "j", "j", "L", "x")
        assert "●↳" in here.screen()
        await here.press("m", "a", *"well", "ctrl+s")
        assert "✎●" in here.screen()
        await here.press("a", *["backspace"] * len("well"), "ctrl+s")
        assert "●↳" in here.screen()


async def test_enter_opens_the_comment_of_the_current_highlight(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "a", *"well said", "ctrl+s", "enter")
        assert isinstance(here.app.screen, Sheet)
        assert "well said" in here.screen()
        await here.press("escape", "j", "m", "enter")
        assert said(here) == "This highlight has no comment · a writes one"


async def test_a_link_is_followed_before_a_comment_unless_the_highlight_was_picked(reading: Open) -> None:
    text = "## Ada\n\n- See [[#Bob]] for more.\n\n## Bob\n\n- Bob.\n"
    async with reading(text) as here:
        await here.press("m", "a", *"why", "ctrl+s", "enter")
        assert here.text == "Bob."
        await here.press("comma", "enter")
        assert "why" in here.screen()
        assert isinstance(here.app.screen, Sheet)


async def test_a_long_comment_ends_in_an_ellipsis_in_the_list_and_is_whole_behind_enter(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "a")
        await here.feed(*"word " * 60, *"very end")
        await here.press("ctrl+s", "H", "l")
        assert "word …" in here.screen()
        assert "very end" not in here.screen()
        await here.press("enter", "enter")
        assert "very end" in here.screen()


# -- keys that do nothing


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (("j", "D"), "No highlight here to remove"),
        (("j", "V"), "No highlight here to resize"),
        (("u",), "Nothing to undo"),
        (("ctrl+r",), "Nothing to redo"),
        (("j", "enter"), "No link or comment here"),
        (("h", "h"), "No pane further left"),
        (("z",), "z does nothing here · ? lists the keys"),
        (("l", "K"), "Nothing to keep: its text is there"),
        (("l", "D"), "A question in the notes is dismissed, not removed"),
        (("H", "l", "K"), "The list is empty"),
        (("full_stop",), "No highlight below"),
        (("comma",), "No highlight above"),
    ],
)
async def test_a_key_that_does_nothing_says_why(reading: Open, keys: tuple[str, ...], why: str) -> None:
    async with reading() as here:
        await here.press(*keys)
        assert said(here) == why
        assert highlights(here) == []
