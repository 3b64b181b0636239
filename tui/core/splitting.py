"""The values that reading a note goes through: how it shall be split, and where its episodes start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.model import Block
    from tui.core.titles import Title


@dataclass(frozen=True, slots=True)
class Options:
    """How notes are split into episodes."""

    episodes: Literal["auto", "file"] | int = "auto"
    'By what the notes look like; the whole file as one, "file"; or at Markdown headings of this level.'
    episode_pattern: str | None = None
    "A regular expression: headings, or lines of pasted text, in which it is found start an episode."
    in_folder: bool = False
    "Whether the note is one of several in a folder, where a file rather is one episode."


class Start(NamedTuple):
    """Where an episode starts."""

    offset: int
    "Its first code point in the text."
    line: int
    "Its first line, counted from 0."
    title: Title
    parse: Callable[[str], tuple[Block, ...]]
    "How its source gives its blocks; equal for equal ways."


class Split(NamedTuple):
    """A note's text as title, author and episodes."""

    title: str | None
    author: str | None
    starts: list[Start]
    "In order, at least one; each episode goes on to the next one's start."
