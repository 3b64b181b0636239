"""File permissions copied from another file: owner, group, mode, access list and attributes."""

from __future__ import annotations

import os
import stat
import struct
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import SidecarError

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = 0o600
"Mode of a file that only its owner may access."

_ACL = "system.posix_acl_access"
_GROUP_ENTRY = 0x04
"ACL_GROUP_OBJ: the access list's entry for the owning group."


class _Rights(NamedTuple):
    """The permissions of a file."""

    owner: int
    group: int
    mode: int
    acl: bytes | None
    "The access list in the system's format; None if there is only a mode."


def copy_from_note(descriptor: int, note: Path | None) -> None:
    """Give a new file the permissions of its note, never wider ones; its owner may always write it.

    Without a note, the file belongs to its owner alone. Raises OSError.
    """
    rights = _rights(note) if note is not None else None
    if rights is None:
        os.fchmod(descriptor, PRIVATE)
        return
    mode = rights.mode & 0o666 | PRIVATE
    if _given(descriptor, rights)[1]:
        _set_acl(descriptor, rights.acl)
    else:
        # Members of a different group may do no more than everyone may.
        _set_acl(descriptor, None)
        mode &= 0o606 | mode << 3 & 0o060
    _set_mode(descriptor, mode)


def copy_from_replaced(descriptor: int, path: Path) -> None:
    """Give a file the owner, group, mode, access list and attributes of the one it will replace.

    An owner that only root could set is dropped if nobody loses access by it. Raises OSError, and SidecarError if
    somebody would lose access or an attribute cannot be kept.
    """
    rights = _rights(path)
    if rights is None:
        raise FileNotFoundError(path)
    has_owner, has_group = _given(descriptor, rights)
    others = rights.mode & 6
    group = _group_mode(rights) & 6
    if not has_group and group & ~others:
        raise SidecarError(
            os.fspath(path),
            "its group would lose it, since you are not a member",
            "ask a member of the group to highlight here",
        )
    if not has_owner and rights.mode >> 6 & 6 & ~(group if has_group else others):
        remedy = "ask the owner to let the file's group write, or to highlight here"
        raise SidecarError(os.fspath(path), "its owner would lose it, since that is someone else", remedy)
    _copy_attributes(descriptor, path)
    _set_acl(descriptor, rights.acl)
    _set_mode(descriptor, rights.mode)


def _rights(path: Path) -> _Rights | None:
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return _Rights(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _acl(path))


def _given(descriptor: int, rights: _Rights) -> tuple[bool, bool]:
    """Set a file's owner and group if allowed; True for each that was set."""
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) != (rights.owner, rights.group):
        for owner in (rights.owner, -1):
            with suppress(OSError):
                os.fchown(descriptor, owner, rights.group)
                break
        status = os.fstat(descriptor)
    return status.st_uid == rights.owner, status.st_gid == rights.group


def _group_mode(rights: _Rights) -> int:
    """The permissions of the owning group; with an access list, the mode holds the maximum for all groups and named
    users.
    """
    at_most = rights.mode >> 3 & 7
    for tag, allowed, _ in struct.iter_unpack("<HHI", (rights.acl or b"")[4:]):
        if tag == _GROUP_ENTRY:
            return int(allowed) & at_most
    return at_most


def _set_mode(descriptor: int, mode: int) -> None:
    # FAT and similar file systems have one mode for all files.
    with suppress(PermissionError):
        os.fchmod(descriptor, mode)


def _acl(file: Path | int) -> bytes | None:
    if sys.platform == "linux":
        with suppress(OSError):
            return os.getxattr(file, _ACL)
    return None


def _set_acl(descriptor: int, acl: bytes | None) -> None:
    """Set a file's access list, or remove the one inherited from its folder. Raises OSError."""
    if sys.platform == "linux" and acl != _acl(descriptor):
        if acl is None:
            os.removexattr(descriptor, _ACL)
        else:
            os.setxattr(descriptor, _ACL, acl)


def _copy_attributes(descriptor: int, path: Path) -> None:
    """Copy a file's extended attributes; the system's own only where it permits."""
    if sys.platform != "linux":
        return
    names: list[str] = []
    with suppress(OSError):
        names = os.listxattr(path)
    for name in names:
        if name == _ACL:
            continue
        try:
            os.setxattr(descriptor, name, os.getxattr(path, name))
        except OSError as error:
            if name.startswith("user."):
                problem = f"its attribute {name} cannot be kept: {error.strerror}"
                raise SidecarError(os.fspath(path), problem, f"remove it with setfattr -x {name}") from error
