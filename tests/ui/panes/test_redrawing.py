"""A key redraws only the rows that it changed, and the screen always equals a full redraw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region

from tui.ui.dialogs.text import Sheet, SheetLine
from tui.ui.panes.line_pane import Lines
from tui.ui.views.lines import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.segment import Segment

    from tests.ui.conftest import Open, Reading

KEYS = (
    "j j k space pagedown ctrl+u G k g } } { ] [ m j 2 u ctrl+r v w v w m escape tab j k tab o H tab f A d a enter"
    " escape / l o o m enter n N escape x A escape ! c r T h j l . , ctrl+d"
)


def cells(reading: Reading) -> list[list[Segment]]:
    """The content of the screen, with styles."""
    return [list(strip) for strip in reading.app.screen._compositor.render_strips()]


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """The lines drawn in each pane, as opposed to those shown again."""
    found: dict[str, list[int]] = {}
    draw = Lines.draw_lines

    def noting(pane: Lines, lines: list[int]) -> Iterator[object]:
        found.setdefault(pane.id or "", []).extend(lines)
        return draw(pane, lines)

    monkeypatch.setattr(Lines, "draw_lines", noting)
    return found


async def test_step_draws_the_rows_of_two_bullets_and_nothing_else(
    reading: Open, asked_for: dict[str, list[int]]
) -> None:
    async with reading() as here:
        await here.press("j")
        asked_for.clear()
        before = here.app.cx.panes.bullets.cursor_row
        await here.press("j")
        after = here.app.cx.panes.bullets.cursor_row
        assert {pane: sorted(lines) for pane, lines in asked_for.items()} == {"bullets": [before + 1, after + 1]}


async def test_page_draws_no_list(reading: Open, asked_for: dict[str, list[int]]) -> None:
    notes = "# A\n\n" + "".join(f"- bullet {number}\n" for number in range(300)) + "\n# B\n\n- one\n"
    async with reading(notes) as here:
        asked_for.clear()
        await here.press("space")
        assert set(asked_for) == {"bullets"}
        assert len(asked_for["bullets"]) <= here.app.cx.panes.bullets.size.height


async def test_mark_draws_its_bullet_and_the_counts(reading: Open, asked_for: dict[str, list[int]]) -> None:
    async with reading() as here:
        await here.press("j", "m")  # the first one makes room for highlights among the counts
        await here.wait_for(lambda: not here.app.cx.indexer.overview.unknown)
        await here.press("j")
        asked_for.clear()
        row = here.app.cx.panes.bullets.cursor_row + 1
        await here.press("m")
        rule = here.screen().splitlines().index(next(line for line in here.screen().splitlines() if "─ " in line))
        assert set(asked_for.pop("bullets")) == {row, rule}
        assert set(asked_for) == {"episodes"}


async def test_new_size_is_drawn_at_no_width_but_its_own(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = Lines.draw_lines

    def noting(pane: Lines, lines: list[int]) -> Iterator[object]:
        if pane.id == "bullets":
            drawn.append(pane.size.width)
        return draw(pane, lines)

    monkeypatch.setattr(Lines, "draw_lines", noting)
    async with reading(size=(120, 40)) as here:
        for width, height in ((100, 30), (90, 30), (63, 12), (160, 40)):
            drawn.clear()
            await here.pilot.resize_terminal(width, height)
            await here.wait_for(lambda: bool(drawn))
            await here.settle()
            assert set(drawn) == {here.app.cx.panes.bullets.size.width}


async def test_a_line_to_type_into_draws_no_pane(reading: Open, asked_for: dict[str, list[int]]) -> None:
    async with reading() as here:
        await here.press("j")
        asked_for.clear()
        await here.press("/")
        assert asked_for == {}


async def test_the_screen_equals_a_full_redraw(reading: Open) -> None:
    async with reading(size=(110, 16)) as here:
        for key in KEYS.split():
            await here.press(key)
            shown = cells(here)
            for pane in here.app.screen.query(Lines):
                pane.refresh()
            assert cells(here) == shown, key


async def test_the_ground_of_the_block_under_the_cursor_has_no_gap(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with reading(size=(120, 30)) as here:
        await here.press("j", "m")
        pane = here.app.cx.panes.bullets
        row = pane.cursor_row + HEAD
        strip = pane.render_lines(Region(0, 0, *pane.size))[row].crop(0, pane.text_width)
        assert "The first bullet" in strip.text
        grounds = {segment.style.bgcolor for segment in strip if segment.style and "The first" not in segment.text}
        assert grounds == {here.app.cx.panes.bullets.inks.raised.bgcolor}


async def test_a_window_has_one_line_at_its_side(reading: Open) -> None:
    async with reading(size=(100, 30)) as here:
        here.app.push_screen(Sheet("Words", [SheetLine("one")]))
        await here.settle()
        assert re.search("esc closes +│", here.screen())
        assert not re.search("esc closes +││", here.screen())


async def test_a_window_is_as_high_as_its_text_and_as_the_screen_at_most(reading: Open) -> None:
    async with reading(size=(100, 30)) as here:
        here.app.push_screen(Sheet("Words", [SheetLine("one"), SheetLine("two")]))
        await here.settle()
        assert here.app.screen.query_one("#sheet").size.height == 2 + HEAD
        await here.press("escape", "question_mark")
        assert here.app.screen.query_one("#help").outer_size.height == 30


async def test_counts_below_a_title_follow_the_notes(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: "─ 5 bullets · 1 open" in here.screen())
        await here.press("j", "m")
        await here.wait_for(lambda: "─ 5 bullets · 1 open · 1 highlight" in here.screen())
        here.path.write_text(here.path.read_text().replace("- The third", "- One more?\n- The third"))
        await here.wait_for(lambda: "─ 6 bullets · 2 open · 1 highlight" in here.screen())
