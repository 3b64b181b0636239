"""The progress line of a slow command, on standard error, which is erased before any other output."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from tui.core.notes.sanitise import in_one_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

PATIENCE = 0.5
"Seconds before the first progress line, and between updates."
ERASED = "\r\x1b[K"
"The sequence that erases the cursor's line (ECMA-48, EL)."


class Progress:
    """A context that shows a command's progress; does nothing if standard error is not a terminal."""

    def __init__(self) -> None:
        self.done = "reading"
        "The progress so far, in words."
        self._began = time.monotonic()
        self._is_over = Event()
        self._writing = Lock()
        self._is_shown = False
        self._thread = Thread(target=self._print_progress, daemon=True)

    def __enter__(self) -> Self:
        if sys.stderr and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._thread.start()
        else:
            self._is_over.set()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop showing progress."""
        self._is_over.set()
        with self.hidden():
            pass

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Hide the line while other output is printed."""
        with self._writing:
            if self._is_shown:
                self._write(ERASED)
                self._is_shown = False
            yield

    def _print_progress(self) -> None:
        while not self._is_over.wait(PATIENCE):
            with self._writing:
                if not self._is_over.is_set():
                    seconds = time.monotonic() - self._began
                    self._write(f"{ERASED}earmark: {in_one_row(self.done)}, {seconds:.0f} s; ctrl+c stops")
                    self._is_shown = True

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
