"""The configuration as text: the file in use, and each setting with its value and origin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def settings_text(path: str | None, notice: str, settings: Iterable[tuple[str, object, str]]) -> Iterator[str]:
    """A line per setting, in the configuration's syntax, with its origin after ``#``.

    Args:
        path: The configuration in use; None if there is none.
        notice: One line about ignored settings; empty if there are none.
        settings: Name, value and origin of each.
    """
    yield f"# {path or 'no configuration file: these are the defaults'}"
    if notice:
        yield f"# {notice}"
    rows = [
        (f"{name} is not set" if value is None else f"{name} = {_value(value)}", origin)
        for name, value, origin in settings
    ]
    width = max(len(line) for line, _ in rows)
    for line, origin in rows:
        yield f"{line:{width}}  # {origin}"


def _value(value: object) -> str:
    """Format a value as TOML."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
