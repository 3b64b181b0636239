"""Jumping to a place by a few of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading


async def counted(here: Reading) -> None:
    await here.wait_for(
        lambda: all(here.app.cx.indexer.known_summary(each) for each in here.app.cx.panes.bullets.episodes)
    )


async def test_the_current_offer_is_previewed_and_escape_comes_back(reading: Open) -> None:
    async with reading() as here:
        await counted(here)
        await here.type("j", "ctrl+k", *"endin")
        assert here.text == "Endings"
        assert " go to endin" in here.screen()
        await here.type("escape")
        assert here.text.startswith("The first bullet")
        assert "Go to" not in here.screen()


async def test_enter_goes_to_an_episode_a_question_or_a_highlight(reading: Open) -> None:
    async with reading() as here:
        await counted(here)
        await here.type("ctrl+k", *"alan", "enter")
        assert here.text == "Alan's bullet about tapes."
        await here.type("ctrl+k", *"endless", "enter")
        assert here.text == "Could a tape be endless?"
        await here.press("G", "m", "g")
        await here.type("ctrl+k", *"program", "down", "up")
        rows = here.screen().split(" Go to")[1].splitlines()
        assert [row.strip(" ▌")[0] for row in rows[1:3]] == ["?", "▎"]
        await here.type("down", "enter")
        assert here.text == "A letter is a program for a reader."


async def test_it_fits_a_small_screen(reading: Open) -> None:
    async with reading(size=(40, 10)) as here:
        await counted(here)
        await here.type("ctrl+k", *"alan on")
        assert "Alan's bullet" in here.screen()
        assert " go to alan on" in here.screen()


async def test_notes_beside_offers_end_in_one_column_and_get_the_remaining_room(reading: Open) -> None:
    title = "## Ada and Grace and all who built it on The Compiler, a long show"
    notes = f"# T\n\n{title}\n\n- Who?\n- {'Who or what ' * 5}asks?\n- {'Who or what ' * 9}asks?\n\n## B\n\n- x\n"
    async with reading(notes, size=(110, 30)) as here:
        await counted(here)
        await here.type("ctrl+k")
        asking = [row for row in here.screen().splitlines() if row.lstrip(" ▌").startswith("?")]
        short, fuller, longest = (row.rstrip("│┃ ") for row in asking)
        assert len(short) == len(fuller) == len(longest)
        assert short.endswith(title[3:])
        assert f"{'Who or what ' * 5}asks?  Ada and" in fuller
        assert longest.endswith("…")


async def test_the_list_says_how_many_match_or_that_there_are_more(reading: Open) -> None:
    many = "# T\n\n" + "".join(f"## On place {number}\n\n- x\n\n" for number in range(150))
    async with reading(many + "## Elsewhere\n\n- y\n") as here:
        await here.type("ctrl+k")
        assert "151 places" in here.screen()
        await here.type(*"place")
        assert "best 100 matches" in here.screen()
        await here.type(*" 77")
        assert " 1 match " in here.screen()


async def test_keys_that_come_at_once_are_about_what_was_typed_before_them(reading: Open) -> None:
    async with reading() as here:
        await counted(here)
        await here.feed("ctrl+k", *"endless", "enter")
        assert here.text == "Could a tape be endless?"
        await here.feed("backspace", "ctrl+k", *"alan", "down", "up", "enter")
        assert here.text == "Alan's bullet about tapes."
        await here.feed("ctrl+k", *"endless", "escape")
        assert here.text == "Alan's bullet about tapes."
        assert "Go to" not in here.screen()
