"""Commands that list highlights and questions."""

from __future__ import annotations

import click

from tui.cli.opening import annotated_notes, configuration, filter_of
from tui.cli.options import FOUND, PATH, command, config_option, filter_option
from tui.cli.unread import report_unread
from tui.core.annotations.choices import Answer
from tui.core.state.items import question_items
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export
from tui.reports.formats import FormatName
from tui.reports.highlights import highlights_text
from tui.reports.printing import print_json, print_lines, print_text
from tui.reports.questions import questions_json, questions_text

STATES = [answer.value for answer in Answer]


@command("highlights notes.md", 'highlights ~/podcasts --json | jq -r ".highlights[].text"')
@click.argument("path", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; the same as --to json.")
@click.option("--to", "--format", type=FormatName(exporters), help="Print them in a format of `earmark export`.")
@filter_option
@config_option
@click.pass_context
def highlights(ctx: click.Context, path: str, as_json: bool, to: str | None, wanted: str) -> int:
    """List highlights and where they stand today.

    Items that need you come first: those whose place is not certain, with candidates, then those whose text is gone.
    """
    config = configuration(ctx)
    chosen = filter_of(wanted, config)
    session, state = annotated_notes(ctx, path, config)
    code = report_unread(session, state)
    export = Export(state, chosen, config.colours, has_questions=False)
    if as_json or to:
        print_text(render_export(exporters()[to or "json"], export).text)
    else:
        print_lines(highlights_text(export.highlights))
    return code


@command(
    "questions notes.md --state open --episode karpathy",
    "questions notes.md --check > /dev/null && echo no question is open",
)
@click.argument("path", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--state",
    "states",
    type=click.Choice(STATES, case_sensitive=False),
    multiple=True,
    help="Only those in this state; may be repeated.",
)
@click.option("--episode", default="", help="Only those of episodes with TEXT in the title.")
@click.option("--check", "checks", is_flag=True, help="Exit with 1 if one of those listed is open.")
@config_option
@click.pass_context
def questions(ctx: click.Context, path: str, as_json: bool, states: tuple[str, ...], episode: str, checks: bool) -> int:
    """List questions with their answers and lines."""
    session, state = annotated_notes(ctx, path, configuration(ctx))
    code = report_unread(session, state)
    found = question_items(state, [Answer(each) for each in states], episode)
    print_json(questions_json(found)) if as_json else print_lines(questions_text(found))
    return code or (FOUND if checks and any(each.state is Answer.OPEN for each in found) else 0)
