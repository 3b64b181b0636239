"""Replies of a terminal, found among the keys: to earmark, and to programs that have ended meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = "\x1b]11;?\x1b\\"
"Requests the background colour; ignored by terminals that do not support it."
_PART = "([0-9a-fA-F]{1,4})"
_TOLD = deferred(rf"\x1b\]11;rgba?:{_PART}/{_PART}/{_PART}[^\x07\x1b]{{0,5}}(?:\x07|\x1b\\)")
_REPLY = deferred(
    r"\x1b\][0-9]{1,5};[^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: colours, the clipboard
    r"|\x1bP(?:[0-9]?[+$]r|[>!]\|)[^\x07\x1b]*\x1b\\"  # DCS: capabilities, settings, the terminal's version
    r"|\x1b_G[^\x07\x1b]*\x1b\\"  # APC: kitty's graphics
    r"|\x1b\[[?>=][0-9][0-9;:]*[cmnuSR]"  # CSI: attributes, status, keyboard modes
    r"|\x1b\[(?!48;)[0-9][0-9;:]*(?:[a-ln-tvwxz]|\$y)"  # CSI: attributes, status, sizes; no key ends like this
)
_BEGUN = deferred(
    r"\x1b(?:\](?:[0-9]{1,5}(?:;[^\x07\x1b]*\x1b?)?)?"
    r"|P(?:[0-9]?(?:[+$](?:r[^\x07\x1b]*\x1b?)?)?|[>!](?:\|[^\x07\x1b]*\x1b?)?)?"
    r"|_(?:G[^\x07\x1b]*\x1b?)?|\[(?:[<?>=]|[<?>=]?[0-9][0-9;:]*\$?)?)?\Z"
)
"Matches an incomplete reply, or an incomplete sequence of a key, the mouse or a paste that nobody types."
_KEYS = ("\x1b", "\x1b]", "\x1b[", "\x1bP", "\x1b_")
"Incomplete replies that may also be keys: escape, and a letter or sign with alt."
SPLIT = 0.1
"Seconds in which what follows an escape may belong to it."
CUT = 5.0
"Seconds after which the rest of a reply is no longer expected."
MOST = 256
"Most code points kept of an incomplete reply; what is longer is no reply that earmark reads."
_SHARES = (0.2126, 0.7152, 0.0722)
"Weights of red, green and blue in luminance."


class Replies:
    """Filters replies from the terminal's input, however that is split: as keys, they would run commands."""

    def __init__(self) -> None:
        self._held = self._lead = ""
        "The beginning of a reply, and an escape before it that was passed on already."
        self._since = self._led = 0.0
        "The times at which these arrived."
        self.tell: Callable[[bool], None] | None = None
        "Called once with True for a light background, False for a dark one; None unless that was requested."

    def feed(self, sent: str, now: float) -> str:
        """The input without replies, or without the part of one that has arrived; ``now`` in seconds."""
        if not sent:  # part of a character only
            return ""
        if now > self._since + (CUT if self._held else SPLIT):
            # An escape long ago was a key, and of a reply that was cut off no more will come.
            self._lead = self._held = ""
        lead, text = self._lead, f"{self._lead}{self._held}{sent}"
        # By now an escape followed by parts of a sequence is a key of its own, and the sequence needs another.
        is_key = bool(self._held) and not self.is_held and now > self._led + SPLIT
        self._lead, self._held, self._since = "", "", now
        if "\x1b" not in text:
            return text
        if self.tell is not None and (found := _TOLD.search(text)):
            light = sum(share * _share(part) for share, part in zip(_SHARES, found.groups(), strict=True))
            self.tell(light > 0.5)
            self.tell = None
        is_passed = bool(lead) and not is_key and _REPLY.match(text) is None
        *above, last = _REPLY.split(text)
        begun = _BEGUN.search(last)
        # An escape by itself is passed on at once, unless an answer is expected: it is the key that closes windows.
        if begun and (begun.group() != "\x1b" or self.tell is not None):
            self._held, last = _shortened(begun.group()), last[: begun.start()]
        text = "".join((*above, last))
        if is_passed and text:
            text = text.removeprefix(lead)
        elif is_passed:
            self._lead, self._held = lead, self._held.removeprefix(lead)
        if text.endswith("\x1b") and not self._held:
            self._lead, self._led = "\x1b", now
        return text

    @property
    def is_held(self) -> bool:
        """True while something is held back that may be a key."""
        return bool(self._held) and self._lead + self._held in _KEYS

    def rest(self) -> str:
        """Release the keys held back, once nothing follows them."""
        if not self.is_held:
            return ""
        keys, self._lead, self._held = self._held, "", ""
        return keys


def _shortened(begun: str) -> str:
    """An incomplete reply without its middle, which is looked at again with everything that follows."""
    return begun if len(begun) <= MOST else begun[: MOST - 1] + begun[-1]


def _share(part: str) -> float:
    """A colour component of one to four hexadecimal digits, scaled to the range from 0 to 1."""
    return int(part, 16) / int(len(part) * "f", 16)
