"""A program in a real pseudo-terminal, read through a terminal emulator as a person would see it."""

from __future__ import annotations

import os
import signal
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pexpect

from tests.terminal.emulator import Emulator, environment
from tests.terminal.keys import mouse, sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyte

PATIENCE = 60.0
"Seconds that anything may take."
POLL = 0.05
"Seconds to wait for output before looking at the screen again."


def _with_signals_of_a_terminal() -> None:
    """Restore the default handling of signals from a terminal, even if the tests run behind ``nohup``."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class Screen:
    """Runs a command in a terminal of a given size until `close`, or the end of its ``with`` block.

    Columns and rows are cells counted from 0. Output is taken in while something waits for it.
    """

    def __init__(
        self,
        *command: str | Path,
        columns: int = 100,
        rows: int = 30,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
    ) -> None:
        program, *arguments = map(str, command)
        self._process = pexpect.spawn(
            program,
            arguments,
            env=environment(os.environ, env or {}),
            cwd=None if cwd is None else str(cwd),
            dimensions=(rows, columns),
            echo=False,
            preexec_fn=_with_signals_of_a_terminal,
        )
        self._process.delaybeforesend = None
        self._process.ptyproc.delayafterterminate = 2.0  # a program of some gigabytes takes its time to end
        self._screen = Emulator(columns, rows, self._process.send)
        self.written = bytearray()
        "All bytes that the program has sent so far."

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- what a person does

    def send(self, text: str) -> Self:
        """Type text as it is."""
        self._process.send(text.encode())
        return self

    def press(self, *keys: str) -> Self:
        """Press keys by name: a character, ``ctrl+d``, ``alt+x``, or a name of `KEYS`."""
        for key in keys:
            self.send(sequence(key))
        return self

    def click(self, column: int, row: int) -> Self:
        """Press and release the left mouse button on a cell."""
        return self.drag((column, row), (column, row))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> Self:
        """Hold the left mouse button from one cell, a column and a row, to another."""
        self.send(mouse(0, start))
        if start != end:
            self.send(mouse(32, end))
        return self.send(mouse(0, end, is_release=True))

    def scroll(self, column: int, row: int, steps: int) -> Self:
        """Turn the mouse wheel over a cell; upwards if ``steps`` is negative."""
        return self.send(mouse(65 if steps > 0 else 64, (column, row)) * abs(steps))

    def resize(self, columns: int, rows: int) -> Self:
        """Resize the terminal, and notify the program."""
        self._screen.resize(rows, columns)
        self._process.setwinsize(rows, columns)
        return self

    def hang_up(self) -> int:
        """Close the terminal's window; returns the program's exit code."""
        self._process.ptyproc.fileobj.close()
        self._process.closed = self._process.ptyproc.closed = True
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    # -- what a person sees

    def lines(self) -> list[str]:
        """The rows of the screen, without trailing blanks."""
        self._take(0)
        return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        """All rows as one text."""
        return "\n".join(self.lines())

    def find(self, text: str) -> tuple[int, int]:
        """The column and row of the first occurrence of a text on screen."""
        for row in range(self._screen.lines):
            cells = [self.cell(column, row).data for column in range(self._screen.columns)]
            for column in range(len(cells)):
                if "".join(cells[column:]).startswith(text):
                    return column, row
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text()}")

    def cell(self, column: int, row: int) -> pyte.screens.Char:
        """A cell with its ``data``, ``fg``, ``bg``, ``bold``, ``italics``, ``underscore``, ``reverse``."""
        return self._screen.buffer[row][column]

    @property
    def cursor(self) -> tuple[int, int] | None:
        """The column and row of the cursor; None while it is hidden."""
        cursor = self._screen.cursor
        return None if cursor.hidden else (min(cursor.x, self._screen.columns - 1), cursor.y)

    def modes(self) -> list[Any]:
        """The terminal's modes, as from `termios.tcgetattr`."""
        return termios.tcgetattr(self._process.child_fd)

    def wait_for(self, what: str | Callable[[list[str]], object], timeout: float = PATIENCE) -> Self:
        """Wait until a text is on screen, or a predicate of `lines` holds; else raises AssertionError."""
        deadline = time.monotonic() + timeout
        while not self._shows(what):
            left = deadline - time.monotonic()
            has_ended = not self._take(max(0.0, min(POLL, left))) and not self._process.isalive()
            # What came last may be what was waited for.
            if (left <= 0 or has_ended) and not self._shows(what):
                state = "the program has ended" if has_ended else f"not within {timeout} s"
                raise AssertionError(f"{what!r}: {state}; the screen:\n{self.text()}")
        return self

    def wait_gone(self, text: str, timeout: float = PATIENCE) -> Self:
        """Wait until a text is no longer on screen."""
        return self.wait_for(lambda lines: text not in "\n".join(lines), timeout)

    def rest(self, silence: float = 0.1) -> Self:
        """Wait until the program has sent nothing for this many seconds, as opposed to waiting for what it shows.

        On Linux, a program that waits for a processor or a disk does not count as quiet.
        """
        deadline = time.monotonic() + PATIENCE
        while (self._take(silence) or _is_at_work(self.pid)) and time.monotonic() < deadline:
            pass
        return self

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait for the program to end by itself; returns its exit code."""
        deadline = time.monotonic() + timeout
        while self._process.isalive() or self._take(0):
            if time.monotonic() > deadline:
                raise AssertionError(f"the program runs still after {timeout} s; the screen:\n{self.text()}")
            self._take(POLL)
        return int(self._process.exitstatus if self._process.exitstatus is not None else -self._process.signalstatus)

    @property
    def pid(self) -> int:
        """The program's process id."""
        return int(self._process.pid)

    def close(self) -> None:
        """End the program, by force if necessary."""
        if self._process.closed:
            return
        if self._process.isalive():
            self._process.kill(signal.SIGHUP)
            deadline = time.monotonic() + 2
            while self._process.isalive() and time.monotonic() < deadline:
                self._take(POLL)
        self._process.close(force=True)

    def _shows(self, what: str | Callable[[list[str]], object]) -> bool:
        return what in self.text() if isinstance(what, str) else bool(what(self.lines()))

    def _take(self, timeout: float) -> bool:
        """Read the program's output; False if there is none in this time."""
        came = False
        while not self._process.closed:
            try:
                data = self._process.read_nonblocking(1 << 16, 0 if came else timeout)
            except (pexpect.TIMEOUT, pexpect.EOF):
                break
            came = True
            self.written += data
            self._screen.take(data)
        return came


def _is_at_work(pid: int) -> bool:
    """True if a thread of a program, or of one that it started, runs or waits for a processor or a disk."""
    with suppress(OSError):  # it has ended, or there is no such folder
        for thread in Path(f"/proc/{pid}/task").iterdir():
            if thread.joinpath("stat").read_text().rpartition(")")[2].split()[0] in "RD":
                return True
            if any(map(_is_at_work, map(int, thread.joinpath("children").read_text().split()))):
                return True
    return False
