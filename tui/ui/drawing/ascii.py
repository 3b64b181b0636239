"""The screen in ASCII: each character replaced by one of the same width, for terminals and fonts that lack others."""

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
"The ASCII form of each character that is not a letter."


def in_ascii(text: str, *, is_whole: bool) -> str:
    """Replace symbols by ASCII of the same width; with ``is_whole``, letters as well.

    Letters then lose their accents, and those of other alphabets become one ``?`` per cell.
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
