"""The appearance of everything on a terminal: palette, colour depth and character set."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style as Ink

from tui.files.remembered import reader_state
from tui.ui.drawing.ascii import in_ascii
from tui.ui.drawing.styles import Depth, Inks
from tui.ui.drawing.themes import palette_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.files.config import Config
    from tui.ui.drawing.palette import Palette

DEFAULT = Color.default()
WITHOUT_COLOUR = Ink.from_color(DEFAULT, DEFAULT)
"Laid over a style, it leaves only the terminal's own colours."
SYSTEMS = {"kitty": ColorSystem.EIGHT_BIT, "256color": ColorSystem.EIGHT_BIT}
"Colour systems by the suffix of ``TERM``, as in Rich; all other terminals have sixteen colours."
UTF_8 = "utf8"
"Without this encoding, letters are drawn in ASCII."


class Look(NamedTuple):
    """The appearance of everything on a terminal."""

    palette: Palette
    has_colour: bool = True
    in_ascii: bool = False
    "True to draw all symbols in ASCII."
    letters_in_ascii: bool = False
    "True to draw letters in ASCII as well."

    @property
    def is_plain(self) -> bool:
        """True if segments are altered before they are drawn."""
        return self.in_ascii or not self.has_colour

    def shown(self, segments: Sequence[Segment]) -> list[Segment]:
        """Convert segments to what this terminal can draw, keeping their widths."""
        return [self._shown(segment) for segment in segments] if self.is_plain else list(segments)

    def _shown(self, segment: Segment) -> Segment:
        text, ink, control = segment
        if self.in_ascii:
            text = in_ascii(text, is_whole=self.letters_in_ascii)
        if not self.has_colour and ink is not None:
            ink += WITHOUT_COLOUR
        return Segment(text, ink, control)


def look_of(theme: str, config: Config, environ: Mapping[str, str]) -> Look:
    """The look of a theme, by name, in an environment."""
    return Look(
        palette_named(theme),
        has_colour="NO_COLOR" not in environ,
        in_ascii=is_in_ascii(config, environ),
        letters_in_ascii=not _is_utf8(environ),
    )


def is_in_ascii(config: Config, environ: Mapping[str, str]) -> bool:
    """True if symbols are drawn in ASCII, as configured or since the locale has no others."""
    return config.ascii or not _is_utf8(environ)


def theme_of(config: Config, environ: Mapping[str, str]) -> str:
    """The configured theme, else the one the reader chose, else dark or light to match the terminal."""
    if config.theme != "auto":
        return config.theme
    return (
        reader_state.load_theme() or _ground_in(environ) or reader_state.load_ground(terminal_name(environ)) or "dark"
    )


def is_asked(config: Config, environ: Mapping[str, str]) -> bool:
    """True if the terminal should be asked for its background, since nothing else reveals it and the terminal can
    answer.
    """
    is_open = config.theme == "auto" and "NO_COLOR" not in environ and environ.get("TERM") != "linux"
    return is_open and not _ground_in(environ) and not reader_state.load_theme()


def terminal_name(environ: Mapping[str, str]) -> str:
    """The name under which a terminal's background is remembered."""
    return environ.get("TERM_PROGRAM") or environ.get("TERM") or "terminal"


def colour_system(environ: Mapping[str, str]) -> ColorSystem:
    """The colours that a terminal's environment promises, as in Rich, whose console is slow to import."""
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    return SYSTEMS.get(environ.get("TERM", "").strip().lower().rpartition("-")[2], ColorSystem.STANDARD)


def depth(*, has_colour: bool, has_many: bool) -> Depth:
    """The colour depth of a terminal; ``has_many`` is True for more than sixteen colours."""
    return Depth.NONE if not has_colour else Depth.FULL if has_many else Depth.FEW


@lru_cache(maxsize=64)
def inks_of(theme: str, depth: Depth) -> Inks:
    """The styles of a theme, by name."""
    return Inks(palette_named(theme), depth)


def _is_utf8(environ: Mapping[str, str]) -> bool:
    """True if the locale is UTF-8; an unset one counts as UTF-8, as in Python."""
    named = next(filter(None, (environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))), UTF_8)
    return UTF_8 in named.lower().replace("-", "")


def _ground_in(environ: Mapping[str, str]) -> str:
    """``dark`` or ``light`` if the environment reports it, as rxvt, Konsole and others do; else empty."""
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return ("light" if ground in ("7", "15") else "dark") if ground.isdecimal() else ""
