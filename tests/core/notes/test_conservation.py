"""Conservation: every word of a writer is shown, or belongs to a closed list of notation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings

from tests.core.planted_notes import Planted, planted
from tui.core.notes.model import Library
from tui.core.notes.plain import plain_text
from tui.core.notes.reading import read_note
from tui.core.search.query import read_query
from tui.core.search.searching import Search, names_of
from tui.reports.outline import outline_json

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(note: Planted) -> Library:
    return Library(note.path, (read_note(note.path, note.source),))


def texts(value: object) -> Iterator[str]:
    """All strings in a JSON value except keys and the path."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key != "path":
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@settings(max_examples=500, deadline=None)
@given(planted())
def test_every_word_that_a_writer_wrote_is_in_the_outline(note: Planted) -> None:
    text = "\n".join(texts(json.loads(outline_json(read(note))))).lower()
    assert [word for word in (*note.shown, *note.named) if word.lower() not in text] == []


@settings(max_examples=200, deadline=None)
@given(planted())
def test_every_word_that_a_writer_wrote_is_printed(note: Planted) -> None:
    text = "\n".join(plain_text(read(note).notes[0])).lower()
    assert [word for word in note.shown if word.lower() not in text] == []


def is_found(word: str, library: Library) -> bool:
    query = read_query(word)
    assert query is not None
    search = Search(query, library.episodes, 0, {}, names=names_of(library))
    while not search.is_done:
        search.add(search.go_on(lambda: False))
    return search.count > 0


@settings(max_examples=200, deadline=None)
@given(planted())
def test_every_word_that_a_writer_wrote_is_found_by_a_search(note: Planted) -> None:
    library = read(note)
    assert [word for word in note.shown if not is_found(word, library)] == []
