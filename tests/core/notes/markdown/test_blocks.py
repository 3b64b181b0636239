from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.markdown import inline
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.references import find_definitions
from tui.core.notes.model import Block, Inline, Kind, Style


class Shown(NamedTuple):
    """The properties that most tests compare."""

    kind: str
    text: str
    first: int
    last: int
    depth: int = 0


def shown(source: str) -> list[Shown]:
    return [
        Shown(str(block.kind), block.text, block.first, block.last, block.depth) for block in markdown.parse(source)
    ]


def only(source: str) -> Block:
    (block,) = markdown.parse(source)
    return block


def runs(source: str) -> list[tuple[str, str, str]]:
    """The text, style and target of each run in the only block."""
    block = only(source)
    return [(block.text[run.start : run.end], str(run.style), run.target) for run in block.inlines]


# Structure


def test_a_bullet_has_its_own_lines_and_not_those_of_what_is_nested_in_it() -> None:
    assert shown("- one\n  goes on\n  - two\n\n    more\n- three\n") == [
        Shown("bullet", "one\ngoes on", 0, 1, 1),
        Shown("bullet", "two", 2, 2, 2),
        Shown("paragraph", "more", 4, 4),
        Shown("bullet", "three", 5, 5, 1),
    ]


def test_a_further_paragraph_of_an_item_keeps_its_indent() -> None:
    assert [block.indent for block in markdown.parse("- a\n\n  b\n  - c\n\n    d\n\ne\n")] == [1, 1, 2, 2, 0]


def test_tabs_nest_bullets() -> None:
    assert shown("- a\n\t- b\n\t\t- c\n\t- d\n") == [
        Shown("bullet", "a", 0, 0, 1),
        Shown("bullet", "b", 1, 1, 2),
        Shown("bullet", "c", 2, 2, 3),
        Shown("bullet", "d", 3, 3, 2),
    ]


def test_numbers_are_counted_from_the_first_as_written() -> None:
    blocks = markdown.parse("3. a\n3. b\n   1) c\n   2) d\n9. e\n\n- f\n")
    assert [block.marker for block in blocks] == ["3.", "4.", "1)", "2)", "5.", "•"]


def test_a_task_knows_whether_it_is_done_and_shows_no_box() -> None:
    blocks = markdown.parse("- [ ] a\n- [x] b\n- [X] c\n- [-] d\n- [ ]\n- TODO e\n")
    assert [(block.text, block.task) for block in blocks] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("[-] d", None),
        ("[ ]", None),
        ("TODO e", None),
    ]


def test_a_heading_in_an_item_is_a_heading_at_its_indent() -> None:
    blocks = markdown.parse("- ## Show\n\t- a\n")
    assert [(block.kind, block.text, block.depth, block.indent) for block in blocks] == [
        (Kind.HEADING, "Show", 2, 1),
        (Kind.BULLET, "a", 2, 2),
    ]


def test_an_empty_bullet_stays_only_where_bullets_are_nested_in_it() -> None:
    assert shown("-\n- a\n-\n  - b\n1. - c\n- -\n") == [
        Shown("bullet", "a", 1, 1, 1),
        Shown("bullet", "", 2, 2, 1),
        Shown("bullet", "b", 3, 3, 2),
        Shown("bullet", "", 4, 4, 1),
        Shown("bullet", "c", 4, 4, 2),
    ]


def test_an_item_whose_text_begins_below_its_marker_begins_at_the_marker() -> None:
    assert shown("-\n  a\n") == [Shown("bullet", "a", 0, 1, 1)]


def test_quotes_and_bullets_in_them_know_how_deep_they_are_quoted() -> None:
    blocks = markdown.parse("> a\nlazy\n> > b\n> - c\n\nd\n")
    assert [(block.kind, block.text, block.quoted) for block in blocks] == [
        (Kind.QUOTE, "a\nlazy", 1),
        (Kind.QUOTE, "b", 2),
        (Kind.BULLET, "c", 1),
        (Kind.PARAGRAPH, "d", 0),
    ]


