"""The command that writes highlights and questions in other programs' formats."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tui.cli.opening import annotated_notes, configuration, filter_of
from tui.cli.options import PATH, EarmarkCommand, config_option, filter_option
from tui.cli.unread import report_unread
from tui.exporting.export import Export
from tui.exporting.output import read_former, read_template, write_output
from tui.exporting.registry import exporter_for, exporters, render_export
from tui.files.discovery import is_among
from tui.reports.formats import FormatName, formats_text
from tui.reports.printing import print_text, progress_callback, say

STANDARD_OUTPUT = "-"


class _ExportCommand(EarmarkCommand):
    """A command whose help ends with the formats, read from the registry only for the help."""

    @property
    def epilog(self) -> str:
        """The formats, with one example each."""
        return formats_text("earmark export", exporters())

    @epilog.setter
    def epilog(self, _: str | None) -> None:
        """Ignore the value that click sets."""


@click.command(cls=_ExportCommand)
@click.argument("path", type=PATH)
@click.option(
    "--to",
    "--format",
    "to",
    type=FormatName(exporters),
    help="The format; by default that of FILE's ending, else Markdown.",
)
@click.option("--template", type=PATH, metavar="FILE", help="Fill this Jinja2 template; implies --to template.")
@filter_option
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@config_option
@click.pass_context
def export(
    ctx: click.Context, path: str, to: str | None, template: str | None, wanted: str, output: str | None, force: bool
) -> int:
    """Export highlights and questions.

    Notes are never written to, and an existing file is replaced only with --force.
    """
    source = (template, read_template(Path(template))) if template is not None else None
    exporter = exporters()[to or ("template" if source else _told_by_name(output))]
    is_file = output is not None and output != STANDARD_OUTPUT
    former = read_former(Path(output or "")) if is_file and exporter.is_merged and not force else ""
    config = configuration(ctx)
    chosen = filter_of(wanted, config)
    session, state = annotated_notes(ctx, path, config)
    code = report_unread(session, state)
    tell = progress_callback(ctx, path)
    tell(f"writing {exporter.name}")
    document = render_export(exporter, Export(state, chosen, config.colours, template=source, former=former))
    for notice in document.notices:
        say(notice)
    if output is None or output == STANDARD_OUTPUT:
        print_text(document.text)
    else:
        notes = (note.path for note in state.library.notes)
        write_output(Path(output), document.text, notes=notes, replaces=force, former=former)
        if is_among(output, state.library.roots):
            say(f"{output} is in the folder of notes, where earmark reads it as one more note; -o takes any place")
    return code


def _told_by_name(output: str | None) -> str:
    """The name of the format that a file's name implies; raises BadParameter if there is none."""
    if output is None or output == STANDARD_OUTPUT:
        return "markdown"
    if (exporter := exporter_for(os.path.basename(output))) is None:
        raise click.BadParameter(f"its name tells no format; name one of {', '.join(exporters())}", param_hint="'--to'")
    return exporter.name
