"""The mouse: borders of panes, a highlight's comment, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Offset

from tui.ui.views.pane_layout import NARROWEST, TEXT_LEAST

if TYPE_CHECKING:
    from textual.events import MouseEvent
    from textual.widget import Widget

    from tests.ui.conftest import Open, Reading


def press(here: Reading, kind: type[MouseEvent], at: Offset) -> None:
    """The report a terminal sends for the left button at a cell; the pilot's own events bypass the app."""
    here.app.post_message(kind(None, at.x, at.y, 0, 0, 1, False, False, False, at.x, at.y))


async def drag(here: Reading, start: Offset, end: Offset) -> None:
    press(here, MouseDown, start)
    press(here, MouseMove, end)
    press(here, MouseUp, end)
    await here.settle()


def edge(pane: Widget) -> Offset:
    """A cell of the border to the right of a pane."""
    return Offset(pane.region.right - 1, 10)


def words(here: Reading, text: str) -> Offset:
    """The screen cell at which a text begins."""
    for y, line in enumerate(here.screen().splitlines()):
        if text in line:
            return Offset(line.index(text), y)
    raise AssertionError(f"{text!r} is not on the screen")


async def test_borders_are_dragged_and_the_widths_are_there_the_next_time(reading: Open) -> None:
    async with reading() as here:
        app = here.app
        await drag(here, edge(app.cx.panes.episodes), edge(app.cx.panes.episodes) + Offset(6, 0))
        await drag(here, edge(app.cx.panes.bullets), edge(app.cx.panes.bullets) - Offset(4, 0))
        assert (app.cx.panes.episodes.size.width, app.cx.panes.questions.size.width) == (36, 37)
    async with reading() as here:
        assert (here.app.cx.panes.episodes.size.width, here.app.cx.panes.questions.size.width) == (36, 37)


async def test_a_list_keeps_some_width_and_so_does_the_text(reading: Open) -> None:
    async with reading() as here:
        app = here.app
        await drag(here, edge(app.cx.panes.episodes), Offset(1, 10))
        assert app.cx.panes.episodes.size.width == NARROWEST
        await drag(here, edge(app.cx.panes.episodes), Offset(119, 10))
        await drag(here, edge(app.cx.panes.bullets), Offset(1, 10))
        assert app.cx.panes.bullets.size.width >= TEXT_LEAST
        await here.pilot.resize_terminal(100, 30)
        await here.settle()
        assert app.cx.panes.bullets.size.width >= TEXT_LEAST


async def test_a_double_click_on_a_border_gives_the_usual_width_back(reading: Open) -> None:
    async with reading() as here:
        pane = here.app.cx.panes.episodes
        await drag(here, edge(pane), edge(pane) + Offset(6, 0))
        for _ in range(2):
            await drag(here, edge(pane), edge(pane))
        assert pane.size.width == 30
    async with reading() as here:
        assert here.app.cx.panes.episodes.size.width == 30


async def test_on_a_narrow_screen_the_right_column_is_as_wide_as_the_list_that_it_covers(reading: Open) -> None:
    async with reading() as here:
        await drag(here, edge(here.app.cx.panes.bullets), edge(here.app.cx.panes.bullets) - Offset(4, 0))
        await here.pilot.resize_terminal(80, 24)
        await here.press("tab")
        assert here.app.cx.panes.questions.region == here.app.cx.panes.episodes.region


async def test_a_click_on_a_highlight_shows_its_comment_and_tags(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "a", *"loom!", "ctrl+s", "t", *"old", "enter", "k")
        await here.pilot.click(offset=words(here, "looms"))
        await here.settle()
        assert here.app.cx.panes.status.message == "loom! · #old"


async def test_comment_and_tags_of_the_current_block_are_shown_as_far_as_there_is_room(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: "2 open" in here.app.cx.panes.status.facts)
        await here.press("j", "m", "a", *"loom!", "ctrl+s", "t", *"old", "enter", "j")
        assert "loom!" not in here.screen()
        await here.press("k")
        assert here.screen().splitlines()[-2].endswith(" yellow: loom! · #old  2/8 · 15 % ")
        await here.press("a", *(" and on" * 12), "ctrl+s", "j", "k")
        assert here.screen().splitlines()[-2].endswith(" and…  2/8 · 15 % ")


async def test_a_comment_longer_than_the_status_line_is_shown_as_a_note(reading: Open) -> None:
    async with reading(size=(60, 20)) as here:
        await here.press("j", "m", "a", *("long words " * 9), "ctrl+s", "k")
        await here.pilot.click(offset=words(here, "looms"))
        await here.settle()
        assert "esc closes" in here.screen()
        assert "\n".join(here.screen().splitlines()[:-2]).count("long words") == 9


async def test_the_right_button_offers_what_can_be_done_with_the_block(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.click(offset=words(here, "looms"), button=3)
        await here.settle()
        assert "highlight: yellow" in here.screen()
        assert here.text.startswith("The first bullet")
        await here.press("j", "enter")
        assert 'colour = "green"' in here.sidecar


async def test_the_right_button_leaves_a_phrase_chosen(reading: Open) -> None:
    async with reading() as here:
        at = words(here, "looms")
        await here.pilot.click(offset=at, times=2)
        await here.pilot.click(offset=at, button=3)
        await here.settle()
        assert "This phrase" in here.screen()
        await here.pilot.click(offset=words(here, "highlight: blue"))
        await here.settle()
        assert 'exact = "looms"' in here.sidecar
        assert 'colour = "blue"' in here.sidecar


async def test_the_menu_is_whole_on_the_screen_and_left_with_a_click_beside_it(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.resize_terminal(64, 20)
        await here.press("G")
        await here.pilot.click(offset=words(here, "A letter is"), button=3)
        await here.settle()
        assert "open in the editor" in here.screen()
        await here.pilot.click(offset=Offset(1, 1))
        await here.settle()
        assert "open in the editor" not in here.screen()
        assert not here.sidecar


async def test_a_click_beside_the_help_or_the_links_closes_them(reading: Open) -> None:
    async with reading("# A\n\n- [one](#b) and [two](#b)\n\n# B\n\n- x\n") as here:
        for key, text in (("question_mark", "next bullet"), ("enter", "enter follows")):
            await here.press(key)
            assert text in here.screen()
            await here.pilot.click(offset=words(here, text))
            await here.settle()
            assert len(here.app.screen_stack) == 2
            await here.pilot.click(offset=Offset(1, 1))
            await here.settle()
            assert len(here.app.screen_stack) == 1


async def test_a_click_on_a_key_of_the_last_line_presses_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j")
        await here.pilot.click(offset=words(here, "mark  v phrase"))
        await here.settle()
        assert "The first bullet" in here.sidecar
        await here.pilot.click(offset=words(here, "? help"))
        await here.settle()
        assert "Keys" in here.screen()
        await here.press("escape", "j", "l")
        await here.pilot.click(offset=words(here, "x answered"))
        await here.settle()
        assert 'state = "answered"' in here.sidecar


async def test_a_click_on_a_key_that_ends_a_line_ends_it_so(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash", *"tape")
        press(here, MouseDown, words(here, "esc back"))
        await here.pilot.click(offset=words(here, "esc back"))
        await here.settle()
        assert here.text == "Beginnings"
        assert here.app.cx.search.search is None
        await here.press("slash", *"tape")
        await here.pilot.click(offset=words(here, "keep"))
        await here.settle()
        assert here.text == "Alan's bullet about tapes."
        assert here.app.cx.search.search is not None