def test_an_outdented_paragraph_after_code_leaves_the_item() -> None:
    blocks = markdown.parse("- a\n  ```\n  x = 1\n  ```\nb\n")
    assert [(block.kind, block.indent) for block in blocks] == [
        (Kind.BULLET, 1),
        (Kind.CODE, 1),
        (Kind.PARAGRAPH, 0),
    ]


def test_code_keeps_its_lines_and_its_language() -> None:
    block = only("```python title\nif a:\n\tb  \n\n```\n")
    assert (block.kind, block.text, block.language) == (Kind.CODE, "if a:\n    b", "python")
    assert (block.first, block.last) == (0, 4)
    assert shown("    a\n      b\n\n    c\n\nd\n") == [
        Shown("code", "a\n  b\n\nc", 0, 3),
        Shown("paragraph", "d", 5, 5),
    ]


def test_a_table_is_one_block_whose_header_is_bold() -> None:
    block = only("| a *b* | c |\n| --- | :-: |\n| `1 \\| 2` | [x](u) | surplus |\n| short |\n")
    assert (block.kind, block.text) == (Kind.TABLE, "a b | c\n1 | 2 | x | surplus\nshort")
    assert (block.first, block.last) == (0, 3)
    assert [(block.text[run.start : run.end], run.style) for run in block.inlines] == [
        ("a b", Style.BOLD),
        ("b", Style.ITALIC),
        ("c", Style.BOLD),
        ("1 | 2", Style.CODE),
        ("x", Style.LINK),
    ]


def test_a_break_in_a_cell_does_not_break_the_row() -> None:
    assert only("| a |\n|---|\n| b<br>c |\n").text == "a\nb c"


def test_a_rule_has_no_text() -> None:
    assert shown("a\n\n---\n\nb\n")[1] == Shown("rule", "", 2, 2)


def test_underlined_headings_take_both_lines() -> None:
    assert shown("one\n---\ntwo\nlines\n===\n") == [
        Shown("heading", "one", 0, 1, 2),
        Shown("heading", "two lines", 2, 4, 1),
    ]


def test_blocks_of_html_are_the_text_in_them() -> None:
    source = (
        "<details>\n<summary>A &amp; B</summary>\n<blockquote><b>Ada</b><br/><br/>So <i>they</i> go.</blockquote>\n"
        "</details>\n\n<iframe src='https://x.y/e'></iframe>\n\n<!-- c\n\nd -->\n\n<aside>\n💡 a **b**\n</aside>\n"
    )
    assert shown(source) == [
        Shown("paragraph", "A & B\nAda\nSo they go.", 1, 3),
        Shown("paragraph", "💡 a b", 12, 13),
    ]


