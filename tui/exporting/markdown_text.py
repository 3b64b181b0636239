"""Plain text escaped as Markdown that renders as the same text."""

from __future__ import annotations

import re

from tui.core.notes.markdown.formulas import SOURCE as FORMULA

_AS_IT_IS = re.compile(rf"https?://[^\s<>]+|{FORMULA}", re.DOTALL)
_BACKSLASH = "&#92;"
"A backslash before a bracket: two backslashes would begin or end a formula."
_SIGN = re.compile(r"[\\`*\[$_<&~=%^#{}]")
"Matches each character that `_INLINE` may match; most text has none."
_INLINE = re.compile(
    r"""(?P<slash>\\(?=[()\[\]]))
    | [\\`*\[$]                          # may begin something wherever it stands; ``\]`` would end a formula
    | (?<![^\W_])_ | _(?![^\W_])         # inside a word it is a letter
    | <(?=[A-Za-z/!?]) | &(?=\#?\w+;)
    | ~(?=~) | (?<=~)~ | =(?==) | (?<==)= | %(?=%) | (?<=%)% | (?<![^\W_])\^ | \^(?=\^)
    | (?<!\w)\#(?=\w)                   # a tag
    | \{(?=[=+~>-]) | (?<=[=+~<-])\}    # CriticMarkup
    """,
    re.VERBOSE,
)
_AT_START = re.compile(r"([>|])|([#+-])(?=[\s#+-]|$)|([=~:-])(?=[=~:|-]|\s*$)|\d{1,9}([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Escape every character that Markdown would read as markup by a backslash.

    Addresses and formulas stay as they are; white space at line ends is dropped.
    """
    if _SIGN.search(text):
        pieces, at = [], 0
        for found in _AS_IT_IS.finditer(text):
            pieces += [_escaped(text[at : found.start()]), found[0]]
            at = found.end()
        text = "".join([*pieces, _escaped(text[at:])])
    return "\n".join(map(_escaped_start, text.split("\n")))


def _escaped(text: str) -> str:
    return _INLINE.sub(lambda found: _BACKSLASH if found["slash"] else f"\\{found[0]}", text)


def _escaped_start(line: str) -> str:
    line = line.strip(" \t")
    if found := _AT_START.match(line):
        at = found.start(found.lastindex or 0)
        return f"{line[:at]}\\{line[at:]}"
    return line


def code(text: str) -> str:
    """Format the text as a code span."""
    longest = max((len(each) for each in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
