"""Highlighting blocks and phrases: everything on screen is on disk."""

from __future__ import annotations

import asyncio
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import listed
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Remove
from tui.files.lock import locked
from tui.files.sidecar.store import apply, load, sidecar_of

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading


def marks(here: Reading) -> list[tuple[str, str]]:
    return [
        (part["exact"], table["colour"])
        for table in tomllib.loads(here.sidecar or "").get("highlight", [])
        for part in table["part"]
    ]


async def test_a_mark_that_waits_for_another_writer_is_commented_on_all_the_same(reading: Open) -> None:
    async with reading() as here:
        with locked(here.path.with_suffix(".highlights.toml")):
            await here.pilot.press("j", "m", "a", "h", "i", "ctrl+s")
            await here.settle()
        await here.wait_for(lambda: "hi" in here.sidecar)
        assert here.sidecar.count("[[highlight]]") == 1


async def test_m_marks_the_block_and_unmarks_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        assert marks(here) == [("The first bullet is about looms and cards.", "yellow")]
        assert "▎" in here.screen()
        await here.press("m")
        assert marks(here) == []
        assert "▎ •" not in here.screen()


@pytest.mark.parametrize(
    ("key", "colour"), [("1", "yellow"), ("2", "green"), ("3", "blue"), ("4", "pink"), ("5", "purple")]
)
async def test_a_number_marks_in_its_colour(reading: Open, key: str, colour: str) -> None:
    async with reading() as here:
        await here.press("j", key)
        assert marks(here)[0][1] == colour


async def test_a_number_on_a_highlight_changes_its_colour_and_keeps_its_id(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "1")
        before = tomllib.loads(here.sidecar)["highlight"][0]["id"]
        await here.press("3")
        (after,) = tomllib.loads(here.sidecar)["highlight"]
        assert (after["id"], after["colour"]) == (before, "blue")


async def test_keys_pressed_faster_than_the_disk_are_all_carried_out_in_order(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "m", "j", "2", "k", "m")
        assert [text for text, _ in marks(here)] == [
            "The first bullet is about looms and cards.",
            "Somebody who had read the first.",
        ]


async def test_undo_and_redo_go_as_far_as_the_session(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "2", "j", "3", "3", "1")
        full = marks(here)
        assert len(full) == 3
        for _ in range(4):
            await here.press("u")
        assert marks(here) == []
        await here.press("u")
        for _ in range(4):
            await here.press("ctrl+r")
        assert marks(here) == full


