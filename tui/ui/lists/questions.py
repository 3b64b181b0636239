"""Entries of the question pane: first those that need a decision, then by state."""

from __future__ import annotations

from collections import Counter, deque
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan, sought
from tui.core.annotations.link_ids import link_id
from tui.core.counted import counted
from tui.core.notes.model import Position
from tui.core.state.answers_elsewhere import answer_elsewhere, answers_elsewhere, answers_to_review
from tui.core.state.filtering import passes_question, read_filter
from tui.core.state.items import one_line, words_at
from tui.core.state.questions import questions_in, unplaced, words_of
from tui.ui.lists.entries import EntryKind, ListEntry, grouped, under
from tui.ui.lists.highlights import positions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tui.core.annotations.highlights import Candidate, QuestionRecord
    from tui.core.notes.model import Episode, Library, Note
    from tui.core.notes.summary import Summary
    from tui.core.state.filtering import Filter
    from tui.core.state.model import Annotations, State
    from tui.core.state.questions import AskedQuestion

_KEPT = 16
"Number of listings to cache."
_HEADINGS = {Answer.OPEN: "Open", Answer.ANSWERED: "Answered", Answer.DISMISSED: "Dismissed"}


class _Listed(NamedTuple):
    """The values that a listing is built from."""

    library: Library
    summaries: Mapping[int, Summary]
    "Known summaries of the listed episodes, by episode number in the library."
    said: tuple[object, ...]
    "The records of questions and their anchors."
    query: str
    age_of: Callable[[str, str], str]

    def is_equivalent(self, other: _Listed) -> bool:
        """True if another listing certainly has the same entries; compares only a few objects."""
        here, there = self.library, other.library
        return (
            self.query == other.query
            and self.age_of is other.age_of
            and self.summaries.keys() == other.summaries.keys()
            and all(other.summaries[section] is summary for section, summary in self.summaries.items())
            and self.said == other.said
            and (here is there or (not self.said and (here.numbers, here.starts) == (there.numbers, there.starts)))
        )


class QuestionLists:
    """A cache of the pane's listings: an episode may have thousands of questions, and most changes affect none."""

    def __init__(self) -> None:
        self._kept: deque[tuple[_Listed, tuple[ListEntry, ...]]] = deque(maxlen=_KEPT)

    def entries(
        self,
        state: State,
        sections: Iterable[int],
        summary_of: Callable[[Episode], Summary | None],
        query: str,
        age_of: Callable[[str, str], str],
    ) -> tuple[ListEntry, ...]:
        """The entries: needs review and orphans of any episode, then open, answered, dismissed.

        An unchanged listing is returned as the same object. Safe in a thread.

        Args:
            state: The state.
            sections: The episodes to list, counted over the library.
            summary_of: Returns an episode's summary; None if it is not counted yet.
            query: The filter; see `tui.core.state.filtering`.
            age_of: Returns a question's age for display, by note path and question text. If its results change, it must
                be a different function.
        """
        episodes = state.episodes
        summaries = {section: found for section in sections if (found := summary_of(episodes[section]))}
        said = tuple(
            (path, tuple(annotations.questions.values()), [annotations.anchors.get(each.id) for each in records])
            for path, annotations in state.annotations.items()
            if annotations.questions and (records := tuple(sought(annotations.questions.values())))
        ) + tuple((each.note and each.note.path, each.anchor) for each in answers_elsewhere(state))
        listed = _Listed(state.library, summaries, said, query, age_of)
        for former, entries in tuple(self._kept):
            if listed.is_equivalent(former):
                return entries
        fresh = tuple(_entries(state, summaries, query, age_of))
        self._kept.append((listed, fresh))
        return fresh


def _entries(
    state: State, summaries: Mapping[int, Summary], query: str, age_of: Callable[[str, str], str]
) -> Iterator[ListEntry]:
    placed: dict[Answer, list[ListEntry]] = {answer: [] for answer in Answer}
    wanted = read_filter(query)
    for note, numbers in groupby(summaries, key=state.note_of):
        annotations, first = state.annotations_of(note.path), state.first_section(note.path)
        words = words_of(annotations)
        here: Counter[str] = Counter()
        for section in numbers:
            number = section - first
            for asked in questions_in(note.episodes[number], summaries[section].questions, words.get(number, {})):
                here[asked.text] += 1
                if passes_question(asked.text, asked.state, asked.record, annotations, wanted):
                    details = _details(state, note, asked, age_of(note.path, asked.text))
                    placed[asked.state].append(
                        ListEntry(
                            row=EntryKind.PLACED,
                            text=asked.text,
                            path=note.path,
                            id=f"{asked.text}\0{here[asked.text]}",
                            where=((Position(section, asked.block), asked.span),),
                            details=details,
                            state=asked.state,
                        )
                    )
    yield from _lost(state, wanted)
    for answer in Answer:
        if len(summaries) > 1:
            yield from grouped(placed[answer], lambda entry: _heading(state, entry))
        else:
            yield from under(_HEADINGS[answer], placed[answer])


