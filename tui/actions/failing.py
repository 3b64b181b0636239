"""How the app ends where it is itself at fault: the terminal as it was before, and nothing printed on it."""

from __future__ import annotations

from textual.app import App
from textual.worker import WorkerFailed

from tui.errors import CrashError


class FailingApp(App[None]):
    """An app that leaves what ended it to whoever ran it."""

    @property
    def fault(self) -> Exception | None:
        """The error that nobody expected and that ended the app, the first one; None where it was not so."""
        error = self._exception
        cause = error.error if isinstance(error, WorkerFailed) else error
        return cause if isinstance(cause, Exception) else error

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the calls with the values in them: the reader's notes, control sequences and all.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = CrashError.exit_code
        self._close_messages_no_wait()
