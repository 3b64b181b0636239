"""Configured keys of windows and of the prompt line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.screen import ModalScreen, Screen

from tui.files.config import Config
from tui.keymap import EVERY_ACTION, OF_WINDOWS
from tui.keys import faults, keys_of
from tui.ui.dialogs.help import HelpSheet
from tui.ui.dialogs.links import LinksDialog
from tui.ui.dialogs.menu import Menu
from tui.ui.dialogs.prompt import Prompt
from tui.ui.dialogs.quitting import Leaving
from tui.ui.dialogs.text import Sheet
from tui.ui.dialogs.windows import window_keys
from tui.ui.dialogs.writing import WritingDialog

if TYPE_CHECKING:
    from textual.geometry import Region

    from tests.ui.conftest import Open

WINDOWS = (HelpSheet, LinksDialog, Menu, Prompt, Leaving, Sheet, WritingDialog)


def keys(**said: str) -> Config:
    """A configuration with one key each for some actions; an empty key removes all keys of an action."""
    return Config(keys={name: (key,) if key else () for name, key in said.items()})


@pytest.mark.parametrize(
    "opening", [("question_mark",), ("minus",), ("enter",), ("ctrl+t",), ("a",), ("t",), ("j", "enter")]
)
@pytest.mark.parametrize("size", [(120, 40), (70, 20)])
async def test_a_window_has_its_place_and_size_from_its_first_frame_on(
    reading: Open, monkeypatch: pytest.MonkeyPatch, opening: tuple[str, ...], size: tuple[int, int]
) -> None:
    regions: set[tuple[Region, ...]] = set()
    drawing = Screen._compositor_refresh

    def noted(screen: Screen[object]) -> None:
        if isinstance(screen, ModalScreen):
            regions.add(tuple(child.region for child in screen.children if child.region))
        drawing(screen)

    async with reading(size=size) as here:
        # "-" tells of a removed line, and `enter` opens the comment, or the links of the next bullet.
        await here.wait_for(lambda: bool(here.text))
        here.path.write_text(here.path.read_text().replace("- A letter is a program for a reader.", "- A new end."))
        await here.wait_for(lambda: bool(here.app.cx.display.changes))
        await here.press(*"jjjm", "a", *"well said", "ctrl+s")
        monkeypatch.setattr(Screen, "_compositor_refresh", noted)
        await here.press(*opening)
        assert isinstance(here.app.screen, ModalScreen)
        assert len(regions) == 1, regions


async def test_a_window_closes_by_the_configured_key_alone(reading: Open) -> None:
    async with reading(config=keys(window_close="Q")) as here:
        await here.press("question_mark", "escape")
        assert isinstance(here.app.screen, HelpSheet)
        await here.press("Q")
        assert not isinstance(here.app.screen, HelpSheet)


async def test_an_action_of_a_window_may_have_no_key(reading: Open) -> None:
    async with reading(config=keys(sheet_close="")) as here:
        await here.press("question_mark", "enter")
        assert isinstance(here.app.screen, HelpSheet)
        await here.press("q")
        assert not isinstance(here.app.screen, HelpSheet)


async def test_a_key_given_to_one_action_of_a_window_is_taken_from_another(reading: Open) -> None:
    async with reading(config=keys(window_next="space")) as here:
        await here.press("ctrl+t")
        menu = here.app.screen
        assert isinstance(menu, Menu)
        choices = menu._list
        before = choices.cursor
        await here.press("space")
        assert here.app.screen is menu
        assert choices.cursor == before + 1


async def test_the_hint_of_a_window_names_the_configured_keys(reading: Open) -> None:
    async with reading(config=keys(area_save="ctrl+o", field_save="ctrl+o", text_leave="ctrl+q")) as here:
        await here.press("j", "j", "A")
        assert "ctrl+o saves · ctrl+q cancels" in here.screen()
        await here.press(*"Ada", "ctrl+o")
        assert 'answer = "Ada"' in here.sidecar


async def test_tab_completes_a_tag(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "t", *"history", "enter", "j", "m", "t")
        assert "tab completes" in here.screen()
        await here.press(*"hi", "tab", "enter")
        assert here.sidecar.count('"history"') == 2


async def test_the_line_is_left_and_gone_through_by_the_configured_keys(reading: Open) -> None:
    config = keys(line_leave="ctrl+g", line_next="ctrl+j", line_erase_start="ctrl+x")
    async with reading(config=config) as here:
        await here.press("ctrl+k")
        assert here.app.cx.picker is not None
        assert "ctrl+g back" in here.screen()
        await here.press("ctrl+j", "ctrl+j")
        assert here.app.cx.picker.pane.cursor == 2
        await here.press(*"tapes", "ctrl+x")
        assert here.app.cx.prompt.line.text == ""
        await here.press("escape")
        assert here.app.cx.prompt.request is not None
        await here.press("ctrl+g")
        assert here.app.cx.prompt.request is None


async def test_a_click_on_a_hint_of_the_line_presses_its_key(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+k")
        line = here.screen().splitlines()[-1]
        await here.pilot.click("Status", offset=(line.index("back"), 1))
        await here.settle()
        assert here.app.cx.prompt.request is None


async def test_the_help_lists_the_keys_of_windows(reading: Open) -> None:
    async with reading(size=(120, 150), config=keys(links_copy="c")) as here:
        await here.press("question_mark", "G")
        row = next(row for row in here.screen().splitlines() if "copy the link's address" in row)
        assert " c " in row


@pytest.mark.parametrize("window", WINDOWS)
def test_every_key_of_a_window_is_an_action_of_the_keymap_and_a_method(window: type[ModalScreen[object]]) -> None:
    names = {action.name for action in OF_WINDOWS}
    for binding in window.BINDINGS:
        assert not isinstance(binding, tuple)
        method = binding.action.partition("(")[0]
        assert callable(getattr(window, f"action_{method}"))
        assert binding.id in names or binding.key.isdecimal()


def test_every_action_of_a_window_is_bound_in_one() -> None:
    bound = {binding.id for window in WINDOWS for binding in window.BINDINGS if not isinstance(binding, tuple)}
    assert {action.name for action in OF_WINDOWS} <= bound


def test_no_name_is_used_twice() -> None:
    assert len({action.name for action in EVERY_ACTION}) == len(EVERY_ACTION)


def test_two_keys_of_one_window_may_not_be_the_same_and_those_of_two_may() -> None:
    assert list(faults({"links_copy": ("x",), "window_close": ("x",)})) == [
        ("links_copy", "`x` is the key of `window_close` as well")
    ]
    assert not list(faults({"links_copy": ("x",), "menu_take": ("x",), "leaving_stay": ("x",)}))


def test_an_action_without_a_key_has_one_that_nobody_can_press() -> None:
    assert window_keys(keys_of({"links_close": ()}))["links_close"] == "no_key"
    assert window_keys(keys_of({}))["links_copy"] == "y"
