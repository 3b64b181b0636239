"""The installed command in a real terminal: a reader's way from the first start to the second."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal.conftest import COMMAND
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.terminal.conftest import Start

FIRST_EPISODE = "Noam Shazeer and Jeff Dean on Dwarkesh (Feb 2025)"
SECOND_EPISODE = "Dylan Patel, Nathan Lambert on Lex Fridman (Feb 2025)"
BULLET = "- Was it luck?"
"A line of the notes, in the second episode."

IDLE = 2.0
"Seconds in which an idle reader must send nothing."

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_COLOUR = re.compile(rb"\x1b\[([0-9;]*)m")
_RULE = re.compile("[│┃]")


def run_piped(home: Mapping[str, str], cwd: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command with its output in a pipe."""
    environment = {**os.environ, **home, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [*COMMAND, *words], env=environment, cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


def ready(screen: Screen, text: str = "podcasts.md · 8 episodes") -> Screen:
    """Wait until the notes are on screen, and their bullets counted if there is room for that."""
    screen.wait_for(text)
    return screen.wait_for(lambda lines: re.search(r"\d \d+\? ", lines[2]))


def panes(screen: Screen, pane: int) -> list[str]:
    """The rows of one of three panes, counted from the left."""
    rows = (_RULE.split(line) for line in screen.lines())
    return [pieces[pane] for pieces in rows if len(pieces) > pane]


def held(screen: Screen) -> tuple[int, str]:
    """The first row of the block under the cursor, and its words."""
    bullets = panes(screen, 1)
    row = next((row for row, line in enumerate(bullets) if line.startswith("▌")), -1)
    return row, bullets[row].strip("▌▎+~ ") if row >= 0 else ""


def holds(screen: Screen, words: str) -> Screen:
    """Wait until the block under the cursor begins with these words."""
    return screen.wait_for(lambda _: held(screen)[1].startswith(words))


def go_to_luck(screen: Screen) -> Screen:
    """Put the cursor on `BULLET`."""
    holds(screen.press("]"), "Why DeepSeek was cheap")
    return holds(screen.press(*"jjjjjjjj"), "• Was it luck?")


def sidecar(notes: Path) -> dict[str, Any]:
    return tomllib.loads(notes.with_name("podcasts.highlights.toml").read_text(encoding="utf-8"))


def modes(written: bytearray) -> dict[int, bool]:
    """The private modes that a program changed, and their final values."""
    return {int(mode): on == b"h" for several, on in _MODE.findall(bytes(written)) for mode in several.split(b";")}


def colours(written: bytearray) -> set[bytes]:
    """The sequences that set a colour."""
    return {
        each
        for each in _COLOUR.findall(bytes(written))
        if any(30 <= int(piece or 0) <= 49 or 90 <= int(piece or 0) <= 107 for piece in each.split(b";"))
    }


# -- the walk


def test_the_sample_opens_without_a_path(start: Start) -> None:
    screen = ready(start(), "8 episodes")
    assert FIRST_EPISODE in screen.text()
    assert "What the hardware taught them" in screen.text()
    assert any("Why are all the experts" in line for line in panes(screen, 2))
    assert screen.press("q").wait_exit() == 0


def test_a_highlight_is_in_the_file_and_on_screen_at_the_next_start(start: Start, notes: Path) -> None:
    screen = go_to_luck(ready(start(notes)))
    screen.press("m").wait_for("Highlighted")
    screen.press("j", "v", "v", "e", "2").wait_for(lambda _: len(sidecar(notes)["highlight"]) == 2)
    screen.wait_for("Highlighted").press("k").wait_for(lambda _: held(screen)[1] == "• Was it luck?")
    left = held(screen.wait_for("open · 2 highlights"))
    assert screen.press("q").wait_exit() == 0

    first, second = sidecar(notes)["highlight"]
    assert (first["colour"], first["part"][0]["exact"]) == ("yellow", "Was it luck?")
    assert (second["colour"], second["part"][0]["exact"]) == ("green", "No")
    assert first["part"][0]["episode"] == SECOND_EPISODE
    assert notes.read_text(encoding="utf-8").splitlines()[first["part"][0]["line"] - 1] == BULLET
    assert sidecar(notes)["end"] == {}

    again = ready(start(notes)).wait_for("2 highlights")
    assert held(again) == left
    assert "▎" in panes(again, 1)[left[0]]
    assert again.press("u", "q").wait_exit() == 0
    assert len(sidecar(notes)["highlight"]) == 2


def test_panes_and_episodes_are_gone_through_by_keys(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    screen.press("]", "]").wait_for(lambda _: "Dario Amodei" in panes(screen, 1)[1])
    screen.press("[").wait_for(lambda _: SECOND_EPISODE in panes(screen, 1)[1])
    screen.press("h").wait_for(lambda _: screen.cell(0, 3).data == "▌")
    screen.press("j", "j").wait_for(lambda _: "Dylan Patel and Jon Y" in panes(screen, 1)[1])
    holds(screen.press("tab", "tab", "j", "enter"), "• Could anyone walk in")
    screen.press("G").wait_for("naïve joy about it").press("g").wait_for(FIRST_EPISODE)
    screen.press("?").wait_for("esc closes").press("escape").wait_gone("esc closes")
    screen.press("H").wait_for("Highlights").press("T", "q")
    assert screen.wait_exit() == 0


def test_keys_that_come_at_once_take_effect_one_after_the_other(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    screen.send("]jjjjjjjjjvve2").wait_for("Highlighted")
    assert [part["exact"] for part in sidecar(notes)["highlight"][0]["part"]] == ["No"]
    screen.send("\tj\rm").wait_for(lambda _: len(sidecar(notes)["highlight"]) == 2)
    assert sidecar(notes)["highlight"][1]["part"][0]["exact"].startswith("Snapchat's growth was steep")
    screen.send("hjjm").wait_for(lambda _: len(sidecar(notes)["highlight"]) == 3)
    assert sidecar(notes)["highlight"][2]["part"][0]["episode"].startswith("Dylan Patel and Jon Y")


def test_the_mouse_chooses_scrolls_and_marks(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    column, row = screen.find("multiplies almost")
    screen.drag((column, row), (column + len("multiplies almost") - 1, row)).wait_for("other end")
    screen.press("m").wait_for("Highlighted")
    assert sidecar(notes)["highlight"][0]["part"][0]["exact"] == "multiplies almost"
    screen.scroll(column, row, 5).wait_gone("multiplies almost")
    screen.scroll(column, row, -5).wait_for("multiplies almost")
    screen.click(4, 4).wait_for(lambda _: SECOND_EPISODE in panes(screen, 1)[1])


def test_keys_typed_before_the_first_frame_are_not_lost(start: Start, notes: Path) -> None:
    start(notes).press("]", "j", "m").wait_for("Highlighted")
    assert sidecar(notes)["highlight"][0]["part"][0]["episode"] == SECOND_EPISODE


# -- edits


def vim(path: Path, *commands: str) -> None:
    words = [word for command in commands for word in ("-c", command)]
    subprocess.run(
        ["vim", "-u", "NONE", "-N", "-es", "-c", "set backupskip= backup", *words, "-c", "wq", str(path)],
        check=True,
        timeout=60,
    )


def edit_with_vim(path: Path) -> None:
    """Write a line above the bullet, and reword what is under it."""
    vim(path, "/Was it luck", "normal O- A line typed in vim.", "%s/dozens of engineering gains/scores of small gains/")


def edit_by_rename(path: Path) -> None:
    """The same edit, made by replacing the file."""
    text = path.read_text(encoding="utf-8").replace(BULLET, f"- A line typed in vim.\n{BULLET}")
    aside = path.with_name("aside.tmp")
    aside.write_text(text.replace("dozens of engineering gains", "scores of small gains"), encoding="utf-8")
    aside.replace(path)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(edit_with_vim, marks=pytest.mark.skipif(not shutil.which("vim"), reason="there is no vim")),
        edit_by_rename,
    ],
)
def test_an_edit_is_on_screen_and_the_reader_on_the_same_block(
    start: Start, notes: Path, edit: Callable[[Path], None]
) -> None:
    screen = go_to_luck(ready(start(notes)))
    holds(screen.press("j", "m").wait_for("Highlighted").press("k"), "• Was it luck?")
    before = held(screen)
    edit(notes)
    screen.wait_for("A line typed in vim.").wait_for("scores of small gains")
    assert held(screen) == before
    (row,) = (row for row, line in enumerate(panes(screen, 1)) if "scores of small gains" in line)
    assert "▎" in panes(screen, 1)[row]
    assert screen.press("q").wait_exit() == 0
    (highlight,) = sidecar(notes)["highlight"]
    assert "dozens of engineering gains" in highlight["part"][0]["exact"]


def test_a_mark_made_by_another_process_is_on_screen(start: Start, notes: Path, home: Mapping[str, str]) -> None:
    screen = ready(start(notes))
    follows(screen)
    done = run_piped(home, notes.parent, "mark", notes, "--quote", "Why are all the experts the same size?")
    assert done.returncode == 0, done.stderr
    screen.wait_for("1 highlight")


def follows(screen: Screen) -> None:
    """Wait until edits are followed, which begins after the first frame."""
    status = Path(f"/proc/{screen.pid}/task")
    if status.exists():
        screen.wait_for(lambda _: len(list(status.iterdir())) > 2)


def test_notes_that_vanish_stay_on_screen_until_they_are_back(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    follows(screen)
    text = notes.read_bytes()
    notes.unlink()
    screen.wait_for("missing")
    assert FIRST_EPISODE in screen.text()
    notes.write_bytes(text.replace(b"What the hardware taught them", b"What the hardware has taught"))
    screen.wait_for("What the hardware has taught")


# -- terminals


def test_the_terminal_is_left_as_it_was(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    during = modes(screen.written)
    assert during[1049]
    assert during[1006]
    assert not during[25]
    assert screen.press("q").wait_exit() == 0
    after = modes(screen.written)
    assert after.pop(25)
    assert not [mode for mode, is_on in after.items() if is_on and mode != 7]
    assert len(re.findall(rb"\x1b\[>\d+u", screen.written)) == screen.written.count(b"\x1b[<u")


def test_nothing_is_written_while_nothing_happens(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    follows(screen)
    holds(screen.press("j"), "• A chip")
    before = len(screen.rest(IDLE).written)
    assert bytes(screen.rest(IDLE).written[before:]) == b""


def test_a_terminal_that_changes_its_size_is_filled(start: Start, notes: Path) -> None:
    screen = go_to_luck(ready(start(notes, columns=120, rows=40)))
    for columns, rows, shown in ((80, 24, 2), (50, 20, 1), (40, 10, 1), (120, 40, 3)):
        screen.resize(columns, rows).wait_for(partial(has_panes, rows, shown)).wait_for("Was it luck?")


def has_panes(rows: int, count: int, lines: list[str]) -> bool:
    """True if a screen has this many rows, and this many panes beside each other."""
    return len(lines) == rows and len(_RULE.split(lines[1])) == count + 1


def test_forty_by_ten_reads(start: Start, notes: Path) -> None:
    screen = start(notes, columns=40, rows=10).wait_for("podcasts.md · 8 episodes")
    screen.press("j", "m").wait_for("Highlighted")
    assert "multiplies" in sidecar(notes)["highlight"][0]["part"][0]["exact"]


def test_sixteen_colours_are_enough(start: Start, notes: Path) -> None:
    screen = ready(start(notes, env={"TERM": "xterm", "COLORTERM": ""}))
    screen.press("j", "m").wait_for("Highlighted")
    assert colours(screen.written)
    assert not [each for each in colours(screen.written) if b"8;5" in each or b"8;2" in each]
    assert panes(screen, 1)[held(screen)[0]].startswith("▌1")


def test_no_colour_is_sent_where_none_is_wanted(start: Start, notes: Path) -> None:
    screen = ready(start(notes, env={"NO_COLOR": "1"}))
    screen.press("j", "m").wait_for("Highlighted")
    assert panes(screen, 1)[held(screen)[0]].startswith("▌1")
    hues = {
        tuple(channels)
        for each in colours(screen.written)
        for channels in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", each)
        if len(set(channels)) > 1
    }
    assert not hues


# -- not a terminal, and errors


def test_a_pipe_is_given_plain_text(home: Mapping[str, str], notes: Path) -> None:
    run_piped(home, notes.parent, "mark", notes, "--quote", "Why are all the experts the same size?")
    done = run_piped(home, notes.parent, notes)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "• ==Why are all the experts the same size?==\n" in done.stdout


def test_notes_from_a_pipe_are_read_with_keys_from_the_terminal(
    home: Mapping[str, str], notes: Path, tmp_path: Path
) -> None:
    command = " ".join(map(str, COMMAND))
    with Screen("sh", "-c", f"{command} - <'{notes}'", env=home, cwd=tmp_path, columns=150) as screen:
        ready(screen, "standard input · 8 episodes")
        screen.press("]").wait_for(lambda _: SECOND_EPISODE in panes(screen, 1)[1]).wait_for(
            "standard input · 8 episodes"
        )
        screen.press("m").wait_for("Standard input is read-only")
        assert screen.press("q").wait_exit() == 0
    assert [path.name for path in notes.parent.iterdir()] == ["podcasts.md"]


@pytest.mark.parametrize(
    ("make", "says", "code"),
    [
        (lambda path: None, "no such file or folder; check the path", 3),
        (lambda path: path.mkdir(), "no notes in this folder; looked for .md", 3),
        (lambda path: path.write_bytes(bytes(range(256)) * 64), "this is not UTF-8 text", 3),
    ],
    ids=["nothing there", "an empty folder", "a binary file"],
)
def test_unreadable_paths_give_one_line_and_an_exit_code(
    start: Start, tmp_path: Path, make: Callable[[Path], object], says: str, code: int
) -> None:
    make(tmp_path / "it")
    screen = start("it")
    assert screen.wait_exit() == code
    assert screen.lines()[0].startswith(f"earmark: it: {says}")
    assert not any(modes(screen.written).values())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_notes_that_may_not_be_read_are_one_line_and_a_code(start: Start, notes: Path) -> None:
    notes.chmod(0)
    screen = start("notes/podcasts.md")
    assert screen.wait_exit() == 3
    assert screen.lines()[0].startswith("earmark: notes/podcasts.md: permission denied")


def test_a_broken_configuration_names_the_line_and_the_nearest_key(start: Start, notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "config" / "earmark"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("[earmark]\n\nwidht = 60\n")
    screen = start(notes, columns=200)
    assert screen.wait_exit() == 2
    assert screen.lines()[0].endswith("config.toml:3: unknown setting `widht`; did you mean `width`?")


def test_a_broken_highlights_file_is_reported_and_left_alone(start: Start, notes: Path) -> None:
    path = notes.with_name("podcasts.highlights.toml")
    path.write_text('version = 1\nnote = "podcasts.md"\n\n[[highlight]\n')
    screen = start(notes).wait_for("podcasts.highlights.toml:4: expected")
    screen.press("j").wait_gone("highlights.toml:4").press("m").wait_for("1 not saved")
    screen.press("q").wait_for("q quits").press("q")
    assert screen.wait_exit() == 0
    assert path.read_text() == 'version = 1\nnote = "podcasts.md"\n\n[[highlight]\n'


@pytest.mark.parametrize("names", [("1.md", "2.md", "10.md")])
def test_a_folder_has_an_episode_for_each_file(start: Start, tmp_path: Path, names: tuple[str, ...]) -> None:
    folder = tmp_path / "shows"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"# Talk {name[:-3]}\n\n- a bullet of {name}\n- is it one?\n")
    screen = start(folder).wait_for("shows · 3 notes · 3 episodes")
    screen.press("]").wait_for("a bullet of 2.md").press("]").wait_for("a bullet of 10.md")
    follows(screen)
    (folder / "3.md").write_text("# Talk 3\n\n- a bullet of 3.md\n")
    screen.wait_for("New: Talk 3").press("[")
    holds(screen, "• a bullet of 3.md").wait_for("4 notes · 4 episodes")


EDITOR = """\
import os, pathlib, signal, sys
plus, _, file = sys.argv[1:]
print("editing line", plus, flush=True)
sys.stdin.readline()
os.kill(0, signal.SIGINT) if "ctrl+c" in os.environ.get("EDITING", "") else None
lines = pathlib.Path(file).read_text().splitlines(keepends=True)
lines.insert(int(plus[1:]) - 1, "- put in by the editor\\n")
pathlib.Path(file).write_text("".join(lines))
"""


def test_the_editor_opens_at_the_line_and_the_reader_is_back_on_its_block(
    start: Start, notes: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "vim"
    editor.write_text(f"#!{sys.executable}\nimport signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{EDITOR}")
    editor.chmod(0o755)
    screen = ready(start(notes, env={"VISUAL": str(editor), "EDITING": "ctrl+c"}))
    holds(screen.press("j", "j"), "◦ Hence matrix units")
    screen.press("e").wait_for("editing line +")
    screen.press("enter").wait_for("put in by the editor")
    holds(screen, "◦ Hence matrix units")
    assert screen.press("q").wait_exit() == 0


def test_a_search_typed_at_once_finds_its_block_and_a_jump_comes_back(start: Start, notes: Path) -> None:
    screen = ready(start(notes))
    begin = held(screen)[1]
    holds(screen.press("/", *"it luck?"), "• Was it luck?").wait_for("1 of 1")
    screen.press("escape")
    holds(screen, begin)
    holds(screen.press("/", *"it luck?", "enter"), "• Was it luck?")
    screen.press("ctrl+k", *"ricki").wait_for("go to ricki")
    screen.press("escape")
    holds(screen, "• Was it luck?")


def test_every_action_can_be_run_by_its_name(start: Start, notes: Path) -> None:
    screen = ready(start(notes)).press("ctrl+p").wait_for("Commands")
    screen.send("next episode").wait_for("]  Moving").press("enter")
    screen.wait_gone("next episode").wait_for(lambda lines: lines[4].startswith("▌"))
