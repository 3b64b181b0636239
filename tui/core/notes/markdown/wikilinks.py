"""Links in double brackets: ``[[note|words]]`` of Obsidian, and ``[[words|note.name]]`` of Dendron."""

from __future__ import annotations

import re
from typing import NamedTuple


class Wikilink(NamedTuple):
    """A link in double brackets."""

    text: str
    "The words shown."
    target: str
    "The note as named in brackets, or an address."


_NAME = r"[^\W\d_A-Z][\w-]*"
_DENDRON = re.compile(
    rf"""
      dendron://[\w.-]+/(?P<far>[^\s|]+)
    | (?P<dotted>{_NAME}(?:\.[\w-]+)+)
    | (?P<part>{_NAME}(?:\.[\w-]+)*\#[\w-]+)
    | (?P<dotted_part>{_NAME}(?:\.[\w-]+)+\#.+)
    | (?P<web>https?://\S+)
    """,
    re.VERBOSE,
)
"A target of Dendron's, which stands behind the words: a note's hierarchy is in its name, with dots in between."
_NO_NOTE = re.compile(
    r"\.(?:[a-z]{1,2}|com|org|net|edu|gov|app|dev|info|html?|txt|pdf|png|jpe?g|gif|svg|json|ya?ml|toml|csv|docx?|xlsx?"
    r"|pptx?|zip|mp[34]|exe)$|^v\d+(?:\.\d+)+$"
)
"A dotted name that is rather a file's, a site's or a version's, and so the words of Obsidian's form."
_OF_A_PLACE = re.compile(r"[/#]")


def read_wikilink(inner: str, *, is_embed: bool) -> Wikilink | None:
    """The link between double brackets; None if it names nothing. An embedded image may have its width for words."""
    target, _, alias = (part.strip() for part in inner.partition("|"))
    if not target:
        return None
    if alias and not is_embed and (of_dendron := _dendron_target(target, alias)):
        return Wikilink(target, of_dendron)
    is_width = is_embed and alias.replace("x", "").isdigit()
    return Wikilink(alias if alias and not is_width else target, f"[[{target}]]")


def _dendron_target(words: str, target: str) -> str | None:
    """The target if a link has Dendron's form, as a note's name in brackets or an address; else None."""
    found = _DENDRON.fullmatch(target)
    if found is None or _OF_A_PLACE.search(words):
        return None
    if found["web"]:
        return target
    if found["dotted"] and _NO_NOTE.search(target):
        return None
    return f"[[{found['far'] or target}]]"
