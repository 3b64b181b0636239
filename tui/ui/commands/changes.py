"""Go through the changes since the last reading, go to the last edit, and mark everything as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.counted import counted
from tui.ui import current
from tui.ui.dialogs.removed import removed_sheet

if TYPE_CHECKING:
    from tui.ui.context import Context


def to_change(cx: Context, by: int) -> None:
    """Go to the next or previous change."""
    here = cx.panes.bullets.cursor
    ahead = [position for position in cx.display.changes if (position > here if by > 0 else position < here)]
    if ahead:
        at = min(cx.count, len(ahead)) - 1
        cx.panes.bullets.go(ahead[at if by > 0 else -1 - at])
    else:
        cx.panes.status.say("No more changes below" if by > 0 else "No more changes above")


def to_latest_edit(cx: Context) -> None:
    """Go to the last edit of the notes."""
    if cx.display.latest:
        cx.panes.bullets.go(min(cx.display.latest))
    else:
        cx.panes.status.say("No edits since you opened these notes")


def take_as_read(cx: Context) -> None:
    """Mark everything as read and clear the change marks; if there are none, bring the last ones back."""
    store = cx.store

    async def read_all() -> None:
        async with store.turn:
            state = store.state
            whole = {path: diff for path, diff in state.changes.items() if path not in state.unfinished}
            count = sum(len(diff.signs) + len(diff.removed) for diff in whole.values())
            if count:
                read = [state.note(path) for path in whole]
                cx.unread = [state.baselines[path] for path in whole]
                said = current.with_hint(cx, f"{counted(count, 'change')} marked read", "read", "again undoes")
            else:
                read = [note for note in cx.unread if state.has(note.path)]
                cx.unread = ()
                said = "Marked unread again" if read else "Nothing new since you last read"
                if not read and state.changes:
                    said = "This note is still being written: try again when it is complete"
            if read:
                await store.assign(await store.writing.run(store.session.texts.read_as, state, read))
            cx.panes.status.say(said)

    store.run(read_all)


def show_removed(cx: Context) -> None:
    """Show the earlier words of the block under the cursor, and everything removed since the last reading."""
    state, position = cx.store.state, cx.panes.bullets.cursor
    changed = None
    if (block := cx.panes.bullets.block) is not None:
        path, address = state.note_of(position.section).path, state.address(position)
        diff = state.changes.get(path)
        was = diff.former.get(address) if diff else None
        changed = None if was is None else (was, block.text)
    gone = [each for note in state.library.notes if (diff := state.changes.get(note.path)) for each in diff.removed]
    if gone or changed:
        cx.windows.push_screen(removed_sheet(gone, changed))
    else:
        cx.panes.status.say("Nothing removed since you last read")
