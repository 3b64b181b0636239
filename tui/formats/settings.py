"""The configuration as text: the file that was found, and every setting with its value and origin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.files.config import Config

DEFAULT = "default"


def settings_text(config: Config, keys: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A line for each setting, as the configuration would have it, and behind ``#`` where it comes from.

    Args:
        config: The configuration.
        keys: The keys in force, by the action's name.
    """
    yield f"# {config.path or 'no configuration was found: the defaults hold'}"
    origins = {setting.name: setting.origin for setting in config.settings}
    values = {setting.name: setting.value for setting in config.settings}
    values |= {f"keys.{name}": tuple(each) for name, each in keys.items()}
    rows = {
        name: f"{name} = {_value(value)}" if value is not None else f"{name} is not set"
        for name, value in values.items()
    }
    width = max(map(len, rows.values()))
    for name, line in rows.items():
        yield f"{line:{width}}  # {origins.get(name, DEFAULT)}"


def _value(value: object) -> str:
    """A value as TOML has it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
