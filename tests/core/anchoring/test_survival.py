"""Arbitrary edits and reloads with known truth: no highlight is lost or ends up on another text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.core.anchoring.drafts import Draft, Line, draft, line_at, phrase, sentence, text_at, whole
from tui.core.anchoring import describe, refreshed, resolve
from tui.core.anchoring.likeness.folding import fold
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight

if TYPE_CHECKING:
    from tui.core.notes.model import Note, Place

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Seat:
    """The position at which a highlight was last anchored."""

    note: Note
    place: Place
    line: Line
    text: str
    "The bullet's text at that time."
    texts: tuple[str, ...]
    "The texts of all bullets at that time, folded."

    @property
    def marked(self) -> str:
        return text_at(self.note, self.place)


class Survival(RuleBasedStateMachine):
    """A reader highlights while somebody edits, and the notes are read again now and then."""

    @initialize(seed=st.integers(0, 10_000))
    def open_notes(self, seed: int) -> None:
        self.rng = Random(seed)
        self.notes: Draft = draft(self.rng, 3, 6)
        self.deleted: list[Line] = []
        self.highlights: dict[str, Highlight] = {}
        self.anchors: dict[str, Anchor] = {}
        self.seats: dict[str, Seat] = {}
        self._read()

    @property
    def anywhere(self) -> Line:
        return self.rng.choice(self.notes.lines)

    @precondition(lambda self: self.notes.lines)
    @rule(on_phrase=st.booleans())
    def mark(self, on_phrase: bool) -> None:
        self._read()
        line = self.anywhere
        number = self.notes.number(line)
        place = phrase(self.note, number, 1, 3) if on_phrase else whole(self.note, number)
        name = str(len(self.highlights))
        self.highlights[name] = Highlight(name, Colour.GREEN, describe(self.note, [place]), NOW, NOW)
        self.seats[name] = self._seat(place)
        self._read()

    @rule()
    def insert(self) -> None:
        self._put(Line(sentence(self.rng)))

    @precondition(lambda self: len(self.notes.lines) > 1)
    @rule()
    def delete(self) -> None:
        line = self.anywhere
        self.notes.home(line).remove(line)
        self.deleted.append(line)

    @precondition(lambda self: self.deleted)
    @rule()
    def put_back(self) -> None:
        self._put(self.deleted.pop())

    @precondition(lambda self: self.notes.lines)
    @rule()
    def reword(self) -> None:
        line = self.anywhere
        words = line.text.split()
        words[self.rng.randrange(len(words))] = sentence(self.rng, 1, 2)
        line.text = " ".join(words)

    @precondition(lambda self: self.notes.lines)
    @rule()
    def move(self) -> None:
        line = self.anywhere
        self.notes.home(line).remove(line)
        self._put(line)

    @precondition(lambda self: self.notes.lines)
    @rule()
    def copy(self) -> None:
        self._put(Line(self.anywhere.text))

    @rule()
    def reorder_episodes(self) -> None:
        self.rng.shuffle(self.notes.episodes)

    @rule()
    def read(self) -> None:
        self._read()

    @rule()
    def bring_selectors_up_to_date(self) -> None:
        for name, anchor in self.anchors.items():
            if isinstance(anchor, Anchored):
                parts = refreshed(self.highlights[name].parts, anchor, self.note)
                self.highlights[name] = replace(self.highlights[name], parts=parts)

    @rule()
    def read_a_half_saved_file_and_then_the_whole(self) -> None:
        self._read()
        before = dict(self.anchors)
        whole_notes = self.notes.copy()
        for _, lines in self.notes.episodes[1:]:
            lines.clear()
        self._read()
        self.notes = whole_notes
        self._read()
        for name, anchor in before.items():
            now = self.anchors[name]
            if isinstance(anchor, Anchored) and self._is_single(anchor.places[0]):
                assert isinstance(now, Anchored)
                assert now.places == anchor.places

    @invariant()
    def no_record_is_lost(self) -> None:
        assert self.anchors.keys() == self.highlights.keys()

    def _put(self, line: Line) -> None:
        home = self.rng.choice(self.notes.episodes)[1]
        home.insert(self.rng.randint(0, len(home)), line)

    def _read(self) -> None:
        """Read the notes and anchor every highlight, each from the text in which it was last anchored."""
        self.note = self.notes.note()
        self.texts = tuple(fold(line.text) for line in self.notes.lines)
        self.at = {self.notes.number(line): line for line in self.notes.lines}
        for name, seat in self.seats.items():
            anchor = resolve(self.note, [self.highlights[name]], (seat.note, {name: (seat.place,)}))[name]
            self.anchors[name] = anchor
            self._check(anchor, seat)
            if isinstance(anchor, Anchored):
                self.seats[name] = self._seat(anchor.places[0])

    def _check(self, anchor: Anchor, seat: Seat) -> None:
        text = fold(seat.line.text)
        is_there = self.texts.count(text) == 1 == seat.texts.count(text)
        if is_there and seat.line in self.at.values() and seat.line.text == seat.text:
            assert isinstance(anchor, Anchored), "an untouched bullet lost its highlight"
            assert self._line(anchor.places[0]) is seat.line
            assert text_at(self.note, anchor.places[0]) == seat.marked
        elif isinstance(anchor, Anchored) and (line := self._line(anchor.places[0])) is not seat.line:
            text = fold(line.text)
            # One that reads as the marked one did is its copy, made before that was reworded.
            is_copy = text == fold(seat.text)
            was_there = not is_copy and self.texts.count(text) == 1 == seat.texts.count(text)
            assert not was_there, "a highlight sits on a bullet that was another's all along"

    def _seat(self, place: Place) -> Seat:
        line = self._line(place)
        return Seat(self.note, place, line, line.text, self.texts)

    def _line(self, place: Place) -> Line:
        return self.at[line_at(self.note, place)]

    def _is_single(self, place: Place) -> bool:
        return self.texts.count(fold(self._line(place).text)) == 1


TestSurvival = Survival.TestCase
TestSurvival.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
