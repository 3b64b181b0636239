"""JSON for programs and terminals alike, as every command prints it."""

from __future__ import annotations

import json

from tui.core.notes.sanitise import UNSAFE


def json_text(value: object) -> str:
    """A value as JSON over several lines.

    Characters that a terminal might obey, or could not show, are escaped; parsing gives the same value.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, indent=2))


def json_line(value: object) -> str:
    """A value as JSON in one line, escaped like `json_text`."""
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(text: str) -> str:
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)
