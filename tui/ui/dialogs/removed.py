"""The blocks removed from the notes since the last reading, to scroll through."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui.core.state.baseline import Sign
from tui.ui.dialogs.text import Sheet, SheetLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.state.baseline import Removed


def removed_sheet(gone: Iterable[Removed]) -> Sheet:
    """The removed blocks, under the titles of their episodes."""
    lines: list[SheetLine] = []
    for episode, blocks in groupby(gone, lambda each: each.episode):
        lines += [
            SheetLine(""),
            SheetLine(episode),
            *(SheetLine(" ".join(block.text.split()), Sign.REMOVED.value) for block in blocks),
        ]
    return Sheet("Taken out since you last read", lines)
