"""All inline Markdown, converted by mistune's parser."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

import mistune
from mistune.helpers import unescape_char
from mistune.plugins.formatting import insert, mark, strikethrough
from mistune.util import escape_url, unescape

from tui.core.notes.markdown import critic, formulas
from tui.core.notes.markdown.html_tags import BREAKS, CELLS, STYLES, read_tag
from tui.core.notes.markdown.references import label_key
from tui.core.notes.markdown.styled_text import SOFT_BREAK, StyledText, with_breaks
from tui.core.notes.markdown.wikilinks import read_wikilink
from tui.core.notes.model import Inline, Style
from tui.core.notes.sanitise import clean
from tui.core.notes.superscripts import raised_or_lowered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from mistune.core import InlineState
    from mistune.inline_parser import InlineParser

    from tui.core.notes.markdown.html_tags import Tag


_ADDRESS = re.compile(r"\b(?:https?://|mailto:)[^\s<>`\"]+")
_BARE_ADDRESS = re.compile(rf"(?<!\]\(){_ADDRESS.pattern}")
_ADDRESS_MARKUP = re.compile(r"[_~=^]")
_AFTER_ADDRESS = ".,;:!?'\"*_~^…"
_STYLES = {
    "emphasis": Style.ITALIC,
    "strong": Style.BOLD,
    "strikethrough": Style.STRIKE,
    "mark": Style.MARKED,
    "insert": Style.MARKED,
    "critic_note": Style.FAINT,
    "link": Style.LINK,
    "image": Style.FAINT,
}


class AnyInline:
    """A converter for inline Markdown with a note's references."""

    def __init__(self, links: Mapping[str, str], footnotes: Set[str]) -> None:
        urls = {key: {"url": escape_url(unescape_char(address))} for key, address in links.items()}
        self._references: dict[str, Any] = {"ref_links": urls, "footnotes": footnotes}

    def set(self, source: str, *, keeps_lines: bool = False) -> StyledText:
        """Convert the text of a paragraph, heading or cell; unintended line breaks become spaces."""
        if "{:" in source:
            source = _LOGSEQ_SIZE.sub("", source)
        has_address = "://" in source or "mailto:" in source
        if has_address and "`" not in source and "<" not in source:
            source = _BARE_ADDRESS.sub(_with_escapes, source)
        try:
            tokens = _PARSER(source, self._references)
        except RecursionError:
            # Nested markup is parsed recursively: mistune limits the depth, but not that of its caller.
            return StyledText(clean(with_breaks(source)))
        writer = _Writer(keeps_lines=keeps_lines)
        writer.write(tokens)
        if has_address:
            writer.link_addresses()
        return writer.text()


def _with_escapes(found: re.Match[str]) -> str:
    """Escape the markup in an address, since underscores and the like belong to it; the text after it may have
    markup.
    """
    address = _trimmed(found[0]).rstrip("=")
    return _ADDRESS_MARKUP.sub(r"\\\g<0>", address) + found[0][len(address) :]


