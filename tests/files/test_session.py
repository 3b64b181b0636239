"""A reading session against the disk: highlights stay on their text whoever moves it, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.files.reader import TEXT, Reader, at
from tui.core.annotations.changes import RecordChange
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Candidate, NeedsReview, Put, Remove
from tui.core.notes.model import Address, Place, Span
from tui.core.state import highlighting
from tui.core.state.model import State, with_annotations
from tui.files.config import Config
from tui.files.health import faults_of
from tui.files.opened import Opened
from tui.files.remembered import kept_texts, unsaved
from tui.files.session import Session
from tui.files.sidecar import store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "notes" / "talks.md"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def test_undo_of_changed_bounds_is_on_screen_and_stays_after_the_next_change(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0, 0, 5))
    reader.put(marked, at(0, 0, 10))
    assert reader.where(marked) == [(0, "alpha beta")]
    reader.undo()
    assert reader.where(marked) == [(0, "alpha")]
    reader.redo()
    assert reader.where(marked) == [(0, "alpha beta")]
    reader.undo()
    reader.mark(at(2))
    assert reader.written()[marked][0] == "alpha"


def test_a_highlight_goes_to_the_same_words_elsewhere_when_the_reader_says_so(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(1))
    reader.put(marked, at(3))
    assert reader.where(marked) == [(3, "the same words again")]
    reader.mark(at(0))
    assert reader.written()[marked] == ("the same words again", 8)


def test_another_earmark_may_move_a_highlight(note: Path) -> None:
    ours, theirs = Reader(note), Reader(note)
    marked = ours.mark(at(1))
    theirs.see(store.sidecar_of(note))
    theirs.put(marked, at(3))
    ours.see(store.sidecar_of(note))
    assert ours.where(marked) == [(3, "the same words again")]
    ours.mark(at(0))
    assert ours.written()[marked] == ("the same words again", 8)


def test_a_move_on_another_machine_overrides_this_ones_memory(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(1))
    reader.session.texts.keep_snapshots(reader.state)
    (record,) = store.load(store.sidecar_of(note)).highlights
    part = replace(record.parts[0], line=8, prefix="something in between\n", suffix="")
    store.apply(store.sidecar_of(note), note.name, [Put(replace(record, parts=(part,)))])
    assert Reader(note).where(marked) in ([(3, "the same words again")], [])


def test_upkeep_neither_brings_back_nor_overwrites_what_another_earmark_changed(note: Path) -> None:
    reader = Reader(note)
    first, second = reader.mark(at(0)), reader.mark(at(2))
    note.write_text(TEXT.replace("# Talks\n", "# Talks\n\nAn introduction.\n"))
    reader.see(note)
    path = store.sidecar_of(note)
    kept = next(each for each in store.load(path).highlights if each.id == second)
    store.apply(path, note.name, [Remove(first), Put(replace(kept, comment="from elsewhere"))])
    reader.do(
        highlighting.marking(
            reader.state,
            reader.path,
            [Place(Address(2, 0), Span(0, 7))],
            None,
            new_id=reader.session.new_id(),
            now=reader.session.now(),
        )
    )
    after = {each.id: each for each in store.load(path).highlights}
    assert first not in after
    assert after[second].comment == "from elsewhere"


def test_a_mark_in_a_later_session_parses_only_the_episode_it_is_in(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0, 0, 5))
    reader.session.texts.keep_snapshots(reader.state)
    again = Reader(note)
    again.mark(Place(Address(1, 0), Span(0, 7)))
    assert again.written()[marked] == ("alpha", 5)
    assert [episode.body.is_parsed for episode in again.state.episodes] == [False, True]


def test_a_sidecar_from_elsewhere_is_looked_through_in_one_session_alone(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0, 0, 5))
    shutil.rmtree(note.parents[1] / "state", ignore_errors=True)
    reader = Reader(note)
    reader.session.texts.keep_snapshots(reader.state)
    again = Reader(note)
    again.mark(Place(Address(1, 0), Span(0, 7)))
    assert again.written()[marked] == ("alpha", 5)
    assert [episode.body.is_parsed for episode in again.state.episodes] == [False, True]


@pytest.mark.parametrize("is_open", [True, False])
def test_selectors_are_brought_up_to_date_in_episodes_that_nobody_looked_at(note: Path, is_open: bool) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0, 0, 5))
    reader.session.texts.keep_snapshots(reader.state)
    again = Reader(note)
    note.write_text(TEXT.replace("(1/1)", "(3/3)"))
    if is_open:
        again.see(note)
    else:
        again = Reader(note)
    again.mark(Place(Address(1, 0), Span(0, 7)))
    first = next(each for each in store.load(store.sidecar_of(note)).highlights if each.id == marked)
    assert first.parts[0].episode == "Ada on The Compiler (3/3)"


@pytest.mark.parametrize("new", ["# Talks\n\nAn introduction.\n", "# Talks\n\n## Zoe on Ships (3/3)\n\n- a new one\n"])
def test_new_lines_above_a_highlight_leave_its_table_as_it_is(note: Path, new: str) -> None:
    reader = Reader(note)
    reader.mark(at(0))
    reader.mark(at(3))
    path = store.sidecar_of(note)
    before = path.read_text().removesuffix("[end]\n")
    note.write_text(TEXT.replace("# Talks\n", new))
    reader.see(note)
    last = len(reader.state.episodes) - 1
    reader.mark(Place(Address(last, 0), Span(0, 7)))
    assert path.read_text().startswith(before)


def test_highlights_stand_in_the_notes_order_whatever_lines_they_were_written_with(note: Path) -> None:
    reader = Reader(note)
    last, first = reader.mark(at(3)), reader.mark(at(0))
    note.write_text(TEXT.replace("# Talks\n", "# Talks\n" + 20 * "\nAn introduction.\n"))
    reader.see(note)
    section = len(reader.state.episodes) - 2
    middle = reader.mark(Place(Address(section, 1), Span(0, 8)))
    assert list(reader.written()) == [first, middle, last]
    assert [line for _, line in reader.written().values()] == [5, 46, 8]
    reader.undo()
    reader.redo()
    assert list(reader.written()) == [first, middle, last]


def test_undo_takes_back_what_the_reader_changed_and_nothing_else(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0), Colour.YELLOW)
    reader.mark(at(0), Colour.BLUE)
    path = store.sidecar_of(note)
    (record,) = store.load(path).highlights
    store.apply(path, note.name, [Put(replace(record, comment="from elsewhere"))])
    reader.see(path)
    reader.undo()
    (record,) = store.load(path).highlights
    assert (record.id, record.colour, record.comment) == (marked, Colour.YELLOW, "from elsewhere")


def test_notes_of_one_stem_keep_their_highlights_apart(note: Path) -> None:
    other = note.with_suffix(".txt")
    other.write_text(TEXT)
    reader = Reader(note.parent)
    for path in (str(other), str(note)):
        reader.do(
            highlighting.marking(
                reader.state, path, [at(0)], None, new_id=reader.session.new_id(), now=reader.session.now()
            )
        )
    again = Reader(note.parent)
    assert [len(again.state.annotations_of(str(path)).highlights) for path in (note, other)] == [1, 1]


def test_a_detour_costs_a_highlight_no_part_of_itself(note: Path) -> None:
    reader = Reader(note)
    new_id = reader.session.new_id()
    places = [at(0), at(2)]
    reader.do(highlighting.marking(reader.state, reader.path, places, None, new_id=new_id, now=reader.session.now()))
    note.write_text(TEXT.replace("- something in between\n", ""))
    reader.see(note)
    assert reader.where(new_id) == [(0, "alpha beta gamma delta")]
    reader.mark(at(1))
    note.write_text(TEXT)
    reader.see(note)
    assert reader.where(new_id) == [(0, "alpha beta gamma delta"), (2, "something in between")]


def test_a_phrase_cut_short_for_a_moment_is_whole_again(note: Path) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0, 0, 16))
    note.write_text(TEXT.replace("alpha beta gamma delta", "alpha"))
    reader.see(note)
    note.write_text(TEXT)
    reader.see(note)
    assert reader.where(marked) == [(0, "alpha beta gamma")]


def test_memory_of_a_text_read_with_other_options_is_not_trusted(note: Path) -> None:
    folder = Reader(note.parent)
    marked = folder.mark(at(2))
    folder.session.texts.keep_snapshots(folder.state)
    (note.parent / "more.md").write_text("# More\n\n- bullet\n")
    again = Reader(note.parent)
    path = str(note)
    assert [words for _, words in again.where(marked, path)] in (["something in between"], [])


def test_a_note_that_is_gone_takes_no_undo_with_it(note: Path) -> None:
    (note.parent / "more.md").write_text("# More\n\n- bullet\n")
    reader = Reader(note.parent)
    path = str(note)
    reader.do(
        highlighting.marking(
            reader.state, path, [at(0)], None, new_id=reader.session.new_id(), now=reader.session.now()
        )
    )
    note.unlink()
    reader.see(note)
    step = highlighting.undoing(reader.state)
    assert step is not None
    assert not reader.state.has(step.note)


def test_a_highlights_file_is_no_note(note: Path) -> None:
    reader = Reader(note.parent)
    reader.mark(at(0))
    stray = note.with_name("gone.highlights.toml")
    shutil.copy(store.sidecar_of(note), stray)
    reader.see(stray)
    assert [os.path.basename(each.path) for each in reader.state.library.notes] == ["talks.md"]


def test_a_note_renamed_under_the_reader_is_followed(note: Path) -> None:
    (note.parent / "zebra.md").write_text("# More\n\n- bullet\n")
    reader = Reader(note.parent)
    reader.mark(at(0))
    renamed = note.with_name("aardvark.md")
    note.rename(renamed)
    reader.see(renamed)
    before = reader.state
    here = before.position(str(note), Address(0, 2))
    effect = reader.session.take_file(before, str(note), None)
    assert effect.summary == "talks.md is now aardvark.md"
    assert effect.follow(before, here) == effect.state.position(str(renamed), Address(0, 2))
    assert len(effect.state.annotations_of(str(renamed)).highlights) == 1


def test_a_note_with_a_name_too_long_for_a_highlights_file_keeps_its_highlights(note: Path) -> None:
    long = note.rename(note.with_name("話" * 80 + ".md"))
    marked = Reader(long).mark(at(0))
    assert Reader(long).where(marked) == [(0, "alpha beta gamma delta")]
    longer = long.rename(long.with_name("話" * 83 + ".md"))
    reader = Reader(longer.parent)
    assert reader.where(marked) == [(0, "alpha beta gamma delta")]
    reader.mark(at(1))
    assert store.load(store.sidecar_of(longer)).note == longer.name
    assert store.strays(note.parent) == ()


def test_undo_and_redo_of_a_mark_bring_back_what_another_said_of_it(note: Path) -> None:
    reader = Reader(note)
    reader.mark(at(0))
    path = store.sidecar_of(note)
    (record,) = store.load(path).highlights
    store.apply(path, note.name, [Put(replace(record, comment="from elsewhere"))])
    reader.see(path)
    reader.undo()
    assert store.load(path).highlights == ()
    reader.redo()
    (record,) = store.load(path).highlights
    assert record.comment == "from elsewhere"


def test_restoring_a_damaged_file_takes_nothing_away_that_another_saved_meanwhile(note: Path) -> None:
    reader, other = Reader(note), Reader(note)
    mine = reader.mark(at(0))
    path = store.sidecar_of(note)
    other.see(path)
    gone, theirs, last = other.mark(at(1)), other.mark(at(2)), other.mark(at(3))
    path.write_bytes(path.read_bytes()[:-20])
    reader.see(path)
    reader.state, _ = reader.session.saving.restore(reader.state, reader.path)
    reader.state = reader.session.saving.write(reader.state, reader.path)
    assert {mine, gone, theirs} == set(reader.written())
    assert last in path.with_name(path.name + ".damaged").read_text()


def test_restoring_a_damaged_file_keeps_what_another_said_of_a_highlight_meanwhile(note: Path) -> None:
    reader, other = Reader(note), Reader(note)
    mine = reader.mark(at(0))
    path = store.sidecar_of(note)
    (record,) = store.load(path).highlights
    later = record.updated + timedelta(seconds=1)
    store.apply(path, note.name, [Put(replace(record, comment="from elsewhere", updated=later))])
    other.see(path)
    other.mark(at(1))
    path.write_bytes(path.read_bytes()[:-20])
    reader.see(path)
    reader.state, _ = reader.session.saving.restore(reader.state, reader.path)
    reader.state = reader.session.saving.write(reader.state, reader.path)
    assert {each.id: each.comment for each in store.load(path).highlights} == {mine: "from elsewhere"}


def test_restoring_a_damaged_file_takes_away_again_what_the_reader_took_away(note: Path) -> None:
    reader = Reader(note)
    mine = reader.mark(at(0))
    reader.mark(at(1))
    reader.undo()
    path = store.sidecar_of(note)
    path.write_bytes(path.read_bytes()[:-20])
    reader.see(path)
    reader.state, _ = reader.session.saving.restore(reader.state, reader.path)
    reader.state = reader.session.saving.write(reader.state, reader.path)
    assert [mine] == list(reader.written())


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("walks.md", False), ("walks.md", True), ("e\u0301pisode.md", False), ("Talks.md", False)],
)
def test_a_note_renamed_together_with_its_sidecar_keeps_it_whoever_quotes_its_words(
    note: Path, name: str, is_told: bool
) -> None:
    reader = Reader(note)
    marked = reader.mark(at(0))
    renamed, quoting = note.with_name(name), note.with_name("a quotation.md")
    before = store.sidecar_of(note)
    note.rename(renamed)
    moved = before.rename(renamed.with_name(renamed.stem + ".highlights.toml"))
    if is_told:
        # As on a system that composes the letters of names.
        moved.write_text(moved.read_text().replace("talks.md", "wa\u0300lks.md"))
    quoting.write_text(TEXT)
    opened = Opened(str(note.parent), Config())
    session = Session(opened)
    state = session.read_sidecars(State(opened.library))
    *_, found = session.moving.search(state)
    assert found == ()
    assert [*state.annotations_of(str(renamed)).highlights] == [marked]
    assert not state.annotations_of(str(quoting)).highlights
    Reader(quoting).mark(at(1))
    assert marked in Reader(renamed).written()
    assert marked not in Reader(quoting).written()


def test_two_notes_that_could_both_be_the_renamed_one_save_their_marks(note: Path) -> None:
    reader = Reader(note.parent)
    mine = reader.mark(at(0))
    copy = note.with_name("talks 2.md")
    copy.write_bytes(note.read_bytes())
    note.rename(note.with_name("talks 1.md"))
    both = Reader(note.parent)
    ids = []
    for each in both.state.library.notes:
        new_id = both.session.new_id()
        both.do(highlighting.marking(both.state, each.path, [at(1)], None, new_id=new_id, now=both.session.now()))
        ids.append(new_id)
    again = Reader(note.parent)
    found = [set(annotations.highlights) for annotations in again.state.annotations.values() if annotations.highlights]
    assert set().union(*found) == {mine, *ids}


def test_a_renamed_note_gets_its_highlights_when_they_come_back_after_it(note: Path) -> None:
    reader = Reader(note.parent)
    marked = reader.mark(at(0))
    path = store.sidecar_of(note)
    kept, renamed = path.read_bytes(), note.with_name("chats.md")
    path.unlink()
    note.rename(renamed)
    for file in (path, note, renamed):
        reader.see(file)
    assert reader.where(marked, str(renamed)) == []
    path.write_bytes(kept)
    reader.see(path)
    assert reader.where(marked, str(renamed)) == [(0, "alpha beta gamma delta")]
    reader.mark(at(1))
    assert marked in reader.written()


def test_a_renamed_note_gets_its_highlights_when_its_former_self_goes_after_it(note: Path) -> None:
    reader = Reader(note.parent)
    path, other = store.sidecar_of(note), note.with_name("chats.md")
    other.write_bytes(note.read_bytes())
    reader.see(other)
    marked = reader.mark(at(0), path=str(note))
    note.unlink()
    reader.see(note)
    assert reader.where(marked, str(other)) == [(0, "alpha beta gamma delta")]
    reader.mark(at(1))
    assert marked in reader.written()
    assert not path.exists()


# -- words that are away for a while

MODELS = "small models waste much of their room on sums that nobody asks them for, and distilling helps"
TWIN = f"{MODELS} today"


def walks(*, twin: bool, bullet: bool) -> str:
    lines = [
        f"- bullet number {number} of the walk to the harbour, with a tail {number * 7919 % 1000}"
        for number in range(40)
    ]
    if twin:
        lines.insert(5, f"- {TWIN}")
    if bullet:
        lines.insert(30, f"- {MODELS}")
    return "# Walks\n\n" + "\n".join(lines) + "\n"


@pytest.fixture
def walk(note: Path) -> Path:
    note.write_text(walks(twin=False, bullet=True))
    return note


def block_of(reader: Reader, text: str) -> Place:
    blocks = reader.state.note(reader.path).episodes[0].blocks
    return at(next(number for number, block in enumerate(blocks) if block.text == text), 0, len(text))


def words_of(reader: Reader, marked: str) -> str:
    return " ".join(words for _, words in reader.where(marked))


def test_a_bullet_cut_and_pasted_back_has_its_highlight_again_though_a_similar_one_was_typed(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    for text in (walks(twin=True, bullet=False), walks(twin=True, bullet=True)):
        walk.write_text(text)
        reader.see(walk)
    assert words_of(reader, marked) == MODELS


def test_a_pasted_back_bullet_has_its_highlight_although_another_was_saved_meanwhile(
    walk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    walk.write_text(walks(twin=True, bullet=False))
    reader.see(walk)
    reader.mark(at(0, 0, 6))
    reader.session.texts.keep_snapshots(reader.state)
    reader = Reader(walk)
    walk.write_text(walks(twin=True, bullet=True))
    reader.see(walk)
    assert words_of(reader, marked) == MODELS
    assert reader.session.saving.is_stale(reader.state, reader.path)
    reader.state = reader.session.saving.write(reader.state, reader.path)
    assert reader.written()[marked][0] == MODELS
    assert not reader.session.saving.is_stale(reader.state, reader.path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    assert words_of(Reader(walk), marked) == MODELS


@pytest.mark.parametrize("rewordings", range(6))
def test_a_pasted_back_bullet_has_its_highlight_however_often_the_similar_one_was_reworded(
    walk: Path, rewordings: int
) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    cut = walks(twin=True, bullet=False)
    for count in range(rewordings + 1):
        cut = walks(twin=True, bullet=False).replace(TWIN, " ".join([TWIN, *"abcdef"[:count]]))
        walk.write_text(cut)
        reader.see(walk)
        reader.mark(at(0, 0, count + 6))  # the sidecar names the similar bullet now
    walk.write_text(cut.replace("- bullet number 30 ", f"- {MODELS}\n- bullet number 30 "))
    reader.see(walk)
    assert words_of(reader, marked) == MODELS


def test_a_highlight_keeps_its_own_words_before_the_sidecar_has_their_return(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    walk.write_text(walks(twin=True, bullet=False))
    reader.see(walk)
    reader.mark(at(0, 0, 6))  # the sidecar names the similar bullet now
    for text in (walks(twin=False, bullet=True), walks(twin=True, bullet=True)):
        walk.write_text(text)
        reader.see(walk)
    assert words_of(reader, marked) == MODELS


def test_a_machine_that_has_the_sidecar_alone_asks_where_the_words_as_first_marked_stand_elsewhere(
    walk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    walk.write_text(walks(twin=True, bullet=False))
    reader.see(walk)
    reader.mark(at(0, 0, 6))
    walk.write_text(walks(twin=True, bullet=True))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    there = Reader(walk)
    assert isinstance(there.state.annotations_of(there.path).anchors[marked], NeedsReview)


def test_the_reader_is_asked_if_two_earlier_wordings_appear_at_once(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    cut = walks(twin=True, bullet=False)
    for text in (cut, cut.replace(TWIN, f"{MODELS} at times"), walks(twin=True, bullet=True)):
        walk.write_text(text)
        reader.see(walk)
    anchor = reader.state.annotations_of(reader.path).anchors[marked]
    assert isinstance(anchor, NeedsReview)
    offered = {each.places[0].address for each in anchor.candidates}
    assert offered == {block_of(reader, words).address for words in (MODELS, TWIN)}


def test_a_bullet_that_had_a_copy_when_it_was_cut_is_asked_about_when_one_of_them_comes_back(walk: Path) -> None:
    copied = walks(twin=False, bullet=True) + f"\n# Copies\n\n- ferries\n- {MODELS}\n"
    walk.write_text(copied)
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    without = walks(twin=True, bullet=False) + f"\n# Copies\n\n- ferries\n- {MODELS}\n"
    for text in (without, walks(twin=True, bullet=False)):
        walk.write_text(text)
        reader.see(walk)
    reader.session.texts.keep_snapshots(reader.state)
    reader = Reader(walk)
    walk.write_text(walks(twin=True, bullet=True))
    reader.see(walk)
    assert isinstance(reader.state.annotations_of(reader.path).anchors[marked], NeedsReview)
    walk.write_text(without)
    reader.see(walk)
    assert words_of(reader, marked) == TWIN  # only the copy is back, where it was


def test_a_copy_of_the_words_it_has_meanwhile_is_no_return_and_its_own_words_are_still_known(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    cut = walks(twin=True, bullet=False)
    walk.write_text(cut)
    reader.see(walk)
    reader.mark(at(0, 0, 6))  # the sidecar names the similar bullet now
    there = reader.where(marked)
    copied = f"{cut}- {TWIN}\n"
    walk.write_text(copied)
    reader.see(walk)
    assert reader.where(marked) == there
    walk.write_text(copied.replace("- bullet number 30 ", f"- {MODELS}\n- bullet number 30 "))
    reader.see(walk)
    assert words_of(reader, marked) == MODELS


def test_a_doubt_that_the_sidecar_alone_left_is_not_settled_because_one_of_its_places_is_gone(
    walk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    cut = walks(twin=True, bullet=False)
    both = f"{cut}- {MODELS} at times\n"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    walk.write_text(both)
    there = Reader(walk)
    for text in (both, cut, both, cut, cut + "- and a few words below\n"):
        walk.write_text(text)
        there.see(walk)
        assert isinstance(there.state.annotations_of(there.path).anchors[marked], NeedsReview)
    walk.write_text(walks(twin=True, bullet=True))
    there.see(walk)
    assert words_of(there, marked) == MODELS


def asked_about(reader: Reader, marked: str) -> bool:
    return isinstance(reader.state.annotations_of(reader.path).anchors[marked], NeedsReview)


def test_such_a_doubt_outlives_a_restart_and_a_half_that_is_being_written(
    walk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = Reader(walk).mark(block_of(Reader(walk), MODELS))
    cut = walks(twin=True, bullet=False)
    both = f"{cut}- {MODELS} at times\n"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    walk.write_text(both)
    there = Reader(walk)
    assert asked_about(there, marked)
    there.session.texts.keep_snapshots(there.state)
    for text in (cut, "# Walks\n\n- nothing\n", cut):
        walk.write_text(text)
        there = Reader(walk)
        assert not there.where(marked)
        there.session.texts.keep_snapshots(there.state)
    there.state = there.session.take_file(there.state, str(walk), (half_of(cut),), is_unfinished=True).state
    there.session.texts.keep_snapshots(there.state)
    for again in (there, Reader(walk)):
        again.see(walk)
        assert asked_about(again, marked)
    walk.write_text(walks(twin=True, bullet=True))
    there = Reader(walk)
    assert words_of(there, marked) == MODELS


def test_a_reader_who_puts_a_highlight_on_other_words_is_not_overruled_by_the_earlier_ones(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    walk.write_text(walks(twin=True, bullet=True))
    reader.see(walk)
    reader.put(marked, block_of(reader, TWIN))
    for text in (walks(twin=True, bullet=False), walks(twin=True, bullet=True)):
        walk.write_text(text)
        reader.see(walk)
    assert words_of(reader, marked) == TWIN


def test_the_place_that_a_record_names_already_can_be_accepted(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    annotations = reader.state.annotations_of(reader.path)
    own = annotations.anchors[marked]
    assert isinstance(own, Anchored)
    asked = NeedsReview((Candidate(own.places, 0.9),))
    reader.state = with_annotations(reader.state, reader.path, replace(annotations, anchors={marked: asked}))
    reader.put(marked, own.places[0])
    assert words_of(reader, marked) == MODELS


# -- files that are being written


def half_of(text: str) -> bytes:
    return text.encode()[: text.encode().index(b"- bullet number 20 of")]


def test_a_half_that_is_being_written_settles_nothing_and_puts_no_highlight_on_a_similar_bullet(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    before = reader.state.annotations_of(reader.path).snapshots
    whole = walks(twin=True, bullet=True)
    effect = reader.session.take_file(reader.state, str(walk), (half_of(whole),), is_unfinished=True)
    assert effect.summary == "talks.md is being written"
    assert not isinstance(effect.state.annotations_of(reader.path).anchors[marked], Anchored)
    assert effect.state.annotations_of(reader.path).snapshots is before
    done = reader.session.take_file(effect.state, str(walk), (whole.encode(),))
    assert done.summary.startswith("talks.md is complete")
    reader.state = done.state
    assert words_of(reader, marked) == MODELS


def test_a_place_found_by_the_sidecar_alone_is_in_doubt_only_while_its_note_is_being_written(
    walk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = Reader(walk).mark(block_of(Reader(walk), MODELS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    reworded = walks(twin=True, bullet=False)
    walk.write_text("# Walks\n\n- nothing\n")
    there = Reader(walk)
    there.state = there.session.take_file(there.state, str(walk), (reworded.encode(),), is_unfinished=True).state
    assert isinstance(there.state.annotations_of(there.path).anchors[marked], NeedsReview)
    there.state = there.session.take_file(there.state, str(walk), ((reworded + "- done\n").encode(),)).state
    assert words_of(there, marked) == TWIN


def test_a_mark_made_in_a_half_is_saved_and_changes_no_other_selector(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    reader.session.texts.keep_snapshots(reader.state)
    reworded = walks(twin=True, bullet=True).replace(MODELS + "\n", MODELS.replace("helps", "helped") + "\n")
    reader.state = reader.session.take_file(reader.state, str(walk), (half_of(reworded),), is_unfinished=True).state
    other = reader.mark(block_of(reader, TWIN))
    reader.session.texts.keep_snapshots(reader.state)
    assert words_of(reader, other) == TWIN
    assert reader.written() == {marked: (MODELS, 33), other: (TWIN, 8)}
    walk.write_text(walks(twin=True, bullet=True))
    again = Reader(walk)
    assert (words_of(again, marked), words_of(again, other)) == (MODELS, TWIN)
    reader.see(walk)
    assert (words_of(reader, marked), words_of(reader, other)) == (MODELS, TWIN)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of writers")
def test_a_note_that_is_being_written_when_it_is_opened_is_known_to_be(walk: Path) -> None:
    with walk.open("a") as writer:
        writer.write("- on its way\n")
        writer.flush()
        assert Reader(walk).state.unfinished == {str(walk)}
    assert Reader(walk).state.unfinished == frozenset()


def test_a_note_whose_writer_was_done_right_after_its_half_was_read_settles_nothing(walk: Path) -> None:
    reader = Reader(walk)
    marked = reader.mark(block_of(reader, MODELS))
    reader.session.texts.keep_snapshots(reader.state)
    whole = walks(twin=True, bullet=True)
    walk.write_bytes(half_of(whole))
    opened = Opened(str(walk), Config())
    walk.write_text(whole)
    session = Session(opened)
    state = session.read_sidecars(State(opened.library))
    assert state.unfinished == {str(walk)}
    state, _ = session.texts.read_baselines(state, deque([str(walk)]))
    session.texts.keep_snapshots(state)
    assert kept_texts.load_baseline(str(walk)) is None
    state = session.take_file(state, str(walk), (whole.encode(),)).state
    assert state.unfinished == frozenset()
    assert words_of(Reader(walk), marked) == MODELS


def test_a_note_that_was_edited_is_complete_also_when_copies_of_its_highlights_are_merged(walk: Path) -> None:
    reader = Reader(walk)
    reader.mark(block_of(reader, MODELS))
    sidecar = store.sidecar_of(walk)
    copy = sidecar.with_name("talks.highlights (1).toml")
    copy.write_bytes(sidecar.read_bytes())
    reader.see(copy)
    walk.write_text(walk.read_text() + "- one more\n")
    reader.see(walk)
    reader.state = reader.session.merge_copies(reader.state).state
    assert not copy.exists()
    assert reader.state.unfinished == frozenset()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of writers")
def test_a_note_that_is_being_written_is_known_to_be_although_the_clock_was_set_back(walk: Path) -> None:
    with walk.open("a") as writer:
        writer.write("- on its way\n")
        writer.flush()
        os.utime(walk, (time.time() + 3600, time.time() + 3600))
        assert Reader(walk).state.unfinished == {str(walk)}


def test_a_note_that_is_being_written_is_not_what_changes_are_counted_from(walk: Path) -> None:
    reader = Reader(walk)
    whole = walks(twin=True, bullet=True)
    reader.state = reader.session.take_file(reader.state, str(walk), (half_of(whole),), is_unfinished=True).state
    reader.state, _ = reader.session.texts.read_baselines(reader.state, deque([reader.path]))
    assert kept_texts.load_baseline(reader.path) is None


def test_a_phrase_of_which_less_than_half_is_left_in_its_bullet_is_put_to_the_reader(walk: Path) -> None:
    walk.write_text("# Walks\n\n- first\n- lamps hum softly near old gulls wheel above piers\n- last\n")
    reader = Reader(walk)
    marked = reader.mark(at(1, 17, 37))
    assert words_of(reader, marked) == "near old gulls wheel"
    walk.write_text("# Walks\n\n- first\n- lamps hum softly near old\n- gulls wheel above piers\n- last\n")
    reader.see(walk)
    assert isinstance(reader.state.annotations_of(reader.path).anchors[marked], NeedsReview)


# -- notes that were moved


@pytest.fixture
def moved(note: Path) -> tuple[str, Path]:
    """Move a note out of a folder where it is the only one; returns the id of its highlight, beside one that stays."""
    (note.parent / "other.md").write_text("# Other\n\n- nothing of it\n")
    first, done = note.parent / "talks" / "a.md", note.parent / "done" / "a.md"
    first.parent.mkdir()
    done.parent.mkdir()
    note.rename(first)
    reader = Reader(first)
    return reader.mark(at(0)), first.rename(done)


def test_the_new_folder_of_a_note_moved_under_the_reader_is_reported(note: Path) -> None:
    done = note.parent / "done" / "talks.md"
    done.parent.mkdir()
    (note.parent / "other.md").write_text("# Other\n\n- nothing of it\n")
    reader = Reader(note.parent)
    note.rename(done)
    reader.see(done)
    assert reader.session.take_file(reader.state, str(note), None).summary == "talks.md is now done/talks.md"


def sidecars_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.highlights.toml"))


def test_a_note_moved_as_the_last_of_its_folder_takes_its_highlights_along(moved: tuple[str, Path]) -> None:
    marked, note = moved
    top = note.parents[1]
    reader = Reader(top)
    assert reader.where(marked, str(note)) == [(0, "alpha beta gamma delta")]
    assert reader.session.sidecars.adopted == {top / "talks" / "a.highlights.toml": str(note)}
    more = reader.mark(at(1), path=str(note))
    assert sidecars_in(top) == ["done/a.highlights.toml"]
    assert [each.id for each in store.load(store.sidecar_of(note)).highlights] == [marked, more]
    assert marked in (top / "talks" / "a.highlights.toml.bak").read_text()
    assert reader.session.sidecars.adopted == {}
    assert Reader(top).where(more, str(note)) == [(1, "the same words again")]


def test_a_note_moved_to_where_another_has_its_former_name_takes_its_highlights_along(moved: tuple[str, Path]) -> None:
    marked, note = moved
    note = note.rename(note.with_name("b.md"))
    other = note.with_name("a.md")
    other.write_text("# Others\n\n- quite another text\n")
    theirs = Reader(other).mark(at(0, 0, 5))
    reader = Reader(note.parents[1])
    reader.mark(at(1), path=str(note))
    assert marked in [each.id for each in store.load(store.sidecar_of(note)).highlights]
    assert [each.id for each in store.load(store.sidecar_of(other)).highlights] == [theirs]
    assert store.load(store.sidecar_of(note)).note == "b.md"


@pytest.mark.parametrize("goes_first", [True, False])
def test_a_note_moved_to_another_folder_under_the_reader_takes_its_highlights_along(
    note: Path, goes_first: bool
) -> None:
    first, done = note.parent / "talks" / "a.md", note.parent / "done" / "a.md"
    for path in (first, done):
        path.parent.mkdir()
    note.rename(first)
    (note.parent / "other.md").write_text("# Other\n\n- nothing of it\n")
    reader = Reader(note.parent)
    marked = reader.mark(at(0), path=str(first))
    first.rename(done)
    for path in (first, done) if goes_first else (done, first):
        reader.see(path)
    assert reader.where(marked, str(done)) == [(0, "alpha beta gamma delta")]
    reader.mark(at(1), path=str(done))
    assert sidecars_in(note.parent) == ["done/a.highlights.toml"]
    assert marked in Reader(note.parent).state.annotations_of(str(done)).highlights


def test_highlights_stay_where_they_are_while_no_note_has_their_text(moved: tuple[str, Path]) -> None:
    _, note = moved
    note.write_text("# Talks\n\n- all of it is new\n")
    reader = Reader(note.parents[1])
    assert reader.session.sidecars.adopted == {}
    reader.mark(at(0, 0, 3), path=str(note))
    assert sidecars_in(note.parents[1]) == ["done/a.highlights.toml", "talks/a.highlights.toml"]


@pytest.mark.parametrize("others", [(), ("the quay is repaired every spring",)])
def test_a_sentence_like_that_of_a_note_that_is_gone_does_not_make_another_its_note(
    tmp_path: Path, others: tuple[str, ...]
) -> None:
    ferry = "the ferry to the outer islands leaves at dawn from the second quay"
    former = tmp_path / "ferries.md"
    former.write_text("".join(f"- {text}\n" for text in (ferry, *others)))
    reader = Reader(former)
    for number in range(1 + len(others)):
        reader.mark(at(number))
    former.unlink()
    note = tmp_path / "boats.md"
    alike = ferry.replace("at dawn", "at noon").replace("second", "third")
    note.write_text("".join(f"- {text}\n" for text in ("a boat", alike, *others)))
    assert Reader(tmp_path).session.sidecars.adopted == ({store.sidecar_of(former): str(note)} if others else {})


@pytest.mark.parametrize("folder", ["../talks", ".trash", "node_modules"])
def test_highlights_are_looked_for_only_in_folders_of_the_notes(moved: tuple[str, Path], folder: str) -> None:
    _, note = moved
    top = note.parents[1]
    (top / "talks").rename(top / folder)
    assert Reader(top).session.sidecars.adopted == {}


def test_records_moved_but_not_yet_removed_belong_to_no_other_note(moved: tuple[str, Path]) -> None:
    marked, note = moved
    top = note.parents[1]
    left = top / "talks" / "a.highlights.toml"
    (top / "talks" / "a.highlights.toml.bak").mkdir()
    Reader(top).mark(at(1), path=str(note))
    assert marked in left.read_text()
    copy = top / "also.md"
    copy.write_bytes(note.read_bytes())
    reader = Reader(top)
    assert reader.session.sidecars.adopted == {}
    assert [path for path, annotations in reader.state.annotations.items() if marked in annotations.highlights] == [
        str(note)
    ]
    (fault,) = faults_of(reader.state.library, reader.session.sidecars.adopted)
    assert fault == f"{left}: everything in it is in {store.sidecar_of(note)} too; delete it"


def test_a_note_takes_the_file_of_its_name_among_two_with_the_same_highlights(moved: tuple[str, Path]) -> None:
    _, note = moved
    top = note.parents[1]
    former = top / "talks" / "a.highlights.toml"
    (top / "first").mkdir()
    (top / "first" / "b.highlights.toml").write_text(former.read_text().replace('"a.md"', '"b.md"'))
    assert Reader(top).session.sidecars.adopted == {former: str(note)}


def test_a_note_that_was_marked_alone_where_it_was_moved_has_both_its_highlights(moved: tuple[str, Path]) -> None:
    marked, note = moved
    top = note.parents[1]
    alone = Reader(note).mark(at(1))
    reader = Reader(top)
    assert reader.where(marked, str(note)) == [(0, "alpha beta gamma delta")]
    assert reader.where(alone, str(note)) == [(1, "the same words again")]
    assert faults_of(reader.state.library, reader.session.sidecars.adopted) == ()
    more = reader.mark(at(2), path=str(note))
    assert sidecars_in(top) == ["done/a.highlights.toml"]
    assert [each.id for each in store.load(store.sidecar_of(note)).highlights] == [marked, alone, more]


def test_changes_by_others_to_either_file_of_a_moved_note_are_followed(moved: tuple[str, Path]) -> None:
    marked, note = moved
    top = note.parents[1]
    alone = Reader(note).mark(at(1))
    reader = Reader(top)
    former = top / "talks" / "a.highlights.toml"
    (record,) = store.load(former).highlights
    store.apply(former, "a.md", [Put(replace(record, comment="in the old one"))])
    reader.see(former)
    store.apply(store.sidecar_of(note), "a.md", [Remove(alone)])
    reader.see(store.sidecar_of(note))
    found = reader.state.annotations_of(str(note)).highlights
    assert {each.id: each.comment for each in found.values()} == {marked: "in the old one"}


def test_a_note_of_the_same_name_with_another_text_gets_nothing_of_one_that_is_gone(moved: tuple[str, Path]) -> None:
    _, note = moved
    note.write_text("# Others\n\n- quite another text\n")
    Reader(note).mark(at(0, 0, 5))
    reader = Reader(note.parents[1])
    assert reader.session.sidecars.adopted == {}
    assert len(reader.state.annotations_of(str(note)).highlights) == 1


def test_an_adopted_file_is_no_fault(moved: tuple[str, Path]) -> None:
    _, note = moved
    reader = Reader(note.parents[1])
    assert faults_of(reader.state.library, reader.session.sidecars.adopted) == ()
    (fault,) = faults_of(reader.state.library)
    assert "its note a.md is gone" in fault


def test_changes_that_wait_for_a_note_that_was_moved_are_taken_up(moved: tuple[str, Path]) -> None:
    marked, note = moved
    top = note.parents[1]
    (record,) = store.load(top / "talks" / "a.highlights.toml").highlights
    commented = RecordChange(record, replace(record, comment="said in time"))
    assert unsaved.keep(str(top / "talks" / "a.md"), {marked: commented}, "before")
    reader = Reader(top)
    reader.state = reader.session.restore_unsaved(reader.state)
    assert reader.state.annotations_of(str(note)).highlights[marked].comment == "said in time"


def test_a_note_marked_before_strays_were_looked_for_gets_its_former_highlights_too(note: Path) -> None:
    (note.parent / "other.md").write_text("# Other\n\n- nothing of it\n")
    marked = Reader(note).mark(at(0))
    renamed = note.rename(note.with_name("chats.md"))
    reader = Reader.__new__(Reader)
    reader.session = Session(opened := Opened(str(note.parent), Config()))
    reader.state = reader.session.with_sidecar_of(State(opened.library), str(renamed))
    early = reader.mark(at(1), path=str(renamed))
    reader.state = reader.session.read_own_sidecars(reader.state, deque(reader.state.library.numbers))
    others = reader.session.other_sidecars(reader.state.library)
    reader.state = reader.session.read_other_sidecars(reader.state, others)
    assert reader.where(marked, str(renamed)) == [(0, "alpha beta gamma delta")]
    assert reader.where(early, str(renamed)) == [(1, "the same words again")]
    more = reader.mark(at(2), path=str(renamed))
    assert [each.id for each in store.load(store.sidecar_of(renamed)).highlights] == [marked, early, more]
    assert sidecars_in(note.parent) == ["chats.highlights.toml"]
