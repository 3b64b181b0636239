"""What the key for jumping does: go to any episode, heading, highlight or question by a few letters of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.asking import Asked, AskingApp
from tui.actions.following import FollowingApp, Step
from tui.core.flow import TITLE, Spot
from tui.panes.flow_view import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.jumping import Goal
    from tui.core.model import Episode
    from tui.core.survey import Survey
    from tui.panes.entries import Entries
    from tui.panes.jumps import Jumps


class JumpingApp(AskingApp, FollowingApp):
    """An app that jumps."""

    jumps: Jumps | None = None
    "The list of places; None until the first jump."
    _goals: tuple[Goal, ...] = ()
    _folded: tuple[str, ...] = ()
    "The words of the goals, casefolded."
    _jumped_from: tuple[Spot, int] = (Spot(0, TITLE), 0)

    def known_survey(self, episode: Episode) -> Survey | None:
        """What an episode holds, where it was counted already."""
        raise NotImplementedError

    def action_jump(self) -> None:
        """Offer all places while a line is typed; what the list is on is shown behind it."""
        from tui.panes.jumps import Jumps

        self.bullets.select(None)
        self.focus_bullets()
        if self.jumps is None:
            self.jumps = Jumps()
            self.mount(self.jumps, before=self.status)
        self.jumps.display = True
        self._jumped_from = self.bullets.cursor, self.bullets.cursor_row
        self._goals = tuple(self._all_goals())
        self._folded = tuple(goal.text.casefold() for goal in self._goals)
        keys = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "tab": 1, "shift+tab": -1}
        self.ask_line(
            Asked(
                "go to",
                self._jump_typed,
                self._jump_ended,
                hints=(("↓ ↑", "next, previous"), ("enter", "go"), ("esc", "back")),
                keys={key: lambda by=by: self._jump_step(by) for key, by in keys.items()},  # type: ignore[misc]
                pane=self.jumps,
            )
        )
        self._offer("")

    def _all_goals(self) -> Iterator[Goal]:
        """The episodes, then what each holds as far as it was counted, then the highlights."""
        from tui.core.jumping import Goal

        episodes = self.bullets.episodes
        for section, episode in enumerate(episodes):
            yield Goal("▸", episode.title, "", Spot(section, TITLE))
        for section, episode in enumerate(episodes):
            survey = self.known_survey(episode)
            for block, text in survey.headings if survey else ():
                yield Goal("#", text, episode.title, Spot(section, block))
            for question, text in survey.questions if survey else ():
                yield Goal("?", text, episode.title, Spot(section, question.block))
        for spot, marks in self.marks.items():
            text = episodes[spot.section].blocks[spot.block].text
            for mark in marks:
                words = " ".join(text[mark.span.start : mark.span.end].split())
                yield Goal("▎", words, episodes[spot.section].title, spot)

    def _jump_typed(self, text: str) -> None:
        self._offer(text)
        if text.strip():
            self._preview_jump()
        else:
            self.bullets.place(*self._jumped_from)

    def _offer(self, text: str) -> None:
        from tui.core.jumping import best

        assert self.jumps is not None
        self.jumps.show([self._goals[number] for number in best(text, self._folded)])
        self.tell_asked(f"{len(self._goals):,} places")

    def _jump_step(self, by: int) -> None:
        assert self.jumps is not None
        self.jumps.step(by)
        self._preview_jump()

    def _preview_jump(self) -> None:
        """Show what the list is on near the top of the bullets."""
        goal = self.jumps.goal if self.jumps else None
        bullets = self.bullets
        if goal is None or not goal.spot.section < len(bullets.episodes):
            return
        if goal.spot.block == TITLE:
            bullets.top_on(goal.spot.section)
        elif goal.spot.block < len(bullets.episodes[goal.spot.section].blocks):
            bullets.go(goal.spot)
            bullets.scroll_to_row(bullets.flow.top(goal.spot) - MARGIN)

    def _jump_ended(self, is_entered: bool) -> None:
        if self.jumps is not None:
            self.jumps.display = False
        if is_entered:
            self.leave_from(Step(*self._jumped_from))
            self._preview_jump()
        else:
            self.bullets.place(*self._jumped_from)

    def show_entry(self, pane: Entries) -> None:
        """See `MovingApp`; a click on a place goes there."""
        if pane is self.jumps:
            self.end_line(is_entered=True)
        else:
            super().show_entry(pane)
