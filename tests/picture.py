"""The README's moving picture: the installed program and vim in a real terminal, recorded and drawn as SVG.

``python -m tests.picture`` records it anew.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from functools import partial
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.terminal.keys import KEYS
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyte

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "earmark.svg"
COLUMNS, ROWS = 110, 28
VIM = """vim -u NONE -i NONE -n -N --cmd "set shortmess=atFI noruler noshowcmd laststatus=0 linebreak" +{line} {file}"""
CONFIG = f"[earmark]\ntheme = \"dark\"\neditor = '''{VIM}'''\n"


class Step(NamedTuple):
    """Some keys, and the text to wait for after them."""

    caption: str
    keys: tuple[str, ...]
    "Names of keys, or words to type."
    until: str
    "Text on the screen once the keys have had their effect."
    seconds: float
    "Seconds for which the screen is shown."
    each: float = 0.0
    "Seconds for which the screen after each key or word is shown; 0 for the last one alone."


START = "Read your notes in the terminal"
MARK = "Choose a phrase with v and e, highlight it with 3"
EDIT = "Press e, reword the sentence in vim, and move it up"
STAY = "The highlight is still on its words"
SUBSTITUTE = (":s/", "undergraduate ", "thesis ", "of 1990/", "first ", "thesis, ", "in 1990,/")
STEPS = (
    Step(START, (), "22 open", 2.0),
    Step(START, ("j",) * 6, "Dean's undergraduate", 0.8, 0.25),
    Step(MARK, ("v", "v"), "esc ", 0.8),
    Step(MARK, ("e",) * 6, "", 0.6, 0.25),
    Step(MARK, ("3",), "1▎", 2.0),
    Step(EDIT, ("e",), "- Dean's undergraduate thesis of 1990 trained", 1.8),
    Step(EDIT, SUBSTITUTE, "in 1990,/", 0.6, 0.25),
    Step(EDIT, ("enter",), "- Dean's first thesis, in 1990, trained", 1.0),
    Step(EDIT, (":move ", "-2"), ":move -2", 0.8, 0.25),
    Step(EDIT, ("enter",), "- Dean's first thesis, in 1990, trained", 1.4),
    Step(EDIT, (":wq",), ":wq", 0.8),
    Step(STAY, ("enter",), "changed", 5.0),
)

Cells = tuple["pyte.screens.Char", ...]


class PictureFrame(NamedTuple):
    """The screen for a period of time."""

    rows: tuple[Cells, ...]
    seconds: float
    caption: str


def record() -> list[PictureFrame]:
    """The screen after each key; equal for the same program, notes and vim."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        notes = shutil.copy(ROOT / "notes" / "podcasts.md", folder)
        home = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("STATE", "CONFIG", "DATA")}
        home |= {"HOME": name, "PYTHONPATH": str(ROOT)}
        command = (sys.executable, "-m", "tui", "--config", folder / "config.toml", notes)
        with Screen(*command, columns=COLUMNS, rows=ROWS, env=home, cwd=name) as screen:
            return list(_frames(screen))


def _frames(screen: Screen) -> Iterator[PictureFrame]:
    for step in STEPS:
        for number, key in enumerate(step.keys, 1):
            before = _rows(screen)
            if key in KEYS or len(key) == 1:
                screen.press(key)
            else:
                screen.send(key)
            if step.each or number == len(step.keys):
                screen.wait_for(partial(_has_changed, screen, before))
            if step.each and number < len(step.keys):
                yield PictureFrame(_rows(screen.rest()), step.each, step.caption)
        yield PictureFrame(_rows(screen.wait_for(step.until).rest(0.4)), step.seconds, step.caption)


def _has_changed(screen: Screen, before: tuple[Cells, ...], _: list[str]) -> bool:
    return _rows(screen) != before


def _rows(screen: Screen) -> tuple[Cells, ...]:
    """The cells of the screen, with that of a visible cursor reversed."""
    rows = [[screen.cell(column, row) for column in range(COLUMNS)] for row in range(ROWS)]
    if (cursor := screen.cursor) is not None:
        column, row = cursor
        rows[row][column] = rows[row][column]._replace(reverse=not rows[row][column].reverse)
    return tuple(map(tuple, rows))


