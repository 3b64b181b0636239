"""Strategies for notes in which words are planted wherever a writer writes some, in every notation that we know.

A template has ``§`` where a writer's word stands and ``¤`` where one belongs to the closed list of notation, for
example in an address; ``¶1`` to ``¶5`` are labels and what refers to them, ``£`` words
that name a language or the kind of a callout. Words are put in last, each once.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import strategies as st


class Planted(NamedTuple):
    """A note and the words in it that must be shown."""

    path: str
    source: str
    shown: tuple[str, ...]
    named: tuple[str, ...]
    "Further words that name a kind of block: a language, the kind of a callout."


WORD, HIDDEN, LABEL, NAMED = "§", "¤", "¶", "£"
_LETTERS = "bcdfghjklmnprstvz"

# fmt: off
INLINE = [
    "§", "§", "§", "§ §", "§, §", "§?", "§!", "(§)", "“§”", "§: §", "§ – §", "§/§", "§_§", "§'s", "§…", "12:34 §",
    "**§**", "*§*", "__§__", "_§_", "***§***", "~~§~~", "==§==", "^^§^^", "**§ *§* §**", "§**§**§", "§==§==", "*§",
    "`§`", "``§ ` §``", "`§ **§**`", "`%% § %%`", "`<!-- § -->`", "`[§](§)`", "`§:: §`", "\\*§\\*", "\\[§\\]", "§\\§",
    "[§](https://¤.example/¤)", "[§ **§**](https://¤.example '¤')", "[§](<¤ ¤>)", "§[§](¤)§", "[§](¤.md#¤)",
    "![§](¤.png)", '![§ §](https://¤.example/¤.png "¤")', "[![§](¤.png)](https://¤.example)", "![](¤.png)", "![§]",
    "<https://§.example>", "https://§.example/§?§=§", "<§@example.org>", "www.§.example", "[https://§.example](¤)",
    "[[§]]", "[[¤|§]]", "[[§#§]]", "![[§.png]]", "![[§.png|300]]", "![[§#^¤]]", "[[§|]]", "[[§", "§]]", "((§))", "#§",
    "#§/§", "@§", "#[[§ §]]", "{{§}}", "{{embed [[§]]}}", "{§}", "^[§ §]", "[§]", "[§] §", "[ ] §", "[§]: §",
    "{==§==}", "{==§ §==}{>>§ §<<}", "{++§++}", "{--§--}", "{~~§~>§~~}", "{>>§<<}", "{==§", "{++§", "==🟢§==",
    "<b>§</b>", "<i>§</i>", '<mark class="¤">§</mark>', '<span style="color: ¤">§</span>', "<kbd>§</kbd>", "<§>",
    "<u>§</u>", "§<sub>§</sub>", "§<sup>§</sup>", "§<br>§", "<br/>§", '<a href="¤">§</a>', '<img alt="§" src="¤">',
    "<x-y>§</x-y>", "<§ §>", "§ < § > §", "<b>§", "§</i>", "<q>§</q>", "<del>§</del>", "<q §",
    '<font color="¤">§</font>', "<!-- ¤ -->", "§ <!-- ¤ ¤ --> §", "%% ¤ %%", "%%¤%%", "§ %% ¤ ¤ %% §", "$§$",
    "$§_§^{§}$", "$$§ = §$$", "\\(§_1 = §\\)", "\\[§ = §_2\\]", "$5 § $6", "§&amp;§", "§&sect;§", "&§;", "& §",
    "&#33;§", "5 * § * §", "§ | §", "§ ~ §", "§ ^ §", "§ = §", "§ \\| §", "10% §", "§ % §", "…§", "§¹", "😀 §",
    "§ 👨\u200d👩\u200d👧", "§\xad§", "§\u200d§", "\u200f§", "§\xa0§", "[§][¶1]", "[¶1]", "[¶2][]", "![§][¶2]",
    "§[^¶3]", "[^§]", "§[^¶3]§",
]
"Pieces of a line. ``¶1`` to ``¶3`` are labels that the note may or may not define."

LINES = [
    "§:: § §", "§:: § § § § §", "id:: ¤", "collapsed:: ¤", "template:: § § § § §", "heading:: § § § § §",
    "§-§:: [[§]], #§", "¤::", "(§:: §)", "[§:: §]", "§ :: §", "§::§", "SCHEDULED: <2024-05-01 ¤>",
    "DEADLINE: <2024-05-01 ¤>", "TODO §", "§ ^¤", "^¤", "§ ^¤ §", "(12:34) § §", "[00:12:34] §", "12:34 - §",
    "**§:** §", "§: “§ §?”", "§ (§): §", "— §, *§*", "[§]: §", "[§] : https://§.example", "[§]: https://§.example",
    "[§]:<§>", "[§]: https://§.example '§ §'", "[^§]: §", "[§]:", "[§]: <>", "\\[§]: /§", "[§ §]: ./§.md (§)",
    "[^¶4]: §\n\n[§]: §", "§[^¶5] §\n\n[^¶5]: § **§**", "- [^§]: §", "[^§]:\n    - §\n    - §", "[^§]:\n\n        §",
    "[^§]:\n\n    ```\n    §\n    ```", "[^§]: # §", "[^§]: > §", "[^§]: | § | § |\n    |---|---|\n    | § | § |",
    "[^§]: <div>§</div>", "[^§]:", "[^§]: ---", "[^§]:\n\n§",
]
"Lines by themselves; definitions that nothing refers to are text."

BLOCKS = [
    "```\n§ §\n\n  §\n```", "```py ¤=¤\n§ # §\n```", "~~~\n§\n```\n§\n~~~", "````\n```\n§\n```\n````",
    "```\n%% § %%\n§:: §\n```", "    § §\n\n    §", "    §:: §", "    [§]: /§", "\t§", "    | § |",
    "    ```\n    §\n    ```", "```£\n§\n```", "```{£}\n§\n```", "%%\n¤\n\n¤\n%%", "%%\n- ¤\n%%", "%% ¤\n¤ %%",
    "<!--\n¤\n\n- ¤\n-->", "<!-- ¤ -->§", "<!-- ¤ --> §\n§", "<!-- ¤ -->\n§", "$$\n§\n$$", "$$\n- §\n+ §\n$$",
    "$$\n§\n\n§\n$$", "$$§\n= §\n> § $$", "§ $$\n1. §\n$$ §", "\\[\n§\n\\]", "$$\n# §\n$$", "$$ §",
    "$$\n\\begin{§}\n* § & § \\\\\n| § |\n---\n\\end{§}\n$$", "$$\n[§]: §\n$$", "$$\n<§\n$$", "$$\n    §\n$$",
    "$$\n§:: §\n$$", "| § | § |\n|---|---|\n| § | § | § |\n| § |", "§ | §\n:-- | --:\n§ | **§** | §\n§",
    "| § |\n|---|\n| `§ \\| §` | § |", "§\n| § | § |\n|---|---|\n| § | |", "| § | § |\n|---|\n| § | § |",
    "| § | § |\n§ | §", "|§|\n|-|\n|§\\|§|", "| [[¤\\|§]] | [§](¤) |\n|-|-|\n|§", "§\n===", "§\n---", "§ §\n§\n---",
    "§\n-", "# §", "## § ##", "###### § #", "####### §", "#§", "# [§](¤) **§** `§`", "#", "## § {#§}", "> §\n> §",
    "> §\n§", ">§", "> [!note] §\n> §", "> [!tip]- § **§**\n> §", "> [!quote|¤]\n> §", "> [!§]\n> §", "> > §\n> §",
    ">", "> [!faq]+ §?\n>\n> - §\n>   - §\n> > §", "> [!note] §", "> - [!x] §", "> [!£ £] §", "> [!§-§]+\n> §",
    "[!§] §", "> §\n> [!note] §", "- §\n  - §\n    - §", "* §\n\n  §\n\n* §", "+ §\n+\n+ §", "1. §\n2. §\n   a. §",
    "1) §\n\n   > §", "- [ ] §\n- [x] § §", "- [/] §", "- [-] §", "- [§] §", "- §\n§", "-\n  §", "-", "- - §", "- # §",
    "- > §", "- ```\n  §\n  ```", "-     §", "- | § |\n  |---|\n  | § | § |", "a) §\nb) §", "(1) §\n(2) §", "① §\n② §",
    "1/ §\n\n2/ §", "• §\n  ◦ §\n• §", "– §\n– §", "☐ §\n☑ §", "・§", "一、§\n二、§", "1.§",
    "- TODO § [#A]\n  :LOGBOOK:\n  CLOCK: [¤]--[¤] => ¤\n  :END:", ":PROPERTIES:\n:¤: ¤\n:END:", ":LOGBOOK:\n§\n:END:",
    ":§:\n§\n:END:", "- §\n  id:: ¤\n  collapsed:: ¤", "- §\n  §:: § § § §", "- collapsed:: ¤\n  §",
    "- §:: §\n  §:: §", "- §\n  :PROPERTIES:\n  :¤: ¤\n  :END:", "#+BEGIN_QUOTE\n§\n#+END_QUOTE",
    "#+BEGIN_NOTE\n§\n\n§\n#+END_NOTE", "#+BEGIN_TIP\n§", "#+BEGIN_§\n§\n#+END_§", "#+title: §", "<div>§</div>",
    '<div align="¤">\n\n§\n\n</div>', "<div>\n- §\n</div>", "<p>§</p>\n§",
    "<details>\n<summary>§</summary>\n\n§\n</details>", "<details><summary>§</summary>§</details>",
    "<aside>\n💡 §\n</aside>", "<table><tr><th>§<td>§</table>", "<ul><li>§<li>§</ul>", "<hr>§",
    "<script>\n§\n\n§\n</script>", "<style>§ {}</style>", "<pre>§\n\n§</pre>", "<!DOCTYPE §>", "<?§ § ?>",
    "<![CDATA[§]]>", "<div>\n§", '<iframe src="¤"></iframe>', '<audio controls src="¤"></audio>§',
    "<blockquote>§<br>§</blockquote>", '<img src="¤" alt="§">', "<x>\n§\n</x>", '<video src="¤">§</video>',
    '<input value="§">', "<button>§</button>", "</div> §", "<textarea>§</textarea>", "<svg><title>§</title></svg>",
    "---", "***", "* * *", "___\n§", "===", "§\n\n\n\n§", "§  \n§\\\n§", "<https://§.example>\n§", "![](¤.png)\n§",
    "![[§]]", "!§", "Created with § §", "Episode AI notes: §", "Excerpt From: § “§”", "Excerpt From §",
    "“§”\n\nExcerpt From\n§\n§\nThis material may be protected by copyright.", "#", "#", "#", " ", "E", "p", "i", "s",
    "o", "d", "e", " ", "m", "e", "t", "a", "d", "a", "t", "a", "\n", "-", " ", "E", "p", "i", "s", "o", "d", "e", " ",
    "t", "i", "t", "l", "e", ":", " ", "§", "\n", "-", " ", "S", "h", "o", "w", ":", " ", "§", "\n", "-", " ", "O",
    "w", "n", "e", "r", " ", "/", " ", "H", "o", "s", "t", ":", " ", "§", "\n", "-", " ", "G", "u", "e", "s", "t", "s",
    ":", " ", "§", ",", " ", "§", " ", "§", "\n", "-", " ", "E", "p", "i", "s", "o", "d", "e", " ", "p", "u", "b", "l",
    "i", "s", "h", " ", "d", "a", "t", "e", ":", " ", "2", "0", "2", "4", "-", "0", "5", "-", "0", "1", "\n", "-", " ",
    "§", ":", " ", "§", "\n", " ", " ", "§",
    "## Metadata\n- Author: [[§]]\n- Full Title: §\n- Category: #podcasts\n- Summary: § §\n- §: [[§]], §\n  - §",
    "## Metadata\n- §\n- §: §\n§", "## Highlights\n- § ([Time 0:12](¤))\n    - Tags: [[§]]\n    - Note: §",
    "## New highlights added § §\n- §", "### Metadata\n§: §\n- Author:: §",
    "[00:12] §\n\n<details>\n<summary>Transcript</summary>\n<blockquote><b>§</b><br/>§ §</blockquote>\n</details>",
    "§ snipd §\n---\n\n---\n§", "§: §\n§: §", "§ §:\n§, §", "00:00 §\n01:30 § §\n1:02:03 §", "Host: §\nGuest: § §",
    "§,\n§ §\n§.", "§ §\n§ §\n\n§",
]

CODE = [
    "%% § %%", "id:: §", "<!-- § -->", ":LOGBOOK:\nCLOCK: [§]\n:END:", "%%\n§\n%%", "§\n\n%% §\n§ %%", "§\n- id:: §",
    "[§]: /§",
]
"Characters that are notation anywhere but in code."

FRONT = [
    "§: §", "title: §", "title: '§: §'", "date: 2024-05-01", "show: §", "podcast: §", "guests: [§, § §]",
    "guest: § and §", "author: §", "guests:\n  - name: §\n    §: §\n  - §", "tags: [§, '§']", "aliases:\n- §\n- § §",
    "description: |\n  §\n\n  - §\n  §", "summary: >-\n  §\n  §", "id: ¤", "cssclasses: [¤]", "template: § § § § §",
    "§:\n  §: §\n  §:\n    - §", '§: "§ \\"§\\""', "§: {§: §, §: [§]}", "¤:", "¤: # ¤", "§: §\n  §", "§: '§''§'",
    "category: podcasts", "url: https://§.example/§", "published: §", "authors: [§, §]", "¤: null", "'§': §",
    "§ §: §#§", "guests: § (§), §", "title: §\ntitle: §", "show: §\npodcast: §", "date: § 3rd", "author: [[§]]",
    "guest: '[[¤|§]]'", "title: § on § (§)",
]
BAD_FRONT = [
    "§ §", "- §", "§: [§", "# §\n\n§", "> §", "§: '§", "\t§: §", "§: §: §", "* §: §",
]
TOML = [
    '§ = "§"', 'title = "§"', "§ = ['§', '§']", "date = 2024-05-01", "[§]\n§ = '§'", "§ = {§ = '§'}", 'id = "¤"',
    "# ¤",
]

TITLES = [
    "§", "§ on §", "§ & § on The § (§, 3/14)", "§: §", "**§** [§](¤)", "§ with § | §", "#12 § – §", "2024-05-01 §",
    "§ §?", "[[§]] on §",
]
PASTED = [
    "• §", "  ◦ § §", "    ▪ §", "§", "§ §.", "- §", "1. §", "2) §", "§:", "§?", "(12:34) §", "12:34", "§: §", "☐ §",
    "☑ §", "– §", "https://§.example/§", "[§]: §", "<§>", "§:: §", "*§*", "***", "---", "", "", "\t• §", "\xa0\xa0• §",
    "•\t§", "•§", "•", "a) §", "• [ ] §", "§ on §", "§ and § on § (1/2)", "by §", "§ <b>§</b>", "[§](¤)", "§ [[§]]",
    "%% ¤ %%", "<!-- ¤ -->", "&§; §", "Excerpt From\n§\n§\nThis material may be protected by copyright.",
]
REFERENCES = [
    "[¶1]: https://¤.example", "[¶2]: </¤ ¤> '¤'", "[^¶3]: §", "[^¶3]:\n    - §",
]
OPEN = [
    "```\n§\n\n§", "~~~ £\n§", "<!-- §\n\n- §", "%%\n§\n\n§", "- §\n  %%\n  §", "$$\n§\n\n- §", "<div\n§",
    ":LOGBOOK:\n§",
]
"Notation that is opened and not closed in the rest of the note."
# fmt: on


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else "" for line in lines[1:])])


def _item(children: list[str], marker: str, *, is_loose: bool) -> str:
    return _indented(("\n\n" if is_loose else "\n").join(children), marker, " " * len(marker))


def _quote(children: list[str], head: str) -> str:
    return head + "\n".join(f"> {line}".rstrip() for line in "\n\n".join(children).split("\n"))


def _footnote(children: list[str]) -> str:
    return _indented("\n\n".join(children), "[^§]: ", "    ")


def _table(rows: list[list[str]]) -> str:
    head, *others = [" | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) for row in rows]
    return "\n".join([f"| {head} |", "|---" * len(rows[0]) + "|", *(f"| {row} |" for row in others)])


_SENTENCE = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4)
_TEXT = st.builds(lambda pieces, between: between.join(pieces), _SENTENCE, st.sampled_from([" ", " ", " ", "\n", ", "]))
_CODE = st.sampled_from(CODE)
_CODES = (
    _CODE.map(lambda text: "###### §\n\n" + _indented(text, "    ", "    "))
    | _CODE.map(lambda text: "###### §\n" + _indented(text, "\t", "\t"))
    | _CODE.map("```\n{}\n```".format)
    | _CODE.map(lambda text: _indented(f"~~~ §\n{text}\n\n§\n~~~", "- §\n\n  ", "  ").replace("~~~ §", "~~~"))
)
_LEAF = (
    _TEXT
    | st.sampled_from(LINES)
    | st.sampled_from(BLOCKS)
    | st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "####"]), _TEXT)
    | st.lists(st.lists(_TEXT, min_size=1, max_size=3), min_size=1, max_size=3).map(_table)
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=1, max_size=3)
    annotations = st.sampled_from(["- ", "* ", "1. ", "10) ", "-   ", "- [ ] ", "- [x] ", "a) ", "\t- ", "    1. "])
    items = st.lists(st.builds(_item, some, annotations, is_loose=st.booleans()), min_size=1, max_size=3).map("\n".join)
    quotes = st.builds(_quote, some, st.sampled_from(["", "> [!note] §\n", "> [!info]- §\n> §\n", "> §\n"]))
    return items | quotes | some.map(_footnote)


_BLOCK = st.recursive(_LEAF, _nested, max_leaves=4)
_MAY_HIDE = re.compile(r"[¤%<]|```|~~~")
"Notation that may hide text in other lines, combined at random."
_JUMBLED = st.lists(
    st.builds(
        lambda prefixes, line: "".join(prefixes) + line,
        st.lists(st.sampled_from(["", " ", "  ", "    ", "\t", "- ", "* ", "1. ", "2) ", "> ", ">"]), max_size=3),
        st.sampled_from([line for each in (*LINES, *BLOCKS) for line in each.split("\n") if not _MAY_HIDE.search(line)])
        | st.sampled_from([piece for piece in INLINE if "%%" not in piece]),
    ),
    max_size=8,
).map("\n".join)
_SECTION = st.builds(
    lambda title, blocks, between: between.join([f"## {title}", *blocks]),
    st.sampled_from(TITLES),
    st.lists(_BLOCK | _JUMBLED | _CODES, max_size=3),
    st.sampled_from(["\n\n", "\n\n", "\n"]),
)
_YAML = st.lists(st.sampled_from(FRONT), min_size=1, max_size=4).map(
    lambda lines: "---\n{}\n---".format("\n".join(lines))
)
_NO_YAML = st.builds(
    lambda lines, bad: "---\n{}\n---".format("\n".join([*lines, bad])),
    st.lists(st.sampled_from([line for line in FRONT if "¤" not in line]), max_size=2),
    st.sampled_from(BAD_FRONT),
)
_TOML = st.lists(st.sampled_from(TOML), min_size=1, max_size=3, unique=True).map(
    lambda lines: "+++\n{}\n+++".format("\n".join(sorted(lines, key=lambda line: line.startswith("["))))
)
_TOP = st.sampled_from(["", "", "# §", "# § on §", "§ §", "§:: §\n§:: § §", "title:: §\nshow:: §", "§\n===", "by §"])
_MARKDOWN = st.builds(
    lambda front, top, lead, sections, references, last: "\n\n".join(
        filter(None, [front, top, *lead, *sections, *references, last])
    ),
    st.just("") | st.just("") | _YAML | _NO_YAML | _TOML,
    _TOP,
    st.lists(_BLOCK | _JUMBLED, max_size=2),
    st.lists(_SECTION, max_size=3),
    st.lists(st.sampled_from(REFERENCES), max_size=3, unique=True),
    st.just("") | st.just("") | st.sampled_from(OPEN),
)
_PASTED = st.lists(st.sampled_from(PASTED), min_size=1, max_size=14).map("\n".join)


def _word(number: int) -> str:
    if number % 3 == 0:
        return f"x{number:03}q"
    base = len(_LETTERS)
    letters = _LETTERS[number // base**2 % base] + _LETTERS[number // base % base] + _LETTERS[number % base]
    return f"q{letters}x" if number % 3 == 1 else f"Q{letters}x"


def _planted(path: str, template: str, line_end: str) -> Planted:
    shown: list[str] = []
    named: list[str] = []
    count = 0

    def put(found: re.Match[str]) -> str:
        nonlocal count
        if found[0][0] == LABEL:
            return f"lab{found[0][1:]}"
        count += 1
        word = _word(count)
        if found[0] == WORD:
            shown.append(word)
        if found[0] == NAMED:
            named.append(word)
        return word

    source = re.sub(rf"{WORD}|{HIDDEN}|{NAMED}|{LABEL}\d", put, template)
    return Planted(path, source.replace("\n", line_end), tuple(shown), tuple(named))


def planted() -> st.SearchStrategy[Planted]:
    """Notes with planted words."""
    return st.builds(
        _planted,
        st.sampled_from(["a.md", "a.md", "a.txt"]),
        _MARKDOWN | _MARKDOWN | _MARKDOWN | _PASTED | _JUMBLED,
        st.sampled_from(["\n", "\n", "\n", "\r\n"]),
    )
