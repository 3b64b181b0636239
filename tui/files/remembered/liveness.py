"""Liveness of sessions: each holds a lock that ends with its process, however that ends."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.files.lock import is_at, try_lock
from tui.files.remembered.state_folder import make_folder, state_folder

if TYPE_CHECKING:
    from pathlib import Path

TRIES = 10
"Attempts of a session to take its own lock, which another that checks on it may hold for a moment."


class SessionLock:
    """The lock that shows a session to be alive, from `begin` to `end`; without a state folder it does nothing."""

    def __init__(self, session: str) -> None:
        self.session = session
        "The session's name, which the names of its files contain."
        self._descriptor: int | None = None

    def begin(self) -> None:
        """Take the lock, unless it is held already."""
        if self._descriptor is not None or (path := _path(self.session)) is None:
            return
        with suppress(OSError):
            make_folder(path.parent)
            for _ in range(TRIES):
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
                if _lock(descriptor) and is_at(path, descriptor):
                    self._descriptor = descriptor
                    return
                os.close(descriptor)

    def end(self) -> None:
        """Release the lock, which leaves the session's files to the next one."""
        if self._descriptor is not None and (path := _path(self.session)) is not None:
            with suppress(OSError):
                path.unlink()
            os.close(self._descriptor)
            self._descriptor = None


def is_alive(session: str) -> bool:
    """True until a session has ended; removes the lock file of a dead one."""
    if (path := _path(session)) is None:
        return False
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        if not _lock(descriptor):
            return True
        with suppress(OSError):
            if is_at(path, descriptor):
                path.unlink()
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock a file without waiting; on a file system without locks it counts as locked."""
    try:
        return try_lock(descriptor)
    except OSError:
        return True


def _path(session: str) -> Path | None:
    folder = state_folder()
    return folder / "sessions" / session if folder and session.isalnum() else None
