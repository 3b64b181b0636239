"""The current block, phrase, highlight or question, and its details for the status line."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.annotations.link_ids import question_of_link
from tui.core.layout.selection import spans
from tui.core.notes.model import TITLE, Place, whole_block
from tui.core.state.model import Mending, innermost
from tui.keys import brief, hints
from tui.ui.lists.entries import EntryKind
from tui.ui.lists.facts import faults
from tui.ui.panes.decisions import Decisions
from tui.ui.store import QuestionTarget, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.choices import Colour
    from tui.core.annotations.highlights import Highlight
    from tui.core.layout.selection import Selection
    from tui.core.notes.model import Note
    from tui.core.state.questions import AskedQuestion
    from tui.keymap import Subject
    from tui.ui.context import Context

FEWEST = 12
"Minimum number of characters shown of a phrase or question in the line of a mode."


def target(cx: Context) -> Target | None:
    """The selected phrase, else the word under the caret, else the block under the cursor; None if there is none."""
    bullets, state = cx.panes.bullets, cx.store.state
    if is_adrift(cx):
        return None
    if (phrase := bullets.phrase) is not None:
        note = state.note_of(phrase.head.position.section)
        places = tuple(
            Place(state.address(position), span)
            for position, span in spans(bullets.flow, phrase)
            if state.note_of(position.section) is note
        )
        return Target(note, places) if places else None
    block = bullets.block
    if block is None or not block.text:
        return None
    return Target(state.note_of(bullets.cursor.section), (whole_block(block, state.address(bullets.cursor)),))


def listed(cx: Context) -> tuple[str, str] | None:
    """The note path and id of the highlight under the cursor in its list, if that list has the focus."""
    panes = cx.panes
    entry = panes.highlights.entry if panes.current is panes.highlights else None
    return (entry.path, entry.id) if entry is not None and entry.id else None


def highlight(cx: Context) -> tuple[str, Highlight] | None:
    """The current highlight and its note's path.

    It is the one in the focused list, else the one on the selected phrase, else the picked or innermost one at the
    cursor.
    """
    bullets, state = cx.panes.bullets, cx.store.state
    if found := listed(cx):
        path, id_ = found
    elif is_adrift(cx) or not state.episodes:
        return None
    else:
        path = state.note_of(bullets.cursor.section).path
        id_ = _on_phrase(cx, bullets.selection) if bullets.selection is not None else bullets.current_highlight()
    there = state.annotations_of(path).highlights.get(id_)
    return (path, there) if there else None


def _on_phrase(cx: Context, selection: Selection) -> str:
    """The id of the highlight that is being resized, is under the caret, or covers exactly the selected phrase."""
    if selection.adjusts:
        return selection.adjusts
    here = cx.panes.bullets.highlights.get(selection.head.position, ())
    if selection.anchor is None:
        at = selection.head.offset
        return innermost((each.span, each.id) for each in here if each.span.start <= at < each.span.end)
    return next(
        (each.id for each in reversed(here) if {selection.head.position: each.span} == cx.panes.bullets.chosen), ""
    )


def is_adrift(cx: Context) -> bool:
    """True if a list has the focus without a position in the notes, so that keys must not act on the bullet at the
    cursor.
    """
    pane = cx.panes.current
    return isinstance(pane, Decisions) and bool(pane.entries) and (pane.entry is None or not pane.entry.where)


def colour_name(cx: Context, colour: Colour) -> str:
    """The reader's name for a colour."""
    return cx.settings.config.colours.get(colour, colour.value)


def key(cx: Context, action: str) -> str:
    """The first key of an action, as displayed; empty if there is none."""
    keys = cx.settings.keys[action]
    return brief(keys[0]) if keys else ""


def with_hint(cx: Context, said: str, action: str, does: str) -> str:
    """A message followed by the key that helps, such as ``No search to repeat · / searches``."""
    return " · ".join(filter(None, (said, hints(cx.settings.keys, **{action: does}))))


def question(cx: Context) -> QuestionTarget | None:
    """The question in the focused list, or else the one under the cursor."""
    state = cx.store.state
    entry = cx.panes.questions.entry if cx.panes.current is cx.panes.questions else None
    if entry is not None and entry.id and entry.row is not EntryKind.PLACED:
        record = state.annotations_of(entry.path).questions.get(question_of_link(entry.id) or entry.id)
        return QuestionTarget(state.note(entry.path), None, record) if record else None
    found = block(cx)
    asked = questions_in(cx, *found) if found else None
    return QuestionTarget(found[0], found[1], asked.record) if found and asked else None


def subjects(cx: Context) -> frozenset[Subject]:
    """The subjects that actions may need, if they are at the cursor or in the library."""
    annotations = cx.store.state.annotations.values()
    found: dict[Subject, bool] = {
        "block": block(cx) is not None,
        "highlight": highlight(cx) is not None,
        "question": question(cx) is not None,
        "search": cx.search.search is not None,
        "change": bool(cx.display.changes),
        "copies": any(each.copies or each.mending is Mending.MERGE for each in annotations),
        "damage": any(each.mending is Mending.RESTORE for each in annotations),
        "folder": bool(cx.display.left_out),
    }
    return frozenset(subject for subject, is_here in found.items() if is_here)


def questions_in(cx: Context, note: Note, place: Place) -> AskedQuestion | None:
    """The question in a block; None if there is none."""
    from tui.core.state.questions import question_at

    return question_at(note, cx.store.state.annotations_of(note.path), place.address)


