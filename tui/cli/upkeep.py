"""Commands about the program's own state: what needs a person, the settings, the shell and the manual."""

from __future__ import annotations

import os

import click

import tui
from tui.cli.opening import annotated_notes, configuration
from tui.cli.options import CONFIG, FOUND, PATH, command, config_option
from tui.cli.program import earmark
from tui.errors import ConfigError
from tui.reports.printing import print_lines


@command("check notes.md", "check ~/podcasts > report.txt || less report.txt")
@click.argument("path", type=PATH)
@config_option
@click.pass_context
def check(ctx: click.Context, path: str) -> int:
    """Report what needs your attention.

    Prints the state of every highlight, the questions that have lost their place, and what is wrong with the notes,
    with files of highlights and with the configuration. The exit code is 1 if anything needs you.
    """
    from tui.core.notes.sanitise import in_one_row
    from tui.files.config import Config
    from tui.files.health import faults_of, left_out, moved_later, moves_later, older_encodings, unfinished_notes
    from tui.reports.checking import check_text, needs_person

    faults: list[str] = []
    try:
        config = configuration(ctx)
    except ConfigError as error:
        config = Config()
        faults.append(str(error))
    session, state = annotated_notes(ctx, path, config)
    adopted = session.sidecars.adopted
    if notices := [
        each
        for each in (
            config.notice,
            left_out(state.library),
            *older_encodings(state.library),
            *moved_later(adopted),
            *moves_later(session.moving.moved),
            *unfinished_notes(state),
        )
        if each
    ]:
        print_lines([*map(in_one_row, notices), ""])
    faults += faults_of(state.library, {*adopted, *session.moving.strays_moved()}, session.folders)
    print_lines(check_text(state, faults))
    return FOUND if faults or needs_person(state) else 0


@command("config | grep keys.mark", "config --config work.toml", "config --trust", name="config")
@click.option("--trust", "trusts", is_flag=True, help="Trust the config.toml of this folder as it is now.")
@config_option
@click.pass_context
def show_config(ctx: click.Context, trusts: bool) -> int:
    """Print every setting and its source.

    A config.toml of the current folder says how notes look and read. What runs a program, leads to other notes or
    gives keys another meaning holds in it only once you have trusted it, until it changes.
    """
    from tui import launch
    from tui.keys import given_away, keys_of, shown
    from tui.reports.settings import settings_text

    if trusts:
        if ctx.meta.get(CONFIG) or os.environ.get("EARMARK_CONFIG"):
            raise click.UsageError("a file that you name is trusted as it is; --trust is for that of this folder", ctx)
        config = launch.trust_here()
    else:
        config = configuration(ctx)
    set_ones = {setting.name: (setting.value, setting.origin) for setting in config.settings}
    given = given_away(config.keys)
    for name, keys in keys_of(config.keys).items():
        _, origin = set_ones.get(f"keys.{name}", (None, "default"))
        origin += "".join(f"; {shown(key)} is the key of {other} now" for key, other in given.get(name, ()))
        set_ones[f"keys.{name}"] = tuple(map(shown, keys)), origin
    print_lines(settings_text(config.path, config.notice, ((name, *each) for name, each in set_ones.items())))
    return 0


@command("completion bash >> ~/.bash_completion", "completion fish > ~/.config/fish/completions/earmark.fish")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script of a shell.

    bash and fish read it from the files in the examples, bash by way of bash-completion. For zsh, put
    eval "$(earmark completion zsh)" into ~/.zshrc, below compinit.
    """
    from click.shell_completion import FishComplete, ZshComplete

    from tui.reports.completion import Bash

    complete = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}[shell]
    print_lines([complete(earmark, {}, "earmark", "_EARMARK_COMPLETE").source().rstrip()])
    return 0


@command("man | man -l -")
def man() -> int:
    """Print the manual page.

    An installation puts it where `man earmark` finds it, if `man` looks there.
    """
    from tui.keymap import EVERY_ACTION
    from tui.keys import shown
    from tui.reports.manual import Key, manual

    keys = [Key(", ".join(map(shown, action.keys)), action.title, action.name, action.group) for action in EVERY_ACTION]
    print_lines(manual(earmark, keys, tui.__version__, tui.__date__))
    return 0
