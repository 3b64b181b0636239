"""What the reader's app is made of, layer by layer, and how it ends where it is itself at fault.

The terminal is left as it was before, and nothing is printed on it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.worker import WorkerFailed

from tui.errors import CrashError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.driver import Driver


class FailingApp(App[None]):
    """An app that leaves what ended it to whoever ran it, and the lowest of the layers that the reader is made of."""

    def __init_subclass__(cls, *, is_whole: bool = False, **inherits: Any) -> None:
        """Have Textual gather what a class has from its bases for the whole app alone: it takes 0.3 ms for a layer."""
        if is_whole:
            super().__init_subclass__(**inherits)

    def get_driver_class(self) -> type[Driver]:
        """What drives the terminal."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from tui.ui.terminal.driver import Driver

        return Driver

    def do_behind(self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False) -> None:
        """Do work while keys are answered; it may overtake what of its group is not done yet.

        It is called only when it begins: Python complains of a coroutine that was made and never begun. And it is
        described by its group: Textual would write out all that it is given, which may be ten thousand episodes.
        """
        self.run_worker(work, group=group, description=group, exclusive=overtakes)  # type: ignore[arg-type]  # of several forms

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
