"""Highlights and questions follow their bullets into other notes of the library; no crash loses or duplicates one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.files.reader import TEXT, Reader, at
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, NeedsReview, Orphan, Put
from tui.core.annotations.link_ids import link_id
from tui.core.notes.model import Address, Kind, Place, Span
from tui.core.state import answering, highlighting
from tui.core.state.answers_elsewhere import answers_elsewhere, answers_to_review
from tui.core.state.needs import needs
from tui.core.state.questions import doubtful_links
from tui.files.config import Config
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
    """Two notes in a folder, and an earmark on it."""

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
        *_, found = self.reader.session.moving.search(self.reader.state)
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


def test_a_moved_highlight_keeps_comment_tags_times_and_unknown_keys(library: Library) -> None:
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
        answering.changing(
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


def test_a_bullet_in_two_other_notes_is_offered_and_not_moved(library: Library) -> None:
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


def test_a_record_left_in_both_files_by_a_crash_is_in_one_after_the_next_search(library: Library) -> None:
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


def marked_together(library: Library, *bullets: str) -> str:
    """Make one highlight on several bullets of the first note, with a comment."""
    reader, path, id_ = library.reader, str(library.first), library.reader.session.new_id()
    places = [library.place(library.first, each) for each in bullets]
    reader.do(highlighting.marking(reader.state, path, places, Colour.BLUE, new_id=id_, now=reader.session.now()))

    def commented(highlight: Highlight) -> Highlight:
        return replace(highlight, comment="see the harbour book", tags=("sea",))

    reader.do(highlighting.changing(reader.state, path, id_, commented, "", reader.session.now()))
    return id_


def highlighted(library: Library, *notes: Path) -> dict[str, list[list[str]]]:
    """The words under each highlight, by the note's name; equal for a new earmark and for this one."""
    found = [
        {
            note.name: [library.words_of(id_, note) for id_ in reader.state.annotations_of(str(note)).highlights]
            for note in notes
        }
        for reader in (library.reader, Reader(library.folder))
    ]
    assert found[0] == found[1]
    return found[0]


def test_bullets_of_a_highlight_that_went_to_different_notes_each_keep_their_piece(library: Library) -> None:
    id_ = marked_together(library, FERRY, OTHERS[0])
    third = note_with(library, "third.md", (FERRY, ASKS))
    library.write(library.second, (OTHERS[0], OTHERS[1]))
    library.write(library.first, (KILN,))
    library.follow()
    assert highlighted(library, library.first, library.second, third) == {
        "first.md": [],
        "second.md": [[OTHERS[0]]],
        "third.md": [[FERRY]],
    }
    pieces = [each for note in (library.second, third) for each in store.load(store.sidecar_of(note)).highlights]
    assert {(each.colour, each.comment, each.tags) for each in pieces} == {
        (Colour.BLUE, "see the harbour book", ("sea",))
    }
    assert len({each.id for each in pieces}) == 2
    assert id_ in {each.id for each in pieces}


@pytest.mark.parametrize("goes", [FERRY, OTHERS[0], KILN])
def test_one_of_three_bullets_under_a_highlight_takes_its_piece_along(library: Library, goes: str) -> None:
    bullets = (FERRY, OTHERS[0], KILN)
    id_ = marked_together(library, *bullets)
    stay = [each for each in bullets if each != goes]
    library.write(library.first, (*stay, ASKS))
    library.write(library.second, (OTHERS[1], goes))
    assert library.follow() == "1 highlight moved from first.md to second.md"
    assert highlighted(library, library.first, library.second) == {"first.md": [stay], "second.md": [[goes]]}
    assert library.ids_in(library.first) == [id_]
    assert library.found() == ()


def test_a_piece_goes_although_what_stays_is_reworded_in_the_same_edit(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0], KILN)
    reworded = FERRY.replace("at dawn", "before sunrise")
    library.write(library.first, (reworded, OTHERS[0], ASKS))
    library.write(library.second, (OTHERS[1], KILN))
    library.follow()
    assert highlighted(library, library.first, library.second) == {
        "first.md": [[reworded, OTHERS[0]]],
        "second.md": [[KILN]],
    }


