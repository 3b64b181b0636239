"""Records with arbitrary content, and one to start from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, Part, QuestionRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Picked = TypeVar("Picked")

TROUBLESOME = (
    'say "it"',
    "a\r\nb",
    "\\",
    "'''",
    '"""',
    "\x00\x1b[31m\x7f\x85\u2028",
    "[[highlight]]",
    "\n[[highlight]]\n",
    "[end]\n",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(TROUBLESOME)
LARGEST = 2**40
SECONDS = int((datetime.max - datetime.min).total_seconds())
CHOICES = 80
"One per field of a record."


class Picks:
    """A record's fields, each chosen by one byte from a few texts and numbers.

    Drawing them one by one would take most of the tests' time.
    """

    def __init__(self, texts: Sequence[str], numbers: Sequence[int], choices: bytes) -> None:
        self._texts = ("", *TROUBLESOME, *texts, *texts)
        self._numbers = (0, 1, LARGEST, *numbers)
        self._choices = cycle(choices)

    def highlight(self, id_: str) -> Highlight:
        colour, parts = self._one(tuple(Colour)), self._parts()
        times, comment = (self._moment(), self._moment()), self._text()
        return Highlight(id_, colour, parts, *times, comment, self._texts_of(3), kept=self._one((False, True)))

    def question(self, id_: str) -> QuestionRecord:
        answer, parts = self._one(tuple(Answer)), self._parts()
        times, text = (self._moment(), self._moment()), self._text()
        answered_by = self._one((tuple, self._parts))()
        unmade, kept = self._one((False, True)), self._one((False, True))
        return QuestionRecord(id_, answer, parts, *times, text, answered_by, unmade=unmade, kept=kept)

    def _parts(self) -> tuple[Part, ...]:
        return self._some(self._part, range(1, 4))

    def _part(self) -> Part:
        exact, prefix, suffix, episode, heading, block = (self._text() for _ in range(6))
        return Part(
            *(exact, prefix, suffix, episode, heading, block),
            start=self._one(self._numbers),
            line=self._one(self._numbers),
            quoted=self._text(),
            others=self._texts_of(3) if self._one((False, True)) else None,
            earlier=self._texts_of(3),
        )

    def _text(self) -> str:
        return self._one(self._texts)

    def _texts_of(self, most: int) -> tuple[str, ...]:
        return self._some(self._text, range(most + 1))

    def _moment(self) -> datetime:
        return datetime.min.replace(tzinfo=UTC) + timedelta(seconds=self._one(self._numbers) % SECONDS)

    def _some(self, pick: Callable[[], Picked], counts: Sequence[int]) -> tuple[Picked, ...]:
        return tuple(pick() for _ in range(self._one(counts)))

    def _one(self, values: Sequence[Picked]) -> Picked:
        return values[next(self._choices) % len(values)]


PICKS = st.builds(
    Picks,
    st.lists(TEXTS, max_size=6),
    st.lists(st.integers(0, LARGEST), max_size=3),
    st.binary(min_size=CHOICES, max_size=CHOICES),
)
IDS = st.sampled_from(["01A", "01B", "01C"]) | st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=26)
HIGHLIGHTS = st.builds(Picks.highlight, PICKS, IDS)
QUESTIONS = st.builds(Picks.question, PICKS, IDS)
RECORDS = st.lists(HIGHLIGHTS | QUESTIONS, max_size=6, unique_by=lambda record: record.id)

NOW = datetime(2026, 11, 23, 17, 22, 31, tzinfo=UTC)


def part(line: int = 1, exact: str = "the harbour") -> Part:
    block = f"a walk to {exact} and back"
    return Part(exact, "a walk to ", " and back", "Ada on Harbours", "By day", block, 10, line)


def highlight(id_: str, line: int = 1, *, comment: str = "", exact: str = "the harbour") -> Highlight:
    return Highlight(id_, Colour.YELLOW, (part(line, exact),), NOW, NOW, comment)


def question(id_: str, line: int = 1) -> QuestionRecord:
    return QuestionRecord(id_, Answer.ANSWERED, (part(line, "who pays?"),), NOW, NOW, "the town")
