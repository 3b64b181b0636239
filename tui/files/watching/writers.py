"""Whether another program has a file open to write to it, where the system tells."""

from __future__ import annotations

import errno
import os
import signal
import sys


def has_writer(path: str) -> bool | None:
    """Tell whether any program has a file open for writing; None where the system does not say.

    Linux grants a read lease on a file only while nobody writes to it. The lease is given back at once; a writer who
    opens the file in between waits for those microseconds, and what tells us of him is a signal that is ignored.
    """
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        # What is sent to the holder of a lease would end the program if it were the usual SIGIO.
        fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    else:
        return False
    finally:
        os.close(opened)
