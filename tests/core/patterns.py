"""Texts of any size that trouble parsers of Markdown: quadratic searches, deep nesting, what never closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATTERNS: dict[str, Callable[[int], str]] = {
    "emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis closers": lambda n: "a_ " * n,
    "brackets": lambda n: "[" * n + "a" + "]" * n,
    "links": lambda n: "[a](b" * n,
    "images": lambda n: "![[]()" * n,
    "quotes": lambda n: "> " * n + "a",
    "bullets": lambda n: "- " * n + "a",
    "indented bullets": lambda n: "".join(" " * (2 * i) + "* a\n" for i in range(min(n, 500))),
    "lazy bullets": lambda n: "- a\nb\n" * n,
    "backticks": lambda n: "".join("e" + "`" * i for i in range(min(n, 500))),
    "html": lambda n: "a <!--" * n + "<a href='" * n + "<?" * n,
    "wide table": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b|\n" * n,
    "definitions": lambda n: "".join(f"[r{i}]: /u\n" for i in range(n)) + "\n[r1]\n",
    "open titles": lambda n: '[a]: b "\n' * n,
    "footnotes": lambda n: "".join(f"x[^{i}]\n\n[^{i}]: t\n\n" for i in range(n)),
    "headings": lambda n: "# h\n\n" * n,
    "underlines": lambda n: "a\n===\n" * n,
    "hidden headings": lambda n: "<div>\n" + "# a\n" * n + "\n```\n" + "# b\n" * n,
    "indented paragraph": lambda n: "a\n" + "    b\n" * n,
    "comments": lambda n: "%%" * n + "%%\n" * n + ":LOGBOOK:\n" * n + "a:: b\n" * n,
    "entities": lambda n: "&#x" * n + "&" * n + "&amp;" * n,
    "invisible": lambda n: "\u200b" * n * 10 + "\0" * n + "\r" * n,
    "long line": lambda n: "word " * n * 10,
    "rules": lambda n: "- " * n + "-",
    "callouts": lambda n: "> [!a]\n\n" * n,
    "calls": lambda n: "[[a|b]] ==c== https://d.e/_f_ <br>\n" * n,
    # What follows is after cmark's test/pathological_tests.py.
    "emphasis openers": lambda n: "_a " * n,
    "emphasis in threes": lambda n: "a**b" + "c* " * n,
    "mismatched emphasis": lambda n: "*a_ " * n,
    "link openers": lambda n: "[a" * n,
    "link closers": lambda n: "a]" * n,
    "link openers and emphasis closers": lambda n: "[ a_" * n,
    "link openers and targets": lambda n: "[ (](" * n,
    "links with open addresses": lambda n: "[a](<b" * n,
    "emphasis across links": lambda n: "**x [a*b**c*](d)" * n,
    "nul characters": lambda n: "abc\0de\0" * n,
    "open sections of html": lambda n: "a <![CDATA[" * n + "a <?" * n + "a <!A" * n,
    "closers of html": lambda n: "</" + "<!--" * n,
    "colliding definitions": lambda n: (
        "".join(f"[{'a' * (i % 900)}{i}]: /u\n" for i in range(min(n, 4_000))) + "[a] " * n
    ),
    "headings without an end": lambda n: "a\n" * n + "===\n",
    "fences": lambda n: "```\n" * n + "~~~ x\n" * n,
}
