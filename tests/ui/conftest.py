"""A reader on its own notes, driven by keys."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.app import Reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.ui.lists.entries import ListEntry
    from tui.ui.navigation_history import NextLibrary
    from tui.ui.panes.decisions import Decisions

    Open = Callable[..., AbstractAsyncContextManager["Reading"]]

PATIENCE = 60.0
"Seconds after which an expected condition counts as failed."
NOTES = """\
# What I heard

## Ada and Grace on The Compiler (3/14)

### Beginnings

- The first bullet is about looms and cards.
- Who wrote the second program?
  - Somebody who had read the first.
- The third bullet is **bold** and `code`, with a [link](https://example.org).

### Endings

> A quotation that somebody said.

- Is the last bullet of the episode a question?

## Alan on Machines (4/1)

- Alan's bullet about tapes.
- Could a tape be endless?

## Edsger on Letters (5/5)

- A letter is a program for a reader.
"""


def listed(pane: Decisions) -> list[ListEntry]:
    """The entries of a list without headings."""
    return [entry for entry in pane.entries if entry.id]


async def wait_until(condition: Callable[[], object]) -> None:
    """Wait for a condition while other work goes on; a pause of the pilot's would count as a key."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"not so after {PATIENCE} s: {condition}"
        await asyncio.sleep(0.02)


class Reading:
    """A running reader and the file it reads."""

    def __init__(self, app: Reader, pilot: Pilot[None], path: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.path = path

    @property
    def text(self) -> str:
        """The text of the block under the cursor."""
        block = self.app.cx.panes.bullets.block
        return block.text if block else ""

    @property
    def sidecar(self) -> str:
        """The content of the highlights file; empty if there is none."""
        path = self.path.with_suffix(".highlights.toml")
        return path.read_text() if path.exists() else ""

    async def press(self, *keys: str) -> None:
        """Press keys one at a time, waiting after each digit, and wait until their effects are complete."""
        for key in keys:
            await self.pilot.press(key)
            while self.app.keyboard.is_deciding:
                await asyncio.sleep(0.02)
        await self.settle()

    async def type(self, *keys: str) -> None:
        """Press keys without a pause, so that digits are counts, and wait until their effects are complete."""
        await self.pilot.press(*keys)
        await self.settle()

    async def feed(self, *keys: str) -> None:
        """Send keys all at once, as over a slow line, and wait until their effects are complete."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Wait until no key waits for another one, and no change is being saved or shown."""
        for _ in range(2):  # a process that gets no processor looks idle to a pause of the pilot's
            while self.app.keyboard.is_deciding:
                await asyncio.sleep(0.02)
            await self.app.workers.wait_for_complete()
            await self.pilot.press()  # no key: until every widget has handled what was sent to it
        await self.pilot.pause()

    async def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition, and until its consequences are complete."""
        await wait_until(condition)
        await self.settle()

    def screen(self) -> str:
        """The screen as text."""
        return "\n".join(
            "".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()
        )


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a reader on notes, with a state folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    @asynccontextmanager
    async def open_reader(
        text: str = NOTES,
        *,
        size: tuple[int, int] = (120, 40),
        config: Config | None = None,
        is_folder: bool = False,
        onward: NextLibrary | None = None,
    ) -> AsyncIterator[Reading]:
        path = tmp_path / "notes" / "heard.md"
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_text(text)
        opened = Opened(str(path.parent if is_folder else path), config or Config())
        app = Reader(onward.opened if onward else opened)
        if onward:
            app.cx.history.arrive(onward)
        async with app.run_test(size=size) as pilot:
            here = Reading(app, pilot, path)
            await here.wait_for(app.cx.store.complete.is_set)
            yield here

    return open_reader
