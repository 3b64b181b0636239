"""Highlights as Markdown for reading, by episode and colour, and questions with their answers."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer, Colour
from tui.core.notes.sanitise import printable_path
from tui.exporting.grouping import answers_to, by_episode, doubt_about, place_of, place_of_question
from tui.exporting.markdown_text import code, escaped, hashtag
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.core.state.items import HighlightItem, QuestionItem
    from tui.exporting.export import Export
    from tui.exporting.grouping import EpisodeGroup


def write(export: Export) -> Document:
    """Write a heading per note, episode and colour; each quote is followed by its comment, tags and location."""
    lines: list[str] = []
    for note, episodes in by_episode(export):
        lines += [f"# {_heading(note.title or PurePath(printable_path(note.path)).name)}", ""]
        for group in episodes:
            lines += [f"## {_heading(group.title)}", ""] if group.title else []
            lines += _episode(group, export.names)
    return Document("\n".join(lines).rstrip("\n") + "\n" if lines else "")


def _episode(group: EpisodeGroup, names: Mapping[str, str]) -> Iterator[str]:
    for colour in Colour:
        if chosen := [each for each in group.highlights if each.highlight.colour is colour]:
            own = names.get(colour)
            yield f"### {colour.capitalize()}" + (f": {_heading(own)}" if own else "")
            yield ""
            for item in chosen:
                yield from _highlight(item)
    if group.questions:
        yield "### Questions"
        yield ""
        for question in group.questions:
            yield from _question(question)
        yield ""


def _highlight(item: HighlightItem) -> Iterator[str]:
    yield from (f"> {line}".rstrip() for line in escaped(item.words).split("\n"))
    yield ""
    if item.highlight.comment:
        yield escaped(item.highlight.comment)
        yield ""
    tags = " ".join(map(hashtag, item.highlight.tags))
    yield " · ".join(filter(None, (tags, code(place_of(item)), doubt_about(item))))
    yield ""


def _question(item: QuestionItem) -> Iterator[str]:
    box = " " if item.state is Answer.OPEN else "x"
    dismissed = " (dismissed)" if item.state is Answer.DISMISSED else ""
    yield f"- [{box}] {escaped(item.text)}{dismissed} {code(place_of_question(item))}"
    for depth, text in answers_to(item):
        margin = "  " * (depth + 1)
        yield f"{margin}- " + escaped(text).replace("\n", f"\n{margin}  ")


def _heading(text: str) -> str:
    return escaped(" ".join(text.split()))


EXPORTER = Exporter(
    name="markdown",
    about="to read and to paste: by episode and colour, with comments, tags and places",
    example="notes.md -o highlights.md",
    write=write,
    endings=(".md", ".markdown"),
)