def _heading(state: State, entry: ListEntry) -> str:
    """The heading of a question: its episode, preceded by its state unless it is open."""
    title = state.episodes[entry.where[0][0].section].title
    return title if entry.state is Answer.OPEN else f"{_HEADINGS[entry.state]} · {title}"


def _details(state: State, note: Note, asked: AskedQuestion, age: str) -> str:
    """Further details of a question: replies, age, answer, and the block that answers it."""
    facts = [f"+{counted(asked.more, 'more question')}"] if asked.more else []
    if asked.replies:
        facts.append("1 reply" if asked.replies == 1 else f"{asked.replies} replies")
    facts += filter(None, [age])
    return "\n".join([" · ".join(facts)] * bool(facts) + list(_answers(state, note, asked.record)))


def _answers(state: State, note: Note, record: QuestionRecord | None) -> Iterator[str]:
    if record is None:
        return
    if record.answer:
        yield record.answer
    if not record.answered_by:
        return
    there: Note | None = note
    anchor, beside = state.annotations_of(note.path).anchors.get(link_id(record.id)), ""
    if (other := answer_elsewhere(state, note.path, record)) is not None:
        there, anchor, beside = other.note, other.anchor, f" · {record.answered_in.rpartition('/')[2]}"
    if there is not None and isinstance(anchor, Anchored):
        yield f"→ {one_line(there.block(anchor.places[0].address).text)}{beside}"
    else:
        words = one_line(record.answered_by[0].exact)
        yield f"{'→ not certain' if isinstance(anchor, NeedsReview) else '→ its text is gone'}: {words}{beside}"


def _lost(state: State, wanted: Filter) -> Iterator[ListEntry]:
    """Questions without a certain position: needs review, orphans, and kept orphans."""
    review: list[ListEntry] = []
    orphans: list[ListEntry] = []
    kept: list[ListEntry] = []
    answers: list[ListEntry] = []
    numbers = state.library.numbers
    paths = [path for path, annotations in state.annotations.items() if annotations.questions and path in numbers]
    for path in sorted(paths, key=numbers.__getitem__):
        note, annotations = state.note(path), state.annotations[path]
        for record in unplaced(annotations):
            text = one_line(record.parts[0].exact)
            if not passes_question(text, record.state, record, annotations, wanted):
                continue
            anchor = annotations.anchors.get(record.id, Orphan())
            said = [record.state.value, record.parts[0].episode]
            details = "\n".join([" · ".join(filter(None, said)), *_answers(state, note, record)])
            entry = ListEntry(EntryKind.ORPHAN, text, note.path, record.id, (), details, record.state)
            if record.kept:
                kept.append(entry)
            elif isinstance(anchor, NeedsReview):
                first = positions_of(state, note.path, anchor.candidates[0])
                review.append(entry._replace(row=EntryKind.REVIEW, where=first))
                review += (_candidate(state, entry, candidate) for candidate in anchor.candidates)
            else:
                orphans.append(entry)
        answers += _doubtful_answers(state, note.path, annotations, wanted)
    yield from under("Needs review", review)
    yield from under("Answers that need review", answers)
    yield from under("Text is gone (kept here)", orphans)
    yield from under("Kept without their text", kept)


def _doubtful_answers(state: State, path: str, annotations: Annotations, wanted: Filter) -> Iterator[ListEntry]:
    """Questions whose answering block has no certain position, each followed by its candidates."""
    for record, anchor in answers_to_review(state, path):
        question = one_line(record.parts[0].exact)
        if passes_question(question, record.state, record, annotations, wanted):
            text = f"→ {one_line(record.answered_by[0].exact)}"
            first = positions_of(state, path, anchor.candidates[0])
            entry = ListEntry(
                EntryKind.REVIEW, text, path, link_id(record.id), first, f"answers: {question}", record.state
            )
            yield entry
            yield from (_candidate(state, entry, candidate) for candidate in anchor.candidates)


def _candidate(state: State, entry: ListEntry, candidate: Candidate) -> ListEntry:
    return entry._replace(
        row=EntryKind.CANDIDATE,
        text=one_line(words_at(candidate.note or state.note(entry.path), candidate.places)),
        where=positions_of(state, entry.path, candidate),
        details=f"{candidate.confidence:.0%}",
    )
