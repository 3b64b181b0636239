"""The program itself, which reads notes if no other command is named."""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click
from click.shell_completion import CompletionItem

from tui.cli import COMMANDS
from tui.cli.options import VERSION, EarmarkCommand, config_option, examples

if TYPE_CHECKING:
    from collections.abc import Iterator


class _ByName(MutableMapping[str, click.Command]):
    """The commands in the table, each imported on first use."""

    def __getitem__(self, name: str) -> click.Command:
        row = COMMANDS[name]
        return _imported(row.module, row.function or name)

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __setitem__(self, name: str, command: click.Command) -> NoReturn:
        raise TypeError(f"{name} needs a row in the table")

    def __delitem__(self, name: str) -> NoReturn:
        raise TypeError(f"{name} has a row in the table")


def _imported(module: str, name: str) -> click.Command:
    command: click.Command = getattr(import_module(f"tui.cli.{module}"), name)
    return command


class Commands(EarmarkCommand, click.Group):
    """A group that treats arguments which are not commands as paths to read."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See `click.Group`."""
        if args and args[0] not in COMMANDS:
            # After `--` a path may begin with a dash; click has already removed the `--`.
            is_behind_dashes = args[0].startswith("-") and args[0] != "-"
            return "", _imported("reading", "read"), ["--", *args] if is_behind_dashes else args
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See `click.Group`; imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.sentence) for name, row in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """See `click.Group`; a path may follow as well."""
        named = [
            CompletionItem(name, help=row.sentence) for name, row in COMMANDS.items() if name.startswith(incomplete)
        ]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*named, *options, CompletionItem(incomplete, type="file")]


@click.group(
    cls=Commands,
    commands=_ByName(),
    invoke_without_command=True,
    subcommand_metavar="[PATH]... | COMMAND ...",
    params=[VERSION],
    epilog=examples("notes.md", "~/podcasts books.md", "notes.md | less", "< notes.txt"),
)
@config_option
@click.pass_context
def earmark(ctx: click.Context) -> int | None:
    """Read and highlight podcast notes in the terminal.

    PATH is a file of notes, a folder of them, or "-" for standard input; several are opened together. Without PATH,
    earmark reads what comes through a pipe, else the notes that the configuration names, else the current folder if it
    holds notes, else a sample. Into a pipe or a file it prints them as plain text, highlights between "==". To open a
    file named like a command, write ./NAME.
    """
    return ctx.invoke(_imported("reading", "read"), paths=()) if ctx.invoked_subcommand is None else None
