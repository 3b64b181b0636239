"""A line that is typed while a list above it shows what fits it best, of which one is taken or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.actions.asking import Asked
from tui.core.jumping import MOST, best
from tui.panes.offers import Offers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.actions.asking import AskingApp
    from tui.panes.offers import Offer


class Wanted(NamedTuple):
    """What a reader is to choose."""

    sign: str
    "What stands before the line."
    title: str
    "What stands above the list."
    unit: str
    "What the things are called, of which there are several."
    does: str
    "What the key does that takes one, in a word."
    offers: Sequence[Offer]
    taken: Callable[[int], None]
    "Told of the one that is taken, by its number."
    looked_at: Callable[[int | None], None] = lambda _: None
    "Told of each that the list comes to, and of None where nothing is typed or the reader left."


class Offering:
    """The things that are offered, for as long as the line is typed."""

    def __init__(self, app: AskingApp, wanted: Wanted) -> None:
        """Begin to offer them."""
        self._app = app
        self._wanted = wanted
        self._folded = tuple(offer.text.casefold() for offer in wanted.offers)
        self._listed: list[int] = []
        found = app.query(Offers)
        self.pane = found.first() if found else Offers()
        if not found:
            app.mount(self.pane, before=app.status)
        self.pane.display = True
        steps = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "tab": 1, "shift+tab": -1}
        app.ask_line(
            Asked(
                wanted.sign,
                self._typed,
                self._ended,
                hints=(("↓ ↑", "next, previous"), ("enter", wanted.does), ("esc", "back")),
                keys={key: lambda by=by: self._step(by) for key, by in steps.items()},  # type: ignore[misc]
                pane=self.pane,
            )
        )
        self._list("")

    @property
    def _chosen(self) -> int | None:
        """The number of the one under the cursor."""
        return self._listed[self.pane.cursor] if self._listed else None

    def _list(self, text: str) -> None:
        wanted = self._wanted
        self._listed = best(text, self._folded)
        self.pane.show(wanted.title, [wanted.offers[number] for number in self._listed])
        found = len(self._listed)
        some = "" if not text.strip() else f"the best {found} of " if found == MOST else f"{found} of "
        self._app.tell_asked(f"{some}{len(wanted.offers):,} {wanted.unit}", is_wrong=not self._listed)

    def _typed(self, text: str) -> None:
        self._list(text)
        self._wanted.looked_at(self._chosen if text.strip() else None)

    def _step(self, by: int) -> None:
        self.pane.step(by)
        self._wanted.looked_at(self._chosen)

    def _ended(self, is_entered: bool) -> None:
        self.pane.display = False
        if is_entered and self._chosen is not None:
            self._wanted.taken(self._chosen)
        else:
            self._wanted.looked_at(None)
