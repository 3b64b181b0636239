"""The command that prints the notes' episodes and blocks."""

from __future__ import annotations

import click

from tui.cli.opening import notes
from tui.cli.options import PATH, command, config_option
from tui.cli.unread import report_notes
from tui.reports.outline import outline_json, outline_text
from tui.reports.printing import print_json, print_lines


@command("outline notes.md", 'outline notes.md --json | jq -r ".notes[].episodes[].title"')
@click.argument("path", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@config_option
@click.pass_context
def outline(ctx: click.Context, path: str, as_json: bool) -> int:
    """Print episodes and blocks with their lines.

    Each block has its first line, a question mark if it asks, its kind and its depth.
    """
    library = notes(ctx, path)
    code = report_notes(library)
    print_json(outline_json(library)) if as_json else print_lines(outline_text(library))
    return code
