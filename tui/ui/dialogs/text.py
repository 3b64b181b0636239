"""A window of text to read, such as the removed blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.containers import Container
from textual.screen import ModalScreen

from tui.core.layout.wrapping import wrap
from tui.core.notes.model import Span
from tui.core.notes.sanitise import clean
from tui.ui.dialogs.windows import bound, going, is_beside
from tui.ui.drawing.paint import set_runs
from tui.ui.panes.line_pane import Lines
from tui.ui.views.lines import HEAD, adjusted, fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from rich.style import Style as Ink
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from tui.core.notes.model import Style


MOST_ROWS = 40
"Most rows of text on screen at once."
PAGE = 12
"Rows to scroll per page."


class SheetLine(NamedTuple):
    """One line of a sheet, wrapped to its width."""

    text: str
    "The text, wrapped beneath itself."
    lead: str = ""
    "Text in a separate column before it."
    runs: tuple[tuple[Span, Style], ...] = ()
    "Spans of the text with their own style."
    is_heading: bool = False


class _Text(Lines):
    """The text of a sheet."""

    is_framed = True

    def __init__(self, title: str, lines: Sequence[SheetLine]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._width = 0
        self._rows: list[SheetLine] = []
        self._column = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the text needs, on a tall screen some; see `Widget.get_content_height`."""
        self._wrap(max(1, width - 1))
        return min(self.row_count(), MOST_ROWS) + HEAD

    def prepare(self) -> None:
        """See `Lines`."""
        self._wrap(self.text_width)

    def _wrap(self, width: int) -> None:
        if width == self._width:
            return
        self._width = width
        widest = max((len(line.lead) for line in self._lines), default=0)
        self._column = min(widest + 5, max(6, width // 2)) if widest else 0
        self._rows = []
        for line in self._lines:
            room = max(8, width - (self._column if line.lead else 1) - 1)
            text = clean(line.text)
            for index, (start, end) in enumerate(wrap(text, room) or [(0, 0)]):
                lead = line.lead and (line.lead if not index else " ")
                runs = tuple((Span(first - start, last - start), style) for (first, last), style in line.runs)
                self._rows.append(line._replace(text=text[start:end], lead=lead, runs=runs))

    def row_count(self) -> int:
        """See `Lines`."""
        return len(self._rows)

    def draw_heading(self, width: int) -> list[Segment]:
        """See `Lines`."""
        inks = self.inks
        title = Segment(fit(" " + self._title, max(0, width - 14)), inks.panel_title)
        return adjusted([title, Segment("esc closes  ", inks.panel_faint)], width, inks.panel)

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """See `Lines`."""
        inks = self.inks
        text, lead, runs, is_heading = self._rows[row]
        if not lead:
            return [Segment(fit(" " + text, width), inks.panel_strong if is_heading else inks.panel)]
        beside = Segment(fit("   " + lead, self._column - 1) + " ", inks.panel_accent)
        text = fit(text, width - self._column)
        layers = [(start, end, inks.inline[style]) for (start, end), style in runs]
        return [beside, *set_runs(text, 0, len(text), inks.panel, layers)]

    @property
    def background(self) -> Ink:
        """See `Lines`."""
        return self.inks.panel


class Sheet(ModalScreen[None]):
    """A window of text that can be scrolled."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("window_close", "dismiss"),
        bound("sheet_close", "dismiss"),
        *going("scroll_text"),
        bound("sheet_down", f"scroll_text({PAGE})"),
        bound("sheet_up", f"scroll_text(-{PAGE})"),
    ]

    def __init__(self, title: str, lines: Sequence[SheetLine]) -> None:
        super().__init__()
        self._text = _Text(title, lines)

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="sheet"):
            yield self._text

    def on_mount(self) -> None:
        """Focus the text, which then also receives wheel events."""
        self._text.focus()

    def action_scroll_text(self, by: int) -> None:
        """Scroll."""
        self._text.scroll_rows(by)

    def on_click(self, event: events.Click) -> None:
        """Close on a click outside the text."""
        if is_beside(event, self.query_one("#sheet")):
            self.dismiss()
