"""Web Annotations (w3.org/TR/annotation-model), by earmark or anyone else, read as highlights and questions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.core.anchoring import Selectors
from tui.core.anchoring.quotation import Quote, QuotedTexts
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, QuestionRecord
from tui.core.annotations.ids import ulid_of
from tui.errors import SourceError
from tui.importing.contents import Fault
from tui.importing.placing import import_id
from tui.importing.records import (
    ExportedRecord,
    UnreadableError,
    Values,
    checked_id,
    checked_parts,
    part_of,
    unquoted,
    with_their_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Library
    from tui.importing.contents import Source, SourceContents

_OWN_ID = "urn:x-earmark:id:"
"URN prefix of a highlight whose id is not a ULID."


def read_annotations(source: Source, document: object, lines: Sequence[int]) -> SourceContents:
    """Read the annotations in a document.

    Args:
        source: The source, for errors.
        document: The parsed JSON: a collection, a page, an annotation, or a list of these.
        lines: The line of each annotation, where known.
    """
    if source.state is None:
        raise SourceError(source.path, "it has only highlights", "name their notes: --onto PATH")
    given: list[ExportedRecord] = []
    faults: list[Fault] = []
    quoted = _QuotedParts(source.state.library)
    for number, item in enumerate(_items(document)):
        line = lines[number] if number < len(lines) else 1
        try:
            given.append(_record_of(quoted, Values(item), line))
        except UnreadableError as error:
            faults.append(Fault(line, f"this annotation cannot be read: {error}", "give it a TextQuoteSelector"))
    return with_their_notes(source, given, faults)


class _QuotedParts:
    """Selectors for quotes that occur exactly once in the notes."""

    def __init__(self, library: Library) -> None:
        self._texts = QuotedTexts(library.notes)
        self._selectors: dict[str, Selectors] = {}

    def parts(self, quote: Quote) -> tuple[Part, ...]:
        """The selectors, one per block; empty unless the quote occurs exactly once."""
        found = self._texts.every_place(quote)
        if len(found) != 1:
            return ()
        ((note, places),) = found
        if note.path not in self._selectors:
            self._selectors[note.path] = Selectors(note)
        return self._selectors[note.path].describe(places)


def _items(document: object) -> Iterator[object]:
    """The annotations in collections, pages and lists, at any depth."""
    waiting = [document]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, dict) and "target" not in here and ("items" in here or "first" in here):
            waiting += [each for key in ("items", "first") if isinstance(each := here.get(key), dict | list)]
        elif isinstance(here, dict) and not _is_empty_collection(here):
            yield here


def _is_empty_collection(here: dict[str, object]) -> bool:
    kinds = here.get("type")
    return "target" not in here and ("AnnotationCollection" in (kinds if isinstance(kinds, list) else [kinds]))


def _record_of(quoted: _QuotedParts, values: Values, line: int) -> ExportedRecord:
    """Read an annotation as a record; raises UnreadableError."""
    targets = [Values(each) for each in values.list("target")]
    quotes = [_quote_of(target) for target in targets]
    parts = checked_parts([part for each in zip(targets, quotes, strict=True) for part in _parts(quoted, *each)])
    created = values.time("created") if values.text("created") else None
    updated = values.time("modified") if values.text("modified") else created
    now = datetime.now(UTC).replace(microsecond=0)
    id_ = _id(values, created, parts)
    address = _address(targets[0])
    bodies = [Values(each) for each in values.list("body") if isinstance(each, dict)]
    if state := values.text("earmark:state"):
        links = [each for each in bodies if each.text("purpose") == "linking"]
        return ExportedRecord(
            QuestionRecord(
                id=id_,
                state=Answer(Values({"earmark:state": state}).choice("earmark:state", Answer)),
                parts=parts,
                answer=_text_for(bodies, "replying"),
                answered_by=tuple(part for each in links for part in _parts(quoted, each, _quote_of(each))),
                kept=values.flag("earmark:kept"),
                created=created or now,
                updated=updated or now,
            ),
            address,
            line,
        )
    comment = _text_for(bodies, "commenting", "replying", "describing", "") or values.text("bodyValue")
    return ExportedRecord(
        Highlight(
            id=id_,
            colour=_colour(targets),
            parts=parts,
            comment=comment,
            tags=tuple(dict.fromkeys(each.text("value") for each in bodies if each.text("purpose") == "tagging")),
            kept=values.flag("earmark:kept"),
            created=created or now,
            updated=updated or now,
        ),
        address,
        line,
    )


def _text_for(bodies: Sequence[Values], *purposes: str) -> str:
    return "\n".join(each.text("value") for each in bodies if each.text("purpose") in purposes and each.text("value"))


def _quote_of(target: Values) -> Values:
    """The TextQuoteSelector of a target, also if it refines another selector."""
    waiting = list(target.list("selector"))
    while waiting:
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            if selector.get("type") == "TextQuoteSelector":
                return Values(selector)
            waiting += Values(selector).list("refinedBy")
    raise UnreadableError("it quotes no words")


def _parts(quoted: _QuotedParts, target: Values, quote: Values) -> tuple[Part, ...]:
    """The selectors in earmark's own form, as exported, or else a part for each block that contains the words."""
    exact, prefix, suffix = quote.text("exact", None), quote.text("prefix"), quote.text("suffix")
    if own := target.list("earmark:part"):
        said = {"exact": exact, "prefix": prefix, "suffix": suffix}
        more = (
            {key.removeprefix("earmark:"): value for key, value in own[0].items()} if isinstance(own[0], dict) else {}
        )
        return (part_of(Values(said | more)),)
    if exact.strip() and (parts := quoted.parts(Quote(exact, prefix, suffix))):
        return parts
    before, behind = prefix.rpartition("\n")[2], suffix.partition("\n")[0]
    found = {"exact": exact, "prefix": prefix, "suffix": suffix}
    return (part_of(Values({**found, "block": f"{before}{exact}{behind}", "start": len(before)})),)


def _id(values: Values, created: datetime | None, parts: Sequence[Part]) -> str:
    """The id that earmark gave it, or else one derived from the annotation's own."""
    address = values.text("id")
    if (id_ := ulid_of(address.removeprefix("urn:uuid:"))) is not None and address.startswith("urn:uuid:"):
        return id_
    if address.startswith(_OWN_ID):
        return checked_id(unquoted(address.removeprefix(_OWN_ID)))
    return import_id(created, "w3c", address or "\n".join(part.exact for part in parts))


def _address(target: Values) -> str:
    """The address of a target's source."""
    source = next(iter(target.list("source")), "")
    return source if isinstance(source, str) else Values(source).text("id")


def _colour(targets: Sequence[Values]) -> Colour:
    words = [word for target in targets for word in target.texts("styleClass")]
    return next((colour for colour in Colour if colour.value in words), Colour.YELLOW)
