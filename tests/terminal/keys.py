"""The bytes a terminal sends for keys and for the mouse."""

from __future__ import annotations

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
}


def sequence(key: str) -> str:
    """The bytes for a key, given as a character, ``ctrl+d``, ``alt+x``, or a name in `KEYS`; raises ValueError
    otherwise.
    """
    if key in KEYS:
        return KEYS[key]
    if key.startswith("ctrl+"):
        return chr(ord(key[5:].upper()) & 0x1F)
    if key.startswith("alt+"):
        return "\x1b" + sequence(key[4:])
    if len(key) != 1:
        raise ValueError(f"no such key: {key}")
    return key


def mouse(button: int, cell: tuple[int, int], *, is_release: bool = False) -> str:
    """A mouse report in xterm's SGR mode (1006); columns and rows count from 0."""
    return f"\x1b[<{button};{cell[0] + 1};{cell[1] + 1}{'m' if is_release else 'M'}"