def block(cx: Context) -> tuple[Note, Place] | None:
    """The block of the entry in the question list, or else the one under the cursor, with its note."""
    panes, state = cx.panes, cx.store.state
    if is_adrift(cx):
        return None
    position = panes.bullets.cursor
    entry = panes.questions.entry if panes.current is panes.questions else None
    if entry is not None and entry.row is EntryKind.PLACED:
        position = entry.where[0][0]
    here = state.block(position) if position.block != TITLE and state.episodes else None
    if here is None or not here.text:
        return None
    return state.note_of(position.section), whole_block(here, state.address(position))


def comment_and_tags(highlight: Highlight) -> str:
    """The comment and tags of a highlight, on one or more lines."""
    return " · ".join(filter(None, [highlight.comment, " ".join(f"#{tag}" for tag in highlight.tags)]))


# -- the status line


def mode(cx: Context) -> str:
    """The permanent line of a mode with its name and the next step; empty if no mode is active."""
    selection = cx.panes.bullets.selection
    if cx.moving is not None:
        return _mode_line(cx, "Moving", cx.moving.words, f"{key(cx, 'link')} on its bullet")
    if cx.linking is not None:
        words = cx.linking.record.parts[0].exact if cx.linking.record else _asking_words(cx, cx.linking)
        return _mode_line(cx, "Linking", words, f"{key(cx, 'link')} on the answer")
    if selection is None:
        return ""
    words, ends = cx.panes.bullets.words, f"{key(cx, 'select_mark')} or {key(cx, 'mark')}"
    if selection.adjusts:
        other = key(cx, "select_other_end")
        return _mode_line(cx, "Resize", words, f"{ends} saves · 1-5 recolour · {other} other end")
    if selection.anchor is None:
        begins = key(cx, "select_begin")
        return _mode_line(cx, "Phrase", words, f"go to its first word, {begins} begins it · {ends} highlights")
    return _mode_line(cx, "Phrase", words, f"{ends} or 1-5 highlights · {key(cx, 'copy')} copies")


def _mode_line(cx: Context, does: str, words: str, next_step: str) -> str:
    """The line of a mode; the quoted words get a third of the screen, or what the rest leaves, but at least a few
    cells.
    """
    rest, width = f": {next_step} · esc cancels", cx.windows.size.width
    room = max(FEWEST, min(max(16, width // 3), width - len(does) - len(rest) - 5))
    return f"{does} “{_clipped(words, room)}”{rest}"


def _asking_words(cx: Context, linking: QuestionTarget) -> str:
    asked = questions_in(cx, linking.note, linking.place) if linking.place else None
    return asked.text if asked else ""


def _clipped(words: str, room: int) -> str:
    """Shorten words in their middle to a number of characters, since a phrase is recognised by both ends."""
    words = " ".join(words.split())
    half = (room - 1) // 2
    return words if len(words) <= room else f"{words[:half].rstrip()}…{words[-half:].lstrip()}"


def whereabouts(cx: Context) -> str:
    """The number of the cursor's block in its episode, and its relative position in the library."""
    return cx.panes.bullets.whereabouts()


def details(cx: Context) -> Iterator[str]:
    """The details of the block under the cursor, one by one."""
    yield from faults(cx.store.state, cx.panes.bullets.cursor.section, key(cx, "edit"))
    yield _being_written(cx)
    yield cx.search.detail
    yield from dict.fromkeys(_highlight_facts(cx))
    yield from _question_facts(cx)


def _being_written(cx: Context) -> str:
    """A warning if another program may have written only half of the current note."""
    state = cx.store.state
    if not state.unfinished or not state.episodes:
        return ""
    path = state.note_of(cx.panes.bullets.cursor.section).path
    return f"{PurePath(path).name} is being written" if path in state.unfinished else ""


def _highlight_facts(cx: Context) -> Iterator[str]:
    """The colours of the highlights on the block under the cursor, each with its comment and tags."""
    if not (here := cx.display.highlights.get(cx.panes.bullets.cursor)):
        return
    state = cx.store.state
    highlights = state.annotations_of(state.note_of(cx.panes.bullets.cursor.section).path).highlights
    first = cx.panes.bullets.current_highlight()
    for mark in sorted(here, key=lambda each: each.id != first):
        name = colour_name(cx, mark.colour)
        said = " ".join(comment_and_tags(highlights[mark.id]).split())
        yield f"{name}: {said}" if said else name


def _question_facts(cx: Context) -> Iterator[str]:
    """The answer in or to the block under the cursor, and the record of its question."""
    bullets = cx.panes.bullets
    if bullets.cursor not in bullets.signs or (found := block(cx)) is None:
        return
    from tui.core.state.answers_elsewhere import answered_by_block
    from tui.core.state.questions import answering_blocks

    note, place = found
    annotations = cx.store.state.annotations_of(note.path)
    asked = questions_in(cx, note, place)
    if asked and asked.record:
        yield f"{asked.state}: {' '.join(asked.record.answer.split())}" if asked.record.answer else asked.state
    for record in answering_blocks(annotations).get(place.address, ()):
        yield f"answers: {' '.join(record.parts[0].exact.split())}"
    for each in answered_by_block(cx.store.state).get((note.path, place.address), ()):
        yield f"answers: {' '.join(each.question.parts[0].exact.split())} · {os.path.basename(each.path)}"
