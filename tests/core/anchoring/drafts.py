"""Notes being edited: bullets keep their identity through every edit, so that the truth is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_WORDS = """
    ability airport answer autumn balance bakery bargain beacon beaver blanket border bottle bridge bronze bucket
    budget butter cabin camera candle canvas carbon castle cellar chapter charcoal cheese circle climate clover
    coffee compass copper cotton cradle crystal current custom danger debate desert dinner dolphin drawer driver
    eagle echo effort elbow engine escape fabric falcon farmer feather ferry fiddle filter finger flavour forest
    fossil garden garlic ginger glacier goblet granite gravel guitar hammer harbour harvest helmet honey horizon
    icicle insect island jacket jigsaw journey jungle kettle kitchen ladder lantern lemon letter library lizard
    magnet marble market meadow melody mirror mountain museum needle notebook oxygen oyster paddle palace parcel
    pebble pencil pepper picture pillow planet pocket pottery puzzle quarry rabbit railway ribbon river rocket
    saddle sailor salmon school season shadow silver spider spring station stone sugar summer sunset tailor temple
    thunder ticket timber tunnel turtle valley velvet village violin walnut water weather whistle window winter
"""
WORDS = _WORDS.split()


@dataclass(eq=False)
class Line:
    """A bullet, compared by identity."""

    text: str
    depth: int = 0
    marker: str = "-"


@dataclass
class Draft:
    """Notes being edited: titles with their bullets."""

    episodes: list[tuple[str, list[Line]]] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.episodes for line in lines]

    def home(self, line: Line) -> list[Line]:
        """The bullets of the episode that contains a bullet."""
        return next(lines for _, lines in self.episodes if any(each is line for each in lines))

    def copy(self) -> Draft:
        """The same bullets in new lists."""
        return Draft([(title, list(lines)) for title, lines in self.episodes])

    def source(self) -> str:
        parts = []
        for title, lines in self.episodes:
            parts.append(f"## {title}\n\n")
            parts += (f"{'  ' * line.depth}{line.marker} {line.text}\n" for line in lines)
            parts.append("\n")
        return "".join(parts)

    def note(self) -> Note:
        return read_note("notes.md", self.source())

    def number(self, line: Line) -> int:
        """The line in the file at which a bullet begins, from 1."""
        number = 0
        for _, lines in self.episodes:
            number += 2
            for each in lines:
                number += 1
                if each is line:
                    return number
                number += each.text.count("\n")
            number += 1
        raise KeyError(line.text)


def sentence(rng: Random, least: int = 6, most: int = 14) -> str:
    """A bullet's text with this many words."""
    return " ".join(rng.sample(WORDS, rng.randint(least, most)))


def draft(rng: Random, episodes: int = 3, lines: int = 12) -> Draft:
    """Notes with this many episodes of this many bullets."""
    return Draft(
        [
            (f"{sentence(rng, 2, 2)} on {number}", [Line(sentence(rng)) for _ in range(lines)])
            for number in range(episodes)
        ]
    )


def whole(note: Note, line: int) -> Place:
    """The place that covers the block beginning on a line of a note."""
    for number, episode in enumerate(note.episodes):
        for index, block in enumerate(episode.blocks):
            if episode.lines(block)[0] == line:
                return Place(Address(number, index), Span(0, len(block.text)))
    raise KeyError(line)


def phrase(note: Note, line: int, first: int, last: int) -> Place:
    """The words from one number to another in the block beginning on a line of a note."""
    address = whole(note, line).address
    words = note.block(address).text.split(" ")
    start = sum(len(word) + 1 for word in words[:first])
    return Place(address, Span(start, start + len(" ".join(words[first : last + 1]))))


def text_at(note: Note, place: Place) -> str:
    """The text of a place."""
    return note.block(place.address).text[slice(*place.span)]


def line_at(note: Note, place: Place) -> int:
    """The line in the file at which a place's block begins."""
    episode = note.episodes[place.address.episode]
    return episode.lines(episode.blocks[place.address.block])[0]


def addresses(note: Note) -> Iterator[Address]:
    """All blocks of a note."""
    for number, episode in enumerate(note.episodes):
        for index in range(len(episode.blocks)):
            yield Address(number, index)
