"""Composition of changes to records, which preserves changes by others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.files.records import HIGHLIGHTS, QUESTIONS, highlight
from tui.core.annotations.changes import RecordChange, changed, differences, joined
from tui.core.annotations.choices import Colour

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Record

SOME = st.lists(
    st.tuples(HIGHLIGHTS, st.sampled_from("abcd")).map(lambda drawn: replace(drawn[0], id=drawn[1])),
    max_size=4,
    unique_by=lambda record: record.id,
)


def by_id(records: object) -> dict[str, Record]:
    assert isinstance(records, list | tuple)
    return {record.id: record for record in records}


@given(SOME, SOME)
def test_differences_lead_from_one_to_the_other(before: list[Record], after: list[Record]) -> None:
    assert by_id(changed(before, differences(before, after).values())) == by_id(after)


@given(st.lists(SOME, min_size=1, max_size=5))
def test_the_net_of_changes_does_what_they_do_one_by_one(versions: list[list[Record]]) -> None:
    net: dict[str, RecordChange] = {}
    for before, after in pairwise(versions):
        net = joined(net, differences(before, after).values())
    assert by_id(changed(versions[0], net.values())) == by_id(versions[-1])
    assert joined(net, [change.inverse for change in net.values()]) == {}


@given(SOME, SOME)
def test_changes_made_twice_are_made_once(before: list[Record], after: list[Record]) -> None:
    changes = differences(before, after).values()
    once = changed(before, changes)
    assert changed(once, changes) == once


@given(HIGHLIGHTS | QUESTIONS)
def test_a_change_and_its_inverse_leave_nothing_to_save(record: Record) -> None:
    made = RecordChange(None, record)
    assert joined(joined({}, [made]), [made.inverse]) == {}


def test_a_change_leaves_what_another_earmark_changed_of_the_same_highlight() -> None:
    thought = highlight("a")
    now = replace(thought, comment="from elsewhere")
    (after,) = changed([now], [RecordChange(thought, replace(thought, colour=Colour.BLUE))])
    assert after == replace(now, colour=Colour.BLUE)


def test_a_change_of_a_highlight_that_another_earmark_removed_brings_it_back() -> None:
    thought = highlight("a")
    coloured = replace(thought, colour=Colour.BLUE)
    assert changed([], [RecordChange(thought, coloured)]) == (coloured,)
