"""Options and results of splitting a note into episodes, and edits of one."""

from __future__ import annotations

from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.core.notes.model import Body, Episode
from tui.core.patterns import deferred
from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Parse
    from tui.core.notes.titles import Title


class Options(NamedTuple):
    """Options for splitting notes into episodes."""

    episodes: Literal["auto", "file"] | int = "auto"
    '"auto" by the looks of the note, "file" for the whole file as one, or a level of Markdown headings.'
    episode_pattern: str | None = None
    "A regular expression; headings, or lines of pasted text, that it matches start an episode."
    in_folder: bool = False
    "True if the note is one of several in a folder, where a file tends to be one episode."
    line_breaks: LineBreaks = "auto"
    "The line ends of a paragraph to keep."

    @property
    def splits_by_looks(self) -> bool:
        """True if the looks of the note alone decide where its episodes are."""
        return self._replace(line_breaks="auto") == Options()


class Definitions(NamedTuple):
    """The link references and footnotes that a note defines, wherever in it they stand."""

    links: Mapping[str, str] = MappingProxyType({})
    "Addresses, as written, by label in the format's own spelling."
    footnotes: frozenset[str] = frozenset()
    "The footnotes' labels likewise."


NO_DEFINITIONS = Definitions()


class Start(NamedTuple):
    """The start of an episode."""

    offset: int
    "Offset of its first code point in the text."
    line: int
    "Its first line, counted from 0."
    title: Title
    parse: Parse
    "Parses its source into blocks; equal for equal parsing."


class Split(NamedTuple):
    """A note's text as title, author and episodes."""

    title: str | None
    author: str | None
    starts: list[Start]
    "In order, at least one; each episode ends at the next one's start."
    reparse: Callable[[Parse], Parse] | None = None
    "Changes how every episode of the note is parsed, after an edit: from the former parser to the new one."


def name_of(path: str) -> str:
    """The name of a note without a title: its file's name without the extension."""
    return clean(_ENDING.sub("", path.rpartition("/")[2]))


_ENDING = deferred(r"(?<=.)\.[^./]{1,9}$")


def episodes_of(text: str, starts: list[Start], form: str) -> tuple[Episode, ...]:
    """Cut a text at these places into episodes, not parsed yet; ``form`` is the name of its format."""
    bounds = [*(start.offset for start in starts), len(text)]
    sizes = [_size(text[first:end]) for first, end in pairwise(bounds)]
    places = [*accumulate(sizes, initial=_size(text[: bounds[0]]))]
    # Encoded one by one, kept bytes would lie between temporary ones: at 100 MB, holes of 30 MB.
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
    """Bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


class Edit(NamedTuple):
    """A part of a note that an edit may have changed: whole episodes."""

    first: int
    "Number of its first old episode."
    end: int
    "Number of the old episode behind it, if there is one: it and those below are unchanged."
    below: int
    "Number of old episodes below it."
    old: str
    "Its old text, with the next episode's, and from the note's first line on if ``first`` is 0."
    new: str
    "Its new text, likewise."
    next: int
    "Expected start of the next episode in ``new``."
    whole: bytes | None
    "The note's whole new text in UTF-8; None if lines were only added at its end."
    growth: dict[str, object] | None = None
    "Notes of the format from one addition of lines to the next; None if ``whole`` is given."

    def fits(self, starts: Sequence[int]) -> bool:
        """True if episodes starting at these offsets of ``new`` leave those around the edit unchanged."""
        return (not self.first or starts[:1] == [0]) and (not self.below or starts[-1:] == [self.next])
