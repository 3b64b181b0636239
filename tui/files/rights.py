"""Who may read and write a file: owner, group, mode, access list and attributes, as another file has them."""

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
"The mode of a file that is its owner's only."

_ACL = "system.posix_acl_access"
_GROUP_ENTRY = 0x04
"ACL_GROUP_OBJ: the entry of an access list that says what the file's own group may do."


class _Rights(NamedTuple):
    """Who may do what with a file."""

    owner: int
    group: int
    mode: int
    acl: bytes | None
    "The access list as the system keeps it; None where there is none but the mode."


def like_note(descriptor: int, note: Path | None) -> None:
    """Give a new file the rights of the note it belongs to, and never wider ones; its owner may always write it.

    Where the note is not there, the file is its owner's only. Raises OSError.
    """
    rights = _rights(note) if note is not None else None
    if rights is None:
        os.fchmod(descriptor, PRIVATE)
        return
    mode = rights.mode & 0o666 | PRIVATE
    if _given(descriptor, rights)[1]:
        _set_acl(descriptor, rights.acl)
    else:
        # Another group's members may do no more than anybody may.
        _set_acl(descriptor, None)
        mode &= 0o606 | mode << 3 & 0o060
    _set_mode(descriptor, mode)


def as_before(descriptor: int, path: Path) -> None:
    """Give a file that is to replace another one its owner, group, mode, access list and attributes.

    An owner that only root could give gives way, if nobody loses a right by it. Raises SidecarError where somebody
    would, or an attribute cannot be kept, and OSError.
    """
    rights = _rights(path)
    if rights is None:
        raise FileNotFoundError(path)
    has_owner, has_group = _given(descriptor, rights)
    others = rights.mode & 6
    group = _group_mode(rights) & 6
    if not has_group and group & ~others:
        raise SidecarError(
            os.fspath(path), "its group would lose it, for you are not a member", "have a member of the group mark here"
        )
    if not has_owner and rights.mode >> 6 & 6 & ~(group if has_group else others):
        remedy = "have the owner give the file's group the right to write, or mark here"
        raise SidecarError(os.fspath(path), "its owner would lose it, for you are another", remedy)
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
    """Give a file an owner and a group as far as that is allowed; whether it has each."""
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) != (rights.owner, rights.group):
        for owner in (rights.owner, -1):
            with suppress(OSError):
                os.fchown(descriptor, owner, rights.group)
                break
        status = os.fstat(descriptor)
    return status.st_uid == rights.owner, status.st_gid == rights.group


def _group_mode(rights: _Rights) -> int:
    """What the file's group may do; with an access list the mode says what it and all named ones may at most."""
    at_most = rights.mode >> 3 & 7
    for tag, allowed, _ in struct.iter_unpack("<HHI", (rights.acl or b"")[4:]):
        if tag == _GROUP_ENTRY:
            return int(allowed) & at_most
    return at_most


def _set_mode(descriptor: int, mode: int) -> None:
    # FAT and the like give all files one mode.
    with suppress(PermissionError):
        os.fchmod(descriptor, mode)


def _acl(file: Path | int) -> bytes | None:
    if sys.platform == "linux":
        with suppress(OSError):
            return os.getxattr(file, _ACL)
    return None


def _set_acl(descriptor: int, acl: bytes | None) -> None:
    """Give a file an access list, or take away the one that its folder gave it. Raises OSError."""
    if sys.platform == "linux" and acl != _acl(descriptor):
        if acl is None:
            os.removexattr(descriptor, _ACL)
        else:
            os.setxattr(descriptor, _ACL, acl)


def _copy_attributes(descriptor: int, path: Path) -> None:
    """Copy a file's extended attributes; those of the system's own programs as far as it lets them be set."""
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
                raise SidecarError(os.fspath(path), problem, f"take it away with setfattr -x {name}") from error
