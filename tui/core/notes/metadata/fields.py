"""Metadata fields: front matter, Logseq's page properties, and the lists that Snipd and Readwise write.

Title, guests, show, date and author have fields of their own. Everything else is shown as written, key and value, in a
metadata block, except keys that only machines read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.hidden import is_machine_property, normal_key
from tui.core.notes.sanitise import clean
from tui.core.notes.titles import split_guests
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tui.core.notes.metadata.front_matter import Value


class MetadataField(NamedTuple):
    """A key and its value."""

    key: str
    "The key as written."
    value: Value


class Region(NamedTuple):
    """A range of metadata lines, counted from 0 at an episode's first line; it becomes at most one block."""

    first: int
    last: int
    "Inclusive."
    fields: tuple[tuple[str, str], ...] = ()
    "The keys and values to show, as inline Markdown."

    def moved(self, by: int) -> Region:
        """The same region, moved down by some lines."""
        return Region(self.first + by, self.last + by, self.fields)


class Metadata(NamedTuple):
    """The metadata of a note or an episode; missing parts are empty."""

    title: str | None = None
    author: str | None = None
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    end: int = 0
    "The offset after it in the text it was read from, in code points."
    fields: tuple[MetadataField, ...] = ()
    "Every field, in order."

    def over(self, other: Metadata) -> Metadata:
        """Fill in missing parts from other metadata; ``end`` and ``fields`` stay."""
        return Metadata(
            self.title or other.title,
            self.author or other.author,
            self.guests or other.guests,
            self.show or other.show,
            self.date or other.date,
            self.end,
            self.fields,
        )


NOTHING = Metadata()


def read_front_matter(text: str) -> Metadata:
    """Read the YAML or TOML at the very top of a text."""
    if not text.startswith(("---", "+++")):
        return NOTHING
    # Imported here, since pasted notes have none.
    from tui.core.notes.metadata import front_matter

    found = front_matter.read(text)
    return metadata_of(map(MetadataField._make, found.fields.items()), found.end) if found else NOTHING


def read_properties(text: str, start: int = 0) -> Metadata:
    """Read Logseq's page properties, ``key:: value``, at an offset of a text, after blank lines."""
    fields: list[MetadataField] = []
    end = start
    while match := _PROPERTY.match(text, end):
        fields.append(MetadataField(match["key"], _without_quotes(match["value"] or "")))
        end = match.end()
    return metadata_of(fields, end) if fields else Metadata(end=end)


def metadata_of(fields: Iterable[MetadataField], end: int = 0) -> Metadata:
    """Interpret fields as metadata."""
    fields = tuple(fields)
    by_key: dict[str, Value] = {}
    for field in fields:
        by_key.setdefault(normal_key(field.key), field.value)
    title, author, show = (_first(by_key, _KEYS[name]) for name in ("title", "author", "show"))
    if title and title.endswith(_READWISE_TITLE):
        title = title.removesuffix(_READWISE_TITLE)
    if not show and "podcast" in (_first(by_key, ("category",)) or "").lower():
        # Readwise calls the show of a podcast its author.
        show, author = author, None
    return Metadata(
        title=title,
        author=author,
        guests=tuple(guest for key in _KEYS["guests"] for guest in _guests(by_key.get(key, ""))),
        show=show,
        date=_first(by_key, _KEYS["date"]),
        end=end,
        fields=fields,
    )


def undisplayed(fields: Collection[MetadataField], elsewhere: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The fields still to be shown, as keys and values in inline Markdown.

    Args:
        fields: All fields.
        elsewhere: Values shown elsewhere: title, guests, show, date, author.
    """
    return tuple(
        (field.key, _shown(field.value))
        for field in fields
        if field.value
        and not is_machine_property(field.key, _shown(field.value))
        and not (normal_key(field.key) in _SHOWN_KEYS and _is_shown(field.value, elsewhere))
    )


def plain_value(value: str) -> str:
    """A value as plain text, with links replaced by their words."""
    inside = value.strip()[2:-2]
    if value.strip() == f"[[{inside}]]" and "[" in inside and "[[" not in inside and "]]" not in inside:
        # A link to a single note whose name contains brackets.
        return clean(inside).strip()
    if "[" in value:
        value = _LINK.sub(lambda link: link[1] or link[2] or "", value)
    return clean(value).strip()


# Patterns that few notes need are compiled on first use: compiling takes longer than reading a note.
_PROPERTY = deferred(
    r"(?:[ \t]*\n)*[ \t]*(?:[-*][ \t]+)?(?P<key>[A-Za-z][\w-]*)::(?:[ \t]+(?P<value>[^\n]*))?(?:\n|\Z)"
)
_LINK = deferred(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_READWISE_TITLE = " (highlights)"
_KEYS = {
    "title": ("episode title", "full title", "title"),
    "author": ("author", "authors"),
    "guests": ("guest", "guests"),
    "show": ("show", "podcast", "show title", "podcast title", "podcast name"),
    "date": (
        "date",
        "published",
        "publish date",
        "episode publish date",
        "publication date",
        "date published",
        "release date",
        "air date",
    ),
}
_SHOWN_KEYS = frozenset(key for keys in _KEYS.values() for key in keys)


def _first(fields: Mapping[str, Value], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        if (value := fields.get(key)) and (said := ", ".join(filter(None, map(plain_value, _names(value))))):
            return said
    return None


def _names(value: Value) -> Iterator[str]:
    """The strings in a value; for a map, its name."""
    if isinstance(value, str):
        yield " ".join(value.split("\n"))
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif name := next((each for key in ("name", "title") if (each := value.get(key))), None):
        yield from _names(name)
    else:
        yield from _names(next(iter(value.values()), ""))


def _guests(value: Value) -> Iterator[str]:
    for name in _names(value):
        yield from split_guests(plain_value(name))


def _is_shown(value: Value, elsewhere: Collection[str]) -> bool:
    if isinstance(value, dict):
        return len(value) == 1 and all(_is_shown(each, elsewhere) for each in value.values())
    if isinstance(value, list):
        return (
            all(_is_shown(each, elsewhere) for each in value) or ", ".join(map(plain_value, _names(value))) in elsewhere
        )
    said = plain_value(" ".join(value.split("\n")))
    return said.removesuffix(_READWISE_TITLE) in elsewhere or all(each in elsewhere for each in split_guests(said))


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_inside(each)}" if each else key for key, each in value.items())
    between = "; " if any(isinstance(each, dict) for each in value) else ", "
    return between.join(map(_shown, value))


def _inside(value: Value) -> str:
    return _shown(value) if isinstance(value, str) else f"({_shown(value)})"


def _without_quotes(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
