"""Zip archives, read in memory and within limits: nothing is extracted to disk, and no name is used as a path."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import SourceError
from tui.importing.contents import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = b"PK\x03\x04"
"The first bytes of a non-empty archive."
MOST_ENTRIES = 20_000
"Most files and folders in an archive, including nested archives."
MOST_BYTES = 1 << 28
"Most uncompressed bytes of the files that are read."
MOST_RATIO = 200
"Most uncompressed bytes per compressed one: text has ten, a zip bomb a thousand."
SMALL = 1 << 20
"Uncompressed size up to which the ratio is ignored."
DEEPEST = 2
"Nesting limit: an archive in an archive is read, but one inside that is treated as any other file."
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(UnicodeError, ValueError, OverflowError),
)
"Errors that `zipfile` raises for archives that are damaged or use unsupported features."
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_AGAIN = "export it again"
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|.*(?:^|[/\\])\.\.(?:[/\\]|\Z)", re.DOTALL)
_OF_SYSTEMS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store\Z|Thumbs\.db\Z|desktop\.ini\Z)")


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    "Its path in the archive, with ``/`` as separator."
    data: bytes


class Unpacked(NamedTuple):
    """The content of an archive."""

    members: tuple[Member, ...]
    "The wanted files, without duplicates."
    others: tuple[str, ...]
    "The paths of all other files, which are not read."
    faults: tuple[Fault, ...]
    "The files that could not be read, one error each."


def names_in(data: bytes) -> tuple[str, ...]:
    """The names in an archive, without nested archives; none if it is not an archive or exceeds the limits."""
    if not data.startswith(MAGIC):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            return tuple(map(_name, infos)) if len(infos) <= MOST_ENTRIES else ()
    except _BROKEN:
        return ()


def unpacked(path: str, data: bytes, is_wanted: Callable[[str], bool]) -> Unpacked:
    """Read the files whose paths are wanted from an archive and the archives in it.

    Raises SourceError if it is not an archive, has a password or exceeds the limits; a damaged file in it becomes a
    fault.
    """
    reader = _Reader(path, is_wanted)
    reader.read(data, 1)
    return Unpacked(tuple(dict.fromkeys(reader.members)), tuple(reader.others), tuple(reader.faults))


class _Reader:
    """Collects the files of an archive within the limits."""

    def __init__(self, path: str, is_wanted: Callable[[str], bool]) -> None:
        self._path = path
        self._is_wanted = is_wanted
        self._entries = 0
        self._bytes = 0
        self.members: list[Member] = []
        self.others: list[str] = []
        self.faults: list[Fault] = []

    def read(self, data: bytes, depth: int) -> None:
        """Read an archive or a nested one."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
                self._entries += len(infos)
                if self._entries > MOST_ENTRIES:
                    raise self._refusal(f"it has more than {MOST_ENTRIES:,} entries")
                for info in infos:
                    self._extract(archive, info, depth)
        except _BROKEN as error:
            problem = "this is not a zip archive, or it was cut short" if depth == 1 else "an archive in it is damaged"
            raise SourceError(self._path, problem, "download it again") from error

    def _extract(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int) -> None:
        name = _name(info)
        if name.endswith("/") or _OF_SYSTEMS.search(name):
            return
        is_archive = depth < DEEPEST and "/" not in name and name.lower().endswith(".zip")
        if not is_archive and not self._is_wanted(name):
            self.others.append(name)
            return
        if _OUTSIDE.match(name):
            self._fault(name, "its name leads out of the archive", _AGAIN)
        elif stat.S_ISLNK(info.external_attr >> 16):
            self._fault(name, "it is a link, which is not followed", "put the file itself into the archive")
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self._fault(
                name, "it is compressed in a way that is not supported", "compress it with deflate, as zip programs do"
            )
        else:
            self._count(info)
            try:
                data = archive.read(info)
            except _BROKEN:
                self._fault(name, "it is damaged", "download the archive again")
                return
            if is_archive:
                self.read(data, depth + 1)
            else:
                self.members.append(Member(name, data))

    def _count(self, info: zipfile.ZipInfo) -> None:
        """Check a file against the limits by its declared sizes, which `zipfile` enforces."""
        if info.flag_bits & _ENCRYPTED:
            raise self._refusal("it has a password", "unpack it and zip it again without one")
        if info.file_size > SMALL and info.file_size > MOST_RATIO * info.compress_size:
            raise self._refusal("a file in it is too large when unpacked")
        self._bytes += info.file_size
        if self._bytes > MOST_BYTES:
            raise self._refusal(f"unpacked, its text is larger than {MOST_BYTES >> 20} MB", "export it in parts")

    def _refusal(self, problem: str, remedy: str = _AGAIN) -> SourceError:
        return SourceError(self._path, problem, remedy)

    def _fault(self, name: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(0, f"{' '.join(name.split())}: {problem}", remedy))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry, read as UTF-8 even if it is not flagged as such, since many programs omit the flag."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return name.replace("\\", "/")
