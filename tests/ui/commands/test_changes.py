"""Changes since the last reading: marked, walked through, taken as read, remembered across sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.test_loading import replace_file
from tui.files.config import Config

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading


def edited(text: str) -> str:
    """Reword a bullet, add one and delete two."""
    text = text.replace("is about looms and cards", "tells of looms and of cards")
    text = text.replace("- Alan's bullet about tapes.\n", "- Put in between.\n- Alan's bullet about tapes.\n")
    return text.replace("  - Somebody who had read the first.\n", "").replace("- Could a tape be endless?\n", "")


async def edit(here: Reading) -> None:
    replace_file(here.path, edited(here.path.read_text()))
    await here.wait_for(lambda: "tells of looms" in here.screen())


def signs(here: Reading) -> dict[str, str]:
    """The change marks by the first words of their blocks."""
    blocks = {position: here.app.cx.store.state.block(position) for position in here.app.cx.display.changes}
    return {
        " ".join(block.text.split()[:3]): here.app.cx.display.changes[position]
        for position, block in blocks.items()
        if block
    }


async def test_notes_opened_for_the_first_time_have_no_changes(reading: Open) -> None:
    async with reading() as here:
        assert not here.app.cx.display.changes
        assert not any(entry.has_changes for entry in here.app.cx.panes.episodes.entries)


async def test_an_edit_is_marked_in_the_gutter_and_in_the_list(reading: Open) -> None:
    async with reading() as here:
        await edit(here)
        assert signs(here) == {
            "The first bullet": "~",
            "The third bullet": "▔",
            "Put in between.": "+",
            "Alan's bullet about": "▁",
        }
        assert [entry.has_changes for entry in here.app.cx.panes.episodes.entries] == [True, True, False]
        rows = here.screen().splitlines()
        assert any("~• The first bullet" in row for row in rows)
        assert any("+• Put in between." in row for row in rows)


async def test_the_marks_are_there_in_the_next_session_and_gone_once_read(reading: Open) -> None:
    async with reading() as here:
        await edit(here)
        found = signs(here)
    async with reading() as here:
        await here.wait_for(lambda: bool(here.app.cx.display.changes))
        assert signs(here) == found
        await here.press("r")
        assert not here.app.cx.display.changes
    async with reading() as here:
        assert not here.app.cx.display.changes
        assert not here.app.cx.store.state.changes


async def test_the_same_key_brings_back_what_was_taken_as_read(reading: Open) -> None:
    async with reading() as here:
        await here.press("r")
        assert "Nothing new since you last read" in here.screen()
        await edit(here)
        found = signs(here)
        await here.press("r")
        assert not here.app.cx.display.changes
        await here.press("r")
        assert signs(here) == found
        await here.press("r")
        assert not here.app.cx.display.changes
        await here.press("r")
    async with reading() as here:
        await here.wait_for(lambda: bool(here.app.cx.display.changes))
        assert signs(here) == found


async def test_edits_made_between_sessions_are_changes(reading: Open) -> None:
    async with reading() as here:
        pass
    replace_file(here.path, edited(here.path.read_text()))
    async with reading() as here:
        await here.wait_for(lambda: len(here.app.cx.display.changes) == 4)


async def test_c_goes_through_the_changes_and_capital_c_back(reading: Open) -> None:
    async with reading(config=Config(counts=True)) as here:
        await here.press("c")
        assert "No more changes below" in here.screen()
        await edit(here)
        texts = []
        for key in "cccC":
            await here.press(key)
            texts.append(here.text.split(".")[0])
        third = "The third bullet is bold and code, with a link"
        assert texts == ["The first bullet tells of looms and of cards", third, "Put in between", third]
        await here.press("g")
        await here.type("3", "c")
        assert here.text == "Put in between."


async def test_semicolon_goes_to_the_last_edit(reading: Open) -> None:
    async with reading() as here:
        await here.press("semicolon")
        assert "No edits since" in here.screen()
        await edit(here)
        replace_file(here.path, here.path.read_text().replace("is a program for", "is a programme for"))
        await here.wait_for(lambda: "programme" in here.screen())
        await here.press("semicolon")
        assert here.text == "A letter is a programme for a reader."


async def test_removed_text_can_be_read(reading: Open) -> None:
    async with reading() as here:
        await here.press("minus")
        assert "Nothing removed since you last read" in here.screen()
        await edit(here)
        await here.press("minus")
        shown = here.screen()
        assert "Somebody who had read the first." in shown
        assert "Could a tape be endless?" in shown
        await here.press("escape")
        assert "Could a tape be endless?" not in here.screen()


async def test_an_edit_that_is_taken_back_leaves_no_mark(reading: Open) -> None:
    async with reading() as here:
        before = here.path.read_text()
        await edit(here)
        replace_file(here.path, before)
        await here.wait_for(lambda: not here.app.cx.display.changes)


async def test_a_note_above_the_limit_has_no_marks(reading: Open) -> None:
    from tui.files.config import Config

    async with reading(config=Config(snapshot_limit=10)) as here:
        pass
    replace_file(here.path, edited(here.path.read_text()))
    async with reading(config=Config(snapshot_limit=10)) as here:
        assert not here.app.cx.display.changes


async def test_minus_on_a_changed_bullet_shows_its_old_words_and_the_new_ones(reading: Open) -> None:
    async with reading() as here:
        await edit(here)
        await here.press("c", "minus")
        shown = here.screen()
        assert "-  The first bullet is about looms and cards." in shown
        assert "+  The first bullet tells of looms and of cards." in shown
        assert "Could a tape be endless?" in shown


async def test_bullets_removed_at_the_end_leave_their_line_below_the_last_one(reading: Open) -> None:
    async with reading() as here:
        await edit(here)
        rows = here.screen().splitlines()
        assert any("▁• Alan's bullet" in row for row in rows)
        assert any("▔• The third bullet" in row for row in rows)
