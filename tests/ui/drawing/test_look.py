"""The look of a terminal, determined without Textual and without a console, with the same result."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.color import Color
from textual.filter import NoColor
from textual.theme import BUILTIN_THEMES

from tui.files.config import Config
from tui.files.remembered import reader_state
from tui.ui.drawing.look import colour_system, is_asked, look_of, theme_of
from tui.ui.drawing.styles import Depth, Inks
from tui.ui.drawing.themes import THEMES, ThemeColours

if TYPE_CHECKING:
    from pathlib import Path

NAMED = ("background", "foreground", "accent", "success", "primary", "error")
TERMS = (
    "",
    "xterm",
    "xterm-256color",
    "XTERM-256COLOR",
    "screen-16color",
    "xterm-kitty",
    "linux",
    "vt100",
    "tmux-direct",
)


def test_the_colours_of_textuals_themes_are_those_written_down() -> None:
    generated = {name: theme.to_color_system().generate() for name, theme in BUILTIN_THEMES.items() if not theme.ansi}
    found = {
        name: ThemeColours(BUILTIN_THEMES[name].dark, *(colours[each][:7].lower() for each in NAMED))
        for name, colours in generated.items()
    }
    assert found == THEMES


@pytest.mark.parametrize(("term", "told"), [*product(TERMS, ("", "truecolor", " 24bit ", "yes"))])
def test_a_terminal_has_the_colours_that_a_console_would_find(term: str, told: str) -> None:
    environ = {"TERM": term, "COLORTERM": told}
    console = Console(_environ=environ, force_terminal=True, legacy_windows=False)
    assert colour_system(environ) is console._color_system


def test_segments_without_colour_are_those_of_textuals_filter() -> None:
    inks = Inks(look_of("dark", Config(), {}).palette, Depth.NONE)
    drawn = [Segment("a", ink) for ink in (inks.text, inks.select, inks.bar, inks.warning, *inks.inline.values())]
    look = look_of("dark", Config(), {"NO_COLOR": ""})
    assert look.shown(drawn) == NoColor().apply(drawn, Color(0, 0, 0))


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, (True, False, False)),
        ({"LANG": "C.UTF-8"}, (True, False, False)),
        ({"LANG": "C"}, (True, True, True)),
        ({"LC_ALL": "en_US.utf8", "LANG": "C", "NO_COLOR": "1"}, (False, False, False)),
    ],
)
def test_a_terminal_tells_its_signs_and_its_colours_by_the_environment(
    environ: dict[str, str], wanted: tuple[bool, bool, bool]
) -> None:
    assert look_of("nord", Config(), environ)[1:] == wanted


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_the_configured_theme_comes_before_the_one_chosen_and_that_before_the_terminals() -> None:
    light = {"COLORFGBG": "0;15"}
    assert theme_of(Config(), {}) == "dark"
    assert theme_of(Config(), light) == "light"
    reader_state.save_ground("xterm", "light")
    assert theme_of(Config(), {"TERM": "xterm"}) == "light"
    assert theme_of(Config(), {"TERM": "xterm", "TERM_PROGRAM": "other"}) == "dark"
    assert theme_of(Config(), {"TERM": "xterm", "COLORFGBG": "15;0"}) == "dark"
    reader_state.save_theme("dracula")
    assert theme_of(Config(), light) == "dracula"
    assert theme_of(Config(theme="nord"), light) == "nord"


def test_a_terminal_is_asked_for_its_background_only_where_nothing_else_tells() -> None:
    assert is_asked(Config(), {"TERM": "xterm"})
    assert not is_asked(Config(theme="dark"), {"TERM": "xterm"})
    assert not is_asked(Config(), {"TERM": "xterm", "COLORFGBG": "0;15"})
    assert not is_asked(Config(), {"TERM": "linux"})
    assert not is_asked(Config(), {"TERM": "xterm", "NO_COLOR": ""})
    reader_state.save_theme("dracula")
    assert not is_asked(Config(), {"TERM": "xterm"})
