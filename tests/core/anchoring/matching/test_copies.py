"""Equal bullets: however many there are and however many are highlighted, the time is proportional to their sum."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tui.core.anchoring import describe, resolve
from tui.core.anchoring.note_index import NoteIndex
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Note

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAME = "said once more"
NOTHING = 0.3
"Seconds of processor time too short to measure growth."
ATTEMPTS = 3


@pytest.fixture(autouse=True)
def _uncollected() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def note(bullets: list[str]) -> Note:
    return read_note("a.md", "# Same\n\n" + "".join(f"- {text}\n" for text in bullets))


def place(number: int) -> Place:
    return Place(Address(0, number), Span(0, len(SAME)))


def marked(old: Note, numbers: range) -> list[Highlight]:
    return [Highlight(str(each), Colour.YELLOW, describe(old, [place(each)]), NOW, NOW) for each in numbers]


def seconds(count: int, after: list[str], *, fresh: bool) -> float:
    """The processor time for finding a highlight on every third of this many equal bullets."""
    old, new, numbers = note([SAME] * count), note(after), range(0, count, 3)
    highlights = marked(old, numbers)
    began = process_time()
    resolve(new, highlights, None if fresh else (old, {str(each): (place(each),) for each in numbers}))
    return process_time() - began


@pytest.mark.parametrize("fresh", [False, True], ids=["snapshot", "sidecar alone"])
@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["untouched", "half reworded", "all reworded"])
def test_four_times_as_many_copies_and_highlights_take_some_four_times_as_long(share: float, fresh: bool) -> None:
    def after(count: int) -> list[str]:
        kept = count - int(count * share)
        return [SAME] * kept + ["said once again"] * (count - kept)

    small, large = 700, 2800
    assert any(
        (time := seconds(large, after(large), fresh=fresh)) < NOTHING
        or time <= 8 * seconds(small, after(small), fresh=fresh)
        for _ in range(ATTEMPTS)
    )


def test_only_a_few_of_very_many_copies_are_examined_for_each_highlight() -> None:
    index = NoteIndex(note([SAME] * 3000))
    part = marked(index.note, range(1500, 1501))[0].parts[0]
    assert len(index.copies(SAME, part, 1503)) < 40


def test_the_copy_between_other_words_is_found_among_very_many_although_all_lines_are_off() -> None:
    between = ["a lantern stands above it", SAME, "a kettle stands below it"]
    old = note([*[SAME] * 400, *between, *[SAME] * 400])
    new = note([*["put in"] * 90, *[SAME] * 400, *between, *[SAME] * 400])
    anchor: Anchor = resolve(new, marked(old, range(401, 402)), None)["401"]
    assert isinstance(anchor, Anchored)
    assert anchor.places == (place(491),)