# -- drawing

CELL, LINE, SIZE, EDGE, BAR = 8.4, 18, 14, 12, 30
"Width and height of a cell, the size of letters, the margin, and the height of the caption's bar, in pixels."
FOREGROUND, BACKGROUND = "d8dee9", "101317"
CAPTION = 'text-anchor="middle" font-family="system-ui,sans-serif" font-weight="bold" fill="#e0a458"'
STILL = -1
"The frame shown by viewers without animation, or to readers who do not want it."
LETTERS = re.compile(r"[ -~\u00a0-\u024f\u2010-\u2026]")
"Characters in every font; all others are drawn as shapes."
NAMED = {
    "black": "2e3436", "red": "cc6666", "green": "8fbf7f", "brown": "d7ba7d", "blue": "6699cc", "magenta": "b294bb",
    "cyan": "70c0ba", "white": "c5c8c6",
}  # fmt: skip
SHAPES = {
    "│": "M4.2 0V18", "┃": "M4.2 0V18", "─": "M0 9H8.4", "╭": "M8.4 9H6.2Q4.2 9 4.2 11V18",
    "╮": "M0 9H2.2Q4.2 9 4.2 11V18",
    "╰": "M8.4 9H6.2Q4.2 9 4.2 7V0", "╯": "M0 9H2.2Q4.2 9 4.2 7V0", "▔": "M0 .7H8.4", "▁": "M0 17.3H8.4",
    "↳": "M2 4V10.5H6.6M4.6 8.2L7 10.5L4.6 12.8", "→": "M.8 9H7.4M4.9 6.4L7.4 9L4.9 11.6",
    "↓": "M4.2 4V13.5M1.8 11L4.2 13.5L6.6 11", "↑": "M4.2 14V4.5M1.8 7L4.2 4.5L6.6 7",
    "○": "M1.6 9A2.6 2.6 0 1 0 6.8 9A2.6 2.6 0 1 0 1.6 9", "◦": "M2.6 9A1.6 1.6 0 1 0 5.8 9A1.6 1.6 0 1 0 2.6 9",
    "✗": "M1.8 5.5L6.6 12.5M6.6 5.5L1.8 12.5", "✓": "M1.4 9.6L3.6 12.2L7 5.6",
}  # fmt: skip
"Signs drawn as lines in a cell."
FILLED = {
    "▎": "M0 0H2.1V18H0Z", "▌": "M0 0H4.2V18H0Z", "█": "M0 0H8.4V18H0Z", "▪": "M2.4 7.2H6V10.8H2.4Z",
    "•": "M2.2 9A2 2 0 1 0 6.2 9A2 2 0 1 0 2.2 9Z", "●": "M1.2 9A3 3 0 1 0 7.2 9A3 3 0 1 0 1.2 9Z",
    "▸": "M2.2 5.4L6.6 9L2.2 12.6Z",
}  # fmt: skip
"Signs drawn as areas in a cell."


