"""The settings in force, and changes to the configuration while the reader runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.errors import EarmarkError
from tui.keymap import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from tui.files.config import Config
    from tui.files.opened import Opened

    class ConfigSource(Protocol):
        """The configuration, to be read anew when it has changed."""

        seen: tuple[object, ...]
        "What `state` gave just before the configuration was read last."

        def load(self) -> Config:
            """The configuration in force; raises ConfigError."""

        def state(self) -> tuple[object, ...]:
            """What tells whether it may have changed."""


LOOK = 2.0
"Seconds between two looks at whether the configuration has changed."
AT_START = ("notes", "episodes", "episode_pattern", "line_breaks", "mouse")
"Settings that count from the next start."


class LiveSettings:
    """The configuration and the keys in force."""

    def __init__(self, opened: Opened, settings: ConfigSource | None = None) -> None:
        self.opened = opened
        self._settings = settings
        self._is_wrong = False
        "True where a mistake was told that is to be taken back when it is mended."
        self.use(opened.config)

    def use(self, config: Config) -> None:
        """Have these settings hold."""
        self.config = self.opened.config = config
        self.keys = keys_of(config.keys)
        "The keys of every action, by its name."

    def is_key(self, name: str) -> bool:
        """True where a key, by Textual's name of it, does something."""
        return any(name in keys for keys in self.keys.values())

    async def look(self, use: Callable[[Config], None], say: Callable[[str], None]) -> None:
        """Look at whether the configuration has changed, and have it used if it has."""
        settings = self._settings
        if settings is None or settings.state() == settings.seen:
            return
        try:
            config = await asyncio.to_thread(settings.load)
        except EarmarkError as error:
            self._is_wrong = True
            say(f"{error}; the settings before it hold")
            return
        if config != self.config or self._is_wrong:
            self._is_wrong = False
            use(config)
