"""Inline Markdown to plain text and the runs of it that are set in a style, with as little parsing as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.markdown.inline_fast import simple
from tui.core.notes.markdown.styled_text import StyledText, with_breaks
from tui.core.patterns import deferred
from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from tui.core.notes.markdown.inline_mistune import AnyInline

MAX_LENGTH = 64 * 1024
"Text longer than this, in code points, is taken as it stands."
MAX_DELIMITERS = 2_000
"Text with more runs of delimiters is taken as it stands: what emphasis costs in mistune is quadratic in them."
MAX_WORK = 4 * MAX_DELIMITERS**2
"The sum of the squares of those runs, above which the long texts of one note are taken as they stand."
_CHEAP = 500
"Text shorter than this is cheap whatever it holds."

_SURROGATES = deferred("[\ud800-\udfff]")
# Every choice begins with a letter of its own and none with a class: so `re` looks for their first letters only.
_MARKUP = deferred(r"\\|`|\*|_|<|&|\]\(|\[\[|\[\^|==|~~|\^\^|\{\+\+|\{--|\{>>")
_MARKUP_OR_REFERENCE = deferred(rf"{_MARKUP.pattern}|\[")
_DELIMITERS = deferred(r"\*+|_+|`+|!?\[|\]|<|~~|==|\^\^|\{[+>-]")


def encodable(text: str) -> str:
    """The text without surrogates: no address that has one can be quoted."""
    return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(source: str) -> str:
    """Read one line of inline Markdown, for example a heading's title, as plain text, sanitised."""
    return InlineText({}, frozenset()).set(encodable(source.strip())).plain.replace("\n", " ")


class InlineText:
    """Sets the inline Markdown of a note: what its references resolve to, and how much work it may still cost."""

    def __init__(self, links: Mapping[str, str], footnotes: Set[str]) -> None:
        self._links = {key: encodable(address) for key, address in links.items()}
        self._footnotes = footnotes
        # Where nothing is defined, a bracket alone is none: notes are full of ``[12:34]``.
        self._markup = _MARKUP_OR_REFERENCE if links else _MARKUP
        self._parser: AnyInline | None = None
        self._work_left = MAX_WORK

    def set_html(self, source: str) -> StyledText | None:
        """The text of a block of HTML, line ends kept; None where it is too much to be read."""
        return None if self._is_too_much(source) else self._any().set(source, keeps_lines=True)

    def set(self, source: str) -> StyledText:
        """The text of a paragraph, a heading or a cell; a line break that the notes do not ask for is a space."""
        has_address = "://" in source or "mailto:" in source
        if (not has_address and not self._markup.search(source)) or self._is_too_much(source):
            return StyledText(clean(with_breaks(source) if "\n" in source else source))
        if not self._links and (text := simple(source)):
            return text
        return self._any().set(source)

    def _any(self) -> AnyInline:
        if self._parser is None:
            # Imported here, as the first frame rarely needs it: that takes 10 ms.
            from tui.core.notes.markdown.inline_mistune import AnyInline

            self._parser = AnyInline(self._links, self._footnotes)
        return self._parser

    def _is_too_much(self, source: str) -> bool:
        if len(source) < _CHEAP:
            return False
        if len(source) > MAX_LENGTH:
            return True
        delimiters = sum(1 for _ in _DELIMITERS.finditer(source))
        self._work_left -= delimiters**2
        return delimiters > MAX_DELIMITERS or self._work_left < 0
