"""Notes in the forms that people and other tools write, read as their writers meant them.

Each note of ``tests/corpus`` has an outline beside it that a person has checked.
`python -m tests.core.notes.test_corpus` prints the outline of each note named.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.core.notes.hidden import MACHINE_KEYS
from tui.core.notes.questions import asking
from tui.core.notes.reading import read_note
from tui.core.notes.superscripts import with_plain_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.model import Note

CORPUS = Path(__file__).parents[2] / "corpus"
NOTES = sorted(path for path in CORPUS.iterdir() if path.suffix in (".md", ".txt"))


def outline(note: Note) -> str:
    """A note as lines: its name, its episodes, and each block with its kind and place."""
    return "\n".join(_lines(note)) + "\n"


def _lines(note: Note) -> Iterator[str]:
    yield f"note: {note.title} / {note.author}"
    for episode in note.episodes:
        about = "; ".join((*episode.guests, f"on {episode.show}" if episode.show else "", episode.date or ""))
        yield f"{episode.line} episode: {episode.title} [{about}]"
        for block in episode.blocks:
            sign = f" {block.marker}" * (block.marker not in ("", "•"))
            task = {None: "", True: " [x]", False: " [ ]"}[block.task]
            quoted = " >" * block.quoted
            language = f" ({block.language})" * bool(block.language)
            place = f"{episode.line + block.first} {block.kind}{f' {block.depth}' if block.depth else ''}"
            asks = " ?" * (asking(block) is not None)
            inside = "  " * block.indent
            yield f"{inside}{place}{quoted}{sign}{task}{language}{asks} | " + block.text.replace("\n", " / ")


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_a_note_is_read_as_its_writer_meant_it(path: Path) -> None:
    expected = path.with_name(path.name + ".outline").read_text("utf-8")
    assert outline(read_note(path.name, path.read_text("utf-8"))) == expected


_MACHINE_KEYS = "|".join(key.replace(" ", "[ _-]") for key in sorted(MACHINE_KEYS))
NOTATION = {
    "comments": r"<!--.*?-->|%%.*?%%",
    "HTML tags, their attributes with them": r"</?[A-Za-z][^<>\n]*>",
    "covers": r"(?m)^!\[(?:Cover(?:\|\d+)?|rw-book-cover)\].*$",
    "an image without words": r"!\[(?:Image)?\]\([^()]*\)",
    "the addresses that links and images lead to": r"\]\((?:<[^<>\n]*>|[^()\s]*)\)",
    "the notes and addresses that links in double brackets lead to": r"(?<=\[\[)[^\[\]|\n]*\|(?=[^\[\]\n]*\]\])",
    "the looks of callouts": r"(?<=\[!quote)\|\w+(?=\])",
    "block ids": r"(?m)[ ]\^[\w-]+$",
    "the first fence of code": r"(?m)^[ \t>]*(?:```|~~~)",
    "org's blocks in Logseq": r"(?mi)#\+(?:BEGIN|END)_QUOTE[ \t]*$",
    "Logseq's queries": r"\{\{query[^\n]*",
    "the heading over metadata": r"(?mi)^#+[ ](?:Episode )?Metadata$",
    "the foot of Snipd": r"(?m)^Created with \[Snipd\].*$",
    "the boilerplate of Apple Books": r"(?m)^(?:Excerpt From|This material may be protected by copyright\.)$",
    "what Readwise adds to a title": r"(?m)(?<=\S)[ ]\(highlights\)$",
    "the tasks of a list": r"(?m)^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX/]\]",
    "keys without a value": r"(?m)^[\w -]+:[ \t]*(?:\[\])?$(?!\n[ \t]*-[ ]|\n[ \t])",
    "keys for machines": rf"(?mi)^[ \t]*(?:[-*+][ \t]+)?\"?(?:{_MACHINE_KEYS})\"?::?[^\n]*$",
    "keys whose values are the title, the guests, the show, the date or the author": (
        r"(?mi)^[ \t]*(?:[-*+][ \t]+)?(?:full[ -]title|title|(?:episode )?title|author|authors|guests?|show|podcast"
        r"|date|(?:episode )?publish[ -]date|published|episode_publish_date)[ \t]*(?:::?|=)(?![^\n]*\{)"
    ),
    "the same keys as JSON": r'"(?:id|dg-publish)":[^,}]*|"title":',
}
"Parts of a source that need not be shown."


def words(text: str) -> Counter[str]:
    """The words of a text, without markup inside them and with raised figures as plain ones."""
    return Counter(re.findall(r"[^\W_]+", re.sub(r"\*\*|==|~~|\{\+\+|\+\+\}", "", with_plain_figures(text))))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_no_word_of_a_note_is_lost(path: Path) -> None:
    source = text = path.read_text("utf-8")
    source = re.sub(r"</?su[bp]>", "", source)
    for pattern in NOTATION.values():
        source = re.sub(pattern, "](" if pattern.startswith(r"\]") else " ", source, flags=re.DOTALL)
    note = read_note(path.name, text)
    titles = [note.title or "", note.author or ""]
    blocks: list[str] = []
    for episode in note.episodes:
        titles += [episode.title, *episode.guests, episode.show or "", episode.date or ""]
        blocks += [f"{block.marker} {block.language} {block.text}" for block in episode.blocks]
    told = words("\n".join(titles))
    lost = words(html.unescape(source)) - words("\n".join(blocks)) - told
    # What a title tells need not be told again.
    assert not lost.keys() - told.keys()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"=== {name}\n{outline(read_note(name, (CORPUS / name).read_text('utf-8')))}", end="")
