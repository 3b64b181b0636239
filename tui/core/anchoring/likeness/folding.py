"""Folding: removes differences in case, white space, quotes and dashes, which other programs change."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from tui.core.notes.model import Span
from tui.core.notes.sanitise import INVISIBLE, INVISIBLE_CODES

_SIGNS = str.maketrans(
    {
        **dict.fromkeys(map(chr, INVISIBLE_CODES), ""),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\xa0": " ",
        "\ufe0e": "",
        "\ufe0f": "",
    }
)
_JOINING = (
    f"{INVISIBLE}\u0300-\u036f\u1100-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe0e\ufe0f\ufe20-\ufe2f"
)
_CLUSTER = re.compile(f".[{_JOINING}]*", re.DOTALL)
"A code point together with those after it that may combine with it (UAX #15: combining marks, Hangul jamo)."


def fold(text: str) -> str:
    """Fold a text: unify case, white space, quotes, dashes and compatibility forms (NFKC).

    Texts that fold to the same form read the same.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    text = text.translate(_SIGNS)
    if not unicodedata.is_normalized("NFKC", text):
        text = "".join(unicodedata.normalize("NFKC", cluster) for cluster in _CLUSTER.findall(text))
    return " ".join(text.casefold().split())


class Folded(NamedTuple):
    """A folded text with a map from its code points to those of the source."""

    text: str
    starts: tuple[int, ...]
    "The start in the source of each code point of ``text``; never decreases."
    ends: tuple[int, ...]
    "The end in the source of each code point of ``text``."

    def source(self, span: Span) -> Span:
        """The source span for a non-empty span of the folded text."""
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def span(self, source: Span) -> Span:
        """The folded span for a span of the source; empty for white space alone."""
        start, end = bisect_right(self.ends, source.start), bisect_left(self.starts, source.end)
        return Span(start, max(start, end))


def fold_with_map(text: str) -> Folded:
    """`fold` with a map back to the source, which takes far longer."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap: tuple[int, int] | None = None
    for cluster in _CLUSTER.finditer(text):
        replaced = _fold_cluster(cluster[0])
        for sign in replaced:
            if sign.isspace():
                gap = gap or cluster.span()
                continue
            if gap and folded:
                folded.append(" ")
                starts.append(gap[0])
                ends.append(gap[1])
            gap = None
            folded.append(sign)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Folded("".join(folded), tuple(starts), tuple(ends))


def _fold_cluster(cluster: str) -> str:
    if cluster.isascii():
        return "'" if cluster == "`" else cluster.lower()
    return unicodedata.normalize("NFKC", cluster.translate(_SIGNS)).casefold()
