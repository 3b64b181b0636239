"""Selectors: descriptions of a highlight's text, used to find it again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.lookalikes import fingerprint, lookalikes
from tui.core.annotations.highlights import CONTEXT, Part
from tui.core.notes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.core.annotations.highlights import Anchored
    from tui.core.notes.model import Block, Note, Place

EARLIER = 3
"Most earlier wordings of a block kept in its selector."


class Selectors:
    """Makes selectors for places in one note."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._headings: dict[int, list[int]] = {}
        "The headings among the blocks, by episode."

    def describe(self, places: Iterable[Place]) -> tuple[Part, ...]:
        """The selector of a highlight on these places; see `describe`."""
        return tuple(self._part(place) for place in places)

    def refreshed(self, old: tuple[Part, ...], anchor: Anchored) -> tuple[Part, ...]:
        """Update selectors to the present text at their anchor.

        The words first highlighted are kept forever: in ``quoted``, once ``exact`` has others.
        """
        parts = self.describe(anchor.places)
        if len(parts) == len(old):
            return tuple(map(_with_past, parts, _in_order_of(parts, old)))
        return _with_lost(parts, old)

    def _part(self, place: Place) -> Part:
        number, index = place.address
        episode = self._note.episodes[number]
        block = episode.blocks[index]
        start, end = place.span
        return Part(
            exact=block.text[start:end],
            prefix=text_before(episode.blocks, index, start),
            suffix=text_after(episode.blocks, index, end),
            episode=episode.title,
            heading=self._heading(number, index),
            block=block.text,
            start=start,
            line=episode.lines(block)[0],
        )

    def _heading(self, number: int, index: int) -> str:
        """The text of the heading above a block of an episode; empty if there is none."""
        blocks = self._note.episodes[number].blocks
        if number not in self._headings:
            self._headings[number] = [at for at, block in enumerate(blocks) if block.kind is Kind.HEADING]
        above = bisect_left(self._headings[number], index)
        return blocks[self._headings[number][above - 1]].text if above else ""


def describe(note: Note, places: Iterable[Place]) -> tuple[Part, ...]:
    """The selector of a highlight on these places of a note, with one part for each.

    Prefix and suffix are `CONTEXT` code points; in a shorter block they continue into its neighbours in the episode,
    separated by a line feed, so that they differ between copies of a short block.
    """
    return Selectors(note).describe(places)


def described_anew(note: Note, places: Sequence[Place]) -> tuple[Part, ...]:
    """The selector of a new highlight on these places, which includes its lookalikes."""
    parts = zip(describe(note, places), places, strict=True)
    return tuple(replace(part, others=lookalikes(note, place.address)) for part, place in parts)


def placed(parts: tuple[Part, ...], places: Sequence[Place], note: Note) -> tuple[Part, ...]:
    """Selectors that a reader moved to these places: their other words are forgotten, except those first
    highlighted.
    """
    fresh = described_anew(note, places)
    if len(fresh) == len(parts):
        return tuple(map(_as_first_marked, fresh, _in_order_of(fresh, parts)))
    return _with_lost(fresh, parts)


def refreshed(parts: tuple[Part, ...], anchor: Anchored, note: Note) -> tuple[Part, ...]:
    """Update selectors to the present text at their anchor; for many selectors of a note `Selectors` is faster."""
    return Selectors(note).refreshed(parts, anchor)


def _in_order_of(parts: Sequence[Part], old: Sequence[Part]) -> Sequence[Part]:
    """The former parts in the order of the present ones: matched by their words, the others in sequence."""
    if len(parts) == 1 or [part.block for part in parts] == [part.block for part in old]:
        return old
    left, found = list(old), list[Part | None]()
    for part in parts:
        found.append(same := next((each for each in left if each.block == part.block), None))
        if same is not None:
            left.remove(same)
    return [each or left.pop(0) for each in found]


def _with_lost(parts: tuple[Part, ...], old: Sequence[Part]) -> tuple[Part, ...]:
    """Add the words of former selectors that were in other blocks."""
    if " ".join(part.exact for part in parts) == " ".join(part.exact for part in old):
        return parts
    lost = "\n".join(part.quoted or part.exact for part in old)
    return (replace(parts[0], quoted=lost), *parts[1:])


def _with_past(part: Part, old: Part) -> Part:
    """A selector with the present words, and with the former one's earlier wordings and lookalikes."""
    now, before = fingerprint(fold(part.block)), fingerprint(fold(old.block))
    earlier = old.earlier
    if now in earlier:
        earlier = earlier[earlier.index(now) + 1 :]  # the words in between were never its own
    elif now != before:
        earlier = (before, *(each for each in earlier if each != before))[:EARLIER]
    return replace(_as_first_marked(part, old), others=old.others, earlier=earlier)


def _as_first_marked(part: Part, old: Part) -> Part:
    first = old.quoted or old.exact
    return part if part.exact == first else replace(part, quoted=first)


def text_before(blocks: Sequence[Block], index: int, start: int) -> str:
    """The `CONTEXT` code points before a position in a block; fewer only at the top of the episode."""
    text = blocks[index].text[max(0, start - CONTEXT) : start]
    while len(text) < CONTEXT and index > 0:
        index -= 1
        text = f"{blocks[index].text[-CONTEXT:]}\n{text}"
    return text[-CONTEXT:]


def text_after(blocks: Sequence[Block], index: int, end: int) -> str:
    """The `CONTEXT` code points after a position in a block; fewer only at the end of the episode."""
    text = blocks[index].text[end : end + CONTEXT]
    while len(text) < CONTEXT and index + 1 < len(blocks):
        index += 1
        text = f"{text}\n{blocks[index].text[:CONTEXT]}"
    return text[:CONTEXT]
