"""Imports Textual without those parts that the first frame does not need or the reader never uses."""

from __future__ import annotations

import sys
import typing
from _thread import RLock
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


_RUNNING = RLock()
"Held while a module is executed: other threads that use it wait until it is complete."


class _OnUse(ModuleType):
    """A module of the standard library that is executed on first access."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        with _RUNNING:
            if type(self) is _OnUse and self.__spec__ is None:
                self._run()
        return ModuleType.__getattribute__(self, name)

    def _run(self) -> None:
        spec = PathFinder.find_spec(self.__name__)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(self.__name__)
        self.__dict__.update(__spec__=spec, __loader__=spec.loader, __file__=spec.origin, __package__=spec.parent)
        spec.loader.exec_module(self)
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on an ordinary one


ON_USE = ("inspect", "locale", "mimetypes", "textwrap", "tokenize")
"""Modules of the standard library that others import for features the first frame does not use: source code, running
programs, file types, wrapping help. Textual uses inspect from its first message on, dataclasses only for classes
without a docstring."""


def run_on_use() -> None:
    """Defer the execution of these standard library modules from their import to their first use."""
    for name in ON_USE:
        sys.modules.setdefault(name, _OnUse(name))


LEFT_OUT = (
    *("textual.command", "textual.canvas", "textual.css._help_text", "textual.markup", "textual.suggestions"),
    *("textual.widgets._toast", "asyncio.sslproto", "platformdirs", "rich.table", "uuid"),
)
"""Modules that Textual and asyncio import for features the first frame does not use: the palette and its widgets, lines
between cells, advice on wrong styles, markup, notifications, TLS, saving screenshots, tables of colours. They take a
few names from each, and call them or derive from them only when such a feature is used. Textual also looks for
notifications on each screen, and finds none."""


IN_PARTS = ("asyncio", "rich.console", "textual", "textual.css.stylesheet", "textual.app")
"Modules in the order in which the reader imports them, 10 to 30 ms apart."


@contextmanager
def without_late_parts() -> Iterator[None]:
    """Import Textual in this context; later imports of the omitted parts get the real modules.

    The palette and OpenSSL take 12 ms of processor time, and OpenSSL 11 MB; asyncio and hashlib work without it.
    Nothing here speaks TLS.
    """
    parts = {name: _Later(name) for name in LEFT_OUT}
    # This one stays, since the fields of windows are imported later.
    sys.modules.setdefault("typing_extensions", _Typing("typing_extensions"))
    absent = {name: part for name, part in parts.items() if name not in sys.modules}
    refused = [name for name in ("ssl", "_hashlib") if name not in sys.modules]
    sys.modules.update(absent)
    for name in refused:
        sys.modules[name] = None  # type: ignore[assignment]  # has the import fail, as the import system documents it
    try:
        import hashlib  # noqa: F401 - as it is without OpenSSL

        yield
    finally:
        for name in refused:
            del sys.modules[name]
        for name, part in absent.items():
            if sys.modules.get(name) is part:
                del sys.modules[name]
