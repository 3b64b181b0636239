"""What the key for jumping does: go to any episode, heading, highlight or question by a few letters of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Spot
from tui.ui.commands.links import FollowingApp, Step
from tui.ui.panes.flow_view import MARGIN
from tui.ui.prompt_line import AskingApp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.ui.panes.offers import Offer


class JumpingApp(AskingApp, FollowingApp):
    """An app that jumps."""

    async def action_jump(self) -> None:
        """Offer all places while a line is typed; what the list is on is shown behind it."""
        from tui.ui.picker import Offering, Wanted

        self.bullets.select(None)
        self.focus_bullets()
        here = Step(self.bullets.cursor, self.bullets.cursor_row)
        # In a thread: of ten thousand notes there are a hundred thousand places.
        places, words = await asyncio.to_thread(self._gathered)

        def looked_at(number: int | None) -> None:
            if number is None:
                self.bullets.place(*here)
            else:
                self._look_at(places[number][0])

        def taken(number: int) -> None:
            self.leave_from(here)
            looked_at(number)

        offers = [offer for _, offer in places]
        self.offering = Offering(self, Wanted("go to", "Go to", "places", "go", offers, words, taken, looked_at))

    def _gathered(self) -> tuple[list[tuple[Spot, Offer]], list[str]]:
        """All places, and their words casefolded."""
        places = list(self._places())
        return places, [offer.text.casefold() for _, offer in places]

    def _places(self) -> Iterator[tuple[Spot, Offer]]:
        """The episodes, then what each holds as far as it was counted, then the highlights."""
        from tui.ui.panes.offers import Offer

        episodes = self.bullets.episodes
        for section, episode in enumerate(episodes):
            yield Spot(section, TITLE), Offer("▸", episode.title)
        for section, episode in enumerate(episodes):
            survey = self.known_survey(episode)
            for block, text in survey.headings if survey else ():
                yield Spot(section, block), Offer("#", text, episode.title)
            for question, text in survey.questions if survey else ():
                yield Spot(section, question.block), Offer("?", text, episode.title)
        for spot, marks in self.marks.items():
            text = episodes[spot.section].blocks[spot.block].text
            for mark in marks:
                words = " ".join(text[mark.span.start : mark.span.end].split())
                yield spot, Offer("▎", words, episodes[spot.section].title)

    def _look_at(self, spot: Spot) -> None:
        """Show a place near the top of the bullets, if it is still there."""
        bullets = self.bullets
        if not spot.section < len(bullets.episodes):
            return
        if spot.block == TITLE:
            bullets.top_on(spot.section)
        elif spot.block < len(bullets.episodes[spot.section].blocks):
            bullets.go(spot)
            bullets.scroll_to_row(bullets.flow.top(spot) - MARGIN)
