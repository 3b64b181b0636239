"""JSON output, safe for programs and terminals, as every command prints it."""

from __future__ import annotations

import json

from tui.core.notes.sanitise import UNSAFE


def json_text(value: object) -> str:
    """Format a value as JSON on several lines.

    Characters that a terminal might interpret, or could not display, are escaped, which does not change the parsed
    value.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, indent=2))


def json_line(value: object) -> str:
    """Format a value as JSON on one line, escaped like `json_text`."""
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(text: str) -> str:
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)
