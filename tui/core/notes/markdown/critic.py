"""CriticMarkup in a line, rendered as text: ``{==x==}{>>n<<}``, ``{++x++}``, ``{--x--}``, ``{~~a~>b~~}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from mistune.core import InlineState
    from mistune.inline_parser import InlineParser

ARROW = "→"
"Separator between a text and its replacement."
_KINDS = {"==": "mark", "++": "insert", "--": "strikethrough"}


def register(parser: InlineParser) -> None:
    """Register CriticMarkup with a parser of inline Markdown."""
    # The patterns allow no brace inside, so that an unclosed one costs a search only up to the next.
    parser.register(
        "critic",
        r"\{(?P<critic_sign>==|\+\+|--)(?P<critic_text>[^{}]+)(?P=critic_sign)\}",
        _parse_change,
        before="link",
        start_chars="{",
    )
    parser.register("critic_note", r"\{>>(?P<critic_said>[^{}]*)<<\}", _parse_note, before="link", start_chars="{")
    parser.register(
        "critic_swap",
        r"\{~~(?P<critic_old>[^{}~]*)~>(?P<critic_new>[^{}]*)~~\}",
        _parse_swap,
        before="link",
        start_chars="{",
    )


def _parse_change(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    _append(inline, state, _KINDS[m["critic_sign"]], m["critic_text"])
    return m.end()


def _parse_note(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    if said := m["critic_said"].strip():
        state.append_token({"type": "text", "raw": " " * (m.start() > 0 and not state.src[m.start() - 1].isspace())})
        _append(inline, state, "critic_note", f"{{{said}}}")
    return m.end()


def _parse_swap(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    old, new = m["critic_old"], m["critic_new"]
    if old:
        _append(inline, state, "strikethrough", old)
    if old and new:
        state.append_token({"type": "text", "raw": ARROW})
    if new:
        _append(inline, state, "insert", new)
    return m.end()


def _append(inline: InlineParser, state: InlineState, kind: str, text: str) -> None:
    inside = state.copy()
    inside.src = text
    state.append_token({"type": kind, "children": inline.render(inside)})