def test_two_of_three_bullets_that_go_together_stay_one_highlight(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0], KILN)
    library.write(library.first, (FERRY, ASKS))
    library.write(library.second, (OTHERS[0], KILN, OTHERS[1]))
    library.follow()
    assert highlighted(library, library.first, library.second) == {
        "first.md": [[FERRY]],
        "second.md": [[OTHERS[0], KILN]],
    }


def test_all_bullets_of_a_highlight_that_go_to_one_note_stay_one_highlight(library: Library) -> None:
    id_ = marked_together(library, FERRY, OTHERS[0])
    library.write(library.first, (KILN, ASKS))
    library.write(library.second, (OTHERS[0], OTHERS[1], FERRY))
    library.follow()
    assert library.ids_in(library.second) == [id_]
    assert highlighted(library, library.first, library.second) == {
        "first.md": [],
        "second.md": [[OTHERS[0], FERRY]],
    }


def test_a_piece_that_comes_back_is_highlighted_where_it_was(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0])
    library.write(library.first, (FERRY, KILN, ASKS))
    library.write(library.second, (OTHERS[1], OTHERS[0]))
    library.follow()
    library.write(library.second, (OTHERS[1],))
    library.write(library.first, (FERRY, OTHERS[0], KILN, ASKS))
    library.follow()
    assert highlighted(library, library.first, library.second) == {
        "first.md": [[FERRY], [OTHERS[0]]],
        "second.md": [],
    }


def test_a_bullet_that_is_gone_for_good_leaves_the_others_their_highlight(library: Library) -> None:
    id_ = marked_together(library, FERRY, OTHERS[0], KILN)
    library.write(library.first, (FERRY, KILN, ASKS))
    assert library.follow() == ""
    assert library.ids_in(library.first) == [id_]
    assert highlighted(library, library.first) == {"first.md": [[FERRY, KILN]]}
    library.write(library.first, (FERRY, OTHERS[0], KILN, ASKS))
    assert highlighted(library, library.first) == {"first.md": [[FERRY, OTHERS[0], KILN]]}


def test_bullets_torn_apart_within_their_note_keep_one_highlight_and_each_its_first_words(library: Library) -> None:
    id_ = marked_together(library, FERRY, KILN)
    reworded = KILN.replace("nine hours", "half a day")
    library.write(library.first, (reworded, ASKS, OTHERS[0], FERRY))
    assert library.follow() == ""
    assert highlighted(library, library.first) == {"first.md": [[reworded, FERRY]]}
    library.mark(library.first, ASKS)
    (record,) = (each for each in store.load(store.sidecar_of(library.first)).highlights if each.id == id_)
    assert [(part.exact, part.quoted) for part in record.parts] == [(reworded, KILN), (FERRY, "")]


def test_a_piece_that_a_crash_left_in_both_files_is_in_one_after_the_next_search(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0], KILN)
    sidecar = store.sidecar_of(library.first)
    before = sidecar.read_bytes()
    library.write(library.first, (FERRY, KILN, ASKS))
    library.write(library.second, (OTHERS[1], OTHERS[0]))
    library.follow()
    sidecar.write_bytes(before)  # as if it had ended between the two writes
    library.reader = Reader(library.folder)
    library.follow()
    assert highlighted(library, library.first, library.second) == {
        "first.md": [[FERRY, KILN]],
        "second.md": [[OTHERS[0]]],
    }


def test_pieces_of_a_note_that_is_gone_go_to_the_notes_of_their_bullets(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0])
    third = note_with(library, "third.md", (FERRY, ASKS))
    library.first.unlink()
    library.write(library.second, (OTHERS[0], OTHERS[1]))
    library.reader.see(library.first)
    library.follow()
    pieces = {"second.md": [[OTHERS[0]]], "third.md": [[FERRY]]}
    assert highlighted(library, library.second, third) == pieces
    library.mark(third, ASKS)
    library.reader = Reader(library.folder)
    library.follow()
    assert highlighted(library, library.second, third) == {"second.md": [[OTHERS[0]]], "third.md": [[FERRY], [ASKS]]}
    assert not store.sidecar_of(library.first).exists()


