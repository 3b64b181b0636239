"""Answer, dismiss, declare and withdraw questions, and link them to the blocks that answer them."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from tui.core.anchoring import describe
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, NeedsReview, QuestionRecord
from tui.core.annotations.link_ids import link_id
from tui.core.state import answering, highlighting
from tui.core.state.answers_elsewhere import answer_elsewhere, answered_by_block
from tui.core.state.model import UnplacedError
from tui.core.state.questions import answering_blocks, question_at
from tui.ui import current
from tui.ui.dialogs.writing import WritingDialog
from tui.ui.drafts.keeping import About
from tui.ui.drafts.offering import offer
from tui.ui.navigation_history import Departure
from tui.ui.store import Change, Target

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Note, Place
    from tui.core.state.model import State
    from tui.ui.context import Context
    from tui.ui.store import Outcome, QuestionTarget


def toggle_answered(cx: Context) -> None:
    """Mark a question as answered, or open again."""
    _toggle(cx, Answer.ANSWERED)


def toggle_dismissed(cx: Context) -> None:
    """Dismiss a question, or reopen it."""
    _toggle(cx, Answer.DISMISSED)


def _toggle(cx: Context, state: Answer) -> None:
    if (found := _question(cx)) is not None:
        _change_record(cx, found, partial(answering.toggled, state=state), "")


def answer(cx: Context) -> None:
    """Write an answer to a question."""
    if (found := _question(cx)) is not None:
        ask_answer(cx, found)


def ask_answer(cx: Context, found: QuestionTarget, typed: str | None = None, number: int | None = None) -> None:
    """Ask for the answer to a question; ``typed`` is a text typed earlier, stored as draft ``number``."""
    session = cx.store.session
    if cx.store.opened.is_piped:
        cx.panes.status.say("Standard input is read-only: save it to a file to highlight", is_warning=True)
        return
    asked, value = _words(cx, found), found.record.answer if found.record else ""
    new_id, began = session.new_id(), session.now()

    @cache
    def record() -> QuestionRecord:
        if found.record is not None:
            return found.record
        assert found.place is not None
        return QuestionRecord(new_id, Answer.OPEN, describe(found.note, (found.place,)), began, began)

    def save(text: str) -> asyncio.Future[Outcome] | None:
        return _change_record(cx, found, partial(answering.answered, text=text), "Answer saved", new_id)

    about = About(found.note.path, "answer", record)

    def ask(text: str | None, number: int | None) -> None:
        window = WritingDialog("Answer", asked, value, cx.settings.keys, text=text)
        cx.typing.ask(window, about, save, ask, partial(offer, cx, about), number)

    ask(typed, number)


def toggle_question(cx: Context) -> None:
    """Turn the current block into a question, or a question into an ordinary block."""
    found = current.block(cx)
    if found is None:
        cx.panes.status.say("Nothing here to make a question", is_warning=True)
        return
    note, place = found

    def plan(state: State, here: tuple[Place, ...]) -> Step:
        new_id, now = cx.store.session.new_id(), cx.store.session.now()
        return answering.turning(state, note.path, here[0].address, new_id=new_id, now=now)

    _decided(cx)
    cx.store.submit(Change.at(Target(note, (place,)), plan))


def link(cx: Context) -> None:
    """Link a question to the block that answers it: first one end, then the other."""
    if cx.linking is None:
        found = _question(cx)
        if found is None:
            return
        if found.place is None:
            cx.panes.status.say("Place the question first", is_warning=True)
            return
        cx.linking, cx.moving = found, None
        cx.panes.bullets.go(cx.store.state.position(found.note.path, found.place.address))
        cx.panes.focus(cx.panes.bullets)
        cx.display.show_status()
        return
    question, found_answer = cx.linking, current.block(cx)
    if found_answer is None or question.place is None:
        cx.panes.status.say("Only a bullet can be the answer", is_warning=True)
        return
    cx.linking = None
    cx.display.show_status()
    plan = partial(_linked, cx, (question.note, question.place), found_answer)
    cx.store.submit(Change(plan, note=question.note.path))


def _linked(cx: Context, question: tuple[Note, Place], answer: tuple[Note, Place], state: State) -> Step | None:
    """The step that links two blocks at their positions in today's text."""
    path, other = question[0].path, answer[0].path
    if not (state.has(path) and state.has(other)):
        return None
    asked, said = (highlighting.carried(state.note(each[0].path), each[0], (each[1],)) for each in (question, answer))
    if asked is None or said is None:
        raise UnplacedError("linked")
    new_id, now = cx.store.session.new_id(), cx.store.session.now()
    return answering.linking(state, path, asked[0].address, other, said[0].address, new_id=new_id, now=now)


