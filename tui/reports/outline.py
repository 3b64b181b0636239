"""The outline of notes, as JSON for scripts and as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.counted import counted
from tui.core.notes.model import Kind
from tui.core.notes.questions import asking
from tui.core.notes.sanitise import in_one_row, printable_path
from tui.exporting.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.model import Block, Episode, Library, Note


def outline_json(library: Library) -> str:
    """All notes, episodes and blocks as one JSON object, whose keys are stable within a major version.

    Lines are 1-based in their file. ``depth`` is the level of a heading, the nesting of a bullet from 1, and 0 for any
    other block. A bullet has its ``marker`` as shown (``•``, ``1.``, ``a)``) and, if it is a task, ``task``: true for a
    finished one. ``language`` is a code block's language, ``callout`` the kind of callout that a block is the title of.
    Facts that the notes do not give are null.
    """
    return json_text({"notes": [_note(note) for note in library.notes]})


def outline_text(library: Library) -> Iterator[str]:
    """The outline line by line: notes, their episodes, and each block with its first line, kind and depth.

    A question mark precedes a block that asks.
    """
    for number, note in enumerate(library.notes):
        if number:
            yield ""
        names = " · ".join(filter(None, (note.title, note.author)))
        yield in_one_row(printable_path(note.path)) + (f"  {names}" if names else "")
        for episode in note.episodes:
            yield from _episode_text(episode)


def _note(note: Note) -> dict[str, object]:
    return {
        "path": printable_path(note.path),
        "title": note.title,
        "author": note.author,
        "episodes": [_episode(episode) for episode in note.episodes],
    }


def _episode(episode: Episode) -> dict[str, object]:
    return {
        "title": episode.title,
        "guests": list(episode.guests),
        "show": episode.show,
        "date": episode.date,
        "line": episode.line,
        "blocks": [_block(episode, block) for block in episode.blocks],
    }


def _block(episode: Episode, block: Block) -> dict[str, object]:
    line, end_line = episode.lines(block)
    return {
        "kind": block.kind.value,
        "depth": block.depth,
        "text": block.text,
        "marker": block.marker or None,
        "task": block.task,
        "language": (block.language or None) if block.kind is Kind.CODE else None,
        "callout": (block.language or None) if block.kind is not Kind.CODE else None,
        "line": line,
        "end_line": end_line,
        "question": asking(block) is not None,
    }


def _episode_text(episode: Episode) -> Iterator[str]:
    blocks = episode.blocks
    bullets = sum(block.kind is Kind.BULLET for block in blocks)
    asked = {index for index, block in enumerate(blocks) if asking(block)}
    counts = f"{counted(bullets, 'bullet')}, {counted(len(asked), 'question')}"
    yield f"{episode.line:>6}  {episode.title}  ({counts})"
    for index, block in enumerate(blocks):
        line, _ = episode.lines(block)
        kind = f"{block.kind} {block.depth}" if block.depth else f"{block.kind}"
        mark = "?" if index in asked else " "
        yield f"{line:>6} {mark} {kind:<11}{'  ' * block.indent}{' '.join(block.text.split())}".rstrip()
