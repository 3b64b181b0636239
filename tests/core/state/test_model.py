"""The state: positions and addresses, and its plain transitions."""

from __future__ import annotations

import pytest

from tui.core.notes.model import TITLE, Address, Library, Position
from tui.core.notes.reading import read_note
from tui.core.state.model import (
    Mending,
    State,
    with_annotations,
    with_changes_of,
    with_lock,
    with_note,
    with_unfinished,
    without_note,
)

ONE = read_note("/lib/note 2.md", "# A\n\n- a\n\n# B\n\n- b\n- c\n")
OTHER = read_note("/lib/note 10.md", "# C\n\n- d\n")
STATE = State(Library("/lib", (ONE, OTHER), is_folder=True))


@pytest.mark.parametrize(
    ("path", "address", "position"),
    [
        (ONE.path, Address(0, 0), Position(0, 0)),
        (ONE.path, Address(1, 1), Position(1, 1)),
        (OTHER.path, Address(0, 0), Position(2, 0)),
        (OTHER.path, Address(0, TITLE), Position(2, TITLE)),
    ],
)
def test_a_position_in_the_library_is_an_address_in_a_note(path: str, address: Address, position: Position) -> None:
    assert STATE.position(path, address) == position
    assert STATE.address(position) == address
    assert STATE.note_of(position.section).path == path


def test_every_block_is_found_by_its_position() -> None:
    texts = [
        block.text
        for section, episode in enumerate(STATE.episodes)
        for number in range(len(episode.blocks))
        if (block := STATE.block(Position(section, number)))
    ]
    assert texts == ["a", "b", "c", "d"]
    assert STATE.block(Position(1, TITLE)) is None


def test_a_note_new_to_the_library_comes_where_a_person_would_look_for_it() -> None:
    between = read_note("/lib/note 9.md", "# X\n\n- x\n")
    paths = [note.path for note in with_note(STATE, between).library.notes]
    assert paths == ["/lib/note 2.md", "/lib/note 9.md", "/lib/note 10.md"]


def test_a_note_read_again_stays_where_it_is() -> None:
    again = read_note(ONE.path, "# A\n\n- changed\n")
    after = with_note(STATE, again)
    assert after.library.notes == (again, OTHER)
    assert after.first_section(OTHER.path) == 1


def test_a_note_that_is_gone_leaves_its_records() -> None:
    marked = with_lock(STATE, ONE.path, "another program has it open")
    after = without_note(with_unfinished(marked, ONE.path, is_unfinished=True), ONE.path)
    assert not after.has(ONE.path)
    assert after.annotations_of(ONE.path).locked
    assert after.unfinished == frozenset()


def test_a_transition_that_changes_nothing_is_the_same_state() -> None:
    assert with_unfinished(STATE, ONE.path, is_unfinished=False) is STATE
    locked = with_lock(STATE, ONE.path, "damaged", mending=Mending.RESTORE)
    assert with_lock(locked, ONE.path, "damaged", mending=Mending.RESTORE) is locked


def test_records_of_one_note_leave_those_of_another_alone() -> None:
    locked = with_lock(STATE, ONE.path, "damaged")
    after = with_annotations(locked, OTHER.path, locked.annotations_of(ONE.path))
    assert after.annotations_of(ONE.path) is locked.annotations_of(ONE.path)
    assert not STATE.annotations


def test_baselines_are_taken_from_another_state_for_the_notes_asked_for_alone() -> None:
    other = State(STATE.library, baselines={ONE.path: ONE, OTHER.path: OTHER})
    assert with_changes_of(STATE, other, [OTHER.path]).baselines == {OTHER.path: OTHER}
