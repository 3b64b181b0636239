"""The files of a Notion export: ids, locations, and the links between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from tui.core.notes.natural_order import natural
from tui.importing.marked_text import without_sign_characters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.importing.archive import Member

_ID = r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAMED = re.compile(
    rf"(?P<stem>.*?)[ -]?(?P<id>{_ID})(?P<all>_all)?\.(?P<kind>md|html|csv)\Z", re.DOTALL | re.IGNORECASE
)
_FOLDER = re.compile(rf"(?P<stem>.*?)(?P<id>[ -]?(?:{_ID}))?\Z", re.DOTALL)
_WHOLE = re.compile(r"Export(?:Block)?-[0-9a-f-]+(?:-Part-\d+)?\.zip\Z", re.IGNORECASE)
_LINK = re.compile(
    rf"\]\((?P<target>(?:[^()\s]|\([^()\s]{{0,300}}\)){{0,2000}}?(?P<id>{_ID})(?:_all)?\.(?:md|html|csv))(?:#[^()\s]*)?\)"
)


class ExportedFile(NamedTuple):
    """A page or a table."""

    name: str
    "Its path in the archive."
    id: str
    "Notion's id, without dashes."
    stem: str
    "Its title, as abbreviated in the file name."
    place: tuple[str, ...]
    "The titles of its ancestors, as abbreviated in the folder names."
    kind: str
    "``md``, ``html`` or ``csv``."
    has_all_rows: bool
    "True for a table with all rows rather than those of a view."
    data: bytes

    @property
    def steps(self) -> tuple[str, ...]:
        """The titles of its ancestors followed by its own."""
        return (*self.place, self.stem)


def is_exported(name: str) -> bool:
    """True if a file name is that of a page or table."""
    return _NAMED.match(name.rpartition("/")[2]) is not None


def is_export(name: str) -> bool:
    """True if a file name is that of the inner archive in Notion's download."""
    return _WHOLE.match(name) is not None


def exported(member: Member) -> ExportedFile:
    """Describe a file, whose name must be `is_exported`."""
    folder, _, own = member.name.rpartition("/")
    found = _NAMED.match(own)
    assert found is not None
    steps = folder.split("/") if folder else []
    return ExportedFile(
        _in_a_line(member.name),
        found["id"].replace("-", ""),
        _in_a_line(found["stem"]),
        tuple(_in_a_line(above["stem"]) for step in steps if (above := _FOLDER.match(step))),
        found["kind"].lower(),
        found["all"] is not None,
        member.data,
    )


def _in_a_line(stem: str) -> str:
    return " ".join(without_sign_characters(stem).split())


def in_order(file: ExportedFile) -> tuple[list[list[str | int]], str]:
    """The sort key: pages in natural order, each directly followed by its subpages."""
    return natural("/".join(step.replace("/", " ") for step in file.steps)), file.name


def with_links_inside(source: str, titles: Mapping[str, str]) -> str:
    """Rewrite links to other pages of the export so that they lead to headings in the note."""

    def inside(found: re.Match[str]) -> str:
        title = titles.get(found["id"].replace("-", ""))
        return found[0] if title is None else f"](#{quote(title)})"

    return _LINK.sub(inside, source)


def without_paths(value: str) -> str:
    """A property's value without the file paths of pages that it names."""
    return _PATH.sub("", unquote(value) if "%20" in value else value)


_PATH = re.compile(rf"[ ]?\((?:[^()]|\([^()]{{0,300}}\)){{0,2000}}?(?:{_ID})\.(?:md|html|csv)\)")
