"""A search through a library, episode by episode from the current one on; an episode is parsed only if necessary."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import TITLE, Position, Span
from tui.core.search.prefilter import Prefilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence

    from tui.core.notes.model import Body, Episode, Library
    from tui.core.search.query import Query


class Hit(NamedTuple):
    """One match of the query."""

    position: Position
    "The block, or the episode's title."
    span: Span


class EpisodeHits:
    """All hits in one episode, in document order; stored compactly, since there may be a million."""

    __slots__ = ("_blocks", "_ends", "_starts")

    def __init__(self, hits: Iterable[tuple[int, Span]]) -> None:
        self._blocks, self._starts, self._ends = array("i"), array("I"), array("I")
        for block, (start, end) in hits:
            self._blocks.append(block)
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._blocks)

    def hit(self, section: int, index: int) -> Hit:
        """A hit by its index."""
        return Hit(Position(section, self._blocks[index]), Span(self._starts[index], self._ends[index]))

    def spans(self, block: int) -> tuple[Span, ...]:
        """The hits in a block, or in the title, in order."""
        first, end = bisect_left(self._blocks, block), bisect_right(self._blocks, block)
        return tuple(map(Span, self._starts[first:end], self._ends[first:end]))

    def index_at(self, block: int, offset: int) -> int:
        """The index of the first hit at or after a position in the episode."""
        first, end = bisect_left(self._blocks, block), bisect_right(self._blocks, block)
        return bisect_left(self._starts, offset, first, end)


def names_of(library: Library) -> dict[int, tuple[str, ...]]:
    """Titles and authors of notes that the title of their first episode does not include, by that episode."""
    names = {}
    for section, note in zip(library.starts, library.notes, strict=False):
        if said := tuple([each for each in (note.title, note.author) if each and each not in note.episodes[0].title]):
            names[section] = said
    return names


def find(query: Query, episode: Episode, names: tuple[str, ...] = ()) -> EpisodeHits:
    """All hits in an episode's title and blocks. Raises SlowQueryError.

    If the title does not match but a guest, the show, the date or one of the ``names`` does, the whole title is a hit.
    """
    return EpisodeHits(_hits(query, episode, names))


def _hits(query: Query, episode: Episode, names: tuple[str, ...]) -> Iterator[tuple[int, Span]]:
    for span in _title_hits(query, episode, names):
        yield TITLE, span
    for index, block in enumerate(episode.body.read()):
        for span in query.spans(block.text):
            yield index, span


def _title_hits(query: Query, episode: Episode, names: tuple[str, ...]) -> Iterator[Span]:
    is_none = True
    for span in query.spans(episode.title):
        is_none = False
        yield span
    if is_none and episode.title and any(True for each in (*episode.untitled, *names) for _ in query.spans(each)):
        yield Span(0, len(episode.title))


Known = dict[tuple["Body", tuple[str, ...]], EpisodeHits]
"Hits of former searches, by the episode's body, its title and its other searchable facts."


class Search:
    """A search for one query from an episode to the end, then from the beginning.

    `go_on` may run in a thread while the event loop reads; the event loop adds its hits by `take`.
    """

    def __init__(
        self,
        query: Query,
        episodes: Sequence[Episode],
        origin: int,
        prefilters: MutableMapping[Body, Prefilter],
        known: Known | None = None,
        names: Mapping[int, tuple[str, ...]] | None = None,
    ) -> None:
        """Start at the episode ``origin``, with the ``known`` hits of unchanged episodes.

        ``names`` are those of the notes, see `names_of`.
        """
        self._names = names or {}
        self.query = query
        self.episodes = episodes
        self.found: dict[int, EpisodeHits] = {}
        "Hits by episode; episodes without hits are left out."
        self.count = 0
        "Number of hits so far."
        self.is_done = not episodes
        self._prefilters = prefilters
        self._unseen = deque[int]((*range(origin, len(episodes)), *range(origin)))
        "Episodes not examined yet."
        self._likely: deque[int] = deque()
        "Episodes whose source contains every word."
        self._doubtful: deque[int] = deque()
        "Episodes whose source lacks a word that their blocks may contain."
        self._urgent: deque[int] = deque()
        self._seen: set[int] = set()
        "Episodes already searched."
        self._has_hit = False
        if known:
            self._reuse(known)

    def _reuse(self, known: Known) -> None:
        fresh = []
        for section in range(len(self.episodes)):
            found = known.get(self._key(section))
            if found is not None:
                self._seen.add(section)
                fresh.append((section, found))
        self._has_hit = any(len(found) for _, found in fresh)
        self.add(fresh)

    @property
    def known(self) -> Known:
        """The hits so far, to pass on to a search after some episodes changed."""
        nothing = EpisodeHits(())
        return {self._key(section): self.found.get(section, nothing) for section in set(self._seen)}

    def _key(self, section: int) -> tuple[Body, tuple[str, ...]]:
        episode = self.episodes[section]
        return episode.body, (episode.title, *episode.untitled, *self._names.get(section, ()))

    @property
    def is_fruitless(self) -> bool:
        """True if the search is done without a hit."""
        return self.is_done and not self.count

    # -- in a thread

    def go_on(self, is_over: Callable[[], bool]) -> list[tuple[int, EpisodeHits]]:
        """Search until time is up; return the hits by episode. Raises SlowQueryError."""
        fresh: list[tuple[int, EpisodeHits]] = []
        while (section := self._next(is_over)) is not None:
            if section not in self._seen:
                found = find(self.query, self.episodes[section], self._names.get(section, ()))
                self._seen.add(section)
                if len(found):
                    self._has_hit = True
                    fresh.append((section, found))
            if is_over():
                break
        return fresh

    def _next(self, is_over: Callable[[], bool]) -> int | None:
        """The next episode to parse; None if time is up before one is found, or nothing is left."""
        if self._urgent:
            return self._urgent.popleft()
        while self._unseen:
            section = self._unseen.popleft()
            if section not in self._seen:
                if self._raw(section).holds(self.query):
                    if not self._has_hit:
                        return section
                    self._likely.append(section)
                elif any(True for _ in _title_hits(self.query, self.episodes[section], self._names.get(section, ()))):
                    return section
                else:
                    self._doubtful.append(section)
            if is_over():
                return None
        if self._likely:
            return self._likely.popleft()
        while self._doubtful:
            section = self._doubtful.popleft()
            if section not in self._seen and self._raw(section).may_hold(self.query):
                return section
            self._seen.add(section)
            if is_over():
                return None
        self.is_done = True
        return None

    def _raw(self, section: int) -> Prefilter:
        body = self.episodes[section].body
        found = self._prefilters.get(body)
        if found is None:
            found = self._prefilters[body] = Prefilter(body)
        return found

    # -- on the event loop

    def add(self, fresh: Iterable[tuple[int, EpisodeHits]]) -> None:
        """Add the hits that `go_on` returned."""
        for section, found in fresh:
            if len(found):
                self.found[section] = found
                self.count += len(found)

    def spans(self, position: Position) -> tuple[Span, ...]:
        """The hits found so far in a block or a title."""
        found = self.found.get(position.section)
        return found.spans(position.block) if found else ()

    def hits(self) -> Iterator[Hit]:
        """The hits found so far, in document order."""
        for section in sorted(self.found):
            found = self.found[section]
            for index in range(len(found)):
                yield found.hit(section, index)

    def count_in(self, section: int) -> int:
        """Number of hits found so far in an episode."""
        return len(self.found.get(section, ()))

    def place(self, hit: Hit) -> int:
        """The number of a hit among those found so far, counted from 1 in document order."""
        before = sum(len(found) for section, found in self.found.items() if section < hit.position.section)
        return before + self.found[hit.position.section].index_at(hit.position.block, hit.span.start) + 1

    def at_or_after(self, position: Position, offset: int) -> Hit | None:
        """The first hit at or after a position, wrapping around; None if there is none yet."""
        found = self.found.get(position.section)
        if found:
            index = found.index_at(position.block, offset)
            if index < len(found):
                return found.hit(position.section, index)
        section = _neighbour(self.found, position.section, 1)
        return self.found[section].hit(section, 0) if section is not None else None

    def neighbour(self, position: Position, offset: int, by: int) -> Hit | None:
        """The hit before (``by`` is -1) or after (1) a position, wrapping around.

        None if it is not known yet; its episode is then searched next.
        """
        found = self.found.get(position.section)
        if found:
            at = found.index_at(position.block, offset) - 1 if by < 0 else found.index_at(position.block, offset + 1)
            if 0 <= at < len(found):
                return found.hit(position.section, at)
        waiting = [section for section in (*self._likely, *self._urgent) if section not in self._seen]
        section = _neighbour({*self.found, *waiting}, position.section, by)
        if section is None:
            return None
        if section in self.found:
            return self.found[section].hit(section, 0 if by > 0 else len(self.found[section]) - 1)
        self._urgent.append(section)
        return None


def _neighbour(sections: Iterable[int], section: int, by: int) -> int | None:
    """The next of some episodes after or before one, wrapping around to the episode itself."""
    ordered = sorted(sections)
    if not ordered:
        return None
    at = bisect_right(ordered, section) if by > 0 else bisect_left(ordered, section) - 1
    return ordered[at % len(ordered)]
