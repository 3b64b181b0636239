"""Separates pasted from typed text in the input of a terminal with bracketed paste."""

from __future__ import annotations

from tui.core.patterns import deferred

START, END = "\x1b[200~", "\x1b[201~"
"Sequences that a terminal sends before and after pasted text."

_SEQUENCES = deferred(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x1b\x07\x90-\x9f]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"Control sequences, and single control characters other than tabs and line ends."


class Pastes:
    """Holds a paste back until it is complete, and removes everything from it that could be a key or control a
    terminal.

    Pasted text may contain the end sequence, after which the rest would be taken for keys; so a paste extends to the
    last end sequence that arrives without a pause.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        "The part of a paste, or of a possible start sequence, received so far."
        self._sign = START
        "The rest of the start sequence that is still expected."
        self._is_pasting = self._is_escaped = False
        """True within a paste; True if the last character passed on is an escape, which may begin the start
        sequence."""
        self._tail = ""
        "The last characters of a paste, which may begin its end sequence."
        self._is_whole = False

    @property
    def is_held(self) -> bool:
        """True while anything is held back."""
        return self._is_pasting or bool(self._held)

    @property
    def is_open(self) -> bool:
        """True while a paste is held back that has not ended."""
        return self._is_pasting and not self._is_whole

    def feed(self, sent: str) -> str:
        """Return the part of the terminal's input that can be passed on: keys, and complete pastes."""
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
            # A single escape is not held back: it is a key unless more follows soon.
            keys, self._held = keys[:-begun], [keys[-begun:]]
        self._is_escaped = keys.endswith(START[0])
        return keys

    def _hold(self, sent: str) -> None:
        self._held.append(sent)
        near = self._tail + sent
        self._is_whole = self._is_whole or END in near
        self._tail = near[1 - len(END) :]

    def rest(self) -> str:
        """Release the text held back, once input pauses: the paste, cleaned and between its sequences, and keys after
        it.
        """
        held, self._held = "".join(self._held), []
        if not self._is_pasting:
            self._is_escaped = held.endswith(START[0])
            return held
        text, end, behind = held.rpartition(END)
        self._is_pasting = self._is_escaped = False
        pasted = f"{self._sign}{_SEQUENCES.sub('', text if end else behind)}{END}"
        return pasted + (self.feed(behind) if end else "")
