"""Inline Markdown converted to plain text with styled runs, with as little parsing as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.markdown.inline_fast import simple
from tui.core.notes.markdown.styled_text import StyledText, with_breaks
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from tui.core.notes.markdown.inline_mistune import AnyInline

MAX_LENGTH = 64 * 1024
"Most code points of a text that is parsed; longer text is shown as written."
MAX_DELIMITERS = 2_000
"Most delimiter runs of a text that is parsed: for emphasis, mistune takes time quadratic in them."
MAX_WORK = 4 * MAX_DELIMITERS**2
"Most work per note, as the sum of the squares of those runs; after that, long texts are shown as written."
_CHEAP = 500
"Code points below which a text is cheap to parse, whatever its content."

_SURROGATES = deferred("[\ud800-\udfff]")
# Each alternative begins with a literal and none with a class, so that `re` searches only for first characters.
_MARKUP = deferred(r"\\|`|\*|_|<|&|\]\(|\[\[|\[\^|==|~~|\^\^|\{\+\+|\{--|\{>>")
_MARKUP_OR_REFERENCE = deferred(rf"{_MARKUP.pattern}|\[")
_DELIMITERS = deferred(r"\*+|_+|`+|!?\[|\]|<|~~|==|\^\^|\{[+>-]")


def encodable(text: str) -> str:
    """The text without surrogates, since addresses that contain them cannot be quoted."""
    return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(source: str) -> str:
    """Convert a line of inline Markdown, such as a heading's title, to sanitised plain text."""
    return InlineText({}, frozenset()).set(encodable(source.strip())).plain.replace("\n", " ")


class InlineText:
    """A converter for a note's inline Markdown, with the note's references and remaining work budget."""

    def __init__(self, links: Mapping[str, str], footnotes: Set[str]) -> None:
        self._links = {key: encodable(address) for key, address in links.items()}
        self._footnotes = footnotes
        # Without definitions, brackets alone are not markup: notes are full of ``[12:34]``.
        self._markup = _MARKUP_OR_REFERENCE if links else _MARKUP
        self._parser: AnyInline | None = None
        self._work_left = MAX_WORK

    def set_html(self, source: str) -> StyledText | None:
        """Convert an HTML block to text, keeping line ends; None if it is too long to parse."""
        return None if self._is_too_much(source) else self._any().set(source, keeps_lines=True)

    def set(self, source: str) -> StyledText:
        """Convert the text of a paragraph, heading or cell; unintended line breaks become spaces."""
        has_markup = self._markup.search(source) or "://" in source or "mailto:" in source
        if not has_markup or self._is_too_much(source):
            return StyledText(clean(with_breaks(source) if "\n" in source else source))
        if not self._links and (text := simple(source)):
            return text
        return self._any().set(source)

    def _any(self) -> AnyInline:
        if self._parser is None:
            # Imported here, since the first frame rarely needs it and that takes 10 ms.
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
