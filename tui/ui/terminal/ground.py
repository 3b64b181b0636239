"""The terminal's background colour: requested once Textual has the terminal, and answered among the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = "\x1b]11;?\x1b\\"
"Requests the background colour; ignored by terminals that do not support it."
_PART = "([0-9a-fA-F]{1,4})"
_TOLD = deferred(rf"\x1b\]11;rgba?:{_PART}/{_PART}/{_PART}[^\x07\x1b]{{0,5}}(?:\x07|\x1b\\)")
_BEGUN = deferred(r"\x1b(?:\](?:1(?:1(?:;[a-zA-Z0-9:/]{0,32}\x1b?)?)?)?)?\Z")
"Matches an incomplete answer."
_KEYS = ("\x1b", "\x1b]")
"Incomplete answers that may also be keys: escape, and `]` with alt."
_SHARES = (0.2126, 0.7152, 0.0722)
"Weights of red, green and blue in luminance."


class GroundAnswer:
    """Filters the answer from the terminal's input, however that is split."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        """Expect an answer; ``tell`` is called once, with True for a light background."""
        self._tell = tell
        self._held = ""
        self.is_awaited = True
        "False once the answer has arrived."

    def feed(self, sent: str) -> str:
        """The input without the answer, or without the part of it that has arrived."""
        text = self._held + sent
        self._held = ""
        if found := _TOLD.search(text):
            self.is_awaited = False
            light = sum(share * _share(part) for share, part in zip(_SHARES, found.groups(), strict=True))
            self._tell(light > 0.5)
            return text[: found.start()] + text[found.end() :]
        if begun := _BEGUN.search(text):
            self._held = begun.group()
            return text[: begun.start()]
        return text

    @property
    def is_held(self) -> bool:
        """True while something is held back that may be a key."""
        return self._held in _KEYS

    def rest(self) -> str:
        """Release the keys held back, once nothing follows them."""
        if not self.is_held:
            return ""
        keys, self._held = self._held, ""
        return keys


def _share(part: str) -> float:
    """A colour component of one to four hexadecimal digits, scaled to the range from 0 to 1."""
    return int(part, 16) / int(len(part) * "f", 16)
