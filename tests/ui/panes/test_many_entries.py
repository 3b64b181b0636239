"""A very long list: shown at once, measured in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.views.entries import AT_ONCE

if TYPE_CHECKING:
    from tests.ui.conftest import Open

COUNT = AT_ONCE * 4
MANY = "# Many\n\n" + "".join(
    f"- Is number {number} {'one of the very long questions that take several rows of a list ' * (number % 3)}open?\n"
    for number in range(COUNT)
)


async def test_the_last_of_very_many_questions_is_whole_on_screen_once_all_are_measured(reading: Open) -> None:
    async with reading(MANY) as here:
        await here.wait_for(lambda: here.app.cx.panes.questions.count() > COUNT)
        await here.press("l", "G")
        pane = here.app.cx.panes.questions
        assert pane.cursor == COUNT
        assert f"○ Is number {COUNT - 1}" in here.screen()
        heights = [pane.entry_height(index, pane.text_width) for index in range(pane.count())]
        assert pane.row_count() == sum(heights)


async def test_a_step_at_the_end_of_very_many_questions_keeps_the_one_in_hand_on_screen(reading: Open) -> None:
    async with reading(MANY) as here:
        await here.wait_for(lambda: here.app.cx.panes.questions.count() > COUNT)
        await here.feed("l", "G", "k", "k")
        entry = here.app.cx.panes.questions.entry
        assert entry is not None
        assert entry.text.split()[2] == str(COUNT - 3)
        assert f"○ Is number {COUNT - 3}" in here.screen()
