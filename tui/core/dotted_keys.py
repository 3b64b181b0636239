"""A limit on the dotted keys of a TOML text, which tomllib parses in quadratic time."""

from __future__ import annotations

import re

from tui.core.patterns import deferred

MOST_PARTS = 100
"Most dotted parts of a key: tomllib needs 10 seconds for 20,000 of them, which are 40 KB of text."

_STRING_OR_COMMENT = deferred(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)


def too_long_in(text: str) -> int | None:
    """The 1-based line of the first key with more than `MOST_PARTS` dotted parts; None if there is none."""
    if text.count(".") <= MOST_PARTS or all(line.count(".") <= MOST_PARTS for line in text.split("\n")):
        return None
    bare = _STRING_OR_COMMENT.sub(lambda match: '""' + "\n" * match[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > MOST_PARTS and any(part.count(".") > MOST_PARTS for part in re.split(r"[=,{}\[\]]", line)):
            return number
    return None
