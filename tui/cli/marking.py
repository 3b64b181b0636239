"""The command that adds a highlight."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import click

from tui.cli.opening import annotated_notes, configuration
from tui.cli.options import PATH, command, config_option
from tui.core.anchoring.quotation import Quote, find
from tui.core.annotations.choices import Colour
from tui.core.notes.model import STANDARD_INPUT
from tui.core.state.highlighting import existing_like, making, with_step_unsaved
from tui.files.health import unfinished_notes
from tui.files.sidecar.store import tags_of
from tui.reports.printing import print_lines, say

COLOURS = [colour.value for colour in Colour]


def _used_tags(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The tags of the notes' highlights that start with the typed text.

    The shell inserts them into the command line, and the highlights may be someone else's: tags that could run
    something there are not offered.
    """
    # After an option without a value, click does not parse the remaining arguments.
    path = ctx.params.get("path") or next(iter(ctx.args), None)
    used = tags_of(Path(os.path.expanduser(path))) if path else ()
    return [tag for tag in used if tag.startswith(incomplete) and re.fullmatch(r"\w[\w./:@+-]*", tag)]


@command(
    'mark notes.md --quote "a general computer" --colour pink --tag models',
    'mark notes.md --quote computer --prefix "a general " --comment "since when?"',
)
@click.argument("path", type=PATH)
@click.option("--quote", required=True, help="The words to highlight; they must occur exactly once.")
@click.option("--prefix", default="", help="Words right before them.")
@click.option("--suffix", default="", help="Words right after them.")
@click.option("--episode", default="", help="The title of their episode, or a part of it.")
@click.option(
    "--colour",
    "--color",
    type=click.Choice(COLOURS, case_sensitive=False),
    default=COLOURS[0],
    show_default=True,
    help="Its colour.",
)
@click.option("--comment", default="", help="A comment on them.")
@click.option("--tag", "tags", multiple=True, shell_complete=_used_tags, help="A tag; may be repeated.")
@config_option
@click.pass_context
def mark(
    ctx: click.Context,
    path: str,
    quote: str,
    prefix: str,
    suffix: str,
    episode: str,
    colour: str,
    comment: str,
    tags: tuple[str, ...],
) -> int:
    """Add a highlight and print its id.

    One that is there already, with the same comment, colour and tags, is not added again. The words are quoted as
    `earmark outline` shows them; they may go on from one block into the next.
    """
    if not quote.strip():
        raise click.BadParameter("it has no words", param_hint="'--quote'")
    if path == STANDARD_INPUT:
        raise click.BadParameter("standard input is read-only: save it to a file to highlight", param_hint="'PATH'")
    session, state = annotated_notes(ctx, path, configuration(ctx))
    note, places = find(state.library, Quote(quote, prefix, suffix, episode))
    words = " ".join(tags).replace(",", " ").replace("#", " ").split()
    step = making(
        state,
        note.path,
        places,
        Colour(colour),
        lambda made: replace(made, comment=comment.strip(), tags=tuple(dict.fromkeys(words))),
        new_id=session.new_id(),
        now=session.now(),
    )
    if (there := existing_like(state, step)) is not None:
        print_lines([there])
        return 0
    session.texts.keep_snapshots(session.saving.write(with_step_unsaved(state, step), step.note))
    for warning in unfinished_notes(state):
        say(warning)
    print_lines(step.places)
    return 0
