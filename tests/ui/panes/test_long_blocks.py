"""A block of thousands of rows, of which only those on screen are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.views.flow import PAINTED_AHEAD

if TYPE_CHECKING:
    from tests.ui.conftest import Open


async def test_rows_far_down_a_block_are_drawn_like_its_first(reading: Open) -> None:
    words = " ".join(f"word{number}" for number in range(4 * PAINTED_AHEAD * 12))
    async with reading(f"# A\n\n- {words}\n- end\n") as here:
        assert "word0 word1" in here.screen()
        for _ in range(PAINTED_AHEAD // 30 + 2):
            await here.press("space")
        flow = here.app.cx.panes.bullets.flow
        assert here.app.cx.panes.bullets.top > PAINTED_AHEAD
        row = flow.section(0).rows(0)[here.app.cx.panes.bullets.top - flow.section(0).top(0)].runs[0]
        assert words[row.start : row.end].strip() in here.screen()


async def test_long_episode_is_counted_and_its_questions_listed(reading: Open) -> None:
    long = "".join(f"- bullet {number} of an episode that goes on and on\n" for number in range(2000))
    async with reading(f"# A\n\n- one\n\n# B\n\n{long}- who asks?\n") as here:
        await here.wait_for(lambda: "2001" in here.screen())
        await here.press("G")
        assert here.text == "who asks?"
        assert [entry.text for entry in here.app.cx.panes.questions.entries][-1:] == ["who asks?"]