class _Writer:
    """Collects text and runs from mistune's tree without recursion, since its depth depends on the notes."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._keeps_lines = keeps_lines
        self._is_broken = False
        "True if the next text begins a line."
        self._is_behind_comment = False
        self._pieces: list[str] = []
        self._length = 0
        self._inlines: list[Inline] = []

    def write(self, tokens: list[dict[str, Any]]) -> None:
        _match_tags(tokens)
        stack: list[tuple[Iterator[dict[str, Any]], dict[str, Any] | None, int]] = [(iter(tokens), None, 0)]
        while stack:
            children, parent, start = stack[-1]
            for token in children:
                if "children" in token:
                    if token["type"] == "mark":
                        _take_colour(token["children"])
                    elif token["type"] == "image":
                        _take_size(token["children"])
                    self._break()
                    stack.append((iter(token["children"]), token, self._length))
                    break
                self._leaf(token)
            else:
                stack.pop()
                if parent is not None:
                    self._close(parent, start)

    def _add(self, piece: str) -> None:
        if self._is_broken or self._is_behind_comment:
            piece = piece.lstrip(" ") if self._is_broken or self._ends_with(" ") else piece
            if not piece:
                return
            self._is_behind_comment = False
            self._break()
        self._pieces.append(piece)
        self._length += len(piece)

    def _ends_with(self, sign: str) -> bool:
        last = next((piece for piece in reversed(self._pieces) if piece), sign)
        return last.endswith(sign)

    def _break(self) -> None:
        """Begin the pending line; a text never begins with an empty one."""
        if self._is_broken:
            self._is_broken = False
            if self._length and not self._ends_with("\n"):
                self._pieces.append("\n")
                self._length += 1

    def _styled(self, piece: str, style: Style, target: str = "") -> None:
        self._break()
        self._inlines.append(Inline(self._length, self._length + len(piece), style, target))
        self._add(piece)

    def _leaf(self, token: dict[str, Any]) -> None:
        kind = token["type"]
        if kind == "text":
            raw = token["raw"]
            self._add(clean(unescape(raw).replace("\n", " ") if "&" in raw else raw))
        elif kind == "softbreak" and self._keeps_lines:
            self._is_broken = True
        elif kind == "softbreak":
            self._add(" ")
        elif kind == "formula":
            self._add(
                clean(token["raw"] if token["raw"].startswith(("$$", "\\[")) else SOFT_BREAK.sub(" ", token["raw"]))
            )
        elif kind == "linebreak":
            self._add("\n")
        elif kind == "codespan":
            self._styled(clean(token["raw"]), Style.CODE)
        elif kind == "inline_html":
            self._html(token)
        elif kind == "footnote_ref":
            self._styled(clean(f"[{token['raw']}]"), Style.FAINT)
        elif kind == "wikilink":
            if token["embed"]:
                self._inlines.append(Inline(self._length, self._length + len(token["raw"]), Style.FAINT))
            self._styled(clean(token["raw"]), Style.LINK, clean(token["target"]))

    def _html(self, token: dict[str, Any]) -> None:
        raw, tag, start = token["raw"], token.get("tag"), token.get("other")
        if raw.startswith("<!--"):
            self._is_behind_comment = True
        elif tag is None:
            self._styled(clean(SOFT_BREAK.sub(" ", raw)), Style.FAINT)
        elif tag.name == "img":
            if shown := clean(unescape(tag.attribute("alt") or tag.attribute("src").rpartition("/")[2])):
                self._styled(SOFT_BREAK.sub(" ", shown), Style.FAINT)
        elif tag.name in BREAKS:
            self._is_broken = True
        elif tag.name in CELLS:
            self._add(" ")
        elif tag.name in ("sup", "sub") and start is not None:
            self._move(token, tag, start)
        elif tag.name in STYLES and start is not None:
            self._end_style(token, tag, start)

    def _move(self, token: dict[str, Any], tag: Tag, opening: dict[str, Any]) -> None:
        """Turn the text between two tags into superscript or subscript digits; exponents of letters get a formula
        sign.
        """
        if not tag.is_closing:
            self._break()
            token["piece"] = len(self._pieces)
            # Text without such forms gets the sign of a formula, unless it is part of a word.
            self._add(_sign_of(tag.name, "".join(self._pieces[-1:]), token.get("inside", "")))
            return
        first = opening.get("piece", len(self._pieces))
        if (text := raised_or_lowered("".join(self._pieces[first:]), tag.name)) is not None:
            self._pieces[first:] = [text]

    def _end_style(self, token: dict[str, Any], tag: Tag, opening: dict[str, Any]) -> None:
        """Style the text between two tags: the first marks the start, the second the end."""
        if not tag.is_closing:
            self._break()
            token["start"] = self._length
            return
        first = opening.get("start", self._length)
        style = STYLES[tag.name]
        target = clean(unescape(opening["tag"].attribute("href"))) if style is Style.LINK else ""
        if style and self._length > first and (style is not Style.LINK or target):
            self._inlines.append(Inline(first, self._length, style, target))

    def _close(self, token: dict[str, Any], start: int) -> None:
        kind = token["type"]
        target = clean(token["attrs"]["url"]) if kind in ("link", "image") else ""
        if target and self._length == start:
            self._add(target if kind == "link" else target.rpartition("/")[2] or target)
        if self._length > start:
            self._inlines.append(Inline(start, self._length, _STYLES[kind], target if kind == "link" else ""))

    def link_addresses(self) -> None:
        """Turn bare addresses in the text into links."""
        plain = "".join(self._pieces)
        taken = deque(sorted((run.start, run.end) for run in self._inlines if run.style in (Style.LINK, Style.CODE)))
        for found in _ADDRESS.finditer(plain):
            start, address = found.start(), _trimmed(found.group(0))
            end = start + len(address)
            while taken and taken[0][1] <= start:
                taken.popleft()
            if not taken or end <= taken[0][0]:
                self._inlines.append(Inline(start, end, Style.LINK, address))

    def text(self) -> StyledText:
        return StyledText("".join(self._pieces), tuple(sorted(self._inlines, key=lambda run: (run.start, -run.end))))


_COLOURS = ("🟢", "🔵", "🟣", "🟡", "🔴", "🟠", "🟤", "⚫", "⚪")
"Emoji that Bear puts first in marked text to give its colour."


def _take_colour(children: list[dict[str, Any]]) -> None:
    first = children[0] if children else {}
    if first.get("type") == "text" and first["raw"].startswith(_COLOURS) and (len(first["raw"]) > 1 or children[1:]):
        first["raw"] = first["raw"][1:].lstrip(" ")


def _take_size(children: list[dict[str, Any]]) -> None:
    """Remove Obsidian's width of an image, as in ``![Cover|200](cover.jpg)``, from its alternative text."""
    if children and children[-1].get("type") == "text":
        children[-1]["raw"] = _SIZE.sub("", children[-1]["raw"])


