"""Merging two sides of a reader's records without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.records import NOW, highlight, part, question
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, QuestionRecord, kind_of
from tui.core.annotations.merging import Version, merge, merge_values

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Record
    from tui.core.annotations.merging import Merged

Side = tuple[Version, ...]

MOMENTS = st.integers(0, 2).map(lambda minutes: NOW + timedelta(minutes=minutes))
WORDS = st.sampled_from(["", "a", "b", "c", "a | b", "b | a"])
SELECTORS = st.sampled_from([(part(1),), (part(2),), (part(3, "the hill"), part(4)), (part(1, "the port"),)])
UNKNOWN = st.dictionaries(st.sampled_from([("strength",), ("part", 0, "page")]), st.integers(0, 2))
HIGHLIGHTS = st.builds(
    Highlight,
    id=st.just(""),
    colour=st.sampled_from(list(Colour)[:3]),
    parts=SELECTORS,
    created=MOMENTS,
    updated=MOMENTS,
    comment=WORDS,
    tags=st.lists(st.sampled_from("xyz"), max_size=3).map(tuple),
    kept=st.booleans(),
)
QUESTIONS = st.builds(
    QuestionRecord,
    id=st.just(""),
    state=st.sampled_from(Answer),
    parts=SELECTORS,
    created=MOMENTS,
    updated=MOMENTS,
    answer=WORDS,
    answered_by=SELECTORS | st.just(()),
    unmade=st.booleans(),
    kept=st.booleans(),
    answered_in=st.sampled_from(["", "a.md", "b.md"]),
).map(lambda record: record if record.answered_by else replace(record, answered_in=""))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Side, Side, Side]:
    """Three sides with much in common: base, ours and theirs; clocks may have been set back."""
    sides: tuple[list[Version], ...] = ([], [], [])
    for id_, records in (("A", HIGHLIGHTS), ("B", HIGHLIGHTS), ("C", QUESTIONS), ("A", QUESTIONS)):
        choices = draw(st.lists(st.builds(Version, records, UNKNOWN), min_size=1, max_size=3))
        before = draw(st.sampled_from([None, *choices]))
        for side, version in zip(
            sides,
            (before, draw(st.sampled_from([None, *choices])), draw(st.sampled_from([None, *choices]))),
            strict=True,
        ):
            if version is not None:
                side.append(Version(replace(version.record, id=id_), version.unknown))
    base, ours, theirs = (merge((), side, ()).versions for side in sides)
    return base, ours, theirs


def of(*records: Record) -> Side:
    return tuple(map(Version, records))


def only(merged: Merged) -> Record:
    (version,) = merged.versions
    return version.record


def by_key(side: Side) -> dict[tuple[str, str], Version]:
    return {(kind_of(each.record), each.record.id): each for each in side}


# -- laws


@given(triples())
def test_sides_that_agree_are_what_comes_of_them(sides: tuple[Side, Side, Side]) -> None:
    base, ours, _ = sides
    merged = merge(base, ours, ours)
    assert merged.versions == ours
    assert merged.clashes == ()


@given(triples())
def test_a_change_on_one_side_alone_is_kept(sides: tuple[Side, Side, Side]) -> None:
    base, ours, _ = sides
    merged = merge(base, base, ours)
    assert merged.versions == ours
    assert merged.clashes == ()


@given(triples())
def test_removal_is_undone_only_by_what_a_person_changed(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = map(by_key, sides)
    merged = by_key(merge(*sides).versions)
    for key in ours.keys() | theirs.keys():
        left = ours.get(key) or theirs[key]
        was_removed = key in base and not (key in ours and key in theirs)
        if not was_removed:
            assert key in merged
        elif left == base[key]:
            assert key not in merged
        elif left.record.updated != base[key].record.updated:
            assert merged[key] == left


@given(triples())
def test_neither_side_is_the_first(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = sides
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


@given(triples())
def test_merging_again_changes_nothing(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = sides
    merged = merge(base, ours, theirs).versions
    assert merge(base, merged, theirs).versions == merged
    assert merge(base, ours, merged).versions == merged


@given(triples())
def test_all_that_was_said_is_there_or_told(sides: tuple[Side, Side, Side]) -> None:
    _, ours, theirs = sides
    merged = merge((), ours, theirs)
    told = " ".join(map(str, merged.clashes))
    for key, version in by_key(merged.versions).items():
        for side in filter(None, (by_key(ours).get(key), by_key(theirs).get(key))):
            record, said = version.record, side.record
            if isinstance(record, Highlight) and isinstance(said, Highlight):
                assert record.colour is said.colour or said.colour.value in told
                assert set(said.tags) <= set(record.tags)
                assert set(said.comment.split(" | ")) <= {*record.comment.split(" | "), ""}
            elif isinstance(record, QuestionRecord) and isinstance(said, QuestionRecord):
                assert record.state is said.state or said.state.value in told
                assert set(said.answer.split(" | ")) <= {*record.answer.split(" | "), ""}
            assert side.unknown.keys() <= version.unknown.keys()


# -- one by one


def later(record: Highlight, minutes: int = 1, **changes: object) -> Highlight:
    return replace(record, updated=NOW + timedelta(minutes=minutes), **changes)  # type: ignore[arg-type]  # any field


BASE = highlight("01A", comment="why?")


def test_the_side_that_won_wins_again_although_its_clock_was_set_back() -> None:
    base = replace(highlight("01A"), updated=NOW + timedelta(hours=2))
    ours = replace(base, parts=(part(2),))
    theirs = replace(base, parts=(part(3),), comment="why?", updated=NOW)
    merged = merge(of(base), of(ours), of(theirs)).versions
    assert merged[0].record.parts == ours.parts
    assert merge(of(base), merged, of(theirs)).versions == merged


def test_additions_of_both_sides_stand_in_document_order() -> None:
    merged = merge(of(BASE), of(BASE, highlight("01B", 9)), of(question("01D", 2), BASE, highlight("01C", 5)))
    assert [each.record.id for each in merged.versions] == ["01A", "01C", "01B", "01D"]


def test_changes_of_both_sides_to_one_highlight_are_kept() -> None:
    merged = merge(of(BASE), of(later(BASE, 1, colour=Colour.BLUE)), of(later(BASE, 2, comment="because")))
    assert only(merged) == later(BASE, 2, colour=Colour.BLUE, comment="because")
    assert merged.clashes == ()


def test_comments_that_both_sides_changed_both_stay_the_later_first() -> None:
    merged = merge(of(BASE), of(later(BASE, 1, comment="so what?")), of(later(BASE, 2, comment="because")))
    assert only(merged) == later(BASE, 2, comment="because | so what?")
    assert merged.clashes == ()


def test_comment_that_one_side_took_away_and_the_other_changed_stays_changed() -> None:
    merged = merge(of(BASE), of(later(BASE, 2, comment="")), of(later(BASE, 1, comment="why not?")))
    assert only(merged) == later(BASE, 2, comment="why not?")


def test_tags_are_those_of_both_sides_but_for_what_one_took_away() -> None:
    base = replace(BASE, tags=("one", "two", "three"))
    merged = merge(
        of(base), of(later(base, 1, tags=("two", "three", "four"))), of(later(base, 2, tags=("one", "two", "five")))
    )
    assert only(merged) == later(base, 2, tags=("two", "five", "four"))


def test_colour_that_both_sides_changed_is_the_later_one_and_the_other_is_told() -> None:
    merged = merge(of(BASE), of(later(BASE, 2, colour=Colour.BLUE)), of(later(BASE, 1, colour=Colour.PINK)))
    assert only(merged) == later(BASE, 2, colour=Colour.BLUE)
    assert list(map(str, merged.clashes)) == [
        "highlight “the harbour” (01A): both sides changed `colour`; blue stays, pink does not"
    ]


def test_state_of_a_question_that_both_sides_changed_is_told() -> None:
    base = replace(question("01C"), state=Answer.OPEN, answer="")
    ours = replace(base, state=Answer.ANSWERED, answer="the town", updated=NOW + timedelta(minutes=1))
    theirs = replace(base, state=Answer.DISMISSED, updated=NOW + timedelta(minutes=2))
    merged = merge(of(base), of(ours), of(theirs))
    assert only(merged) == replace(theirs, answer="the town")
    assert "dismissed stays, answered does not" in str(merged.clashes[0])


def test_removal_against_a_change_keeps_the_change() -> None:
    changed = later(BASE, comment="wait")
    assert only(merge(of(BASE), of(), of(changed))) == changed


def test_removal_against_upkeep_of_the_selectors_is_a_removal() -> None:
    assert merge(of(BASE), of(), of(replace(BASE, parts=(part(7),)))).versions == ()


def test_upkeep_on_one_side_does_not_stand_against_a_highlight_moved_on_the_other() -> None:
    moved, kept_up = later(BASE, parts=(part(9, "the hill"),)), replace(BASE, parts=(part(4, "the old harbour"),))
    merged = merge(of(BASE), of(kept_up), of(moved))
    assert only(merged) == moved
    assert merged.clashes == ()


def test_bounds_that_both_sides_changed_are_told_by_their_words() -> None:
    ours, theirs = later(BASE, 1, parts=(part(1, "the port"),)), later(BASE, 2, parts=(part(1, "a harbour"),))
    merged = merge(of(BASE), of(ours), of(theirs))
    assert only(merged) == theirs
    assert "changed `part`; “a harbour” stays, “the port” does not" in str(merged.clashes[0])


def test_same_words_with_other_context_are_no_clash() -> None:
    ours, theirs = later(BASE, 1, parts=(part(5),)), later(BASE, 2, parts=(part(6),))
    assert merge(of(BASE), of(ours), of(theirs)).clashes == ()


def test_keys_of_later_versions_are_merged_too() -> None:
    base = Version(BASE, {("strength",): 1, ("old",): True})
    ours = Version(later(BASE, 2), {("strength",): 2, ("old",): True, ("part", 0, "page"): 12})
    theirs = Version(later(BASE, 1), {("strength",): 3, ("mood",): "calm"})
    merged = merge([base], [ours], [theirs])
    assert merged.versions[0].unknown == {("strength",): 2, ("part", 0, "page"): 12, ("mood",): "calm"}
    assert "`strength`; 2 stays, 3 does not" in str(merged.clashes[0])


def test_change_of_a_key_that_is_not_known_is_not_removed() -> None:
    changed = Version(BASE, {("strength",): 2})
    assert merge([Version(BASE)], [], [changed]).versions == (changed,)


@pytest.mark.parametrize(
    ("newer", "older", "value"),
    [({"a": 1}, {}, {}), ({}, {"a": 1}, {}), ({"a": 2}, {}, {"a": 2}), ({}, {"a": 2}, {"a": 2}), ({}, {}, {})],
)
def test_key_that_one_side_took_away_is_gone_unless_the_other_changed_it(
    newer: dict[str, int], older: dict[str, int], value: dict[str, int]
) -> None:
    assert merge_values({"a": 1}, newer, older) == (value, {})


@given(triples())
def test_an_answer_stays_in_the_note_that_one_side_says_it_is_in(sides: tuple[Side, Side, Side]) -> None:
    said = {
        (each.record.answered_by, each.record.answered_in)
        for side in sides
        for each in side
        if isinstance(each.record, QuestionRecord)
    }
    for version in merge(*sides).versions:
        if isinstance(version.record, QuestionRecord):
            assert (version.record.answered_by, version.record.answered_in) in said


def test_an_answer_in_another_note_and_one_that_was_reworded_are_not_mixed() -> None:
    base = replace(question("A"), answered_by=(part(1),), answered_in="a.md")
    ours = replace(base, answered_by=(part(2),), answered_in="b.md", updated=NOW + timedelta(minutes=1))
    unlinked = replace(base, answered_by=(), answered_in="", updated=NOW + timedelta(minutes=3))
    theirs = replace(base, answered_by=(part(3),), updated=NOW + timedelta(minutes=2))
    for other, said in ((theirs, ((part(3),), "a.md")), (unlinked, ((), ""))):
        for sides in (((Version(ours),), (Version(other),)), ((Version(other),), (Version(ours),))):
            (merged,) = merge((Version(base),), *sides).versions
            assert isinstance(merged.record, QuestionRecord)
            assert (merged.record.answered_by, merged.record.answered_in) == said
