"""The screen in ASCII: each sign as one of the same width, for terminals and fonts without others."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

_FORMS = {
    "|": "│┃▎▏▕║┆┊╎",
    ">": "▌→▸▶❯›»",
    "<": "←‹«◀",
    "^": "↑▲▔",
    "v": "↓▼",
    "\\": "↳",
    "-": "─━–—‐‑‒−╌┄·",
    "=": "═",
    "+": "╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝",
    "*": "•●▪■★⁃‣",
    "o": "○◦▫□",
    "x": "×✗✕☒",
    "'": "‘’‚′",
    '"': "“”„″✎",
    ".": "…",
    "#": "█▄▀▊▋░▒▓",
    "_": "▁▂",
    " ": "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}",
}
SIGNS = str.maketrans({sign: plain for plain, signs in _FORMS.items() for sign in signs})
"The ASCII form of each sign that is no letter."


def in_ascii(text: str, *, is_whole: bool) -> str:
    """The text with its signs in ASCII, as many cells wide; with ``is_whole``, the letters as well.

    Letters then lose their accents; one outside the Latin alphabet becomes a ``?`` per cell.
    """
    if text.isascii():
        return text
    text = text.translate(SIGNS)
    return text if text.isascii() or not is_whole else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    fits = base.isascii() and base.isprintable() and cell_len(letter) <= 1
    return base if fits else "?" * cell_len(letter)
