"""Highlights and questions as Web Annotations (w3.org/TR/annotation-model), the standard form of such records.

Data for which the standard has no property is added with the prefix ``earmark:``, which other programs lose.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, QuestionRecord
from tui.core.annotations.ids import uuid_of
from tui.core.annotations.link_ids import link_id
from tui.core.notes.plain import PrintedNote
from tui.exporting.objects import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from tui.core.annotations.highlights import Part, Record
    from tui.core.notes.model import Note, Place
    from tui.exporting.export import Export

VOCABULARY = "urn:x-earmark:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"earmark": VOCABULARY}]
"The standard's vocabulary, and the prefix of earmark's own properties."
GENERATOR = {"id": f"{VOCABULARY}earmark", "type": "Software", "name": "earmark"}
STYLESHEET = f"{VOCABULARY}stylesheet"
SHADES = {
    Colour.YELLOW: "#ffe58a",
    Colour.GREEN: "#bdeba8",
    Colour.BLUE: "#a9d6f5",
    Colour.PINK: "#f6bbd8",
    Colour.PURPLE: "#d5c4f2",
}
LINES = "http://tools.ietf.org/rfc/rfc5147"
"The specification of ``line=270,271``: from the end of line 270 to that of line 271."


class WebAnnotations:
    """The annotations of an export."""

    def __init__(self, export: Export, address_of: Callable[[Note], str]) -> None:
        self._export = export
        self._address_of = address_of
        self._printed: tuple[Note, PrintedNote] | None = None
        "The note printed last, since annotations come note by note."

    def collection(self) -> dict[str, object]:
        """An AnnotationCollection of all highlights and of the questions that the reader recorded."""
        items = [self._annotation(note, record) for note, record in self._records()]
        made: dict[str, object] = {
            "@context": CONTEXT,
            "id": f"{VOCABULARY}collection",
            "type": "AnnotationCollection",
            "label": "Highlights",
            "total": len(items),
        }
        if not items:
            return made  # a page must have an item
        first = items[0]
        first["generator"] = GENERATOR
        first["stylesheet"] = {"id": STYLESHEET, "type": "CssStylesheet", "value": _styles()}
        page = {"id": f"{VOCABULARY}page:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
        return {**made, "first": page, "last": page["id"]}

    def _records(self) -> Iterator[tuple[Note, Record]]:
        yield from ((item.note, item.highlight) for item in self._export.highlights)
        # A question that is only in the notes is not an annotation.
        yield from ((item.note, item.record) for item in self._export.questions if item.record is not None)

    def _annotation(self, note: Note, record: Record) -> dict[str, object]:
        uuid = uuid_of(record.id)
        targets = self._targets(note, record.id, record.parts)
        bodies = self._bodies(note, record)
        own: dict[str, object] = {"earmark:kept": True} if record.kept else {}
        if isinstance(record, Highlight):
            targets = [{**target, "styleClass": record.colour.value} for target in targets]
            own["stylesheet"] = STYLESHEET
        else:
            own["earmark:state"] = record.state.value
        return {
            "id": f"urn:uuid:{uuid}" if uuid else f"{VOCABULARY}id:{quote(record.id, safe='')}",
            "type": "Annotation",
            "motivation": _motivation(record),
            "created": _time(record.created),
            "modified": _time(record.updated),
            "generator": GENERATOR["id"],
            **({"body": bodies} if bodies else {}),
            "target": targets[0] if len(targets) == 1 else targets,
            **own,
        }

    def _bodies(self, note: Note, record: Record) -> list[dict[str, object]]:
        if isinstance(record, QuestionRecord):
            bodies = [_text("replying", record.answer)] if record.answer else []
            answers = self._targets(note, link_id(record.id), record.answered_by)
            return bodies + [{**each, "purpose": "linking"} for each in answers]
        bodies = [_text("commenting", record.comment)] if record.comment else []
        return bodies + [_text("tagging", tag) for tag in record.tags]

    def _targets(self, note: Note, sought_id: str, parts: Sequence[Part]) -> list[dict[str, object]]:
        """A target for each part: its words and, if certain, its position in the printed text and in the file."""
        anchor = self._export.anchor(note.path, sought_id)
        source = self._address_of(note)
        if not isinstance(anchor, Anchored) or len(anchor.places) != len(parts):
            return [_target(source, part, [_quote(part)]) for part in parts]
        today = parts if anchor.how is MatchKind.EXACT else describe(note, anchor.places)
        return [
            _target(source, part, [_quote(now), self._position(note, place), _fragment(note, place)])
            for part, now, place in zip(parts, today, anchor.places, strict=True)
        ]

    def _position(self, note: Note, place: Place) -> dict[str, object]:
        if self._printed is None or self._printed[0] is not note:
            self._printed = note, PrintedNote(note)
        start, end = self._printed[1].span(place)
        return {"type": "TextPositionSelector", "start": start, "end": end}


def file_address(note: Note) -> str:
    """The address of a note's file."""
    return f"file://{quote(str(Path(note.path).absolute()).encode('utf-8', 'surrogateescape'))}"


def _target(source: str, part: Part, selectors: list[dict[str, object]]) -> dict[str, object]:
    """A target, with those fields of the highlights file that the selectors do not express."""
    quoted = selectors[0]
    said = {"exact": part.exact, "prefix": part.prefix, "suffix": part.suffix}
    own: dict[str, object] = {key: value for key, value in said.items() if value != quoted[key]}
    own |= {"episode": part.episode, "heading": part.heading, "line": part.line}
    if not part.is_whole:
        own |= {"block": part.block, "start": part.start}
    if part.quoted:
        own["quoted"] = part.quoted
    if part.others is not None:
        own["others"] = list(part.others)
    if part.earlier:
        own["earlier"] = list(part.earlier)
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": selectors,
        "earmark:part": {f"earmark:{key}": value for key, value in own.items()},
    }


def _quote(part: Part) -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": part.exact, "prefix": part.prefix, "suffix": part.suffix}


def _fragment(note: Note, place: Place) -> dict[str, object]:
    first, last = lines_of(note, place)
    return {"type": "FragmentSelector", "conformsTo": LINES, "value": f"line={first - 1},{last}"}


def _text(purpose: str, value: str) -> dict[str, object]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _motivation(record: Record) -> str:
    if isinstance(record, QuestionRecord):
        return "questioning"
    return "commenting" if record.comment else "highlighting"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _styles() -> str:
    return " ".join(f".{colour} {{ background-color: {shade} }}" for colour, shade in SHADES.items())
