"""Highlights and questions follow their bullets into other notes of the library, and no crash loses or doubles one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.files.reader import Reader
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan, Put, link_id
from tui.core.notes.model import Address, Place, Span
from tui.core.state import answering, highlighting
from tui.core.state.answers_elsewhere import answers_elsewhere
from tui.core.state.questions import doubtful_links
from tui.files.sidecar import store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.core.anchoring.elsewhere import Relocation

FERRY = "the ferry to the outer islands leaves at dawn from the second quay"
KILN = "a kiln of this size takes nine hours to cool before it may be opened"
ASKS = "who keeps the ledger of the harbour while the master is away?"
OTHERS = ("salt dries faster on the western shelves in March", "ropes are tarred twice before the winter storms")


def text_of(title: str, bullets: Iterable[str]) -> str:
    return f"# {title}\n\n" + "".join(f"- {bullet}\n" for bullet in bullets)


class Library:
    """Two notes of a folder, and an earmark on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first, self.second = folder / "first.md", folder / "second.md"
        self.first.write_text(text_of("First", (FERRY, OTHERS[0], KILN, ASKS)))
        self.second.write_text(text_of("Second", (OTHERS[1],)))
        self.reader = Reader(folder)

    def mark(self, note: Path, words: str) -> str:
        return self.reader.mark(self.place(note, words), path=str(note))

    def place(self, note: Path, words: str) -> Place:
        for number, episode in enumerate(self.reader.state.note(str(note)).episodes):
            for index, block in enumerate(episode.blocks):
                if (start := block.text.find(words)) >= 0:
                    return Place(Address(number, index), Span(start, start + len(words)))
        raise AssertionError(words)

    def write(self, note: Path, bullets: Iterable[str]) -> None:
        note.write_text(text_of(note.stem.title(), bullets))
        self.reader.see(note)

    def found(self) -> tuple[Relocation, ...]:
        *_, found = self.reader.session.moving.look(self.reader.state)
        assert found is not None
        return found

    def follow(self) -> str:
        """Search and move, as the reader does once edits have come to rest."""
        found = self.found()
        moved = self.reader.session.moving.move(self.reader.state, found)
        assert not moved.fault
        self.reader.state = self.reader.session.moving.offer(moved.state, found)
        return moved.summary

    def words_of(self, id_: str, note: Path) -> list[str]:
        return [words for _, words in self.reader.where(id_, str(note))]

    def ids_in(self, note: Path) -> list[str]:
        return [record.id for record in store.load(store.sidecar_of(note)).records]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (folder := tmp_path / "notes").mkdir()
    return Library(folder)


@pytest.mark.parametrize("goes_first", [True, False])
def test_a_bullet_moved_to_another_note_takes_its_highlight_along(library: Library, goes_first: bool) -> None:
    marked = library.mark(library.first, FERRY)
    stays = library.mark(library.first, KILN)
    edits = [(library.first, (OTHERS[0], KILN, ASKS)), (library.second, (OTHERS[1], FERRY))]
    for note, bullets in edits if goes_first else reversed(edits):
        library.write(note, bullets)
        if note == library.first and goes_first:
            assert library.follow() == ""
    assert library.follow() == "1 highlight moved from first.md to second.md"
    assert library.words_of(marked, library.second) == [FERRY]
    assert library.ids_in(library.first) == [stays]
    assert library.ids_in(library.second) == [marked]
    assert library.found() == ()
    again = Reader(library.folder)
    assert again.where(marked, str(library.second)) == [(1, FERRY)]


