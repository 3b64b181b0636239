"""The result of `earmark check` as text: problems with files, and highlights and questions without a certain
position.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored, NeedsReview
from tui.core.counted import counted
from tui.core.notes.sanitise import clean, in_one_row, printable_path
from tui.core.state.answers_elsewhere import answers_elsewhere
from tui.core.state.items import highlight_items, one_line
from tui.core.state.questions import doubtful_links, unplaced
from tui.reports.highlights import highlights_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.annotations.highlights import Anchor
    from tui.core.state.items import HighlightItem
    from tui.core.state.model import State


def needs_person(state: State) -> bool:
    """True if a highlight, question or link needs the reader's decision."""
    return any(each.needs_person for each in highlight_items(state)) or any(_doubtful_questions(state))


def check_text(state: State, faults: Sequence[str]) -> Iterator[str]:
    """The report line by line: problems, highlights, questions to review, and a summary."""
    for fault in faults:
        yield clean(one_line(printable_path(fault)))
    if faults:
        yield ""
    everything, questions = tuple(highlight_items(state)), list(_doubtful_questions(state))
    yield from highlights_text(everything)
    if everything:
        yield ""
    if questions:
        yield "Questions to look at"
        yield from map(clean, questions)
        yield ""
    waiting = sum(each.needs_person for each in everything) + len(questions)
    needs = [f"{waiting} to look at"] if waiting else []
    if faults:
        needs.append(f"{counted(len(faults), 'problem')} to fix")
    yield f"{_summary(everything)}; {', '.join(needs) or 'all is well'}"


def _doubtful_questions(state: State) -> Iterator[str]:
    """A line for each question, and each answering block, without a certain position."""
    for note in state.library.notes:
        annotations = state.annotations_of(note.path)
        path = in_one_row(printable_path(note.path))
        for record in unplaced(annotations):
            if not record.kept:
                yield f"  {path}  {one_line(record.parts[0].exact)}  ({_why(annotations.anchors.get(record.id))})"
        for record, anchor in doubtful_links(annotations):
            words, answer = one_line(record.parts[0].exact), one_line(record.answered_by[0].exact)
            yield f"  {path}  {words}  → {answer}  ({_why(anchor)})"
    for each in answers_elsewhere(state):
        if not (isinstance(each.anchor, Anchored) or each.question.kept):
            words, answer = (one_line(parts[0].exact) for parts in (each.question.parts, each.question.answered_by))
            why = _why(each.anchor) if each.note else f"{each.question.answered_in} is not among the notes"
            yield f"  {in_one_row(printable_path(each.path))}  {words}  → {answer}  ({why})"


def _why(anchor: Anchor | None) -> str:
    return "needs review" if isinstance(anchor, NeedsReview) else "its text is gone"


def _summary(everything: Sequence[HighlightItem]) -> str:
    counts = Counter(each.state for each in everything)
    names = {"anchored": "anchored", "review": "needs review", "orphan": "orphan"}
    parts = [f"{counts[key]} {name}" for key, name in names.items() if counts[key]]
    return counted(len(everything), "highlight") + (f": {', '.join(parts)}" if parts else "")
