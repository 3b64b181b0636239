"""What the keys for highlights do: mark, comment, tag, change bounds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour
from tui.core.layout.selection import Point, Selection, left, spans
from tui.ui.saving import SavingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import Highlight
    from tui.core.notes.model import Note, Place
    from tui.core.state.model import State


class MarkingApp(SavingApp):
    """An app whose keys mark, comment on, tag and place highlights."""

    def action_mark(self, colour: str = "") -> None:
        """Mark or unmark what is chosen, else the block under the cursor; or mark it in a colour."""
        from tui.core.state import highlighting

        found = self.chosen_places()
        if found is None:
            self.status.say("There is nothing to mark here", is_warning=True)
            return
        note, places = found
        chosen = Colour(colour) if colour else None
        selection = self.bullets.selection
        adjusted = selection.adjusts if selection else ""

        def plan(state: State, here: tuple[Place, ...]) -> Step | None:
            if adjusted:
                return highlighting.placing(state, note.path, adjusted, here, "bounds changed", self.session.now())
            new_id, now = self.session.new_id(), self.session.now()
            return highlighting.marking(state, note.path, here, chosen, new_id=new_id, now=now)

        self.change_at(note, places, plan)
        self.bullets.select(None)

    def chosen_places(self) -> tuple[Note, tuple[Place, ...]] | None:
        """The note, and the places in it that are chosen, or the block under the cursor; None for nothing."""
        from tui.core.notes.model import Place
        from tui.core.state.highlighting import whole_block

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

    async def action_adjust(self) -> None:
        """Change the bounds of the highlight at the cursor."""
        from tui.core.annotations.highlights import Anchored

        await self.changes_shown()
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

    async def action_comment(self) -> None:
        """Comment on the highlight at the cursor; what is chosen or under the cursor is marked where none is."""
        await self.changes_shown()

        def comment(highlight: Highlight, text: str) -> Highlight:
            return replace(highlight, comment=text.strip())

        self._ask("Comment", lambda highlight: highlight.comment, comment, "comment saved")

    async def action_tags(self) -> None:
        """Tag the highlight at the cursor; what is chosen or under the cursor is marked where none is."""
        await self.changes_shown()

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
        from tui.core.state import highlighting
        from tui.ui.dialogs.prompt import Prompt

        found, places = self._here(), self.chosen_places()
        if found is None and places is None:
            self.status.say("There is no highlight here, and nothing to mark", is_warning=True)
            return

        def answered(text: str | None) -> None:
            if text is None:
                return
            if found is not None:
                path, highlight = found
                self.change(
                    lambda state: highlighting.changing(
                        state, path, highlight.id, lambda each: change(each, text), title, self.session.now()
                    )
                )
            elif places is not None and text.strip():
                note, spots = places

                def plan(state: State, here: tuple[Place, ...]) -> Step:
                    new_id, now = self.session.new_id(), self.session.now()
                    said = partial(_say, change, text)
                    return highlighting.making(state, note.path, here, Colour.YELLOW, said, new_id=new_id, now=now)

                self.change_at(note, spots, plan, lost=lambda: ask(text))
                self.bullets.select(None)

        hint = "tab completes · parted by spaces · enter saves · esc leaves" if words else ""

        def ask(text: str) -> None:
            self.push_screen(Prompt(question, text, hint=hint, words=words), answered)

        ask(value(found[1]) if found else "")


def _say(change: Callable[[Highlight, str], Highlight], text: str, highlight: Highlight) -> Highlight:
    """A highlight with what was typed about it."""
    return change(highlight, text)
