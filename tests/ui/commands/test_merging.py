"""Highlights from another machine or a merge: reported, shown at once, and merged on request."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.ui.test_loading import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading

COPY = "heard.highlights (Ada's conflicted copy 2026-08-18).toml"


def colours(here: Reading) -> list[str]:
    """The drawn colours, in document order."""
    annotations = here.app.cx.panes.bullets.highlights
    return [mark.colour.value for position in sorted(annotations) for mark in annotations[position]]


def sidecar_of(here: Reading) -> Path:
    return here.path.with_suffix(".highlights.toml")


async def test_a_copy_is_reported_at_the_start_and_merged_on_request(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j")
        before = here.sidecar
        await here.press("2")
        sidecar_of(here).replace(here.path.with_name(COPY))
        sidecar_of(here).write_text(before)
    async with reading() as here:
        assert colours(here) == ["yellow"]
        assert f"A copy of highlights waits to be merged: {COPY}" in here.screen()
        await here.press("k")
        assert "1 copy to merge" in here.screen()
        await here.press("M")
        assert colours(here) == ["yellow", "green"]
        assert "1 copy merged" in here.screen()
        await here.press("k")
        assert "to merge" not in here.screen()
        await here.press("M")
        assert "Nothing to merge" in here.screen()


async def test_a_copy_that_appears_while_reading_is_reported_and_one_that_vanishes_is_not(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        copy = here.path.with_name(COPY)
        copy.write_text(here.sidecar)
        await here.wait_for(lambda: "waits to be merged" in here.screen())
        copy.unlink()
        await here.wait_for(
            lambda: not any(annotations.copies for annotations in here.app.cx.store.state.annotations.values())
        )


async def test_a_conflict_is_shown_with_both_sides_and_merged_on_request(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "2")
        conflict = '<<<<<<< HEAD\ncolour = "green"\n=======\ncolour = "green"\ncomment = "theirs"\n>>>>>>> far\n'
        replace_file(sidecar_of(here), here.sidecar.replace('colour = "green"\n', conflict))
        await here.wait_for(lambda: "both sides of a merge are in it" in here.screen())
        assert "M merges them: " in here.screen()
        assert colours(here) == ["green"]
        await here.press("j", "m")
        assert here.sidecar.count("[[highlight]]") == 1
        await here.press("M")
        await here.wait_for(lambda: here.sidecar.count("[[highlight]]") == 2)
        assert 'comment = "theirs"' in here.sidecar
        assert "<<<<<<<" not in here.sidecar


async def test_a_copy_that_cannot_be_merged_is_reported_and_stays(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        copy = here.path.with_name(COPY)
        copy.write_text(here.sidecar.replace("version = 1", "version = 9"))
        await here.wait_for(lambda: "waits to be merged" in here.screen())
        await here.press("M")
        assert "a newer earmark wrote it" in here.screen()
        assert copy.exists()


async def test_marks_of_two_earmarks_at_once_are_all_there_and_none_is_there_twice(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        other = subprocess.Popen(
            [sys.executable, "-m", "tui", "mark", here.path, "--quote", "Could a tape be endless", "--colour", "blue"]
        )
        await here.press("j", "2")
        assert other.wait(60) == 0
        await here.wait_for(lambda: len(here.app.cx.panes.bullets.highlights) == 3)
        assert colours(here) == ["yellow", "green", "blue"]
        await here.press("j", "4")
        assert here.sidecar.count("[[highlight]]") == 4
