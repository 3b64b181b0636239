"""Requests of a reader, as targets of the fuzzer: searches, quotes, links, git conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.inputs import is_in, two
from tui.core.anchoring.quotation import Quote, QuotedTexts, find
from tui.core.annotations.conflict_markers import sides
from tui.core.notes.model import TITLE, Library
from tui.core.notes.reading import read_note
from tui.core.search import BadQueryError, SlowQueryError
from tui.core.search.links import Inside, follow, links_of
from tui.core.search.query import read_query
from tui.core.search.searching import Search
from tui.core.search.searching import find as all_in
from tui.core.state.model import State
from tui.errors import QuoteError

if TYPE_CHECKING:
    from tui.core.notes.model import Note
    from tui.core.search.query import Query

MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def search(data: bytes) -> None:
    """A query, then notes: texts that the prefilter skips contain no hit."""
    typed, text = two(data)
    for asked in (typed, f"/{typed}/"):
        try:
            query = read_query(asked)
        except BadQueryError:
            continue
        if query is not None:
            _search(query, read_note("a.md", text))


def quote(data: bytes) -> None:
    """Words, then notes: every reported place has the words, and words of a block are found in it."""
    words, text = two(data)
    note = read_note("a.md", text)
    library = Library("a.md", (note,))
    try:
        found = [find(library, Quote(words))]
    except QuoteError:
        found = QuotedTexts([note]).places_of(Quote(words))
    for each in found:
        assert each.places
        assert all(is_in(note, place) for place in each.places)
        assert 1 <= each.line <= text.count("\n") + text.count("\r") + 1
    block = next((block for episode in note.episodes for block in episode.blocks if block.text.strip()), None)
    assert block is None or QuotedTexts([note]).places_of(Quote(block.text))


def link(data: bytes) -> None:
    """A target, then notes: a link leads to an existing block or title, or says why it does not."""
    target, text = two(data)
    note = read_note("a.md", text)
    state = State(Library("a.md", (note,)))
    targets = [target, f"[[{target}]]", f"[^{target}]"]
    for episode in note.episodes:
        for block in episode.blocks:
            for each in links_of(episode, block):
                assert 0 <= each.start < each.end <= len(block.text)
                targets.append(each.target)
    for each_target in targets if note.episodes else ():
        goal = follow(state, 0, each_target)
        if isinstance(goal, Inside):
            section, index = goal.position
            assert index == TITLE or 0 <= index < len(note.episodes[section].blocks)


def conflict(data: bytes) -> None:
    """A file with git's markers: every other line is on a side, and sides contain no conflict of their own."""
    text = data.decode(errors="replace")
    found = sides(text)
    if found is None:
        return
    each = [found.base or "", found.ours, found.theirs]
    there = {line for side in each for line in side.split("\n")}
    if found.base is not None:
        assert all(line in there or line.startswith(MARKERS) for line in text.split("\n"))
    assert text.count("\n") >= max(side.count("\n") for side in each)


def _search(query: Query, note: Note) -> None:
    quick = Search(query, note.episodes, 0, {})
    try:
        while not quick.is_done:
            quick.add(quick.go_on(lambda: False))
        slow = {number: all_in(query, episode) for number, episode in enumerate(note.episodes)}
    except SlowQueryError:
        return
    assert quick.count == sum(map(len, slow.values()))
    for number, found in slow.items():
        for index in range(len(found)):
            hit = found.hit(number, index)
            block = hit.position.block
            episode = note.episodes[number]
            held = episode.title if block == TITLE else episode.blocks[block].text
            assert 0 <= hit.span.start < hit.span.end <= len(held)
            assert hit.span in quick.spans(hit.position)
