"""The end of a session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.ui.conftest import wait_until

if TYPE_CHECKING:
    from tests.ui.conftest import Open


async def test_nothing_begins_behind_a_reader_that_has_left(reading: Open) -> None:
    begun = []

    async def work() -> None:
        begun.append(here.app.screen)

    async with reading() as here:
        here.app.leave()
        await wait_until(lambda: not here.app.is_running)
        here.app.run_in_background(work, "counts")
        await asyncio.sleep(0.1)
    assert not begun
