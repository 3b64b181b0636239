"""The help: all signs, and all actions with their configured keys, in columns that can be filtered."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.containers import Container
from textual.screen import ModalScreen

from tui.core.layout.wrapping import wrap
from tui.keymap import EVERY_ACTION
from tui.keys import hints, shown
from tui.ui.dialogs.fields import Field
from tui.ui.dialogs.windows import bound, going, is_beside
from tui.ui.lists.actions import title_of
from tui.ui.lists.legend import LEGEND
from tui.ui.panes.line_pane import Lines
from tui.ui.views.lines import HEAD, adjusted, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import ClassVar

    from rich.style import Style as Ink
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size


COLUMN = 56
"Width of a column if there are several, in cells."
MOST_COLUMNS = 3
LEAD = 20
"Maximum width of the keys before each title, in cells."
_IN_KEY = re.compile(r"(?<! ) (?! )")
"The space in a key's name, such as `page down`; two spaces are between keys."
FRAME = 2
"Rows and columns that the frame takes."


class HelpRow(NamedTuple):
    """A sign with its meaning, or keys with their effect."""

    lead: str
    text: str
    also: str = ""
    "Other words that the filter matches."


class HelpSection(NamedTuple):
    """A titled group of rows."""

    title: str
    rows: tuple[HelpRow, ...]


class HelpLine(NamedTuple):
    """One line of a column: a title without a lead, or a part of a row."""

    lead: str
    text: str
    is_title: bool = False


def help_sheet(
    keys: Mapping[str, Sequence[str]],
    colours: Mapping[str, str],
    groups: Sequence[str] = (),
    written: Callable[[str], str] = str,
) -> HelpSheet:
    """The help screen: the signs, then every action with its keys, starting with those of ``groups``.

    Args:
        keys: The configured keys by action name.
        colours: The reader's names for the colours.
        groups: The groups of actions that apply where the reader is.
        written: Returns keys as they are written on this screen.
    """
    by_group: dict[str, list[HelpRow]] = {group: [] for group in groups}
    for action in EVERY_ACTION:
        lead = written("  ".join(map(shown, keys[action.name]))) or "no key"
        row = HelpRow(lead, title_of(action, colours), f"{action.aliases} {action.name}")
        by_group.setdefault(action.group, []).append(row)
    signs = HelpSection("Signs", tuple(HelpRow(*entry) for entry in LEGEND))
    return HelpSheet([signs, *(HelpSection(group, tuple(rows)) for group, rows in by_group.items())], keys)


def matching(sections: Iterable[HelpSection], typed: str) -> list[HelpSection]:
    """The rows that contain every typed word, also counting their section's title, by section."""
    words = typed.casefold().split()
    found = (
        HelpSection(
            title,
            tuple(row for row in rows if all(word in " ".join((title, *row)).casefold() for word in words)),
        )
        for title, rows in sections
    )
    return [section for section in found if section.rows]


