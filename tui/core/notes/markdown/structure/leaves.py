"""Leaves, which have the text of a source, and the containers that they are in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Is(Enum):
    """Kinds of leaves."""

    PARAGRAPH = auto()
    HEADING = auto()
    FENCED = auto()
    INDENTED = auto()
    HTML = auto()
    TABLE = auto()
    RULE = auto()
    NOTHING = auto()
    """Stands for the missing text of an item whose first child is a list, or of a footnote that begins with a list or
    is empty."""


class In(Enum):
    """Kinds of containers."""

    ROOT = auto()
    QUOTE = auto()
    ITEM = auto()
    FOOTNOTE = auto()


@dataclass(slots=True)
class Container:
    """A container of leaves and other containers."""

    kind: In
    line: int = 0
    "Its first source line, 0-based."
    sign: str = ""
    "An item's marker as shown, or a footnote's label."
    offset: int = 0
    "Columns of each line that are its indentation."
    column: int = 0
    "The column of an item's marker, relative to its parent's text."
    indent: int = 0
    "Nesting depth in items, including itself."
    quoted: int = 0
    "Nesting depth in quotes, including itself."
    is_empty: bool = True
    list_mark: str = ""
    "The marker that continues the list that is its last child; empty if there is none."
    list_number: int = 0
    "The number of that list's last item."


@dataclass(slots=True)
class Leaf:
    """Text without inner structure."""

    kind: Is
    first: int
    "Its first source line, 0-based."
    last: int
    "Its last source line, without trailing blank lines."
    lines: list[str]
    "Its text line by line, without its own and its containers' markers; rows of a table keep theirs."
    container: Container
    is_first: bool
    "True for the first leaf in its container."
    level: int = 0
    "The level of a heading."
    info: str = ""
    "Text after the fence that opens code."


class Structure(NamedTuple):
    """The structure of a source."""

    leaves: tuple[Leaf, ...]
    footnotes: frozenset[str]
    "The labels of the footnotes."
