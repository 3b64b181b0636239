"""The command that turns other programs' formats into notes and highlights."""

from __future__ import annotations

from functools import partial

import click

from tui.cli.opening import annotated_notes, configuration
from tui.cli.options import FOUND, PATH, EarmarkCommand, config_option
from tui.importing.import_source import ImportRequest, import_source
from tui.importing.registry import importers
from tui.reports.formats import FormatName, formats_text
from tui.reports.printing import print_lines, progress_callback, say


class _ImportCommand(EarmarkCommand):
    """A command whose help ends with the formats, read from the registry only for the help."""

    @property
    def epilog(self) -> str:
        """The formats, with one example each."""
        return formats_text("earmark import", importers())

    @epilog.setter
    def epilog(self, _: str | None) -> None:
        """Ignore the value that click sets."""


@click.command("import", cls=_ImportCommand)
@click.argument("source", type=PATH)
@click.option("--from", "name", type=FormatName(importers), help="The format; by default recognised from SOURCE.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="The note to make; by default SOURCE's name with .md.")
@click.option("--onto", type=PATH, metavar="PATH", help="The notes that the highlights of SOURCE belong to.")
@click.option(
    "--mark", "marks_all", is_flag=True, help="Highlight every quote, not just those with a comment or colour."
)
@click.option("--append", "appends", is_flag=True, help="Add what is new to a note that an import made.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists, and bring back highlights deleted since.")
@config_option
@click.pass_context
def import_(
    ctx: click.Context,
    source: str,
    name: str | None,
    output: str | None,
    onto: str | None,
    marks_all: bool,
    appends: bool,
    force: bool,
) -> int:
    """Import notes or highlights.

    Importing twice adds nothing twice, and a highlight you deleted stays deleted. An existing file is replaced only
    with --force; --append adds to a note only if an import made it.

    The exit code is 1 if something could not be read or placed.
    """
    request = ImportRequest(
        source, name or "", output or "", onto or "", marks_all=marks_all, appends=appends, replaces=force
    )
    done = import_source(
        request, partial(annotated_notes, ctx, config=configuration(ctx)), progress_callback(ctx, source)
    )
    for fault in done.faults:
        say(fault)
    print_lines(done.lines)
    return FOUND if done.faults else 0
