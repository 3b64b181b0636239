"""Edits of two and three kinds in one save, each telling which bullet is the marked one afterwards.

The truth comes from the edit, not from likeness: a bullet is an object that keeps its identity while its text
changes. Most of what is edited here is told apart by a person at a glance; where it is not, the edit says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from tests.core.anchoring.drafts import WORDS, draft, sentence, whole
from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, NeedsReview
from tui.core.notes.model import Kind
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Note, Place

    Edit = Callable[["Sheet", "Row", Random], "Row | None"]

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
MARKUP = re.compile(r"[\[\]*_`=<|~$]")
"An added or deleted word that may leave half of a bullet; such bullets are not highlighted."
IN_DOUBT = 0.05
"Most highlights that may need review or be orphans although a person is sure."
LEAST = 12
"Fewest words of a highlighted bullet."


@dataclass(eq=False)
class Row:
    """A line of the notes, compared by identity."""

    text: str
    before: str = ""
    "Its indent and marker; empty if it is no bullet."


@dataclass
class Sheet:
    """Notes as lines that are being edited."""

    rows: list[Row]

    @classmethod
    def of(cls, source: str) -> Sheet:
        """Notes split into lines, with the bullets that the program's own reading finds."""
        rows = [Row(line) for line in source.split("\n")]
        for episode in read_note("notes.md", source).episodes:
            for block in episode.blocks:
                first, last = episode.lines(block)
                row = rows[first - 1]
                marker = _MARKER.match(row.text)
                if marker and block.kind is Kind.BULLET and first == last:
                    rows[first - 1] = Row(row.text[marker.end() :], marker[0])
        return cls(rows)

    def source(self) -> str:
        return "\n".join(row.before + row.text for row in self.rows)

    @property
    def bullets(self) -> list[Row]:
        return [row for row in self.rows if row.before]

    def line(self, row: Row) -> int:
        """The number of a line, from 1."""
        return self._at(row) + 1

    def near(self, row: Row, step: int) -> Row | None:
        """The bullet this many lines from another; none that is numbered, since a list may begin with it."""
        at = self._at(row) + step
        near = self.rows[at] if 0 <= at < len(self.rows) else None
        return near if near and near.before.strip() in {"-", "*", "+"} else None

    def remove(self, row: Row | None) -> None:
        if row is not None:
            del self.rows[self._at(row)]

    def put(self, row: Row, text: str, step: int = 1) -> Row:
        """Insert a bullet below another, or above it if the step is 0."""
        new = Row(text, row.before)
        self.rows.insert(self._at(row) + step, new)
        return new

    def elsewhere(self, row: Row, rng: Random) -> Row:
        """A bullet far from another."""
        at = self._at(row)
        return rng.choice([other for number, other in enumerate(self.rows) if other.before and abs(number - at) > 8])

    def _at(self, row: Row) -> int:
        return next(number for number, each in enumerate(self.rows) if each is row)


def reworded(text: str, rng: Random, count: int, *, behind: int = 0) -> str:
    """Replace this many words of a text, none of them among the last ones."""
    words = text.split(" ")
    for number in rng.sample(range(1, len(words) - behind), count):
        words[number] = rng.choice(WORDS)
    return " ".join(words)