def in_columns(sections: Sequence[HelpSection], columns: int, width: int) -> list[list[HelpLine]]:
    """The lines of each column, filled in turn to equal height; sections are not divided."""
    blocks = [list(_lines(section, width)) for section in sections]
    height = max([-(-sum(map(len, blocks)) // columns), *map(len, blocks)], default=0)
    while (filled := _filled(blocks, height)) and len(filled) > columns:
        height += 1
    return filled


def _filled(blocks: Iterable[list[HelpLine]], height: int) -> list[list[HelpLine]]:
    """Columns of at most ``height`` lines."""
    columns: list[list[HelpLine]] = []
    for block in blocks:
        if columns and len(columns[-1]) + len(block) <= height:
            columns[-1] += block
        else:
            columns.append(list(block))
    return columns


def _lines(section: HelpSection, width: int) -> Iterator[HelpLine]:
    """A section's lines in a column: its title, its rows, wrapped with hanging indents, and a blank line."""
    yield HelpLine("", section.title, is_title=True)
    of_lead = _lead_in(width)
    room = max(8, width - of_lead - 4)
    for row in section.rows:
        unbroken = _IN_KEY.sub("\N{NO-BREAK SPACE}", row.lead)
        leads = (row.lead[start:end] for start, end in wrap(unbroken, of_lead))
        texts = (row.text[start:end] for start, end in wrap(row.text, room))
        for lead, text in zip_longest(leads, texts, fillvalue=""):
            yield HelpLine(lead, text)
    yield HelpLine("", "")


class HelpColumns(Lines):
    """The sections side by side."""

    is_framed = True

    def __init__(self, sections: Sequence[HelpSection], keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._sections = sections
        self._keys = keys
        self._typed = ""
        self._width = 0
        self.shown: list[list[HelpLine]] = []
        "The lines of each column."

    def filter(self, typed: str) -> None:
        """Show only rows that match these words."""
        self._typed, self._width, self.top = typed, 0, 0
        self.prepare()
        self.refresh()

    def height_of(self, width: int) -> int:
        """The height of all sections at a width, including the heading."""
        columns = _columns_in(width)
        return max(map(len, in_columns(self._sections, columns, width // columns)), default=0) + HEAD

    def prepare(self) -> None:
        """See `Lines`."""
        width = self.text_width
        if width != self._width:
            self._width = width
            columns = _columns_in(width)
            self.shown = in_columns(matching(self._sections, self._typed), columns, width // columns)

    def row_count(self) -> int:
        """See `Lines`."""
        return max(map(len, self.shown), default=1)

    def draw_heading(self, width: int) -> list[Segment]:
        """See `Lines`."""
        inks = self.inks
        hint = hints(self._keys, help_filter="filters", window_close="closes")
        title = Segment(fit(" Keys and signs", max(0, width - len(hint) - 2)), inks.panel_title)
        return adjusted([title, Segment(hint + "  ", inks.panel_faint)], width, inks.panel)

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """See `Lines`."""
        inks = self.inks
        room = width // _columns_in(width)
        of_lead, segments = _lead_in(room), list[Segment]()
        for lines in self.shown:
            lead, text, is_title = lines[row] if row < len(lines) else HelpLine("", "")
            if is_title:
                segments.append(Segment(fit(" " + text, room), inks.panel_strong))
            else:
                segments += [
                    Segment(fit("  " + lead, of_lead + 3), inks.panel_accent),
                    Segment(fit(text, max(1, room - of_lead - 3)), inks.panel),
                ]
        if not self.shown:
            segments = [Segment("  No match", inks.panel_faint)]
        return adjusted(segments, width, inks.panel)

    @property
    def background(self) -> Ink:
        """See `Lines`."""
        return self.inks.panel


def _lead_in(width: int) -> int:
    """Cells for the keys in a column of this width."""
    return min(LEAD, max(6, width // 4))


def _columns_in(width: int) -> int:
    return max(1, min(MOST_COLUMNS, width // COLUMN))


class HelpSheet(ModalScreen[None]):
    """The help, which can be scrolled and filtered."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("window_close", "close"),
        bound("sheet_close", "dismiss"),
        *going("scroll_text"),
        bound("sheet_down", "turn(1)"),
        bound("sheet_up", "turn(-1)"),
        bound("help_filter", "filter"),
    ]

    def __init__(self, sections: Sequence[HelpSection], keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.columns = HelpColumns(sections, keys)
        self._field = Field(placeholder="a key, a sign or some words", select_on_focus=False)
        self._field.display = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="help"):
            yield self.columns
            yield self._field

    def on_mount(self) -> None:
        """Give the columns the focus and the wheel."""
        self.columns.focus()
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the screen."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        """Use as many columns as fit, and only as many rows as they need."""
        room, height = max(8, size.width - FRAME), size.height - FRAME
        box = self.query_one("#help")
        width = min(room, _columns_in(room) * COLUMN + 1) if room > COLUMN else room
        box.styles.width = width + FRAME
        box.styles.height = min(height, self.columns.height_of(width - 1) + 1) + FRAME

    def action_scroll_text(self, by: int) -> None:
        """Scroll by rows."""
        self.columns.scroll_rows(by)

    def action_turn(self, pages: int) -> None:
        """Scroll by pages, keeping one row in view."""
        self.columns.scroll_rows(pages * max(1, self.columns.page - 1))

    def action_filter(self) -> None:
        """Focus the filter field."""
        self._field.display = True
        self._field.focus()

    def action_close(self) -> None:
        """Clear the filter if there is one, or else close."""
        if self._field.display:
            self._field.value = ""
            self._field.display = False
            self.columns.focus()
        else:
            self.dismiss()

    def on_input_changed(self, event: Field.Changed) -> None:
        """Filter while typing."""
        self.columns.filter(event.value)

    def on_input_submitted(self) -> None:
        """Return to the filtered rows."""
        self.columns.focus()

    def on_click(self, event: events.Click) -> None:
        """Close on a click outside the help."""
        if is_beside(event, self.query_one("#help")):
            self.dismiss()
