"""Searching the library while typing, and moving from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.events import Key, MouseDown, Paste

from tui.core.notes.model import TITLE, Position, Span
from tui.files.config import Config

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading


async def type_text(here: Reading, text: str) -> None:
    await here.type(*("space" if sign == " " else "slash" if sign == "/" else sign for sign in text))


def bottom(here: Reading) -> str:
    return here.screen().splitlines()[here.app.size.height - 2]


async def test_the_cursor_goes_to_the_nearest_hit_while_typing(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash", "l", "o")
        assert here.text.startswith("The first bullet")
        await here.press("backspace", "e", "t", "t")
        assert here.app.cx.panes.bullets.cursor == Position(2, TITLE)
        assert "/ lett" in bottom(here)
        assert "1 of 2" in bottom(here)
        await here.press("e", "r", "space")
        assert here.text == "A letter is a program for a reader."
        await here.press(*["backspace"] * 7)
        assert here.text == "Beginnings"


async def test_escape_goes_back_and_enter_stays(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "slash")
        await type_text(here, "tape")
        assert here.text == "Alan's bullet about tapes."
        await here.press("escape")
        assert here.text.startswith("The first bullet")
        assert here.app.cx.search.search is None
        await here.press("slash")
        await type_text(here, "tape")
        await here.press("enter")
        assert here.text == "Alan's bullet about tapes."
        assert "1 of 2" in bottom(here)


async def test_n_and_capital_n_go_through_the_hits_of_all_episodes(reading: Open) -> None:
    async with reading(config=Config(counts=True)) as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter")
        seen = [here.text]
        for _ in range(5):
            await here.press("n")
            seen.append(here.text)
        assert [text[:9] for text in seen] == [
            "The first",
            "The third",
            "Is the la",
            "Alan's bu",
            "The first",
            "The third",
        ]
        await here.press("N", "N")
        assert here.text == "Alan's bullet about tapes."
        assert "4 of 4" in bottom(here)
        await here.type("2", "N")
        assert here.text.startswith("The third")


async def test_after_moving_on_the_next_hit_is_the_next_from_there(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "G")
        assert "4 found" in bottom(here)
        await here.press("N")
        assert here.text == "Alan's bullet about tapes."


async def test_hits_are_drawn_until_escape(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter")
        assert here.app.cx.panes.bullets.hits(here.app.cx.panes.bullets.cursor) == (Span(10, 16),)
        drawn = [
            (segment.text, segment.style.reverse, segment.style.underline)
            for strip in here.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
        ]
        assert ("bullet", True, True) in drawn
        assert ("bullet", True, None) in drawn
        await here.press("escape")
        assert here.app.cx.panes.bullets.hits(here.app.cx.panes.bullets.cursor) == ()
        assert "of 4" not in bottom(here)


async def test_n_takes_up_the_last_search_after_escape(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "escape", "n")
        assert here.text.startswith("The third")
        assert "2 of 4" in bottom(here)
        assert here.app.cx.panes.bullets.hits(here.app.cx.panes.bullets.cursor)
        await here.press("slash")
        await type_text(here, "tape")
        await here.press("escape", "N")
        assert here.text.startswith("The first")
        assert "1 of 4" in bottom(here)


async def test_enter_on_an_empty_line_searches_for_the_last_again(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash", "enter")
        assert here.text == "Beginnings"
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "escape", "slash", "enter")
        assert here.text.startswith("The third")
        await here.press("slash", "enter")
        assert here.text.startswith("Is the la")
        assert "3 of 4" in bottom(here)


async def test_arrow_up_brings_back_what_was_searched_for_last(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash", "up")
        assert bottom(here).strip() == "/"
        await type_text(here, "bullet")
        await here.press("enter", "G", "slash", "up")
        assert "/ bullet" in bottom(here)
        assert "1 of 4" in bottom(here)
        await type_text(here, "s about")
        assert "/ bullets about" in bottom(here)
        assert "No match" in bottom(here)


async def test_a_word_that_markup_breaks_and_a_title_are_found(reading: Open) -> None:
    async with reading("# One\n\n- a b**ol**d step\n\n# The Compiler\n\n- x\n") as here:
        await here.press("slash")
        await type_text(here, "a bold step")
        assert here.text == "a bold step"
        await here.press("escape", "slash")
        await type_text(here, "compiler")
        assert here.app.cx.panes.bullets.cursor == Position(1, TITLE)
        await here.press("enter", "j")
        assert here.text == "x"


async def test_a_search_without_a_hit_says_so_and_leaves_the_cursor(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "slash")
        await type_text(here, "tapestry")
        assert "No match" in bottom(here)
        assert here.text.startswith("The first bullet")
        await here.press("enter")
        assert "Nothing found: tapestry" in bottom(here)
        await here.press("n")
        assert "No search to repeat · / searches" in bottom(here)
        await here.press("slash", "enter")
        assert "No search to repeat" in bottom(here)


async def test_a_regular_expression_is_searched_and_an_incomplete_one_reported(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "/tapes?(")
        assert "missing )" in bottom(here)
        await here.press("backspace")
        await type_text(here, "\\b/")
        assert here.text == "Alan's bullet about tapes."
        assert "1 of 2" in bottom(here)


async def test_an_expression_that_takes_too_long_is_stopped_and_reported(reading: Open) -> None:
    async with reading("# One\n\n- first\n- " + "a" * 60 + "b\n") as here:
        await here.press("slash")
        await type_text(here, "/(a|aa)+$/")
        await here.wait_for(lambda: "takes too long" in bottom(here))
        assert here.text == "first"
        await here.press("escape", "j")
        assert here.text.startswith("aaa")


async def test_a_search_outlives_an_edit(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "tape")
        await here.press("enter", "n")
        assert here.text == "Could a tape be endless?"
        here.path.write_text(here.path.read_text().replace("- Alan's", "- A new tape.\n- Alan's"))
        await here.wait_for(lambda: "2 of 3" in bottom(here) or "3 of 3" in bottom(here))
        assert here.text == "Could a tape be endless?"
        assert "3 of 3" in bottom(here)
        await here.press("N", "N")
        assert here.text == "A new tape."


async def test_an_edit_while_typing_keeps_the_line_and_the_way_back(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "slash")
        await type_text(here, "tape")
        here.path.write_text(here.path.read_text().replace("### Beginnings", "- A tape at the top.\n\n### Beginnings"))
        await here.wait_for(lambda: "of 3" in bottom(here))
        assert here.text == "Alan's bullet about tapes."
        await type_text(here, "s")
        assert "1 of 1" in bottom(here)
        await here.press("escape")
        assert here.text.startswith("The first bullet")


async def test_pasted_text_goes_into_the_line_sanitised(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        here.app.post_message(Paste("ta\x1b\npe\u202e"))
        await here.settle()
        assert here.app.cx.prompt.line.text == "ta␛ pe�"
        assert "\x1b" not in bottom(here)
        assert "\u202e" not in bottom(here)


async def test_wide_characters_are_at_the_caret(reading: Open) -> None:
    async with reading("# One\n\n- 漢字 in a bullet\n") as here:
        await here.press("slash", "漢", "字", "left")
        assert "/ 漢字" in bottom(here)
        assert cell_len(bottom(here)) == 120
        assert here.app.cursor_position.x == cell_len(" / 漢")
        await here.press("x")
        assert here.app.cx.prompt.line.text == "漢x字"


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_a_long_line_shows_the_end_that_is_typed(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as here:
        await here.press("slash")
        here.app.post_message(Paste("words " * 20 + "end"))
        await here.settle()
        line = next(line for line in here.screen().splitlines() if line.startswith(" / "))
        assert "words end" in line
        assert cell_len(line) == size[0]


async def test_a_click_keeps_the_search_and_ends_the_line(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.pilot._post_mouse_events([MouseDown], here.app.cx.panes.bullets, offset=(6, 4), button=1)
        await here.settle()
        assert here.app.cx.prompt.request is None
        assert here.app.cx.search.search is not None
        await here.press("j")
        assert here.app.cx.prompt.request is None


async def test_keys_that_mean_something_else_are_typed(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash", "q", "m", "1", "question_mark", "tab", "ctrl+d")
        assert here.app.cx.prompt.line.text == "qm1?"
        assert here.sidecar == ""
        await here.press("ctrl+u", "backspace")
        assert here.app.cx.prompt.request is None


async def test_a_search_leaves_the_list_for_the_bullets(reading: Open) -> None:
    async with reading() as here:
        await here.press("h", "slash", "t", "a", "p", "enter")
        assert here.app.focused is here.app.cx.panes.bullets
        assert here.text == "Alan's bullet about tapes."


async def test_typing_has_its_effect_while_a_large_library_is_searched(reading: Open) -> None:
    text = "".join(f"## Episode {n}\n\n" + "- some words that stand here\n" * 40 + "\n" for n in range(120))
    async with reading(text + "## Last\n\n- the needle\n") as here:
        await here.pilot.press("slash", "s", "o", "m", "ctrl+u", "n", "e", "e", "d")
        await here.settle()
        assert here.text == "the needle"
        assert "1 of 1" in bottom(here)


async def test_a_search_entered_faster_than_it_finds_still_goes_there(reading: Open) -> None:
    async with reading() as here:
        for key in ("slash", *"tape", "enter"):
            here.app.post_message(Key(key, key if len(key) == 1 else None))
        await here.wait_for(lambda: here.text == "Alan's bullet about tapes.")
        assert here.app.cx.prompt.request is None
        await here.type("n")
        assert here.text == "Could a tape be endless?"


def listed_episodes(here: Reading) -> str:
    """The rows of the episode list."""
    width = here.app.cx.panes.episodes.size.width
    return "\n".join(row[:width] for row in here.screen().splitlines())


async def test_list_of_episodes_counts_the_hits_while_a_search_holds(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: not here.app.cx.indexer.overview.unknown)
        before = listed_episodes(here)
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter")
        assert "3 matches" in listed_episodes(here)
        assert "n next match  N previous  ctrl+g all matches  esc clear" in here.screen()
        assert "1 match " in listed_episodes(here)
        await here.press("escape")
        assert listed_episodes(here) == before


async def test_all_hits_are_listed_and_looked_at_one_by_one(reading: Open) -> None:
    async with reading() as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "n")
        where, at = here.text, here.app.cx.search.hit
        await here.press("ctrl+g")
        rows = here.screen().split(" 4 matches · bullet")[1].splitlines()[1:5]
        assert [row.strip(" ▌")[:9] for row in rows] == ["/ The fir", "/ The thi", "/ Is the ", "/ Alan's "]
        assert "Ada and Grace" in rows[0]
        await here.press("down")
        assert here.text != where
        await here.press("escape")
        assert (here.text, here.app.cx.search.hit) == (where, at)
        await here.press("ctrl+g")
        await type_text(here, "alan")
        await here.press("enter")
        assert here.text == "Alan's bullet about tapes."
        assert "4 of 4" in bottom(here)
        await here.press("backspace")
        assert here.text == where


async def test_list_of_hits_opens_on_the_current_one_however_far_down_it_is(reading: Open) -> None:
    notes = "# Log\n\n" + "".join(f"- bullet number {number}\n" for number in range(90))
    async with reading(notes) as here:
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "N")
        for _ in range(2):  # the second time, the list has been laid out before
            await here.press("ctrl+g")
            assert "▌/ bullet number 89" in here.screen()
            await here.press("escape")


async def test_an_empty_list_of_hits_says_why(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+g")
        assert "No search yet · / searches" in here.screen()
        await here.press("slash")
        await type_text(here, "bullet")
        await here.press("enter", "escape", "ctrl+g")
        assert "The search has ended · n repeats it" in here.screen()
