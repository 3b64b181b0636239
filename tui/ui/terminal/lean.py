"""Imports Textual without the parts that the first frame does not need, or the reader never uses."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Later(ModuleType):
    """A stand-in for a module; each name taken from it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def without_late_parts() -> Iterator[None]:
    """Import Textual in this context; afterwards, an import of a part left out gets the real one.

    The command palette takes 8 ms, for widgets that nothing else shows; the reader has a list of its own instead.
    OpenSSL takes 4 ms and 11 MB; asyncio, hashlib and hmac work without it. Nothing here speaks TLS.
    """
    parts = {"textual.command": _Later("textual.command"), "ssl": None, "_hashlib": None}
    absent = {name: part for name, part in parts.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None has the import fail, as the import system documents it
    try:
        import hmac  # noqa: F401 - and hashlib with it, as they are without OpenSSL; filelock wants both

        yield
    finally:
        for name in absent:
            del sys.modules[name]
