"""The JSON format of every command."""

from __future__ import annotations

import json

from tui.core.notes.sanitise import UNSAFE


def json_text(value: object) -> str:
    """A value as JSON over several lines, for programs and terminals alike.

    Characters that a terminal might obey, or could not show, are escaped; parsing gives the same value.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)
