"""Highlights followed through several texts, some of which lack them."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring.drafts import sentence
from tests.core.anchoring.test_lookalikes import bullet, bullets
from tui.core.anchoring import describe
from tui.core.anchoring.snapshot import Snapshot, anchor_records, key_of
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, NeedsReview, Orphan
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from tui.core.anchoring.snapshot import Key
    from tui.core.anchoring.wordings import Wordings
    from tui.core.notes.model import Note, Place

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = range(8)


def through(place: Place, *texts: Note) -> list[Anchor]:
    """The anchors of a highlight in the first of these texts, followed through the others one by one."""
    first, *later = texts
    marked = Highlight("1", Colour.YELLOW, describe(first, (place,)), NOW, NOW)
    snapshots: tuple[Snapshot, ...] = (Snapshot(first, {key_of(marked): (place,)}),)
    wordings: Wordings = {}
    doubts: frozenset[Key] = frozenset()
    found = []
    for text in later:
        anchors, snapshots, wordings, doubts = anchor_records(text, [marked], snapshots, wordings, doubts=doubts)
        found.append(anchors["1"])
    return found


def note(*texts: str) -> Note:
    return read_note("a.md", f"# Here\n\n{bullets(*texts)}")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_back", [False, True])
def test_a_missing_bullet_is_not_in_the_merge_of_its_copy_that_stood_there_all_the_while(
    seed: int, is_back: bool
) -> None:
    rng = Random(seed)
    marked, tail, *others = (sentence(rng, 9, 12) for _ in range(8))
    start = note(*others[:2], marked, *others[2:5], marked, tail, others[5])
    place = bullet(start, marked)
    gone = note(*others[:5], marked, tail, others[5])
    merged = note(*others[:5], f"{marked} {tail}", others[5])
    # The surroundings of the bullet change as well, and it comes back below those of the copy.
    last = note(*others[3:5], f"{marked} {tail}", others[5], *[marked] * is_back, "and one more that was typed today")
    before, between, after = through(place, start, gone, merged, last)
    assert not isinstance(before, Anchored)
    assert not isinstance(between, Anchored)
    assert not isinstance(after, Anchored) or (is_back and after.places == (bullet(last, marked),))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reworded_bullet_is_not_left_for_a_copy_of_its_former_words_that_comes_back(seed: int) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 12, 15) for _ in range(5))
    reworded = words.replace(words.split()[4], "anew", 1)
    start = note(others[0], words, *others[1:], words)
    edited = note(others[0], reworded, *others[1:], words)
    half = note(others[0], reworded, others[1])
    for back in (edited, note(others[0], reworded, *others[1:], words, "typed meanwhile")):
        *_, now = through(bullet(start, words), start, edited, half, back)
        assert isinstance(now, Anchored)
        assert now.places == (bullet(back, reworded),)


@pytest.mark.parametrize("seed", SEEDS)
def test_words_that_come_back_twice_with_nothing_to_tell_them_apart_are_asked_about(seed: int) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 12, 15) for _ in range(5))
    twin = f"{words} anew"
    start, gone = note(others[0], words, *others[1:]), note(others[0], twin, *others[1:])
    back = note(others[0], twin, *others[1:3], words, "a bullet", words, "another", others[3])
    *_, now = through(bullet(start, words), start, gone, back)
    assert isinstance(now, NeedsReview)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_copy_first", [True, False])
def test_the_reader_is_asked_which_of_a_bullet_and_its_copy_came_back(seed: int, *, is_copy_first: bool) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 12, 15) for _ in range(5))
    twin = f"{words} anew"
    start = note(others[0], words, *others[1:], words)
    one_left = note(others[0], twin, *others[1:], words)
    none_left = note(others[0], twin, *others[1:])
    back = note(others[0], twin, others[1], words, *others[2:])
    *_, now = through(bullet(start, words), start, *[one_left] * is_copy_first, none_left, back)
    assert isinstance(now, NeedsReview)
    assert {each.places[0] for each in now.candidates} == {bullet(back, words), bullet(back, twin)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_missing_bullet_of_a_few_letters_does_not_return_as_another(seed: int) -> None:
    rng = Random(seed)
    above, below, joined = (sentence(rng, 7, 9) for _ in range(3))
    start = note(above, "to do", below)
    gone = note(above, f"to do {joined}", below)
    last = note(above, "we do", f"to do {joined}", below)
    *_, after = through(bullet(start, "to do"), start, note(above, below), gone, last)
    assert not isinstance(after, Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_missing_from_a_half_of_the_notes_returns_reworded(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 9, 12) for _ in range(6))
    start = note(*others, marked)
    last = note(*others, f"{marked} and so on")
    half, whole = through(bullet(start, marked), start, note(*others[:2]), last)
    assert isinstance(half, Orphan)
    assert isinstance(whole, Anchored)
    assert whole.places == (bullet(last, f"{marked} and so on"),)
