"""Locating quoted words in notes: a single place, or an error that lists the alternatives."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.format import NoteFormat, format_of
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.sanitise import clean
from tui.errors import QuoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.core.notes.model import Library, Note

LISTED = 5
"Most places listed by an error."
FEW = 20
"Number of searches of a text from which an index of its words pays off."
RARE = 500
"Characters of text per occurrence of a word from which checking its occurrences is faster than a scan."
NEAREST = 3
"Most similar blocks listed by an error."
NEAR = 75
"Minimum similarity of a block listed as similar, in percent (Indel ratio of the best fragment)."


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notes, and whatever distinguishes them from the same words elsewhere; empty fields are ignored."""

    exact: str
    prefix: str = ""
    "Words directly before them, of any number."
    suffix: str = ""
    "Words directly after them."
    episode: str = ""
    "The title of their episode, or part of it, ignoring case."


class QuotePlace(NamedTuple):
    """A place where the quote occurs."""

    note: Note
    places: tuple[Place, ...]
    "A place for each block that the words run through, in document order."

    @property
    def line(self) -> int:
        """The first line of its first block, 1-based."""
        episode, block = self.places[0].address
        blocks = self.note.episodes[episode].blocks
        return self.note.episodes[episode].lines(blocks[block])[0]


def find(library: Library, quote: Quote) -> QuotePlace:
    """The only place of the quote in the library's blocks.

    Any white space counts as one space and also matches between blocks; quotation marks, dashes and ellipses match all
    their variants. If it is not found in this way, the quote is read as Markdown. Raises QuoteError if it does not
    occur, or more than once.
    """
    texts = QuotedTexts(library.notes)
    found = texts.every_place(quote)
    if len(found) == 1:
        return found[0]
    raise _ambiguous(library, found) if found else _missing(library, texts, quote)


class QuotedTexts:
    """The texts of notes, normalised once for finding many quotes."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._notes = notes
        self._texts: dict[int, _ShapedText] = {}

    def places_of(self, quote: Quote) -> list[QuotePlace]:
        """Every place of the quote, in document order, including overlapping ones."""
        return list(self._places(range(len(self._notes)), quote))

    def every_place(self, quote: Quote) -> list[QuotePlace]:
        """Every place of the quote as given, or else of its words as displayed in each note's format."""
        return self.places_of(quote) or [
            place
            for form, numbers in groupby(range(len(self._notes)), key=lambda number: _format(self._notes[number]))
            if form and (shown := form.as_shown(quote.exact)) != quote.exact
            for place in self._places(numbers, replace(quote, exact=shown))
        ]

    def _places(self, numbers: Iterable[int], quote: Quote) -> Iterator[QuotePlace]:
        exact, prefix, suffix = (
            _shaped(clean(words))[0].strip() for words in (quote.exact, quote.prefix, quote.suffix)
        )
        for number in numbers if exact else ():
            note = self._notes[number]
            wanted = None if not quote.episode else {*_episodes(note, quote.episode)}
            if number not in self._texts:
                self._texts[number] = _ShapedText(note)
            for places in self._texts[number].places(exact, prefix, suffix):
                if wanted is None or places[0].address.episode in wanted:
                    yield QuotePlace(note, places)


def _format(note: Note) -> NoteFormat | None:
    return format_of(note.episodes[0].body) if note.episodes else None


def _episodes(note: Note, title: str) -> Iterable[int]:
    """The episodes with exactly this title, or else those with it in their titles."""
    if not title:
        return range(len(note.episodes))
    wanted = _in_one_shape(title).casefold()
    titles = [_in_one_shape(episode.title).casefold() for episode in note.episodes]
    return [index for index, own in enumerate(titles) if own == wanted] or [
        index for index, own in enumerate(titles) if wanted in own
    ]


class _ShapedText:
    """A note's text in normalised form, with a mapping back to its blocks."""

    def __init__(self, note: Note) -> None:
        texts = ["\n".join(block.text for block in each.blocks) for each in note.episodes if each.blocks]
        self._text, self._pieces = _shaped(_BETWEEN.join(texts))
        self._piece_starts = [piece.start for piece in self._pieces]
        self._blocks = [block.text for episode in note.episodes for block in episode.blocks]
        self._addresses = [
            Address(number, index)
            for number, episode in enumerate(note.episodes)
            for index in range(len(episode.blocks))
        ]
        self._starts = [0, *accumulate(len(text) + 1 for text in self._blocks)]
        self._searches = 0
        self._words: dict[str, array[int]] | None = None
        "The offsets of each word, once there have been several searches."

    def places(self, exact: str, prefix: str, suffix: str) -> Iterator[tuple[Place, ...]]:
        """The places of normalised words, with a place for each block that they run through."""
        for at in self._offsets(exact):
            end = at + len(exact)
            before = at - (self._text[at - 1 : at] == " ")
            behind = end + (self._text[end : end + 1] == " ")
            if (
                self._text.endswith(prefix, 0, max(before, 0))
                and self._text.startswith(suffix, behind)
                and (start := self._back(at)) is not None
                and (stop := self._back(end)) is not None
            ):
                yield tuple(self._places(Span(start, stop)))

    def _offsets(self, exact: str) -> Iterator[int]:
        """The offsets of normalised words, found by the rarest whole word among them, or else by a scan."""
        self._searches += 1
        if self._words is None and self._searches > FEW:
            self._words = {}
            for found in _WORD.finditer(self._text):
                self._words.setdefault(found[0], array("L")).append(found.start())
        whole = list(_WORD.finditer(exact))[1:-1]
        if self._words is not None and whole:
            known = ((self._words.get(word[0], ()), word.start()) for word in whole)
            places, within = min(known, key=lambda each: len(each[0]))
            if len(places) < len(self._text) // RARE:
                yield from (at - within for at in places if self._text.startswith(exact, at - within))
                return
        at = self._text.find(exact)
        while at >= 0:
            yield at
            at = self._text.find(exact, at + 1)

    def _back(self, offset: int) -> int | None:
        """The offset in the original text; None inside a character that became several."""
        number = bisect_right(self._piece_starts, offset) - 1
        if number < 0:
            return offset
        piece = self._pieces[number]
        if offset >= piece.end:
            return piece.original_end + offset - piece.end
        return piece.original_start if offset == piece.start else None

    def _places(self, span: Span) -> Iterator[Place]:
        """A span of the text as places in its blocks, without white space at their ends."""
        for index in range(bisect_right(self._starts, span.start) - 1, len(self._blocks)):
            start = self._starts[index]
            if start >= span.end:
                return
            piece = self._blocks[index][max(span.start - start, 0) : span.end - start]
            if words := piece.strip():
                first = max(span.start - start, 0) + len(piece) - len(piece.lstrip())
                yield Place(self._addresses[index], Span(first, first + len(words)))


