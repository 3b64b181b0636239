"""HTML tags that writers and tools use in notes, and their effect on plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.core.notes.model import Style
from tui.core.patterns import deferred

STYLES: dict[str, Style | None] = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Style.CODE),
    "mark": Style.MARKED,
    "a": Style.LINK,
    **dict.fromkeys(("u", "ins", "sub", "sup", "small", "big", "span", "font", "q", "abbr", "time", "label")),
}
"Tags around words, with their style; None if plain text has no such style."
BREAKS = frozenset(
    """address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p section summary table tbody tfoot thead tr ul""".split()
)
"Tags that end a line."
EMBEDS = frozenset("audio video iframe source track embed object picture wbr col colgroup".split())
"Tags without anything to show in a terminal."
CELLS = frozenset(("td", "th"))
_ALONE = frozenset("a b i q s u".split())
"Names that also occur in running text: these are tags only if both ends are present."

_TAG = deferred(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^>]*)>\Z", re.DOTALL)
_ATTRIBUTE = r"""(?i)(?:^|\s){}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""


class Tag(NamedTuple):
    """A tag as written."""

    name: str
    is_closing: bool
    rest: str

    @property
    def needs_its_other_end(self) -> bool:
        """True if it is ordinary text unless its other end is present."""
        return self.name in _ALONE

    def attribute(self, name: str) -> str:
        """The value of an attribute; empty if it is missing."""
        found = re.search(_ATTRIBUTE.format(name), self.rest)
        return next(filter(None, found.groups()), "") if found else ""


def read_tag(raw: str) -> Tag | None:
    """Parse a piece of HTML as a tag; None for HTML that is shown as written."""
    found = _TAG.match(raw)
    if found is None:
        return None
    name = found["name"].lower()
    if name not in STYLES and name not in BREAKS and name not in EMBEDS and name not in CELLS and name != "img":
        return None
    return Tag(name, bool(found["close"]), found["rest"])
