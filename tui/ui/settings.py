"""The settings in force, and configuration changes while the reader runs."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from tui.errors import EarmarkError
from tui.keys import keys_of, spelt
from tui.ui.drawing.look import is_in_ascii

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from tui.files.config import Config
    from tui.files.opened import Opened

    class ConfigSource(Protocol):
        """The configuration, which can be reloaded when it changes."""

        seen: tuple[object, ...]
        "The value of `state` just before the configuration was last read."

        def load(self) -> Config:
            """The configuration in force; raises ConfigError."""

        def state(self) -> tuple[object, ...]:
            """A fingerprint that differs whenever the configuration may have changed."""


LOOK = 2.0
"Seconds between checks for a changed configuration."
AT_START = ("notes", "episodes", "episode_pattern", "line_breaks", "mouse", "links_into")
"Settings that only take effect at the next start."


class LiveSettings:
    """The configuration and the keys in force."""

    def __init__(self, opened: Opened, settings: ConfigSource | None = None) -> None:
        self.opened = opened
        self._settings = settings
        self._is_wrong = False
        "True while a reported error in the configuration is not corrected."
        self.use(opened.config)

    def use(self, config: Config) -> None:
        """Apply a configuration."""
        self.config = self.opened.config = config
        self.keys = keys_of(config.keys)
        "The keys of every action, by action name."
        self._in_ascii = is_in_ascii(config, os.environ)

    def written(self, keys: str) -> str:
        """Keys as they are written on this screen."""
        return spelt(keys) if self._in_ascii else keys

    def is_key(self, name: str) -> bool:
        """True if a key, given by Textual's name, has a binding."""
        return any(name in keys for keys in self.keys.values())

    async def check(self, use: Callable[[Config], None], say: Callable[[str], None]) -> None:
        """Check for a changed configuration, and apply it."""
        settings = self._settings
        if settings is None or settings.state() == settings.seen:
            return
        try:
            config = await asyncio.to_thread(settings.load)
        except EarmarkError as error:
            self._is_wrong = True
            say(f"{error}; keeping the previous settings")
            return
        if config != self.config or self._is_wrong:
            self._is_wrong = False
            use(config)
