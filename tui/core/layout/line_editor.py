"""An editable line of text, and how keys change it and its caret."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.layout.cells import split_graphemes
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST = 1_000
"Most code points in a line; further input is dropped."


class EditedLine(NamedTuple):
    """A line being typed, split at the caret."""

    before: str = ""
    behind: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return self.before + self.behind


def typed(line: EditedLine, text: str) -> EditedLine:
    """Insert text at the caret, sanitised and with line breaks turned into spaces."""
    room = max(0, LONGEST - len(line.text))
    return EditedLine(line.before + clean(" ".join(text.splitlines()))[:room], line.behind)


def _last_cluster(text: str) -> int:
    """The start of the last grapheme cluster of a text."""
    clusters, _ = split_graphemes(text)
    return clusters[-1][0] if clusters else 0


def _first_cluster(text: str) -> int:
    """The end of the first grapheme cluster of a text."""
    clusters, _ = split_graphemes(text)
    return clusters[0][1] if clusters else 0


def _left(line: EditedLine) -> EditedLine:
    at = _last_cluster(line.before)
    return EditedLine(line.before[:at], line.before[at:] + line.behind)


def _right(line: EditedLine) -> EditedLine:
    at = _first_cluster(line.behind)
    return EditedLine(line.before + line.behind[:at], line.behind[at:])


def _word_left(line: EditedLine) -> EditedLine:
    at = _LAST_WORD.search(line.before)
    start = at.start() if at else 0
    return EditedLine(line.before[:start], line.before[start:] + line.behind)


_LAST_WORD = deferred(r"\S*\s*\Z")
EDITS: Mapping[str, Callable[[EditedLine], EditedLine]] = {
    "line_left": _left,
    "line_right": _right,
    "line_start": lambda line: EditedLine("", line.text),
    "line_end": lambda line: EditedLine(line.text),
    "line_erase": lambda line: EditedLine(_left(line).before, line.behind),
    "line_erase_next": lambda line: EditedLine(line.before, _right(line).behind),
    "line_erase_word": lambda line: EditedLine(_word_left(line).before, line.behind),
    "line_erase_start": lambda line: EditedLine("", line.behind),
}
"The editing functions by their names in the keymap."
