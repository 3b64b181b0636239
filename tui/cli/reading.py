"""Reading notes, which is what the program does when no command is named."""

from __future__ import annotations

import sys

import click

from tui import launch
from tui.cli import COMMANDS
from tui.cli.opening import configuration
from tui.cli.options import CONFIG, PATH, EarmarkCommand, config_option
from tui.cli.unread import report_notes, report_unread_highlights
from tui.core.notes.plain import plain_text
from tui.reports.highlights import highlighted_spans
from tui.reports.printing import print_lines, progress_callback, say
from tui.target import target


@click.command(cls=EarmarkCommand, hidden=True)
@click.argument("paths", type=PATH, nargs=-1)
@config_option
@click.pass_context
def read(ctx: click.Context, paths: tuple[str, ...]) -> int:
    """Read notes on the terminal; print them where the output is none."""
    if sys.stdout and sys.stdout.isatty():
        return launch.read_on_terminal(paths, ctx.meta.get(CONFIG), COMMANDS)
    config = configuration(ctx)
    wanted = target(paths, config, COMMANDS)
    if wanted.is_sample:
        say("no notes here, so this is a sample; `earmark PATH` reads yours")
    session, state = launch.marked_notes(wanted, config, progress_callback(ctx, wanted.path))
    code = report_notes(state.library)
    report_unread_highlights(session, state)  # the notes are printed nevertheless, as requested
    readable = (note for note in state.library.notes if note.episodes)
    for number, note in enumerate(readable):
        print_lines([""] if number else [])
        print_lines(plain_text(note, highlighted_spans(state, note.path)))
    return code