_LOGSEQ_SIZE = re.compile(r"(?<=\))\{:(?:height|width)[ ]\d+(?:,[ ]:(?:height|width)[ ]\d+)?\}")
"Logseq writes the size of an image after it."
_SIZE = re.compile(r"\|\d{1,5}(?:x\d{1,5})?$")


def _match_tags(tokens: list[dict[str, Any]]) -> None:
    """Pair each opening tag with its closing one; without one it may be text."""
    opened: dict[str, list[dict[str, Any]]] = {}
    lonely: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    left = [*reversed(tokens)]
    while left:
        token = left.pop()
        left += reversed(token.get("children", ()))
        if before.get("type") == "inline_html" and token["type"] == "text":
            before["inside"] = token["raw"]
        before = token
        if token["type"] != "inline_html" or (tag := read_tag(token["raw"])) is None:
            continue
        token["tag"] = tag
        others = opened.setdefault(tag.name, [])
        if not tag.is_closing:
            others.append(token)
        elif others:
            other = others.pop()
            token["other"], other["other"] = other, token
        elif tag.needs_its_other_end:
            lonely.append(token)
    lonely += [token for others in opened.values() for token in others if token["tag"].needs_its_other_end]
    for token in lonely:
        token["tag"] = None


def _sign_of(tag: str, before: str, inside: str) -> str:
    """The formula sign for text after a letter or digit, as in x^n and a_i; empty for ordinals and the like."""
    if raised_or_lowered(inside, tag) is not None or not (base := _BASE.search(before)):
        return ""
    if tag == "sub":
        return "_" if base[0].isalpha() and _INDEX.fullmatch(inside) else ""
    is_ordinal = (base[0].isdigit() and inside in "aeo") or base[0].isupper()
    return "^" if _EXPONENT.fullmatch(inside) and not is_ordinal else ""


_BASE = re.compile(r"\d\Z|(?<![^\W_])[^\W\d_]\Z")
_EXPONENT = re.compile(r"[+\-−]?[a-zα-ω]|[+\-−][^\s<>]+")
_INDEX = re.compile(r"[^\W_][^\s<>]{0,20}")


def _trimmed(address: str) -> str:
    """An address without the punctuation of its sentence, with the same end as in GitHub's autolinks."""
    for opener, closer in ("()", "[]", "“”"):
        depth = 0
        for position, char in enumerate(address if closer in address else ""):
            depth += (char == opener) - (char == closer)
            if depth < 0:
                address = address[:position]
                break
    return address.rstrip(_AFTER_ADDRESS)


def _parse_wikilink(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    """Parse a link in double brackets."""
    embed = m.group(0).startswith("!")
    if (link := read_wikilink(m.group("wiki_target"), is_embed=embed)) is None:
        return None
    state.append_token({"type": "wikilink", "raw": link.text, "target": link.target, "embed": embed})
    return m.end()


def _parse_footnote(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    label = m.group("note_label")
    if label_key(label) in state.env["footnotes"]:
        state.append_token({"type": "footnote_ref", "raw": label})
    else:
        inline.process_text(m.group(0), state)
    return m.end()


def _parse_formula(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    state.append_token({"type": "formula", "raw": m.group(0)})
    return m.end()


def _parser() -> InlineParser:
    parser = mistune.Markdown(plugins=[strikethrough, mark, insert]).inline
    parser.register("formula", formulas.SOURCE, _parse_formula, before="escape", start_chars=("$", "\\"))
    parser.register(
        "wikilink",
        r"!?\[\[(?P<wiki_target>[^\[\]\n|]+(?:\|[^\[\]\n]*)?)\]\]",
        _parse_wikilink,
        before="link",
        start_chars=("!", "["),
    )
    parser.register(
        "note", r"\[\^(?P<note_label>[^\]\[\s\\]{1,500})\]", _parse_footnote, before="link", start_chars="["
    )
    critic.register(parser)
    return parser


_PARSER = _parser()