def test_html_that_formats_no_text_is_shown_as_it_stands_set_back() -> None:
    assert shown("<script>\nf(1 < 2);\n</script>\n")[0] == Shown("paragraph", "<script>\nf(1 < 2);\n</script>", 0, 2)
    assert runs("Vec<T> <custom>c</custom>")[0] == ("<T>", "faint", "")


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("a <mark>b</mark>", "a b", [("b", "marked", "")]),
        ("a<br>b<br/>c", "a\nb\nc", []),
        ("<kbd>ctrl</kbd>+<u>x</u>", "ctrl+x", [("ctrl", "code", "")]),
        ("H<sub>2</sub>O, 10<sup>-3</sup>, 1<sup>st</sup>", "H₂O, 10⁻³, 1st", []),
        ("x<sup>n</sup> 10<sup>-k</sup> a<sub>n+1</sub> V<sub>max</sub>", "x^n 10^-k a_n+1 V_max", []),
        ("XX<sup>e</sup> 1<sup>o</sup> M<sup>e</sup> it<sup>[3]</sup> ma<sub>x</sub>", "XXe 1o Me it[3] max", []),
        ("m<sup>**2**</sup> <sup></sup>2<sup>3", "m² 23", [("²", "bold", "")]),
        ('<a href="https://x.y/?a&amp;b">x</a>', "x", [("x", "link", "https://x.y/?a&b")]),
        (
            '<img src="a/b.png" alt="a map"> <img src="a/b.png">',
            "a map b.png",
            [("a map", "faint", ""), ("b.png", "faint", "")],
        ),
        ("<b>a <i>b</b></i>", "a b", [("a b", "bold", ""), ("b", "italic", "")]),
        ("a <!-- b --> c", "a c", []),
        ('x <span style="color:red">*y*</span> <font color=red>z</font>', "x y z", [("y", "italic", "")]),
        ("for <i> in <b>", "for <i> in <b>", [("<i>", "faint", ""), ("<b>", "faint", "")]),
    ],
)
def test_html_inside_a_line_is_what_it_means(source: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert only(source).text == text
    assert runs(source) == expected


@pytest.mark.parametrize(
    "text",
    [
        "set $p^* = q^* + r$ and $x*y*z$",
        r"sets $\{a, b\}$ are small",
        r"$$\frac{1}{2} * k *$$ so",
        r"with \(a_1 * b_1\) and \[x_1 * y_1\]",
        r"and \[p*q\] or \[a*b*c\]",
        "it cost $5 and $6",
    ],
)
def test_a_formula_is_left_as_it_is_written(text: str) -> None:
    assert only(text).text == text
    assert not only(text).inlines


@pytest.mark.parametrize(("source", "text"), [(r"\[*sic*\] a = b", "[sic] a = b"), (r"\[1\] x_y", "[1] x_y")])
def test_an_escaped_bracket_around_words_is_no_formula(source: str, text: str) -> None:
    assert only(source).text == text


@pytest.mark.parametrize(("opener", "closer"), [("$$", "$$"), ("\\[", "\\]")])
@pytest.mark.parametrize("indent", ["", "> ", "  "])
def test_a_formula_on_lines_of_its_own_is_left_as_it_is_written(opener: str, closer: str, indent: str) -> None:
    formula = [opener, "a_1 * b_1 \\\\", "- c * d", "= e", closer]
    source = "- item\n\n" * (indent == "  ") + "".join(f"{indent}{line}\n" for line in formula) + "\n*after*\n"
    *_, block, after = markdown.parse(source)
    assert block.text == "\n".join(formula)
    assert not block.inlines
    assert after.text == "after"


@pytest.mark.parametrize("source", ["$$\nwords\n\n- a\n", "$$\n- a\n", "\\[\n\n- a\n\\]\n"])
def test_an_unclosed_formula_hides_no_bullet(source: str) -> None:
    assert any(block.kind is Kind.BULLET and block.text.startswith("a") for block in markdown.parse(source))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("![Cover|200](c.jpg)", "Cover"),
        ("![a map|640x480](m.png)", "a map"),
        ("![|200](m.png)", "m.png"),
        ("![either|or](m.png)", "either|or"),
        ("![a map](m.png){:height 300, :width 400} so", "a map so"),
        ("keep (this){:width of it}", "keep (this){:width of it}"),
    ],
)
def test_the_width_of_an_image_is_not_shown(source: str, text: str) -> None:
    assert only(source).text == text


@pytest.mark.parametrize(
    ("source", "text"), [("$5 *and* $6", "$5 and $6"), (r"\[12:34\] a", "[12:34] a"), (r"\$x*y*\$", "$xy$")]
)
def test_money_and_escaped_brackets_are_no_formula(source: str, text: str) -> None:
    assert only(source).text == text


