"""Highlights followed through several texts, some of which lack them."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring.drafts import sentence
from tests.core.anchoring.test_lookalikes import bullet, bullets, twin_of
from tui.core.anchoring import describe, refreshed
from tui.core.anchoring.snapshot import GENERATIONS, Snapshot, anchor_records, key_of, unsettled
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, MatchKind, NeedsReview, Orphan
from tui.core.notes.model import Place, Span
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from tui.core.anchoring.snapshot import Key
    from tui.core.anchoring.wordings import Wordings
    from tui.core.notes.model import Note

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = range(8)


def through(place: Place, *texts: Note) -> list[Anchor]:
    """The anchors of a highlight in the first of these texts, followed through the others one by one."""
    first, *later = texts
    marked = Highlight("1", Colour.YELLOW, describe(first, (place,)), NOW, NOW)
    snapshots: tuple[Snapshot, ...] = (Snapshot(first, {key_of(marked): (place,)}),)
    wordings: Wordings = {}
    doubts: frozenset[Key] = frozenset()
    found, asked = [], set[str]()
    for text in later:
        anchors, snapshots, wordings, doubts = anchor_records(
            text, [marked], snapshots, wordings, doubts=doubts, asked=asked
        )
        found.append(anchors["1"])
        asked = unsettled(anchors)
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
def test_a_phrase_is_not_left_on_a_twin_when_its_own_bullet_comes_back_and_its_copy_does_not(seed: int) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 14, 16) for _ in range(5))
    phrase = " ".join(words.split()[6:9])
    twin = f"{words} anew"
    start = note(others[0], words, *others[1:], words)
    place = Place(bullet(start, words).address, Span(words.index(phrase), words.index(phrase) + len(phrase)))
    one_left, none_left = note(others[0], twin, *others[1:], words), note(others[0], twin, *others[1:])
    back = note(others[0], words, twin, *others[1:])
    *_, now = through(place, start, one_left, none_left, back)
    assert isinstance(now, NeedsReview)
    assert bullet(back, words).address in {each.places[0].address for each in now.candidates}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_that_comes_back_while_its_copy_is_reworded_is_asked_about(seed: int) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 12, 15) for _ in range(5))
    twin, copy = f"{words} anew", twin_of(words, rng)
    start, gone = note(*others[:2], words, others[2], words), note(*others[:2], twin, others[2], words)
    back = note(others[0], words, others[1], twin, others[2], copy)
    *_, now = through(bullet(start, words), start, gone, back)
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


@pytest.mark.parametrize("seed", SEEDS)
def test_a_missing_bullet_is_not_its_twin_once_its_text_is_too_old_to_be_kept(seed: int) -> None:
    rng = Random(seed)
    marked, above, below, *others = (sentence(rng, 12, 15) for _ in range(GENERATIONS + 4))
    twin = twin_of(marked, rng)
    kept = [marked, *others]
    text = note(above, marked, below, twin, *others)
    records = [Highlight(each, Colour.YELLOW, describe(text, (bullet(text, each),)), NOW, NOW) for each in kept]
    snapshots: tuple[Snapshot, ...] = (Snapshot(text, {key_of(each): (bullet(text, each.id),) for each in records}),)
    wordings: Wordings = {}
    doubts: frozenset[Key] = frozenset()
    for _ in range(len(kept)):
        kept = kept[1:]
        text = note(twin, *kept)
        anchors, snapshots, wordings, doubts = anchor_records(text, records, snapshots, wordings, doubts=doubts)
        assert not isinstance(anchors[marked], Anchored)


def words_in(text: Note, words: str, phrase: str) -> Place:
    """The place of a phrase in a bullet."""
    return Place(bullet(text, words).address, Span(words.index(phrase), words.index(phrase) + len(phrase)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_whole", [True, False])
def test_later_words_that_return_to_a_highlight_taken_on_by_its_selector_are_asked_about(
    seed: int, *, is_whole: bool
) -> None:
    rng = Random(seed)
    first, *others = (sentence(rng, 12, 15) for _ in range(6))
    later, twin, phrase = f"{first} anew", twin_of(first, rng), " ".join(first.split()[:4])
    start, edited = note(first, *others), note(later, *others)
    marked = describe(start, (bullet(start, first) if is_whole else words_in(start, first, phrase),))
    now = bullet(edited, later) if is_whole else words_in(edited, later, phrase)
    parts = refreshed(marked, Anchored((now,), MatchKind.EDITED, 1.0), edited)
    record = Highlight("1", Colour.YELLOW, parts, NOW, NOW)
    alone, back = note(twin, *others), note(later, twin, *others)
    anchors, snapshots, wordings, _ = anchor_records(alone, [record], (), {})
    assert isinstance(anchors["1"], Anchored)
    assert anchors["1"].places[0].address == bullet(alone, twin).address
    anchors, *_ = anchor_records(back, [record], snapshots, wordings)
    assert isinstance(anchors["1"], NeedsReview)
    addresses = {each.places[0].address for each in anchors["1"].candidates}
    assert addresses == {bullet(back, later).address, bullet(back, twin).address}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_earlier_wording_that_only_its_fingerprint_tells_is_asked_about_when_it_returns(seed: int) -> None:
    rng = Random(seed)
    first, *others = (sentence(rng, 12, 15) for _ in range(6))
    later, phrase = f"{first} anew", " ".join(first.split()[:4])
    start, now = note(first, *others), note(later, *others)
    marked = describe(start, (words_in(start, first, phrase),))
    place = words_in(now, later, phrase)
    record = Highlight("1", Colour.YELLOW, refreshed(marked, Anchored((place,), MatchKind.EDITED, 1.0), now), NOW, NOW)
    back = note(later, *others[:3], first, *others[3:])
    for snapshots in ((), (Snapshot(now, {key_of(record): (place,)}),)):
        anchors, *_ = anchor_records(back, [record], snapshots, {})
        assert isinstance(anchors["1"], NeedsReview)
        assert {each.places[0] for each in anchors["1"].candidates} == {place, bullet(back, first)}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_words_first_marked_win_when_they_return_though_the_highlights_file_alone_knows_them(seed: int) -> None:
    rng = Random(seed)
    first, *others = (sentence(rng, 12, 15) for _ in range(6))
    later = f"{first} anew"
    start, now = note(first, *others), note(later, *others)
    marked = describe(start, (bullet(start, first),))
    parts = refreshed(marked, Anchored((bullet(now, later),), MatchKind.EDITED, 1.0), now)
    record = Highlight("1", Colour.YELLOW, parts, NOW, NOW)
    back = note(later, *others[:3], first, *others[3:])
    anchors, *_ = anchor_records(back, [record], [Snapshot(now, {key_of(record): (bullet(now, later),)})], {})
    assert isinstance(anchors["1"], Anchored)
    assert anchors["1"].places == (bullet(back, first),)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reworded_bullet_that_arrives_after_its_twin_is_asked_about_until_the_reader_decides(seed: int) -> None:
    rng = Random(seed)
    words, *others = (sentence(rng, 12, 15) for _ in range(6))
    reworded = twin_of(words, rng)
    twin = f"{reworded} anew"
    start, half = note(*others[:3], words, *others[3:]), note(*others[:2], twin)
    whole = note(*others[:2], twin, others[2], reworded, *others[3:])
    last = note("a new bullet", *others[:2], twin, others[2], reworded, *others[3:])
    _, now, then = through(bullet(start, words), start, half, whole, last)
    for anchor, text in ((now, whole), (then, last)):
        assert isinstance(anchor, NeedsReview)
        assert [each.places[0] for each in anchor.candidates] == [bullet(text, reworded), bullet(text, twin)]
