"""Strategies for Markdown notes: random lines, and notes nested as a person would."""

from __future__ import annotations

from hypothesis import strategies as st

PREFIXES = ["", "", "", " ", "  ", "   ", "- ", "* ", "1. ", "2) ", "-   ", "10. ", "> ", ">"]
CONTENTS = [
    "foo", "bar baz", "# head", "## head", "##", "```", "~~~", "---", "===", "***", "", "<div>", "</div>",
    "<!-- c -->", "<!--", "-->", "<b>x", "| a | b |\n|---|---|", "x | y", "-", "1.",
]  # fmt: skip


def jumbled() -> st.SearchStrategy[str]:
    """Lines of markers and contents in random order."""
    line = st.builds(
        lambda prefixes, content: "".join(prefixes) + content,
        st.lists(st.sampled_from(PREFIXES), max_size=3),
        st.sampled_from(CONTENTS),
    )
    return st.lists(line, max_size=9).map("\n".join)


WORDS = st.sampled_from(
    ["time", "people", "**idea**", "market", "*story*", "`code`", "==signal==", "[link](http://x.y)", "system"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else "" for line in lines[1:])])


def _item(children: list[str], marker: str, *, is_loose: bool) -> str:
    return _indented(("\n\n" if is_loose else "\n").join(children), marker, " " * len(marker))


def _quote(children: list[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(children).split("\n"))


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.builds(
        _item,
        st.builds(lambda text, below: [text, *below], TEXTS, st.lists(inner, max_size=2)),
        st.sampled_from(["- ", "* ", "1. ", "-   "]),
        is_loose=st.booleans(),
    )
    lists = st.lists(items, min_size=1, max_size=3).map("\n".join)
    return lists | st.lists(inner, min_size=1, max_size=3).map(_quote)


LEAVES = (
    TEXTS
    | st.lists(TEXTS, min_size=2, max_size=3).map("\n".join)
    | TEXTS.map("# {}".format)
    | TEXTS.map("```\n{}\n\n  more\n```".format)
    | TEXTS.map("| a | b |\n|---|---|\n| {} | c |".format)
)


def nested() -> st.SearchStrategy[str]:
    """Notes as a person writes them: nested lists and quotes, with paragraphs, code and tables."""
    underlined = TEXTS.map("{}\n---".format)
    return st.lists(underlined | st.recursive(LEAVES, _nested, max_leaves=8), max_size=5).map("\n\n".join)
