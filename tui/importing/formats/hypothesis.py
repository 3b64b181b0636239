"""Hypothesis: rows from its API, the response to a search, and the file that its client exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import SourceError
from tui.importing.contents import Fault
from tui.importing.json_source import lines_in, parsed
from tui.importing.records import UnreadableError, Values
from tui.importing.registry import Importer, ImportKind
from tui.importing.web_annotations import read_annotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.importing.contents import Source, SourceContents

_LISTS = ("rows", "annotations")
"Keys of the list of rows, in a search response and in the client's export."
_FRACTION = re.compile(r"\.\d+")


class _Row(NamedTuple):
    """An annotation, a note on a page, or a reply."""

    id: str
    text: str
    tags: tuple[str, ...]
    times: dict[str, str]
    targets: Sequence[object]
    answers: str
    "For a reply, the id of the annotation that started the thread."
    user: str
    line: int


def read(source: Source) -> SourceContents:
    """Read a highlight from each annotation that quotes words, with replies appended to its comment."""
    whole = parsed(source.path, source.text)
    name = next((each for each in _LISTS if isinstance(whole, dict) and each in whole), "")
    given = whole.get(name) if isinstance(whole, dict) and name else whole
    if isinstance(given, dict):
        given = [given]
    if not isinstance(given, list) or (
        given and not name and not any(isinstance(each, dict) and "uri" in each for each in given)
    ):
        raise SourceError(source.path, "this has no Hypothesis annotations", "name its format with --from")
    lines = lines_in(source.text, name) if isinstance(whole, list) or name else []
    rows, faults = [], list[Fault]()
    for number, each in enumerate(given):
        line = lines[number] if number < len(lines) else 1
        try:
            rows.append(_row(Values(each), line))
        except UnreadableError as error:
            faults.append(Fault(line, f"this annotation cannot be read: {error}", "export it again"))
    replies, annotations = _by_talk(rows, faults)
    documents = [_annotation(row, replies.get(row.id, ())) for row in annotations]
    contents = read_annotations(source, documents, [row.line for row in annotations])
    return contents._replace(faults=tuple(sorted((*faults, *contents.faults))))


def _row(values: Values, line: int) -> _Row:
    tags = ("-".join(tag.lstrip("#").split()) for tag in values.texts("tags"))
    times = {
        key: _FRACTION.sub("", values.text(theirs))
        for key, theirs in (("created", "created"), ("modified", "updated"))
        if values.text(theirs)
    }
    return _Row(
        values.text("id"),
        values.text("text").strip(),
        tuple(dict.fromkeys(filter(None, tags))),
        times,
        [each for each in values.list("target") if Values(each).list("selector")],
        next(iter(values.texts("references")), ""),
        values.text("user").removeprefix("acct:").partition("@")[0],
        line,
    )


def _by_talk(rows: Sequence[_Row], faults: list[Fault]) -> tuple[dict[str, list[_Row]], list[_Row]]:
    """Group the replies by thread and return them with the annotations; those that belong nowhere become faults."""
    annotations = [row for row in rows if not row.answers and row.targets]
    known = {row.id for row in annotations}
    replies: dict[str, list[_Row]] = {}
    for row in rows:
        if row.answers in known:
            replies.setdefault(row.answers, []).append(row)
        elif row.answers:
            faults.append(Fault(row.line, "the comment it replies to is missing", "write it into the note"))
        elif not row.targets:
            faults.append(Fault(row.line, "this is about the whole page, not about words", "write it into the note"))
    for talk in replies.values():
        talk.sort(key=lambda row: row.times.get("created", ""))
    return replies, annotations


def _annotation(row: _Row, replies: Sequence[_Row]) -> dict[str, object]:
    """Convert a row to a Web Annotation, which it nearly is."""
    said = [row.text, *(f"{reply.user}: {reply.text}".removeprefix(": ") for reply in replies if reply.text)]
    tags = dict.fromkeys(tag for each in (row, *replies) for tag in each.tags)
    return {
        "id": f"urn:hypothesis:{row.id}" if row.id else "",
        **row.times,
        "target": row.targets,
        "body": [
            {"purpose": "commenting", "value": "\n".join(filter(None, said))},
            *({"purpose": "tagging", "value": tag} for tag in tags),
        ],
    }


def recognises(source: Source) -> bool:
    """True for JSON that has the keys of a row and is not a Web Annotation."""
    return (
        source.utf8.lstrip()[:1] in (b"{", b"[")
        and b'"uri"' in source.utf8
        and b'"target"' in source.utf8
        and b"www.w3.org/ns/anno.jsonld" not in source.utf8[:4000]
    )


IMPORTER = Importer(
    name="hypothesis",
    about="annotations exported by Hypothesis's client, or from its API",
    example="annotations.json --onto notes.md",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
