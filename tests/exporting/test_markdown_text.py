from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.core.notes.markdown.formulas import FORMULA
from tui.core.notes.reading import read_note
from tui.exporting.markdown_text import code, escaped

SIGNS = "\\`*_[]^$|<>&~=%#!{}()+-.:1ab; \n/?éß二"
TEXTS = st.text(SIGNS, max_size=40)
PARSER = MarkdownIt("gfm-like", {"linkify": False})


def shown(markdown: str) -> str:
    """The words of a rendered paragraph."""
    tokens = PARSER.parse(markdown)
    if not tokens:
        return ""
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    inline = tokens[1].children or []
    assert {token.type for token in inline} <= {"text", "softbreak", "text_special"}, markdown
    return "".join("\n" if token.type == "softbreak" else token.content for token in inline)


def words(text: str) -> str:
    """A paragraph's text without the white space that Markdown drops."""
    return re.sub(r" *\n *", "\n", text.strip(" \n"))


@given(TEXTS.filter(lambda text: "\n\n" not in text.replace(" ", "") and not FORMULA.search(text)))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert words(shown(escaped(text.strip("\n")))) == words(text.strip("\n"))


@given(st.text(SIGNS.replace("\n", ""), max_size=30).map(lambda text: f"x{text}x"))
def test_escaped_bullet_is_read_back_by_earmark(text: str) -> None:
    (block,) = read_note("a.md", f"# A\n\n- {escaped(text)}\n").episodes[0].blocks
    assert " ".join(block.text.split()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, 3.5 % (or so) - it's fine!", "plain words, 3.5 % (or so) - it's fine!"),
        ("see https://x.y/a_b*c_(d)?q=1 and snake_case_name", "see https://x.y/a_b*c_(d)?q=1 and snake_case_name"),
        ("2. of all", "2\\. of all"),
        ("- not a bullet", "\\- not a bullet"),
        ("# nor a heading", "\\# nor a heading"),
        ("2 * 3 < 4 & 5", "2 \\* 3 < 4 & 5"),
        ("<b>&amp;", "\\<b>\\&amp;"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


@given(st.text("` ab", min_size=1, max_size=12).filter(str.strip))
def test_code_reads_as_it_was(text: str) -> None:
    (inline,) = (token for token in PARSER.parse(f"x{code(text)}x") if token.type == "inline")
    children = inline.children or []
    assert [child.content for child in children if child.type == "code_inline"] == [text]
