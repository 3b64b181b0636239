"""A parser for simple configurations that does without tomllib, whose import adds 2 ms to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.files.toml.codec import Table

_LONGEST_NUMBER = 15
"Most digits of a number parsed here."


def read_settings(text: str) -> Table | None:
    """Parse a document of comments, tables, and keys set to plain strings, numbers, true or false.

    None if the text has anything else or is invalid; any other result equals tomllib's.
    """
    document: Table = {}
    table = document
    for whole in text.split("\n"):
        if not whole.isprintable():
            return None
        line = whole.strip(" ")
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            if (found := _table(document, line)) is None:
                return None
            table = found
            continue
        key, _, value = line.partition("=")
        read = _value(value.strip(" "))
        if read is None or not _is_word(key := key.rstrip(" ")) or key in table:
            return None
        table[key] = read
    return document


def _table(document: Table, line: str) -> Table | None:
    """The table opened by a header line; missing parent tables are created."""
    *outer, name = line.removeprefix("[").removesuffix("]").split(".")
    if line[-1] != "]" or not all(map(_is_word, (*outer, name))):
        return None
    for word in outer:
        document = document.setdefault(word, {})
        if not isinstance(document, dict):
            return None
    if name in document:
        return None
    document[name] = {}
    table: Table = document[name]
    return table


def _value(text: str) -> str | int | bool | None:
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1] and "\\" not in text:
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER and (text == "0" or text[0] != "0")
    return int(text) if is_number else None


def _is_word(text: str) -> bool:
    return text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()