def test_every_command_shows_the_pieces_where_their_bullets_are(library: Library) -> None:
    marked_together(library, FERRY, OTHERS[0], KILN)
    before = store.sidecar_of(library.first).read_bytes()
    library.first.write_text(text_of("First", (FERRY, ASKS)))
    library.second.write_text(text_of("Second", (OTHERS[1], KILN)))
    third = library.folder / "third.md"
    third.write_text(text_of("Third", (OTHERS[0], LEDGER)))
    library.reader = Reader(library.folder)
    library.reader.state = library.reader.session.moving.in_memory(library.reader.state)
    found = {
        note.name: [library.words_of(id_, note) for id_ in library.reader.state.annotations_of(str(note)).highlights]
        for note in (library.first, library.second, third)
    }
    assert found == {"first.md": [[FERRY]], "second.md": [[KILN]], "third.md": [[OTHERS[0]]]}
    assert store.sidecar_of(library.first).read_bytes() == before


def asked(library: Library, note: Path, answer: Path, words: str) -> str:
    """Link a note's question to a block, possibly of another note."""
    reader, id_ = library.reader, library.reader.session.new_id()
    question, block = library.place(note, ASKS).address, library.place(answer, words).address
    step = answering.linking(
        reader.state, str(note), question, str(answer), block, new_id=id_, now=reader.session.now()
    )
    reader.do(step)
    return id_


def answered_at(library: Library) -> tuple[str, str]:
    """The note and the words of the only answer in another note than its question."""
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


LEDGER = "the ledger is kept by the mate whenever the master of the harbour is away"
REWORDED = (
    "the ledger is kept by the mate whenever the master sails",
    "the ledger lies with the mate whenever he sails",
    "books lie with the mate whenever he sails",
    "books lie with the second officer whenever he sails, and with nobody else",
)


def note_with(library: Library, name: str, bullets: Iterable[str]) -> Path:
    library.write(note := library.folder / name, bullets)
    return note


def linked_to_third(library: Library) -> tuple[str, Path]:
    """A question of the first note that a block of the third one answers."""
    third = note_with(library, "third.md", ("nets dry on the wall", LEDGER, "tar is bought in May"))
    return asked(library, library.first, third, LEDGER), third


@pytest.mark.parametrize("goes_first", [True, False])
def test_a_link_follows_the_block_that_answers_it_into_another_note(library: Library, goes_first: bool) -> None:
    id_, third = linked_to_third(library)
    edits = [(third, ("nets dry on the wall", "tar is bought in May")), (library.second, (OTHERS[1], LEDGER))]
    for note, bullets in edits if goes_first else reversed(edits):
        library.write(note, bullets)
    assert library.follow() == "1 answer followed to second.md"
    assert answered_at(library) == (str(library.second), LEDGER)
    assert 'answered_in = "second.md"' in store.sidecar_of(library.first).read_text()
    assert library.ids_in(library.first) == [id_]
    assert library.found() == ()
    library.reader = Reader(library.folder)
    assert answered_at(library) == (str(library.second), LEDGER)


def test_a_link_follows_its_block_out_of_the_note_that_asks_and_back(library: Library) -> None:
    id_ = asked(library, library.first, library.first, KILN)
    library.write(library.first, (FERRY, OTHERS[0], ASKS))
    library.write(library.second, (OTHERS[1], KILN))
    library.follow()
    assert answered_at(library) == (str(library.second), KILN)
    library.write(library.second, (OTHERS[1],))
    library.write(library.first, (FERRY, OTHERS[0], KILN, ASKS))
    library.follow()
    assert library.words_of(link_id(id_), library.first) == [KILN]
    (question,) = store.load(store.sidecar_of(library.first)).questions
    assert question.answered_in == ""


def test_a_link_follows_a_renamed_note(library: Library) -> None:
    _, third = linked_to_third(library)
    named = third.rename(library.folder / "harbour.md")
    library.reader.see(named)
    library.reader.see(third)
    library.follow()
    assert answered_at(library) == (str(named), LEDGER)
    assert 'answered_in = "harbour.md"' in store.sidecar_of(library.first).read_text()


