"""Finding quoted words in notes: one place, or an error that lists the alternatives."""

from __future__ import annotations

import re
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

    from tui.core.notes.model import Episode, Library, Note

LISTED = 5
"Most places that an error lists."
NEAREST = 3
"Most similar blocks that an error lists."
NEAR = 75
"Least likeness of a similar block, in percent (Indel ratio of the best fragment)."


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notes, and what tells them from the same words elsewhere; an empty field is ignored."""

    exact: str
    prefix: str = ""
    "Words right before them, of any number."
    suffix: str = ""
    "Words right after them."
    episode: str = ""
    "The title of their episode, or a piece of it, case ignored."


class QuotePlace(NamedTuple):
    """A place of a quote."""

    note: Note
    places: tuple[Place, ...]
    "A place in each block that the words run through, in document order."

    @property
    def line(self) -> int:
        """The first line of its first block, 1-based."""
        episode, block = self.places[0].address
        blocks = self.note.episodes[episode].blocks
        return self.note.episodes[episode].lines(blocks[block])[0]


def find(library: Library, quote: Quote) -> QuotePlace:
    """The one place of the quote in the library's blocks.

    White space counts as one space, and between blocks it may be anything; quotation marks, dashes and ellipses count
    the same in each of their shapes. A quote that is not found so may be in Markdown. Raises QuoteError if it is not
    there, or more than once.
    """
    found = every_place(library.notes, quote)
    if len(found) == 1:
        return found[0]
    raise _ambiguous(library, found) if found else _missing(library, quote)


def places_of(notes: Iterable[Note], quote: Quote) -> list[QuotePlace]:
    """Every place of the quote, in document order, overlapping ones included."""
    pattern = _pattern(quote)
    if pattern is None:
        return []
    return [
        QuotePlace(note, places)
        for note in notes
        for number in _episodes(note, quote.episode)
        for places in _matches(pattern, number, note.episodes[number])
    ]


def every_place(notes: Sequence[Note], quote: Quote) -> list[QuotePlace]:
    """Every place of the quote as it stands, else of the words that each note's format shows for it."""
    return places_of(notes, quote) or [
        place
        for form, alike in groupby(notes, key=_format)
        if form
        for place in places_of(alike, replace(quote, exact=form.as_shown(quote.exact)))
    ]


def _format(note: Note) -> NoteFormat | None:
    return format_of(note.episodes[0].body) if note.episodes else None


def _episodes(note: Note, title: str) -> Iterable[int]:
    """The episodes with this title, else those with it in their titles."""
    if not title:
        return range(len(note.episodes))
    wanted = _in_one_shape(title).casefold()
    titles = [_in_one_shape(episode.title).casefold() for episode in note.episodes]
    return [index for index, own in enumerate(titles) if own == wanted] or [
        index for index, own in enumerate(titles) if wanted in own
    ]


def _matches(pattern: re.Pattern[str], number: int, episode: Episode) -> Iterator[tuple[Place, ...]]:
    blocks = episode.blocks
    text = "\n".join(block.text for block in blocks)
    starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
    seen: set[Span] = set()
    at = 0
    while match := pattern.search(text, at):
        at = match.start() + 1
        span = Span(*match.span("exact"))
        if span in seen:
            continue
        seen.add(span)
        yield tuple(_places(text, starts, number, span))


def _places(text: str, starts: Sequence[int], number: int, span: Span) -> Iterator[Place]:
    """A span of an episode's text as places in its blocks, without white space at their ends."""
    for index in range(bisect_right(starts, span.start) - 1, len(starts) - 1):
        first, last = max(span.start, starts[index]), min(span.end, starts[index + 1] - 1)
        if starts[index] >= span.end:
            return
        piece = text[first:last]
        if words := piece.strip():
            start = first - starts[index] + len(piece) - len(piece.lstrip())
            yield Place(Address(number, index), Span(start, start + len(words)))


_SHAPES = ("'‘’‚‛′`´", '"“”„‟″«»', "-‐‑‒–—―−")
_ELLIPSIS = r"(?:…|\.\.\.)"
_CLASSES = {sign: f"[{re.escape(shapes)}]" for shapes in _SHAPES for sign in shapes}
_ONE_SHAPE = str.maketrans({sign: shapes[0] for shapes in _SHAPES for sign in shapes} | {"…": "..."})
_TOKEN = re.compile(r"\s+|\.\.\.|.", re.DOTALL)


def _pattern(quote: Quote) -> re.Pattern[str] | None:
    """A pattern for the quote in a text; None if it has no words."""
    exact = _loose(quote.exact)
    if not exact:
        return None
    before = _loose(quote.prefix) + r"\s*" if quote.prefix.strip() else ""
    after = r"\s*" + _loose(quote.suffix) if quote.suffix.strip() else ""
    return re.compile(f"{before}(?P<exact>{exact}){after}")


def _loose(words: str) -> str:
    return "".join(map(_token_pattern, _TOKEN.findall(clean(words).strip())))


def _token_pattern(token: str) -> str:
    if token.isspace():
        return r"\s+"
    return _ELLIPSIS if token in ("…", "...") else _CLASSES.get(token, re.escape(token))


def _in_one_shape(text: str) -> str:
    return " ".join(text.translate(_ONE_SHAPE).split())


def _ambiguous(library: Library, found: Sequence[QuotePlace]) -> QuoteError:
    problem = f"the quote occurs {len(found)} times, {_where(library, found)}"
    return QuoteError(library.path, problem, "narrow it with --prefix, --suffix or --episode")


def _missing(library: Library, quote: Quote) -> QuoteError:
    if quote.episode and not any(len(list(_episodes(note, quote.episode))) for note in library.notes):
        return QuoteError(library.path, f"no episode is called “{clean(quote.episode)}”", "see `earmark outline`")
    if elsewhere := every_place(library.notes, Quote(quote.exact)):
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
    """The lines of some places, each once: ``on lines 4 and 9``, in a folder ``at a.md:4 and b.md:9``."""
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
