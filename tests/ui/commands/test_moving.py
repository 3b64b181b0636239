"""Moving over blocks, headings, episodes and panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.core.notes.model import Position
from tui.files.config import Config

if TYPE_CHECKING:
    from tests.ui.conftest import Open


async def test_the_cursor_begins_on_the_first_block(reading: Open) -> None:
    async with reading() as here:
        assert here.text == "Beginnings"


@pytest.mark.parametrize("text", ["# A\n\n# B\n\n- x\n", "# A\n\n# B\n", "# \n\n# \n", "# A\n\n- x\n\n# B\n"])
async def test_episodes_without_a_block_are_stood_on_by_their_titles(reading: Open, text: str) -> None:
    async with reading(text) as here:
        for key in ("m", "v", "escape", "j", "m", "g", "G", "m", "space", "k", "H", "tab", "enter", "escape"):
            await here.press(key)
        assert here.app.is_running
        here.path.write_text("# A\n\n# B\n", encoding="utf-8")
        await here.wait_for(
            lambda: len(here.app.cx.store.state.episodes) == 2 and not here.app.cx.store.state.episodes[0].blocks
        )
        await here.press("k", "k", "j")
        assert here.text == ""


async def test_j_and_k_move_by_blocks_and_over_the_end_of_an_episode(reading: Open) -> None:
    async with reading() as here:
        await here.press("j")
        assert here.text.startswith("The first bullet")
        await here.press("k", "k")
        assert here.text == "Beginnings"
        for _ in range(8):
            await here.press("j")
        assert here.text == "Alan's bullet about tapes."


async def test_brackets_go_to_the_next_episode_and_back_to_the_start_of_this_one_first(reading: Open) -> None:
    async with reading() as here:
        await here.press("right_square_bracket", "j")
        assert here.text == "Could a tape be endless?"
        await here.press("left_square_bracket")
        assert here.text == "Alan's bullet about tapes."
        await here.press("left_square_bracket")
        assert here.text == "Beginnings"


async def test_an_episode_that_is_gone_to_has_its_title_at_the_top(reading: Open) -> None:
    bullets = "\n".join(f"- bullet {number}" for number in range(60))
    text = "\n\n".join(f"## Episode {name}\n\n{bullets}" for name in "ABCD") + "\n"
    async with reading(text, size=(100, 30)) as here:
        for key in ("right_square_bracket", "right_square_bracket", "left_square_bracket"):
            await here.press(key)
            episode = here.app.cx.panes.bullets.episodes[here.app.cx.panes.bullets.cursor.section]
            assert episode.title in here.screen().splitlines()[1]


async def test_braces_go_from_heading_to_heading(reading: Open) -> None:
    async with reading() as here:
        await here.press("right_curly_bracket")
        assert here.text == "Endings"
        await here.press("left_curly_bracket")
        assert here.text == "Beginnings"


async def test_g_and_capital_g_go_to_the_ends(reading: Open) -> None:
    async with reading() as here:
        await here.press("G")
        assert here.text == "A letter is a program for a reader."
        await here.press("g")
        assert here.text == "Beginnings"


@pytest.mark.parametrize(("key", "back"), [("space", "pageup"), ("ctrl+d", "ctrl+u"), ("pagedown", "pageup")])
async def test_pages_move_the_cursor_and_come_back(reading: Open, key: str, back: str) -> None:
    text = "# Long\n\n" + "\n".join(f"- bullet {number}" for number in range(200)) + "\n"
    async with reading(text, size=(100, 30)) as here:
        await here.press(key)
        assert here.app.cx.panes.bullets.cursor.block > 8
        await here.press(back, back)
        assert here.app.cx.panes.bullets.cursor.block == 0


async def test_a_block_taller_than_the_pane_is_scrolled_through(reading: Open) -> None:
    text = "# Tall\n\n- " + "word " * 2000 + "\n- after\n"
    async with reading(text, size=(80, 20)) as here:
        await here.press("j")
        assert here.text.startswith("word")
        for _ in range(30):
            await here.press("j")
        assert here.text == "after"


async def test_tab_goes_round_the_panes(reading: Open) -> None:
    async with reading() as here:
        order = []
        for _ in range(3):
            await here.press("tab")
            order.append(here.app.focused.id if here.app.focused else None)
        assert order == ["questions", "episodes", "bullets"]


async def test_moving_in_the_episode_list_shows_the_episode(reading: Open) -> None:
    async with reading() as here:
        await here.press("h", "j")
        assert here.text == "Alan's bullet about tapes."
        await here.press("enter")
        assert here.app.focused is here.app.cx.panes.bullets


async def test_a_question_in_the_list_leads_to_its_block(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "enter")
        assert here.text == "Is the last bullet of the episode a question?"


async def test_the_questions_are_those_of_the_episode_that_the_list_came_to(reading: Open) -> None:
    async with reading() as here:
        await here.press("h", "j")
        assert [entry.text for entry in here.app.cx.panes.questions.entries] == ["Open", "Could a tape be endless?"]


async def test_o_lists_the_questions_of_the_whole_library(reading: Open) -> None:
    async with reading() as here:
        assert sum(bool(entry.where) for entry in here.app.cx.panes.questions.entries) == 2
        await here.press("o")
        await here.wait_for(lambda: sum(bool(entry.where) for entry in here.app.cx.panes.questions.entries) == 3)


async def test_the_panes_become_overlays_where_there_is_no_room(reading: Open) -> None:
    async with reading(size=(80, 24)) as here:
        assert here.app.cx.panes.episodes.display
        assert not here.app.cx.panes.questions.display
        await here.press("l")
        assert here.app.cx.panes.questions.display
        assert here.app.cx.panes.questions.region == here.app.cx.panes.episodes.region
        await here.press("escape")
        assert not here.app.cx.panes.questions.display
    async with reading(size=(50, 20)) as here:
        assert not here.app.cx.panes.episodes.display
        await here.press("h")
        assert here.app.cx.panes.episodes.display


@pytest.mark.parametrize("size", [(80, 24), (50, 20), (40, 10)])
async def test_an_overlay_leaves_the_lines_at_the_bottom_free(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as here:
        for key in ("l", "h", "h"):
            await here.press(key)
            facts, *hints = here.screen().splitlines()[-here.app.cx.panes.status.size.height :]
            assert facts.startswith(" heard.md")
            assert [hint.split()[-1] for hint in hints] == ["quit"] * (here.app.cx.panes.status.size.height - 1)


@pytest.mark.parametrize(("columns", "source"), [(120, "The Compiler · 3/14"), (100, "The Compiler · 3/14")])
async def test_a_date_outlasts_a_long_show(reading: Open, columns: int, source: str) -> None:
    async with reading(size=(columns, 30)) as here:
        await here.wait_for(lambda: " 1?" in here.screen())
        first = next(line for line in here.screen().splitlines() if " 1?" in line)
        assert first[1:].startswith(source + " ")


async def test_the_panes_follow_a_resize(reading: Open) -> None:
    async with reading(size=(120, 40)) as here:
        for width, panes in ((50, 1), (80, 2), (120, 3), (80, 2), (50, 1)):
            await here.pilot.resize_terminal(width, 20)
            await here.settle()
            assert [here.app.cx.panes.questions.display, here.app.cx.panes.episodes.display].count(True) == panes - 1


async def test_the_reader_is_usable_at_forty_by_ten(reading: Open) -> None:
    async with reading(size=(40, 10)) as here:
        assert "The first bullet" in here.screen()


async def test_a_resize_keeps_the_block_on_its_row(reading: Open) -> None:
    text = "# Long\n\n" + "\n".join(f"- bullet {number} " + "and more " * 12 for number in range(200)) + "\n"
    async with reading(text, size=(120, 30)) as here:
        for _ in range(3):
            await here.press("space")
        row, cursor = here.app.cx.panes.bullets.cursor_row, here.app.cx.panes.bullets.cursor
        await here.pilot.resize_terminal(90, 30)
        await here.settle()
        assert here.app.cx.panes.bullets.cursor == cursor
        assert here.app.cx.panes.bullets.cursor_row == row


async def test_the_block_stays_on_screen_where_rows_are_taken_away(reading: Open) -> None:
    text = "# Long\n\n" + "\n".join(f"- bullet {number} " + "and more " * 12 for number in range(200)) + "\n"
    async with reading(text, size=(80, 40)) as here:
        for _ in range(9):
            await here.press("j")
        for rows in (20, 10):
            await here.pilot.resize_terminal(80, rows)
            await here.settle()
            bullets = here.app.cx.panes.bullets
            assert 0 <= bullets.cursor_row <= bullets.page - bullets.flow.size(bullets.cursor)


SHORT = "\n".join(f"- {number}" for number in range(60))
"A text that takes more rows than its length suggests."
HIDDEN = "- a bullet with much that is not shown [here](https://example.org/" + "long" * 900 + ")"
"A text that takes fewer rows than its length suggests."


@pytest.mark.parametrize("above", [SHORT, HIDDEN])
@pytest.mark.parametrize("row", range(0, 20, 3))
async def test_the_cursor_is_where_it_was_left_however_high_the_episodes_above_turn_out(
    reading: Open, above: str, row: int
) -> None:
    text = "\n\n".join(f"## Episode {name}\n\n{above}" for name in "AB") + "\n\n## Last\n\n" + SHORT + "\n"
    async with reading(text, size=(100, 30)) as here:
        here.app.cx.panes.bullets.place(Position(2, 7), row)
        await here.settle()
        (shown,) = (y for y, line in enumerate(here.screen().splitlines()) if "• 7 " in line and "▌" in line)
        assert here.app.cx.panes.bullets.cursor_row == shown - 1 == row


async def test_the_wheel_scrolls_and_a_click_moves_the_cursor(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.click("#bullets", offset=(10, 5))
        await here.settle()
        assert here.app.cx.panes.bullets.cursor == Position(0, 1)


async def test_the_help_names_every_key(reading: Open) -> None:
    async with reading() as here:
        await here.press("question_mark")
        assert "next bullet" in here.screen()
        await here.press("escape")
        assert "next bullet" not in here.screen()


async def test_a_key_of_the_config_takes_the_place_of_the_usual_one(reading: Open) -> None:
    async with reading(config=Config(keys={"next": ("n",), "mark": ("j",)})) as here:
        await here.press("n")
        assert here.text.startswith("The first bullet")
        await here.press("j")
        assert 'colour = "yellow"' in here.sidecar


async def test_the_theme_changes_to_light_and_back(reading: Open) -> None:
    async with reading() as here:
        await here.press("T")
        assert here.app.theme == "earmark-light"
        await here.press("T")
        assert here.app.theme == "earmark-dark"


async def test_over_a_note_whose_title_is_its_episodes_the_file_is_named(reading: Open) -> None:
    async with reading("# Ada on Looms (3/14)\n\n- x\n") as here:
        assert here.screen().split("│")[1].strip() == "heard.md"
