"""Books from sidecars (``metadata.….lua``): annotations or, before 2024, bookmarks and highlights."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.importing.koreader.books import KoreaderBook, KoreaderMark
from tui.importing.koreader.lua_table import LuaTable, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.importing.contents import Source
    from tui.importing.koreader.lua_table import Value


def book_of(source: Source) -> KoreaderBook:
    """Read a book and everything its reader marked; raises SourceError if it is not a Lua table."""
    whole = table_of(source.path, source.text)
    about = [each for key in ("doc_props", "stats") if isinstance(each := whole.fields.get(key), LuaTable)]
    titles = (_text(each, "title") for each in about)
    authors = (_text(each, "authors") for each in about)
    annotations = _tables(whole.fields.get("annotations"))
    found = map(_annotation, annotations) if annotations else _before_2024(whole)
    title = next(filter(None, titles), "") or _name(_text(whole, "doc_path") or source.path)
    return KoreaderBook(title, next(filter(None, authors), ""), tuple(found))


def _annotation(table: LuaTable) -> KoreaderMark:
    page = next((said for key in ("pageref", "pageno", "page") if (said := _page(table.fields.get(key)))), "")
    is_bookmark = not {"pos0", "drawer"} & table.fields.keys()
    return KoreaderMark(
        "" if is_bookmark else _text(table, "text"),
        _text(table, "note"),
        page,
        _text(table, "chapter"),
        _text(table, "color"),
        _text(table, "datetime"),
        table.line,
        is_bookmark=is_bookmark,
    )


def _before_2024(whole: LuaTable) -> Iterator[KoreaderMark]:
    """Read bookmarks, with the words in ``notes`` and the note in ``text``, and highlights without a bookmark."""
    drawn: dict[tuple[str, str], KoreaderMark] = {}
    for page, of_page in _pages(whole.fields.get("highlight")):
        for each in _tables(of_page):
            found = _annotation(each)._replace(page=_page(page), is_bookmark=False, text=_text(each, "text"))
            drawn[found.time, found.text] = found
    for table in _tables(whole.fields.get("bookmarks")):
        words, note, time = _text(table, "notes"), _text(table, "text"), _text(table, "datetime")
        there = drawn.pop((time, words), None)
        is_bookmark = there is None and not table.fields.get("highlighted") and "pos0" not in table.fields
        if time and note.endswith(f"@ {time}"):
            # KOReader generates such a note: "Page 3 (the words) @ (the time)".
            note = ""
        yield KoreaderMark(
            "" if is_bookmark else words,
            note,
            there.page if there else _page(table.fields.get("page")),
            _text(table, "chapter") or (there.chapter if there else ""),
            there.colour if there else _text(table, "color"),
            time,
            table.line,
            is_bookmark=is_bookmark,
        )
    yield from drawn.values()


def _pages(value: Value) -> list[tuple[Value, Value]]:
    return list(value.fields.items()) if isinstance(value, LuaTable) else []


def _tables(value: Value) -> list[LuaTable]:
    return [each for each in value.items() if isinstance(each, LuaTable)] if isinstance(value, LuaTable) else []


def _text(table: LuaTable, key: str) -> str:
    value = table.fields.get(key)
    return value if isinstance(value, str) else ""


def _page(value: Value) -> str:
    """A page's number or label; empty for a path within the book."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    said = str(value)
    return said if re.fullmatch(r"[\w.–-]{1,20}", said) else ""


def _name(path: str) -> str:
    """A book's name: that of its file, or of the folder in which KOReader stores its sidecar."""
    there = PurePath(path)
    if there.name.startswith("metadata.") and there.parent.suffix == ".sdr":
        return there.parent.stem
    return there.stem
