"""The installed editors, given files of every name: each opens the file at its line, and does nothing else."""

from __future__ import annotations

import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.screen import Screen
from tui.files.desktop.editor_commands import command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start

NAMES = (
    "+!touch pwned.md",
    "--load=evil.el.md",
    "-Sevil.vim.md",
    "-c:!touch pwned.md",
    "--cmd=!touch pwned.md",
    "+7:9.md",
    "--.md",
    "a b\" 'c.md",
    "$(touch pwned)`touch pwned`.md",
    "|touch pwned.md",
    "!touch pwned.md",
    "zeile\nzwei.md",
    "%#*?[x]{a,b}.md",
)
EDITORS = ("vim -u NONE", "nvim -u NONE", "emacs -nw -Q", "nano -I", "micro -clipboard internal", "kak -n", "hx", "joe")


@pytest.mark.parametrize("editor", EDITORS)
def test_a_file_of_any_name_is_opened_at_its_line_and_runs_nothing(editor: str, tmp_path: Path) -> None:
    if shutil.which(shlex.split(editor)[0]) is None:
        pytest.skip(f"{editor.split()[0]} is not installed")
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "evil.vim.md").write_text("!touch pwned\n")
    (notes / "evil.el.md").write_text('(write-region "" nil "pwned")\n')
    for name in NAMES:
        (notes / name).write_text("".join(f"line {number} of it\n" for number in range(1, 301)))
        words = command(editor, str(notes / name), 150, has_display=False).words
        environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "TERM": "xterm-256color"}
        with Screen(*words, cwd=notes, env=environment, columns=100, rows=30) as screen:
            screen.wait_for("line 150 of it")
    left = {path.name for path in notes.iterdir() if "pwned" in path.name} - set(NAMES)
    assert left == set()
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", ["+!touch pwned.md", "-S evil.md", "x;touch pwned.md"])
def test_notes_of_any_name_reach_the_editor_by_their_whole_path(name: str, start: Start, tmp_path: Path) -> None:
    (tmp_path / name).write_text("# Talk\n\n- the only bullet\n")
    told = "import sys, time; print('got', *sys.argv[1:], flush=True); time.sleep(60)"
    editor = shlex.join((sys.executable, "-c", told))
    screen = start(".", env={"EDITOR": editor, "VISUAL": ""}, columns=200)
    screen.wait_for("the only bullet").press("j", "e").wait_for(f"got {tmp_path / name}")


def test_a_name_that_a_shell_would_run_is_refused_with_the_reason(start: Start, tmp_path: Path) -> None:
    (tmp_path / "x;touch pwned.md").write_text("# Talk\n\n- the only bullet\n")
    screen = start(".", env={"VISUAL": "sh -c 'cat {file}; touch pwned'"}, columns=200)
    screen.wait_for("the only bullet").press("j", "e").wait_for("read as code; give {file} as an argument of its own")
    assert [path.name for path in tmp_path.iterdir() if "pwned" in path.name] == ["x;touch pwned.md"]
