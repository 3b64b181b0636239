"""The colours of the screen, for dark and light backgrounds and for terminals with few colours or none."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """A set of colours, as ``#rrggbb`` or as Rich's names for the terminal's own."""

    name: str
    dark: bool
    ground: str
    "Background of text."
    panel: str
    "Background of the bars and the side panes."
    raised: str
    "Background of the block under the cursor."
    line: str
    "Rules and separators."
    text: str
    faint: str
    accent: str
    heading: str
    code: str
    link: str
    warning: str
    tints: tuple[str, ...]
    "Backgrounds of highlighted text, in the order of `Colour`."
    signs: tuple[str, ...]
    "Colours of highlight signs in the gutter and in lists, in the same order."
    hit: str
    "Background of a search hit, whose text has the ground's colour; differs from all tints."
    hit_here: str
    "Background of the current hit."


DARK = Palette(
    name="earmark-dark",
    dark=True,
    ground="#191a1d",
    panel="#202226",
    raised="#2a2c32",
    line="#3a3d44",
    text="#d6d3cb",
    faint="#9b978f",
    accent="#e2a65a",
    heading="#f3ead8",
    code="#b3c48c",
    link="#82b5d1",
    warning="#e58271",
    tints=("#574a1c", "#2c4d31", "#24456a", "#5c3143", "#473468"),
    signs=("#e9c64f", "#86c77c", "#74b2ea", "#ec8fae", "#b79bea"),
    hit="#58b8b4",
    hit_here="#f6f1e4",
)
LIGHT = Palette(
    name="earmark-light",
    dark=False,
    ground="#fbf9f4",
    panel="#f2efe7",
    raised="#e9e5da",
    line="#d3cec1",
    text="#2a2926",
    faint="#67635a",
    accent="#9d4e16",
    heading="#14130f",
    code="#4c6a1d",
    link="#1f6391",
    warning="#b3372a",
    tints=("#fbe694", "#cdeac3", "#c9e0f7", "#f8d1dd", "#e0d5f7"),
    signs=("#a67c00", "#3d8030", "#2c6fb0", "#b8406a", "#7650b8"),
    hit="#14716e",
    hit_here="#14130f",
)

FEW_DARK = Palette(
    name="few-dark",
    dark=True,
    ground="default",
    panel="default",
    raised="default",
    line="bright_black",
    text="default",
    faint="white",
    accent="bright_yellow",
    heading="bright_white",
    code="bright_green",
    link="bright_cyan",
    warning="bright_red",
    tints=("bright_yellow", "bright_green", "bright_blue", "bright_magenta", "bright_cyan"),
    signs=("bright_yellow", "bright_green", "bright_blue", "bright_magenta", "bright_cyan"),
    hit="default",
    hit_here="default",
)
"Sixteen colours for a dark terminal."
FEW_LIGHT = FEW_DARK._replace(
    name="few-light",
    dark=False,
    raised="white",
    faint="bright_black",
    accent="blue",
    heading="black",
    code="green",
    link="blue",
    warning="red",
    signs=("yellow", "green", "blue", "magenta", "cyan"),
)
"Sixteen colours for a light terminal."
NONE = FEW_DARK._replace(
    name="none",
    raised="default",
    line="default",
    faint="default",
    accent="default",
    heading="default",
    code="default",
    link="default",
    warning="default",
    tints=("default",) * 5,
    signs=("default",) * 5,
)
"Only the terminal's own background and text colours."
