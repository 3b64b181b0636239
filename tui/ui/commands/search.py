"""Search the library, and go from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.context import Context


def search(cx: Context) -> None:
    """Search while a line is typed."""
    cx.search.type()


def to_hit(cx: Context, by: int) -> None:
    """Go to the next hit, or the previous one, around the ends of the library."""
    cx.search.go_on(by, cx.count)


def stop(cx: Context) -> bool:
    """Clear the hits; True if there was a search."""
    cx.search.leave()
    return False