def test_definitions_alone_give_no_block() -> None:
    assert shown('[a]: /u "t"\n[b]:\n  <v>\n\ntext [a] [b]\n') == [Shown("paragraph", "text a b", 4, 4)]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "`[Source]`",
        "```\n[Source]\n```",
        "[[Source]]",
        "\\[Source]",
        "[Source](other.md)",
        "- [Source]: https://x.y",
    ],
)
def test_a_definition_that_nothing_refers_to_is_text(elsewhere: str) -> None:
    source = f"{elsewhere}\n\n[Source]: https://x.y/z 'in print'\n"
    *_, block = markdown.parse(source, find_definitions(source))
    assert (block.text, block.first) == ("[Source]: https://x.y/z 'in print'", source.count("\n") - 1)


def test_definitions_that_nothing_refers_to_stay_where_they_stand() -> None:
    assert shown("see [b]\n\n[Ann]: /u\n[b]: /v\n[Cy]: /w\nand so on\n\n[Dee]: /x\n===\n") == [
        Shown("paragraph", "see b", 0, 0),
        Shown("paragraph", "[Ann]: /u", 2, 2),
        Shown("paragraph", "[Cy]: /w\nand so on", 4, 5),
        Shown("paragraph", "[Dee]: /x", 7, 7),
        Shown("paragraph", "===", 8, 8),
    ]


def test_a_title_below_definitions_is_a_heading_whether_they_are_used_or_not() -> None:
    assert [(block.kind, block.text) for block in markdown.parse("[Ann]: /u\nTides\n===\n")] == [
        (Kind.PARAGRAPH, "[Ann]: /u"),
        (Kind.HEADING, "Tides"),
    ]
    assert [heading.title for heading in find_headings("[Ann]: /u\nTides\n===\n")] == ["Tides"]


def test_a_second_definition_of_a_label_is_text_where_it_leads_elsewhere() -> None:
    assert [text for _, text, *_ in shown("[a]\n\n[a]: /u\n[a]: /v\n[a]: /u\n")] == ["a", "a: /v"]


def test_a_footnotes_label_is_shown_whatever_the_footnote_begins_with() -> None:
    source = "[^a]:\n    - x\n\n[^b]:\n        code\n\n[^c]: # y\n\n[^d]:\n\n[^e]: > z\n"
    assert [block.text for block in markdown.parse(source)] == [
        *("[a]", "x", "[b]", "code", "[c]", "y", "[d]", "[e]", "z")
    ]


def test_words_behind_a_fence_with_nothing_in_it_are_shown() -> None:
    assert [block.text for block in markdown.parse("``` on looms\n```\n")] == ["on looms"]


@pytest.mark.parametrize("mark", ["[^a]: ", "- > ", "a) x\nb) "])
def test_notation_in_code_behind_a_mark_is_code(mark: str) -> None:
    margin = "    " if mark.startswith("[") else "  > " if mark == "- > " else "   "
    source = f"{mark}```\n{margin}%% x %%\n{margin}id:: 7\n{margin}```\n"
    assert markdown.parse(source)[-1].text == "%% x %%\nid:: 7"


@pytest.mark.parametrize("text", ["%% no comment %%", "id:: 7", "%%\nno comment\n%%", ":LOGBOOK:\nCLOCK: [1]\n:END:"])
@pytest.mark.parametrize("above", ["", "# looms\n", "# looms\n\n", "- a\n\nwords\n\n"])
def test_notation_in_code_that_is_indented_is_code(text: str, above: str) -> None:
    indented = "".join(f"    {line}\n" for line in text.split("\n"))
    block = markdown.parse(f"{above}{indented}\nend\n")[-2]
    assert (block.kind, block.text) == (Kind.CODE, text)


@pytest.mark.parametrize(
    "source", ["- a\n    id:: 7\n", "- a\n\t- b\n\t  id:: 7\n", "words\n    id:: 7\n", "- a\n\n    id:: 7\n"]
)
def test_notation_that_is_indented_in_a_list_or_a_paragraph_is_hidden(source: str) -> None:
    assert not any("id::" in block.text for block in markdown.parse(source))


