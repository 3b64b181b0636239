"""Chains of edits, one per save, and notes that a tool rewrote in another style."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from tests.core.anchoring.combined import (
    COMBINATIONS,
    LEAST,
    MARKUP,
    NOW,
    Row,
    Sheet,
    Tally,
    add_variant,
    copy_elsewhere,
    delete,
    judge,
    quote_tail,
    split_head,
)
from tests.core.anchoring.drafts import whole
from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tui.core.notes.model import Note, Place

HOPS = 10
_KEEPS = [each for each in COMBINATIONS if not each.is_doubtful and delete not in each.edits]
"The edits after which a person is sure where the highlighted bullet is."
_ALONE = [each for each in _KEEPS if not {add_variant, quote_tail, copy_elsewhere, split_head} & {*each.edits}]
"Those that add no similar text and keep its beginning: after ten saves, the last text alone would not tell."


def chained(source: str, rng: Random, *, every: int = 1, is_opened: bool) -> Tally:
    """Mark each long bullet, or every so many, make `HOPS` saves of edits around all bullets, and see where it is.

    Args:
        source: The notes.
        rng: The chance that edits are chosen by.
        every: Marks every so many of the long bullets.
        is_opened: True to follow the highlight from save to save, False from the first to the last.
    """
    tally = Tally()
    for number, row in enumerate(Sheet.of(source).bullets):
        if _is_long(row) and number % every == 0:
            _follow(tally, source, number, rng, is_opened=is_opened)
    return tally


def _follow(tally: Tally, source: str, number: int, rng: Random, *, is_opened: bool) -> None:
    sheet = Sheet.of(source)
    own = sheet.bullets[number]
    old = read_note("notes.md", source)
    place = whole(old, sheet.line(own))
    for hop in range(HOPS):
        # The marked bullet is edited in every third save: a chain of rewordings leaves nothing of it.
        edited = own if hop % 3 == 0 else rng.choice([row for row in sheet.bullets if _is_away(sheet, row, own)])
        for edit in rng.choice(_KEEPS if is_opened else _ALONE).edits:
            if len(edited.text.split(" ")) >= LEAST:
                edit(sheet, edited, rng)
        if is_opened and hop < HOPS - 1:
            new = read_note("notes.md", sheet.source())
            anchor = resolve(new, [_marked(old, place)], (old, {"1": (place,)}))["1"]
            if isinstance(anchor, Anchored):
                old, place = new, anchor.places[0]
    judge(tally, old, place, sheet, own)


def _is_away(sheet: Sheet, row: Row, own: Row) -> bool:
    """True if no edit of a bullet deletes the highlighted one, or merges it with another."""
    return abs(sheet.line(row) - sheet.line(own)) > 4


def _is_long(row: Row) -> bool:
    return len(row.text.split(" ")) >= LEAST and not MARKUP.search(row.text)


def _marked(note: Note, place: Place) -> Highlight:
    return Highlight("1", Colour.YELLOW, describe(note, [place]), NOW, NOW)


# -- reformatting


def other_signs(rows: list[Row]) -> None:
    """Use another sign before each bullet."""
    for row in rows:
        row.before = row.before.replace("- ", "* ")


def curly_quotes(rows: list[Row]) -> None:
    """Use typographic quotes, dashes and ellipses."""
    for row in rows:
        row.text = row.text.replace("'", "’").replace(" - ", " – ").replace("...", "…")


def looser_lists(rows: list[Row]) -> None:
    """Put an empty line between bullets."""
    rows[:] = [each for row in rows for each in ((row, Row("")) if row.before else (row,))]


def wrapped_text(rows: list[Row]) -> None:
    """Wrap lines at 60 columns."""
    for row in rows:
        if row.before and len(row.text) > 60:
            row.text = fill(row.text, 60, subsequent_indent=" " * len(row.before), break_long_words=False)


def title_case(rows: list[Row]) -> None:
    """Begin each bullet with a capital and end it with a full stop."""
    for row in rows:
        if row.before:
            row.text = row.text[:1].upper() + row.text[1:].rstrip(".") + "."


STYLES: tuple[Callable[[list[Row]], None], ...] = (other_signs, curly_quotes, looser_lists, wrapped_text, title_case)


def reformatted(source: str, *, every: int = 1) -> Iterator[tuple[str, Tally]]:
    """Highlight each long bullet, and rewrite the notes in each style and in all of them at once."""
    old = read_note("notes.md", source)
    for name, styles in (*((each.__name__, (each,)) for each in STYLES), ("all", STYLES)):
        tally = Tally()
        for number, row in enumerate(Sheet.of(source).bullets):
            if not _is_long(row) or number % every:
                continue
            sheet = Sheet.of(source)
            own = sheet.bullets[number]
            place = whole(old, sheet.line(own))
            for style in styles:
                style(sheet.rows)
            lines = [(row is own, Row(line)) for row in sheet.rows for line in (row.before + row.text).split("\n")]
            sheet.rows = [line for _, line in lines]
            judge(tally, old, place, sheet, next(line for is_own, line in lines if is_own))
        yield name, tally
