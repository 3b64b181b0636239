"""What the keys in the lists of highlights and questions do: decide on what needs review and on orphans, filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.commands.highlights import MarkingApp
from tui.ui.panes.decisions import Decisions, Row

if TYPE_CHECKING:
    from tui.core.notes.model import Note, Place
    from tui.ui.panes.decisions import Entry


class DecidingApp(MarkingApp):
    """An app in which the reader decides where highlights and questions belong."""

    def show_questions(self) -> None:
        """Hand the question pane what it lists."""
        raise NotImplementedError

    def on_decisions_decision_made(self, message: Decisions.DecisionMade) -> None:
        """Do what the reader decided on an entry of a list."""
        self._decide(message.verdict, message.entry)
        message.pane.unheard -= 1
        self.call_next(self.take_waiting_keys)

    def _decide(self, verdict: str, entry: Entry) -> None:
        from tui.core.annotations.highlights import question_of_link
        from tui.core.notes.model import Place
        from tui.core.state import highlighting

        question = question_of_link(entry.id)
        if question is not None and verdict == "delete":
            self._unlink(entry.path, question)
        elif verdict == "delete":
            self.change(lambda state: highlighting.deleting(state, entry.path, entry.id))
        elif verdict == "keep" and entry.row in (Row.ORPHAN, Row.REVIEW):
            self.change(lambda state: highlighting.keeping(state, entry.path, entry.id, self.session.now()))
        elif verdict == "accept" and entry.where:
            places = tuple(Place(self.state.address(spot), span) for spot, span in entry.where)
            self._put(entry, self.state.note(entry.path), places, "accepted")
        elif verdict == "relink":
            found = self.chosen_places()
            if found is not None and found[0].path == entry.path:
                self._put(entry, *found, "relinked")
                self.bullets.select(None)
            else:
                self.status.say("Put the cursor on the block it belongs to, in the same note", is_warning=True)

    def _unlink(self, path: str, question: str) -> None:
        """Have a question be answered by no block."""
        from tui.core.state import answering

        self.change(
            lambda state: answering.rewording(state, path, question, answering.unlinked, "unlinked", self.session.now())
        )

    def _put(self, entry: Entry, note: Note, places: tuple[Place, ...], title: str) -> None:
        """Have a highlight or a question sit on these places of a note."""
        from tui.core.state import highlighting

        self.change_at(
            note,
            places,
            lambda state, here: highlighting.placing(state, entry.path, entry.id, here, title, self.session.now()),
        )

    def on_decisions_filter_requested(self, message: Decisions.FilterRequested) -> None:
        """Ask what to list."""
        from tui.ui.dialogs.prompt import Prompt

        pane = message.pane

        def answered(text: str | None) -> None:
            if text is not None:
                pane.filter = " ".join(text.split())
                self.show_highlights()
                self.show_questions()

        self.push_screen(Prompt("Filter", pane.filter, hint=pane.filter_hint), answered)
