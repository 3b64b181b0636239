"""The heading beside a place, over the ends of episodes, most of which nobody has looked at yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.model import Kind, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Episode
    from tui.core.notes.summary import Summary


def heading_beside(
    episodes: Sequence[Episode],
    known: Callable[[Episode], Summary | None],
    position: Position,
    by: int,
    is_over: Callable[[], bool],
) -> Position | None:
    """So many headings behind a block, before it where ``by`` is negative, the last where there are fewer.

    From a thread, too: nothing is kept of the episodes that are parsed for it.

    Args:
        episodes: All episodes.
        known: What an episode holds, where that was counted already.
        position: The block, or an episode's title.
        by: How many headings, and which way.
        is_over: Whether there is no time to look into one more episode.
    """
    way, left, last = (1 if by > 0 else -1), abs(by), None
    section = position.section
    while left and 0 <= section < len(episodes) and (section == position.section or not is_over()):
        found = _headings(episodes[section], known)
        if section == position.section:
            found = [block for block in found if (block > position.block if by > 0 else block < position.block)]
        taken = found[:left] if by > 0 else found[-left:]
        if taken:
            last = Position(section, taken[-1] if by > 0 else taken[0])
        left -= len(taken)
        section += way
    return last


def _headings(episode: Episode, known: Callable[[Episode], Summary | None]) -> list[int]:
    """The blocks of an episode that are headings."""
    if not episode.body.is_parsed and (summary := known(episode)) is not None:
        return list(summary.heading_blocks)
    return [index for index, block in enumerate(episode.body.read()) if block.kind is Kind.HEADING]
