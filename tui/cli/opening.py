"""The configuration, notes and filter given to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui import launch
from tui.cli.options import CONFIG
from tui.core.state.filtering import faults, read_filter
from tui.reports.printing import progress_callback
from tui.target import NotesTarget

if TYPE_CHECKING:
    from tui.core.notes.model import Library
    from tui.core.state.filtering import Filter
    from tui.core.state.model import State
    from tui.files.config import Config
    from tui.files.session import Session


def configuration(ctx: click.Context) -> Config:
    """The configuration in force, or the one given by ``--config``; raises ConfigError."""
    return launch.configuration(ctx.meta.get(CONFIG))


def notes(ctx: click.Context, path: str) -> Library:
    """The notes at a path, read with a progress line."""
    return launch.notes(NotesTarget(path), configuration(ctx), progress_callback(ctx, path))


def annotated_notes(ctx: click.Context, path: str, config: Config) -> tuple[Session, State]:
    """The notes at a path with their highlights, read with a progress line."""
    return launch.marked_notes(NotesTarget(path), config, progress_callback(ctx, path))


def filter_of(typed: str, config: Config) -> Filter:
    """Parse a filter; raises BadParameter for an unknown state or colour."""
    wanted = read_filter(typed)
    for fault in faults(wanted, config.colours):
        raise click.BadParameter(fault, param_hint="'--filter'")
    return wanted
