"""Sidemark sidecars: comments on a Markdown note, by earmark or any other program."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.core.anchoring import Selectors
from tui.core.anchoring.quotation import Quote, QuotedTexts
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight
from tui.core.notes.model import Address, Place, Span
from tui.errors import SourceError
from tui.exporting.sidemark import AUTHOR, Sources
from tui.importing.contents import Fault
from tui.importing.placing import import_id
from tui.importing.records import ExportedRecord, UnreadableError, Values, checked_id, part_of, with_their_notes
from tui.importing.registry import Importer, ImportKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Note
    from tui.importing.contents import Source, SourceContents
    from tui.importing.sidemark.comments import Comment

_MARKUP = re.compile(r"\]\([^()\n]*\)?|^[ \t]*(?:[-+*>]|#+)[ \t]+|[*_`~=^\[\]\\]", re.MULTILINE)
"Markdown syntax in words that may begin or end inside it."


def read(source: Source) -> SourceContents:
    """Read a highlight from each comment on words or lines, with replies appended to its text."""
    # Imported here, since only sidecars need YAML.
    from tui.importing.sidemark.comments import Comment, comments_of

    if source.state is None:
        raise SourceError(source.path, "it has only highlights", "name their notes: --onto PATH")
    if len(source.state.library.notes) != 1:
        raise SourceError(source.path, "this format holds one note", "name that note: --onto NOTE")
    note = source.state.library.notes[0]
    found = comments_of(source.path, source.text)
    comments = [each for each in found if isinstance(each, Comment)]
    faults = [Fault(each, "this is not a comment", "export it again") for each in found if isinstance(each, int)]
    replies: dict[str, list[Comment]] = {}
    begun = {each.text("id") for each in comments if not each.text("reply_to")}
    root: dict[str, str] = {}
    for each in comments:
        if to := each.text("reply_to"):
            root[each.text("id")] = root.get(to, to)
            replies.setdefault(root.get(to, to), []).append(each)
    given, where = [], _Where(note)
    for each in comments:
        try:
            if not each.text("reply_to"):
                given.append(_record_of(each, replies.get(each.text("id"), ()), where))
            elif root[each.text("id")] not in begun:
                faults.append(Fault(each.line, "the comment it replies to is missing", "write it into the note"))
        except UnreadableError as error:
            faults.append(Fault(each.line, f"this comment cannot be read: {error}", "give it a line"))
    return with_their_notes(source, given, faults)


class _Where:
    """A note, prepared for finding the words of comments."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.texts = QuotedTexts((note,))
        self.sources = Sources(note)
        self.selectors = Selectors(note)
        self.blocks = [
            (episode.lines(block), Place(Address(number, index), Span(0, len(block.text))))
            for number, episode in enumerate(note.episodes)
            for index, block in enumerate(episode.blocks)
            if block.text.strip()
        ]
        "The lines of each block that has text, and the whole block as a place."


def _record_of(comment: Comment, replies: Sequence[Comment], where: _Where) -> ExportedRecord:
    values = Values(comment.fields)
    created = values.time("timestamp") if comment.text("timestamp") else None
    id_ = checked_id(values.text("id"))
    is_own = comment.text("author") == AUTHOR and "x_earmark_colour" in comment.fields
    said = [comment.text("text"), *(f"{each.text('author')}: {each.text('text')}" for each in replies)]
    now = created or datetime.now(UTC).replace(microsecond=0)
    highlight = Highlight(
        id=id_ if is_own else import_id(created, "mrsf", id_),
        colour=Colour(Values({"colour": values.text("x_earmark_colour", "yellow")}).choice("colour", Colour)),
        parts=_parts(comment, where),
        created=now,
        updated=now,
        comment="\n".join(filter(None, said)),
        tags=values.texts("x_earmark_tags"),
    )
    return ExportedRecord(highlight, where.note.path, comment.line)


def _parts(comment: Comment, where: _Where) -> tuple[Part, ...]:
    """The words of a comment: at its line and column, else their only occurrence, else selectors to search for them."""
    words, line = comment.text("selected_text"), comment.number("line")
    if not words.strip():
        return _lines(where, line, max(line, comment.number("end_line")))
    found = where.texts.every_place(Quote(words)) or where.texts.every_place(Quote(_MARKUP.sub("", words)))
    places = [each.places for each in found if each.places]
    if len(places) == 1:
        return where.selectors.describe(places[0])
    ranges = [where.sources.range_of(each) for each in places]
    column = comment.number("start_column")
    at = [number for number, each in enumerate(ranges) if (each.line, each.column) == (line, column)]
    near = at or [number for number, each in enumerate(ranges) if each.line <= line <= each.end_line]
    wanted = near or list(range(len(places)))
    if len(wanted) == 1:
        return where.selectors.describe(places[wanted[0]])
    return (part_of(Values({"exact": words, "line": line})),)


def _lines(where: _Where, first: int, last: int) -> tuple[Part, ...]:
    """One part per block on these lines, covering the whole block."""
    places = [place for lines, place in where.blocks if lines[0] <= last and first <= lines[1]]
    if not first or not places:
        raise UnreadableError("it is not about any words")
    return where.selectors.describe(places)


def recognises(source: Source) -> bool:
    """True for a file that gives a version of the format."""
    return b"mrsf_version" in source.utf8[:4000]


IMPORTER = Importer(
    name="mrsf",
    about="comments of Sidemark's tools on a Markdown note (notes.md.review.yaml)",
    example="notes.md.review.yaml --onto notes.md",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
