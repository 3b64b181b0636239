"""Marks written in the notes themselves: ``==x==``, ``^^x^^``, ``<mark>``, Bear's colours, CriticMarkup."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import Selectors
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored
from tui.core.notes.format import ENDINGS
from tui.core.notes.model import Address, Place, Span, Style
from tui.errors import SourceError
from tui.importing.colours import DOTS, colour_of
from tui.importing.contents import ImportedRecord, Mark, SourceContents
from tui.importing.placing import highlight_of, import_id
from tui.importing.registry import Importer, ImportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.model import Block, Episode, Note
    from tui.core.state.model import State
    from tui.importing.contents import Source

_NOTATION = re.compile(
    rf"""(?x)(?P<code>`+).*?(?P=code)
    | \{{\+\+(?P<added>[^{{}}]+)\+\+\}} | \{{~~[^{{}}~]*~>(?P<swapped>[^{{}}]+)~~\}} | \{{==[^{{}}]+==\}}
    | <mark\b(?P<html>[^<>]*)> | \^\^[^^]+\^\^ | ==(?P<dot>[{"".join(DOTS)}])?[^=]+=="""
)
_STYLE = re.compile(r"""(?i)(?:style|class)\s*=\s*["']([^"']*)""")


class _Marked(NamedTuple):
    """A mark in a block."""

    span: Span
    colour: Colour
    comment: str


def read(source: Source) -> SourceContents:
    """Read a highlight from each mark, unless one exists on exactly the same words."""
    if source.state is None:
        raise SourceError(source.path, "marks are read from notes", "name a note or a folder of them")
    now = datetime.now(UTC).replace(microsecond=0)
    found = [each for note in source.state.library.notes for each in _in_note(source.state, note, now)]
    return SourceContents(found=tuple(found))


def _in_note(state: State, note: Note, now: datetime) -> Iterator[ImportedRecord]:
    annotations = state.annotations_of(note.path)
    taken = {
        anchor.places
        for id_, anchor in annotations.anchors.items()
        if id_ in annotations.highlights and isinstance(anchor, Anchored)
    }
    times: Counter[tuple[str, str]] = Counter()
    selectors = Selectors(note)
    for number, episode in enumerate(note.episodes):
        if not _may_have_marks(episode):
            continue
        lines = episode.body.source.split("\n")
        for index, block in enumerate(episode.blocks):
            for marked in _in_block(block, lines):
                words = block.text[marked.span.start : marked.span.end]
                place = Place(Address(number, index), marked.span)
                # The surroundings may be reworded, so a mark is identified by its words and their count in the episode.
                key = episode.title, words
                times[key] += 1
                id_ = import_id(None, "marks", PurePath(note.path).name, *key, str(times[key]))
                if (place,) not in taken or id_ in annotations.highlights:
                    mark = Mark(words, marked.colour, marked.comment)
                    record = highlight_of(mark, id_, selectors, (place,), now)
                    yield ImportedRecord(record, note.path, (place,), episode.line + block.first)


def _may_have_marks(episode: Episode) -> bool:
    return any(sign in episode.body.utf8 for sign in (b"==", b"^^", b"<mark", b"{~~", b"<MARK"))


def _in_block(block: Block, lines: Sequence[str]) -> Iterator[_Marked]:
    """The marks in a block, with colours and insertions determined from its source."""
    runs = [run for run in block.inlines if run.style is Style.MARKED and block.text[run.start : run.end].strip()]
    if not runs:
        return
    source = "\n".join(lines[block.first : block.last + 1])
    notations = [found for found in _NOTATION.finditer(source) if not found["code"]]
    faint = {run.start: run.end for run in block.inlines if run.style is Style.FAINT}
    for number, run in enumerate(runs):
        written = notations[number] if len(notations) == len(runs) else None
        if written and (written["added"] or written["swapped"]):
            continue
        comment = next((block.text[at : faint[at]] for at in (run.end, run.end + 1) if at in faint), "")
        is_said = comment.startswith("{") and comment.endswith("}")
        words = block.text[run.start : run.end]
        start = run.start + len(words) - len(words.lstrip())
        span = Span(start, start + len(words.strip()))
        yield _Marked(span, _colour(written), comment[1:-1].strip() if is_said else "")


def _colour(written: re.Match[str] | None) -> Colour:
    if written and written["dot"]:
        return DOTS[written["dot"]]
    if written and written["html"] and (style := _STYLE.search(written["html"])):
        return colour_of(style[1]) or Colour.YELLOW
    return Colour.YELLOW


def _recognises(source: Source) -> bool:
    """True for a folder, and for notes that contain a mark."""
    if os.path.isdir(source.path):
        return True
    head = source.utf8[: 1 << 20].decode("utf-8", "ignore")
    return source.path.lower().endswith(ENDINGS) and any(
        not found["code"] and not found["added"] and not found["swapped"] for found in _NOTATION.finditer(head)
    )


IMPORTER = Importer(
    name="marks",
    about="==x==, ^^x^^, <mark>, ==🟢x== and {==x==}{>>why<<} in notes, which stay as they are",
    example="notes.md --from marks",
    read=read,
    recognises=_recognises,
    kind=ImportKind.MARKS,
)
