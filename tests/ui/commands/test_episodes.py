"""Filtering and sorting the episode list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.conftest import NOTES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading


def listed(here: Reading) -> list[str]:
    """The titles in the episode list, from the top."""
    episodes = here.app.cx.panes.episodes
    return [episodes.entries[section].title for section in episodes.sections]


async def test_the_list_holds_what_fits_while_one_types(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"e")
        assert " filter: e" in here.screen()
        assert listed(here) == ["Ada & Grace", "Alan", "Edsger"]
        await here.type("backspace", *"alan")
        assert listed(here) == ["Alan"]
        assert "1 of 3" in here.screen()
        await here.type("backspace", "backspace", "backspace", "backspace", *"show:letters")
        assert listed(here) == ["Edsger"]


async def test_a_heading_that_has_no_room_says_that_it_goes_on(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"alan machines")
        heading = here.screen().splitlines()[0].split("│")[0]
        assert heading.startswith(" Episodes · 1 of 3 · alan")
        assert heading.endswith("…")


async def test_enter_keeps_the_filter_and_goes_to_what_is_left(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"guest:alan", "enter")
        assert listed(here) == ["Alan"]
        assert here.text == "Alan's bullet about tapes."
        assert here.app.cx.panes.episodes.has_focus
        await here.type("enter")
        assert here.app.cx.panes.bullets.has_focus
        assert listed(here) == ["Alan"]


async def test_an_episode_in_hand_that_fits_stays_in_hand(reading: Open) -> None:
    async with reading() as here:
        await here.type("right_square_bracket", "j", "f", *"/1", "enter")
        assert listed(here) == ["Ada & Grace", "Alan"]
        assert here.text == "Could a tape be endless?"


async def test_keys_in_the_list_move_among_what_is_listed_and_the_bullets_among_all(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"er", "enter")
        assert listed(here) == ["Ada & Grace", "Edsger"]
        await here.press("g", "right_square_bracket")
        assert here.text == "A letter is a program for a reader."
        await here.press("k")
        assert here.text == "Beginnings"
        await here.press("j", "left_square_bracket", "enter", "right_square_bracket")
        assert here.text == "Alan's bullet about tapes."
        assert "▌ Alan" not in here.screen()


async def test_escape_while_typing_lists_all_and_comes_back(reading: Open) -> None:
    async with reading() as here:
        await here.type("j", "f", *"e", "down", "down")
        assert here.text == "A letter is a program for a reader."
        await here.type("escape")
        assert here.text.startswith("The first bullet")
        assert here.app.cx.panes.bullets.has_focus
        assert len(listed(here)) == 3


async def test_escape_in_the_list_lists_all_and_then_leaves_the_list(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"alan", "enter", "escape")
        assert len(listed(here)) == 3
        assert here.app.cx.panes.episodes.has_focus
        await here.type("escape")
        assert here.app.cx.panes.bullets.has_focus
        assert here.text == "Alan's bullet about tapes."


async def test_escape_in_the_bullets_keeps_the_filter(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"alan", "enter", "enter", "escape")
        assert listed(here) == ["Alan"]


async def test_a_filter_that_nothing_fits_says_so_and_is_dropped(reading: Open) -> None:
    async with reading() as here:
        await here.type("j", "f", *"nobody")
        assert "No match" in here.screen()
        await here.type("down", "enter")
        assert "No episode matches: nobody" in here.screen()
        assert len(listed(here)) == 3
        assert here.text.startswith("The first bullet")


async def test_the_filter_is_there_to_be_changed(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"alan", "enter", "f", "backspace", "backspace")
        assert listed(here) == ["Alan"]
        assert " filter: al" in here.screen()


async def test_the_list_is_sorted_by_date_and_the_bullets_are_not(reading: Open) -> None:
    async with reading() as here:
        await here.press("s")
        assert listed(here) == ["Edsger", "Alan", "Ada & Grace"]
        assert "newest first" in here.screen()
        await here.press("right_square_bracket")
        assert here.text == "Alan's bullet about tapes."
        await here.press("h", "j")
        assert here.text == "Beginnings"
        await here.press("s")
        assert listed(here) == ["Ada & Grace", "Alan", "Edsger"]
        assert "oldest first" in here.screen()
        await here.press("s")
        assert here.app.cx.panes.episodes.order == ""


async def test_the_order_is_there_the_next_time_and_the_filter_is_not(reading: Open) -> None:
    async with reading() as here:
        await here.press("s", "f", *"alan", "enter")
    async with reading() as here:
        assert listed(here) == ["Edsger", "Alan", "Ada & Grace"]
        assert "newest first" in here.screen()
        await here.press("s", "s")
    async with reading() as here:
        assert listed(here) == ["Ada & Grace", "Alan", "Edsger"]
        assert here.app.cx.panes.episodes.order == ""


async def test_notes_without_dates_are_not_sorted(reading: Open) -> None:
    async with reading("## A\n\n- x\n\n## B\n\n- y\n") as here:
        await here.press("s")
        assert "No episode has a date" in here.screen()
        assert listed(here) == ["A", "B"]


async def test_filter_and_order_survive_an_edit(reading: Open) -> None:
    async with reading() as here:
        await here.type("s", "f", *"er", "enter")
        assert listed(here) == ["Edsger", "Ada & Grace"]
        here.path.write_text(NOTES + "\n## Vera Rubin on Galaxies (6/1)\n\n- Dark matter.\n")
        await here.wait_for(lambda: len(here.app.cx.store.state.episodes) == 4)
        assert listed(here) == ["Vera Rubin", "Edsger", "Ada & Grace"]
        await here.type("m")
        assert listed(here) == ["Vera Rubin", "Edsger", "Ada & Grace"]


async def test_a_filter_being_typed_survives_an_edit(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"er")
        here.path.write_text(NOTES + "\n## Vera Rubin on Galaxies (6/1)\n\n- Dark matter.\n")
        await here.wait_for(lambda: len(here.app.cx.store.state.episodes) == 4)
        assert listed(here) == ["Ada & Grace", "Edsger", "Vera Rubin"]
        await here.type(*"a ru")
        assert listed(here) == ["Vera Rubin"]


async def test_the_name_of_a_note_stands_over_the_first_that_is_listed_of_it(reading: Open) -> None:
    async with reading(size=(120, 30)) as here:
        (here.path.parent / "read.md").write_text("# What I read\n\n## Alan on Tapes (1/1)\n\n- x\n\n## B\n\n- y\n")
    async with reading(is_folder=True) as here:
        await here.type("f", *"alan", "enter")
        rows = [row.split("│")[0].strip(" ▌") for row in here.screen().splitlines()]
        assert [row for row in rows if row][1:6] == ["What I heard", "Alan", rows[3], "What I read", "Alan"]
        await here.type("s", "s")
        rows = [row.split("│")[0].strip(" ▌") for row in here.screen().splitlines()]
        assert [row for row in rows if row.startswith("What")] == ["What I read", "What I heard"]


async def test_a_note_of_one_episode_needs_no_name_over_it(reading: Open) -> None:
    async with reading(size=(120, 30)) as here:
        (here.path.parent / "books").mkdir()
        (here.path.parent / "books" / "looms.md").write_text("# Looms, their history\n\n- x\n")
        (here.path.parent / "tapes.md").write_text("# Tapes\n\n- y\n")
    async with reading(is_folder=True) as here:
        rows = [row.split("│")[0].strip(" ▌").split("  ")[0] for row in here.screen().splitlines()[1:13]]
        assert rows[:3] == ["books", "Looms, their history", "What I heard"]
        assert rows[-3:] == ["", "Tapes", ""]


async def test_it_fits_a_small_screen(reading: Open) -> None:
    async with reading(size=(40, 10)) as here:
        await here.type("f", *"alan")
        assert "filter: alan" in here.screen()
        assert "Alan" in here.screen().split("episodes with")[0]
        await here.type("enter", "enter")
        assert here.text == "Alan's bullet about tapes."


async def test_a_click_on_an_episode_that_is_listed_goes_to_it(reading: Open) -> None:
    async with reading() as here:
        await here.type("f", *"alan")
        await here.pilot.click("#episodes", offset=(5, 1))
        await here.settle()
        assert here.text == "Alan's bullet about tapes."
        assert here.app.cx.prompt.request is None
        assert listed(here) == ["Alan"]


async def test_folders_are_headings_in_the_order_of_the_notes_alone(reading: Open, tmp_path: Path) -> None:
    for path, date in (("Books/Looms", "3/14"), ("Talks/2024/Tapes", "4/1"), ("heard", "5/5")):
        note = (tmp_path / "notes" / path).with_suffix(".md")
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"# Ada on {note.stem} ({date})\n\n- A bullet\n", encoding="utf-8")
    async with reading(is_folder=True) as here:
        rows = [row[: here.app.cx.panes.episodes.size.width - 1].strip(" ▌") for row in here.screen().splitlines()]
        assert rows[1] == "Books"
        assert "Talks/2024" in rows
        here.app.cx.panes.focus(here.app.cx.panes.episodes)
        await here.press("s")
        assert "Talks/2024" not in here.screen()
