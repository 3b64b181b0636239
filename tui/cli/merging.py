"""The command that merges copies of a highlights file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.opening import notes
from tui.cli.options import FOUND, PATH, command, config_option
from tui.cli.reporting import report
from tui.core.notes.model import STANDARD_INPUT
from tui.files.sidecar.copies import is_sidecar_name
from tui.files.sidecar.joining import join_notes, join_sidecar, merge_files
from tui.reports.printing import print_lines, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.annotations.merging import Clash
    from tui.files.sidecar.joining import JoinResult


@command("merge notes.md", "merge base.toml ours.toml theirs.toml")
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="PATH | BASE OURS THEIRS")
@config_option
@click.pass_context
def merge(ctx: click.Context, files: tuple[str, ...]) -> int:
    """Merge the copies of a highlights file.

    With PATH (notes, a folder of them, or a highlights file), earmark brings in the copies that a sync program left
    beside the highlights file, and both sides of a conflict that git left in it.

    With three files it is a merge driver for git: OURS and THEIRS both come from BASE, and the result is written to
    OURS.

    The exit code is 1 where both sides changed the same thing and only one of the two could stay.
    """
    if len(files) == 3:
        base, ours, theirs = map(Path, files)
        return _report_clashes(merge_files(base, ours, theirs))
    if len(files) != 1:
        raise click.UsageError("it takes one PATH, or three files: BASE OURS THEIRS", ctx)
    done = _joined(ctx, files[0])
    print_lines([f"{joined.sidecar}: {joined.summary}" for joined in done] or ["nothing to merge"])
    codes = [report(fault) for joined in done for fault in joined.faults]
    return max([*codes, _report_clashes(clash for joined in done for clash in joined.clashes)])


def _joined(ctx: click.Context, path: str) -> list[JoinResult]:
    """Merge the copies next to notes, or those of a sidecar; return the results."""
    if path == STANDARD_INPUT:
        raise click.BadParameter("standard input has no highlights", param_hint="'PATH'")
    if is_sidecar_name(path) and not os.path.isdir(path):
        joined = join_sidecar(Path(path))
        return [joined] if joined.is_told else []
    return join_notes(Path(note.path) for note in notes(ctx, path).notes)


def _report_clashes(clashes: Iterable[Clash]) -> int:
    """Report clashes for a person to look at; return the exit code."""
    messages = [str(clash) for clash in clashes]
    for each in messages:
        say(each)
    return FOUND if messages else 0
