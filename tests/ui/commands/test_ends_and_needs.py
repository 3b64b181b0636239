"""The status line: the position, items that need a decision, changes; and messages of keys at an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading

FIRST = "- The first bullet is about looms and cards.\n"


def said(here: Reading) -> str:
    return here.app.cx.panes.status.message


def line(here: Reading) -> str:
    return here.screen().splitlines()[-2]


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (("G", "j"), "End of the notes"),
        (("G", "space"), "End of the notes"),
        (("g", "k"), "Beginning of the notes"),
        (("G", "right_square_bracket"), "This is the last episode"),
        (("g", "left_square_bracket"), "This is the first episode"),
        (("G", "right_curly_bracket"), "No heading below"),
        (("l", "G", "j"), "End of the list"),
        (("h", "k"), "Beginning of the list"),
    ],
)
async def test_a_key_at_an_end_says_so_and_stays(reading: Open, keys: tuple[str, ...], why: str) -> None:
    async with reading() as here:
        await here.press(*keys[:-1])
        before = here.app.cx.panes.bullets.cursor
        await here.press(keys[-1])
        assert said(here) == why
        assert here.app.cx.panes.bullets.cursor == before


async def test_the_status_line_shows_the_bullet_and_the_progress_through_the_notes(reading: Open) -> None:
    async with reading() as here:
        await here.press("g")
        assert line(here).endswith(" 1/8 · 0 % ")
        await here.press("G")
        assert line(here).endswith(" 1/1 · 100 % ")


async def test_items_that_need_a_decision_are_shown_with_their_key_until_decided(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "G")
        here.path.write_text(here.path.read_text().replace(FIRST, ""))
        await here.wait_for(lambda: "1 highlight needs you: H" in line(here))
        await here.press("k", "j")
        assert "1 highlight needs you: H" in line(here)
        await here.press("H")
        assert here.app.cx.panes.current is here.app.cx.panes.highlights
        assert here.app.cx.panes.highlights.entry is not None
        assert here.screen().splitlines()[-1].split("  ")[:3] == [" L move", "K keep", "D remove"]
        await here.press("y")
        assert said(here) == "There is no place to accept · L moves it to a bullet"
        await here.press("K")
        assert "needs you" not in line(here)


async def test_the_key_of_what_needs_one_clears_a_filter_that_hides_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "H", "l", "f", *"zzz", "enter", "escape", "h")
        here.path.write_text(here.path.read_text().replace(FIRST, ""))
        await here.wait_for(lambda: "needs you" in line(here))
        await here.press("H")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        assert entry.row == "orphan"


async def test_moving_a_highlight_has_a_standing_line_and_escape_cancels(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "2", "H", "l", "L", "j", "j")
        assert "Moving “The first bullet is…ut looms and cards.”: L on its bullet · esc cancels" in line(here)
        await here.press("escape")
        assert said(here) == "Not moved"
        await here.press("l", "L", "L")
        assert said(here) == "Moved · u undoes"
        assert 'exact = "Somebody who had read the first."' in here.sidecar


async def test_linking_has_a_standing_line(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j", "L", "j")
        assert "Linking “Who wrote the second program?”: L on the answer · esc cancels" in line(here)
        await here.press("L")
        assert said(here) == "Linked to its answer · u undoes"


async def test_the_footer_of_a_list_follows_the_state_of_its_entry(reading: Open) -> None:
    async with reading() as here:
        await here.press("l")
        assert "x answered" in here.screen().splitlines()[-1]
        await here.press("j", "h", "g", "j", "m", "H", "l")
        assert "D remove" in here.screen().splitlines()[-1]
        assert "accept" not in here.screen().splitlines()[-1]


async def test_the_next_start_reports_the_changes_and_their_key_until_the_next_key(reading: Open) -> None:
    async with reading() as here:
        path = here.path
    path.write_text(path.read_text().replace("looms", "mills").replace("- Alan's bullet about tapes.\n", ""))
    async with reading() as here:
        await here.wait_for(lambda: bool(here.app.cx.store.state.changes))
        assert said(here) == "Since you last read: 1 bullet changed, 1 removed · c goes there"
        await here.press("c")
        assert said(here) == ""
        assert here.text == "The first bullet is about mills and cards."


async def test_the_key_to_what_changed_is_the_one_that_leads_there(reading: Open) -> None:
    async with reading() as here:
        await here.press("G")
        path = here.path
    path.write_text(path.read_text().replace("looms", "mills"))
    async with reading() as here:
        await here.wait_for(lambda: bool(here.app.cx.store.state.changes))
        assert said(here) == "Since you last read: 1 bullet changed · C goes there"
        await here.press("C")
        assert here.text == "The first bullet is about mills and cards."


async def test_a_start_without_changes_reports_nothing(reading: Open) -> None:
    async with reading():
        pass
    async with reading() as here:
        assert said(here) == ""
