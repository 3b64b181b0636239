"""Completion in real shells, set up as docs/commands.md says."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import INSTALLED, ROOT
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
STARTS = {
    "bash": (("bash", "--noprofile", "--rcfile", ".rc"), ".rc", f"stty echo\nPS1='ready> '\n. {BASH_COMPLETION}\n"),
    "zsh": (("zsh",), ".zshrc", "PS1='ready> '\nautoload -Uz compinit\ncompinit -u\n"),
    "fish": (("fish",), ".config/fish/config.fish", "function fish_prompt; echo -n 'ready> '; end\n"),
}
"The command that starts a shell, its startup file, and that file's content."


def set_up(shell: str) -> str:
    """The instructions for a shell in docs/commands.md."""
    row = re.search(rf"^\| {shell}.* \| `(.*)` \|$", COMMANDS, re.MULTILINE)
    assert row is not None
    return row[1]


@pytest.fixture
def prompt(request: pytest.FixtureRequest, home: Mapping[str, str], notes: Path) -> Iterator[Screen]:
    """A shell at its prompt, in a folder of notes with a highlight."""
    shell = request.param
    if (
        shutil.which(shell) is None
        or not INSTALLED.exists()
        or (shell == "bash" and not Path(BASH_COMPLETION).exists())
    ):
        pytest.skip(f"{shell} or what it needs is not here")
    words, file, start = STARTS[shell]
    folder = notes.parent
    environment = {
        **home,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "ZDOTDIR": str(folder),
        "PATH": f"{INSTALLED.parent}:/usr/local/bin:/usr/bin:/bin",
    }
    (folder / ".config" / "fish" / "completions").mkdir(parents=True)
    if shell == "zsh":
        start += set_up(shell)
    else:
        subprocess.run(["sh", "-c", set_up(shell)], env=environment, cwd=folder, check=True)
    (folder / file).write_text(start, encoding="utf-8")
    (folder / "their talks.txt").touch()
    marked = (INSTALLED, "mark", "podcasts.md", "--quote", "a model kept like a garden", "--tag", "gardening")
    hostile = ("--tag", "gar;touch", "--tag", "gar$(touch)", "--tag", "gar`touch`")  # none that a shell would run
    subprocess.run((*marked, *hostile), env=environment, cwd=folder, check=True)
    with Screen(*words, columns=100, rows=40, env=environment, cwd=folder) as screen:
        yield screen.wait_for("ready>")


@pytest.mark.parametrize("prompt", STARTS, indirect=True)
def test_shell_completes_commands_options_paths_colours_and_tags(prompt: Screen) -> None:
    for typed, completed in (
        ("earmark outl", "earmark outline "),
        ("earmark thei", r"earmark their\ talks.txt "),
        ("earmark outline thei", r"earmark outline their\ talks.txt "),
        ("earmark outline --js", "earmark outline --json "),
        ("earmark --vers", "earmark --version "),
        (r"earmark mark podcasts.md --colour bl", r"earmark mark podcasts.md --colour blue "),
        (r"earmark mark podcasts.md --tag gar", r"earmark mark podcasts.md --tag gardening "),
    ):
        prompt.send(f"{typed}\t#").wait_for(f"ready> {completed}#").send("\x15").wait_for(
            lambda lines: lines.count("ready>") == 1
        )
