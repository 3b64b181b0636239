"""Changes to highlights: planned on the state, saved, and only then shown."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.app import App

from tui.core import state as transitions
from tui.core.highlights import Anchored, Colour, Place
from tui.core.selecting import Point, Selection, left, spans
from tui.core.state import State, whole_block
from tui.errors import EarmarkError
from tui.panes.highlights import Highlights, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.flow import Spot
    from tui.core.highlights import Highlight
    from tui.core.model import Note
    from tui.core.state import Step
    from tui.files.session import Session
    from tui.panes.bullets import Bullets
    from tui.panes.highlights import HighlightEntry
    from tui.panes.status import Status

CHANGES = "changes"
"The group of the workers that save what a reader changed."


class ChangingApp(App[None]):
    """An app whose keys mark, comment on, tag and place highlights; every change can be undone."""

    bullets: Bullets
    highlights: Highlights
    status: Status

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.state = State(session.library)
        self.turn = asyncio.Lock()
        "Whoever makes a new state from the old one holds it, so that nobody is overtaken."
        self.highlights_read = asyncio.Event()
        "Set once the state has what the highlights files say; no change is made before."

    def assign(self, state: State, follow: Callable[[Spot], Spot] = lambda spot: spot) -> None:
        """Take a state for the one that is on screen; what it says is saved already."""
        raise NotImplementedError

    # -- saving

    def _change(self, plan: Callable[[State], Step | None]) -> None:
        """Change highlights by what a plan makes of the state, once the changes before it are saved."""
        self.run_worker(self._carry_out(plan, transitions.after, ""), group=CHANGES)

    def _change_at(
        self,
        note: Note,
        places: tuple[Place, ...],
        plan: Callable[[State, tuple[Place, ...]], Step | None],
        lost: Callable[[], None] | None = None,
    ) -> None:
        """Change highlights on places of a note's text, wherever those are by the time that it is their turn.

        Where the notes have changed so much that this is not certain, nothing is done but ``lost``.
        """

        def on_todays_text(state: State) -> Step | None:
            today = next((each for each in state.library.notes if each.path == note.path), None)
            here = today and transitions.carried(today, note, places)
            if here:
                return plan(state, here)
            self.status.say("The notes changed at that moment; nothing was marked", is_warning=True)
            if lost is not None:
                lost()
            return None

        self._change(on_todays_text)

    async def _carry_out(
        self, plan: Callable[[State], Step | None], then: Callable[[State, Step], State], suffix: str
    ) -> None:
        await self.highlights_read.wait()
        async with self.turn:
            before = self.state
            step = plan(before)
            if step is None:
                if suffix:
                    self.status.say("There is nothing more to do" + suffix.removeprefix(":"))
                return
            if not before.has(step.note):
                self.status.say(f"{PurePath(step.note).name} is not here: nothing was changed", is_warning=True)
                return
            if locked := before.marks_of(step.note).locked:
                self.status.say(locked, is_warning=True)
                return
            try:
                after = await asyncio.to_thread(self.session.with_step, before, step)
            except (EarmarkError, OSError) as error:
                self.status.say(f"Not saved: {error}", is_warning=True)
                return
            self.assign(then(after, step))
            self.status.say(f"{step.title}{suffix}")

    async def action_quit(self) -> None:
        """Quit once all that was marked is on the disk."""
        pending = [worker for worker in self.workers if worker.group == CHANGES and not worker.is_finished]
        if pending:
            await self.workers.wait_for_complete(pending)
        self.exit()

    def action_undo(self) -> None:
        """Take the last change back."""
        self.run_worker(self._carry_out(transitions.undoing, transitions.after_undo, ": undone"), group=CHANGES)

    def action_redo(self) -> None:
        """Do the last change that was taken back again."""
        self.run_worker(self._carry_out(transitions.redoing, transitions.after_redo, ": done again"), group=CHANGES)

    # -- marking

    def action_mark(self, colour: str = "") -> None:
        """Mark or unmark what is chosen, else the block under the cursor; or mark it in a colour."""
        found = self._chosen_places()
        if found is None:
            self.status.say("There is nothing to mark here", is_warning=True)
            return
        note, places = found
        chosen = Colour(colour) if colour else None
        selection = self.bullets.selection
        adjusted = selection.adjusts if selection else ""

        def plan(state: State, here: tuple[Place, ...]) -> Step | None:
            if adjusted:
                return transitions.placing(state, note.path, adjusted, here, "bounds changed", self.session.now())
            new_id, now = self.session.new_id(), self.session.now()
            return transitions.marking(state, note.path, here, chosen, new_id=new_id, now=now)

        self._change_at(note, places, plan)
        self.bullets.select(None)

    def _chosen_places(self) -> tuple[Note, tuple[Place, ...]] | None:
        """The note, and the places in it that are chosen, or the block under the cursor; None for nothing."""
        bullets, state = self.bullets, self.state
        selection = bullets.selection
        if selection is not None and selection.anchor is not None:
            note = state.note_of(selection.anchor.spot.section)
            places = tuple(
                Place(state.address(spot), span)
                for spot, span in spans(bullets.flow, selection)
                if state.note_of(spot.section) is note
            )
            return (note, places) if places else None
        block = bullets.block
        if block is None or not block.text:
            return None
        note = state.note_of(bullets.cursor.section)
        return note, (whole_block(block, state.address(bullets.cursor)),)

    # -- the highlight at the cursor

    def _here(self) -> tuple[str, Highlight] | None:
        """The note and the highlight that keys are about: the list's, else the innermost one at the cursor."""
        if self.focused is self.highlights and (entry := self.highlights.entry) is not None and entry.id:
            found = self.state.marks_of(entry.path).highlights.get(entry.id)
            return (entry.path, found) if found else None
        spot = self.bullets.cursor
        marks = self.bullets.marks.get(spot, ())
        selection = self.bullets.selection
        if selection is not None and selection.head.spot == spot:
            at = selection.head.offset
            marks = tuple(mark for mark in marks if mark.span.start <= at < mark.span.end) or marks
        if not marks:
            return None
        inner = min(reversed(marks), key=lambda mark: mark.span.end - mark.span.start)
        path = self.state.note_of(spot.section).path
        return path, self.state.marks_of(path).highlights[inner.id]

    def action_select(self) -> None:
        """Choose a phrase."""
        self.focus_bullets()
        self.bullets.begin_selecting()

    def action_adjust(self) -> None:
        """Change the bounds of the highlight at the cursor."""
        found = self._here()
        anchor = self.state.marks_of(found[0]).anchors.get(found[1].id) if found else None
        if found is None or not isinstance(anchor, Anchored):
            self.status.say("There is no highlight here whose bounds could change", is_warning=True)
            return
        first, last = anchor.places[0], anchor.places[-1]
        start = Point(self.state.spot(found[0], first.address), first.span.start)
        behind = Point(self.state.spot(found[0], last.address), last.span.end)
        self.focus_bullets()
        self.bullets.select(Selection(start, left(self.bullets.flow, behind), adjusts=found[1].id))

    def action_comment(self) -> None:
        """Comment on the highlight at the cursor; what is chosen or under the cursor is marked where none is."""

        def comment(highlight: Highlight, text: str) -> Highlight:
            return replace(highlight, comment=text.strip())

        self._ask("Comment", lambda highlight: highlight.comment, comment, "comment saved")

    def action_tags(self) -> None:
        """Tag the highlight at the cursor; what is chosen or under the cursor is marked where none is."""

        def tag(highlight: Highlight, text: str) -> Highlight:
            words = text.replace(",", " ").replace("#", " ").split()
            return replace(highlight, tags=tuple(dict.fromkeys(words)))

        all_marks = self.state.marks.values()
        used = {tag for marks in all_marks for each in marks.highlights.values() for tag in each.tags}
        self._ask("Tags", lambda highlight: " ".join(highlight.tags), tag, "tags saved", sorted(used))

    def _ask(
        self,
        question: str,
        value: Callable[[Highlight], str],
        change: Callable[[Highlight, str], Highlight],
        title: str,
        words: Sequence[str] = (),
    ) -> None:
        """Ask for a line about the highlight at the cursor, and change the highlight by it."""
        from tui.panes.prompt import Prompt

        found, places = self._here(), self._chosen_places()
        if found is None and places is None:
            self.status.say("There is no highlight here, and nothing to mark", is_warning=True)
            return

        def answered(text: str | None) -> None:
            if text is None:
                return
            if found is not None:
                path, highlight = found
                self._change(
                    lambda state: transitions.changing(
                        state, path, highlight.id, lambda each: change(each, text), title, self.session.now()
                    )
                )
            elif places is not None and text.strip():
                note, spots = places

                def plan(state: State, here: tuple[Place, ...]) -> Step:
                    new_id, now = self.session.new_id(), self.session.now()
                    said = partial(_say, change, text)
                    return transitions.making(state, note.path, here, Colour.YELLOW, said, new_id=new_id, now=now)

                self._change_at(note, spots, plan, lost=lambda: ask(text))
                self.bullets.select(None)

        hint = "tab completes · parted by spaces · enter saves · esc leaves" if words else ""

        def ask(text: str) -> None:
            self.push_screen(Prompt(question, text, hint=hint, words=words), answered)

        ask(value(found[1]) if found else "")

    # -- deciding on what needs review and on orphans

    def on_highlights_review_requested(self, message: Highlights.ReviewRequested) -> None:
        """Do what the reader decided on an entry of the highlights tab."""
        entry = message.entry
        if message.verdict == "filter":
            self._ask_filter()
        elif message.verdict == "delete":
            self._change(lambda state: transitions.deleting(state, entry.path, entry.id))
        elif message.verdict == "keep" and entry.row in (Row.ORPHAN, Row.REVIEW):
            self._change(
                lambda state: transitions.changing(
                    state,
                    entry.path,
                    entry.id,
                    lambda each: replace(each, kept=not each.kept),
                    "kept as it is",
                    self.session.now(),
                )
            )
        elif message.verdict == "accept" and entry.where:
            places = tuple(Place(self.state.address(spot), span) for spot, span in entry.where)
            self._put(entry, self.state.note(entry.path), places, "accepted")
        elif message.verdict == "relink":
            found = self._chosen_places()
            if found is not None and found[0].path == entry.path:
                self._put(entry, *found, "relinked")
                self.bullets.select(None)
            else:
                self.status.say("Put the cursor on the block it belongs to, in the same note", is_warning=True)

    def _put(self, entry: HighlightEntry, note: Note, places: tuple[Place, ...], title: str) -> None:
        """Have a highlight sit on these places of a note."""
        self._change_at(
            note,
            places,
            lambda state, here: transitions.placing(state, entry.path, entry.id, here, title, self.session.now()),
        )

    def _ask_filter(self) -> None:
        """Ask which highlights to list."""
        from tui.panes.prompt import Prompt

        def answered(text: str | None) -> None:
            if text is not None:
                self.highlights.filter = " ".join(text.split())
                self.show_highlights()

        words = "words · #tag · colour:NAME · is:review · is:orphan · is:commented"
        self.push_screen(Prompt("Filter", self.highlights.filter, hint=words), answered)

    def show_highlights(self) -> None:
        """Hand the highlights tab what it lists."""
        raise NotImplementedError

    def focus_bullets(self) -> None:
        """Give the bullets the focus."""
        raise NotImplementedError


def _say(change: Callable[[Highlight, str], Highlight], text: str, highlight: Highlight) -> Highlight:
    """A highlight with what was typed about it."""
    return change(highlight, text)
