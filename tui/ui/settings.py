"""Changes to the configuration, taken up while the reader runs."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import EarmarkError
from tui.keymap import CHOOSING, DECIDING, does_of
from tui.ui.commands.themes import ThemingApp
from tui.ui.key_dispatch import KeyingApp

if TYPE_CHECKING:
    from typing import Protocol

    from tui.files.config import Config
    from tui.files.opened import Opened

    class Settings(Protocol):
        """The configuration, to be read anew when it has changed."""

        seen: tuple[object, ...]
        "What `state` gave just before the configuration was read last."

        def load(self) -> Config:
            """The configuration in force; raises ConfigError."""

        def state(self) -> tuple[object, ...]:
            """What tells whether it may have changed."""


LOOK = 2.0
"Seconds between two looks at whether the configuration has changed."
AT_START = ("notes", "episodes", "episode_pattern", "mouse")
"Settings that count from the next start."


class ConfiguringApp(KeyingApp, ThemingApp):
    """An app whose width, theme, keys, names of colours and editor can be set while it runs."""

    def __init__(self, opened: Opened, settings: Settings | None = None) -> None:
        super().__init__(opened)
        self.config = opened.config
        self._settings = settings
        self._is_config_wrong = False
        "Whether a mistake was told that is to be taken back when it is mended."

    def watch_config(self) -> None:
        """Say what of the configuration is ignored, and begin to look at it now and then."""
        if self.config.notice:
            self.status.say(self.config.notice, is_warning=True)
        if self._settings is not None:
            self.set_interval(LOOK, partial(self._look_at_config, self._settings))

    async def _look_at_config(self, settings: Settings) -> None:
        if settings.state() == settings.seen:
            return
        try:
            config = await asyncio.to_thread(settings.load)
        except EarmarkError as error:
            self._is_config_wrong = True
            self.status.say(f"{error}; the settings before it hold", is_warning=True)
            return
        if config != self.config or self._is_config_wrong:
            self._is_config_wrong = False
            self.use_config(config)

    def use_config(self, config: Config) -> None:
        """Have these settings hold."""
        before, self.config = self.config, config
        self.opened.config = config
        self.use_keys(config)
        self.bullets.set_keys(does_of(CHOOSING, self.keys))
        deciding = does_of(DECIDING, self.keys)
        self.questions.set_keys(deciding)
        self.highlights.set_keys(deciding)
        self.bullets.set_measure(config.width)
        if (config.theme, config.ascii) != (before.theme, before.ascii):
            self.wear(self.opened.theme())
        self.show_hints()
        self.show_highlights()
        self.show_status()
        late = [name for name in AT_START if getattr(config, name) != getattr(before, name)]
        if config.notice:
            self.status.say(config.notice, is_warning=True)
            return
        self.status.say(f"From the next start: {', '.join(late)}" if late else "The configuration was read again")
