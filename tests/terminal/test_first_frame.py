"""The first frame, drawn before Textual is imported: the same cells, and a terminal left as it was."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import NOTES, ROOT
from tests.terminal.emulator import Emulator
from tui.files.lock import locked
from tui.ui.drawing.palette import DARK, LIGHT
from tui.ui.terminal.early import ALTERNATE, DRAWN, ENDING, RELEASED
from tui.ui.terminal.replies import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.terminal.conftest import Start
    from tests.terminal.screen import Screen

HOME = b"\x1b[1;1H"
"The sequences that begin and end each frame of Textual."
SIZES = ((120, 40), (80, 24), (100, 13), (63, 20), (20, 6), (200, 60))
GATE = """\
import importlib, os, sys, time
open({held!r}, "w").close()
while not os.path.exists({gate!r}):
    time.sleep(0.005)
sys.path.remove({here!r})
del sys.modules["textual"]
sys.modules["textual"] = importlib.import_module("textual")
"""
"A stand-in for Textual that creates a file, and waits for another one."
GATES = (
    GATE
    + """
class Second:
    def find_spec(self, name, path, target=None):
        while name == "textual.app" and not os.path.exists({gate!r} + "on"):
            time.sleep(0.005)
sys.meta_path.insert(0, Second())
"""
)
"The same, which waits for a third file before the rest of Textual."
BROKEN = 'raise RuntimeError("no such import")\n'

LOCAL = 3
"Index of the local modes."

Cells = list[list[object]]


READS = pytest.mark.skipif(sys.platform != "linux", reason="the program's reading is looked up in /proc")


def bytes_read(pid: int) -> int:
    return int(Path(f"/proc/{pid}/io").read_text().split()[1])


@pytest.fixture
def textual(tmp_path: Path) -> Callable[[str], Mapping[str, str]]:
    """Put other code in front of Textual's; returns the environment in which Python finds it."""

    def put(code: str) -> Mapping[str, str]:
        folder = tmp_path / "before" / "textual"
        folder.mkdir(parents=True)
        code = code.format(gate=str(tmp_path / "go"), held=str(tmp_path / "held"), here=str(folder.parent))
        folder.joinpath("__init__.py").write_text(code)
        return {"PYTHONPATH": f"{folder.parent}{os.pathsep}{ROOT}"}

    return put


@pytest.fixture
def held(start: Start, textual: Callable[[str], Mapping[str, str]], tmp_path: Path) -> Callable[..., Screen]:
    """Starts the command and holds it up at the import of Textual, its first frame on the screen."""

    def run(*words: str | Path, gates: str = GATE, **size: int) -> Screen:
        screen = start(*words, env=textual(gates), **size)
        return screen.wait_for(lambda _: DRAWN.encode() in screen.written and tmp_path.joinpath("held").exists())

    return run


def cells(data: bytes, columns: int, rows: int) -> Cells:
    """The cells that a terminal of this size shows for some bytes, with styles."""
    screen = Emulator(columns, rows, lambda _: None)
    screen.take(data)
    return [[screen.buffer[row][column] for column in range(columns)] for row in range(rows)]


def both(screen: Screen, columns: int, rows: int) -> tuple[Cells, Cells]:
    """The first frame, and the one that Textual draws over it."""
    screen.wait_for(lambda _: bytes(screen.written).partition(DRAWN.encode())[2].count(HOME) >= 2)
    early, _, late = bytes(screen.written).partition(DRAWN.encode())
    before, drawn, _ = late.split(HOME, 2)
    return cells(early, columns, rows), cells(early + before + HOME + drawn, columns, rows)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_textual_draws_the_cells_of_the_first_frame(start: Start, notes: Path, columns: int, rows: int) -> None:
    early, late = both(start(notes, columns=columns, rows=rows), columns, rows)
    assert early == late
    assert "".join(cell.data for row in early for cell in row).strip()  # type: ignore[attr-defined]  # pyte's


@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"},
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "xterm", "COLORTERM": "", "COLORFGBG": "0;15"},
        {"COLORTERM": ""},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "1"},
    ],
    ids=["no colour", "16 colours", "16 colours on white", "256 colours", "ascii"],
)
def test_textual_draws_the_same_on_a_terminal_with_less(start: Start, notes: Path, env: Mapping[str, str]) -> None:
    early, late = both(start(notes, env=env, columns=120, rows=30), 120, 30)
    assert early == late


