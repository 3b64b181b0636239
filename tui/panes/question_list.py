"""What the question pane lists, read off the state: what needs the reader first, then by what is said of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.core.asked import asked_in, doubtful_links, unplaced, words_of
from tui.core.choices import Answer
from tui.core.filtering import passes_question
from tui.core.flow import Spot
from tui.core.highlights import Anchored, NeedsReview, Orphan, link_id
from tui.panes.decisions import Entry, Row
from tui.panes.highlight_list import spots_at, under, words_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.core.asked import Asked
    from tui.core.highlights import Candidate, QuestionRecord
    from tui.core.model import Episode, Note
    from tui.core.state import Marks, State
    from tui.core.survey import Survey

_HEADINGS = {Answer.OPEN: "Open", Answer.ANSWERED: "Answered", Answer.DISMISSED: "Dismissed"}


def question_entries(
    state: State,
    sections: Sequence[int],
    survey_of: Callable[[Episode], Survey | None],
    query: str = "",
    age_of: Callable[[str, str], str] = lambda path, text: "",
) -> list[Entry]:
    """The entries of the pane: what needs review and what lost its text in any episode, then open, answered, dismissed.

    Args:
        state: The state.
        sections: The episodes whose questions are listed, counted over the library.
        survey_of: What an episode asks; None where that is not known yet.
        query: The filter; see `tui.core.filtering`.
        age_of: Since when the reader has known a question of a note, as it is shown; by the note's path and its text.
    """
    placed: dict[Answer, list[Entry]] = {answer: [] for answer in Answer}
    episodes = state.episodes
    wanted = set(sections)
    start = 0
    for note in state.library.notes:
        marks = state.marks_of(note.path)
        words = words_of(marks)
        here: Counter[str] = Counter()
        for number in range(len(note.episodes)):
            section = start + number
            if section not in wanted or (survey := survey_of(episodes[section])) is None:
                continue
            for asked in asked_in(episodes[section], survey.questions, words.get(number, {})):
                here[asked.text] += 1
                if passes_question(asked.text, asked.state, asked.record, marks, query):
                    details = _details(note, marks, asked, age_of(note.path, asked.text))
                    placed[asked.state].append(
                        Entry(
                            row=Row.PLACED,
                            text=asked.text,
                            path=note.path,
                            id=f"{asked.text}\0{here[asked.text]}",
                            where=((Spot(section, asked.block), asked.span),),
                            details=details,
                            state=asked.state,
                        )
                    )
        start += len(note.episodes)
    return [
        *_lost(state, query),
        *(entry for answer in Answer for entry in under(_heading(_HEADINGS[answer]), placed[answer])),
    ]


def _heading(text: str) -> Entry:
    return Entry(Row.HEADING, text)


def _details(note: Note, marks: Marks, asked: Asked, age: str) -> str:
    """What else is said of a question: replies, age, answer, and the block that answers it."""
    facts = [f"+{asked.more} more"] if asked.more else []
    if asked.replies:
        facts.append("1 reply" if asked.replies == 1 else f"{asked.replies} replies")
    facts += filter(None, [age])
    return "\n".join([" · ".join(facts)] * bool(facts) + list(_answers(note, marks, asked.record)))


def _answers(note: Note, marks: Marks, record: QuestionRecord | None) -> Iterator[str]:
    if record is None:
        return
    if record.answer:
        yield record.answer
    if record.answered_by:
        anchor = marks.anchors.get(link_id(record.id), Orphan())
        if isinstance(anchor, Anchored):
            address = anchor.places[0].address
            yield f"→ {_one_line(note.episodes[address.episode].blocks[address.block].text)}"
        else:
            words = _one_line(record.answered_by[0].exact)
            yield f"{'→ not certain' if isinstance(anchor, NeedsReview) else '→ its text is gone'}: {words}"


def _lost(state: State, query: str) -> Iterator[Entry]:
    """The questions that have no certain place: those that need review, orphans, and those kept as they are."""
    review: list[Entry] = []
    orphans: list[Entry] = []
    kept: list[Entry] = []
    answers: list[Entry] = []
    for note in state.library.notes:
        marks = state.marks_of(note.path)
        for record in unplaced(marks):
            text = _one_line(record.parts[0].exact)
            if not passes_question(text, record.state, record, marks, query):
                continue
            anchor = marks.anchors.get(record.id, Orphan())
            said = [record.state.value, record.parts[0].episode]
            details = "\n".join([" · ".join(filter(None, said)), *_answers(note, marks, record)])
            entry = Entry(Row.ORPHAN, text, note.path, record.id, (), details, record.state)
            if record.kept:
                kept.append(entry)
            elif isinstance(anchor, NeedsReview):
                first = spots_at(state, note.path, anchor.candidates[0].places)
                review.append(entry._replace(row=Row.REVIEW, where=first))
                review += (_candidate(state, entry, candidate) for candidate in anchor.candidates)
            else:
                orphans.append(entry)
        answers += _doubtful_answers(state, note.path, marks, query)
    yield from under(_heading("Needs review"), review)
    yield from under(_heading("Answers that need review"), answers)
    yield from under(_heading("Their text is gone"), orphans)
    yield from under(_heading("Kept without their text"), kept)


def _doubtful_answers(state: State, path: str, marks: Marks, query: str) -> Iterator[Entry]:
    """The links that lead to no certain block, each with the blocks that it may lead to."""
    for record, anchor in doubtful_links(marks):
        question = _one_line(record.parts[0].exact)
        if isinstance(anchor, NeedsReview) and passes_question(question, record.state, record, marks, query):
            text = f"→ {_one_line(record.answered_by[0].exact)}"
            first = spots_at(state, path, anchor.candidates[0].places)
            entry = Entry(Row.REVIEW, text, path, link_id(record.id), first, f"answers: {question}", record.state)
            yield entry
            yield from (_candidate(state, entry, candidate) for candidate in anchor.candidates)


def _candidate(state: State, entry: Entry, candidate: Candidate) -> Entry:
    return entry._replace(
        row=Row.CANDIDATE,
        text=_one_line(words_at(state, entry.path, candidate.places)),
        where=spots_at(state, entry.path, candidate.places),
        details=f"{candidate.confidence:.0%}",
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
