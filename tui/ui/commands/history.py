"""Undo and redo; bring back or merge the highlights file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.context import Context


def undo(cx: Context) -> None:
    """Undo the last change."""
    cx.store.undo()


def redo(cx: Context) -> None:
    """Redo the last undone change."""
    cx.store.redo()


def restore(cx: Context) -> None:
    """Restore the highlights file from its copy made before the damage."""
    cx.store.run(cx.store.restore)


def merge(cx: Context) -> None:
    """Merge copies of highlights files, and both sides of conflicts in them."""
    cx.store.run(cx.store.merge)