def test_it_keeps_comment_tags_times_and_unknown_keys(library: Library) -> None:
    marked = library.mark(library.first, FERRY)
    sidecar = store.sidecar_of(library.first)
    (record,) = store.load(sidecar).highlights
    store.apply(sidecar, "first.md", [Put(replace(record, comment="why dawn", tags=("sea",)))])
    sidecar.write_text(sidecar.read_text().replace('comment = "why dawn"', 'comment = "why dawn"\nmood = "blue"'))
    library.reader.see(sidecar)
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY,))
    library.follow()
    (after,) = store.load(store.sidecar_of(library.second)).highlights
    assert (after.id, after.comment, after.tags) == (marked, "why dawn", ("sea",))
    assert (after.created, after.updated) == (record.created, record.updated)
    assert 'mood = "blue"' in store.sidecar_of(library.second).read_text()


def test_a_phrase_and_a_question_with_its_answer_move_as_well(library: Library) -> None:
    phrase = library.mark(library.first, "the outer islands")
    reader, path = library.reader, str(library.first)
    address = library.place(library.first, ASKS).address
    reader.do(
        answering.saying(
            reader.state,
            path,
            address,
            lambda record: answering.answered(record, "the mate"),
            "",
            new_id=reader.session.new_id(),
            now=reader.session.now(),
        )
    )
    library.write(library.first, OTHERS)
    library.write(library.second, (OTHERS[1], FERRY, ASKS))
    library.follow()
    assert library.words_of(phrase, library.second) == ["the outer islands"]
    (question,) = store.load(store.sidecar_of(library.second)).questions
    assert question.answer == "the mate"
    assert library.words_of(question.id, library.second) == [ASKS]
    assert store.load(store.sidecar_of(library.first)).records == ()


def test_a_note_split_in_two_gives_each_part_its_highlights(library: Library) -> None:
    ferry, kiln = library.mark(library.first, FERRY), library.mark(library.first, KILN)
    third = library.folder / "third.md"
    library.first.unlink()
    library.write(third, (KILN, OTHERS[0]))
    library.write(library.second, (OTHERS[1], FERRY))
    library.reader.see(library.first)
    library.follow()
    assert library.words_of(ferry, library.second) == [FERRY]
    assert library.words_of(kiln, third) == [KILN]
    again = Reader(library.folder)
    assert again.where(ferry, str(library.second)) == [(1, FERRY)]
    assert again.where(kiln, str(third)) == [(0, KILN)]


def test_a_note_merged_into_another_that_has_highlights_brings_its_own(library: Library) -> None:
    ferry, kiln = library.mark(library.first, FERRY), library.mark(library.first, KILN)
    theirs = library.mark(library.second, OTHERS[1])
    library.first.unlink()
    library.reader.see(library.first)
    library.write(library.second, (OTHERS[1], FERRY, OTHERS[0], KILN, ASKS))
    library.follow()
    assert set(library.ids_in(library.second)) == {ferry, kiln, theirs}
    assert not (library.folder / "first.highlights.toml").exists()
    assert ferry in (library.folder / "first.highlights.toml.bak").read_text()
    assert library.words_of(kiln, library.second) == [KILN]


def test_a_reworded_bullet_goes_along_with_others_and_alone_is_offered_for_review(library: Library) -> None:
    reworded = FERRY.replace("at dawn", "before sunrise")
    ferry, kiln = library.mark(library.first, FERRY), library.mark(library.first, KILN)
    library.write(library.first, (OTHERS[0], KILN, ASKS))
    library.write(library.second, (OTHERS[1], reworded))
    library.follow()
    anchor = library.reader.state.annotations_of(str(library.first)).anchors[ferry]
    assert isinstance(anchor, NeedsReview)
    (candidate,) = anchor.candidates
    assert candidate.note is library.reader.state.note(str(library.second))
    assert candidate.note.block(candidate.places[0].address).text == reworded
    assert library.ids_in(library.first) == [ferry, kiln]
    library.write(library.first, (OTHERS[0], ASKS))
    library.write(library.second, (OTHERS[1], reworded, KILN))
    library.follow()
    assert library.words_of(ferry, library.second) == [reworded]
    assert library.words_of(kiln, library.second) == [KILN]


