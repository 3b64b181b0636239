"""The end of a session: wait for changes to be saved, and ask if that fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.ui.dialogs.quitting import Leaving, QuitChoice, not_kept, not_saved, not_saved_yet, not_typed_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ui.context import Context
    from tui.ui.store import Outcome

KEEPING = 0.6
"Seconds that quitting allows for storing a draft before it asks."
SLOW = 1.5
"Seconds without a response from the disk before quitting asks whether to wait for a change."


def quit_once_saved(cx: Context) -> None:
    """Quit once every change is on disk; if that fails or takes long, ask first."""

    async def end() -> None:
        await _quit(cx)

    cx.windows.run_in_background(end, "quit", overtakes=True)


async def _quit(cx: Context) -> None:
    if cx.typing.is_open and not await _leaves_typed(cx):
        return
    screens = len(cx.windows.screen_stack)
    if (pending := cx.store.pending) and not await _waited_for(cx, pending):
        return
    if len(cx.windows.screen_stack) > screens:
        return  # the draft's position is gone, and its window opens again
    if cx.store.unsaved:
        _ask_to_leave(cx)
    else:
        cx.windows.leave()


async def _leaves_typed(cx: Context) -> bool:
    """Ask a reader who is typing; True if they quit anyway."""
    await asyncio.wait([asyncio.ensure_future(cx.typing.keep())], timeout=KEEPING)
    answer: asyncio.Future[QuitChoice | None] = asyncio.get_running_loop().create_future()

    def answered(given: QuitChoice | None) -> None:
        if not answer.done():
            answer.set_result(given)

    cx.windows.push_screen(not_typed_out(cx.settings.keys, cx.typing.fault), answered)
    return await answer is QuitChoice.LEAVE


async def _waited_for(cx: Context, pending: Sequence[asyncio.Future[Outcome]]) -> bool:
    """Wait for changes to finish; False if the reader decided earlier."""
    _, still = await asyncio.wait(pending, timeout=SLOW)
    if not still:
        return True
    question, answer = not_saved_yet(cx.settings.keys, len(still)), asyncio.get_running_loop().create_future()
    cx.windows.push_screen(question, answer.set_result)
    rest = asyncio.ensure_future(asyncio.wait(still))
    await asyncio.wait([rest, answer], return_when=asyncio.FIRST_COMPLETED)
    if not answer.done() and cx.windows.screen is question:
        question.dismiss(None)
    elif answer.done():
        rest.cancel()
        if answer.result() is QuitChoice.LEAVE:
            await _leave_to_next_start(cx, len(still))
        return False
    await rest
    return True


async def _leave_to_next_start(cx: Context, count: int) -> None:
    """Store unfinished changes for the next start and quit; if that is impossible, ask first."""

    def answered(answer: QuitChoice | None) -> None:
        if answer is QuitChoice.LEAVE:
            cx.windows.leave()

    keeping = asyncio.ensure_future(asyncio.to_thread(cx.store.keep_waiting))
    await asyncio.wait([keeping], timeout=SLOW)
    if keeping.done() and keeping.exception() is None and keeping.result():
        cx.windows.leave()
    else:
        cx.windows.push_screen(not_kept(cx.settings.keys, count), answered)


def _ask_to_leave(cx: Context) -> None:
    """Try once more to save the unsaved changes; if that fails, ask the reader."""

    async def ask() -> None:
        await cx.store.save_unsaved()
        if not cx.store.unsaved:
            cx.windows.leave()
            return

        def answered(answer: QuitChoice | None) -> None:
            if answer is QuitChoice.LEAVE:
                cx.windows.leave()
            elif answer is QuitChoice.AGAIN:
                _ask_to_leave(cx)

        if isinstance(cx.windows.screen, Leaving):
            return  # the key was pressed twice
        is_kept = await asyncio.to_thread(cx.store.session.saving.is_kept, cx.store.state)
        cx.windows.push_screen(
            not_saved(cx.settings.keys, cx.store.unsaved, cx.store.faults, is_kept=is_kept), answered
        )

    cx.store.run(ask)
