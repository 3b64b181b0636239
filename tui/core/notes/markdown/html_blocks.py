"""Starts and ends of HTML blocks (CommonMark 0.31, 4.6)."""

from __future__ import annotations

import re

from tui.core.patterns import deferred

HtmlEnd = re.Pattern[str] | None
"Pattern that ends the block, in its last line; None for a block that ends at a blank line."

_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_RAW = "(?:script|pre|style|textarea)"
_KINDS: tuple[tuple[re.Pattern[str], HtmlEnd], ...] = (
    (deferred(rf"<{_RAW}(?:[ \t>]|\Z)", re.IGNORECASE), deferred(rf"</{_RAW}>", re.IGNORECASE)),
    (deferred(r"<!--"), deferred(r"-->")),
    (deferred(r"<\?"), deferred(r"\?>")),
    (deferred(r"<!\[CDATA\["), deferred(r"\]\]>")),
    (deferred(r"<![A-Za-z]"), deferred(r">")),
    (deferred(rf"</?(?:{_TAGS})(?:[ \t]|/?>|\Z)", re.IGNORECASE), None),
)
_LONE_TAG = deferred(rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*\Z")


def html_block_end(line: str, start: int, *, interrupts: bool) -> tuple[HtmlEnd] | None:
    """The end condition of an HTML block that starts at a position in a line; None if none starts there.

    ``interrupts`` is True after a paragraph or table, which a lone tag of arbitrary name cannot interrupt.
    """
    for opening, end in _KINDS:
        if opening.match(line, start):
            return (end,)
    if not interrupts and _LONE_TAG.match(line, start):
        return (None,)
    return None
