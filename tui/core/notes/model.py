"""The model of notes: a library of notes, their episodes, and the blocks that a cursor can stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, overload

from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self


class Kind(StrEnum):
    """Kinds of blocks."""

    BULLET = "bullet"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    METADATA = "metadata"
    "Metadata other than title, guests, show and date: one line per key."


class Style(StrEnum):
    """Styles of a run of text inside a block."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    STRIKE = "strike"
    LINK = "link"
    MARKED = "marked"
    "Marked in the notes themselves, like Obsidian's ==text==; not one of the reader's highlights."
    FAINT = "faint"
    "Secondary text, such as a footnote's reference or an image's alternative text."


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points in a block's plain text."""

    start: int
    end: int


class Inline(NamedTuple):
    """A styled run of a block's text; runs may nest and overlap."""

    start: int
    end: int
    style: Style
    target: str = ""
    "A link's address; empty for other styles."


class Block(NamedTuple):
    """One thing a cursor can stand on."""

    kind: Kind
    text: str
    """Plain, sanitised text, as drawn, searched and highlighted. Intended line breaks are ``\\n``; each row of a table
    is a line, with its cells joined by `` | ``."""
    first: int
    "Its first source line, counted from 0 at the episode's first line."
    last: int
    "Its last source line, inclusive, without nested blocks and blank lines after it."
    depth: int = 0
    "Nesting depth of a bullet, from 1; level of a heading; else 0."
    indent: int = 0
    "Number of list items that enclose it, including itself if it is a bullet."
    quoted: int = 0
    "Number of block quotes that enclose it."
    marker: str = ""
    "A bullet's marker as shown: ``•``, ``1.``; else empty."
    task: bool | None = None
    "True for a finished task; None if the block is not a task."
    inlines: tuple[Inline, ...] = ()
    language: str = ""
    "Language of a code block; kind of a callout, such as ``question``."


Parse: TypeAlias = "Callable[[str], tuple[Block, ...]]"
"Parses the source of an episode into blocks; parsers that give the same result compare equal."


