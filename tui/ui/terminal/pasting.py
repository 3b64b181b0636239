"""Tells what was pasted from what was typed, in what a terminal with bracketed paste sends."""

from __future__ import annotations

from tui.core.patterns import deferred

START, END = "\x1b[200~", "\x1b[201~"
"What a terminal sends before and behind a text that is pasted."

_SEQUENCES = deferred(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x1b\x07\x90-\x9f]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"Control sequences, and control characters by themselves but for tabs and line ends."


class Pastes:
    """Holds a paste back until all of it is there, and takes out of it what could be a key or act on a terminal.

    A text that holds the sign for the end of a paste would have the rest of it taken for keys: a paste goes on to the
    last such sign that comes in a row.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        "What came of a paste, or of what may be the sign for the start of one."
        self._sign = START
        "What is left to send of the sign for the start."
        self._is_pasting = self._is_escaped = False
        "Whether a paste has begun; whether the last that was handed on is an escape, which may have begun its sign."
        self._tail = ""
        "The last characters of a paste, in which the sign for its end may begin."
        self._is_whole = False

    @property
    def is_held(self) -> bool:
        """Tell if anything is held back."""
        return self._is_pasting or bool(self._held)

    @property
    def is_open(self) -> bool:
        """Tell if a paste is held back of which the end is still to come."""
        return self._is_pasting and not self._is_whole

    def feed(self, sent: str) -> str:
        """What of the text that the terminal has sent can be handed on: keys, and no paste yet."""
        if self._is_pasting:
            self._hold(sent)
            return ""
        text = "".join((*self._held, sent))
        self._sign = START[self._is_escaped and text.startswith(START[1:]) :]
        keys, sign, rest = text.partition(self._sign)
        self._held, self._tail, self._is_whole = [], "", False
        if self._is_escaped and text and START[1:].startswith(text) and not sign:
            self._held = [text]
            return ""
        if sign:
            self._is_pasting = True
            self._hold(rest)
        elif begun := next((size for size in range(len(START) - 1, 1, -1) if keys.endswith(START[:size])), 0):
            # An escape alone is not held back: it is a key, unless more comes soon.
            keys, self._held = keys[:-begun], [keys[-begun:]]
        self._is_escaped = keys.endswith(START[0])
        return keys

    def _hold(self, sent: str) -> None:
        self._held.append(sent)
        near = self._tail + sent
        self._is_whole = self._is_whole or END in near
        self._tail = near[1 - len(END) :]

    def rest(self) -> str:
        """What is held back, as nothing more came: the paste, cleaned and between its signs, and keys behind it."""
        held, self._held = "".join(self._held), []
        if not self._is_pasting:
            self._is_escaped = held.endswith(START[0])
            return held
        text, end, behind = held.rpartition(END)
        self._is_pasting = self._is_escaped = False
        pasted = f"{self._sign}{_SEQUENCES.sub('', text if end else behind)}{END}"
        return pasted + (self.feed(behind) if end else "")
