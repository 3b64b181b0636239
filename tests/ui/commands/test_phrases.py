"""Selecting a phrase: a permanent line names the mode, the words selected so far and the next step."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading


def highlights(here: Reading) -> list[tuple[str, str]]:
    return [
        (part["exact"], table["colour"])
        for table in tomllib.loads(here.sidecar or "").get("highlight", [])
        for part in table["part"]
    ]


def line(here: Reading) -> str:
    """The status line."""
    return here.screen().splitlines()[-2]


async def test_the_line_always_shows_the_words_and_the_next_step(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w")
        assert "Phrase “first”: go to its first word, v begins it · enter or m highlights · esc cancels" in line(here)
        await here.press("v", "w", "e")
        assert "Phrase “first bullet”: enter or m or 1-5 highlights · y copies · esc cancels" in line(here)
        await here.press("escape")
        assert "Phrase" not in line(here)


async def test_the_end_of_a_long_phrase_is_shown_too(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "v", "$")
        assert "Phrase “The first bullet is…ut looms and cards.”" in line(here)


@pytest.mark.parametrize("key", ["m", "enter"])
async def test_the_word_under_the_caret_is_highlighted_before_a_phrase_has_begun(reading: Open, key: str) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "w", key)
        assert highlights(here) == [("bullet", "yellow")]
        assert here.app.cx.panes.bullets.selection is None


async def test_the_drawn_selection_is_highlighted(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w")
        bullets = here.app.cx.panes.bullets
        assert [bullets.block.text[slice(*span)] for span in bullets.chosen.values() if bullets.block] == ["first"]
        await here.press("3")
        assert highlights(here) == [("first", "blue")]


async def test_enter_highlights_a_phrase_that_has_begun(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "w", "e", "enter")
        assert highlights(here) == [("first bullet", "yellow")]


async def test_slash_finds_words_of_the_bullet_and_then_the_end_of_the_phrase(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "slash", *"LOOM", "enter", "v", "slash", *"cards", "enter", "e", "m")
        assert highlights(here) == [("looms and cards", "yellow")]


async def test_missing_words_are_reported_and_escape_goes_back(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "slash", *"looms", *"zz")
        assert "not in this bullet" in here.screen()
        await here.press("escape")
        assert "Phrase “first”" in line(here)


async def test_resizing_names_itself_and_its_keys(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "2", "V")
        assert "Resize “first”: enter or m saves · 1-5 recolour · o other end · esc cancels" in line(here)


async def test_a_comment_on_a_chosen_phrase_is_its_own(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "v", "w", "v", "e", "a", *"why", "ctrl+s")
        found = {table["part"][0]["exact"]: table.get("comment") for table in tomllib.loads(here.sidecar)["highlight"]}
        assert found == {"The first bullet is about looms and cards.": None, "first": "why"}


async def test_a_phrase_cannot_begin_on_a_title(reading: Open) -> None:
    async with reading("## Ada on Looms\n\n## Bob\n\n- One.\n") as here:
        await here.press("v")
        assert here.app.cx.panes.status.message == "No phrase to choose here"
