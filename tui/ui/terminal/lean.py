"""Imports Textual without those parts that the first frame does not need or the reader never uses."""

from __future__ import annotations

import sys
import typing
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Later(ModuleType):
    """A stand-in for a module: its names can be called, which imports the module, or serve as base classes."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)

        def made(_: type, *args: object, **options: object) -> object:
            return getattr(self.real(), name)(*args, **options)

        return type(name, (), {"__new__": made})

    def real(self) -> ModuleType:
        """The module itself, imported now if necessary."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)


class _Typing(_Later):
    """A stand-in for typing_extensions that prefers names from the running Python's typing."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(typing, name) if hasattr(typing, name) else getattr(self.real(), name)


class _OnUse(ModuleType):
    """A module of the standard library that is executed on first access."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or (spec := PathFinder.find_spec(self.__name__)) is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on an ordinary one
        self.__dict__.update(__spec__=spec, __loader__=spec.loader, __file__=spec.origin, __package__=spec.parent)
        spec.loader.exec_module(self)
        return getattr(self, name)


def run_on_use(name: str) -> None:
    """Defer the execution of a standard library module from its import to its first use."""
    sys.modules.setdefault(name, _OnUse(name))


LEFT_OUT = ("textual.command", "textual.canvas", "rich.table", "platformdirs", "uuid")
"""Modules that Textual imports for features the first frame does not use: its palette and widgets, lines between cells,
tables of colours, saving screenshots, notifications. Textual takes a few names from each, and calls them or derives
from them only when such a feature is used."""


@contextmanager
def without_late_parts() -> Iterator[None]:
    """Import Textual in this context; later imports of the omitted parts get the real modules.

    Together they take 12 ms of processor time, and typing_extensions 2 ms. OpenSSL takes 4 ms and 11 MB; asyncio,
    hashlib and hmac work without it, and nothing here speaks TLS.
    """
    parts = {name: _Later(name) for name in LEFT_OUT} | {"typing_extensions": _Typing("typing_extensions")}
    absent = {name: part for name, part in parts.items() if name not in sys.modules}
    refused = [name for name in ("ssl", "_hashlib") if name not in sys.modules]
    sys.modules.update(absent)
    for name in refused:
        sys.modules[name] = None  # type: ignore[assignment]  # has the import fail, as the import system documents it
    try:
        import hmac  # noqa: F401 - and hashlib with it, as they are without OpenSSL; filelock wants both

        yield
    finally:
        for name in refused:
            del sys.modules[name]
        for name, part in absent.items():
            if sys.modules.get(name) is part:
                del sys.modules[name]