def test_what_stands_in_two_other_notes_is_offered_and_not_moved(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    third = library.folder / "third.md"
    library.write(third, ("one of them", FERRY, "another one"))
    library.write(library.second, ("the other", FERRY, "and the last"))
    library.write(library.first, (OTHERS[0], KILN))
    library.follow()
    anchor = library.reader.state.annotations_of(str(library.first)).anchors[ferry]
    assert isinstance(anchor, NeedsReview)
    assert {each.note.path for each in anchor.candidates if each.note} == {str(library.second), str(third)}


def test_a_candidate_in_another_note_goes_when_that_note_changes_and_the_next_search_tells(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    library.write(library.first, (OTHERS[0], KILN))
    library.write(library.second, (OTHERS[1], FERRY.replace("at dawn", "before sunrise")))
    library.follow()
    library.write(library.second, (OTHERS[1],))
    anchors = library.reader.state.annotations_of(str(library.first)).anchors
    assert isinstance(anchors[ferry], Orphan)
    library.follow()
    assert isinstance(library.reader.state.annotations_of(str(library.first)).anchors[ferry], Orphan)
    library.write(library.first, (OTHERS[0], KILN, FERRY))
    assert isinstance(library.reader.state.annotations_of(str(library.first)).anchors[ferry], Anchored)


def test_a_bullet_that_goes_there_and_back_has_its_highlight_again(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    for there, back in ((library.second, library.first), (library.first, library.second)):
        library.write(back, (OTHERS[0], KILN))
        library.write(there, (OTHERS[1], FERRY))
        library.follow()
        assert library.words_of(ferry, there) == [FERRY]
        assert library.ids_in(there) == [ferry]
        assert library.ids_in(back) == []


def test_what_a_crash_left_in_both_files_is_in_one_after_the_next_search(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    sidecar = store.sidecar_of(library.first)
    before = sidecar.read_bytes()
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY,))
    library.follow()
    sidecar.write_bytes(before)  # as if it had ended between the two writes
    again = Reader(library.folder)
    assert again.where(ferry, str(library.second)) == [(0, FERRY)]
    shown = again.session.moving.in_memory(again.state)
    assert [path for path, here in shown.annotations.items() if ferry in here.highlights] == [str(library.second)]
    library.reader = Reader(library.folder)
    library.follow()
    assert library.ids_in(library.first) == []
    assert library.ids_in(library.second) == [ferry]


def test_a_comment_written_to_the_first_file_after_a_crash_is_kept(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    sidecar = store.sidecar_of(library.first)
    before = sidecar.read_bytes()
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY,))
    library.follow()
    sidecar.write_bytes(before)
    (record,) = store.load(sidecar).highlights
    store.apply(sidecar, "first.md", [Put(replace(record, comment="said elsewhere"))])
    library.reader = Reader(library.folder)
    library.follow()
    (after,) = store.load(store.sidecar_of(library.second)).highlights
    assert (after.id, after.comment) == (ferry, "said elsewhere")
    assert library.ids_in(library.first) == []


def test_a_find_that_no_longer_holds_moves_nothing(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY,))
    found = library.found()
    library.write(library.first, (FERRY,))
    moved = library.reader.session.moving.move(library.reader.state, found)
    assert moved.summary == ""
    assert library.ids_in(library.first) == [ferry]
    assert library.ids_in(library.second) == []


def test_undo_and_redo_follow_a_highlight_into_its_new_note(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY,))
    library.follow()
    library.reader.undo()
    assert library.ids_in(library.second) == []
    library.reader.redo()
    assert library.ids_in(library.second) == [ferry]
    assert library.words_of(ferry, library.second) == [FERRY]


