"""A terminal's screen: what a program's bytes make of it, and what the terminal answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNKNOWN = re.compile(rb"\x1b\[(?:[<=>][0-9;]*[@-~]|\?[0-9;]*[mn])|\x1bP[^\x1b]*\x1b\\\\")
"Sequences that pyte would draw as text or trip over: keyboard protocols, private requests, strings for devices."
_COMBINING = re.compile(rb"((?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]){16})(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf])+")
"More marks on one letter than a terminal draws; pyte takes a time that is quadratic in them."
ALTERNATE = 1049
"The mode of a program that draws on a screen of its own."
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;]*|P[^\x1b]*\x1b?)?\Z")


class Emulator(pyte.Screen):
    """Cells as a program has drawn them; ``answer`` gets what the terminal sends back, as where the cursor is."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        super().__init__(columns, rows)
        self._answer = answer
        self._stream = pyte.ByteStream(self)
        self._unfinished = b""

    def take(self, data: bytes) -> None:
        """Draw what the program has sent; a sequence may be cut anywhere."""
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished.group() if unfinished else b""
        whole = data[: len(data) - len(self._unfinished)]
        try:
            self._stream.feed(_COMBINING.sub(rb"\1", _UNKNOWN.sub(b"", whole)))
        except TypeError:
            # A sequence cut in its middle, where a program that ends discards what the terminal has not taken in
            # time: a terminal goes on behind it, and pyte's parser does not.
            self._stream = pyte.ByteStream(self)

    @property
    def display(self) -> list[str]:
        """The rows; pyte's own trips over the second half of a wide character whose first half was drawn over."""
        return ["".join(self.buffer[row][column].data for column in range(self.columns)) for row in range(self.lines)]

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        """Take up modes; that of a screen of one's own, which pyte does not know, begins with an empty one."""
        super().set_mode(*modes, **kinds)
        if kinds.get("private") and ALTERNATE in modes:
            self.erase_in_display(2)

    def write_process_input(self, data: str) -> None:
        self._answer(data)


def environment(inherited: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program in such a terminal, whatever terminal this process is in."""
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    kept = {name: value for name, value in inherited.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    return {**kept, **terminal, **extra}
