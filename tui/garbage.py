"""Pauses of Python's search for garbage: earmark's objects form few cycles, and each search would delay keys."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY_OBJECTS = 50_000
"Number of new objects from which they are kept from later searches."


@contextmanager
def uncollected() -> Iterator[None]:
    """Search for no garbage meanwhile, and keep many new objects from later searches.

    After an edit of 10 MB of notes, each search would delay keys by 0.1 to 0.2 s; with PyYAML's nodes, searches take
    most of an import.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > MANY_OBJECTS:
                gc.freeze()
            gc.enable()
