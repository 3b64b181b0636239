"""Records anchored in a new text of their note, and the note's changes against the baseline."""

from __future__ import annotations

from datetime import UTC, datetime

from tui.core.anchoring import describe, match
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, NeedsReview, Orphan
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state.anchored import with_baselines, with_new_text, with_records
from tui.core.state.model import State

PATH = "heard.md"
TEXT = "# Ada\n\n- the loom weaves leaves of silk\n- a card per row\n"
NOTE = read_note(PATH, TEXT)
WORDS = (Place(Address(0, 0), Span(4, 8)),)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HIGHLIGHT = Highlight(id="one", colour=Colour.GREEN, parts=describe(NOTE, WORDS), created=NOW, updated=NOW)
STATE = with_records(State(Library(PATH, (NOTE,))), PATH, [HIGHLIGHT], [], ())


def edited(text: str, *, is_unfinished: bool = False) -> State:
    note = read_note(PATH, text)
    return with_new_text(STATE, note, match(NOTE, note), is_unfinished=is_unfinished)


def test_a_record_of_the_sidecar_is_anchored_where_its_words_are() -> None:
    anchor = STATE.annotations_of(PATH).anchors["one"]
    assert isinstance(anchor, Anchored)
    assert anchor.places == WORDS


def test_a_record_follows_its_words_down_and_back() -> None:
    after = edited(TEXT.replace("- the loom", "- a line above\n- the loom"))
    anchor = after.annotations_of(PATH).anchors["one"]
    assert isinstance(anchor, Anchored)
    assert anchor.places == (Place(Address(0, 1), Span(4, 8)),)
    back = with_new_text(after, NOTE).annotations_of(PATH).anchors["one"]
    assert isinstance(back, Anchored)
    assert back.places == WORDS


def test_words_that_are_gone_leave_an_orphan_that_comes_back_with_them() -> None:
    after = edited("# Ada\n\n- a card per row\n")
    assert isinstance(after.annotations_of(PATH).anchors["one"], Orphan)
    assert isinstance(with_new_text(after, NOTE).annotations_of(PATH).anchors["one"], Anchored)


def test_a_half_written_text_gives_no_snapshot() -> None:
    after = edited("# Ada\n\n- the loo", is_unfinished=True)
    assert after.annotations_of(PATH).snapshots is STATE.annotations_of(PATH).snapshots
    assert PATH in after.unfinished
    assert not isinstance(after.annotations_of(PATH).anchors["one"], Anchored)


def test_a_record_that_another_program_moved_is_anchored_by_its_new_selector() -> None:
    elsewhere = (Place(Address(0, 1), Span(2, 6)),)
    moved = Highlight(id="one", colour=Colour.GREEN, parts=describe(NOTE, elsewhere), created=NOW, updated=NOW)
    anchor = with_records(STATE, PATH, [moved], [], ()).annotations_of(PATH).anchors["one"]
    assert isinstance(anchor, Anchored)
    assert anchor.places == elsewhere


def test_changes_against_the_baseline_are_known_and_go_once_it_is_todays() -> None:
    after = edited(TEXT.replace("a card", "one card"))
    noted = with_baselines(after, [NOTE])
    assert set(noted.changes[PATH].places) == {Address(0, 1)}
    assert with_baselines(noted, [noted.note(PATH)]).changes == {}


def test_the_same_words_twice_are_put_to_the_reader() -> None:
    twice = "# Ada\n\n- the loom of it\n- the loom of it\n"
    note = read_note(PATH, twice)
    lone = Highlight(
        id="two",
        colour=Colour.GREEN,
        parts=describe(read_note("x", "# Else\n\n- the loom of it\n"), (Place(Address(0, 0), Span(4, 8)),)),
        created=NOW,
        updated=NOW,
    )
    anchor = with_records(State(Library(PATH, (note,))), PATH, [lone], [], ()).annotations_of(PATH).anchors["two"]
    assert isinstance(anchor, NeedsReview)
    assert len(anchor.candidates) == 2
