"""A list of a block's links to choose from, each with its full address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.binding import Binding
from textual.containers import Container
from textual.screen import ModalScreen

from tui.core.layout.wrapping import wrap
from tui.core.search.links import is_of_web
from tui.keys import hints
from tui.ui.dialogs.windows import bound, going, is_beside
from tui.ui.panes.entries import Entries
from tui.ui.views.lines import HEAD, fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from tui.core.search.links import Link

MOST_ROWS = 8
"Most rows shown of an address."


class LinkChoice(NamedTuple):
    """The link that the reader chose."""

    link: Link
    is_copied: bool
    "True to copy its address rather than follow it."


class _Links(Entries):
    """The links as a list: number and words, with the address below."""

    is_framed = True

    def __init__(self, links: Sequence[Link], keys: Mapping[str, Sequence[str]], *, can_open: bool) -> None:
        super().__init__()
        self.id = "link-list"
        self.links = links
        self._keys = keys
        self._can_open = can_open

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the links need; see `Widget.get_content_height`."""
        return sum(self.heights(max(1, width - 1))) + HEAD

    def count(self) -> int:
        """See `Entries`."""
        return len(self.links)

    def _address(self, index: int, width: int) -> list[str]:
        target, room = self.links[index].target, max(8, width - 4)
        return [target[start:end] for start, end in wrap(target, room)][:MOST_ROWS]

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return 1 + len(self._address(index, width - 1))

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        is_open = self._can_open or not is_of_web(self.links[self.cursor].target)
        follows = hints(self._keys, links_follow="follows") if is_open else "no browser on this machine"
        hint = " · ".join(filter(None, (follows, hints(self._keys, links_copy="copies"))))
        return [Segment(" Links", self.inks.panel_title), Segment(f" · {hint}", self.inks.panel_faint)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        if row:
            return [Segment(fit("   " + self._address(index, width)[row - 1], width), inks.panel_faint)]
        text = " ".join(self.links[index].text.split())
        return [Segment(f"{index + 1:>2} ", inks.panel_accent), Segment(fit(text, max(1, width - 3)), inks.panel)]


class LinksDialog(ModalScreen[LinkChoice | None]):
    """A dialog that asks which link to follow; it shows each address before opening anything."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("window_close", "dismiss"),
        bound("links_close", "dismiss"),
        *going("step"),
        bound("links_follow", "choose(False)"),
        bound("links_copy", "choose(True)"),
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, links: Sequence[Link], keys: Mapping[str, Sequence[str]], *, can_open: bool) -> None:
        super().__init__()
        self._list = _Links(links, keys, can_open=can_open)

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="links"):
            yield self._list

    def on_mount(self) -> None:
        """Focus the list, which then also receives wheel events."""
        self._list.focus()

    def action_step(self, by: int) -> None:
        """Move by a number of links."""
        self._list.step(by)

    def action_pick(self, number: int) -> None:
        """Move to a link by number."""
        if number <= self._list.count():
            self._list.set_cursor(number - 1)

    def action_choose(self, is_copied: bool) -> None:
        """Follow or copy the link under the cursor."""
        self.dismiss(LinkChoice(self._list.links[self._list.cursor], is_copied))

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Follow a clicked link; the message stops here."""
        message.stop()
        self.action_choose(False)

    def on_click(self, event: events.Click) -> None:
        """Close on a click outside the list."""
        if is_beside(event, self.query_one("#links")):
            self.dismiss(None)
