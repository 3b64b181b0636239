"""The current highlight, which is the one on a block that keys act on, and the steps planned for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring import refreshed
from tui.core.annotations.highlights import Anchored, MatchKind
from tui.core.state.highlighting import changing, deleting, marking, step_to
from tui.core.state.model import innermost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tui.core.annotations.changes import Step
    from tui.core.annotations.choices import Colour
    from tui.core.notes.model import Address, Place, Span
    from tui.core.state.model import Annotations, State


def current_at(annotations: Annotations, address: Address, picked: str = "", offset: int | None = None) -> str:
    """The id of the current highlight of a block; see `innermost`."""
    return innermost(sorted(_on(annotations, address), key=lambda each: each[1]), picked, offset)


def _on(annotations: Annotations, address: Address) -> Iterator[tuple[Span, str]]:
    for highlight_id in annotations.highlights:
        anchor = annotations.anchors.get(highlight_id)
        for place in anchor.places if isinstance(anchor, Anchored) else ():
            if place.address == address:
                yield place.span, highlight_id


def acting(
    state: State, path: str, block: Place, picked: str, colour: Colour | None, named: str, *, new_id: str, now: datetime
) -> Step | None:
    """The step for a highlighting key on a block: it changes the current highlight, or makes one if there is none.

    Args:
        state: The state as it is.
        path: The note's path.
        block: The whole block.
        picked: The id of the highlight that the reader picked, if any.
        colour: The requested colour; None to remove the highlight, or to make one in the first colour.
        named: The reader's name for that colour.
        new_id: The id of a new highlight.
        now: The time of the change, in UTC.
    """
    current = current_at(state.annotations_of(path), block.address, picked)
    if not current:
        return marking(state, path, [block], colour, named, new_id=new_id, now=now)
    return deleting(state, path, current) if colour is None else recolouring(state, path, current, colour, named, now)


def recolouring(state: State, path: str, highlight_id: str, colour: Colour, named: str, now: datetime) -> Step | None:
    """The step that recolours a highlight; None if it is gone or has that colour."""
    return changing(state, path, highlight_id, lambda each: replace(each, colour=colour), f"Recoloured ({named})", now)


def resizing(
    state: State,
    path: str,
    highlight_id: str,
    places: Sequence[Place],
    colour: Colour | None,
    named: str,
    now: datetime,
) -> Step | None:
    """The step that resizes a highlight, and recolours it if a colour is given; None if nothing changes."""
    annotations, note, wanted = state.annotations_of(path), state.note(path), tuple(places)
    before, anchor = annotations.highlights.get(highlight_id), annotations.anchors.get(highlight_id)
    if before is None:
        return None
    if isinstance(anchor, Anchored) and anchor.places == wanted:
        return recolouring(state, path, highlight_id, colour, named, now) if colour else None
    parts = refreshed(before.parts, Anchored(wanted, MatchKind.EDITED, 1.0), note)
    after = replace(before, parts=parts, kept=False, colour=colour or before.colour, updated=now)
    title = f"Highlight resized ({named})" if colour else "Highlight resized"
    return step_to(state, path, [after], title, {highlight_id: wanted})
