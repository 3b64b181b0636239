"""The end of a session without questions: on a signal, or without its terminal, nobody may be there to answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.ui.terminal.own_time import Allowance

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.ui.context import Context

UNASKED = 1.7
"Seconds that it may take."
HEARD, SAVED, KEPT, TYPED = 0.4, 0.65, 0.8, 0.9
"""Shares of that by which sent keys are handled, changes being saved are saved, other changes are kept for the next
session, and so are drafts."""
LOOK = 0.01
"Seconds between two looks at these."


async def end_unasked(
    cx: Context, handle_sent_keys: Callable[[], Awaitable[None]], code: int = 0, within: float = UNASKED
) -> None:
    """Handle the keys typed before, keep what can be kept in time, and end."""
    store, allowance = cx.store, Allowance(within)

    async def wait_until(is_so: Callable[[], bool], share: float) -> None:
        while not is_so() and allowance.remaining(share):
            await asyncio.sleep(LOOK)

    heard = asyncio.ensure_future(handle_sent_keys())
    await wait_until(heard.done, HEARD)
    heard.cancel()
    typed = asyncio.ensure_future(cx.typing.keep())
    await wait_until(lambda: not store.pending, SAVED)
    if store.pending:
        await wait_until(asyncio.ensure_future(asyncio.to_thread(store.keep_waiting)).done, KEPT)
    await wait_until(typed.done, TYPED)
    cx.windows.leave(code)
