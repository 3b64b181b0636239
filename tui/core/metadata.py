"""What notes say about themselves: Obsidian's front matter, Logseq's page properties, Snipd's metadata."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.core.sanitise import clean
from tui.core.titles import split_guests


class Metadata(NamedTuple):
    """What a note or an episode says about itself; what it does not say is empty."""

    title: str | None = None
    author: str | None = None
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    end: int = 0
    "The offset behind it in the text it was read from, in code points."

    def over(self, other: Metadata) -> Metadata:
        """The same, with what it does not say taken from another; ``end`` stays."""
        return Metadata(
            self.title or other.title,
            self.author or other.author,
            self.guests or other.guests,
            self.show or other.show,
            self.date or other.date,
            self.end,
        )


NOTHING = Metadata()


def read_front_matter(text: str) -> Metadata:
    """Read the YAML between two lines of dashes at the very top of a text.

    Only what notes hold there in practice is understood: scalars, quoted or not, and lists, in a line or
    below each other. Other keys and deeper values are passed over.
    """
    if not text.startswith("---") or not (match := re.match(_FRONT_MATTER, text)):
        return NOTHING
    fields: dict[str, list[str]] = {}
    key = ""
    for line in match["yaml"].split("\n"):
        if field := re.match(_FIELD, line):
            key = field["key"].rstrip(" \t").lower()
            fields[key] = _items(field["value"])
        elif item := re.match(_ITEM, line):
            fields.setdefault(key, []).append(_scalar(item["value"]))
    if not fields:
        return NOTHING  # Text between two rules.
    return _metadata(fields, match.end())


def read_properties(text: str, start: int = 0) -> Metadata:
    """Read Logseq's page properties, ``key:: value``, that stand at an offset of a text, blank lines before."""
    fields: dict[str, list[str]] = {}
    end = start
    while match := _PROPERTY.match(text, end):
        fields[match["key"].lower()] = _items(match["value"])
        end = match.end()
    return _metadata(fields, end)


def read_snipd(text: str, start: int) -> Metadata:
    """Read the list below Snipd's heading "Episode metadata", whose offset behind the heading is given."""
    fields: dict[str, list[str]] = {}
    item, end = re.compile(_SNIPD_ITEM), start
    while match := item.match(text, end):
        key = match["key"].lower()
        fields[_SNIPD_KEYS.get(key, key)] = [_scalar(match["value"])]
        end = match.end()
    return _metadata(fields, end)


def is_snipd_heading(title: str) -> bool:
    """Whether a heading is the one over Snipd's metadata."""
    return title.strip().lower() == "episode metadata"


# Patterns that few notes need are compiled with their first use: it takes longer than reading a note.
_FRONT_MATTER = r"---[ \t]*\n(?P<yaml>(?:(?!(?:---|\.\.\.)[ \t]*(?:\n|\Z))[^\n]*\n)*+)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
_FIELD = r"(?P<key>[^\s:#\-][^:\n]*+):(?:[ \t]+(?P<value>.*))?$"
_ITEM = r"[ \t]*-[ \t]+(?P<value>.*)$"
_PROPERTY = re.compile(
    r"(?:[ \t]*\n)*+[ \t]*(?:[-*][ \t]+)?(?P<key>[A-Za-z][\w-]*)::(?:[ \t]+(?P<value>[^\n]*))?(?:\n|\Z)"
)
_SNIPD_ITEM = r"(?:[ \t]*\n)*+[-*][ \t]+(?P<key>[^:\n]{1,60}):[ \t]*(?P<value>[^\n]*)(?:\n|\Z)"
_SNIPD_KEYS = {"episode title": "title", "episode publish date": "date"}
_LINK = r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)"


def _metadata(fields: dict[str, list[str]], end: int) -> Metadata:
    return Metadata(
        title=_first(fields, "title"),
        author=_first(fields, "author", "authors"),
        guests=tuple(
            guest for key in ("guest", "guests") for item in fields.get(key, ()) for guest in split_guests(item)
        ),
        show=_first(fields, "show", "podcast"),
        date=_first(fields, "date", "published", "publish date"),
        end=end,
    )


def _first(fields: dict[str, list[str]], *keys: str) -> str | None:
    return next((", ".join(values) for key in keys if (values := list(filter(None, fields.get(key, ()))))), None)


def _items(value: str | None) -> list[str]:
    value = (value or "").strip()
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        return [_scalar(item) for item in value[1:-1].split(",")]
    return [_scalar(value)]


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"') and value.endswith(value[0]) and len(value) > 1:
        value = value[1:-1]
    else:
        value = value.split(" #", 1)[0].rstrip()
        if value in ("null", "~", ">", "|", ">-", "|-"):
            return ""
    return clean(re.sub(_LINK, lambda link: link[1] or link[2] or "", value)).strip()
