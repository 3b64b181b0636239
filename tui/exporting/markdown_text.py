"""Plain text written as Markdown that reads as the same text."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_INLINE = re.compile(
    r"""[\\`*\[$]                        # may begin something wherever it stands; an escaped ``]`` would end a formula
    | (?<![^\W_])_ | _(?![^\W_])         # inside a word it is a letter
    | <(?=[A-Za-z/!?]) | &(?=\#?\w+;)
    | ~(?=~) | (?<=~)~ | =(?==) | (?<==)= | %(?=%) | (?<=%)% | \^(?=\^) | (?<=\^)\^
    | (?<!\w)\#(?=\w)                   # a tag
    | \{(?=[=+~>-]) | (?<=[=+~<-])\}    # CriticMarkup
    """,
    re.VERBOSE,
)
_AT_START = re.compile(r"([>|])|([#+-])(?=[\s#+-]|$)|([=~:-])(?=[=~:|-]|\s*$)|\d{1,9}([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """The text with a backslash before every sign that Markdown would take for markup; addresses stay whole."""
    return "\n".join(map(_escaped_line, text.split("\n")))


def _escaped_line(line: str) -> str:
    pieces, at = [], 0
    for address in _ADDRESS.finditer(line):
        pieces += [_INLINE.sub(r"\\\g<0>", line[at : address.start()]), address[0]]
        at = address.end()
    pieces.append(_INLINE.sub(r"\\\g<0>", line[at:]))
    made = "".join(pieces).lstrip(" \t")
    if found := _AT_START.match(made):
        at = found.start(found.lastindex or 0)
        made = f"{made[:at]}\\{made[at:]}"
    return made


def code(text: str) -> str:
    """The text as a span of code."""
    longest = max((len(each) for each in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
