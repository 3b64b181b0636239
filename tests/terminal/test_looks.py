"""The display on terminals of different kinds, and the mouse in a real one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.terminal.keys import mouse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start
    from tests.terminal.screen import Screen

READY = "podcasts.md · 8 episodes · 22 open"


def colours(screen: Screen) -> set[str]:
    """The colours of all cells, by the emulator's names."""
    cells = [screen.cell(column, row) for row in range(len(screen.lines())) for column in range(120)]
    return {colour for cell in cells for colour in (cell.fg, cell.bg)}


def test_a_terminal_without_a_screen_is_refused_in_one_line(start: Start, notes: Path) -> None:
    screen = start(notes, env={"TERM": "dumb"}, columns=200)
    screen.wait_for("earmark: TERM=dumb: this terminal cannot draw a screen; pipe the output")
    assert screen.wait_exit() == 2
    assert b"\x1b" not in screen.written


def test_without_colour_the_terminals_own_ground_and_text_are_left(start: Start, notes: Path) -> None:
    screen = start(notes, env={"NO_COLOR": "1"}, columns=120)
    screen.wait_for(READY).press("m").wait_for("Highlighted")
    assert colours(screen) == {"default"}
    screen.press("?").wait_for("Moving")
    assert colours(screen) == {"default"}


def test_a_locale_without_utf8_is_sent_ascii_alone(start: Start, notes: Path) -> None:
    screen = start(notes, env={"LC_ALL": "en_US.ISO-8859-1"}, columns=120)
    screen.wait_for("8 episodes - 22 open").press("m", "?").wait_for("Moving")
    assert screen.written.isascii()


def test_with_shift_held_the_mouse_stays_the_terminals(start: Start, notes: Path) -> None:
    """A terminal keeps drags with shift to itself unless asked not to: xterm's XTSHIFTESCAPE, ``CSI > Ps s``."""
    screen = start(notes, columns=120, rows=30)
    screen.wait_for(READY).press("m").wait_for("Highlighted").press("?").wait_for("Moving").press("q", "q").wait_exit()
    written = bytes(screen.written)
    assert b"\x1b[?1006h" in written  # it has asked for the mouse
    assert not re.search(rb"\x1b\[>[0-9;]*s", written)


def test_without_the_mouse_none_of_its_modes_is_asked_for(start: Start, notes: Path) -> None:
    config = notes.with_name("config.toml")
    config.write_text("[earmark]\nmouse = false\n")
    screen = start("--config", config, notes, columns=120, rows=30)
    screen.wait_for(READY).press("q").wait_exit()
    assert not re.search(rb"\x1b\[\?10(?:00|02|03|06|15|16)h", bytes(screen.written))


def test_the_mouse_drags_a_border_and_opens_the_menu(start: Start, notes: Path) -> None:
    screen = start(notes, columns=120, rows=30)
    screen.wait_for(READY)
    column, _ = screen.find("│")
    screen.drag((column, 12), (column + 7, 12)).wait_for(lambda lines: lines[12].find("│") == column + 7)
    bullet = screen.find("•")
    screen.send(mouse(2, bullet) + mouse(2, bullet, is_release=True)).wait_for("highlight: yellow")
    screen.press("enter").wait_for("Highlighted")
    assert 'colour = "yellow"' in notes.with_name("podcasts.highlights.toml").read_text()
