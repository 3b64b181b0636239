"""Finding the next or previous heading across episodes, most of which are not parsed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.model import Kind, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Episode
    from tui.core.notes.summary import Summary


def heading_from(
    episodes: Sequence[Episode],
    known: Callable[[Episode], Summary | None],
    position: Position,
    by: int,
    is_over: Callable[[], bool],
) -> Position | None:
    """The heading ``by`` headings from a block, backwards if negative; the last one found if there are fewer.

    Safe in a thread: the episodes parsed for it are not kept.

    Args:
        episodes: All episodes.
        known: Returns an episode's summary, if it is available.
        position: The block, or an episode's title.
        by: Number of headings; negative for backwards.
        is_over: Returns True when there is no time to examine another episode.
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
    """The numbers of an episode's heading blocks."""
    if not episode.body.is_parsed and (summary := known(episode)) is not None:
        return list(summary.heading_blocks)
    return [index for index, block in enumerate(episode.body.read()) if block.kind is Kind.HEADING]
