"""The structure of a source: its leaves (paragraphs, headings, code and the like) and their containers.

This is the first phase of the parsing strategy in the CommonMark specification's appendix, as in commonmark.js: one
pass over the lines with a stack of open containers. So every leaf knows its lines however deeply it is nested, the work
is linear and nothing recurses. Tables follow GitHub Flavored Markdown, footnotes are containers as in cmark-gfm. Where
writers of notes mean something other than the specification, they get what they mean:
`tests/core/notes/markdown/test_structure.py` lists the cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.markdown.structure.leaves import Container, In, Is, Leaf, Structure
from tui.core.notes.markdown.structure.paragraphs import PROPERTY, cells, without_closing_marks
from tui.core.notes.markdown.structure.reader import LOOKS_AHEAD, PROSE_ITEM, StructureReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.markdown.references import Definition

__all__ = [
    "LOOKS_AHEAD",
    "PROPERTY",
    "PROSE_ITEM",
    "Container",
    "In",
    "Is",
    "Leaf",
    "Structure",
    "cells",
    "structure",
    "without_closing_marks",
]


def structure(source: str, is_used: Callable[[Definition], bool] = lambda _: True) -> Structure:
    """Parse a source whose lines end in ``\\n``; link definitions that are not used are text."""
    lines = source.split("\n")
    reader = StructureReader(lines, is_used)
    for line in lines:
        reader.read(line)
    reader.close()
    return Structure(tuple(reader.leaves), frozenset(reader.footnotes))