def test_a_link_to_a_note_renamed_while_nothing_was_open_is_found_by_every_command(library: Library) -> None:
    _, third = linked_to_third(library)
    named = third.rename(library.folder / "harbour.md")
    again = Reader(library.folder)
    (found,) = answers_elsewhere(again.session.moving.in_memory(again.state))
    assert found.note is not None
    assert (found.note.path, type(found.anchor)) == (str(named), Anchored)
    assert 'answered_in = "third.md"' in store.sidecar_of(library.first).read_text()


def test_a_question_and_its_answer_that_go_to_two_other_notes_stay_linked(library: Library) -> None:
    id_ = asked(library, library.first, library.first, KILN)
    third = note_with(library, "third.md", ("nets dry on the wall", "tar is bought in May"))
    library.write(library.first, (FERRY, OTHERS[0]))
    library.write(library.second, (OTHERS[1], ASKS))
    library.write(third, ("nets dry on the wall", KILN, "tar is bought in May"))
    library.follow()
    library.follow()
    assert library.ids_in(library.second) == [id_]
    assert answered_at(library) == (str(third), KILN)


def test_an_answer_reworded_on_its_way_is_offered_and_goes_where_the_reader_says(library: Library) -> None:
    id_, third = linked_to_third(library)
    reworded = LEDGER.replace("is kept by the mate", "lies with the mate")
    library.write(third, ("nets dry on the wall", "tar is bought in May"))
    library.write(library.second, (OTHERS[1], reworded))
    library.follow()
    ((question, review),) = answers_to_review(library.reader.state, str(library.first))
    (candidate,) = review.candidates
    assert candidate.note is library.reader.state.note(str(library.second))
    assert candidate.note.block(candidate.places[0].address).text == reworded
    assert needs(library.reader.state).questions == 1
    library.reader.do(
        answering.placing_answer(
            library.reader.state,
            str(library.first),
            question.id,
            str(library.second),
            candidate.places,
            "",
            library.reader.session.now(),
        )
    )
    assert question.id == id_
    assert answered_at(library) == (str(library.second), reworded)
    assert needs(library.reader.state).questions == 0


def test_a_link_to_another_note_follows_rewording_as_highlights_do(library: Library) -> None:
    """The selector alone does not find the rest of it: only the text in which it was last anchored does."""
    _, third = linked_to_third(library)
    for words in REWORDED:
        library.write(third, ("nets dry on the wall", words, "tar is bought in May"))
        assert answered_at(library) == (str(third), words)


def test_a_link_to_another_note_is_followed_from_the_text_of_an_earlier_session(library: Library) -> None:
    _, third = linked_to_third(library)
    for words in REWORDED[:2]:
        library.write(third, ("nets dry on the wall", words, "tar is bought in May"))
    library.reader.session.texts.keep_snapshots(library.reader.state)
    alone = Reader(third)  # knows nothing of the question, and leaves what it does not know
    alone.mark(Place(Address(0, 0), Span(0, 4)))
    alone.session.texts.keep_snapshots(alone.state)
    words = REWORDED[2]
    third.write_text(text_of("Third", ("nets dry on the wall", words, "tar is bought in May")))
    library.reader = Reader(library.folder)
    assert answered_at(library) == (str(third), words)


def test_the_selector_of_a_link_to_another_note_is_updated_with_the_next_save(library: Library) -> None:
    _, third = linked_to_third(library)
    words = LEDGER.replace("is kept by", "lies with")
    library.write(third, ("nets dry on the wall", words, "tar is bought in May"))
    library.mark(library.first, FERRY)
    (question,) = store.load(store.sidecar_of(library.first)).questions
    assert question.answered_by[0].block == words
    assert answered_at(library) == (str(third), words)


def test_a_copy_of_the_answer_in_another_note_takes_no_link(library: Library) -> None:
    _, third = linked_to_third(library)
    library.write(library.second, (OTHERS[1], LEDGER))
    assert library.follow() == ""
    assert answered_at(library) == (str(third), LEDGER)