def test_a_highlights_file_that_cannot_be_written_keeps_its_records_where_they_are(library: Library) -> None:
    ferry = library.mark(library.first, FERRY)
    library.mark(library.second, OTHERS[1])
    sidecar = store.sidecar_of(library.second)
    library.write(library.first, OTHERS)
    library.write(library.second, (FERRY, OTHERS[1]))
    found = library.found()
    sidecar.write_bytes(sidecar.read_bytes()[:-6])
    moved = library.reader.session.moving.move(library.reader.state, found)
    assert "cut short" in moved.fault
    assert library.ids_in(library.first) == [ferry]


def test_a_highlight_on_the_words_of_several_bullets_is_not_torn_apart(library: Library) -> None:
    reader, path = library.reader, str(library.first)
    places = [library.place(library.first, FERRY), library.place(library.first, OTHERS[0])]
    id_ = reader.session.new_id()
    reader.do(highlighting.marking(reader.state, path, places, None, new_id=id_, now=reader.session.now()))
    third = library.folder / "third.md"
    library.write(third, (FERRY, ASKS))
    library.write(library.second, (OTHERS[0], OTHERS[1]))
    library.write(library.first, (KILN,))
    library.follow()
    assert library.ids_in(library.first) == [id_]


def asked(library: Library, note: Path, answer: Path, words: str) -> str:
    """Link the question of a note to a block, perhaps of another note."""
    reader, id_ = library.reader, library.reader.session.new_id()
    question, block = library.place(note, ASKS).address, library.place(answer, words).address
    step = answering.linking(
        reader.state, str(note), question, str(answer), block, new_id=id_, now=reader.session.now()
    )
    reader.do(step)
    return id_


def answered_at(library: Library) -> tuple[str, str]:
    """The note and the words of the only answer that is in another note than its question."""
    (found,) = answers_elsewhere(library.reader.state)
    assert found.note is not None
    assert isinstance(found.anchor, Anchored)
    return found.note.path, found.note.block(found.anchor.places[0].address).text


def test_a_question_is_answered_by_a_block_of_another_note_also_in_a_later_session(library: Library) -> None:
    asked(library, library.first, library.second, OTHERS[1])
    assert 'answered_in = "second.md"' in store.sidecar_of(library.first).read_text()
    assert answered_at(library) == (str(library.second), OTHERS[1])
    library.reader = Reader(library.folder)
    assert answered_at(library) == (str(library.second), OTHERS[1])
    library.write(library.second, ("a new one above", OTHERS[1]))
    assert answered_at(library) == (str(library.second), OTHERS[1])
    assert not list(doubtful_links(library.reader.state.annotations_of(str(library.first))))


@pytest.mark.parametrize("told", ["../../etc/passwd", "/etc/passwd", "gone.md", "", "."])
def test_a_note_named_as_the_answers_is_one_of_the_library_or_none(library: Library, told: str) -> None:
    asked(library, library.first, library.second, OTHERS[1])
    sidecar = store.sidecar_of(library.first)
    sidecar.write_text(sidecar.read_text().replace('answered_in = "second.md"', f'answered_in = "{told}"'))
    library.reader.see(sidecar)
    assert [each.note for each in answers_elsewhere(library.reader.state)] == [None] * bool(told)


def test_a_question_that_moves_keeps_the_answer_that_stays(library: Library) -> None:
    id_ = asked(library, library.first, library.first, KILN)
    library.write(library.first, (FERRY, OTHERS[0], KILN))
    library.write(library.second, (OTHERS[1], ASKS))
    library.follow()
    assert library.ids_in(library.second) == [id_]
    assert answered_at(library) == (str(library.first), KILN)


def test_a_question_that_moves_to_the_note_of_its_answer_has_it_there(library: Library) -> None:
    id_ = asked(library, library.first, library.second, OTHERS[1])
    library.write(library.first, (FERRY, OTHERS[0], KILN))
    library.write(library.second, (OTHERS[1], ASKS))
    library.follow()
    (question,) = store.load(store.sidecar_of(library.second)).questions
    assert (question.id, question.answered_in) == (id_, "")
    assert library.words_of(link_id(id_), library.second) == [OTHERS[1]]
