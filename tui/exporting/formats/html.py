"""A self-contained page of the notes with highlights in the text, which needs no network and can be imported again.

It has no script: its filters are style sheets. A content security policy keeps browsers from loading or running
anything.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored
from tui.core.notes.sanitise import printable_path
from tui.exporting.json_text import json_line
from tui.exporting.page import FilterNames, NotePage, unplaced
from tui.exporting.registry import Document, Exporter
from tui.exporting.w3c import WebAnnotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.core.notes.model import Note
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write the page, with the annotations as data at its end."""
    tags = Counter(tag for item in export.highlights for tag in item.highlight.tags)
    colours = Counter(item.highlight.colour for item in export.highlights)
    names = {colour.value: _named(colour, export.names) for colour in Colour}
    labels = FilterNames(names, {tag: f"g{number}" for number, tag in enumerate(sorted(tags))})
    style = files("tui.exporting").joinpath("templates", "page.css").read_text(encoding="utf-8") + _tag_styles(labels)
    title = _title(export)
    pieces = [
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="earmark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<header>\n<h1>{escape(title)}</h1>\n",
        *_contents(export),
        *_filters(labels, colours, tags),
        "</header>\n<main>\n",
        *_notes(export, labels),
        "</main>\n",
        f'<script type="application/ld+json">{_data(export)}</script>\n</body>\n</html>\n',
    ]
    return Document("".join(pieces))


def _policy(style: str) -> str:
    """A policy that allows nothing to be loaded, sent or run, except the one style sheet, given by its hash."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _data(export: Export) -> str:
    """The annotations as JSON, with ``<`` escaped so that no text in them can end the element."""
    return json_line(WebAnnotations(export, _address_in(export)).collection()).replace("<", "\\u003c")


def _address_in(export: Export) -> _Address:
    return _Address(export.state.library.path, is_folder=export.state.library.is_folder)


class _Address:
    """Addresses of notes relative to what was opened, so that a published page does not reveal the folders above."""

    def __init__(self, opened: str, *, is_folder: bool) -> None:
        self._opened = PurePosixPath(opened)
        self._is_folder = is_folder

    def __call__(self, note: Note) -> str:
        path = PurePosixPath(note.path)
        inside = path.relative_to(self._opened) if self._is_folder and path.is_relative_to(self._opened) else path.name
        return f"file:///{quote(str(inside).encode('utf-8', 'surrogateescape'))}"


def _title(export: Export) -> str:
    library = export.state.library
    if len(library.notes) == 1 and library.notes[0].title:
        return library.notes[0].title
    return PurePosixPath(printable_path(library.path)).name or "Notes"


def _named(colour: Colour, names: Mapping[str, str]) -> str:
    return f"{colour.capitalize()}: {own}" if (own := names.get(colour)) else colour.capitalize()


def _ids() -> Iterator[str]:
    return (f"e{number}" for number in count(1))


def _contents(export: Export) -> Iterator[str]:
    """Links to the episodes, collapsed."""
    episodes = export.state.episodes
    if len(episodes) > 1:
        links = zip(episodes, _ids(), strict=False)
        yield '<nav aria-label="Episodes"><details><summary>Episodes</summary><ul>\n'
        yield from (f'<li><a href="#{id_}">{escape(each.title, quote=False)}</a></li>\n' for each, id_ in links)
        yield "</ul></details></nav>\n"


def _filters(labels: FilterNames, colours: Mapping[Colour, int], tags: Mapping[str, int]) -> Iterator[str]:
    if not colours:
        return
    yield '<form class="filter" aria-label="Filter the highlights">\n'
    yield '<fieldset class="by-colour"><legend>Colours</legend>\n'
    for colour in filter(colours.__contains__, Colour):
        word = f'<span class="swatch k-{colour}">{escape(labels.colours[colour], quote=False)}</span>'
        yield f'<label><input type="checkbox" id="k-{colour}">{word} {colours[colour]}</label>\n'
    yield "</fieldset>\n"
    if tags:
        yield '<fieldset class="by-tag"><legend>Tags</legend>\n'
        for tag, name in labels.tags.items():
            yield f'<label><input type="checkbox" id="{name}">#{escape(tag, quote=False)} {tags[tag]}</label>\n'
        yield "</fieldset>\n"
    yield '<label><input type="checkbox" id="only">Only what is highlighted</label>\n'
    yield '<button type="reset">Show all</button>\n</form>\n'


def _tag_styles(labels: FilterNames) -> str:
    """The rules of page.css, repeated for each colour and tag."""
    return "".join(
        f"body:has(#{name}:checked) mark.{name} {{ --tag: 1; }}\n"
        f"body:has(#{name}:checked) .by > .{name}, body:has(#only:checked):has(#{name}:checked) .cell.{name} "
        "{ display: block; }\n"
        for name in labels.tags.values()
    )


def _notes(export: Export, labels: FilterNames) -> Iterator[str]:
    notes, ids = export.state.library.notes, _ids()
    level = 2 if len(notes) == 1 else 3
    for note in notes:
        if level == 3 and note.episodes:
            name = note.title or PurePosixPath(printable_path(note.path)).name
            yield f"<h2>{escape(name, quote=False)}</h2>\n"
        if note.author:
            yield f'<p class="facts">by {escape(note.author, quote=False)}</p>\n'
        yield from NotePage(note, export, labels, level).episodes(ids)
    lost = [item for item in export.highlights if not isinstance(item.anchor, Anchored)]
    if lost:
        yield "<h2>Without a certain place</h2>\n"
        yield from unplaced(lost, labels)


EXPORTER = Exporter(
    name="html",
    about="one page of the notes, highlighted, to read and to share; earmark reads it back",
    example="notes.md -o notes.html",
    write=write,
    endings=(".html", ".htm"),
)
