"""A parser for the subset of TOML that earmark writes, about six times as fast as tomllib.

tomllib needs more than a second for a file of 10,000 highlights, in which key presses would lag. All other TOML is left
to tomllib: this parser returns either the same result or None.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.files.toml.codec import Table

_WORD = r"[A-Za-z0-9_-]+"
_CHARS = r'[^"\\\x00-\x08\n-\x1f\x7f]*'
_TEXT = rf'"{_CHARS}(?:\\["\\bfnrt]{_CHARS})*"'
_LINE = re.compile(
    rf"\[\[({_WORD})(?:\.({_WORD}))?\]\]\n"
    rf"|({_WORD}) = (?:"
    rf"({_TEXT})"
    r"|(0|[1-9][0-9]{0,14})"
    r"|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"
    rf"|(\[(?:{_TEXT}(?:, {_TEXT})*)?\])"
    r"|(true|false)"
    r")\n|\n"
)
_EACH_TEXT = re.compile(_TEXT)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def read_table(text: str) -> Table | None:
    """Parse a document of one ``[[table]]`` and the arrays of tables in it; None if the text has anything else."""
    document: Table = {}
    outer: Table | None = None
    table: Table = {}
    inner: dict[str, list[Table]] = {}
    position = 0
    while line := _LINE.match(text, position):
        position = line.end()
        name, inner_name, key, string, number, moment, strings, flag = line.groups()
        if name is not None:
            table = {}
            if inner_name is None and outer is None:
                outer = table
                document[name] = [outer]
                continue
            if outer is None or inner_name is None or name not in document:
                return None
            if inner_name not in inner:
                if inner_name in outer:
                    return None
                outer[inner_name] = inner[inner_name] = []
            inner[inner_name].append(table)
        elif key is not None:
            if outer is None or key in table:
                return None
            if string is not None:
                table[key] = _text(string)
            elif number is not None:
                table[key] = int(number)
            elif moment is not None:
                try:
                    table[key] = datetime.fromisoformat(moment)
                except ValueError:
                    return None
            elif strings is not None:
                table[key] = [_text(each) for each in _EACH_TEXT.findall(strings)]
            else:
                table[key] = flag == "true"
    return document if outer is not None and position == len(text) else None


def _text(quoted: str) -> str:
    body = quoted[1:-1]
    return _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], body) if "\\" in body else body
