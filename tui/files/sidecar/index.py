"""An index of sidecars by file signature, which reads each again only when it has changed."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import SidecarError
from tui.files.regular import open_regular
from tui.files.toml import codec
from tui.files.watching.stable_read import may_have_changed, signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.files.sidecar.text import Contents
    from tui.files.watching.stable_read import Signature

HEAD = 1 << 12
"Bytes within which the head of a sidecar ends; one with a longer head is read whole."


class _Known(NamedTuple):
    """One version of a sidecar, as much of it as was read."""

    signature: Signature
    name: str | None = None
    "The name of its note, or empty if it names none; None if it cannot be read."
    contents: Contents | None = None
    "Its contents, if they were read."
    fault: SidecarError | None = None
    "The error if it could not be read."


class SidecarIndex:
    """A cache of sidecars, valid while their files are unchanged.

    Args: load: Reads a sidecar whole; raises SidecarError.
    """

    def __init__(self, load: Callable[[Path], Contents]) -> None:
        self._load = load
        self._names: dict[str, _Known] = {}
        self._whole: dict[str, _Known] = {}

    def note_named(self, sidecar: Path) -> str | None:
        """The note that a sidecar names, or empty if it names none; None without a readable sidecar."""
        path = os.fspath(sidecar)
        if (now := signature(path)) is None:
            self._names.pop(path, None)
            return None
        known = self._names.get(path)
        if known is None or known.signature != now:
            known = self._remember(self._names, path, _Known(now, self._name_in(sidecar)))
        return known.name

    def contents(self, sidecar: Path) -> Contents:
        """The contents of a sidecar. Raises SidecarError, also if there is no readable one."""
        path = os.fspath(sidecar)
        if (now := signature(path)) is None:
            self._whole.pop(path, None)
            return self._load(sidecar)
        known = self._whole.get(path)
        if known is None or known.signature != now:
            try:
                known = _Known(now, contents=self._load(sidecar))
            except SidecarError as error:
                known = _Known(now, fault=error)
            self._remember(self._whole, path, known)
        if known.contents is None:
            raise known.fault or SidecarError(path, "cannot be read")
        return known.contents

    def _remember(self, kind: dict[str, _Known], path: str, known: _Known) -> _Known:
        if not may_have_changed(known.signature, time.time()):
            kind[path] = known
        return known

    def _name_in(self, sidecar: Path) -> str | None:
        """The note that a sidecar names, read from its head alone if possible."""
        try:
            with open_regular(sidecar) as file:
                head, bracket, _ = file.read(HEAD).partition(b"\n[")
            document = codec.loads(head) if bracket else {}
        except (OSError, UnicodeDecodeError, codec.TomlError):
            document = {}
        if isinstance(name := document.get("note"), str):
            return name
        try:
            contents = self.contents(sidecar)
        except SidecarError:
            return None
        return contents.note if contents.is_there else None
