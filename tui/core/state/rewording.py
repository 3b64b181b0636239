"""The words in which two texts of a block differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui.core.common_start import common_start
from tui.core.notes.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 2_000
"""Most words compared one by one; in longer texts, everything from the first to the last difference counts as
changed."""


class Rewording(NamedTuple):
    """The differences between an earlier and a later text."""

    gone: tuple[Span, ...]
    "Spans of the earlier text that the later one lacks."
    new: tuple[Span, ...]
    "Spans of the later text that the earlier one lacked."


def rewording(old: str, new: str) -> Rewording:
    """The differences, word by word; the space between two changed words counts as changed."""
    before, after = _words(old), _words(new)
    start = common_start(before, after)
    end = common_start(before[start:][::-1], after[start:][::-1])
    middles = before[start : len(before) - end], after[start : len(after) - end]
    if max(map(len, middles)) > MOST_WORDS:
        pairs = [("replace", 0, len(middles[0]), 0, len(middles[1]))]
    else:
        codes = SequenceMatcher(None, *middles, autojunk=False).get_opcodes()
        pairs = [code for code in codes if code[0] != "equal"]
    first = len("".join(before[:start]))
    return Rewording(
        _spans(middles[0], [pair[1:3] for pair in pairs], first),
        _spans(middles[1], [pair[3:] for pair in pairs], first),
    )


def _words(text: str) -> list[str]:
    """Words, the white space between them, and other characters, in order."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _spans(words: Sequence[str], bounds: Sequence[tuple[int, int]], offset: int) -> tuple[Span, ...]:
    """The spans of ranges of words; ranges separated only by a space are joined."""
    text, starts = "".join(words), [0, *accumulate(map(len, words))]
    spans: list[Span] = []
    for left, right in bounds:
        start, end = starts[left], starts[right]
        if start < end and spans and not text[spans[-1].end : start].strip():
            spans[-1] = Span(spans[-1].start, end)
        elif start < end:
            spans.append(Span(start, end))
    return tuple(Span(start + offset, end + offset) for start, end in spans)
