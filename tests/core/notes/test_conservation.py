"""Conservation: every word that a writer wrote is shown, or belongs to a closed list of notation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings

from tests.core.planted_notes import Planted, planted
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.reports.outline import outline_json

if TYPE_CHECKING:
    from collections.abc import Iterator


def _texts(value: object) -> Iterator[str]:
    """All strings in a value of JSON but keys and the path."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key != "path":
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@settings(max_examples=500, deadline=None)
@given(planted())
def test_every_word_that_a_writer_wrote_is_in_the_outline(note: Planted) -> None:
    library = Library(note.path, (read_note(note.path, note.source),))
    text = "\n".join(_texts(json.loads(outline_json(library)))).lower()
    assert [word for word in note.shown if word.lower() not in text] == []