async def test_a_phrase_is_chosen_by_words_and_marked(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e", "2")
        assert marks(here) == [("first", "green")]
        assert here.app.cx.panes.bullets.selection is None


async def test_a_phrase_goes_over_blocks_and_is_one_highlight(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "$", "b", "v", "j", "0", "e", "m")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert [part["exact"] for part in table["part"]] == ["cards.", "Who"]


async def test_escape_leaves_without_a_mark(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "v", "w", "escape")
        assert here.app.cx.panes.bullets.selection is None
        assert here.sidecar == ""


async def test_the_bounds_of_a_highlight_can_be_changed(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e", "2")
        before = tomllib.loads(here.sidecar)["highlight"][0]["id"]
        await here.press("V", "w", "e", "m")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert table["id"] == before
        assert table["part"][0]["exact"] == "first bullet"


async def test_the_mouse_drags_a_phrase(reading: Open) -> None:
    async with reading() as here:
        bullets = here.app.cx.panes.bullets
        row = bullets.flow.top(bullets.flow.step(bullets.cursor, 1)) - bullets.top + 1
        left = 4 + bullets._columns[0] + 2
        await here.pilot.mouse_down("#bullets", offset=(left + 4, row))
        await here.pilot.hover("#bullets", offset=(left + 8, row))
        await here.pilot.mouse_up("#bullets", offset=(left + 8, row))
        await here.press("m")
        assert marks(here) == [("first", "yellow")]


async def test_a_comment_and_tags_are_kept_with_the_highlight(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "a", *"well said", "ctrl+s")
        await here.press("t", *"looms, history", "enter")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert (table["comment"], table["tags"]) == ("well said", ["looms", "history"])


async def test_tags_are_completed_from_those_in_use(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "t", *"history", "enter", "j", "t", *"his")
        await here.pilot.pause(0.2)
        await here.press("right", "enter")
        assert [table["tags"] for table in tomllib.loads(here.sidecar)["highlight"]] == [["history"], ["history"]]


async def test_a_comment_where_nothing_is_marked_marks_the_block(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "a", "n", "b", "ctrl+s")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert table["comment"] == "nb"


async def test_a_highlight_is_there_again_when_the_notes_are_opened_again(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "2")
    async with reading() as here:
        assert list(here.app.cx.panes.bullets.highlights) == [(0, 1)]


async def test_a_broken_highlights_file_is_reported_and_never_written(reading: Open) -> None:
    async with reading() as here:
        sidecar = here.path.with_suffix(".highlights.toml")
    sidecar.write_text("this is = = no toml\n")
    async with reading() as here:
        await here.press("j", "m")
        assert sidecar.read_text() == "this is = = no toml\n"
        assert "heard.highlights.toml:1" in here.screen()


async def test_the_list_of_highlights_filters_and_jumps(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "2", "G", "3", "g", "H")
        assert [entry.text for entry in listed(here.app.cx.panes.highlights)] == [
            "The first bullet is about looms and cards.",
            "Who wrote the second program?",
            "A letter is a program for a reader.",
        ]
        await here.press("l", "f", *"colour:blue", "enter")
        assert len(listed(here.app.cx.panes.highlights)) == 1
        await here.press("enter")
        assert here.text == "A letter is a program for a reader."


@pytest.mark.parametrize("query", ["#loo", "tag:loo"])
async def test_the_list_of_highlights_is_filtered_by_tags(reading: Open, query: str) -> None:
    async with reading() as here:
        await here.press("j", "m", "t", *"looms", "enter", "j", "2", "H", "l", "f", *query, "enter")
        assert [entry.text for entry in listed(here.app.cx.panes.highlights)] == [
            "The first bullet is about looms and cards."
        ]


async def test_full_stop_and_comma_go_from_highlight_to_highlight(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "G", "m", "g", "full_stop", "full_stop")
        assert here.text == "A letter is a program for a reader."
        await here.press("comma")
        assert here.text.startswith("The first bullet")


async def test_a_mark_made_right_before_quitting_is_saved(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.press("j", "m", "q")
    assert marks(here) == [("The first bullet is about looms and cards.", "yellow")]


async def test_a_comment_goes_to_a_highlight_that_came_while_it_was_typed(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "a", *"nb")
        words = "The first bullet is about looms and cards."
        command = (sys.executable, "-m", "tui", "mark", here.path, "--quote", words)
        assert await (await asyncio.create_subprocess_exec(*command)).wait() == 0
        await here.wait_for(lambda: bool(here.app.cx.store.state.annotations_of(str(here.path)).highlights))
        await here.press("ctrl+s")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert table["comment"] == "nb"


async def test_a_comment_typed_while_the_notes_change_is_not_lost(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "a", *"nb")
        here.path.write_text(here.path.read_text().replace("### Beginnings\n", "### Beginnings\n\n- put above\n"))
        await here.wait_for(lambda: len(here.app.cx.panes.bullets.episodes[0].blocks) == 8)
        await here.press("ctrl+s")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert (table["comment"], table["part"][0]["exact"]) == ("nb", "The first bullet is about looms and cards.")


@pytest.mark.parametrize("key", ["a", "t"])
async def test_a_text_about_a_highlight_that_is_removed_elsewhere_meanwhile_brings_it_back(
    reading: Open, key: str
) -> None:
    async with reading() as here:
        await here.press("j", "2", key, *"nb")
        sidecar = sidecar_of(here.path)
        apply(sidecar, here.path.name, [Remove(each.id) for each in load(sidecar).highlights])
        await here.wait_for(lambda: not here.app.cx.store.state.annotations_of(str(here.path)).highlights)
        await here.press("ctrl+s" if key == "a" else "enter")
        (highlight,) = load(sidecar).highlights
        assert (highlight.comment or highlight.tags[0], highlight.colour) == ("nb", Colour.GREEN)
        await here.press("u")
        assert not load(sidecar).highlights


async def test_the_window_of_tags_speaks_of_completing_only_where_there_are_any(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "t")
        assert "completes" not in here.screen()
        await here.press(*"looms", "enter", "j", "t")
        assert "completes" in here.screen()


@pytest.mark.parametrize("key", ["a", "t"])
async def test_a_text_whose_bullet_stays_gone_is_offered_for_the_one_at_the_cursor(reading: Open, key: str) -> None:
    saves = "ctrl+s" if key == "a" else "enter"
    async with reading() as here:
        await here.press("j", key, *"nb")
        first = "- The first bullet is about looms and cards.\n"
        here.path.write_text(here.path.read_text().replace(first, ""))
        await here.wait_for(lambda: here.text == "Who wrote the second program?")
        await here.press(saves)
        await here.wait_for(lambda: "nothing was marked" in here.app.cx.panes.status.message)
        await here.press(saves)
        await here.wait_for(lambda: "is gone: saving makes it a comment" in here.screen())
        await here.press("ctrl+s")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert (table["comment"], table["part"][0]["exact"]) == ("nb", "Who wrote the second program?")


async def test_a_text_for_which_there_is_no_bullet_at_all_is_kept(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "a", *"nb")
        here.path.write_text("# What I heard\n")
        await here.wait_for(lambda: not here.app.cx.store.state.episodes or here.app.cx.panes.bullets.block is None)
        for _ in range(3):
            await here.press("ctrl+s")
        assert "nb" in here.screen()
        assert here.app.cx.typing.is_open
