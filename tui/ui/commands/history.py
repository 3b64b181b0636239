"""Undo and redo; bring back or merge the highlights file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.context import Context


def undo(cx: Context) -> None:
    """Take the last change back."""
    cx.store.undo()


def redo(cx: Context) -> None:
    """Do the last change that was taken back again."""
    cx.store.redo()


def restore(cx: Context) -> None:
    """Bring back the highlights file from before one that is damaged."""
    cx.store.run(cx.store.restore)


def merge(cx: Context) -> None:
    """Merge what copies of highlights files say, and both sides of conflicts in them."""
    cx.store.run(cx.store.merge)
