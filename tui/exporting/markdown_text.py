"""Plain text escaped as Markdown that renders as the same text."""

from __future__ import annotations

import re

from tui.core.notes.markdown.formulas import SOURCE as FORMULA

_ADDRESS = r"https?://(?:[^\s<>`\\\[{]|\{(?!\{)|\[[^\s<>`\\\[\]{]*\](?!\())+"
"An address, as far as nothing in it could be an image or a link."
_AS_IT_IS = re.compile(rf"{_ADDRESS}|(?P<formula>{FORMULA})", re.DOTALL)
_LIVE = re.compile(
    r"!\[|\]\(\s*<?(?:[a-z][a-z0-9+.-]*:|[/\\])|<(?:[a-z][a-z0-9-]*[\s/>]|[/!?%])|\n\s*<[a-z]|`", re.IGNORECASE
)
"Matches in a formula what a program that knows no formulas would load, follow or run."
_BACKSLASH = "&#92;"
"A backslash before a bracket: two backslashes would begin or end a formula."
_SIGN = re.compile(r"[\\`*\[$_<&~=%^#{}]")
"Matches each character that `_INLINE` may match; most text has none."
_INLINE = re.compile(
    r"""(?P<slash>\\(?=[()\[\]]))
    | [\\`*\[$]                          # may begin something wherever it stands; ``\]`` would end a formula
    | (?<![^\W_])_ | _(?![^\W_])         # inside a word it is a letter
    | <(?=[A-Za-z/!?]) | &(?=\#?\w+;)
    | (?<=<)% | (?<=\{)\{               # what Templater runs, and what Logseq loads
    | ~(?=~) | (?<=~)~ | =(?==) | (?<==)= | %(?=%) | (?<=%)% | (?<![^\W_])\^ | \^(?=\^)
    | (?<!\w)\#(?=\w)                   # a tag
    | \{(?=[=+~>-]) | (?<=[=+~<-])\}    # CriticMarkup
    """,
    re.VERBOSE,
)
_AT_START = re.compile(r"([>|])|([#+-])(?=[\s#+-]|$)|([=~:-])(?=[=~:|-]|\s*$)|\d{1,9}([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Escape every character that Markdown would read as markup by a backslash.

    Addresses and formulas stay as they are, except formulas with a link, an image or HTML in them; white space at line
    ends is dropped.
    """
    if _SIGN.search(text):
        pieces, at = [], 0
        for found in _AS_IT_IS.finditer(text):
            if not (found["formula"] and _LIVE.search(found[0])):
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


def hashtag(tag: str) -> str:
    """A tag behind its sign, as one word: in another's highlights file a tag may be any text."""
    return f"#{escaped('_'.join(tag.split()))}"


def code(text: str) -> str:
    """Format the text as a code span on one line."""
    text = text.replace("\n", "\N{SYMBOL FOR NEWLINE}")
    longest = max((len(each) for each in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
