"""The command that reports problems."""

from __future__ import annotations

import click

from tui.cli.opening import annotated_notes, configuration
from tui.cli.options import FOUND, PATH, command, config_option
from tui.core.notes.sanitise import in_one_row
from tui.errors import ConfigError
from tui.files.config import Config
from tui.files.health import faults_of, left_out, moved_later, moves_later, older_encodings, unfinished_notes
from tui.reports.checking import check_text, needs_person
from tui.reports.printing import print_lines


@command("check notes.md", "check ~/podcasts > report.txt || less report.txt")
@click.argument("path", type=PATH)
@config_option
@click.pass_context
def check(ctx: click.Context, path: str) -> int:
    """Report what needs your attention.

    Prints the state of every highlight, the questions that have lost their place, and problems with the notes, the
    highlights files and the configuration. The exit code is 1 if anything needs you.
    """
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
