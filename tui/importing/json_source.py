"""JSON sources, with the lines on which their objects begin."""

from __future__ import annotations

import json

from tui.errors import SourceError

_SPACE = " \t\n\r"


def parsed(path: str, text: str) -> object:
    """Parse JSON; raises SourceError, with the line, if it is invalid."""
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(path, f"this is not JSON: {error.msg}", "export it again", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise SourceError(path, "this JSON is nested too deeply, or a number is too long", "export it again") from error
    return found


def lines_in(text: str, key: str) -> list[int]:
    """The line on which each item of a list begins: the first list under this key, or the first of all for an empty
    key.
    """
    decoder, lines = json.JSONDecoder(), []
    at = text.find("[", text.find(f'"{key}"') if key else 0)
    line, counted = 1, 0
    while at >= 0:
        at += 1
        while at < len(text) and text[at] in _SPACE:
            at += 1
        if at >= len(text) or text[at] == "]":
            break
        line += text.count("\n", counted, at)
        counted = at
        lines.append(line)
        _, at = decoder.raw_decode(text, at)
        while at < len(text) and text[at] in _SPACE:
            at += 1
        if at >= len(text) or text[at] != ",":
            break
    return lines
