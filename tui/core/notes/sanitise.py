"""Sanitising: the one function that turns a note's text into drawable text, code point by code point."""

from __future__ import annotations

from tui.core.patterns import deferred

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_TAGS = (0xE0000, 0xE007F)
_REPLACED = (
    (0x80, 0x9F),  # C1: a terminal may read them as CSI, OSC or DCS
    (0x202D, 0x202E),  # bidi overrides: they reorder their neighbours
    (0x2065, 0x2065),
    (0x206A, 0x206F),
    (0xD800, 0xDFFF),  # surrogates: UTF-8 output cannot encode them
    (0xFFF9, 0xFFFB),  # interlinear annotation
    _TAGS,  # invisible text, except in the flags of England, Scotland and Wales
)
_LINE_ENDS = ((0x2028, 0x2029),)
_CONTROLS = ((0x00, 0x09), (0x0B, 0x1F), (0x7F, 0x7F))
_INVISIBLE = (
    (0xAD, 0xAD),  # soft hyphen
    (0x061C, 0x061C),  # direction marks and isolates, of Hebrew and Arabic
    (0x180E, 0x180E),
    (0x200B, 0x200F),  # joiners, non-joiners and zero-width spaces, of Persian, Hindi, Thai
    (0x202A, 0x202C),  # embeddings, which messengers put around numbers, and the end of overrides
    (0x2060, 0x2064),
    (0x2066, 0x2069),
    (0xFEFF, 0xFEFF),
)


def _class(*ranges: tuple[int, int]) -> str:
    # Written as ranges: a class of single code points is searched 25 times slower.
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


def _codes(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [code for low, high in ranges for code in range(low, high + 1)]


_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in _codes(_CONTROLS)},
    **dict.fromkeys(_codes(_REPLACED), _REPLACEMENT),
    **dict.fromkeys(_codes(_LINE_ENDS), "\N{SYMBOL FOR NEWLINE}"),
    0x09: " ",
    0x7F: "\N{SYMBOL FOR DELETE}",
}
UNSAFE = deferred(f"[{_class(*_CONTROLS, *_REPLACED, *_LINE_ENDS)}]")
"Code points that `clean` replaces, except the tags in a flag."
_FLAG = deferred(f"(\N{WAVING BLACK FLAG}[{_class((0xE0020, 0xE007E))}]+\N{CANCEL TAG})")
"A regional flag, with its region code in tag characters."
INVISIBLE = _class(*_INVISIBLE)
"A character class of zero-width code points that belong to words."
INVISIBLE_CODES = tuple(_codes(_INVISIBLE))
_HAS_INVISIBLE = deferred(f"[{INVISIBLE}]")
_PICTURES = _class(
    *((0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2BFF), (0x3030, 0x303D)),
    *((0x3297, 0x3299), (0xFE0F, 0xFE0F), (0x1F000, 0x1FAFF), _TAGS),
)
"A character class of emoji parts; a joiner between two of them may combine them."
_SHAPES_ALONE = _class(*(each for each in _INVISIBLE if each != (0x200B, 0x200F)), (0x200B, 0x200B), (0x200E, 0x200F))
_UNSEEN = deferred(f"[{_SHAPES_ALONE}]|(?<![{_PICTURES}])\u200d|\u200d(?![{_PICTURES}])")
"""Characters not sent to a terminal: some terminals show them as a hyphen or a space, and direction marks reorder their
neighbours. The non-joiner and emoji joiners stay, since they shape visible text."""


def clean(text: str) -> str:
    """Sanitise a text: replace control sequences, keeping the number of code points.

    Line feeds stay, a tab becomes a space, other C0 controls become their pictures; characters that could reorder text
    or cannot be encoded become U+FFFD. Invisible ones stay, since letters need them: see `drawn`. Cleaning is
    idempotent.
    """
    # Only unprintable characters are replaced, and testing for them takes a tenth of the time.
    if text.isprintable() or not UNSAFE.search(text):
        return text
    if "\N{CANCEL TAG}" in text:
        pieces = _FLAG.split(text)
        return "".join([piece if number % 2 else piece.translate(_TABLE) for number, piece in enumerate(pieces)])
    return text.translate(_TABLE)


def drawn(text: str) -> str:
    """A sanitised text as sent to a terminal: without zero-width characters that shape nothing."""
    return _UNSEEN.sub("", text) if has_invisible(text) else text


def measurable(text: str) -> str:
    """A sanitised text with the same number of code points and the width of `drawn`."""
    return _UNSEEN.sub("\N{ZERO WIDTH SPACE}", text) if has_invisible(text) else text


def visible(text: str) -> str:
    """The text without invisible characters, for searching."""
    return _HAS_INVISIBLE.sub("", text) if has_invisible(text) else text


def has_invisible(text: str) -> bool:
    """True if a text has an invisible character."""
    return not text.isascii() and _HAS_INVISIBLE.search(text) is not None


def in_one_row(text: str) -> str:
    """The text as drawn on a single row: like `drawn`, with a symbol for line feeds."""
    return drawn(clean(text)).replace("\n", "\N{SYMBOL FOR NEWLINE}")


def printable_path(path: str) -> str:
    """A path as Unicode, with replacement characters for bytes that are not UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
