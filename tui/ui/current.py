"""The current block, phrase, highlight or question, and the status line's details of it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.notes.model import STANDARD_INPUT, TITLE, Place
from tui.keys import shown
from tui.ui.lists.entries import EntryKind
from tui.ui.store import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.highlights import Highlight
    from tui.core.notes.model import Note
    from tui.core.state.questions import AskedQuestion, QuestionTarget
    from tui.keymap import Subject
    from tui.ui.context import Context


def target(cx: Context) -> Target | None:
    """The selected phrase, or the block under the cursor; None if there is neither."""
    from tui.core.layout.selection import spans
    from tui.core.state.highlighting import whole_block

    bullets, state = cx.panes.bullets, cx.store.state
    selection = bullets.selection
    if selection is not None and selection.anchor is not None:
        note = state.note_of(selection.anchor.position.section)
        places = tuple(
            Place(state.address(position), span)
            for position, span in spans(bullets.flow, selection)
            if state.note_of(position.section) is note
        )
        return Target(note, places) if places else None
    block = bullets.block
    if block is None or not block.text:
        return None
    return Target(state.note_of(bullets.cursor.section), (whole_block(block, state.address(bullets.cursor)),))


def highlight(cx: Context) -> tuple[str, Highlight] | None:
    """The current highlight and its note's path: the list's, else the innermost one at the cursor."""
    panes, state = cx.panes, cx.store.state
    entry = panes.highlights.entry if panes.current is panes.highlights else None
    if entry is not None and entry.id:
        found = state.annotations_of(entry.path).highlights.get(entry.id)
        return (entry.path, found) if found else None
    position = panes.bullets.cursor
    highlights = panes.bullets.highlights.get(position, ())
    selection = panes.bullets.selection
    if selection is not None and selection.head.position == position:
        at = selection.head.offset
        highlights = tuple(mark for mark in highlights if mark.span.start <= at < mark.span.end) or highlights
    if not highlights:
        return None
    inner = min(reversed(highlights), key=lambda mark: mark.span.end - mark.span.start)
    path = state.note_of(position.section).path
    return path, state.annotations_of(path).highlights[inner.id]


def question(cx: Context) -> QuestionTarget | None:
    """The list's question, else the one under the cursor."""
    from tui.core.state.questions import QuestionTarget

    state = cx.store.state
    entry = cx.panes.questions.entry if cx.panes.current is cx.panes.questions else None
    if entry is not None and entry.id and entry.row is not EntryKind.PLACED:
        from tui.core.annotations.highlights import question_of_link

        record = state.annotations_of(entry.path).questions.get(question_of_link(entry.id) or entry.id)
        return QuestionTarget(state.note(entry.path), None, record) if record else None
    found = block(cx)
    asked = questions_in(cx, *found) if found else None
    return QuestionTarget(found[0], found[1], asked.record) if found and asked else None


def subjects(cx: Context) -> frozenset[Subject]:
    """Everything that actions may need and that is at the cursor, or in the library."""
    annotations = cx.store.state.annotations.values()
    found: dict[Subject, bool] = {
        "block": block(cx) is not None,
        "highlight": highlight(cx) is not None,
        "question": question(cx) is not None,
        "search": cx.search.search is not None,
        "change": bool(cx.display.changes),
        "copies": any(each.copies for each in annotations),
        "damage": any(each.is_damaged for each in annotations),
        "folder": bool(cx.display.left_out),
    }
    return frozenset(subject for subject, is_here in found.items() if is_here)


def questions_in(cx: Context, note: Note, place: Place) -> AskedQuestion | None:
    """The question that a block asks; None if it asks none."""
    from tui.core.state.questions import question_at

    return question_at(note, cx.store.state.annotations_of(note.path), place.address)


def block(cx: Context) -> tuple[Note, Place] | None:
    """The block of the question list's entry, else the one under the cursor, and its note."""
    from tui.core.state.highlighting import whole_block

    panes, state = cx.panes, cx.store.state
    position = panes.bullets.cursor
    entry = panes.questions.entry if panes.current is panes.questions else None
    if entry is not None and entry.row is EntryKind.PLACED:
        position = entry.where[0][0]
    here = state.block(position) if position.block != TITLE and state.episodes else None
    if here is None or not here.text:
        return None
    return state.note_of(position.section), whole_block(here, state.address(position))


def comment_and_tags(highlight: Highlight) -> str:
    """The comment and tags of a highlight, in one line or more."""
    return " · ".join(filter(None, [highlight.comment, " ".join(f"#{tag}" for tag in highlight.tags)]))


# -- the status line


def details(cx: Context) -> Iterator[str]:
    """The details of the block under the cursor, piece by piece."""
    yield _fault(cx)
    yield _being_written(cx)
    yield _nothing_here(cx)
    yield cx.search.detail
    yield from dict.fromkeys(_said_of_marks(cx))
    yield from _said_of_questions(cx)


def _being_written(cx: Context) -> str:
    """A warning while the current note may be half written by another program."""
    state = cx.store.state
    if not state.unfinished or not state.episodes:
        return ""
    path = state.note_of(cx.panes.bullets.cursor.section).path
    return f"{PurePath(path).name} is being written" if path in state.unfinished else ""


def _nothing_here(cx: Context) -> str:
    """What to do about a note without text."""
    state = cx.store.state
    if state.episodes and state.episodes[cx.panes.bullets.cursor.section].blocks:
        return ""
    if state.library.path == STANDARD_INPUT:
        return "Nothing came through the pipe"
    keys = cx.settings.keys["edit"]
    return f"This note is empty · {shown(keys[0])} opens your editor" if keys else "This note is empty"


def _fault(cx: Context) -> str:
    """The error of the current episode if it could not be parsed."""
    state = cx.store.state
    here = state.episodes[cx.panes.bullets.cursor.section] if state.episodes else None
    return f"shown as plain text: parsing it failed ({here.body.fault})" if here and here.body.fault else ""


def _said_of_marks(cx: Context) -> Iterator[str]:
    """The colours of the highlights on the block under the cursor, with the comment and tags of each."""
    if not (here := cx.display.highlights.get(cx.panes.bullets.cursor)):
        return
    state = cx.store.state
    highlights = state.annotations_of(state.note_of(cx.panes.bullets.cursor.section).path).highlights
    for mark in here:
        name = cx.settings.config.colours.get(mark.colour, mark.colour.value)
        said = comment_and_tags(highlights[mark.id])
        yield f"{name}: {said}" if said else name


def _said_of_questions(cx: Context) -> Iterator[str]:
    """The answer that the block under the cursor gives or has, and its question's record."""
    bullets = cx.panes.bullets
    if bullets.cursor not in bullets.signs or (found := block(cx)) is None:
        return
    from tui.core.state.questions import answering_blocks

    note, place = found
    annotations = cx.store.state.annotations_of(note.path)
    asked = questions_in(cx, note, place)
    if asked and asked.record:
        yield f"{asked.state}: {' '.join(asked.record.answer.split())}" if asked.record.answer else asked.state
    for record in answering_blocks(annotations).get(place.address, ()):
        yield f"answers: {' '.join(record.parts[0].exact.split())}"
