"""What a note defines in one place and refers to in others: links and footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Definitions:
    """The link references and footnotes that a note defines."""

    links: Mapping[str, str] = field(default_factory=dict)
    "An address, as written, by its label as `label_key` gives it."
    footnotes: frozenset[str] = frozenset()
    "The footnotes' labels as `label_key` gives them."


NO_DEFINITIONS = Definitions()

_CANDIDATE = re.compile(
    r"""
      ^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$
    | ^[ \t>]*(?P<item>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)
      (?:
        \[\^(?P<footnote>[^\]\[\s\\]{1,500})\]:
      | \[(?P<label>(?:[^\\\[\]\n]|\\.){1,999})\]:
        [ \t]*(?:\n[ \t>]*)?(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<]\S*))
        (?:[ \t]*[ \t\n][ \t>]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$
      )
    """,
    re.MULTILINE | re.VERBOSE,
)
_NO_PARAGRAPH = re.compile(r"[ \t>]*(?:#{1,6}[ \t].*|`{3,}|~{3,}|)", re.DOTALL)


def definitions(text: str) -> Definitions:
    """The definitions of a whole note, wherever in it they stand; the first of equal labels holds.

    They are found by what their lines look like: a definition that spreads its title over several lines gives its
    address all the same, one with its label on several lines none.
    """
    if "]:" not in text:
        return NO_DEFINITIONS
    links: dict[str, str] = {}
    footnotes: set[str] = set()
    position = behind_last = 0
    while found := _CANDIDATE.search(text, position):
        position = found.end()
        if fence := found["fence"]:
            closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
            if not (close := closing.search(text, position)):
                break
            position = close.end()
        elif found["footnote"]:
            footnotes.add(label_key(found["footnote"]))
        else:
            address = found["angled"] if found["bare"] is None else found["bare"]
            start = found.start()
            above = text.rfind("\n", 0, max(start - 1, 0)) + 1
            # It cannot interrupt a paragraph.
            if start and not found["item"] and start != behind_last:
                if not _NO_PARAGRAPH.fullmatch(text, above, start - 1):
                    continue
            if key := label_key(found["label"]):
                links.setdefault(key, address)
            behind_last = position + 1
    return Definitions(links, frozenset(footnotes))


def label_key(label: str) -> str:
    """A label as references are compared: case folded, runs of white space as one (CommonMark 0.31, 4.7)."""
    return " ".join(label.split()).lower().upper()