class _Piece(NamedTuple):
    """A run of a text whose length changes in normalisation."""

    start: int
    end: int
    original_start: int
    original_end: int


def _shaped(text: str) -> tuple[str, list[_Piece]]:
    """Normalise a text's typography and white space; return it with the runs whose lengths changed."""
    found: list[str] = []
    pieces: list[_Piece] = []
    at = length = 0
    for run in _UNEVEN.finditer(text):
        new = "..." if run[0] == "…" else " "
        found += [text[at : run.start()], new]
        length += run.start() - at
        at = run.end()
        if len(run[0]) != len(new):
            pieces.append(_Piece(length, length + len(new), run.start(), at))
        length += len(new)
    return "".join([*found, text[at:]]).translate(_ONE_SHAPE), pieces


_BETWEEN = "\0"
"Separates episodes, since no quote contains it or runs through it."
_WORD = re.compile(r"[^ \0]+")
_UNEVEN = re.compile(r"\s{2,}|[^\S ]|…")
_SHAPES = ("'‘’‚‛′`´", '"“”„‟″«»', "-‐‑‒–—―−")
_ONE_SHAPE = str.maketrans({sign: shapes[0] for shapes in _SHAPES for sign in shapes})


def _in_one_shape(text: str) -> str:
    return _shaped(text)[0].strip()


def _ambiguous(library: Library, found: Sequence[QuotePlace]) -> QuoteError:
    problem = f"the quote occurs {len(found)} times, {_where(library, found)}"
    return QuoteError(library.path, problem, "narrow it with --prefix, --suffix or --episode")


def _missing(library: Library, texts: QuotedTexts, quote: Quote) -> QuoteError:
    if quote.episode and not any(len(list(_episodes(note, quote.episode))) for note in library.notes):
        return QuoteError(library.path, f"no episode is called “{clean(quote.episode)}”", "see `earmark outline`")
    if elsewhere := texts.every_place(Quote(quote.exact)):
        asked = [name for name in ("prefix", "suffix", "episode") if getattr(quote, name)]
        problem = f"the quote occurs {_where(library, elsewhere)}, but not with that {' and '.join(asked)}"
        return QuoteError(library.path, problem, f"correct --{' and --'.join(asked)}")
    near = _nearest(library, quote)
    problem = "the quote is not in the notes" + (f"; the closest is {_where(library, near)}" if near else "")
    return QuoteError(library.path, problem, "quote the words as `earmark outline` shows them")


def _nearest(library: Library, quote: Quote) -> list[QuotePlace]:
    """The blocks most similar to the quote, best first."""
    from rapidfuzz import fuzz

    wanted = _in_one_shape(quote.exact).casefold()
    scored: list[tuple[float, QuotePlace]] = []
    for note in library.notes:
        for number in _episodes(note, quote.episode):
            for index, block in enumerate(note.episodes[number].blocks):
                text = _in_one_shape(block.text).casefold()
                likeness = fuzz.partial_ratio if len(text) >= len(wanted) else fuzz.ratio
                score = likeness(wanted, text, score_cutoff=NEAR)
                if score:
                    place = Place(Address(number, index), Span(0, len(block.text)))
                    scored.append((score, QuotePlace(note, (place,))))
    scored.sort(key=lambda each: -each[0])
    return [found for _, found in scored[:NEAREST]]


def _where(library: Library, found: Sequence[QuotePlace]) -> str:
    """The lines of some places, without duplicates: ``on lines 4 and 9``, in a folder ``at a.md:4 and b.md:9``."""
    if library.is_folder:
        named = list(dict.fromkeys(f"{each.note.path}:{each.line}" for each in found))
        return f"at {_listed(named)}"
    lines = list(dict.fromkeys(str(each.line) for each in found))
    return f"on line{'s' if len(lines) > 1 else ''} {_listed(lines)}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:LISTED])
    if len(names) > LISTED:
        shown.append(f"{len(names) - LISTED} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
