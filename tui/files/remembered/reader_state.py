"""A reader's state between sessions, stored in the platform's state folder.

All of it is expendable: damaged or unreadable files count as missing, and failed writes are ignored.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.splitting import Definitions
from tui.core.search.bookmark import Bookmark
from tui.files.remembered.state_files import file_of, load, load_own, save
from tui.files.remembered.state_folder import state_folder
from tui.files.watching.stable_read import Signature

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.core.notes.excerpt import Excerpt


class KeptExcerpt(NamedTuple):
    """The excerpt of a large file in which the reader was."""

    signature: Signature
    "Signature of the file version that the excerpt belongs to."
    excerpt: Excerpt


def is_first_session() -> bool:
    """True if nothing has been remembered yet, as in a reader's first session."""
    folder = state_folder()
    return folder is not None and not os.path.exists(folder)


def load_bookmark(note: str) -> Bookmark | None:
    """The bookmark in the note at this path."""
    with suppress(ValueError):
        episode, block, line, row = load(_BOOKMARKS, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        return Bookmark(episode, block, int(line), int(row))
    return None


def save_bookmark(note: str, place: Bookmark) -> None:
    """Save the bookmark in the note at this path."""
    fields = (place.episode, place.block, str(place.line), str(place.row))
    save(_BOOKMARKS, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_note(library: str) -> str:
    """The path given to `save_note` for the folder at this path; empty if there is none."""
    return load(_NOTES, library).decode("utf-8", "surrogateescape")


def save_note(library: str, note: str) -> None:
    """Save which note of a folder the bookmark is in, so that it can be read first."""
    save(_NOTES, library, os.fsencode(os.path.abspath(note)))


def load_excerpt(note: str) -> KeptExcerpt | None:
    """The excerpt in which the reader was in the note at this path."""
    from tui.core.notes.excerpt import EpisodePart, Excerpt

    with suppress(ValueError, TypeError):
        fields = load(_EXCERPTS, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        signature, (start, end, line) = Signature(*map(int, fields[:5])), map(int, fields[5:8])
        (title, author, form, count), defined = fields[8:12], fields[12:]
        numbers = tuple(map(int, count.split()))
        split = 2 * numbers[0]
        links = dict(zip(defined[:split:2], defined[1:split:2], strict=True))
        definitions = Definitions(links, frozenset(defined[split:]))
        part = EpisodePart(*numbers[1:]) if len(numbers) > 1 else None
        return KeptExcerpt(signature, Excerpt(start, end, line, title or None, author or None, form, definitions, part))
    return None


def save_excerpt(note: str, kept: KeptExcerpt) -> None:
    """Save the excerpt in which the reader is in the note at this path."""
    start, end, line, title, author, form, (links, footnotes), part = kept.excerpt
    defined = (*(each for pair in links.items() for each in pair), *footnotes)
    fields = (
        *map(str, (*kept.signature, start, end, line)),
        title or "",
        author or "",
        form,
        " ".join(map(str, (len(links), *(part or ())))),
        *defined,
    )
    save(_EXCERPTS, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_theme() -> str | None:
    """The reader's last theme."""
    return load(_THEME, "").decode("utf-8", "replace") or None


def save_theme(theme: str) -> None:
    """Save the reader's theme."""
    save(_THEME, "", theme.encode())


def load_ground(terminal: str) -> str | None:
    """The background that a terminal of this name reported: ``dark`` or ``light``."""
    ground = load(_GROUNDS, f"{os.sep}{terminal}").decode("ascii", "replace")
    return ground if ground in ("dark", "light") else None


def save_ground(terminal: str, ground: str) -> None:
    """Save the background of a terminal of this name."""
    save(_GROUNDS, f"{os.sep}{terminal}", ground.encode())


def load_widths() -> tuple[int, int]:
    """The reader's widths of the left and right lists, in cells; 0 for the default."""
    with suppress(ValueError):
        left, right = map(int, load(_WIDTHS, "").split())
        return max(0, left), max(0, right)
    return 0, 0


def save_widths(widths: tuple[int, int]) -> None:
    """Save the reader's widths of the side lists."""
    save(_WIDTHS, "", "{} {}".format(*widths).encode())


def load_uses() -> tuple[str, ...]:
    """The names of the commands given to `save_uses`."""
    return tuple(load(_USES, "", _MOST_OF_USES).decode("ascii", "replace").split())


def save_uses(names: Sequence[str]) -> None:
    """Remember the names of the commands chosen in the palette, oldest first."""
    save(_USES, "", " ".join(names).encode())


def load_order(library: str) -> str:
    """The order given to `save_order` for the library at this path; empty if there is none."""
    return load(_ORDERS, library).decode("utf-8", "replace")


def save_order(library: str, order: str) -> None:
    """Save the order of the episode list for the library at this path."""
    save(_ORDERS, library, order.encode())


def load_trusted(config: str) -> str:
    """The hash given to `save_trusted` for the configuration at this path; empty if others could have written it."""
    return load_own(_TRUSTED, config).decode("ascii", "replace")


def save_trusted(config: str, hashed: str) -> None:
    """Save the hash of the content that the reader trusts in the configuration at this path."""
    save(_TRUSTED, config, hashed.encode())


def path_of_trusted(config: str) -> Path | None:
    """The file in which `save_trusted` stores the hash for this path."""
    file = file_of(_TRUSTED, config)
    return file[0] if file is not None else None


_WIDTHS, _ORDERS, _TRUSTED, _USES = "widths", "orders", "trusted", "uses"
_MOST_OF_USES = 1 << 16
"Most bytes of the names of used commands: reading more would delay a key."
_EXCERPTS = "stretches"
_BOOKMARKS, _NOTES, _THEME, _GROUNDS = "places", "notes", "theme", "grounds"
_BETWEEN = "\0"
