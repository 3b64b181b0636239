from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.core.notes.markdown.formulas import FORMULA
from tui.core.notes.reading import read_note
from tui.exporting.markdown_text import code, escaped, hashtag

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


PIECES = st.sampled_from(
    (
        *(
            "https://a.b/",
            "![x](http://e)",
            "[y](http://e)",
            "<img src='//e'>",
            "<img",
            "<iframe src=//e",
            "[",
            "](//e)",
        ),
        *("$", "$$", "\\(", "\\)", "\\[", "\\]", "](x)", "!", ">", "=", "\n", " ", "a", "<%", "%>", "{{", "}}", "`"),
    )
)


def live(markdown: str) -> set[str]:
    """The kinds of pieces that load or link something, in a rendered text."""
    tokens = PARSER.parse(markdown)
    inner = [each for token in tokens for each in token.children or []]
    return {each.type for each in [*tokens, *inner]} & {"image", "link_open", "html_inline", "html_block"}


@given(st.lists(PIECES, max_size=12).map("".join))
@example("https://a.b/![x](http://e)")
@example("https://a.b/\\[![x](http://e)")
@example("$<img src='//e'>$")
@example("$$\n<iframe src=//e\n>$$")
@example("$<iframe src=//e$%>")
@example("\\(![x](http://e)=\\)")
def test_text_loads_nothing_and_leads_nowhere(text: str) -> None:
    markdown = escaped(text)
    assert live(markdown) <= ({"link_open"} if FORMULA.search(text) else set())
    assert "<%" not in markdown  # what Templater runs in an Obsidian vault
    assert FORMULA.search(text) or "{{" not in markdown  # what Logseq loads


@given(st.text("ab1-/.#![]()<>%{}`$\\ \n:", max_size=20))
@example("a\n<img src='//e'>")
@example("![x](http://e)")
def test_tag_is_one_word_that_loads_nothing(tag: str) -> None:
    markdown = hashtag(tag)
    assert markdown.startswith("#")
    assert not live(f"x {markdown} x")
    assert len(markdown.split()) == 1


def test_usual_tag_stays_as_it_is() -> None:
    assert [*map(hashtag, ("a", "b-c", "d/e_f", "c++", "naïve"))] == ["#a", "#b-c", "#d/e_f", "#c++", "#naïve"]


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
        ("see https://x.y/?a[]=1 and https://x.y/[b]", "see https://x.y/?a[]=1 and https://x.y/[b]"),
        ("$a<b$ and \\(f[x](y)=1\\)", "$a<b$ and \\(f[x](y)=1\\)"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_code_is_one_line() -> None:
    assert code("a\n\n![x](http://e)") == "`a␤␤![x](http://e)`"


@given(st.text("` ab", min_size=1, max_size=12).filter(str.strip))
def test_code_reads_as_it_was(text: str) -> None:
    (inline,) = (token for token in PARSER.parse(f"x{code(text)}x") if token.type == "inline")
    children = inline.children or []
    assert [child.content for child in children if child.type == "code_inline"] == [text]
