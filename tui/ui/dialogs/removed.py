"""Changes since the last reading that the notes no longer show: removed blocks, and a block's earlier words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui.core.notes.model import Style
from tui.core.state.rewording import rewording
from tui.ui.dialogs.text import Sheet, SheetLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.state.baseline import Removed

REMOVED, NEW = "-", "+"
"Markers of removed and of new lines."


def removed_sheet(gone: Iterable[Removed], changed: tuple[str, str] | None = None) -> Sheet:
    """The earlier and present words of a block, if it changed, and the removed blocks by episode."""
    lines: list[SheetLine] = []
    if changed is not None:
        was, now = (" ".join(text.split()) for text in changed)
        words = rewording(was, now)
        lines += [
            SheetLine(""),
            SheetLine(was, REMOVED, tuple((span, Style.STRIKE) for span in words.gone)),
            SheetLine(""),
            SheetLine(now, NEW, tuple((span, Style.MARKED) for span in words.new)),
        ]
    for number, (episode, blocks) in enumerate(groupby(gone, lambda each: each.episode)):
        if changed is not None and not number:
            lines += [SheetLine(""), SheetLine("Removed since you last read", is_heading=True)]
        lines += [
            SheetLine(""),
            SheetLine(episode, is_heading=True),
            *(SheetLine(" ".join(block.text.split()), REMOVED) for block in blocks),
        ]
    return Sheet("Changed since you last read" if changed else "Removed since you last read", lines)