def test_a_footnote_stands_where_it_is_written_with_its_label() -> None:
    assert shown("a[^x] b[^y]\n\n[^x]: said\n    more\n\n    second\n\nc\n") == [
        Shown("paragraph", "a[x] b[^y]", 0, 0),
        Shown("paragraph", "[x] said\nmore", 2, 3),
        Shown("paragraph", "second", 5, 5),
        Shown("paragraph", "c", 7, 7),
    ]
    block = markdown.parse("[^1]: a *b*\n")[0]
    assert block.inlines == (Inline(0, 3, Style.FAINT), Inline(6, 7, Style.ITALIC))


def test_the_lines_of_the_title_are_skipped_and_counted() -> None:
    blocks = markdown.parse("Title\n=====\n\n- a\n", skip=2)
    assert [(block.text, block.first) for block in blocks] == [("a", 3)]
    assert markdown.parse("# Title", skip=1) == ()
    assert markdown.parse("# Title", skip=3) == ()


# Inline


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("a **b** c", "a b c", [("b", "bold", "")]),
        ("*a* _b_", "a b", [("a", "italic", ""), ("b", "italic", "")]),
        ("***a***", "a", [("a", "bold", ""), ("a", "italic", "")]),
        ("`a * b`", "a * b", [("a * b", "code", "")]),
        ("~~a~~", "a", [("a", "strike", "")]),
        ("==a *b*==", "a b", [("a b", "marked", ""), ("b", "italic", "")]),
        ("^^a^^", "a", [("a", "marked", "")]),
        ("[a *b*](http://x.y 'z')", "a b", [("a b", "link", "http://x.y"), ("b", "italic", "")]),
        ("[](http://x.y)", "http://x.y", [("http://x.y", "link", "http://x.y")]),
        ("<http://x.y>", "http://x.y", [("http://x.y", "link", "http://x.y")]),
        ("<a@b.c>", "a@b.c", [("a@b.c", "link", "mailto:a@b.c")]),
        ("[a](b.md)", "a", [("a", "link", "b.md")]),
        ("![a b](c/d.png)", "a b", [("a b", "faint", "")]),
        ("![](c/d.png)", "d.png", [("d.png", "faint", "")]),
        ("[[a b]]", "a b", [("a b", "link", "[[a b]]")]),
        ("[[a#b|c]]", "c", [("c", "link", "[[a#b]]")]),
        ("![[a.png|300x200]]", "a.png", [("a.png", "faint", ""), ("a.png", "link", "[[a.png]]")]),
        ("a &amp; &lt;b&gt; &copy;", "a & <b> ©", []),
        (r"\*a\* \[b\]", "*a* [b]", []),
        ("1 == 2 and 3 ^ 4", "1 == 2 and 3 ^ 4", []),
        ("[12:34] a", "[12:34] a", []),
        ("a&#10;b&#9;c", "a b c", []),
    ],
)
def test_inline_markup_becomes_runs(source: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert only(source).text == text
    assert sorted(runs(source)) == sorted(expected)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("see https://x.y/a_b_c/_d_?q==1&r=2.", "https://x.y/a_b_c/_d_?q==1&r=2"),
        ("(https://x.y/a_(b))", "https://x.y/a_(b)"),
        ("“https://x.y/”, he said", "https://x.y/"),
        ("`a` https://x.y/z!", "https://x.y/z"),
        ("*https://x.y/z*", "https://x.y/z"),
        ("**see** https://x.y/a__b__**c**", "https://x.y/a__b__c"),
    ],
)
def test_an_address_in_the_text_is_a_link_without_the_punctuation_around_it(source: str, address: str) -> None:
    links = [(text, target) for text, style, target in runs(source) if style == "link"]
    assert links == [(address, address)]


