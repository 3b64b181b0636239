"""The current questions of a note: those it asks, combined with the reader's records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring import describe
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import QuestionRecord
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.core.notes.summary import summary
from tui.core.state.anchored import with_records
from tui.core.state.model import Annotations, State
from tui.core.state.questions import open_count, question_at, questions_in, unplaced, words_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = read_note(
    "heard.md",
    "## Ada on Looms\n\n- Who turns it?\n- A mill.\n- Why?\n  - Wind.\n- When? Where?\n\n## Bob on Tea\n\n- Hot.\n",
    Options(),
)
EPISODE = NOTE.episodes[0]


def record(block: int, state: Answer, *, minutes: int = 0, unmade: bool = False) -> QuestionRecord:
    place = Place(Address(0, block), Span(0, len(EPISODE.blocks[block].text)))
    moment = NOW + timedelta(minutes=minutes)
    return QuestionRecord(f"{block}.{minutes}", state, describe(NOTE, [place]), moment, moment, unmade=unmade)


def said(*records: QuestionRecord) -> Annotations:
    """The reader's records about the note, each at its position."""
    return with_records(State(Library("heard.md", (NOTE,))), "heard.md", (), records, ()).annotations_of("heard.md")


RECORDS = st.lists(
    st.builds(record, st.integers(0, 4), st.sampled_from(Answer), unmade=st.booleans()),
    unique_by=lambda each: each.id,
)


def test_replies_answer_a_question_of_which_nothing_was_said() -> None:
    found = questions_in(EPISODE, summary(EPISODE).questions, {})
    assert [(each.text, each.state, each.more) for each in found] == [
        ("Who turns it?", Answer.OPEN, 0),
        ("Why?", Answer.ANSWERED, 0),
        ("When?", Answer.OPEN, 1),
    ]


def test_a_task_that_is_done_leaves_nothing_open() -> None:
    note = read_note("a.md", "- [x] Who turns it?\n- [ ] Why?\n- When?\n")
    found = summary(note.episodes[0]).questions
    assert [each.state for each in questions_in(note.episodes[0], found, {})] == [
        Answer.ANSWERED,
        Answer.OPEN,
        Answer.OPEN,
    ]
    assert open_count(found, {}) == 2


def test_the_readers_record_precedes_replies() -> None:
    words = words_of(said(record(2, Answer.OPEN), record(0, Answer.DISMISSED)))[0]
    found = questions_in(EPISODE, summary(EPISODE).questions, words)
    assert [each.state for each in found] == [Answer.DISMISSED, Answer.OPEN, Answer.OPEN]


def test_the_later_of_two_words_on_a_block_counts() -> None:
    annotations = said(record(0, Answer.DISMISSED, minutes=2), record(0, Answer.ANSWERED, minutes=1))
    found = question_at(NOTE, annotations, Address(0, 0))
    assert found is not None
    assert found.state is Answer.DISMISSED


def test_a_word_without_a_place_is_not_lost_unless_it_said_that_nothing_was_asked() -> None:
    lost = Annotations(questions={"a": record(0, Answer.ANSWERED), "b": record(2, Answer.OPEN, unmade=True)})
    assert [each.id for each in unplaced(lost)] == ["0.0"]


@given(RECORDS)
def test_the_count_is_that_of_the_open_questions_listed(records: list[QuestionRecord]) -> None:
    words = words_of(said(*records)).get(0, {})
    found = summary(EPISODE).questions
    listed = questions_in(EPISODE, found, words)
    assert open_count(found, words) == sum(each.state is Answer.OPEN for each in listed)
    assert [each.block for each in listed] == sorted({each.block for each in listed})


@given(RECORDS)
def test_a_block_is_a_question_by_itself_where_the_list_has_it(records: list[QuestionRecord]) -> None:
    annotations = said(*records)
    listed = {
        each.block: each for each in questions_in(EPISODE, summary(EPISODE).questions, words_of(annotations).get(0, {}))
    }
    for block in range(len(EPISODE.blocks)):
        assert question_at(NOTE, annotations, Address(0, block)) == listed.get(block)
