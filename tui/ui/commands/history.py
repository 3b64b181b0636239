"""Undo and redo; restore or merge the highlights file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.state import highlighting
from tui.ui.store import Change

if TYPE_CHECKING:
    from tui.ui.context import Context


def undo(cx: Context) -> None:
    """Undo the last change."""
    cx.store.submit(Change(highlighting.undoing, _undid, highlighting.after_undo, "Nothing to undo"))


def redo(cx: Context) -> None:
    """Redo the last undone change."""
    cx.store.submit(Change(highlighting.redoing, _redid, highlighting.after_redo, "Nothing to redo"))


def restore(cx: Context) -> None:
    """Restore the highlights file from a backup made before it was damaged."""
    cx.store.run(cx.store.restore)


def merge(cx: Context) -> None:
    """Merge copies of highlights files, and both sides of conflicts in them."""
    cx.store.run(cx.store.merge)


def _undid(title: str) -> str:
    return f"Undid: {title[:1].lower()}{title[1:]}"


def _redid(title: str) -> str:
    return f"Redid: {title[:1].lower()}{title[1:]}"
