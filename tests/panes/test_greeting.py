"""What is told to one who reads for the first time, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.files.config import Config

if TYPE_CHECKING:
    from tests.panes.conftest import Open


async def test_three_keys_are_told_as_configured_until_one_is_pressed(reading: Open) -> None:
    async with reading(config=Config(keys={"mark": ("w",)})) as here:
        assert "Welcome: ? shows every key, j goes on, w marks what you are on" in here.screen()
        await here.press("tab")
        assert "Welcome" not in here.screen()
        assert "heard.md · 3 episodes" in here.screen()


async def test_nothing_is_told_in_the_second_session(reading: Open) -> None:
    async with reading() as here:
        await here.press("j")
    async with reading() as here:
        assert "Welcome" not in here.screen()


async def test_a_warning_is_not_taken_for_the_greeting(reading: Open) -> None:
    async with reading() as here:
        here.app.status.say("Something to be read", is_warning=True)
        await here.press("tab")
        assert "Something to be read" in here.screen()
