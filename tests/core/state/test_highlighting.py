"""Highlights made, changed, removed, undone and redone, as algebra on the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, Put, Refresh, Remove
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state import highlighting
from tui.core.state.model import State, with_annotations

PATH = "heard.md"
TEXT = "# Ada\n\n- the loom weaves leaves\n- a card per row\n\n# Bob\n\n- tapes have no end\n"
NOTE = read_note(PATH, TEXT)
START = State(Library(PATH, (NOTE,)))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = st.sampled_from(
    [
        (Place(Address(0, 0), Span(4, 8)),),
        (Place(Address(0, 0), Span(0, 22)),),
        (Place(Address(0, 0), Span(16, 22)), Place(Address(0, 1), Span(0, 6))),
        (Place(Address(1, 0), Span(0, 5)),),
    ]
)
MARKS = st.lists(st.tuples(PLACES, st.none() | st.sampled_from(Colour)), min_size=1, max_size=6)


def marked(state: State, places: tuple[Place, ...], colour: Colour | None, number: int) -> State:
    """The state after a highlighting key, with its history as the store keeps it."""
    now = NOW + timedelta(minutes=number)
    step = highlighting.marking(state, PATH, places, colour, new_id=f"id{number}", now=now)
    return state if step is None else highlighting.after(highlighting.with_step_unsaved(state, step), step)


def commented(highlight: Highlight, comment: str) -> Highlight:
    return replace(highlight, comment=comment)


def drawn(state: State) -> list[tuple[object, ...]]:
    """The highlights a reader sees: their colours and places."""
    here = state.annotations_of(PATH)
    anchors = here.anchors
    found = [
        (each.colour.value, anchor.places)
        for each in here.highlights.values()
        if isinstance(anchor := anchors[each.id], Anchored)
    ]
    return sorted(found, key=repr)


@given(MARKS)
def test_every_highlight_stands_on_its_places(marks: list[tuple[tuple[Place, ...], Colour | None]]) -> None:
    state = START
    for number, (places, colour) in enumerate(marks):
        state = marked(state, places, colour, number)
        assert len(drawn(state)) == len(state.annotations_of(PATH).highlights)
        if colour is not None:
            assert (colour.value, places) in drawn(state)


@given(PLACES)
def test_highlighting_twice_without_a_colour_leaves_nothing(places: tuple[Place, ...]) -> None:
    once = marked(START, places, None, 0)
    assert drawn(once)
    assert drawn(marked(once, places, None, 1)) == []


@given(PLACES, st.sampled_from(Colour))
def test_the_colour_that_it_has_already_is_no_step(places: tuple[Place, ...], colour: Colour) -> None:
    state = marked(START, places, colour, 0)
    assert highlighting.marking(state, PATH, places, colour, new_id="other", now=NOW) is None


@given(MARKS)
def test_undoing_all_and_redoing_all_comes_back(marks: list[tuple[tuple[Place, ...], Colour | None]]) -> None:
    state = START
    for number, (places, colour) in enumerate(marks):
        state = marked(state, places, colour, number)
    full, undone = drawn(state), state
    while (step := highlighting.undoing(undone)) is not None:
        undone = highlighting.after_undo(highlighting.with_step_unsaved(undone, step), step)
    assert drawn(undone) == []
    assert not undone.annotations_of(PATH).unsaved
    while (step := highlighting.redoing(undone)) is not None:
        undone = highlighting.after_redo(highlighting.with_step_unsaved(undone, step), step)
    assert drawn(undone) == full


def test_a_new_step_leaves_nothing_to_redo() -> None:
    state = marked(START, (Place(Address(0, 0), Span(4, 8)),), None, 0)
    step = highlighting.undoing(state)
    assert step is not None
    state = highlighting.after_undo(highlighting.with_step_unsaved(state, step), step)
    state = marked(state, (Place(Address(1, 0), Span(0, 5)),), None, 1)
    assert highlighting.redoing(state) is None


def test_the_operations_of_unsaved_changes_put_and_remove_them() -> None:
    places = (Place(Address(0, 0), Span(4, 8)),)
    state = marked(START, places, None, 0)
    (made,) = highlighting.operations(state, PATH)
    assert isinstance(made, Put)
    record = made.record
    saved = highlighting.with_saved(state, PATH, (made,), [record], [])  # type: ignore[list-item]  # a highlight
    assert highlighting.operations(saved, PATH) == ()
    (removed,) = highlighting.operations(marked(saved, places, None, 1), PATH)
    assert isinstance(removed, Remove)


def test_selectors_of_another_text_are_brought_up_to_date_with_the_next_change() -> None:
    state = marked(START, (Place(Address(0, 0), Span(4, 8)),), None, 0)
    (made,) = highlighting.operations(state, PATH)
    record = state.annotations_of(PATH).highlights["id0"]
    stale = replace(record, parts=(replace(record.parts[0], line=90),))
    state = highlighting.with_saved(state, PATH, (made,), [stale], [])
    upkeep = highlighting.operations(state, PATH)
    assert all(isinstance(each, Refresh) for each in upkeep)


def test_places_are_carried_to_the_text_of_today_or_nowhere() -> None:
    places = (Place(Address(0, 0), Span(4, 8)),)
    above = read_note(PATH, TEXT.replace("- the loom", "- one more\n- the loom"))
    assert highlighting.carried(NOTE, NOTE, places) == places
    assert highlighting.carried(above, NOTE, places) == (Place(Address(0, 1), Span(4, 8)),)
    gone = read_note(PATH, TEXT.replace("- the loom weaves leaves\n", ""))
    assert highlighting.carried(gone, NOTE, places) is None


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=6))
def test_a_change_is_later_than_the_one_before_whatever_the_clock_says(days: list[int]) -> None:
    state, before = marked(START, (Place(Address(0, 0), Span(4, 8)),), Colour.BLUE, 0), NOW
    for number, offset in enumerate(days):
        now = NOW + timedelta(days=offset)
        step = highlighting.changing(state, PATH, "id0", partial(commented, comment=f"said {number}"), "", now)
        assert step is not None
        state = highlighting.with_step_unsaved(state, step)
        after = state.annotations_of(PATH).highlights["id0"].updated
        assert after == now if now >= before else after > before
        before = after


def test_a_change_of_a_record_from_the_end_of_time_is_made() -> None:
    state = marked(START, (Place(Address(0, 0), Span(4, 8)),), Colour.BLUE, 0)
    here = state.annotations_of(PATH)
    last = datetime.max.replace(tzinfo=UTC, microsecond=0)
    record = replace(here.highlights["id0"], updated=last)
    state = with_annotations(state, PATH, replace(here, highlights={"id0": record}))
    step = highlighting.changing(state, PATH, "id0", partial(commented, comment="so be it"), "", NOW)
    assert step is not None
    after = highlighting.with_step_unsaved(state, step).annotations_of(PATH).highlights["id0"]
    assert (after.comment, after.updated) == ("so be it", last)


def test_records_are_in_the_order_of_the_notes() -> None:
    state = START
    for number, address in enumerate([Address(1, 0), Address(0, 1), Address(0, 0)]):
        state = marked(state, (Place(address, Span(0, 4)),), None, number)
    assert highlighting.order(state, PATH) == ["id2", "id1", "id0"]
