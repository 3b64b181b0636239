"""Responses and requests of Readwise's API, saved to a file: highlights in books, or each with its book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.contents import Fault
from tui.importing.json_source import lines_in, parsed
from tui.importing.readwise.rows import ReadwiseRow
from tui.importing.records import UnreadableError, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_BOOK = re.compile(r'"(?:user_book_id|readable_title|book_tags)"')
_OF_HIGHLIGHT = re.compile(r'"(?:highlighted_at|location_type|source_type)"')
_AGAIN = "export it again"


def is_answer(head: str) -> bool:
    """True for JSON that begins with the keys of Readwise's books or highlights."""
    return _OF_BOOK.search(head) is not None or (_OF_HIGHLIGHT.search(head) is not None and '"text"' in head)


def rows_of(path: str, text: str) -> tuple[list[ReadwiseRow], list[Fault]]:
    """Read the highlights in a response, and faults for invalid ones; raises SourceError for other JSON.

    A response is a page of books (`export`), a page of highlights, or the body of a request that creates highlights.
    """
    whole = parsed(path, text)
    key = next((each for each in ("results", "highlights") if isinstance(whole, dict) and each in whole), "")
    items = whole.get(key) if isinstance(whole, dict) and key else whole
    if not isinstance(items, list):
        raise SourceError(path, "this is not JSON from Readwise", "name its format with --from")
    rows: list[ReadwiseRow] = []
    faults: list[Fault] = []
    for line, item in zip(lines_in(text, key), items, strict=False):
        try:
            book = Values(item)
            given = book.list("highlights") if "highlights" in item else (item,)
        except UnreadableError as error:
            faults.append(Fault(line, f"this entry cannot be read: {error}", _AGAIN))
            continue
        for each in given:
            try:
                rows += _row(Values(each), book, line)
            except UnreadableError as error:
                faults.append(Fault(line, f"this highlight cannot be read: {error}", _AGAIN))
    return rows, faults


def _row(values: Values, book: Values, line: int) -> Iterator[ReadwiseRow]:
    """The row of a highlight; none if it was deleted."""
    if values.flag("is_deleted"):
        return
    discarded = ("discard",) if values.flag("is_discard") else ()
    yield ReadwiseRow(
        text=values.text("text") or values.text("content"),
        note=values.text("note") or values.text("notes"),
        title=values.text("title") or book.text("readable_title") or book.text("title"),
        author=values.text("author") or book.text("author"),
        url=values.text("source_url") or book.text("source_url"),
        colour=values.text("color"),
        tags=(*_names(values, "tags"), *discarded),
        place_type=values.text("location_type"),
        place=next((str(each) for each in values.list("location") if isinstance(each, int | float | str)), ""),
        time=values.text("highlighted_at") or values.text("created_at"),
        document_tags=_names(book, "book_tags"),
        line=line,
    )


def _names(values: Values, key: str) -> tuple[str, ...]:
    """The names of tags, which are strings or objects."""
    said = (each.get("name") if isinstance(each, dict) else each for each in values.list(key))
    return tuple(name.strip() for name in said if isinstance(name, str) and name.strip())