def drawn(frames: Sequence[PictureFrame]) -> str:
    """The frames as one SVG that shows each for its time, repeatedly."""
    names: dict[Cells, str] = {}
    for frame in frames:
        for row in frame.rows:
            names.setdefault(row, f"r{len(names)}")
    total = sum(frame.seconds for frame in frames)
    width, height = COLUMNS * CELL + 2 * EDGE, ROWS * LINE + EDGE + BAR
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-size="{SIZE}"'
        ' font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace">',
        "<title>A phrase is highlighted and its sentence rewritten in vim; it is highlighted still</title>",
        "<style>g.f{visibility:hidden}g.s{visibility:visible}@media(prefers-reduced-motion:no-preference){",
    ]
    before = 0.0
    for number, frame in enumerate(frames):
        start, end = 100 * before / total, 100 * (before + frame.seconds) / total
        shown = f"{start:.2f}%{{visibility:visible}}" + (f"{end:.2f}%{{visibility:hidden}}" if end < 99.99 else "")
        lead = "0%{visibility:hidden}" if number else ""
        parts.append(f"@keyframes k{number}{{{lead}{shown}}}")
        parts.append(f"#f{number}{{visibility:hidden;animation:k{number} {total:g}s step-end infinite}}")
        before += frame.seconds
    parts += ["}</style><defs>"]
    parts += [f'<g id="{name}">{"".join(_row(row))}</g>' for row, name in names.items()]
    parts.append(f'</defs><rect width="{width:g}" height="{height:g}" rx="8" fill="#{BACKGROUND}"/>')
    still = STILL % len(frames)
    for number, frame in enumerate(frames):
        seen = "visible" if number == still else "hidden"
        kind = "f s" if number == still else "f"
        parts.append(f'<g id="f{number}" class="{kind}" visibility="{seen}" transform="translate({EDGE} {BAR})">')
        parts.append(f'<text x="{COLUMNS * CELL / 2:g}" y="-10" {CAPTION}>{escape(frame.caption)}</text>')
        parts += [f'<use href="#{names[row]}" y="{y * LINE}"/>' for y, row in enumerate(frame.rows)]
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _row(row: Cells) -> Iterator[str]:
    """The shapes of a row: backgrounds first, then words and signs, each at its place."""
    looks = [_look(cell) for cell in row]
    for look, cells in groupby(range(len(row)), key=lambda column: looks[column].ground):
        columns = list(cells)
        if look != BACKGROUND:
            yield f'<rect x="{columns[0] * CELL:g}" width="{len(columns) * CELL:g}" height="{LINE}" fill="#{look}"/>'
    for column, cell in enumerate(row):
        if cell.data and LETTERS.fullmatch(cell.data) is None:
            yield _sign(cell.data, column * CELL, looks[column].ink)
    words = groupby(
        range(len(row)), key=lambda column: (looks[column], LETTERS.fullmatch(row[column].data) is not None)
    )
    for (look, is_text), cells in words:
        columns = list(cells)
        text = "".join(row[column].data for column in columns)
        if not is_text:
            continue
        for word in re.finditer(r"\S+", text):
            x, length = (columns[0] + word.start()) * CELL, len(word[0]) * CELL
            fixed = f' textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text x="{x:g}" y="13.5" fill="#{look.ink}"{look.style}{fixed}>{escape(word[0])}</text>'
        if look.is_underlined and text.strip():
            yield f'<path d="M{columns[0] * CELL:g} 15.5h{len(columns) * CELL:g}" stroke="#{look.ink}"/>'


class _Look(NamedTuple):
    """The colours and style of a cell."""

    ink: str
    ground: str
    style: str
    is_underlined: bool


def _look(cell: pyte.screens.Char) -> _Look:
    ink = FOREGROUND if cell.fg == "default" else NAMED.get(cell.fg, cell.fg)
    ground = BACKGROUND if cell.bg == "default" else NAMED.get(cell.bg, cell.bg)
    if cell.reverse:
        ink, ground = ground, ink
    style = (' font-weight="bold"' if cell.bold else "") + (' font-style="italic"' if cell.italics else "")
    return _Look(ink, ground, style, cell.underscore)


def _sign(sign: str, x: float, ink: str) -> str:
    """A sign as a shape, so that no font can lack it; raises KeyError for a sign without one."""
    if sign in FILLED:
        return f'<path transform="translate({x:g})" d="{FILLED[sign]}" fill="#{ink}"><title>{sign}</title></path>'
    width = 2 if sign == "┃" else 1
    line = f'd="{SHAPES[sign]}" fill="none" stroke="#{ink}" stroke-width="{width}"'
    return f'<path transform="translate({x:g})" {line}><title>{sign}</title></path>'


def words(svg: str) -> list[str]:
    """The text of a picture, row by row, without colours, measures and times."""
    rows = re.findall(r'<g id="r\d+">(.*?)</g>', svg)
    return [unescape(" ".join(re.findall(r"<t(?:ext|itle)[^>]*>([^<]*)<", row))) for row in rows]


if __name__ == "__main__":
    PICTURE.write_text(drawn(record()), encoding="utf-8")
