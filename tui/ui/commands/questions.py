"""What the keys for questions do: answer, dismiss, make and unmake them, link them to what answers them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.notes.model import TITLE
from tui.ui.commands.links import FollowingApp
from tui.ui.panes.decisions import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import QuestionRecord
    from tui.core.notes.model import Note, Place
    from tui.core.state.model import State
    from tui.core.state.questions import Asked


class Questioned(NamedTuple):
    """The question that keys are about."""

    note: Note
    place: Place | None
    "The block that asks; None where it has no certain place."
    record: QuestionRecord | None
    "What the reader said of it."


class AnsweringApp(FollowingApp):
    """An app whose keys say something of questions."""

    linking: Questioned | None = None
    "The question for which the reader looks for the block that answers it."

    def action_answered(self) -> None:
        """Say that a question is answered, or open again."""
        from tui.core.state import answering

        self._say(partial(answering.toggled, state=Answer.ANSWERED))

    def action_dismiss(self) -> None:
        """Say that a question is of no interest, or that it is after all."""
        from tui.core.state import answering

        self._say(partial(answering.toggled, state=Answer.DISMISSED))

    def action_answer(self) -> None:
        """Write the answer to a question."""
        from tui.core.state import answering
        from tui.ui.dialogs.writing import Writing

        found = self._question()
        if found is None:
            return
        text = self._words(found)

        def ask(answer: str) -> None:
            self.push_screen(Writing("Answer", text, answer), written)

        def written(answer: str | None) -> None:
            if answer is not None:
                said = partial(answering.answered, text=answer)
                self._save(found, said, "answer saved", lost=lambda: ask(answer))

        ask(found.record.answer if found.record else "")

    def action_question(self) -> None:
        """Make the block in hand a question, or say that it is none."""
        from tui.core.state import answering

        found = self._block()
        if found is None:
            self.status.say("There is no block here to make a question", is_warning=True)
            return
        note, place = found

        def plan(state: State, here: tuple[Place, ...]) -> Step:
            new_id, now = self.session.new_id(), self.session.now()
            return answering.turning(state, note.path, here[0].address, new_id=new_id, now=now)

        self._decided()
        self.change_at(note, (place,), plan)

    def action_link(self) -> None:
        """Link a question to the block that answers it: first one, then the other."""
        if self.linking is None:
            found = self._question()
            if found is None:
                return
            if found.place is None:
                self.status.say("The question has no place yet to link from", is_warning=True)
                return
            self.linking = found
            self.bullets.go(self.state.spot(found.note.path, found.place.address))
            self.focus_pane(self.bullets)
            self.status.say("Go to the block that answers it and press the key again; esc leaves")
            return
        question, self.linking = self.linking, None
        answer = self._block()
        if answer is None or question.place is None or answer[0].path != question.note.path:
            self.status.say("Only a block of the same note can be the answer", is_warning=True)
            return
        self.change(partial(self._link, question=(question.note, question.place), answer=answer))

    def _link(self, state: State, question: tuple[Note, Place], answer: tuple[Note, Place]) -> Step | None:
        """The step that links two blocks, wherever they are by now."""
        from tui.core.state import answering, highlighting

        path = question[0].path
        if not state.has(path):
            return None
        note = state.note(path)
        here = [highlighting.carried(note, former, (place,)) for former, place in (question, answer)]
        if here[0] is None or here[1] is None:
            raise highlighting.UnplacedError("linked")
        new_id, now = self.session.new_id(), self.session.now()
        return answering.linking(state, path, here[0][0].address, here[1][0].address, new_id=new_id, now=now)

    def action_other_end(self) -> None:
        """Go from a question to the block that answers it, or from that to the question."""
        from tui.core.annotations.highlights import Anchored, NeedsReview, link_id
        from tui.core.state.questions import answering_blocks

        block = self._block()
        found = self._asked()
        marks = self.state.marks_of(found.note.path if found else block[0].path if block else "")
        anchor = marks.anchors.get(link_id(found.record.id)) if found and found.record else None
        places = anchor.places if isinstance(anchor, Anchored) else ()
        if isinstance(anchor, NeedsReview):
            places = anchor.candidates[0].places
        if not places and block is not None:
            answered = answering_blocks(marks).get(block[1].address, ())
            anchors = (marks.anchors.get(record.id) for record in answered)
            places = next((each.places for each in anchors if isinstance(each, Anchored)), ())
        path = found.note.path if found else block[0].path if block else ""
        if not places:
            self.status.say("Nothing is linked here: L links a question to the block that answers it")
            return
        self.leave_from_here()
        self.bullets.go(self.state.spot(path, places[0].address))
        self.focus_pane(self.bullets)

    def action_leave(self) -> None:
        """Leave what was begun, and go back to the bullets."""
        self.linking = None
        super().action_leave()

    # -- what keys are about

    def _question(self) -> Questioned | None:
        """The question in hand; where there is none the reader is told."""
        found = self._asked()
        if found is None:
            self.status.say("There is no question here: ! makes the block one", is_warning=True)
        return found

    def _asked(self) -> Questioned | None:
        """The question that the list is on, else the one under the cursor."""
        entry = self.questions.entry if self.focused is self.questions else None
        if entry is not None and entry.id and entry.row is not Row.PLACED:
            from tui.core.annotations.highlights import question_of_link

            question = question_of_link(entry.id) or entry.id
            record = self.state.marks_of(entry.path).questions.get(question)
            return Questioned(self.state.note(entry.path), None, record) if record else None
        found = self._block()
        asked = self._asked_in(*found) if found else None
        return Questioned(found[0], found[1], asked.record) if found and asked else None

    def _asked_in(self, note: Note, place: Place) -> Asked | None:
        from tui.core.state.questions import asked_at

        return asked_at(note, self.state.marks_of(note.path), place.address)

    def _block(self) -> tuple[Note, Place] | None:
        """The block in hand: the one that the list is on, else the one under the cursor."""
        from tui.core.state.highlighting import whole_block

        spot = self.bullets.cursor
        entry = self.questions.entry if self.focused is self.questions else None
        if entry is not None and entry.row is Row.PLACED:
            spot = entry.where[0][0]
        block = self.state.block(spot) if spot.block != TITLE and self.state.episodes else None
        if block is None or not block.text:
            return None
        return self.state.note_of(spot.section), whole_block(block, self.state.address(spot))

    def _words(self, found: Questioned) -> str:
        if found.place is not None and (asked := self._asked_in(found.note, found.place)):
            return asked.text
        return found.record.parts[0].exact if found.record else ""

    def said_of_questions(self) -> Iterator[str]:
        """What is to be said of the block under the cursor: what it answers, and what was said of it."""
        if self.bullets.cursor not in self.bullets.signs or (found := self._block()) is None:
            return
        from tui.core.state.questions import answering_blocks

        note, place = found
        marks = self.state.marks_of(note.path)
        asked = self._asked_in(note, place)
        if asked and asked.record:
            yield f"{asked.state}: {' '.join(asked.record.answer.split())}" if asked.record.answer else asked.state
        for record in answering_blocks(marks).get(place.address, ()):
            yield f"answers: {' '.join(record.parts[0].exact.split())}"

    # -- saving

    def _say(self, said: Callable[[QuestionRecord], QuestionRecord]) -> None:
        if (found := self._question()) is not None:
            self._save(found, said, "")

    def _save(
        self,
        found: Questioned,
        said: Callable[[QuestionRecord], QuestionRecord],
        title: str,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Say something of a question, wherever it is by the time that it is this change's turn."""
        from tui.core.state import answering

        note, place, record = found
        self._decided()
        if place is None and record is not None:
            self.change(lambda state: answering.rewording(state, note.path, record.id, said, title, self.session.now()))
        elif place is not None:

            def plan(state: State, here: tuple[Place, ...]) -> Step | None:
                new_id, now = self.session.new_id(), self.session.now()
                return answering.saying(state, note.path, here[0].address, said, title, new_id=new_id, now=now)

            self.change_at(note, (place,), plan, lost)

    def _decided(self) -> None:
        if self.focused is self.questions and (entry := self.questions.entry) is not None:
            self.questions.decided_on(entry)