class Body:
    """The source text of an episode, parsed into blocks on first use.

    Bodies with equal sources are equal, so that an episode parsed once is kept while the notes around it change.
    """

    __slots__ = ("_blocks", "fault", "form", "is_divisible", "parse", "utf8")

    def __init__(self, source: str, parse: Parse, form: str = "", fault: str = "") -> None:
        # Not a string, in which one emoji would make every code point take four bytes.
        self.utf8 = source.encode("utf-8", "surrogatepass")
        "The source in UTF-8."
        self.parse = parse
        "Parses the source into blocks."
        self.form = form
        "Name of the source's format; empty if the episode is shown as plain lines."
        self._blocks: tuple[Block, ...] | PartlyParsed | None = None
        self.fault = fault
        "The parser's error, for which the blocks are the plain lines of the source; empty if parsing succeeded."
        self.is_divisible: bool | None = None
        "True if changed lines may be parsed without those far from them; None until the format has examined that."

    @classmethod
    def of_utf8(cls, utf8: bytes, parse: Parse, form: str = "") -> Self:
        """Make a body whose source is given in UTF-8."""
        body = cls("", parse, form)
        body.utf8 = utf8
        return body

    @property
    def source(self) -> str:
        """All lines of the episode, including its title line, with ``\\n`` as line ends."""
        return self.utf8.decode("utf-8", "surrogatepass")

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks in document order, without the episode's title; parsed on first use and then kept."""
        return self.whole() if self._blocks is None else self._blocks

    def read(self) -> tuple[Block, ...]:
        """The blocks, parsed for this call alone if they are not kept; safe in a thread."""
        blocks = self._blocks
        return blocks if isinstance(blocks, tuple) else self._parsed()

    def whole(self) -> tuple[Block, ...]:
        """All blocks, parsed on first use and then kept."""
        if not isinstance(blocks := self._blocks, tuple):
            self._blocks = blocks = self._parsed()
        return blocks

    def _parsed(self) -> tuple[Block, ...]:
        try:
            return self.parse(self.source)
        except Exception as error:
            # Whatever makes a parser fail can still be read and highlighted as lines.

            self.fault = type(error).__name__
            return plain_lines(self.source)

    @property
    def is_parsed(self) -> bool:
        """True if all blocks are already parsed."""
        return isinstance(self._blocks, tuple)

    @property
    def known(self) -> range:
        """The numbers of the blocks that are already parsed; all, if none were."""
        blocks = self.blocks
        return blocks.known if isinstance(blocks, PartlyParsed) else range(len(blocks))

    def take(self, blocks: tuple[Block, ...]) -> None:
        """Set the blocks that parsing would give."""
        self._blocks = blocks

    def take_part(self, first: int, blocks: tuple[Block, ...], total: int) -> None:
        """Set some of the blocks that parsing would give, the number of the first of them, and the number of all."""
        self._blocks = PartlyParsed(self, first, blocks, total)

    def parsed_by(self, parse: Parse) -> Body:
        """Make a body with the same source and another parser."""
        return Body.of_utf8(self.utf8, parse, self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and self.utf8 == other.utf8

    def __hash__(self) -> int:
        return hash(self.utf8)


class PartlyParsed(Sequence[Block]):
    """The blocks of a long episode, some of them parsed; asking for another one parses them all."""

    def __init__(self, body: Body, first: int, blocks: tuple[Block, ...], total: int) -> None:
        self._body = body
        self._blocks = blocks
        self._all = range(total)
        self.known = range(first, first + len(blocks))
        "The numbers of the parsed blocks."

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> Block: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...

    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        first = self.known.start
        if isinstance(index, int):
            number = self._all[index]
            return self._blocks[number - first] if number in self.known else self._body.whole()[index]
        start, stop, step = index.indices(len(self))
        if step == 1 and first <= start and stop <= self.known.stop:
            return self._blocks[start - first : max(start, stop) - first]
        return self._body.whole()[index]

    def __iter__(self) -> Iterator[Block]:
        return iter(self._body.whole())


class Episode(NamedTuple):
    """A part of a note: its title, the facts in it, and its blocks."""

    title: str
    line: int
    "The 1-based line of the note where the episode begins, with its title if it has one."
    body: Body
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    "The date as written."

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks in document order; see `Body.blocks`."""
        return self.body.blocks

    @property
    def untitled(self) -> tuple[str, ...]:
        """The guests, show and date that the title does not include."""
        said = (*self.guests, self.show, self.date)
        return tuple([each for each in said if each and each not in self.title])

    def lines(self, block: Block) -> tuple[int, int]:
        """The first and last line of one of its blocks, 1-based in the note."""
        return self.line + block.first, self.line + block.last


@dataclass(frozen=True, slots=True)
class Note:
    """One file of notes."""

    path: str
    "The file's path as opened."
    title: str | None
    author: str | None
    episodes: tuple[Episode, ...]
    head: str = ""
    "The source above the first episode: front matter, or a title of the note itself."
    warnings: tuple[str, ...] = field(default=(), compare=False)
    "Problems in the file, for example that it is not UTF-8."
    notice: str = field(default="", compare=False)
    "The legacy encoding that the file was read in, in words; empty if there is none. This needs no repair."

    def block(self, address: Address) -> Block:
        """The block at an address, parsing its episode if needed; raises IndexError."""
        return self.episodes[address.episode].blocks[address.block]

    @property
    def source(self) -> str:
        """The whole text, with ``\\n`` as line ends."""
        return self.head + "".join(episode.body.source for episode in self.episodes)

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """The whole text as pieces of UTF-8; one string could take four bytes per character."""
        return self.head.encode("utf-8", "surrogatepass"), *(episode.body.utf8 for episode in self.episodes)


@dataclass(frozen=True, slots=True)
class Library:
    """The opened notes: one file, a folder of them, or several files and folders."""

    path: str
    "The file or folder; for several, the folder that contains them all."
    notes: tuple[Note, ...]
    is_folder: bool = False
    "True if the number of notes may change."
    named: tuple[str, ...] = ()
    "The files and folders opened together; empty if it is `path` alone."
    within: tuple[str, ...] = ()
    "Folders elsewhere that symbolic links may lead into, with the reader's permission."
    episodes: tuple[Episode, ...] = field(init=False, compare=False, repr=False)
    "The episodes of all notes, in order."
    starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    "Number of episodes before each note, followed by the total."
    numbers: Mapping[str, int] = field(init=False, compare=False, repr=False)
    "Index of a note, by path."

    def __post_init__(self) -> None:
        notes = self.notes
        episodes = notes[0].episodes if len(notes) == 1 else tuple(each for note in notes for each in note.episodes)
        object.__setattr__(self, "episodes", episodes)
        object.__setattr__(self, "starts", (0, *accumulate(len(note.episodes) for note in self.notes)))
        object.__setattr__(self, "numbers", {note.path: number for number, note in enumerate(self.notes)})

    @property
    def roots(self) -> tuple[str, ...]:
        """The files and folders that were opened."""
        return self.named or (self.path,)


class Address(NamedTuple):
    """The address of a block in its note: episode and block, both 0-based."""

    episode: int
    block: int


TITLE = -1
"The block number of an episode's title, where the cursor stands if the episode has no blocks."


class Position(NamedTuple):
    """The position of a block in the library: its episode, counted over all notes, and its number in it."""

    section: int
    block: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a block of a note: the current position of one part of a highlight."""

    address: Address
    span: Span


def whole_block(block: Block, address: Address) -> Place:
    """The place that covers a whole block."""
    return Place(address, Span(0, len(block.text)))


STANDARD_INPUT = "-"
"The path that means standard input."


def plain_lines(source: str) -> tuple[Block, ...]:
    """One paragraph per line of an episode's source that has text, including its title line."""
    return tuple(
        Block(Kind.PARAGRAPH, clean(line.expandtabs(4).rstrip()), number, number)
        for number, line in enumerate(source.split("\n"))
        if line.strip()
    )
