"""Markdown that troubles parsers: texts whose length grows in proportion to a count, as a curve over sizes needs them.

Those of `tests.core.patterns` are for reading one text of a size; some stop growing, or grow by the square.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt

Pattern = Callable[[int], str]

PATTERNS: dict[str, Pattern] = {
    # Emphasis
    "emphasis, nested": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis, closers": lambda n: "a_ " * n,
    "emphasis, openers": lambda n: "_a " * n,
    "emphasis, strong openers": lambda n: "**a " * n,
    "emphasis, mismatched": lambda n: "*a_ " * n,
    "emphasis, inside words": lambda n: "a**b" + "c* " * n,
    "emphasis, twice": lambda n: "*a *b* " * n,
    "stars": lambda n: "*" * n + "a",
    "underscores": lambda n: "_" * n + "a",
    "tildes": lambda n: "a" + "~" * n,
    "strikes, open": lambda n: "~~a " * n,
    # Links and images
    "brackets": lambda n: "[" * n + "a" + "]" * n,
    "link openers": lambda n: "[a" * n,
    "link closers": lambda n: "a]" * n,
    "links, open": lambda n: "[a](b" * n,
    "links, open in pointed brackets": lambda n: "[a](<b" * n,
    "links, open titles": lambda n: '[a](b "' * n,
    "links, titles without address": lambda n: '[a]("' * n,
    "links, quotes as title": lambda n: "[a](b " + '"' * n,
    "links, parentheses": lambda n: "[a](" + "(" * n + ")" * n,
    "links and emphasis": lambda n: "[ a_" * n,
    "links and parentheses": lambda n: "[ (](" * n,
    "references, unresolved": lambda n: "[a][" * n,
    "reference, used often": lambda n: "[a]: /u\n\n" + "[a] " * n,
    "images": lambda n: "![[]()" * n,
    "image openers": lambda n: "![" * n,
    "wikilink openers": lambda n: "[[" * n,
    "addresses": lambda n: "http://" * n,
    "mail addresses": lambda n: "a@b." * n,
    "definitions": lambda n: "".join(f"[r{i}]: /u\n" for i in range(n)) + "\n[r1]\n",
    "definitions, open": lambda n: "[x]: <" * n,
    "definitions, open titles": lambda n: '[a]: b "\n' * n,
    "definition, a long title": lambda n: '[x]: y "' + "a\n" * n,
    "footnotes": lambda n: "".join(f"x[^{i}]\n\n[^{i}]: t\n\n" for i in range(n)),
    "footnotes, at the end": lambda n: (
        "".join(f"x[^{i}]\n\n" for i in range(n)) + "".join(f"[^{i}]: t\n\n" for i in range(n))
    ),
    "footnotes, nested": lambda n: "[^1]\n\n" + "".join(f"[^{i}]: a[^{i + 1}]\n\n" for i in range(1, n)),
    # Code, HTML, entities
    "backticks, ever longer": lambda n: "".join("e" + "`" * i for i in range(isqrt(2 * n))),
    "backticks, single": lambda n: "`a" * n,
    "backslashes": lambda n: "\\" * n,
    "entities": lambda n: "&#x" * n + "&" * n + "&amp;" * n,
    "ampersands": lambda n: "&" * n,
    "pointed brackets": lambda n: "<" * n,
    "html": lambda n: "a <!--" * n + "<a href='" * n + "<?" * n,
    "html, comments": lambda n: "</" + "<!--" * n,
    "html, comments in text": lambda n: "a <!--" * n,
    "html, instructions": lambda n: "a <?" * n,
    "html, character data": lambda n: "a <![CDATA[" * n,
    "html, attributes": lambda n: 'a <a href="' * n,
    "html blocks": lambda n: "<div>\n" * n,
    "html blocks, apart": lambda n: "<div>\n\n" * n,
    # Blocks
    "quotes": lambda n: "> " * n + "a",
    "quotes, without space": lambda n: ">" * n + "a",
    "quotes, lazy": lambda n: "> a\nb\n" * n,
    "quotes and bullets": lambda n: "> - " * n + "a",
    "bullets, on one line": lambda n: "- " * n + "a",
    "bullets, ever deeper": lambda n: "".join(" " * (2 * i) + "* a\n" for i in range(isqrt(n))),
    "bullets, lazy": lambda n: "- a\nb\n" * n,
    "bullets, loose": lambda n: "- a\n\n" * n,
    "numbers, on one line": lambda n: "1. " * n + "a",
    "number, long": lambda n: "9" * n + ". a\n",
    "tasks": lambda n: "- [ ] a\n" * n,
    "callouts": lambda n: "> [!a]\n\n" * n,
    "rules": lambda n: "- " * n + "-",
    "rule, long": lambda n: "-" * n,
    "headings": lambda n: "# h\n\n" * n,
    "headings, underlined": lambda n: "a\n===\n" * n,
    "heading, many lines": lambda n: "a\n" * n + "===\n",
    "headings, hidden": lambda n: "<div>\n" + "# a\n" * n + "\n```\n" + "# b\n" * n,
    "fences": lambda n: "```\n" * n,
    "fences, with words": lambda n: "~~~ x\n" * n,
    "table, wide": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b|\n" * n,
    "table, of bars": lambda n: "|" * n + "\n" + "|-" * n + "|\n",
    "table, long": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n,
    "paragraph, indented": lambda n: "a\n" + "    b\n" * n,
    "front matter": lambda n: "---\n" + "k: v\n" * n + "---\n",
    "comments and drawers": lambda n: "%%" * n + "%%\n" * n + ":LOGBOOK:\n" * n + "a:: b\n" * n,
    # Plain text
    "line, long": lambda n: "word " * n * 10,
    "word, long": lambda n: "x" * n,
    "lines, blank": lambda n: "\n" * n,
    "lines, of spaces": lambda n: "    \n" * n,
    "spaces, inside": lambda n: "a" + " " * n + "x",
    "spaces, at line ends": lambda n: ("a" + " " * 100 + "\n") * n,
    "tabs": lambda n: "\t" * n + "x",
    "invisible": lambda n: "\u200b" * n * 10 + "\0" * n + "\r" * n,
    "nothing": lambda n: "\0" * n,
    "all of Obsidian": lambda n: "[[a|b]] ==c== https://d.e/_f_ <br>\n" * n,
}