def stop_linking(cx: Context) -> bool:
    """Cancel linking; True if it had begun."""
    if cx.linking is None:
        return False
    cx.linking = None
    cx.display.show_status()
    cx.panes.status.say("Not linked")
    return True


def to_other_end(cx: Context) -> None:
    """Go from a question to the block that answers it, or back."""
    state, block, found = cx.store.state, current.block(cx), current.question(cx)
    path = found.note.path if found else block[0].path if block else ""
    annotations = state.annotations_of(path)
    anchor = annotations.anchors.get(link_id(found.record.id)) if found and found.record else None
    places = anchor.places if isinstance(anchor, Anchored) else ()
    if isinstance(anchor, NeedsReview):
        first = anchor.candidates[0]
        path, places = first.note.path if first.note else path, first.places
    if not places and block is not None:
        answered = answering_blocks(annotations).get(block[1].address, ())
        anchors = (annotations.anchors.get(record.id) for record in answered)
        places = next((each.places for each in anchors if isinstance(each, Anchored)), ())
    if not places:
        path, places = _other_end(cx, path, found, block)
    if not places:
        said = "Nothing is linked here"
        cx.panes.status.say(current.with_hint(cx, said, "link", "links a question to its answer"))
        return
    bullets = cx.panes.bullets
    cx.history.leave_from(Departure(bullets.cursor, bullets.cursor_row))
    bullets.go(state.position(path, places[0].address))
    cx.panes.focus(bullets)


def _other_end(
    cx: Context, path: str, found: QuestionTarget | None, block: tuple[Note, Place] | None
) -> tuple[str, tuple[Place, ...]]:
    """The note and places of the other end of a link, if they are in another note; no places if there is none."""
    state = cx.store.state
    answer = answer_elsewhere(state, path, found.record) if found and found.record else None
    if answer and answer.note and isinstance(answer.anchor, Anchored):
        return answer.note.path, answer.anchor.places
    if answer and isinstance(answer.anchor, NeedsReview):
        first = answer.anchor.candidates[0]
        if note := first.note or answer.note:
            return note.path, first.places
    asked = answered_by_block(state).get((block[0].path, block[1].address), ()) if block else ()
    for each in asked:
        anchor = state.annotations_of(each.path).anchors.get(each.question.id)
        if isinstance(anchor, Anchored):
            return each.path, anchor.places
    return path, ()


def _question(cx: Context) -> QuestionTarget | None:
    """The current question; shows a warning if there is none."""
    found = current.question(cx)
    if found is None:
        said = current.with_hint(cx, "No question here", "question", "makes it one")
        cx.panes.status.say(said, is_warning=True)
    return found


def _words(cx: Context, found: QuestionTarget) -> str:
    if found.place is not None and (asked := current.questions_in(cx, found.note, found.place)):
        return asked.text
    return found.record.parts[0].exact if found.record else ""


def _change_record(
    cx: Context, found: QuestionTarget, said: Callable[[QuestionRecord], QuestionRecord], title: str, new_id: str = ""
) -> asyncio.Future[Outcome] | None:
    """Change a question's record, at its position when the change has its turn; LOST if it has neither by then."""
    note, place, record = found
    session = cx.store.session
    _decided(cx)
    if place is None and record is None:
        return None

    def reword(state: State) -> Step | None:
        if record is None:
            raise UnplacedError("saved")
        return answering.rewording(state, note.path, record, said, title, session.now())

    if place is None:
        return cx.store.submit(Change(reword))

    def plan(state: State, here: tuple[Place, ...]) -> Step | None:
        if question_at(state.note(note.path), state.annotations_of(note.path), here[0].address) is None:
            return reword(state)
        id_, now = new_id or session.new_id(), session.now()
        return answering.changing(state, note.path, here[0].address, said, title, new_id=id_, now=now)

    in_place = Change.at(Target(note, (place,)), plan)

    def wherever(state: State) -> Step | None:
        try:
            return in_place.plan(state)
        except UnplacedError:
            return reword(state)

    return cx.store.submit(in_place._replace(plan=wherever))


def _decided(cx: Context) -> None:
    pane = cx.panes.questions
    if cx.panes.current is pane and pane.entry is not None:
        pane.decided_on(pane.entry)
