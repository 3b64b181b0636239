"""Renames that never overwrite a file unseen: an atomic exchange of two names, or a rename to a free name.

Python offers neither, so the C library is called: ``renameat2`` on Linux, ``renamex_np`` on macOS.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOT_HERE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)
"Errors that mean the system or file system does not support this way of renaming or linking."

_HERE = -100
"Linux's AT_FDCWD: relative paths start at the current folder."
_SYSCALLS = {"x86_64": 316, "aarch64": 276, "riscv64": 276}
"Syscall numbers of renameat2 by machine, for C libraries without a wrapper."


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files atomically; False if that is not supported here. Raises OSError."""
    return _renamed(one, other, 2)


def rename_new(old: Path, new: Path) -> bool:
    """Rename a file to a free name; False if it is taken. Raises OSError."""
    try:
        if _renamed(old, new, 4 if sys.platform == "darwin" else 1):
            return True
        os.link(old, new)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        # FAT on an old system: nothing remains but to check first.
        if os.path.lexists(new):
            return False
        os.rename(old, new)
        return True
    os.unlink(old)
    return True


def _renamed(old: Path, new: Path, flags: int) -> bool:
    if (rename := _rename()) is None:
        return False
    ctypes.set_errno(0)
    if rename(os.fsencode(old), os.fsencode(new), flags) == 0:
        return True
    number = ctypes.get_errno()
    if number in NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), os.fspath(old), None, os.fspath(new))


@cache
def _rename() -> Callable[[bytes, bytes, int], int] | None:
    """The system's rename function with flags; None if there is none."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        found = getattr(library, "renamex_np", None)
        return found and (lambda old, new, flags: int(found(old, new, ctypes.c_uint(flags))))
    if found := getattr(library, "renameat2", None):
        return lambda old, new, flags: int(found(_HERE, old, _HERE, new, ctypes.c_uint(flags)))
    if sys.platform == "linux" and (number := _SYSCALLS.get(os.uname().machine)):
        call = library.syscall
        return lambda old, new, flags: int(call(ctypes.c_long(number), _HERE, old, _HERE, new, ctypes.c_uint(flags)))
    return None