def test_a_note_opened_alone_leaves_links_to_notes_that_it_does_not_know(library: Library) -> None:
    _, third = linked_to_third(library)
    library.write(library.first, (FERRY, OTHERS[0], KILN, ASKS, LEDGER))
    before = store.sidecar_of(library.first).read_bytes()
    library.reader = Reader(library.first)
    assert library.follow() == ""
    assert store.sidecar_of(library.first).read_bytes() == before
    assert third.exists()


def test_a_highlight_follows_out_of_a_note_that_had_taken_over_its_file_and_is_gone(library: Library) -> None:
    kiln = library.mark(library.first, KILN)
    (library.folder / "done").mkdir()
    named = library.first.rename(library.folder / "done" / "renamed.md")
    library.reader.see(named)
    library.reader.see(library.first)
    library.follow()
    assert library.words_of(kiln, named) == [KILN]
    text = named.read_text()
    named.unlink()
    library.reader.see(named)
    library.second.write_text(text_of("Second", (OTHERS[1], *(line[2:] for line in text.splitlines()[2:]))))
    library.reader.see(library.second)
    library.follow()
    assert library.words_of(kiln, library.second) == [KILN]
    assert library.ids_in(library.second) == [kiln]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_highlights_file_that_is_a_link_out_of_what_was_opened_gives_no_records_away(
    library: Library, tmp_path: Path, is_there: bool
) -> None:
    """A folder from someone else may link to the reader's own highlights, and contain the words that they are on."""
    (private := tmp_path / "private").mkdir()
    own = note_with(library, "diary.md", (FERRY, "words that nobody else knows"))
    library.mark(own, FERRY)
    sidecar = store.sidecar_of(own).rename(private / "diary.highlights.toml")
    own.rename(private / own.name)
    if is_there:
        own.write_text(text_of("Bait", ("nothing to see", "or next to nothing")))
    store.sidecar_of(own).symlink_to(sidecar)
    library.first.write_text(text_of("First", (OTHERS[0], FERRY)))
    before = sidecar.read_bytes()
    library.reader = Reader(library.folder, Config(notes=str(private)))
    library.follow()
    library.mark(library.second, OTHERS[1])
    assert sidecar.read_bytes() == before
    assert FERRY not in "".join(path.read_text() for path in library.folder.glob("*.toml*") if not path.is_symlink())


FORM = (
    "---\nkind: {}\nwritten: {}\nread again: {}\ncategory: note\nentered: yes\narchived: no\npriority: none\n"
    "visibility: private\n{}exported: no\n---\n\n- {}\n"
)


def test_front_matter_of_a_note_that_is_gone_is_not_that_of_another(library: Library) -> None:
    voyage = "what: a winter voyage\nwho: Mira Lund\n"
    library.first.write_text(FORM.format("voyage", "2025-06-02 23:18", "2025-06-02 23:18", voyage, "Nothing was lost."))
    library.reader.see(library.first)
    marked = library.reader.mark(Place(Address(0, 0), whole_of(library, library.first)), path=str(library.first))
    library.first.unlink()
    library.second.write_text(FORM.format("harbour", "2025-06-07 13:33", "2025-06-07 13:33", "", "Salt was sold."))
    library.reader.see(library.first)
    library.reader.see(library.second)
    library.follow()
    again = Reader(library.folder)
    assert library.words_of(marked, library.second) == []
    assert again.where(marked, str(library.second)) == []
    assert (library.folder / "first.highlights.toml").exists()


def whole_of(library: Library, note: Path) -> Span:
    block = library.reader.state.note(str(note)).block(Address(0, 0))
    assert block.kind is Kind.METADATA
    return Span(0, len(block.text))


def test_note_opened_alone_keeps_its_highlights_while_its_file_is_missing(tmp_path: Path) -> None:
    note = tmp_path / "talks.md"
    note.write_text(TEXT)
    reader = Reader(note)
    marked = reader.mark(at(0))
    note.unlink()
    reader.see(note)
    *_, found = reader.session.moving.search(reader.state)
    reader.session.moving.move(reader.state, found or ())
    assert marked in reader.written()