@pytest.mark.parametrize(
    ("source", "text", "style"),
    [
        ("**[a](https://x.y/_b_)**", "a", "bold"),
        ("[a](https://x.y)**b**", "b", "bold"),
        ("**https://x.y/a_b_c**", "https://x.y/a_b_c", "bold"),
        ("==https://x.y/a==", "https://x.y/a", "marked"),
        ("(https://x.y)_b_", "b", "italic"),
        ("*see https://x.y/a_b, c*", "see https://x.y/a_b, c", "italic"),
    ],
)
def test_markup_around_an_address_is_markup(source: str, text: str, style: str) -> None:
    assert (text, style) in [(run[0], run[1]) for run in runs(source)]


def test_an_address_in_code_is_no_link() -> None:
    assert runs("`https://x.y`") == [("https://x.y", "code", "")]


def test_lines_that_are_joined_break_where_the_notes_ask() -> None:
    (block,) = markdown.parse("a \nb\n c  \nd\\\ne<br>f\n", line_breaks="join")
    assert block.text == "a b c\nd\ne\nf"


def test_runs_count_code_points_of_the_text_as_shown() -> None:
    block = only("👩‍💻 &#x202e;\t\u200b**b\u0007**")
    assert block.text == "👩‍💻 \ufffd \u200bb␇"
    assert block.inlines == (Inline(7, 9, Style.BOLD),)


def test_references_resolve_to_what_the_whole_note_defines() -> None:
    known = find_definitions("[A  b]: <http://x.y/(>\n\n[a b]\n\n[^1]: foot\n")
    (block,) = markdown.parse("[t][a B] and [a b] and [^1]", known)
    assert block.text == "t and a b and [1]"
    assert [run.target for run in block.inlines] == ["http://x.y/(", "http://x.y/(", ""]


# Definitions


def test_definitions_are_found_in_items_and_quotes_and_below_each_other() -> None:
    found = find_definitions(
        "[a]: u\n[b]: v\n\n- [c]: w\n> [d]: x\n\n# h\n[e]: y 't\n')\n\n[^n]: z\n[a] [b] [c] [d] [e]\n"
    )
    assert found.links == {"A": "u", "B": "v", "C": "w", "D": "x"}
    assert found.footnotes == {"N"}


@pytest.mark.parametrize(
    "text",
    [
        *("[a] : /u\n", "text\n[a]: /u\n", "[a]: /u v\n", "[12:30]: he says so\n", "```\n[a]: /u\n```\n", "[]: /u\n"),
        *("[a]:\n", "[Ada]: ja\n", "[Bo]: 1912\n", "[Cy]: salt\n"),
    ],
)
def test_lookalikes_of_definitions_are_none(text: str) -> None:
    assert find_definitions(text).links == {}
    assert [block.text for block in markdown.parse(text)] != []


def test_the_first_of_equal_labels_holds() -> None:
    assert find_definitions("[a]: u\n\n[A]: v\n\n[a]").links == {"A": "u"}


# Obsidian


def test_comments_are_hidden_and_lines_still_count() -> None:
    assert shown("a %%x%% b\n\n%%\nx\n\n- y\n%%\n\n- c\n%% z %%\n  d\n\n`%%` e `%%`\n") == [
        Shown("paragraph", "a b", 0, 0),
        Shown("bullet", "c\nd", 8, 10, 1),
        Shown("paragraph", "%% e %%", 12, 12),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "rose 10%% and fell 3%% again",
        "a %% one\n\nb %% two",
        "- a %% one\n- b %% two",
        "a %% one\n# b %% two",
        "%%\na\n\n## b\n\nc\n%%",
        "```\n%%\na\n%%\n```",
        "`a %% b` c `d %% e`",
    ],
)
def test_a_comment_ends_with_its_block_and_hides_no_heading(source: str) -> None:
    text = " ".join(block.text for block in markdown.parse(source))
    assert re.findall(r"\w+", text) == re.findall(r"\w+", source)


def test_a_comment_that_is_not_closed_is_text() -> None:
    assert only("100%% sure\n").text == "100%% sure"


