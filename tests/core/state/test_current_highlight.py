"""The current highlight that keys act on, and the effect of each key."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.core.state import current_highlight, highlighting
from tui.core.state.model import State, innermost

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATH = "walked.md"
TEXT = "Roots run deeper than the branches reach."
START = State(Library(PATH, (read_note(PATH, f"- {TEXT}\n- Bark.\n", Options()),)))
BLOCK = Place(Address(0, 0), Span(0, len(TEXT)))
WORDS = Place(Address(0, 0), Span(0, 5))

SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda each: Span(each[0], each[0] + each[1])), max_size=5
).map(lambda spans: [(span, str(number)) for number, span in enumerate(spans)])


def with_one(state: State, place: Place, colour: Colour, id_: str) -> State:
    step = highlighting.marking(state, PATH, [place], colour, new_id=id_, now=NOW)
    assert step is not None
    return highlighting.with_step_unsaved(state, step)


def acted(state: State, colour: Colour | None, picked: str = "") -> State:
    step = current_highlight.acting(state, PATH, BLOCK, picked, colour, "", new_id="new", now=NOW)
    return highlighting.with_step_unsaved(state, step) if step else state


def colours(state: State) -> dict[str, Colour]:
    return {id_: each.colour for id_, each in state.annotations_of(PATH).highlights.items()}


BOTH = with_one(with_one(START, BLOCK, Colour.YELLOW, "block"), WORDS, Colour.GREEN, "words")


@given(SPANS, st.integers(0, 40))
def test_the_current_highlight_is_the_shortest_under_the_caret_else_the_shortest(
    spans: list[tuple[Span, str]], offset: int
) -> None:
    found = innermost(spans, "", offset)
    under = [each for each in spans if each[0].start <= offset < each[0].end] or spans
    assert bool(found) == bool(spans)
    assert not found or found in {id_ for _, id_ in under}
    lengths = {id_: span.end - span.start for span, id_ in under}
    assert not found or lengths[found] == min(lengths.values())


@given(SPANS.filter(bool), st.integers(0, 4))
def test_the_picked_highlight_is_the_current_one_while_it_is_there(spans: list[tuple[Span, str]], picked: int) -> None:
    there = str(picked) in {id_ for _, id_ in spans}
    assert (innermost(spans, str(picked)) == str(picked)) or not there


def test_the_latest_of_equally_long_highlights_is_current() -> None:
    assert innermost([(Span(0, 3), "a"), (Span(5, 8), "b")]) == "b"


def test_removing_takes_the_innermost_first_and_makes_one_where_none_is_left() -> None:
    after = acted(BOTH, None)
    assert colours(after) == {"block": Colour.YELLOW}
    assert colours(acted(after, None)) == {}
    assert colours(acted(acted(after, None), None)) == {"new": Colour.YELLOW}


def test_a_colour_goes_to_the_picked_highlight_and_no_other() -> None:
    assert colours(acted(BOTH, Colour.PINK, "block")) == {"block": Colour.PINK, "words": Colour.GREEN}
    assert colours(acted(BOTH, Colour.PINK)) == {"block": Colour.YELLOW, "words": Colour.PINK}


def test_a_picked_highlight_that_is_gone_leaves_the_innermost_current() -> None:
    assert colours(acted(BOTH, Colour.PINK, "gone")) == {"block": Colour.YELLOW, "words": Colour.PINK}


@pytest.mark.parametrize("colour", [None, Colour.BLUE])
def test_resizing_moves_the_bounds_and_recolours_in_one_step_that_undoes_both(colour: Colour | None) -> None:
    wider = Place(Address(0, 0), Span(0, 9))
    step = current_highlight.resizing(BOTH, PATH, "words", [wider], colour, "blue", NOW)
    assert step is not None
    after = highlighting.with_step_unsaved(BOTH, step)
    anchor = after.annotations_of(PATH).anchors["words"]
    assert isinstance(anchor, Anchored)
    assert anchor.places == (wider,)
    assert colours(after)["words"] is (colour or Colour.GREEN)
    undone = highlighting.with_step_unsaved(after, step.inverse)
    assert colours(undone) == colours(BOTH)
    assert undone.annotations_of(PATH).anchors["words"] == BOTH.annotations_of(PATH).anchors["words"]


def test_resizing_to_the_same_bounds_and_colour_is_no_step() -> None:
    for colour in (None, Colour.GREEN):
        assert current_highlight.resizing(BOTH, PATH, "words", [WORDS], colour, "green", NOW) is None
