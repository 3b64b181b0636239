"""Commands that print the manual page and the completion scripts for shells."""

from __future__ import annotations

import click
from click.shell_completion import FishComplete, ZshComplete

import tui
from tui.cli.options import command
from tui.cli.program import earmark
from tui.keymap import EVERY_ACTION
from tui.keys import shown
from tui.reports.completion import Bash
from tui.reports.manual import Key, manual
from tui.reports.printing import print_lines


@command("completion bash >> ~/.bash_completion", "completion fish > ~/.config/fish/completions/earmark.fish")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script of a shell.

    bash and fish read it from the files in the examples, bash by way of bash-completion. For zsh, put
    eval "$(earmark completion zsh)" into ~/.zshrc, below compinit.
    """
    complete = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}[shell]
    print_lines([complete(earmark, {}, "earmark", "_EARMARK_COMPLETE").source().rstrip()])
    return 0


@command("man | man -l -")
def man() -> int:
    """Print the manual page.

    Once earmark is installed, `man earmark` usually finds it, too.
    """
    keys = [Key(", ".join(map(shown, action.keys)), action.title, action.name, action.group) for action in EVERY_ACTION]
    print_lines(manual(earmark, keys, tui.__version__, tui.__date__))
    return 0
