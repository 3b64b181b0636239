"""Files that another program has open for writing, on systems that can tell."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from tui.files.watching.refresh_rule import RESTED
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from tui.core.notes.model import Note
    from tui.files.watching.stable_read import Signature


def being_written(seen: MutableMapping[str, Signature | None], notes: Iterable[Note]) -> frozenset[str]:
    """The paths of notes that were being written when they were read, or have been since; they are marked as unseen,
    to be checked again.
    """
    now, found = time.time(), []
    for note in notes:
        if (read := seen.get(note.path)) is None:
            continue
        # A file from the future counts as new, since the clock was set back.
        is_new = now - read.modified / 1e9 < RESTED
        # Of one that changed since, the beginning may have been read, and its writer be done by now.
        if (is_new and has_writer(note.path)) or signature(note.path) not in (read, None):
            seen[note.path] = None
            found.append(note.path)
    return frozenset(found)


def has_writer(path: str) -> bool | None:
    """True if any program has a file open for writing; None if the system cannot tell.

    Linux grants a read lease on a file only while nobody writes to it. The lease is returned immediately; a writer that
    opens the file in between waits for those microseconds, and the signal about it is ignored.
    """
    if sys.platform != "linux":
        return None
    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        # The holder of a lease gets a signal; the default SIGIO would end the program.
        fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    else:
        return False
    finally:
        os.close(opened)
