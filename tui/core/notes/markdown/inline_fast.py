"""The most common inline Markdown, converted in one pass: most notes have no other and open without a parser."""

from __future__ import annotations

from tui.core.notes.markdown.formulas import FORMULA
from tui.core.notes.markdown.styled_text import StyledText, with_breaks
from tui.core.notes.model import Inline, Style
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

_PLAIN = r"[^\\`*_<&\[\]!~=^{\n]"
_AFTER = r"(?=[\s.,;:!?)”’]|\Z)"
_PIECE = deferred(
    rf"(?P<plain>(?:{_PLAIN}+|!(?!\[)|=(?!=)|~(?!~)|\^(?!\^)|\{{(?!\+\+|--|>>)|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+)"
    rf"|(?<![^\s(“‘])(?:\*\*(?P<bold>[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9.,])?)\*\*"
    rf"|\*(?P<italic>[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9.,])?)\*"
    rf"|==(?P<marked>[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9.,])?)=="
    rf"|~~(?P<strike>[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9.,])?)~~){_AFTER}"
    r"|`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|\[(?P<link>[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9])?)\]\((?P<target>[A-Za-z0-9/:.?#,;+-]+)\)"
    rf"|(?P<bracketed>\[[A-Za-z0-9](?:{_PLAIN}*[A-Za-z0-9.…])?\](?![(\[:]))"
    r"|(?P<break>\n)"
)
_STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "marked": Style.MARKED,
    "strike": Style.STRIKE,
    "code": Style.CODE,
    "link": Style.LINK,
}


def simple(source: str) -> StyledText | None:
    """Convert a paragraph in a note without references; None if it needs a parser.

    This handles words in bold or italic, marked, struck out, as code or linked, but not nested; its result equals the
    parser's.
    """
    if "$" in source and FORMULA.search(source):
        return None
    if "\n" in source:
        if "\t" in source or ("`" in source and " \n" in source):
            return None
        source = with_breaks(source)
    pieces: list[str] = []
    inlines: list[Inline] = []
    is_clean = source.isprintable()
    position = length = 0
    while position < len(source):
        found = _PIECE.match(source, position)
        if found is None:
            return None
        position = found.end()
        kind = found.lastgroup or ""
        target = ""
        if kind == "target":
            kind, target = "link", found[kind]
        piece = found[kind] if is_clean else clean(found[kind])
        pieces.append(piece)
        length += len(piece)
        if style := _STYLES.get(kind):
            inlines.append(Inline(length - len(piece), length, style, target))
    plain = "".join(pieces)
    # A bare address is a link, whose end only the parser finds.
    return None if "://" in plain or "mailto:" in plain else StyledText(plain, tuple(inlines))
