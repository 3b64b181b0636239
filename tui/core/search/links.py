"""Resolving links: to a web address, a position in the library, another note, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from tui.core.notes.format import ENDINGS, format_of
from tui.core.notes.model import TITLE, Kind, Position, Style
from tui.core.notes.splitting import PAGES, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.format import Footnote
    from tui.core.notes.model import Block, Episode, Note
    from tui.core.state.model import State


class Link(NamedTuple):
    """A link in a block."""

    start: int
    end: int
    text: str
    "The linked words."
    target: str
    """The target as written: an address, ``[[note#heading]]``, a footnote's marker, or that marker with a colon for the
    link from the footnote back to its reference."""


class Web(NamedTuple):
    """A target for a browser or a mail program."""

    address: str


class Inside(NamedTuple):
    """A target in the library."""

    position: Position


class Outside(NamedTuple):
    """A target in a note outside the library, if that file exists."""

    path: str
    "The file, possibly without its extension."
    heading: str
    "The heading to go to; empty for the beginning of the note."
    why: str
    "The message if there is no such file."


class Nowhere(NamedTuple):
    """A link without a target."""

    why: str


def links_of(episode: Episode, block: Block) -> tuple[Link, ...]:
    """The links of a block, in order."""
    found = [
        Link(run.start, run.end, block.text[run.start : run.end], run.target)
        for run in block.inlines
        if run.style is Style.LINK and run.target
    ]
    faint = [run for run in block.inlines if run.style is Style.FAINT and block.text[run.start : run.end][:1] == "["]
    if faint:
        lines = episode.body.source.split("\n")[block.first : block.last + 1]
        signs = _footnotes(episode, "\n".join(lines))
        own = next((sign.shown for sign in signs if sign.is_text and sign.line == 0), None)
        written = {sign.shown: sign.written for sign in signs}
        for run in faint:
            text = block.text[run.start : run.end]
            if text in written:
                leads_back = run.start == 0 and text == own
                found.append(Link(run.start, run.end, text, written[text] + _BACK * leads_back))
    return tuple(sorted(found))


def follow(state: State, section: int, target: str) -> Web | Inside | Outside | Nowhere:
    """Resolve a link; run it in a thread, since it may parse the notes that the link could mean.

    Args:
        state: The library as it is.
        section: The episode that holds the link.
        target: See `Link.target`. A note is named by its path relative to the linking note or, in double brackets, also
            by its name or title; a heading by its text or, as on GitHub, by its slug.
    """
    here = state.note_of(section)
    written = target.removesuffix(_BACK)
    signs = _footnotes(state.episodes[section], written)
    if footnote := next((sign for sign in signs if sign.written == written), None):
        leads_back = target != written
        position = _footnote(state, here, section, footnote.key, leads_back=leads_back)
        if position is not None:
            return Inside(position)
        return Nowhere("Nothing refers to this footnote" if leads_back else f"This footnote has no text: {target}")
    if target.startswith("[["):
        name, _, heading = target[2:-2].partition("#")
        return _in_library(state, here, name.strip(), heading.rpartition("#")[2].strip())
    if is_of_web(target):
        if _ATTACHING.search(unquote(target)):
            return Nowhere(f"Not opened, as this mail would attach a file of yours: {target}")
        return Web(target)
    if _SCHEME.match(target):
        return Nowhere(f"Only links to the web and to mail are opened, not {target}")
    path, _, heading = map(unquote, target.partition("#"))
    if not path:
        return _in_note(state, here, heading, target)
    file = _path_from(state, here, path)
    note = _note_at(state, file)
    return _in_note(state, note, heading, target) if note else _outside(file, heading, target)


def is_of_web(target: str) -> bool:
    """True for a web or mail address."""
    return _WEB.fullmatch(target) is not None


_WEB = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f]+", re.IGNORECASE)
_ATTACHING = re.compile(r"\Amailto:.*[?&;]\s*attach", re.IGNORECASE | re.DOTALL)
"Matches addresses that ask a mail program to attach a file, which some programs do."
_BACK = ":"
"Suffix of a target that leads from a footnote back to its reference."
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_EXTENSION = re.compile(rf"(?:{'|'.join(map(re.escape, ENDINGS))})\Z", re.IGNORECASE)
_NO_SLUG = re.compile(r"[^\w\- ]")


def slug(heading: str) -> str:
    """The slug of a heading in an address, as on GitHub."""
    return _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")


# -- notes


def _in_library(state: State, here: Note, name: str, heading: str) -> Inside | Outside | Nowhere:
    """Resolve a wikilink to a note, else to an episode or heading of this note or another, else to a file."""
    wanted = f"{name}#{heading}" if heading else name
    note = _named(state, name) if name else here
    if note is not None:
        return _in_note(state, note, heading, wanted)
    if not heading:
        for each in (here, *(other for other in state.library.notes if other is not here)):
            for number, episode in enumerate(each.episodes):
                if _words(episode.title) == _words(name):
                    return Inside(Position(state.first_section(each.path) + number, TITLE))
        found = _in_note(state, here, name, wanted)
        if isinstance(found, Inside):
            return found
    if here.path.rpartition("/")[0].endswith(PAGES):
        name = name.replace("/", "___")
    return _outside(_path_from(state, here, name), heading, wanted)


def _outside(path: str, heading: str, wanted: str) -> Outside:
    return Outside(path, heading, f"No note called “{wanted}”")


def _named(state: State, name: str) -> Note | None:
    """The note that a wikilink names: by its path or the end of one, shortest first, else by its title."""
    end = "/" + _EXTENSION.sub("", name.strip("/")).casefold()
    paths = [(note, _page(note.path)) for note in state.library.notes]
    fitting = [(len(path), number) for number, (_, path) in enumerate(paths) if path.endswith(end)]
    if fitting:
        return paths[min(fitting)[1]][0]
    return next((note for note, _ in paths if note.title and _words(note.title) == _words(name)), None)


def _page(path: str) -> str:
    """A note's path as wikilinks spell it, without extension and folded, behind a slash."""
    folder, slash, _ = path.rpartition("/")
    return f"/{folder}{slash}{name_of(path)}".casefold() if folder.endswith(PAGES) else f"/{_plain(path)}".casefold()


def _note_at(state: State, path: str) -> Note | None:
    """The note at a path, with or without its file extension."""
    exact = next((note for note in state.library.notes if note.path == path), None)
    return exact or next((note for note in state.library.notes if _plain(note.path) == path), None)


def _path_from(state: State, here: Note, path: str) -> str:
    """Resolve a path against a note, or against the library's folder if it begins with a slash."""
    is_from_library = path.startswith("/")
    start = state.library.path if is_from_library and state.library.is_folder else here.path.rpartition("/")[0]
    parts: list[str] = []
    for part in f"{start}/{path}".split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part == ".." or part not in ("", "."):
            parts.append(part)
    return "/" * here.path.startswith("/") + "/".join(parts)


def _plain(path: str) -> str:
    return _EXTENSION.sub("", path)


# -- positions in a note


def _in_note(state: State, note: Note, heading: str, target: str) -> Inside | Nowhere:
    """The position of a link's fragment in a note; the note's beginning without a fragment."""
    first = state.first_section(note.path)
    if not heading:
        return Inside(Position(first, TITLE))
    position = _with_id(note, first, heading[1:]) if heading.startswith("^") else _heading(note, first, heading)
    return Inside(position) if position is not None else Nowhere(f"No heading called “{target}”")


def _heading(note: Note, first: int, heading: str) -> Position | None:
    """The first heading with this text or slug; repeated slugs end in a number."""
    words, address = _words(heading), slug(heading)
    seen: Counter[str] = Counter()
    for position, text in _headings(note, first):
        own = slug(text)
        numbered = f"{own}-{seen[own]}" if seen[own] else own
        seen[own] += 1
        if _words(text) == words or (address and numbered == address):
            return position
    return None


def _headings(note: Note, first: int) -> Iterator[tuple[Position, str]]:
    """The note's title, then the titles of its episodes and the headings in them, in document order."""
    if note.title:
        yield Position(first, TITLE), note.title
    for section, episode in enumerate(note.episodes, start=first):
        yield Position(section, TITLE), episode.title
        for number, block in enumerate(episode.body.read()):
            if block.kind is Kind.HEADING:
                yield Position(section, number), block.text


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


# -- targets by line


def _footnote(state: State, note: Note, section: int, key: str, *, leads_back: bool) -> Position | None:
    """The text of a footnote, or its first reference with ``leads_back``, preferring this episode."""
    first = state.first_section(note.path)
    here = section - first
    for number in sorted(range(len(note.episodes)), key=lambda number: (number != here, number)):
        episode = note.episodes[number]
        signs = [sign for sign in _footnotes(episode, episode.body.source) if sign.key == key]
        texts = {sign.line for sign in signs if sign.is_text}
        lines = {sign.line for sign in signs} - texts if leads_back else texts
        for line in sorted(lines):
            if (position := _at_line(episode, first + number, line)) is not None:
                return position
    return None


def _with_id(note: Note, first: int, block_id: str) -> Position | None:
    """The first block of a note with this id."""
    for section, episode in enumerate(note.episodes, start=first):
        form = format_of(episode.body)
        if form is None or block_id.encode() not in episode.body.utf8:
            continue
        for line, text in enumerate(episode.body.source.split("\n")):
            if form.block_id(text) == block_id and (position := _at_line(episode, section, line)) is not None:
                return position
    return None


def _footnotes(episode: Episode, source: str) -> Sequence[Footnote]:
    form = format_of(episode.body)
    return form.footnotes(source) if form else ()


def _at_line(episode: Episode, section: int, line: int) -> Position | None:
    """The block on a line of an episode, counted from 0."""
    on_line = (index for index, block in enumerate(episode.body.read()) if block.first <= line <= block.last)
    return next((Position(section, index) for index in on_line), None)
