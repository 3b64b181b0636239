"""Allowed output to a terminal: text that is safe to draw, and the sequences that Textual is known for."""

from __future__ import annotations

import re

from tui.core.notes.sanitise import clean

_ALLOWED = re.compile(
    rb"\x1b\[(?:\d{1,3}(?:;\d{1,3})*)?m"  # colours and styles
    rb"|\x1b\[\d{1,4};\d{1,4}H"  # where to draw
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # screen, mouse, paste, frames
    rb"|\x1b\[\?(?:2026|2048)\$p"  # what the terminal is capable of
    rb"|\x1b\[(?:>25|<)u"  # keys, as Kitty reports them
    rb"|\x1b\]22;[a-z-]{1,20}\x07"  # the shape of the mouse's pointer
    rb"|\x1b\]11;\?\x1b\\"  # the question for the terminal's background
)
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|.)", re.DOTALL)


def strangers(written: bytes) -> list[str]:
    """The parts of a program's output that are neither allowed sequences nor text that is safe to draw."""
    found = []
    for piece in _ALLOWED.split(written):
        try:
            text = piece.decode()
        except UnicodeDecodeError:
            found.append(f"not UTF-8: {piece[:60]!r}")
            continue
        # A line's end is how Textual gets to the next row.
        text = text.replace("\r\n", "")
        if "\n" in text or clean(text) != text:
            unsafe = next(at for at, char in enumerate(text) if char == "\n" or clean(char) != char)
            found.append(repr(text[max(0, unsafe - 10) : unsafe + 50]))
    return found


def unsafe(printed: bytes) -> list[str]:
    """The lines printed by a command that contain anything unsafe: a command needs no sequence."""
    return [repr(line) for line in printed.decode(errors="replace").split("\n") if clean(line) != line]


def smuggled(written: bytes, notes: str) -> list[str]:
    """The sequences from some notes that are in a program's output, even if they are allowed ones."""
    return [each for each in dict.fromkeys(_SEQUENCE.findall(notes)) if len(each) > 4 and each.encode() in written]
