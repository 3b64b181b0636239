"""The terminal as Textual drives it, for a program that may be stopped without a warning."""

from __future__ import annotations

import asyncio

from textual.drivers.linux_driver import LinuxDriver


class Driver(LinuxDriver):
    """Textual's driver, which lets the terminal go before it takes it again.

    After a SIGSTOP, of which no program hears, or a SIGCONT for nothing, which systemd sends, Textual's own would read
    keys in two threads: they take keys from each other, and the one that is left without holds up the end.
    """

    _is_taken = False
    "Whether the terminal is in the program's mode."

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say what it gives
        self._is_taken = True

    def stop_application_mode(self) -> None:
        """Let the terminal go."""
        self._is_taken = False
        super().stop_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again, and draw all anew."""
        if self._is_taken:
            # Not here: a signal may come in the midst of writing, which has a lock.
            asyncio.get_running_loop().call_soon_threadsafe(self._take_again)
        else:
            super().resume_application_mode()

    def _take_again(self) -> None:
        if self._is_taken:
            self.suspend_application_mode()
            self._must_signal_resume = True  # as after the stop that Textual hears of
            super().resume_application_mode()
