"""Greetings for first-time readers, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.navigation_history import NextLibrary

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open


async def test_three_keys_are_shown_as_configured_until_one_is_pressed(reading: Open) -> None:
    async with reading(config=Config(keys={"mark": ("w",)})) as here:
        assert "heard.md · 3 episodes" in here.screen()
        assert "Welcome · ? lists every key · j moves · w highlights" in here.screen()
        await here.press("tab")
        assert "Welcome" not in here.screen()


async def test_on_a_narrow_screen_they_stand_in_place_of_the_facts(reading: Open) -> None:
    async with reading(size=(40, 10)) as here:
        assert here.screen().splitlines()[-1].strip() == "Welcome · ? lists every key · j moves…"
        here.app.cx.panes.status.say("Something to be read", is_warning=True)
        await here.settle()
        assert here.screen().splitlines()[-1].split("  ")[0].strip() == "Something to be read"
        await here.press("j")
        assert here.screen().splitlines()[-1].strip().startswith("heard.md · 3 episodes")


async def test_the_sample_is_announced_in_every_session(reading: Open, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "heard.md").write_text("- a sample\n")
    for _ in range(2):
        opened = Opened(str(tmp_path / "notes"), Config(), is_sample=True)
        async with reading(onward=NextLibrary(opened, (), ())) as here:
            assert "This is a sample: `earmark FILE` opens yours · ? lists every key" in here.screen()
            await here.press("j")
            assert "sample:" not in here.screen()


async def test_empty_note_says_how_to_write_into_it(reading: Open) -> None:
    async with reading("", config=Config(keys={"edit": ("w",)})) as here:
        assert "This note is empty · w opens your editor" in here.screen()


async def test_the_second_session_greets_nobody(reading: Open) -> None:
    async with reading() as here:
        await here.press("j")
    async with reading() as here:
        assert "Welcome" not in here.screen()