def split_tail(sheet: Sheet, row: Row, rng: Random) -> Row:
    words = row.text.split(" ")
    tail = rng.randint(3, len(words) // 3)
    row.text = " ".join(words[:-tail])
    sheet.put(row, " ".join(words[-tail:]))
    return row


def split_head(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Make a bullet above from the first words."""
    words = row.text.split(" ")
    head = rng.randint(3, len(words) // 3)
    row.text = " ".join(words[head:])
    sheet.put(row, " ".join(words[:head]), 0)
    return row


def delete_above(sheet: Sheet, row: Row, rng: Random) -> Row:
    sheet.remove(sheet.near(row, -1))
    return row


def delete_below(sheet: Sheet, row: Row, rng: Random) -> Row:
    sheet.remove(sheet.near(row, 1))
    return row


def delete_two_above(sheet: Sheet, row: Row, rng: Random) -> Row:
    return delete_above(sheet, delete_above(sheet, row, rng), rng)


def reword(sheet: Sheet, row: Row, rng: Random) -> Row:
    row.text = reworded(row.text, rng, rng.randint(1, 2))
    return row


def add_variant(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Insert a similar bullet next to it; it differs by more than the bullet itself was edited."""
    sheet.put(row, reworded(row.text, rng, 4), rng.choice([0, 1]))
    return row


def quote_tail(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Move the last words, less than two fifths of the text, to the bullet below."""
    words = row.text.split(" ")[-5:]
    while len(" ".join(words)) > len(row.text) * 2 / 5:
        del words[0]
    sheet.put(row, f"to repeat: {' '.join(words)}")
    return row


def move(sheet: Sheet, row: Row, rng: Random) -> Row:
    there = sheet.elsewhere(row, rng)
    sheet.remove(row)
    at = sheet.rows.index(there)
    sheet.rows.insert(at + 1, row)
    row.before = there.before
    return row


def merge_below(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Append the bullet below to this one."""
    below = sheet.near(row, 1)
    if below is not None and len(below.text) <= len(row.text):
        row.text = f"{row.text}; {below.text}"
        sheet.remove(below)
    return row


def swap_below(sheet: Sheet, row: Row, rng: Random) -> Row:
    below = sheet.near(row, 1)
    if below is not None:
        row.text, below.text = below.text, row.text
        row.before, below.before = below.before, row.before
        at = sheet.rows.index(row)
        sheet.rows[at], sheet.rows[at + 1] = below, row
        row.text, below.text = below.text, row.text
    return row


def indent(sheet: Sheet, row: Row, rng: Random) -> Row:
    row.before = f"  {row.before}"
    return row


def cut_heading(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Delete the heading above."""
    for other in reversed(sheet.rows[: sheet.rows.index(row)]):
        if other.text.startswith("###"):
            sheet.remove(other)
            break
    return row


def copy_elsewhere(sheet: Sheet, row: Row, rng: Random) -> Row:
    sheet.put(sheet.elsewhere(row, rng), row.text)
    return row


def copy_into_another(sheet: Sheet, row: Row, rng: Random) -> Row:
    """Append its text to a bullet far away."""
    sheet.elsewhere(row, rng).text += f"; {row.text}"
    return row


def edit_neighbours(sheet: Sheet, row: Row, rng: Random) -> Row:
    for step in (-1, 1):
        near = sheet.near(row, step)
        if near is not None and len(near.text.split(" ")) > 4:
            near.text = reworded(near.text, rng, 1)
    return row


def type_below(sheet: Sheet, row: Row, rng: Random) -> Row:
    sheet.put(row, sentence(rng, 8, 14))
    return row


def delete(sheet: Sheet, row: Row, rng: Random) -> None:
    sheet.remove(row)


def replace_by_another(sheet: Sheet, row: Row, rng: Random) -> None:
    """Replace the bullet by another on a similar subject, which shares two of its words."""
    sheet.put(row, f"{sentence(rng, 8, 12)} {' '.join(row.text.split(' ')[-2:])}")
    sheet.remove(row)


def replace_by_quote(sheet: Sheet, row: Row, rng: Random) -> None:
    """Delete the bullet except for its last words, which become part of a new one."""
    quote_tail(sheet, row, rng)
    sheet.remove(row)


@dataclass(frozen=True)
class Combination:
    """Edits made in one save."""

    edits: tuple[Edit, ...]
    is_doubtful: bool = False
    "True if a person could not be sure: needing review is as good as being right."

    @property
    def name(self) -> str:
        return " + ".join(edit.__name__ for edit in self.edits)


COMBINATIONS = (
    *(
        Combination(edits)
        for edits in (
            (split_tail,),
            (split_tail, delete_above),
            (split_tail, delete_below),
            (split_tail, delete_two_above),
            (split_tail, edit_neighbours),
            (split_tail, type_below),
            (split_tail, move),
            (split_tail, indent, delete_above),
            (split_head, delete_above),
            (split_head, delete_below),
            (split_head, move),
            (reword, add_variant),
            (reword, add_variant, delete_above),
            (reword, add_variant, delete_below),
            (reword, quote_tail, delete_above),
            (reword, quote_tail, delete_below),
            (quote_tail, delete_above),
            (add_variant, delete_above),
            (merge_below,),
            (merge_below, delete_above),
            (merge_below, reword, delete_two_above),
            (swap_below, reword),
            (swap_below, reword, delete_above),
            (swap_below, edit_neighbours),
            (indent, reword, delete_above),
            (move, reword),
            (move, reword, type_below),
            (cut_heading, reword),
            (cut_heading, split_tail, delete_above),
            (copy_elsewhere, delete_above),
            (copy_elsewhere, edit_neighbours),
            (reword, edit_neighbours),
            (reword, type_below, delete_above),
            (delete,),
        )
    ),
    *(
        Combination(edits, is_doubtful=True)
        for edits in (
            (copy_elsewhere, reword),
            (copy_elsewhere, reword, delete_above),
            (copy_elsewhere, split_tail),
            (replace_by_another,),
            (delete_above, replace_by_another),
            (delete_below, replace_by_another),
            (replace_by_quote,),
            (delete_above, replace_by_quote),
            (copy_into_another, reword),
            (copy_into_another, reword, delete_below),
            (reword, add_variant, move),
        )
    ),
)


@dataclass
class Tally:
    """Counts of the highlights' fates in one combination."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    review: int = 0
    orphan: int = 0

    @property
    def count(self) -> int:
        return self.right + len(self.wrong) + self.review + self.orphan

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.review + other.review,
            self.orphan + other.orphan,
        )


def generated(seed: int) -> str:
    """Notes with bullets of random words, some of them in many bullets."""
    return draft(Random(seed), 3, 12).source()


def tried(source: str, combination: Combination, rng: Random, *, every: int = 1) -> Tally:
    """Highlight each long bullet of some notes in turn, or every n-th, edit it, and check where the highlight is."""
    tally = Tally()
    old = read_note("notes.md", source)
    for number, row in enumerate(Sheet.of(source).bullets):
        if len(row.text.split(" ")) < LEAST or MARKUP.search(row.text) or number % every:
            continue
        sheet = Sheet.of(source)
        own: Row | None = sheet.bullets[number]
        place = whole(old, sheet.line(sheet.bullets[number]))
        for edit in combination.edits:
            assert own is not None
            own = edit(sheet, own, rng)
        judge(tally, old, place, sheet, own)
    return tally


def judge(tally: Tally, old: Note, place: Place, sheet: Sheet, own: Row | None) -> None:
    new = read_note("notes.md", sheet.source())
    highlight = Highlight("1", Colour.YELLOW, describe(old, [place]), NOW, NOW)
    anchor = resolve(new, [highlight], (old, {"1": (place,)}))["1"]
    if isinstance(anchor, Anchored):
        there = anchor.places[0].address
        episode = new.episodes[there.episode]
        first, last = episode.lines(episode.blocks[there.block])
        if own is not None and first <= sheet.line(own) <= last:
            tally.right += 1
        else:
            old_text = old.block(place.address).text
            tally.wrong.append(f"{old_text!r} -> {episode.blocks[there.block].text!r}, {anchor.confidence:.2f}")
    elif own is None:
        tally.right += 1
    elif isinstance(anchor, NeedsReview):
        tally.review += 1
    else:
        tally.orphan += 1
