"""Items that need the reader are counted as the lists show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, Part, QuestionRecord
from tui.core.notes.model import Library
from tui.core.notes.reading import Options, read_note
from tui.core.state.anchored import with_records
from tui.core.state.model import State
from tui.core.state.needs import Needs, needs

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = read_note("walked.md", "- Roots run deep.\n", Options())
GONE = (Part("Snow lay on the pass.", "", "", "walked", "", "Snow lay on the pass.", 0, 9),)
THERE = (Part("Roots run deep.", "", "", "walked", "", "Roots run deep.", 0, 1),)
LOST = Highlight("a", Colour.PINK, GONE, NOW, NOW)
PLACED = Highlight("b", Colour.PINK, THERE, NOW, NOW)
QUESTION = QuestionRecord("c", Answer.OPEN, GONE, NOW, NOW)


def state(*records: Highlight | QuestionRecord) -> State:
    highlights = [each for each in records if isinstance(each, Highlight)]
    questions = [each for each in records if isinstance(each, QuestionRecord)]
    return with_records(State(Library("walked.md", (NOTE,))), "walked.md", highlights, questions, ())


@pytest.mark.parametrize(
    ("records", "found", "said"),
    [
        ((PLACED,), Needs(0, 0), ""),
        ((PLACED, LOST), Needs(1, 0), "1 highlight needs you"),
        ((LOST, replace(LOST, id="d")), Needs(2, 0), "2 highlights need you"),
        ((QUESTION,), Needs(0, 1), "1 question needs you"),
        ((LOST, QUESTION), Needs(1, 1), "2 items need you"),
        ((replace(LOST, kept=True), replace(QUESTION, kept=True)), Needs(0, 0), ""),
        ((replace(QUESTION, unmade=True),), Needs(0, 0), ""),
    ],
)
def test_items_without_a_certain_place_need_the_reader_unless_kept(
    records: tuple[Highlight | QuestionRecord, ...], found: Needs, said: str
) -> None:
    assert needs(state(*records)) == found
    assert str(found) == said
    assert found.brief.split() == said.split()[:1] + said.split()[2:]


def test_nothing_needs_the_reader_in_a_note_that_is_being_written() -> None:
    assert needs(replace(state(LOST), unfinished=frozenset({"walked.md"}))) == Needs()
