"""Reporting notes and highlights that a command could not read, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.reporting import report
from tui.errors import NotesError
from tui.files.health import unread_folders, unread_sidecars
from tui.reports.printing import say

if TYPE_CHECKING:
    from tui.core.notes.model import Library
    from tui.core.state.model import State
    from tui.files.session import Session


def report_notes(library: Library) -> int:
    """Report notes and folders that could not be read completely; return the exit code."""
    code = max(map(report, unread_folders(library)), default=0)
    for note in library.notes:
        for warning in (*note.warnings, *filter(None, (note.notice,))):
            say(warning if note.path in warning else f"{note.path}: {warning}")
        code = code if note.episodes else NotesError.exit_code
    return code


def report_unread(session: Session, state: State) -> int:
    """Report notes or highlights that could not be read completely; return the exit code."""
    return max(report_notes(state.library), report_unread_highlights(session, state))


def report_unread_highlights(session: Session, state: State) -> int:
    """Report highlights files that could not be read; return the exit code."""
    return max(map(report, unread_sidecars(state.library, session.folders)), default=0)
