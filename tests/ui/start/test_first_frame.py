"""The law of the first frame: every cell, with its style, equals the one that Textual draws afterwards."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from rich.style import Style as Ink

from tui.core.layout.flow import shown_around
from tui.core.notes.excerpt import excerpt_around
from tui.core.notes.model import Position
from tui.core.notes.reading import read_note
from tui.core.search.bookmark import Bookmark, bookmark_of
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.remembered import reader_state
from tui.files.watching.stable_read import signature
from tui.ui.app import Reader
from tui.ui.drawing.themes import NAMES
from tui.ui.start.first_frame import FirstFrame

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import RenderableType
    from rich.segment import Segment
    from textual.screen import Screen

HIGHLIGHTS = """\
version = 1
note = "heard.md"

[[highlight]]
id = "01M8JW29SJ86JYKGVBNACWQ0Z5"
colour = "yellow"

[[highlight.part]]
exact = "A paragraph."
block = "A paragraph."
start = 0
line = 13
"""
SIZES = ((120, 40), (80, 24), (100, 13), (63, 20), (20, 6), (200, 60), (8, 4))
WORDS = "words that are as long as a row of this pane and go on for some more rows " * 4
EPISODES = "".join(
    f"# Ada and Bo on Looms ({number}/3/2024)\n\n## Cards\n\n"
    + f"- **bold** {number} and `code` with a [link](https://x.y/z), and more words than one row can hold\n"
    f"  - Is it wide? 港の地図 한국어 🚲🌧 e\u0301te\u0301\n\n> quoted\n\n```\ncode {number}\n```\n\nA paragraph.\n\n"
    for number in range(1, 10)
)


async def textuals(reader: Reader, size: tuple[int, int]) -> list[list[Segment]]:
    """The rows of the first frame drawn by Textual."""
    frames: list[list[list[Segment]]] = []
    display = reader._display

    def watched(screen: Screen[Any], renderable: RenderableType | None) -> None:
        if renderable is not None and reader._running and not reader._batch_count:
            frames.append([list(strip) for strip in screen._compositor.render_strips()])
        display(screen, renderable)

    reader._display = watched  # type: ignore[method-assign]  # Textual tells nobody of its frames
    async with reader.run_test(size=size):
        return frames[0]


def cells(rows: Iterable[Iterable[Segment]]) -> list[list[tuple[object, ...]]]:
    """The letters of each row, with all parts of their styles that a terminal draws."""
    return [[(letter, *_look(ink or Ink())) for text, ink, _ in row for letter in text] for row in rows]


@cache
def _look(ink: Ink) -> tuple[object, ...]:
    drawn = (ink.bold, ink.dim, ink.italic, ink.underline, ink.strike, ink.reverse)
    return (ink.color, ink.bgcolor, *map(bool, drawn))


async def agree(opened: Opened, *sizes: tuple[int, int]) -> list[str]:
    """Check that both draw the same at each size; returns the rows of the last one as text."""
    early: list[list[Segment]] = []
    for columns, rows in sizes:
        early = FirstFrame(opened).rows(columns, rows)
        assert cells(early) == cells(await textuals(Reader(opened), (columns, rows)))
    return ["".join(segment.text for segment in row) for row in early]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's first start, on a terminal with all colours."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("NO_COLOR", "COLORFGBG", "LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes" / "heard.md"
    path.parent.mkdir()
    path.write_text(EPISODES)
    return path


def opened(path: Path, **settings: object) -> Opened:
    """Notes opened with a configuration."""
    return Opened(str(path), Config(**settings))  # type: ignore[arg-type]  # of any setting


async def test_both_draw_the_same_at_every_size(notes: Path) -> None:
    await agree(opened(notes), *SIZES)


async def test_the_first_frame_says_nothing_about_uncounted_questions(notes: Path) -> None:
    notes.write_text("# Log\n\n- Is it counted?\n")
    shown = "\n".join(await agree(opened(notes), (120, 30)))
    assert "Questions · episode" in shown
    assert "0 open" not in shown
    assert "No questions" not in shown


@pytest.mark.parametrize("theme", NAMES)
async def test_both_draw_the_same_in_every_theme(notes: Path, theme: str) -> None:
    await agree(opened(notes, theme=theme), (120, 30))


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1"},
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "xterm", "COLORTERM": "", "COLORFGBG": "0;15"},
        {"COLORTERM": ""},
        {"COLORFGBG": "0;15"},
        {"LC_ALL": "C"},
    ],
    ids=["no colour", "16 colours", "16 on white", "256 colours", "light", "ascii"],
)
async def test_both_draw_the_same_on_every_terminal(
    notes: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    await agree(opened(notes), (120, 30), (70, 12))


@pytest.mark.parametrize("settings", [{"width": 20}, {"width": 1000}, {"ascii": True}, {"keys": {"quit": ("x",)}}])
async def test_both_draw_the_same_as_configured(notes: Path, settings: dict[str, object]) -> None:
    await agree(opened(notes, **settings), (150, 30))


@pytest.mark.parametrize("widths", [(50, 20), (0, 60), (200, 200)])
async def test_both_draw_lists_as_wide_as_the_reader_made_them(notes: Path, widths: tuple[int, int]) -> None:
    reader_state.save_widths(widths)
    await agree(opened(notes), (130, 30), (90, 30))


@pytest.mark.parametrize("row", [0, 7, 25])
async def test_both_begin_at_the_bookmark(notes: Path, row: int) -> None:
    found = opened(notes)
    found.keep_bookmark(Bookmark("Ada and Bo on Looms (8/3/2024)", "A paragraph.", 0, row))
    shown = await agree(found, *SIZES)
    assert any("A paragraph." in line for line in await agree(found, (120, 40))), shown


@pytest.mark.parametrize(("block", "row"), [(0, 0), (499, 7), (500, 25), (1250, 0), (100_000, 25)])
async def test_a_long_episode_is_drawn_from_the_part_around_the_bookmark_as_from_the_whole(
    notes: Path, block: int, row: int
) -> None:
    bullets = (f"{'  ' * (number % 3)}- bullet {number} {WORDS[: number * 7 % 300]}\n" for number in range(9000))
    notes.write_text(EPISODES + "# Long\n\n## One\n\n" + "".join(bullets) + "# After\n\n- a\n")
    found = opened(notes)
    for piece in found.pieces:
        library = piece.library
    place = Position(len(library.episodes) - 2, block)
    blocks = library.episodes[place.section].body.whole()
    number = min(block, len(blocks) - 1)
    found.keep_bookmark(bookmark_of(State(library), place._replace(block=number), row))
    found.keep_excerpt(library.notes[0], place.section)
    drawn = [cells(FirstFrame(opened(notes)).rows(*size)) for size in SIZES]
    found.keep_excerpt(library.notes[0], place.section, shown_around(number, len(blocks)))
    for size, whole in zip(SIZES, drawn, strict=True):
        part = opened(notes)
        assert cells(FirstFrame(part).rows(*size)) == whole
        assert not part.library.episodes[-1].body.is_parsed
    await agree(opened(notes), (120, 30))
    reader = Reader(opened(notes))
    async with reader.run_test(size=(120, 30)):
        await reader.cx.store.complete.wait()
        assert reader.cx.store.state.library == library
        assert reader.cx.panes.bullets.cursor == place._replace(block=number)


@pytest.mark.parametrize("order", ["newest first", "oldest first", "file order", "no order"])
async def test_both_sort_the_episodes_as_the_reader_did(notes: Path, order: str) -> None:
    found = opened(notes)
    found.keep_order(order)
    await agree(found, (120, 30))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# Nothing in it\n",
        "no heading\n",
        "- \x1b[31mred\x1b[0m\n- \u202ereversed\u202c\n",
        "# " + "A title far too long for one row " * 9 + "\n\n- x\n",
        "- 港\n" * 40,
        "- " + "e\u0301" * 300 + "\n- 👩‍👩‍👧‍👦 🇩🇪🇫🇷 ☎️\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n1. one\n   2. two\n\n- [ ] task\n- [x] done\n",
    ],
    ids=["empty", "blank", "title", "text", "signs", "long title", "wide", "clusters", "kinds"],
)
async def test_both_draw_the_same_of_any_note(notes: Path, text: str) -> None:
    notes.write_text(text)
    await agree(opened(notes), (120, 20), (40, 10))


@pytest.mark.parametrize("data", [EPISODES.encode() + b"- \xff\n", "# One\n\n- café, naïve, “so”\n".encode("cp1252")])
async def test_both_draw_the_same_of_a_note_with_a_warning(notes: Path, data: bytes) -> None:
    notes.write_bytes(data)
    found = opened(notes)
    assert found.library.notes[0].warnings or found.library.notes[0].notice
    await agree(found, (120, 20), (40, 10))


async def test_both_begin_at_a_bookmark_deep_in_a_hundred_megabytes(notes: Path) -> None:
    above = "# Above\n\n" + "- words far above\n" * 60_000
    notes.write_text(EPISODES)
    end = read_note(str(notes), EPISODES)
    excerpt = excerpt_around(end, 8)
    assert excerpt is not None
    with notes.open("w") as file:
        file.writelines([above] * 100)
        file.write(EPISODES)
    size, lines = 100 * len(above.encode()), 100 * above.count("\n")
    moved = excerpt._replace(start=excerpt.start + size, end=excerpt.end + size, line=excerpt.line + lines)
    now = signature(str(notes))
    assert now is not None
    assert now.size > 10**8
    reader_state.save_excerpt(str(notes), reader_state.KeptExcerpt(now, moved))
    found = opened(notes)
    line = end.episodes[8].lines(end.episodes[8].blocks[-1])[0] + lines
    found.keep_bookmark(Bookmark(end.episodes[8].title, "A paragraph.", line, 7))
    shown = await agree(found, (120, 30))
    assert any("A paragraph." in row for row in shown)


async def test_both_draw_the_same_of_a_folder(notes: Path) -> None:
    for folder, name in (("a", "one"), ("a", "two"), ("b", "three")):
        path = notes.parent / folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(EPISODES if name == "two" else f"# {name}\n\n- bullet of {name}\n")
    await agree(opened(notes.parent), *SIZES)


async def test_both_leave_the_gutter_empty_until_the_highlights_are_read(notes: Path) -> None:
    notes.with_suffix(".highlights.toml").write_text(HIGHLIGHTS)
    shown = await agree(opened(notes), (120, 30))
    assert not any("▎" in line for line in shown)


def test_a_screen_without_room_has_no_first_frame(notes: Path) -> None:
    frame = FirstFrame(opened(notes))
    assert frame.text(7, 40) == frame.text(40, 3) == ""
    assert frame.text(8, 4)
