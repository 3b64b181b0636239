"""The program by its name alone: it reads notes, and knows the other commands."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem

from tui.cli.opening import configuration
from tui.cli.options import CONFIG, PATH, VERSION, EarmarkCommand, config_option, examples
from tui.cli.telling import report_notes, report_unread_highlights
from tui.reports.printing import print_lines, say, told


class Commands(EarmarkCommand, click.Group):
    """A group that takes words which are no command for a path to read."""

    command_class = EarmarkCommand

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See `click.Group`."""
        if args and args[0] not in self.commands:
            # Behind `--` a path may begin with a dash; click has removed the `--` from the words by now.
            is_behind_dashes = args[0].startswith("-") and args[0] != "-"
            return "", read, ["--", *args] if is_behind_dashes else args
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """See `click.Group`; a file may follow as well."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


@click.group(
    cls=Commands,
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
    return ctx.invoke(read, paths=()) if ctx.invoked_subcommand is None else None


@click.command(cls=EarmarkCommand, hidden=True)
@click.argument("paths", type=PATH, nargs=-1)
@config_option
@click.pass_context
def read(ctx: click.Context, paths: tuple[str, ...]) -> int:
    """Read notes on the terminal; print them where the output is none."""
    from tui import launch

    config_file = ctx.meta.get(CONFIG)
    if sys.stdout and sys.stdout.isatty():
        return launch.read_on_terminal(paths, config_file, earmark.commands)
    from tui.core.notes.plain import plain_text
    from tui.reports.highlights import highlighted_spans
    from tui.target import target

    config = configuration(ctx)
    wanted = target(paths, config, earmark.commands)
    if wanted.is_sample:
        say("no notes here, so this is a sample; `earmark PATH` reads yours")
    session, state = launch.marked_notes(wanted, config, told(ctx, wanted.path))
    code = report_notes(state.library)
    report_unread_highlights(session, state)  # The notes are printed all the same, as asked.
    readable = (note for note in state.library.notes if note.episodes)
    for number, note in enumerate(readable):
        print_lines([""] if number else [])
        print_lines(plain_text(note, highlighted_spans(state, note.path)))
    return code
