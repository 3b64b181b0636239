"""Large notes are shown at the bookmark before all of them is read."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import Reading
from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.app import Reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

EPISODES = 60
NOTES = "# Heard\n\n" + "".join(
    f"## Talk {number}\n\n" + "".join(f"- bullet {line} of talk {number}\n" for line in range(500)) + "\n"
    for number in range(EPISODES)
)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "heard.md"
    path.write_text(NOTES)
    return path


@asynccontextmanager
async def before_the_rest(path: Path) -> AsyncIterator[Reading]:
    """A reader that has read what the first frame needs, and reads the rest when `read_rest` is set."""
    app = Reader(Opened(str(path), Config()))
    await app.cx.store.turn.acquire()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        yield Reading(app, pilot, path)


async def read_rest(here: Reading) -> None:
    here.app.cx.store.turn.release()
    await here.app.cx.store.complete.wait()
    await here.settle()


async def leave_in(path: Path, talk: int) -> str:
    """Read up to the middle of an episode and quit; returns the last screen."""
    async with before_the_rest(path) as here:
        await read_rest(here)
        here.app.cx.panes.bullets.next_episode(talk)
        await here.press("j", "j", "j", "space", "k")
        return middle(here)


def middle(here: Reading) -> str:
    """The rows of the bullets on screen, without the scrollbar."""
    return "\n".join(line[31:85] for line in here.screen().split("\n")[:38])


async def test_the_place_is_shown_before_the_rest_is_read_and_stays_where_it_is(notes: Path) -> None:
    left = await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        assert "of talk 40" in here.text
        assert 2 < len(here.app.cx.store.state.episodes) < EPISODES
        assert middle(here) == left
        await read_rest(here)
        assert len(here.app.cx.store.state.episodes) == EPISODES
        assert middle(here) == left
        assert here.app.cx.panes.bullets.cursor.section == 40


async def test_keys_pressed_before_the_rest_is_read_have_their_effect(notes: Path) -> None:
    await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        await here.pilot.press("right_square_bracket", "j")
        assert here.text == "bullet 1 of talk 41"
        await read_rest(here)
        assert here.text == "bullet 1 of talk 41"
        await here.press("left_square_bracket", "left_square_bracket")
        assert here.text == "bullet 0 of talk 40"


@pytest.mark.parametrize(("key", "text"), [("g", "bullet 0 of talk 0"), ("G", f"bullet 499 of talk {EPISODES - 1}")])
async def test_the_ends_are_those_of_the_whole_once_it_is_read(notes: Path, key: str, text: str) -> None:
    await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        await here.pilot.press(key)
        assert here.text != text
        await read_rest(here)
        assert here.text == text


async def test_a_mark_asked_for_before_the_rest_is_read_is_made_where_it_was_asked(notes: Path) -> None:
    await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        text = here.text
        await here.pilot.press("m")
        await read_rest(here)
        await here.wait_for(lambda: bool(here.sidecar))
        assert f'exact = "{text}"' in here.sidecar
        assert [position.section for position in here.app.cx.panes.bullets.highlights] == [40]


async def test_the_place_is_found_in_a_file_that_was_changed(notes: Path) -> None:
    await leave_in(notes, 40)
    notes.write_text(NOTES.replace("# Heard\n", "# Heard\n\nSince then.\n"))
    async with before_the_rest(notes) as here:
        assert here.app.cx.store.state.episodes[0].title == "Heard"
        await read_rest(here)
        assert "of talk 40" in here.text


async def test_the_place_is_remembered_by_one_who_quits_before_the_rest_is_read(notes: Path) -> None:
    await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        await here.pilot.press("right_square_bracket", "j", "j")
        left = here.text
    async with before_the_rest(notes) as here:
        assert here.text == left == "bullet 2 of talk 41"


async def test_the_place_stays_that_of_one_who_quits_before_it_is_read(notes: Path) -> None:
    await leave_in(notes, 40)
    notes.write_text(NOTES.replace("# Heard\n", "# Heard\n\nSince then.\n"))
    async with before_the_rest(notes) as here:
        assert "of talk 40" not in here.text
    async with before_the_rest(notes) as here:
        await read_rest(here)
        assert "of talk 40" in here.text


async def test_a_file_that_is_gone_before_the_rest_is_read_keeps_what_is_shown(notes: Path) -> None:
    await leave_in(notes, 40)
    async with before_the_rest(notes) as here:
        text = here.text
        notes.unlink()
        await read_rest(here)
        assert here.text == text
        assert "no such file" in here.app.cx.store.state.library.notes[0].warnings[0]
        notes.write_text(NOTES)
        async with asyncio.timeout(60):
            while len(here.app.cx.store.state.episodes) < EPISODES:
                await asyncio.sleep(0.05)
        await here.settle()
        assert here.text == text
