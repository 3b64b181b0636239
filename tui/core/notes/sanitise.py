"""The one way from a note's text to what may be drawn: code points mapped one to one."""

from __future__ import annotations

from tui.core.patterns import deferred

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_MIDDLE_DOT = "\N{MIDDLE DOT}"

_REPLACED = (
    (0x80, 0x9F),  # C1: a terminal may take them for CSI, OSC or DCS
    (0x061C, 0x061C),  # bidi controls: they reorder what stands around them
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2066, 0x206F),
    (0xD800, 0xDFFF),  # surrogates: no UTF-8 output takes them
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xE0000, 0xE007F),  # tags: invisible text
)
_DOTTED = ((0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200C), (0x2060, 0x2064), (0xFEFF, 0xFEFF))
_LINE_ENDS = ((0x2028, 0x2029),)
_CONTROLS = ((0x00, 0x09), (0x0B, 0x1F), (0x7F, 0x7F))


def _codes(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [code for low, high in ranges for code in range(low, high + 1)]


_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in _codes(_CONTROLS)},
    **dict.fromkeys(_codes(_REPLACED), _REPLACEMENT),
    **dict.fromkeys(_codes(_DOTTED), _MIDDLE_DOT),
    **dict.fromkeys(_codes(_LINE_ENDS), "\N{SYMBOL FOR NEWLINE}"),
    0x09: " ",
    0x7F: "\N{SYMBOL FOR DELETE}",
}
# Written as ranges: a class of single code points is searched 25 times slower.
UNSAFE = deferred(
    "[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _CONTROLS + _REPLACED + _DOTTED + _LINE_ENDS) + "]"
)
"What `clean` replaces."


def clean(text: str) -> str:
    """The text as it may be drawn: as many code points as before, no control sequence among them.

    Line feeds stay, a tab is a space, other C0 controls are their pictures, invisible ones a middle dot;
    what could reorder or hide text, and what cannot be encoded, is U+FFFD. The zero-width joiner and
    variation selectors stay: emoji need them. Cleaning twice changes nothing.
    """
    return text.translate(_TABLE) if UNSAFE.search(text) else text


def in_one_row(text: str) -> str:
    """The text as it may be drawn where there is one row for it: as `clean` gives it, line feeds as their symbol."""
    return clean(text).replace("\n", "\N{SYMBOL FOR NEWLINE}")
