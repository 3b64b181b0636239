"""Small screens: nothing is cut that would be useless in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.conftest import Open

SMALL = (60, 18)


def last_lines(screen: str) -> list[str]:
    return [line.rstrip() for line in screen.splitlines()[-2:]]


@pytest.mark.parametrize("keys", [("l",), ("H", "l"), ("h",)], ids=["questions", "highlights", "episodes"])
async def test_a_list_takes_the_whole_width_where_the_text_beside_it_would_be_a_sliver(
    reading: Open, keys: tuple[str, ...]
) -> None:
    async with reading(size=SMALL) as here:
        await here.press("j", "m", *keys)
        assert here.app.cx.panes.current is not here.app.cx.panes.bullets
        assert here.app.cx.panes.current.size.width == SMALL[0]
        await here.press("escape")
        assert here.app.cx.panes.bullets.size.width == SMALL[0]


async def test_keys_that_do_not_fit_are_left_out_whole(reading: Open) -> None:
    async with reading(size=SMALL) as here:
        await here.press("j", "m", "H", "l", "f")
        assert last_lines(here.screen())[1] == " ↓ next  esc clears  #tag colour: NOT OR narrow"


async def test_the_line_of_linking_ends_with_the_way_out(reading: Open) -> None:
    async with reading(size=SMALL) as here:
        await here.press("l", "L")
        assert last_lines(here.screen())[0] == " Linking “Is the l…uestion?”: L on the answer · esc cancels"


@pytest.mark.parametrize("size", [(40, 10), (20, 6)])
async def test_typed_text_and_the_key_that_saves_it_fit_the_smallest_screen(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as here:
        await here.press("j", "j", "a", *"so")
        rows = [row.strip("│ ") for row in here.screen().splitlines()]
        assert "so" in rows
        assert any(row.startswith("ctrl+s saves") for row in rows)
        await here.press("ctrl+s", "t", *"wool")
        rows = [row.strip("│ ") for row in here.screen().splitlines()]
        assert "wool" in rows
        assert any(row.startswith("enter saves") for row in rows)


async def test_a_list_too_narrow_for_its_title_says_its_scope_in_less(reading: Open) -> None:
    async with reading(size=(100, 30)) as here:
        assert "Questions · 1 open · here" in here.screen()
        await here.press("o")
        assert " open · all" in here.screen()
    async with reading(size=(160, 30)) as here:
        assert "Questions · 1 open · episode" in here.screen()


async def test_help_and_palette_give_their_titles_most_of_a_narrow_screen(reading: Open) -> None:
    async with reading(size=(40, 10)) as here:
        await here.press("j", "ctrl+p")
        assert "highlight the bullet, or remov" in here.screen()
        await here.press("escape", "question_mark")
        assert any(row.rstrip("│ ").endswith("a highlight, in its") for row in here.screen().splitlines())
