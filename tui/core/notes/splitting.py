"""Splitting a note into episodes: its options, its results, and edits of a note."""

from __future__ import annotations

from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.core.notes.model import Body, Episode
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Parse
    from tui.core.notes.titles import Title
    from tui.core.pieces import Pieces


class Options(NamedTuple):
    """Options for splitting notes into episodes."""

    episodes: Literal["auto", "file"] | int = "auto"
    '"auto" to guess from the note, "file" for one episode per file, or a level of Markdown headings.'
    episode_pattern: str | None = None
    "A regular expression; headings, or lines of pasted text, that match it start an episode."
    in_folder: bool = False
    "True if the note is one of several in a folder, where a file is usually one episode."
    line_breaks: LineBreaks = "auto"
    "The line breaks of a paragraph to keep."

    @property
    def splits_by_looks(self) -> bool:
        """True if episodes are found by the note's text alone."""
        return self._replace(line_breaks="auto") == Options()


class Definitions(NamedTuple):
    """The link references and footnotes that a note defines, anywhere in it."""

    links: Mapping[str, str] = MappingProxyType({})
    "Addresses as written, by label in the format's normal form."
    footnotes: frozenset[str] = frozenset()
    "The labels of footnotes, in the same form."


NO_DEFINITIONS = Definitions()


class Start(NamedTuple):
    """The start of an episode."""

    offset: int
    "Offset of its first code point in the text."
    line: int
    "Its first line, 0-based."
    title: Title
    parse: Parse
    "Parses its source into blocks; parsers that give the same result compare equal."


class Split(NamedTuple):
    """A note's text split into title, author and episodes."""

    title: str | None
    author: str | None
    starts: list[Start]
    "In order, at least one; each episode ends where the next one starts."
    reparse: Callable[[Parse], Parse] | None = None
    "Updates the parser of every episode in the note after an edit: maps the former parser to the new one."


def name_of(path: str) -> str:
    """The name of a note without a title: its file name without the extension, or the page it is of in Logseq."""
    folder, _, name = path.rpartition("/")
    name = _ENDING.sub("", name)
    if folder.rpartition("/")[2] == PAGES and ("___" in name or "%" in name):
        name = _ESCAPED.sub(_unescaped, name.replace("___", "/"))
    return clean(name)


PAGES = "pages"
"The folder of Logseq's pages, in whose file names `___` stands for a slash and `%3F` and the like for other signs."
_ENDING = deferred(r"(?<=.)\.[^./]{1,9}$")
_ESCAPED = deferred(r"(?:%[0-9A-Fa-f]{2})+")


def _unescaped(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]


def episodes_of(text: str, starts: list[Start], form: str) -> tuple[Episode, ...]:
    """Cut a text into unparsed episodes; ``form`` is the name of its format."""
    bounds = [*(start.offset for start in starts), len(text)]
    sizes = [_size(text[first:end]) for first, end in pairwise(bounds)]
    places = [*accumulate(sizes, initial=_size(text[: bounds[0]]))]
    # Encoding the episodes one by one would scatter them among temporary bytes: at 100 MB, holes of 30 MB.
    utf8 = text.encode("utf-8", "surrogatepass")
    return tuple(
        Episode(
            start.title.text,
            start.line + 1,
            Body.of_utf8(utf8[first:end], start.parse, form),
            start.title.guests,
            start.title.show,
            start.title.date,
        )
        for start, (first, end) in zip(starts, pairwise(places), strict=True)
    )


def _size(text: str) -> int:
    """The size of a text in UTF-8, in bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


class Edit(NamedTuple):
    """A part of a note that an edit may have changed, in whole episodes."""

    first: int
    "Number of its first old episode."
    end: int
    "Number of the old episode after it, if any; that one and those below are unchanged."
    below: int
    "Number of old episodes below it."
    old: str
    "Its old text together with the next episode's, from the note's first line on if ``first`` is 0."
    new: str
    "Its new text, with the same extent."
    next: int
    "Expected start of the next episode in ``new``."
    whole: Pieces | None
    "The note's whole new text; None if lines were only added at the end."
    growth: dict[str, object] | None = None
    "State that the format keeps from one addition of lines to the next; None if ``whole`` is given."

    def fits(self, starts: Sequence[int]) -> bool:
        """True if episodes starting at these offsets of ``new`` leave the neighbours of the edit unchanged."""
        return (not self.first or starts[:1] == [0]) and (not self.below or starts[-1:] == [self.next])
