"""References in a note: links and footnotes that are defined in one place and used in others.

A link definition is notation if a reference resolves to its address. One without references is text: a speaker's words
after a bracketed name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.format import Footnote
from tui.core.notes.markdown import fences
from tui.core.notes.splitting import NO_DEFINITIONS, Definitions
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Container, Iterable


class Definition(NamedTuple):
    """The definition of a link reference."""

    key: str
    address: str
    "The address as written."
    end: int
    "The position after its last line."


FOOTNOTE = r"\[\^(?P<footnote>[^\]\[\s\\]{1,500})\]"
"Matches a footnote's label."
_FENCE_OR_LABEL = deferred(
    r"^[ \t>]*(?P<item>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    rf"(?:(?P<fence>{fences.OPENING})[^\n]*$"
    rf"|{FOOTNOTE}:"
    r"|(?P<label>\[(?:[^\\\[\]\n]|\\.){1,999}\]:))",
    re.MULTILINE,
)
_FOOTNOTE = deferred(rf"{FOOTNOTE}:?")
_FOOTNOTE_TEXT = deferred(rf"[ \t>]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)*{FOOTNOTE}:")
_IN_BRACKETS = deferred(r"\[(?<!\\\[)([^\\\[\]]*(?:\\.[^\\\[\]]*)*)\](?!\()", re.DOTALL)
"""Brackets without nested brackets, a backslash before them or an address after them, which may be a reference. Each
bracket behind a backslash is skipped, since it would be read again from every one before it."""
_ONLY_MARKS = deferred(r"(?:[^\w\[]|[\d_\u2460-\u24ff]|[^\W\d_\u2460-\u24ff]{1,5}[.)、）]|\[\^[^\]\[\s\\]{1,500}\]:)*")
"The start of a line up to a definition: markers of quotes, items and a footnote."
_NO_PARAGRAPH = deferred(rf"[ \t>]*(?:#{{1,6}}[ \t][^\n]*|{fences.RUN})?")
_LABEL = deferred(r"\[((?:[^\\\[\]]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?", re.DOTALL)
_ADDRESS = deferred(r"<((?:[^<>\\\n]|\\.)*)>|([^\s<][^\s]*)")
_IN_TITLE = r"(?:\\[^\n]?+|\n(?![ \t]*\n))"
"Characters of a title other than plain ones; a title contains no blank line."
_TITLE = deferred(
    rf"""(?:[ \t]+|[ \t]*\n[ \t]*)
    (?:"[^"\\\n]*+(?:{_IN_TITLE}[^"\\\n]*+)*"
      |'[^'\\\n]*+(?:{_IN_TITLE}[^'\\\n]*+)*'
      |\([^()\\\n]*+(?:{_IN_TITLE}[^()\\\n]*+)*\))
    [ \t]*(?:\n|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_LINE_END = deferred(r"[ \t]*(?:\n|\Z)")
_ADDRESS_SIGN = deferred(r"[/#@%_()\\]|[:.?]\w")
_PARENTHESIS = deferred(r"\\.|[()]")


class Labels:
    """Collects the definitions and references in a note's texts, one text after another."""

    __slots__ = ("_footnotes", "_links", "_referred")

    def __init__(self) -> None:
        self._links: dict[str, str] = {}
        self._footnotes: set[str] = set()
        self._referred: set[str] | None = None
        "All labels referred to; None as long as no link is defined."

    def add(self, text: str, above: Iterable[str] = ()) -> None:
        """Add a text; the earlier ones, ``above``, are examined again if it defines the first link."""
        links, footnotes, _ = _scan(text)
        self._footnotes |= footnotes
        if self._referred is None and links:
            self._referred = set().union(*map(labels_in, above))
        if self._referred is not None:
            self._referred |= labels_in(text)
        # The first of equal labels wins.
        self._links = {**links, **self._links}

    @property
    def definitions(self) -> Definitions:
        """The definitions so far; links are included only if something refers to them."""
        referred = self._referred or ()
        links = {key: address for key, address in self._links.items() if key in referred}
        return Definitions(links, frozenset(self._footnotes))


def find_definitions(text: str) -> Definitions:
    """The definitions in a whole note; the first of equal labels wins.

    They are recognised line by line, without the structure around them, so definitions whose label spans several lines
    are not found.
    """
    links, footnotes, fenced = _scan(text)
    if links:
        referred = _labels_in(text, fenced, links.keys())
        links = {key: address for key, address in links.items() if key in referred}
    return Definitions(links, frozenset(footnotes)) if links or footnotes else NO_DEFINITIONS


def labels_in(text: str) -> set[str]:
    """The labels, in the form of `label_key`, of everything that may refer to a link, whether or not it is defined."""
    return _labels_in(text, _scan(text)[2] if "```" in text or "~~~" in text else [])


def _labels_in(text: str, fenced: list[int], among: Container[str] | None = None) -> set[str]:
    referred: set[str] = set()
    known: set[str] = set()
    "Labels, as written, that need no further examination."
    ticks = _Ticks(text)
    for found in _IN_BRACKETS.finditer(text):
        if (label := found[1]) in known:
            continue
        key = label_key(label)
        if among is not None and key not in among:
            known.add(label)
        elif bisect_right(fenced, found.start()) % 2 == 0 and _refers(text, found, ticks):
            known.add(label)
            referred.add(key)
    return referred


class _Ticks:
    """Counts the backticks between the start of a line and positions in it, which must be ascending."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.line = self._at = self._count = 0
        "Start of the line; the last position, and the number of backticks before it."

    def before(self, position: int) -> int:
        """The number of backticks before a position in its line."""
        if (end := self._text.rfind("\n", self._at, position)) != -1:
            self.line = self._at = end + 1
            self._count = 0
        self._count += self._text.count("`", self._at, position)
        self._at = position
        return self._count


def _refers(text: str, found: re.Match[str], ticks: _Ticks) -> bool:
    """True for a reference, as opposed to other brackets: definitions, code, escapes, a note's name."""
    start, end = found.span()
    is_in_code = ticks.before(start) % 2 != 0
    if text.startswith(":", end) and _ONLY_MARKS.fullmatch(text, ticks.line, start):
        return False
    return not (is_in_code or (text.startswith("[", start - 1, start) and text.startswith("]", end)))


_Scanned = tuple[dict[str, str], set[str], list[int]]


def _scan(text: str) -> _Scanned:
    """The links and footnotes that a text defines, and the starts and ends of fences alternately."""
    links: dict[str, str] = {}
    footnotes: set[str] = set()
    fenced: list[int] = []
    if "]:" not in text:
        return links, footnotes, fenced
    position = behind_last = 0
    while found := _FENCE_OR_LABEL.search(text, position):
        start, position = found.span()
        if fence := found["fence"]:
            close = fences.closing(fence, r"[ \t>]*").search(text, position)
            position = close.end() if close else len(text)
            fenced += (start, position)
        elif found["footnote"]:
            footnotes.add(label_key(found["footnote"]))
        elif (start in (0, behind_last) or found["item"] or _is_apart(text, start - 1)) and (
            definition := take_definition(text, found.start("label"))
        ):
            links.setdefault(definition.key, definition.address)
            position = max(position, definition.end - 1)
            behind_last = definition.end
    return links, footnotes, fenced


def referred_to(text: str, definitions: Definitions) -> Definitions:
    """The definitions whose labels occur in a text."""
    if not (definitions.links or definitions.footnotes):
        return definitions
    labels = {label_key(found[1]) for found in _REFERENCE.finditer(text)}
    links = {key: address for key, address in definitions.links.items() if key in labels}
    return Definitions(links, frozenset(each for each in definitions.footnotes if f"^{each}" in labels))


_REFERENCE = deferred(r"\[(?=((?:[^\\\[\]]|\\.){1,999})\])", re.DOTALL)
"Text in brackets without nested brackets, like the label of a link reference or footnote."


def _is_apart(text: str, end: int) -> bool:
    """True if the line that ends at a position is not in a paragraph, which a definition cannot interrupt."""
    return _NO_PARAGRAPH.fullmatch(text, text.rfind("\n", 0, end) + 1, end) is not None


def take_definition(text: str, start: int) -> Definition | None:
    """The definition that starts at a position, if it ends with its line (CommonMark 0.31, 4.7)."""
    label = _LABEL.match(text, start)
    if label is None or not (key := label_key(label[1])):
        return None
    address = _ADDRESS.match(text, label.end())
    if address is None or not _is_balanced(address[2]) or _is_word(address[2]):
        return None
    end = _TITLE.match(text, address.end()) or _LINE_END.match(text, address.end())
    if end is None:
        return None
    return Definition(key, address[1] if address[2] is None else address[2], end.end())


def footnotes_in(source: str) -> list[Footnote]:
    """The footnote labels in some lines, in order."""
    found = []
    for number, line in enumerate(source.split("\n") if "[^" in source else ()):
        text = _FOOTNOTE_TEXT.match(line)
        found += [
            Footnote(
                number,
                f"[^{sign[1]}]",
                f"[{sign[1]}]",
                label_key(sign[1]),
                is_text=text is not None and text.end() == sign.end(),
            )
            for sign in _FOOTNOTE.finditer(line)
        ]
    return found


def label_key(label: str) -> str:
    """Normalise a label for comparison: casefolded, with white space collapsed (CommonMark 0.31, 6.3)."""
    return " ".join(label.split()).lower().upper()


def _is_word(address: str | None) -> bool:
    """True for a speaker's words after a bracketed name, as opposed to an address."""
    if address is None or _ADDRESS_SIGN.search(address):
        return False
    return address[-1] in ".?!,;:…。？！" or (address[0].isalpha() and not address[0].islower())


def _is_balanced(address: str | None) -> bool:
    if address is None or not ("(" in address or ")" in address):
        return True
    depth = 0
    for mark in _PARENTHESIS.findall(address):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0
