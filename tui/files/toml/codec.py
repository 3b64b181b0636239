"""Conversion between TOML and plain dicts: the one place that imports tomllib and tomli-w."""

from __future__ import annotations

import codecs
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tui.core import dotted_keys
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Table = dict[str, Any]

_LINE_IN_MESSAGE = deferred(r"\(at line (\d+), column \d+\)$")
DEEPEST = 100
"Deepest nesting of tables and lists; programs that write TOML back cannot read more."
_HUGE_NUMBER = deferred(r"\d{4000}")
_LONG_NUMBER = deferred(r"(?:^|[=,\[{])[ \t]*([-+]?[0-9][0-9A-Za-z_]{15,})", re.MULTILINE)
_SURROGATE = deferred("[\ud800-\udfff]")
_SHORT_ARRAY = deferred(r'^([^\s=]+) = \[\n((?: {4}"(?:[^"\\\n]|\\.)*",\n)+)\]$', re.MULTILINE)
_KEY_PART = deferred(r"""\s*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)\s*""")


class TomlError(Exception):
    """A text is not TOML."""

    def __init__(self, reason: str, line: int | None) -> None:
        super().__init__(reason, line)
        self.reason = reason
        "The problem, without a final full stop."
        self.line = line
        "The 1-based line at fault, if known."


def loads(data: bytes | str) -> Table:
    """Parse a document into a dict; bytes are UTF-8, with or without a byte order mark.

    Raises TomlError and nothing else, whatever the text.
    """
    import tomllib

    text = decode(data) if isinstance(data, bytes) else data
    if (line := dotted_keys.too_long_in(text)) is not None:
        raise TomlError(f"a key of more than {dotted_keys.MOST_PARTS} dotted parts", line)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _located(str(error), text) from None
    except RecursionError:
        raise TomlError("values are nested too deeply", None) from None
    except ValueError as error:
        if (number := _HUGE_NUMBER.search(text)) is None:
            raise TomlError(str(error), None) from None
        line = text.count("\n", 0, number.start()) + 1
        raise TomlError("a number with more digits than Python reads", line) from None
    _check(document, text)
    return document


def dumps(document: Mapping[str, Any]) -> str:
    """Write a dict as TOML that `loads` reads back as an equal dict.

    Nested dicts always become tables, and lists of dicts arrays of tables, so that a diff shows each change on its own.
    Times in UTC are written with ``Z``. Lone surrogates, which TOML cannot represent, become U+FFFD.
    """
    text = "\n".join(_sections(document, (), ""))
    return storable(text)


def decode(data: bytes) -> str:
    """Decode a TOML file and normalise its line ends to ``\\n``. Raises TomlError if it is not UTF-8."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlError("not UTF-8", line) from None
    return text.replace("\r\n", "\n")


def storable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which occur in undecodable paths and which TOML cannot represent."""
    return _SURROGATE.sub("\ufffd", text)


def key_line(text: str, key: Sequence[str], *, table: int = 0) -> int | None:
    """The 1-based line that sets a key, given by its components; in an array of tables, within table number ``table``.

    If no line sets the key, the line of the innermost table or value that would contain it; None if there is none. Only
    for messages: it works by lines, and can be misled by a line of a multi-line string.
    """
    wanted = tuple(key)
    found, deepest = None, 0
    header: tuple[str, ...] = ()
    index = -1
    for number, line in enumerate(text.split("\n"), 1):
        opening = line.lstrip()
        if opening.startswith("["):
            full = header = _key_parts(opening.lstrip("["))
            index += header == wanted[:-1]
        else:
            full = header + _key_parts(opening) if "=" in opening else ()
        in_other_table = header == wanted[:-1] and index not in (-1, table)
        if deepest < len(full) and full == wanted[: len(full)] and not in_other_table:
            found, deepest = number, len(full)
    return found


def _check(document: Table, text: str) -> None:
    """Raise TomlError for values that cannot be used or written back: huge integers and deep nesting."""
    waiting: list[tuple[Table | list[Any], int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise TomlError("values are nested too deeply", None)
        for each in value.values() if isinstance(value, dict) else value:
            if isinstance(each, dict | list):
                waiting.append((each, depth + 1))
            elif isinstance(each, int) and not -(1 << 63) <= each < 1 << 63:
                number = _LONG_NUMBER.search(text)
                line = text.count("\n", 0, number.start(1)) + 1 if number else None
                raise TomlError("a number of more than 64 bits", line)


def _located(message: str, text: str) -> TomlError:
    match = _LINE_IN_MESSAGE.search(message)
    line = int(match[1]) if match else text.count("\n") + 1
    reason = message[: match.start()] if match else message.removesuffix("(at end of document)")
    reason = reason.strip()
    return TomlError(reason[:1].lower() + reason[1:], line)


def _key_parts(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    position = 0
    while match := _KEY_PART.match(text, position):
        parts.append(match[1].strip("\"'"))
        position = match.end()
        if not text.startswith(".", position):
            break
        position += 1
    return tuple(parts)


class _Moment(datetime):
    """A UTC time that tomli-w writes by ``str``, here in RFC 3339 with ``T`` and ``Z``."""

    def __str__(self) -> str:
        return self.replace(tzinfo=None).isoformat() + "Z"


def _sections(table: Mapping[str, Any], path: tuple[str, ...], header: str) -> Iterator[str]:
    """The table's own text, then that of its subtables; tomli-w alone would write short ones inline."""
    import tomli_w

    inner = {key: value for key, value in table.items() if _tables_in(value) is not None}
    plain = {key: _moments(value) for key, value in table.items() if key not in inner}
    own = header + _SHORT_ARRAY.sub(_on_one_line, tomli_w.dumps(plain))
    if own:
        yield own
    for key, value in inner.items():
        deeper = (*path, tomli_w.dumps({key: 0}).removesuffix(" = 0\n"))
        brackets = "[{}]\n" if isinstance(value, dict) else "[[{}]]\n"
        for inside in _tables_in(value) or ():
            yield from _sections(inside, deeper, brackets.format(".".join(deeper)))


def _tables_in(value: object) -> Sequence[Mapping[str, Any]] | None:
    """The tables that a value is written as; None if it is written on its key's line."""
    if isinstance(value, dict):
        return (value,)
    if isinstance(value, list | tuple) and value and all(isinstance(item, dict) for item in value):
        return value
    return None


def _moments(value: object) -> object:
    match value:
        case datetime() if value.utcoffset() == timedelta():
            return _Moment.combine(value.date(), value.timetz())
        case list() | tuple():
            return [_moments(item) for item in value]
        case dict():
            return {key: _moments(item) for key, item in value.items()}
    return value


def _on_one_line(match: re.Match[str]) -> str:
    items = [line.strip(" ,") for line in match[2].rstrip("\n").split("\n")]
    line = f"{match[1]} = [{', '.join(items)}]"
    return line if len(line) <= 100 else match[0]
