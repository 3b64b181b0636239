"""Answering questions as algebra: a step and its undo is identity, and so is redoing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.changes import Step
from tui.core.annotations.choices import Answer
from tui.core.notes.model import Address, Library
from tui.core.notes.reading import Options, read_note
from tui.core.state import answering
from tui.core.state.highlighting import with_step_unsaved
from tui.core.state.model import State
from tui.core.state.questions import question_at, unplaced

if TYPE_CHECKING:
    from tui.core.annotations.highlights import QuestionRecord

NOTE = read_note(
    "heard.md",
    "## Ada on Looms\n\n- Who turns it?\n- A mill.\n- Why?\n  - Wind.\n- When? Where?\n\n## Bob\n\n- Hot. Why?\n",
    Options(),
)
START = State(Library("heard.md", (NOTE,)))
BLOCKS = st.sampled_from([*(Address(0, block) for block in range(5)), Address(1, 0)])
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Plan = Callable[[State, str, datetime], Step | None]
"Makes a step of a state, a new id and the time."


def saying(address: Address, change: Callable[[QuestionRecord], QuestionRecord]) -> Plan:
    return lambda state, new_id, now: answering.changing(state, "heard.md", address, change, "", new_id=new_id, now=now)


def linking(question: Address, block: Address) -> Plan:
    return lambda state, new_id, now: answering.linking(
        state, "heard.md", question, "heard.md", block, new_id=new_id, now=now
    )


def turning(address: Address) -> Plan:
    return lambda state, new_id, now: answering.turning(state, "heard.md", address, new_id=new_id, now=now)


SAID = st.one_of(
    st.builds(lambda state: partial(answering.toggled, state=state), st.sampled_from(Answer)),
    st.builds(lambda text: partial(answering.answered, text=text), st.sampled_from(["", "yes", "two\nlines"])),
    st.just(answering.unlinked),
)
PLANS = st.lists(
    st.one_of(st.builds(saying, BLOCKS, SAID), st.builds(linking, BLOCKS, BLOCKS), st.builds(turning, BLOCKS)),
    min_size=1,
    max_size=8,
)


def carried_out(plans: list[Plan]) -> list[tuple[State, Step]]:
    """The states before each step that the plans lead to, and the steps; the last state and its step last."""
    state, found = START, []
    for number, plan in enumerate(plans):
        step = plan(state, f"id{number}", NOW + timedelta(minutes=number))
        if step is not None:
            found.append((state, step))
            state = with_step_unsaved(state, step)
    return found


def meaning(state: State) -> object:
    """Everything the reader sees: records, their positions, and the kind of each block."""
    annotations = state.annotations_of("heard.md")
    blocks = [Address(0, block) for block in range(5)] + [Address(1, 0)]
    return (
        dict(annotations.questions),
        dict(annotations.anchors),
        [question_at(NOTE, annotations, each) for each in blocks],
    )


@given(PLANS)
def test_a_step_and_its_undo_is_identity(plans: list[Plan]) -> None:
    for before, step in carried_out(plans):
        undone = with_step_unsaved(with_step_unsaved(before, step), step.inverse)
        assert meaning(undone) == meaning(before)
        assert undone.annotations_of("heard.md").unsaved == before.annotations_of("heard.md").unsaved


@given(PLANS)
def test_a_step_undone_and_done_again_is_the_step(plans: list[Plan]) -> None:
    for before, step in carried_out(plans):
        after = with_step_unsaved(before, step)
        assert meaning(with_step_unsaved(with_step_unsaved(after, step.inverse), step)) == meaning(after)


@given(PLANS)
def test_all_steps_undone_leave_nothing_said(plans: list[Plan]) -> None:
    done = carried_out(plans)
    state = with_step_unsaved(*done[-1]) if done else START
    for _, step in reversed(done):
        state = with_step_unsaved(state, step.inverse)
    assert meaning(state) == meaning(START)


@given(PLANS)
def test_a_question_record_keeps_its_place(plans: list[Plan]) -> None:
    for before, step in carried_out(plans):
        assert not list(unplaced(with_step_unsaved(before, step).annotations_of("heard.md")))


@given(PLANS, BLOCKS)
def test_turning_twice_is_identity_for_what_is_asked(plans: list[Plan], address: Address) -> None:
    done = carried_out(plans)
    state = with_step_unsaved(*done[-1]) if done else START
    before = question_at(NOTE, state.annotations_of("heard.md"), address)
    for number in range(2):
        state = with_step_unsaved(state, answering.turning(state, "heard.md", address, new_id=f"turn{number}", now=NOW))
    after = question_at(NOTE, state.annotations_of("heard.md"), address)
    assert (after is None) == (before is None)
