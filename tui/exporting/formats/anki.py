"""Anki cards as a text file for import: highlights as gaps to fill, questions with their answers."""

from __future__ import annotations

import csv
import re
from hashlib import blake2b
from html import escape
from io import StringIO
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored
from tui.core.notes.sanitise import printable_path
from tui.exporting.grouping import answers_to, by_episode
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.core.notes.model import Note
    from tui.core.state.items import HighlightItem, QuestionItem
    from tui.exporting.export import Export
    from tui.exporting.grouping import Answered

HEAD = "#separator:Tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n"
"""The header of the file (docs.ankiweb.net/importing/text-files.html).

It names no note type, since their names differ by language; missing decks are created."""
GAP = "[…]"
"Placeholder for the highlighted words on the front of a card."


class Card(NamedTuple):
    """A row of the file."""

    guid: str
    "The id by which Anki recognises the card, in order to update it."
    deck: str
    front: str
    "HTML."
    back: str
    "HTML."
    tags: str


def write(export: Export) -> Document:
    """Write a card for each highlight, and for each question that has an answer."""
    out = StringIO()
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    unanswered = 0
    for note, episodes in by_episode(export):
        for group in episodes:
            rows.writerows(_highlight(item, _deck(note), group.title) for item in group.highlights)
            for question in group.questions:
                if question.state is Answer.DISMISSED:
                    continue
                if answers := tuple(answers_to(question)):
                    rows.writerow(_question(question, _deck(note), answers))
                else:
                    unanswered += 1
    count = "1 question has" if unanswered == 1 else f"{unanswered} questions have"
    return Document(HEAD + out.getvalue(), (f"{count} no answer yet, so no card",) * bool(unanswered))


def _highlight(item: HighlightItem, deck: str, episode: str) -> Card:
    tags = " ".join("_".join(tag.split()) for tag in item.highlight.tags)
    back = "<br><br>".join(map(_html, filter(None, (item.words, item.highlight.comment))))
    return Card(_guid(item.highlight.id), deck, _gapped(item) or _html(episode), back, tags)


def _gapped(item: HighlightItem) -> str:
    """The blocks with the highlighted words removed; empty if nothing would be left."""
    if isinstance(item.anchor, Anchored):
        pieces = [(item.note.block(place.address).text, *place.span) for place in item.anchor.places]
    else:
        pieces = [(part.block, part.start, part.start + len(part.exact)) for part in item.highlight.parts]
    if not any((text[:start] + text[end:]).strip() for text, start, end in pieces):
        return ""
    return "<br>".join(f"{_html(text[:start])}{GAP}{_html(text[end:])}" for text, start, end in pieces)


def _question(item: QuestionItem, deck: str, answers: Iterable[Answered]) -> Card:
    guid = item.record.id if item.record else blake2b(f"{item.title}\0{item.text}".encode(), digest_size=10).hexdigest()
    return Card(_guid(guid), deck, _html(item.text), "".join(_nested(answers)), "")


def _nested(answers: Iterable[Answered]) -> Iterator[str]:
    depth = -1
    for answer in answers:
        while depth > answer.depth:
            yield "</ul>"
            depth -= 1
        while depth < answer.depth:
            yield "<ul>"
            depth += 1
        yield f"<li>{_html(answer.text)}</li>"
    yield "</ul>" * (depth + 1)


def _guid(record_id: str) -> str:
    """An id that does not make its line one of settings."""
    return record_id.lstrip("#")


def _deck(note: Note) -> str:
    """The deck of a note, in which ``::`` starts a nested deck."""
    name = note.title or PurePath(printable_path(note.path)).stem
    return "earmark::" + " ".join(re.sub("::+", ":", name).split())


def _html(text: str) -> str:
    """Text as HTML, without the brackets by which Anki plays a sound or runs LaTeX (``[sound:…]``, ``[latex]``)."""
    text = escape(text, quote=False).replace("[", "&#91;")
    return text.replace("\t", "&#9;").replace("\r", "").replace("\n", "<br>")


EXPORTER = Exporter(
    name="anki",
    about="cards to learn: a highlight as a gap in its bullet, a question with its answer",
    example='notes.md --filter "#learn" -o notes.anki.txt',
    write=write,
    endings=(".anki.txt", ".anki.tsv"),
)
