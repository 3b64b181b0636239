"""A terminal's screen: the effect of a program's bytes, and the terminal's answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyte
from pyte.modes import IRM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNKNOWN = re.compile(rb"\x1b\[(?:[<=>][0-9;]*[@-~]|\?[0-9;]*[mn])|\x1bP[^\x1b]*\x1b\\\\")
"Sequences that pyte would draw as text or fail on: keyboard protocols, private requests, device strings."
_COMBINING = re.compile(rb"((?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]){16})(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf])+")
"More combining marks on one letter than a terminal draws; pyte takes quadratic time for them."
ALTERNATE = 1049
"The mode for programs that use the alternate screen."
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;]*|P[^\x1b]*\x1b?)?\Z")


_CONTROL = re.compile(r"\x1b\[(\??)([0-9;]*)([@-~])")
"A control sequence of the common form; pyte's parser reads one character at a time."
_MOST = 9999
"The largest number in a sequence."


class _Stream(pyte.ByteStream):
    """pyte's parser, except that one expression reads whole control sequences, which are most of the output."""

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # as in pyte
        text, at = self.utf8_decoder.decode(data), 0
        for match in _CONTROL.finditer(text):
            pyte.Stream.feed(self, text[at : match.start()])
            at = match.end()
            if not self._taking_plain_text:  # inside another sequence
                pyte.Stream.feed(self, match[0])
                continue
            act = getattr(self.listener, self.csi.get(match[3], "debug"))
            numbers = (min(int(each or 0), _MOST) for each in match[2].split(";"))
            act(*numbers, private=True) if match[1] else act(*numbers)
        pyte.Stream.feed(self, text[at:])


class Emulator(pyte.Screen):
    """Cells drawn by a program; ``answer`` receives the terminal's replies, such as the cursor's position."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        super().__init__(columns, rows)
        self._answer = answer
        self._stream = _Stream(self)
        self._unfinished = b""

    def take(self, data: bytes) -> None:
        """Draw a program's output; sequences may be split anywhere."""
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished.group() if unfinished else b""
        whole = data[: len(data) - len(self._unfinished)]
        try:
            self._stream.feed(_COMBINING.sub(rb"\1", _UNKNOWN.sub(b"", whole)))
        except TypeError:
            # A sequence cut in its middle, where a program that ends discards what the terminal has not taken in
            # time: a terminal goes on behind it, and pyte's parser does not.
            self._stream = _Stream(self)

    @property
    def display(self) -> list[str]:
        """The rows; pyte's own method fails on the second half of a wide character whose first half was overwritten."""
        return ["".join(self.buffer[row][column].data for column in range(self.columns)) for row in range(self.lines)]

    def draw(self, data: str) -> None:
        """Draw text, in one step if every character takes one cell and all of them fit."""
        cursor = self.cursor
        if not (data.isascii() and data.isprintable()) or cursor.x + len(data) > self.columns or IRM in self.mode:
            super().draw(data)
            return
        cells = {character: cursor.attrs._replace(data=character) for character in {*data}}
        line = self.buffer[cursor.y]
        for column, character in enumerate(data, cursor.x):
            line[column] = cells[character]
        cursor.x += len(data)
        self.dirty.add(cursor.y)

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        """Set modes; the alternate screen, which pyte does not know, begins empty."""
        super().set_mode(*modes, **kinds)
        if kinds.get("private") and ALTERNATE in modes:
            self.erase_in_display(2)

    def write_process_input(self, data: str) -> None:
        self._answer(data)


def environment(inherited: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program in such a terminal, whatever terminal the tests run in."""
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    kept = {name: value for name, value in inherited.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    return {**kept, **terminal, **extra}
