"""The closed list of hidden text in a note's source; docs/formats.md describes it for readers.

Every letter and digit of a note is in a block, in a title, in the metadata shown, or is one of these.
"""

from __future__ import annotations

import re
from functools import lru_cache

NOTATION = {
    "markup": (
        "The characters of Markdown itself; list numbers and task boxes, which are drawn as signs; the kind "
        "of a callout with a title (`earmark outline --json` has it)."
    ),
    "addresses": "The target and the title of a link, an image, or a link definition that is used.",
    "machine properties": "`key:: value` lines and front matter under a machine key (below), and keys without a value.",
    "comments": (
        "`<!-- … -->`; `%% … %%` within one block, or on two lines of their own with no heading between "
        "them; `# …` in front matter."
    ),
    "block ids": "Obsidian's `^id` at the end of a block.",
    "drawers and plans": (
        "Logseq's `:LOGBOOK:` and `:PROPERTIES:` as far as `:END:`, and its `SCHEDULED:` and `DEADLINE:`."
    ),
    "HTML": "The names and attributes of tags that format text, or embed something that a terminal cannot show.",
    "code": "The line that opens a code block (`earmark outline --json` has the language).",
    "shown elsewhere": "In metadata, the keys for title, guests, show, date and author, and the heading above it.",
    "other tools": (
        "Snipd's covers, players, rules and footer; `(highlights)` after Readwise's titles; the last line of "
        "an Apple Books passage; the coloured dot of a mark in Bear; an image's size; a callout's looks; "
        "org's `#+BEGIN_QUOTE` and the like."
    ),
    "entities": "`&amp;` and the like: the character they name is shown.",
}
"Kinds of hidden text, each with a description."

MACHINE_KEYS = frozenset(
    (
        *("id", "uid", "uuid", "guid", "book id", "bookid", "custom id"),
        *("cssclass", "cssclasses", "layout", "template", "template including parent", "weight", "position"),
        *("collapsed", "heading", "icon", "background color", "created at", "updated at"),
        *("exclude from graph view", "public", "publish", "dg publish", "draft", "permalink", "slug", "filters"),
    )
)
"Keys that only programs read, such as ids, styles and page locations; in the form of `normal_key`."
_FAMILIES = ("logseq.", "card ", "hl ", "ls ", "query ")
"Prefixes of more such keys: Logseq's own, those of flashcards, PDF highlights and queries."
_LONGEST_VALUE = 3
"Most words in a machine's value: a longer one is prose, whatever its key."


@lru_cache(maxsize=256)
def normal_key(key: str) -> str:
    """Normalise a key for comparison: lower case, with spaces for hyphens and underscores."""
    return re.sub(r"[\s_-]+", " ", key).strip().lower()


def is_machine_property(key: str, value: str) -> bool:
    """True for a property that only programs read, not one of the writer's own."""
    key = normal_key(key)
    if key not in MACHINE_KEYS and not key.startswith(_FAMILIES):
        return False
    return len(value.split()) <= _LONGEST_VALUE or value.lstrip()[0] in "[{(#"
