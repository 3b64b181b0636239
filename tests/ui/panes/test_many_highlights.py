"""A very long list of highlights: computed in the background, while keys for it wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench.marked import write_highlights
from tests.ui.conftest import listed
from tui.ui.views.entries import AT_ONCE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading

COUNT = AT_ONCE + 100
MANY = "# Many\n\n" + "".join(f"- number {number} {'of a long line ' * (number % 5)}\n" for number in range(COUNT + 1))


@pytest.fixture
def marked(tmp_path: Path) -> None:
    """Highlight all bullets but the first."""
    path = tmp_path / "notes" / "heard.md"
    path.parent.mkdir()
    path.write_text(MANY)
    write_highlights(path, COUNT)


def numbers(here: Reading) -> list[str]:
    return [entry.text.split()[1] for entry in listed(here.app.cx.panes.highlights)]


def is_measured(here: Reading) -> bool:
    pane = here.app.cx.panes.highlights
    return pane.row_count() == sum(pane.entry_height(index, pane.text_width) for index in range(pane.count()))


@pytest.mark.usefixtures("marked")
async def test_keys_for_a_list_that_is_not_there_yet_wait_for_it(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: len(here.app.cx.display.highlights) == COUNT)
        await here.feed("l", "H", "G", "k")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        assert entry.text.startswith(f"number {COUNT - 1}")
        assert here.app.cx.panes.bullets.block is not None
        assert here.app.cx.panes.bullets.block.text == entry.text


@pytest.mark.usefixtures("marked")
async def test_the_list_follows_marks_and_edits(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: len(here.app.cx.display.highlights) == COUNT)
        await here.press("H", "g", "m")
        assert numbers(here) == [str(number) for number in range(COUNT + 1)]
        await here.wait_for(lambda: is_measured(here))
        await here.type("j", "j")
        await here.press("m")
        assert numbers(here)[:3] == ["0", "1", "3"]
        await here.wait_for(lambda: is_measured(here))
        here.path.write_text(MANY.replace("- number 4 ", "- number 4 and a half ").replace("# Many", "# Many\n\n- new"))
        await here.wait_for(lambda: listed(here.app.cx.panes.highlights)[3].text.startswith("number 4 and a half"))
        await here.press("u")
        assert numbers(here) == [str(number) for number in range(COUNT + 1)]
        await here.wait_for(lambda: is_measured(here))


@pytest.mark.usefixtures("marked")
async def test_a_filter_lists_what_fits_among_very_many(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: len(here.app.cx.display.highlights) == COUNT)
        await here.press("l", "H", "f")
        await here.type(*"3 colour:blue")
        await here.press("enter")
        found = numbers(here)
        assert 0 < len(found) < COUNT
        assert all("3" in number for number in found)
        assert [entry.colour for entry in listed(here.app.cx.panes.highlights)] == ["blue"] * len(found)