def test_block_ids_are_hidden() -> None:
    assert [row.text for row in shown("- a ^abc-1\n- b ^123456\n- x ^2\n- e^x\n\n| t |\n|---|\n\n^tab1\n")] == [
        "a",
        "b",
        "x ^2",
        "e^x",
        "t",
    ]


def test_a_callout_is_a_quote_with_its_title() -> None:
    blocks = markdown.parse("> [!question]- Why *so*?\n> because\n> - a\n\n> [!TIP]\n> b\n\n> [!note]\n")
    assert [(block.kind, block.text, block.language, block.first, block.last) for block in blocks] == [
        (Kind.QUOTE, "Why so?", "question", 0, 0),
        (Kind.QUOTE, "because", "", 1, 1),
        (Kind.BULLET, "a", "", 2, 2),
        (Kind.QUOTE, "Tip", "tip", 4, 4),
        (Kind.QUOTE, "b", "", 5, 5),
        (Kind.QUOTE, "Note", "note", 7, 7),
    ]


# Logseq


def test_machine_properties_drawers_and_dates_are_hidden() -> None:
    source = (
        "id:: 12\nlogseq.order-list-type:: number\n\n- ## Show\n  id:: 63\n  collapsed:: true\n\t- a\n"
        "\t  hl-page:: 4\n\t  goes on\n"
        "\t- TODO b\n\t  SCHEDULED: <2025-01-02 Thu>\n\t  :LOGBOOK:\n\t  CLOCK: [2025-01-02]\n\t  :END:\n"
        "-\n  id:: 64\n\t- c\n- collapsed:: true\n"
    )
    assert shown(source) == [
        Shown("heading", "Show", 3, 3, 2),
        Shown("bullet", "a\ngoes on", 6, 8, 2),
        Shown("bullet", "TODO b", 9, 9, 2),
        Shown("bullet", "", 14, 14, 1),
        Shown("bullet", "c", 16, 16, 2),
    ]


def test_properties_that_a_writer_wrote_are_text_each_on_its_own_line() -> None:
    source = "summary:: Salt was money.\nsource:: a book\n\n- haul:: what a mule carries\n- a\n  haul:: b\n  goes on\n"
    assert shown(source) == [
        Shown("paragraph", "summary:: Salt was money.\nsource:: a book", 0, 1),
        Shown("bullet", "haul:: what a mule carries", 3, 3, 1),
        Shown("bullet", "a\nhaul:: b\ngoes on", 4, 6, 1),
    ]


@pytest.mark.parametrize(
    "source",
    ["heading:: The day the mill burnt down", ":LOGBOOK:\nwritten by hand\n:END:", ":PROPERTIES:\n\n- a\n\n:END:"],
)
def test_values_that_no_machine_would_write_are_shown(source: str) -> None:
    text = " ".join(block.text for block in markdown.parse(source))
    assert re.findall(r"\w+", text) == re.findall(r"\w+", source)


@pytest.mark.parametrize(
    "source",
    [
        "a std::move b",
        "- see a:: b there",
        "f :: Int -> Int",
        "a::b",
        "```\nkey:: v\n```",
        "`key:: v`",
        "two words:: v",
    ],
)
def test_lines_that_are_no_properties_are_shown(source: str) -> None:
    assert "::" in only(source).text


# Titles


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a **b** `c` [d](e) [[f|g]]", "a b c d g"),
        ("  A &amp; B\x1b on C ", "A & B␛ on C"),
        ("two\nlines", "two lines"),
        ("a<br>b", "a b"),
        ("", ""),
    ],
)
def test_a_title_is_plain_text_on_one_line(source: str, text: str) -> None:
    assert inline.plain(source) == text


def test_words_of_a_speaker_in_brackets_are_text() -> None:
    source = "[Host]: Why?\n\n[Ada]: Money.\n\n[Host]: And time?\n\n[Ada]: Yes\n"
    blocks = markdown.parse(source, find_definitions(source))
    assert [block.text for block in blocks] == source.strip().split("\n\n")
