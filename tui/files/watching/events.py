"""File system events of a folder; the only module that uses watchdog.

Importing it takes tens of milliseconds, so it is imported only when watching starts.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from tui.files.watching.refresh_rule import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

MOVE_GROUPING = 0.02
"Seconds that a file moved out of view may delay later events; watchdog's default of 0.5 shows wrong states."
JOIN = 2.0
"Seconds to wait for watchdog's threads to end."

KINDS = [
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
"The events to subscribe to, without ``opened`` and ``closed_no_write``, which our own reading would cause."

with suppress(ImportError, AttributeError):
    # A version of watchdog without this module keeps its own grouping.
    from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

    if isinstance(InotifyMoveEventGrouper.delay, float):
        InotifyMoveEventGrouper.delay = MOVE_GROUPING

# Its warnings, of lost events for example, would be written across the screen; the stats make up for lost events.
logging.getLogger("watchdog").addHandler(logging.NullHandler())


class Events:
    """The events of one folder until `stop`.

    ``hear`` is called in one of watchdog's threads with the event and the file's path relative to the folder, or with
    None and the path of another folder that appeared, vanished or moved. It must not raise, which would silence
    watchdog. Raises OSError if the system has no watches left (ENOSPC, EMFILE) or the folder is missing.
    """

    def __init__(self, folder: str, *, is_recursive: bool, hear: Callable[[Event | None, str], None]) -> None:
        # Without follow_symlink, a link to a folder would be watched itself, and no event would come.
        real = os.path.realpath(folder)
        self._observer: BaseObserver = Observer()
        try:
            if isinstance(self._observer, PollingObserver):
                raise OSError("this system gives no events")
            handler = _Handler(real, hear)
            self._observer.schedule(handler, real, recursive=is_recursive, event_filter=list(KINDS))
            self._observer.start()
        except OSError:
            self._observer.stop()
            raise
        self.reports_closes = sys.platform == "linux"
        "True if closing a file is reported; elsewhere a file at rest counts as closed."
        self.shortage = self._shortage() if is_recursive else None
        "The reason why subfolders may not be watched; None if all are."

    @property
    def is_alive(self) -> bool:
        """True while events can arrive; among other things, watchdog's threads end with the folder."""
        emitters = self._observer.emitters
        return self._observer.is_alive() and bool(emitters) and all(each.is_alive() for each in emitters)

    def _shortage(self) -> OSError | None:
        """Try to get one more watch, since watchdog does not report that the system had none left for subfolders."""
        try:
            one_more = self._observer.schedule(FileSystemEventHandler(), os.sep, event_filter=[DirMovedEvent])
        except OSError as error:
            return error
        self._observer.unschedule(one_more)
        return None

    def stop(self) -> None:
        """End watchdog's threads; returns within `JOIN` seconds or so."""
        self._observer.stop()
        self._observer.join(JOIN)


class _Handler(FileSystemEventHandler):
    """Passes events on with their paths relative to the watched folder."""

    def __init__(self, folder: str, hear: Callable[[Event | None, str], None]) -> None:
        self._folder = folder
        self._hear = hear

    def dispatch(self, event: FileSystemEvent) -> None:
        """Handle an event from watchdog."""
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        if event.is_directory:
            self._hear(None, self._way(target or source))
        elif event.event_type == Event.MOVED:
            self._hear(Event.DELETED, self._way(source))
            self._hear(Event.MOVED, self._way(target))
        else:
            self._hear(Event(event.event_type), self._way(source))

    def _way(self, path: str) -> str:
        return path[len(self._folder) :].lstrip(os.sep)
