"""Inline Markdown read without a parser gives what the parser would give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.markdown_notes import jumbled, nested
from tui.core.notes.markdown.inline import InlineText
from tui.core.notes.markdown.inline_fast import simple
from tui.core.notes.markdown.inline_mistune import AnyInline
from tui.core.notes.model import Inline, Style

MARKS = (
    *("**", "*", "_", "==", "~~", "^^", "`", "[", "]", "](", ")", "(", "!", "\\", "&amp;", "<b>", "=", "~", "^"),
    *("{==", "==}", "{++", "{>>", "<<}"),
)
WORDS = ("chips", "a", "3", "été", "網", "well-known", "snake_case", "https://x.y/z", "mailto:a@b.c", "[12:34]", "👩‍💻")
BREAKS = (
    " ",
    "  ",
    "\n",
    " \n ",
    "  \n",
    "\t",
    ".",
    ", ",
    "? ",
    "”",
    "“",
    "‘",
    "’",
    "—",
    ":",
    "\x07",
    "\xa0",
    "\u200b",
)
SET = [
    f"{mark}{it}{mark}" for mark in ("**", "*", "==", "~~", "`", "_", "^^") for it in ("a", "two words", "end.", "b ")
]
LINKS = ("[link](https://x.y/z)", "[a b](notes.md#part)", "[x]", "[48:43]", "[[wiki]]", "[^1]", "![i](x.png)")
LINES = st.lists(st.sampled_from((*MARKS, *WORDS, *BREAKS, *SET, *LINKS)), max_size=12).map("".join)
EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "commonmark.json").read_text("utf-8"))["examples"]


@settings(max_examples=1000, deadline=None)
@given(LINES | jumbled() | nested())
@example("**http**://x.y and [mailto](a):b@c")
@example("==**a**== *a **b** c*")
def test_simple_markup_gives_the_parsers_result(source: str) -> None:
    text = simple(source)
    assert text is None or text == AnyInline({}, frozenset()).set(source)


def test_simple_examples_of_the_specification_give_the_parsers_result() -> None:
    sources = {text for each in EXAMPLES for text in (each["markdown"].strip(), *each["markdown"].split("\n"))}
    told = {source: text for source in sources if (text := simple(source))}
    assert len(told) > 100
    assert told == {source: AnyInline({}, frozenset()).set(source) for source in told}


@pytest.mark.parametrize(
    ("source", "plain", "inlines"),
    [
        ("[12:34] Story **on reason** goes on", "[12:34] Story on reason goes on", (Inline(14, 23, Style.BOLD),)),
        ("*one* ==two==", "one two", (Inline(0, 3, Style.ITALIC), Inline(4, 7, Style.MARKED))),
        ("no, ~~three~~.", "no, three.", (Inline(4, 9, Style.STRIKE),)),
        ("run `a*b*c`", "run a*b*c", (Inline(4, 9, Style.CODE),)),
        ("see [the page](https://x.y/z)!", "see the page!", (Inline(4, 12, Style.LINK, "https://x.y/z"),)),
        ("a line\nwrapped **in two**", "a line wrapped in two", (Inline(15, 21, Style.BOLD),)),
        ("snake_case_words", "snake_case_words", ()),
    ],
)
def test_the_commonest_forms_need_no_parser(source: str, plain: str, inlines: tuple[Inline, ...]) -> None:
    assert simple(source) == (plain, inlines)


@pytest.mark.parametrize(
    "source", ["a **b", "_a_", "***a***", "[a][b]", "https://x.y", "a\\*b", "&amp;", "<b>", "`a  \nb`", "[[a]]"]
)
def test_other_markup_is_left_to_the_parser(source: str) -> None:
    assert simple(source) is None


@pytest.mark.parametrize(
    ("source", "plain", "styled"),
    [
        ("==🟢green== and ==🔵 blue==", "green and blue", [("green", Style.MARKED), ("blue", Style.MARKED)]),
        ("==🟢==", "🟢", [("🟢", Style.MARKED)]),
        ("🟢 ==no== 🟢", "🟢 no 🟢", [("no", Style.MARKED)]),
        ("a {==mark==}{>>and why<<} b", "a mark {and why} b", [("mark", Style.MARKED), ("{and why}", Style.FAINT)]),
        ("old{++er++}", "older", [("er", Style.MARKED)]),
        ("a {--cut--} b", "a cut b", [("cut", Style.STRIKE)]),
        ("a {~~one~>two~~} b", "a one→two b", [("one", Style.STRIKE), ("two", Style.MARKED)]),
        ("{++*a* b++}", "a b", [("a b", Style.MARKED), ("a", Style.ITALIC)]),
        ("{ a } {b} {++open {-- shut ++ }", "{ a } {b} {++open {-- shut ++ }", []),
        ("`{++a++}`", "{++a++}", [("{++a++}", Style.CODE)]),
    ],
)
def test_marks_of_other_programs_mean_what_they_say(source: str, plain: str, styled: list[tuple[str, Style]]) -> None:
    text = InlineText({}, frozenset()).set(source)
    assert text.plain == plain
    assert [(text.plain[run.start : run.end], run.style) for run in text.inlines] == styled
