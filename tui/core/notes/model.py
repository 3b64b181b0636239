"""The notes as values: a library of notes, their episodes, and the blocks that a cursor can stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
    "The notes' metadata besides title, guests, show and date: a line for each key."


class Style(StrEnum):
    """Styles of a run of text inside a block."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    STRIKE = "strike"
    LINK = "link"
    MARKED = "marked"
    "Marked in the notes themselves, like Obsidian's ==text==; not a highlight of the reader."
    FAINT = "faint"
    "Notation beside the text: a footnote's reference, an image's alternative text."


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
    """Plain text, sanitised, as drawn, searched and highlighted. An intended line break is ``\\n``; a table's rows are
    lines whose cells are joined with `` | ``."""
    first: int
    "The first source line of the block itself, counted from 0 at its episode's first line."
    last: int
    "Its last source line, inclusive; nested blocks and blank lines after it do not count."
    depth: int = 0
    "1 for an outermost bullet, 2 for one inside it; the level for a heading; else 0."
    indent: int = 0
    "Number of list items around it, itself included for a bullet."
    quoted: int = 0
    "Number of block quotes around it."
    marker: str = ""
    "A bullet's sign as shown: ``•``, ``1.``; else empty."
    task: bool | None = None
    "True for a finished task; None if the bullet is no task."
    inlines: tuple[Inline, ...] = ()
    language: str = ""
    "Language of a code block; kind of a callout, such as ``question``."


Parse: TypeAlias = "Callable[[str], tuple[Block, ...]]"
"A way in which the source of an episode is parsed; equal to those that give the same."


class Body:
    """The source text of an episode, parsed into blocks on first use.

    Bodies are equal if their sources are: an episode parsed once is kept while the notes around it change.
    """

    __slots__ = ("_blocks", "fault", "form", "parse", "utf8")

    def __init__(self, source: str, parse: Parse, form: str = "", fault: str = "") -> None:
        # As a string, a single emoji would make each code point take four bytes.
        self.utf8 = source.encode("utf-8", "surrogatepass")
        "The source in UTF-8."
        self.parse = parse
        "Parses the source into blocks."
        self.form = form
        "Name of the source's format; empty if it is shown as plain lines."
        self._blocks: tuple[Block, ...] | None = None
        self.fault = fault
        "The error because of which the blocks are the plain lines of the source; empty if parsing succeeded."

    @classmethod
    def of_utf8(cls, utf8: bytes, parse: Parse, form: str = "") -> Self:
        """Make a body whose source is at hand in UTF-8."""
        body = cls("", parse, form)
        body.utf8 = utf8
        return body

    @property
    def source(self) -> str:
        """All lines of the episode, its title line included, line ends ``\\n``."""
        return self.utf8.decode("utf-8", "surrogatepass")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in document order, without the episode's title; parsed at the first call, then kept."""
        if self._blocks is None:
            self._blocks = self._parsed()
        return self._blocks

    def read(self) -> tuple[Block, ...]:
        """The blocks, parsed just for this call if they are not kept; safe in a thread."""
        blocks = self._blocks
        return self._parsed() if blocks is None else blocks

    def _parsed(self) -> tuple[Block, ...]:
        try:
            return self.parse(self.source)
        except Exception as error:
            # Whatever a parser rejects can still be read and highlighted as lines.

            self.fault = type(error).__name__
            return plain_lines(self.source)

    @property
    def is_parsed(self) -> bool:
        """True if ``blocks`` needs no parsing."""
        return self._blocks is not None

    def take(self, blocks: tuple[Block, ...]) -> None:
        """Set the blocks that parsing would give."""
        self._blocks = blocks

    def parsed_by(self, parse: Parse) -> Body:
        """Make a body of the same source that is parsed in another way."""
        return Body.of_utf8(self.utf8, parse, self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and self.utf8 == other.utf8

    def __hash__(self) -> int:
        return hash(self.utf8)


class Episode(NamedTuple):
    """A part of a note: its title with its facts, and its blocks."""

    title: str
    line: int
    "The 1-based line of the note at which the episode begins (its title's, if it has one)."
    body: Body
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    "The date as written."

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in document order; see `Body.blocks`."""
        return self.body.blocks

    @property
    def untitled(self) -> tuple[str, ...]:
        """The guests, the show and the date, as far as the title does not say them."""
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
    "The source above the first episode: a title that is no episode's, front matter."
    warnings: tuple[str, ...] = field(default=(), compare=False)
    "Messages about problems met in reading the file, for example that it is not UTF-8."
    notice: str = field(default="", compare=False)
    "The older encoding that the file was read in, in words: nothing to mend. Empty for none."

    def block(self, address: Address) -> Block:
        """The block at an address, parsing its episode if needed; raises IndexError."""
        return self.episodes[address.episode].blocks[address.block]

    @property
    def source(self) -> str:
        """The whole text, line ends as ``\\n``."""
        return self.head + "".join(episode.body.source for episode in self.episodes)

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """The whole text in UTF-8, in pieces: as a string it may take four bytes a character."""
        return self.head.encode("utf-8", "surrogatepass"), *(episode.body.utf8 for episode in self.episodes)


@dataclass(frozen=True, slots=True)
class Library:
    """The opened notes: one file, a folder of them, or several files and folders."""

    path: str
    "The file or folder; of several, the folder that holds them all."
    notes: tuple[Note, ...]
    is_folder: bool = False
    "True if there may be any number of notes."
    named: tuple[str, ...] = ()
    "The files and folders opened together; empty where it is `path` alone."
    within: tuple[str, ...] = ()
    "Folders elsewhere into which the reader lets symbolic links of the folders lead."
    episodes: tuple[Episode, ...] = field(init=False, compare=False, repr=False)
    "The episodes of all notes, in order."
    starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    "Number of episodes before each note, and the total."
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
    """The place of a block in its note: episode and block, both counted from 0."""

    episode: int
    block: int


TITLE = -1
"The block number of an episode's title, where the cursor stands if the episode has no block."


class Position(NamedTuple):
    """A block in the flow: the episode, counted from 0 over the library, and the block in it."""

    section: int
    block: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a block of a note: the place of one part of a highlight today."""

    address: Address
    span: Span


STANDARD_INPUT = "-"
"The path that means standard input."


def plain_lines(source: str) -> tuple[Block, ...]:
    """A paragraph for each line of an episode's source that has text, its title's line included."""
    return tuple(
        Block(Kind.PARAGRAPH, clean(line.expandtabs(4).rstrip()), number, number)
        for number, line in enumerate(source.split("\n"))
        if line.strip()
    )