def test_a_remembered_place_deep_in_a_large_file_is_in_the_first_frame(start: Start, tmp_path: Path) -> None:
    notes = tmp_path / "large.md"
    notes.write_text("".join(f"# Episode {number}\n\n" + f"- walk {number} 港 🚲\n" * 200 for number in range(2000)))
    screen = start(notes, columns=120, rows=30).wait_for("2,000 episodes")
    screen.press("G").wait_for("walk 1999").wait_for("100 %").press("q").wait_exit()
    early, late = both(start(notes, columns=120, rows=30).wait_for("walk 1999"), 120, 30)
    assert early == late
    assert any("Episode 1999" in "".join(cell.data for cell in row) for row in early)  # type: ignore[attr-defined]


def test_the_alternate_screen_is_entered_once_and_nothing_is_cleared(start: Start, notes: Path) -> None:
    screen = start(notes).wait_for("8 episodes · 22 open")
    assert screen.written.count(ALTERNATE.encode()) == 1
    assert b"\x1b[2J" not in screen.written
    assert screen.cursor is None


def test_keys_typed_before_textual_is_there_count_in_order(
    held: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = held(notes)
    for keys in ("jm", "\x1b[", "B", "2", "\x1b[200~pas", "ted m5\x1b[201~", "j", "3"):
        screen.send(keys)
    tmp_path.joinpath("go").touch()
    screen.wait_for("3 highlights").press("q").wait_exit()
    sidecar = notes.with_name("podcasts.highlights.toml").read_text()
    assert re.findall(r'^colour = "(\w+)"$', sidecar, re.MULTILINE) == ["yellow", "green", "blue"]


@pytest.fixture
def half_imported(held: Callable[..., Screen], tmp_path: Path) -> Callable[..., Screen]:
    """Starts the command, types, and holds the import of Textual up once more after the keys were read."""

    def run(keys: str, *words: str | Path, **size: int) -> Screen:
        screen = held(*words, gates=GATES, **size)
        before = bytes_read(screen.pid)
        screen.send(keys).wait_for(lambda _: bytes_read(screen.pid) >= before + len(keys))
        tmp_path.joinpath("go").touch()
        return screen

    return run


def colours(notes: Path) -> list[str]:
    """The colours of the highlights on disk."""
    sidecar = notes.with_name(f"{notes.stem}.highlights.toml")
    return re.findall(r'^colour = "(\w+)"$', sidecar.read_text(), re.MULTILINE) if sidecar.exists() else []


@READS
def test_a_highlight_is_on_disk_before_textual_is_imported(
    half_imported: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = half_imported("jmkmj2", notes, columns=120, rows=30)
    screen.wait_for(lambda _: colours(notes) == ["yellow", "yellow"])
    tmp_path.joinpath("goon").touch()
    screen.wait_for("2 highlights").wait_for("Recoloured (green)")
    assert colours(notes) == ["yellow", "green"]
    screen.press("u").wait_for(lambda _: colours(notes) == ["yellow", "yellow"])
    screen.press("u").wait_for(lambda _: len(colours(notes)) == 1)
    screen.press("u").wait_for(lambda _: not colours(notes))


@READS
def test_the_reader_begins_with_the_step_and_the_message_of_the_keys_before_it(
    half_imported: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = half_imported("jjm", notes, columns=120, rows=30)
    screen.wait_for(lambda _: colours(notes) == ["yellow"])
    screen.resize(110, 30)
    tmp_path.joinpath("goon").touch()
    screen.wait_for("Highlighted (yellow) · u undoes").wait_for("1 highlight").wait_for("3/")
    screen.press("m").wait_for("Highlight removed")
    assert colours(notes) == []


@READS
def test_a_paste_before_textual_acts_as_no_key(
    half_imported: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = half_imported("\x1b[200~m\x1b[201~jm", notes, columns=120, rows=30)
    assert b"\x1b[?2004h" in screen.written.partition(DRAWN.encode())[0]
    tmp_path.joinpath("goon").touch()
    screen.wait_for("1 highlight").wait_for("2/")
    assert colours(notes) == ["yellow"]


@READS
def test_a_signal_after_a_highlight_that_is_saved_ends_at_once(
    half_imported: Callable[..., Screen], notes: Path
) -> None:
    screen = half_imported("m", notes)
    screen.wait_for(lambda _: colours(notes) == ["yellow"])
    os.kill(screen.pid, signal.SIGTERM)
    assert screen.wait_exit() == 128 + signal.SIGTERM
    assert colours(notes) == ["yellow"]


@READS
def test_a_highlight_in_a_file_that_is_not_read_to_its_end_waits_for_the_rest(
    half_imported: Callable[..., Screen], tmp_path: Path
) -> None:
    notes = tmp_path / "large.md"
    notes.write_text("".join(f"# Episode {number}\n\n" + f"- walk {number}\n" * 200 for number in range(500)))
    screen = half_imported("m", notes)
    tmp_path.joinpath("goon").touch()
    screen.wait_for("1 highlight")
    assert colours(notes) == ["yellow"]


@READS
def test_a_highlight_that_cannot_be_saved_before_textual_is_told_and_saved_later(
    half_imported: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    with locked(notes):
        screen = half_imported("m", notes, columns=120, rows=30)
        tmp_path.joinpath("goon").touch()
        screen.wait_for("1 not saved").wait_for("another program")
    screen.wait_for(lambda _: colours(notes) == ["yellow"]).wait_gone("not saved")


def test_textual_first_draws_what_keys_typed_meanwhile_have_done(
    held: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = held(notes, columns=120, rows=30)
    screen.send("]j")
    tmp_path.joinpath("go").touch()
    early, late = both(screen, 120, 30)
    screen.wait_for("22 open")
    assert early != late
    left = range(85)  # beside the questions, which come later
    assert [late[1][column].data for column in left] == [screen.cell(column, 1).data for column in left]  # type: ignore[attr-defined]  # pyte's


def test_nothing_typed_meanwhile_is_echoed(held: Callable[..., Screen], notes: Path, tmp_path: Path) -> None:
    screen = held(notes)
    shown = screen.lines()
    screen.send("/echo\x1b[A").rest(0.3)
    assert screen.lines() == shown
    tmp_path.joinpath("go").touch()
    screen.wait_for("/ echo")


def test_a_new_size_is_drawn_at_once_and_by_textual_as_well(
    held: Callable[..., Screen], notes: Path, tmp_path: Path
) -> None:
    screen = held(notes, columns=120, rows=30)
    screen.resize(80, 24).wait_for(lambda lines: "q quit" in lines[23] and "podcasts.md" in lines[22])
    shown = screen.lines()
    tmp_path.joinpath("go").touch()
    screen.wait_for("33 bullets")
    assert [line[:30] for line in screen.lines()[:2]] == [line[:30] for line in shown[:2]]
    assert "q quit" in screen.lines()[23]


@pytest.mark.parametrize("told", ENDING)
def test_a_signal_to_end_meanwhile_leaves_the_terminal_as_it_was(
    held: Callable[..., Screen], notes: Path, told: signal.Signals
) -> None:
    screen = held(notes)
    os.kill(screen.pid, told)
    assert screen.wait_exit() == 128 + told
    assert bytes(screen.written).endswith(RELEASED)
    assert screen.cursor is not None


@READS
@pytest.mark.parametrize("told", [*ENDING, None])
def test_keys_typed_before_a_signal_to_end_or_a_terminal_that_goes_away_count(
    held: Callable[..., Screen], notes: Path, tmp_path: Path, told: signal.Signals | None
) -> None:
    screen = held(notes)
    before = bytes_read(screen.pid)
    screen.send("jmj3").wait_for(lambda _: bytes_read(screen.pid) >= before + 4)
    if told is None:
        tmp_path.joinpath("go").touch()
        assert screen.hang_up() == 128 + signal.SIGHUP
    else:
        os.kill(screen.pid, told)
        tmp_path.joinpath("go").touch()
        assert screen.wait_exit() == 128 + told
    sidecar = notes.with_name("podcasts.highlights.toml").read_text()
    assert re.findall(r'^colour = "(\w+)"$', sidecar, re.MULTILINE) == ["yellow", "blue"]


@pytest.mark.skipif(sys.platform != "linux", reason="who is stopped is looked up in /proc")
@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_stop_meanwhile_leaves_the_terminal_and_going_on_takes_it(
    held: Callable[..., Screen], notes: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    screen = held(notes)
    shown = screen.lines()
    os.kill(screen.pid, stop)
    screen.wait_for(lambda _: Path(f"/proc/{screen.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    screen.rest()
    assert bytes(screen.written).endswith(RELEASED) is (stop is signal.SIGTSTP)
    os.kill(screen.pid, signal.SIGCONT)
    screen.wait_for(lambda _: screen.written.count(ALTERNATE.encode()) == 2)
    # The release ends a frame as well, so the one that is drawn anew is looked for behind it.
    screen.wait_for(lambda _: DRAWN.encode() in screen.written.rpartition(ALTERNATE.encode())[2])
    assert screen.lines() == shown
    tmp_path.joinpath("go").touch()
    screen.wait_for("22 open").press("q")
    assert screen.wait_exit() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="who is stopped is looked up in /proc")
def test_many_stop_signals_meanwhile_count_as_one(held: Callable[..., Screen], notes: Path, tmp_path: Path) -> None:
    screen = held(notes)
    for _ in range(20):
        os.kill(screen.pid, signal.SIGTSTP)
    screen.wait_for(lambda _: Path(f"/proc/{screen.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    os.kill(screen.pid, signal.SIGCONT)
    screen.wait_for(lambda _: screen.written.count(ALTERNATE.encode()) == 2)
    tmp_path.joinpath("go").touch()
    screen.wait_for("22 open").press("q")
    assert screen.wait_exit() == 0


def test_a_start_that_fails_leaves_the_terminal_as_it_was(
    start: Start, notes: Path, textual: Callable[[str], Mapping[str, str]]
) -> None:
    screen = start(notes, env=textual(BROKEN))
    assert screen.wait_exit() == 70
    assert RELEASED in screen.written
    assert screen.cursor is not None
    assert bytes(screen.written).index(RELEASED) < bytes(screen.written).index(b"no such import")


@pytest.mark.parametrize(("config", "said"), [("theme = 'nought'", b"no theme"), ("width = 'x'", b"whole number")])
def test_a_wrong_configuration_takes_no_terminal(start: Start, tmp_path: Path, config: str, said: bytes) -> None:
    tmp_path.joinpath("config.toml").write_text(f"[earmark]\n{config}\n")
    screen = start("--config", tmp_path / "config.toml", NOTES)
    assert screen.wait_exit() == 2
    assert said in screen.written
    assert ALTERNATE.encode() not in screen.written


@pytest.mark.parametrize("name", ["nothing.md", "empty"])
def test_notes_that_cannot_be_read_take_no_terminal(start: Start, tmp_path: Path, name: str) -> None:
    tmp_path.joinpath("empty").mkdir()
    screen = start(tmp_path / name)
    assert screen.wait_exit() != 0
    assert ALTERNATE.encode() not in screen.written


def test_the_background_that_the_terminal_tells_is_followed_and_is_in_the_next_first_frame(
    start: Start, notes: Path
) -> None:
    screen = start(notes, columns=120, rows=30)
    screen.wait_for(lambda _: ASKED.encode() in screen.written)
    assert screen.cell(40, 20).bg == DARK.ground[1:]
    for part in ("j\x1b]11;rgb:ff", "ff/ffff/ffff\x1b", "\\jm"):
        screen.send(part).rest(0.2)
    screen.wait_for(lambda _: screen.cell(40, 20).bg == LIGHT.ground[1:]).wait_for("1 highlight")
    assert 'exact = "Hence matrix units' in notes.with_name("podcasts.highlights.toml").read_text()
    screen.press("q").wait_exit()
    again = start(notes, columns=120, rows=30)
    again.wait_for(lambda _: DRAWN.encode() in again.written)
    early = cells(bytes(again.written).partition(DRAWN.encode())[0], 120, 30)
    assert early[20][40].bg == LIGHT.ground[1:]  # type: ignore[attr-defined]  # pyte's


@pytest.mark.parametrize("env", [{"COLORFGBG": "0;15"}, {"TERM": "linux"}, {"NO_COLOR": "1"}])
def test_the_background_is_not_asked_where_it_is_known_or_does_not_matter(
    start: Start, notes: Path, env: Mapping[str, str]
) -> None:
    screen = start(notes, env=env).wait_for("8 episodes · 22 open")
    assert ASKED.encode() not in screen.written


def test_modes_of_the_terminal_are_those_of_before_once_textual_ends(start: Start, notes: Path) -> None:
    screen = start(notes).wait_for("22 open")
    assert not screen.modes()[LOCAL] & termios.ICANON
    screen.press("q").wait_exit()
    assert screen.modes()[LOCAL] & termios.ICANON
