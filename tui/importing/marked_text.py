"""Marks in text that is yet to be parsed: characters placed around them, and their positions afterwards.

These are noncharacters of Unicode, which text must not contain, so parsing leaves them in place. A text is parsed with
and without them; where the results differ in more than these characters, a mark has no certain position.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.core.notes.model import Address, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.core.notes.model import Note

_OPEN, _CLOSE = "\ufdd0", "\ufdef"
_DIGITS = "".join(chr(0xFDD1 + digit) for digit in range(10))
_TO_DIGITS = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS = str.maketrans(_DIGITS, "0123456789")
_SIGN = re.compile(f"{_OPEN}([{_DIGITS}]+)|{_CLOSE}")
_NONE_OURS = re.compile("[\ufdd0-\ufdef]")


def without_sign_characters(text: str) -> str:
    """Remove the characters used here from a text."""
    return _NONE_OURS.sub("", text)


def opening_sign(number: int) -> str:
    """The character sequence that opens a mark, including its number in the text."""
    return _OPEN + str(number).translate(_TO_DIGITS)


CLOSING = _CLOSE
"The character that closes a mark."


def with_signs(text: str, number: int) -> str:
    """Enclose a text as a mark."""
    return f"{opening_sign(number)}{text}{CLOSING}"


def renumbered(text: str, first: int) -> str:
    """Renumber a text's marks, which start at 0, to follow ``first`` others."""
    return _SIGN.sub(lambda found: opening_sign(_number(found) + first) if found[1] else CLOSING, text)


def joined(text: str, are_alike: Callable[[int, int], bool]) -> tuple[str, list[int]]:
    """Merge adjacent marks that are alike, and renumber them; marks must not be nested.

    Also returns the former numbers, in the order of the new ones.
    """
    pieces, numbers = [], list[int]()
    at = 0
    is_closed = False
    for sign in _SIGN.finditer(text):
        between = text[at : sign.start()]
        at = sign.end()
        if not sign[1]:
            pieces.append(between)
            is_closed = True
            continue
        number = _number(sign)
        if is_closed and not between and are_alike(numbers[-1], number):
            is_closed = False
            continue
        pieces += [CLOSING if is_closed else "", between, opening_sign(len(numbers))]
        numbers.append(number)
        is_closed = False
    return "".join([*pieces, CLOSING if is_closed else "", text[at:]]), numbers


def words_of(text: str) -> list[str]:
    """The words of each mark in Markdown, in order; marks must not be nested."""
    return [found[1] for found in _WORDS.finditer(text)]


_WORDS = re.compile(f"{_OPEN}[{_DIGITS}]+(.*?){_CLOSE}", re.DOTALL)


def without_signs(text: str) -> str:
    """Remove the characters that open and close marks."""
    return _SIGN.sub("", text)


def places(marked_note: Note, note: Note) -> dict[int, tuple[Place, ...]]:
    """The positions of marks, by number, in a note that was parsed with and without them.

    Marks without a certain position and marks around no text are left out.
    """
    if len(marked_note.episodes) != len(note.episodes):
        return {}
    found: dict[int, list[Place]] = {}
    uncertain: set[int] = set()
    open_ones: list[int] = []
    for address, text, plain in _blocks(marked_note, note):
        begun = dict.fromkeys(open_ones, 0)
        position = length = 0
        spans: list[tuple[int, Span]] = []
        for sign in _SIGN.finditer(text):
            length += sign.start() - position
            position = sign.end()
            if sign[1]:
                begun[_number(sign)] = length
                open_ones.append(_number(sign))
            elif open_ones:
                number = open_ones.pop()
                spans.append((number, Span(begun.pop(number), length)))
        length += len(text) - position
        spans += [(number, Span(start, length)) for number, start in begun.items()]
        if without_signs(text) != plain:
            uncertain.update(number for number, _ in spans)
            continue
        for number, span in spans:
            if words := plain[span.start : span.end].strip():
                start = plain.index(words, span.start)
                found.setdefault(number, []).append(Place(address, Span(start, start + len(words))))
    return {number: tuple(each) for number, each in found.items() if number not in uncertain}


def _blocks(marked_note: Note, note: Note) -> Iterator[tuple[Address, str, str]]:
    """Pairs of blocks from both notes; an episode is skipped if its numbers of blocks differ."""
    for number, (one, other) in enumerate(zip(marked_note.episodes, note.episodes, strict=True)):
        # Most episodes of a long note have no new mark and need no parsing.
        if _OPEN.encode() not in one.body.utf8 or len(one.blocks) != len(other.blocks):
            continue
        for index, (block, plain) in enumerate(zip(one.blocks, other.blocks, strict=True)):
            yield Address(number, index), block.text, plain.text


def _number(sign: re.Match[str]) -> int:
    return int(sign[1].translate(_FROM_DIGITS))
