"""A watcher that reports changed notes and highlights files, each with its complete text."""

from __future__ import annotations

import errno
import math
import os
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.errors import EarmarkError
from tui.files.watching.events import Events
from tui.files.watching.refresh_rule import (
    RESTED,
    Event,
    after_event,
    after_look,
    after_read,
    after_report,
    has_rested,
    held_back,
)
from tui.files.watching.reported_text import NOTHING, ReportedText, beginning
from tui.files.watching.stable_read import is_coarse, read_stable, signature
from tui.files.watching.writers import has_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.core.pieces import Pieces
    from tui.files.watching.refresh_rule import Pending
    from tui.files.watching.stable_read import Reading, Signature

TICK = 1.0
"Seconds between stats of a file, and of the folder."
BATCH = 250
"Files per round of stats; the others follow after `SLICE` seconds."
SLICE = 0.5
AWAY_TICK = 0.1
"Seconds between stats of the folder while it is missing."
RECHECK = 2.0
"""Seconds after a change until a file is read once more, since one clock tick can hide a second change of equal
size."""
OPENING = 60.0
"Seconds that may pass from the first reading of a file to the start of watching."
SOON = 0.1
"Seconds from a change of folders to a search for files."
SEARCH_REST = 5.0
"Minimum seconds between searches that no event caused."
SEARCH_SHARE = 1000
"Ratio of the pause after a search to its duration: a thousandth of the time is spent searching."
REARM = 60.0
"Seconds until the system is asked again for events that it refused."
JOIN = 3.0
"Most seconds that `Watcher.stop` waits."


@dataclass(frozen=True, slots=True)
class WatchTarget:
    """Files to watch, given by name or found by searching a folder."""

    folder: str
    files: tuple[str, ...] = ()
    "Paths, which are watched even if nothing is there."
    search: Callable[[], Iterable[str]] | None = None
    "Returns the paths of more files, in pathlib's form; may raise OSError or EarmarkError."
    is_wanted: Callable[[str], bool] | None = None
    "Returns True for paths, relative to the folder, that the search would find."
    is_recursive: bool = False
    "True if subfolders are included."

    @classmethod
    def of_files(cls, *files: str) -> WatchTarget:
        """Files in one folder, such as a note and its highlights file."""
        return cls(os.path.dirname(files[0]) or os.curdir, files)

    @classmethod
    def of_folder(
        cls, folder: str, search: Callable[[], Iterable[str]], is_wanted: Callable[[str], bool]
    ) -> WatchTarget:
        """All wanted files in a folder and its subfolders; both functions run in the watcher's thread."""
        return cls(folder, (), search, is_wanted, is_recursive=True)


class Watcher:
    """Calls ``on_change(path, data, is_unfinished)`` in its own thread for each changed text.

    ``data`` is the file as its writer left it, None if it is missing or unreadable, ``b""`` if it is empty; the last
    two are only reported after a second, since many programs save that way. ``is_unfinished`` is True while a writer
    has the file open; the file is reported again once closed, or after a long rest. Files in ``seen`` count as known as
    long as their signature is the same, and all others are reported at the start; without ``seen``, everything present
    at the start counts as known. ``on_notice(text)`` is called once if the system provides no events. The callbacks
    must not raise.
    """

    def __init__(
        self,
        target: WatchTarget,
        on_change: Callable[[str, Pieces | None, bool], None],
        *,
        seen: Mapping[str, Signature | None] | None = None,
        known: Callable[[str], Pieces] = lambda _: (),
        on_notice: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._target = target
        self._folder = os.path.abspath(target.folder)
        self._on_change = on_change
        self._seen = seen
        self._known = known
        self._on_notice = on_notice
        self._clock = clock
        self._thread: threading.Thread | None = None
        self._wake = threading.Condition()
        self._heard: deque[tuple[Event | None, str]] = deque()
        self._is_stopped = False
        self._files: dict[str, _File] = {}
        "Files by absolute path, whatever path they were given by."
        self._restless: dict[str, _File] = {}
        "Members of `_files` with something pending."
        self._turn: deque[str] = deque()
        "Files still to be checked in this round of stats."
        self._events: Events | None = None
        self._armed: tuple[int, int] | None = None
        "Device and inode of the folder that events come from."
        self._folder_due = self._stats_due = self._search_due = self._arming_due = -math.inf

    @property
    def has_events(self) -> bool:
        """True if the system reports changes; otherwise stats find them within seconds."""
        return self._events is not None

    def start(self) -> None:
        """Start watching in a thread, unless it was stopped before."""
        with self._wake:
            if self._thread is None and not self._is_stopped:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop watching; returns within `JOIN` seconds, with no callback afterwards."""
        with self._wake:
            self._is_stopped = True
            self._wake.notify()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(JOIN)

    def _run(self) -> None:
        try:
            self._register_files()
            while not self._is_stopped:
                self._apply_events()
                if self._clock() >= self._folder_due:
                    self._subscribe()
                if self._clock() >= self._search_due:
                    self._search()
                if self._clock() >= self._stats_due:
                    self._poll_files()
                for file in list(self._restless.values()):
                    self._attend(file)
                self._sleep()
        finally:
            if self._events is not None:
                self._events.stop()

    def _sleep(self) -> None:
        """Sleep until an event arrives or something is due."""
        due = min(self._folder_due, self._search_due, self._stats_due)
        for file in self._restless.values():
            if file.pending is not None and file.pending.due < due:
                due = file.pending.due
        with self._wake:
            if not self._heard and not self._is_stopped:
                self._wake.wait(max(0.0, due - self._clock()))

    # -- events

    def _enqueue(self, event: Event | None, way: str) -> None:
        """Queue an event; called in one of watchdog's threads."""
        with self._wake:
            self._heard.append((event, way))
            self._wake.notify()

    def _apply_events(self) -> None:
        """Apply the queued events to the files."""
        while self._heard:
            event, way = self._heard.popleft()
            if event is None:
                self._folder_due = -math.inf
                self._search_due = min(self._search_due, self._clock() + SOON)
                continue
            file = self._files.get(os.path.join(self._folder, way))
            if file is None and self._target.is_wanted is not None and self._target.is_wanted(way):
                file = self._know(str(PurePath(self._target.folder, way)))
            if file is not None:
                self._stir(file, event)

    def _stir(self, file: _File, event: Event) -> None:
        file.pending = after_event(file.pending, event, self._clock())
        self._restless[file.path] = file

    # -- one file

    def _attend(self, file: _File) -> None:
        """Read a file when it is due, or confirm its reading."""
        pending = file.pending
        if pending is None or pending.due > self._clock():
            return
        if pending.reading is None:
            file.pending = pending = after_read(pending, read_stable(file.path, self._known(file.name)), self._clock())
        reading = pending.reading
        # Events that arrived meanwhile come first, since they may invalidate the reading.
        if reading is None or pending.due > self._clock() or self._heard or self._is_stopped:
            return
        is_same = reading.data is None or reading.signature == signature(file.path)
        is_emptied = not reading.data and file.is_resized(reading.data)
        file.pending = after_look(pending, is_same, is_emptied, self._clock())
        if file.pending is not None:
            return
        now = self._clock()
        is_unfinished = self._is_unfinished(file, pending, reading, now)
        if is_unfinished:
            file.pending = held_back(pending, file.is_appended(reading.data or ()), now)
            if file.pending is not None:
                return
            file.pending = after_report(pending, now)
        else:
            del self._restless[file.path]
        file.signature = reading.signature
        self._report(file, reading.data, is_unfinished)

    def _is_unfinished(self, file: _File, pending: Pending, reading: Reading, now: float) -> bool:
        """True if a writer has the file open and wrote to it recently."""
        if not reading.data or reading.signature is None:
            return False
        if pending.is_heard and has_rested(pending, now):
            return False
        if not pending.is_heard and time.time() - reading.signature.modified / 1e9 >= RESTED:
            return False
        writes = has_writer(file.path)
        if writes is not None:
            return writes
        if pending.is_heard and pending.opened is None:
            return False
        is_awaited = pending.opened is not None and self._events is not None and self._events.reports_closes
        return is_awaited or file.is_shortened(reading.data)

    def _report(self, file: _File, data: Pieces | None, is_unfinished: bool = False) -> None:
        """Report a confirmed text, unless it is the one reported last."""
        is_changed = file.is_resized(data) or is_unfinished != file.is_unfinished
        if is_changed:
            self._on_change(file.name, data, is_unfinished)  # first, since the rest may take a digest
        text = ReportedText(data or (), self._known(file.name))
        if not is_changed and text != file.text:
            self._on_change(file.name, data, is_unfinished)
        if is_changed or text != file.text:
            file.recheck = self._clock() + RECHECK
        file.size, file.text, file.is_unfinished = _size(data), text, is_unfinished
        if data is None and file.name not in self._target.files:
            del self._files[file.path]

    # -- stats and searches, for changes without events

    def _register_files(self) -> None:
        """Register the files to watch, with their known states."""
        seen = self._seen
        if seen is None:
            seen = {name: signature(name) for name in (*self._target.files, *self._found())}
        now = time.time()
        for name in (*seen, *self._target.files):
            file = self._know(name, known := seen.get(name))
            if known and is_coarse(known) and now - known.changed / 1e9 < OPENING:
                file.recheck = self._clock() + RECHECK

    def _know(self, name: str, seen: Signature | None = None) -> _File:
        path = os.path.abspath(name)
        return self._files.setdefault(path, _File(name, path, seen))

    def _poll_files(self) -> None:
        """Find changed files by their stats."""
        if not self._turn:
            self._turn.extend(self._files)
        now = self._clock()
        for _ in range(min(BATCH, len(self._turn))):
            file = self._files.get(self._turn.popleft())
            if file is not None:
                self._poll_file(file, now)
        self._stats_due = self._clock() + (SLICE if len(self._files) > BATCH else TICK)

    def _poll_file(self, file: _File, now: float) -> None:
        if file.pending is None and (now >= file.recheck or signature(file.path) != file.signature):
            file.recheck = math.inf
            self._stir(file, Event.DIFFERS)

    def _search(self) -> None:
        """Find files that appeared or vanished."""
        if self._target.search is None:
            self._search_due = math.inf
            return
        start = self._clock()
        found = {os.path.abspath(name): name for name in self._found()}
        for path in found.keys() ^ self._files.keys():
            self._poll_file(self._files.get(path) or self._know(found[path]), start)
        took = self._clock() - start
        self._search_due = start + max(SEARCH_REST, SEARCH_SHARE * took)

    def _found(self) -> Iterable[str]:
        try:
            return self._target.search() if self._target.search else ()
        except (OSError, EarmarkError):
            return ()  # each of the folder's files is also checked on its own

    # -- the folder

    def _subscribe(self) -> None:
        """Subscribe to events if there are none: at the start, and after the folder was missing."""
        try:
            status = os.stat(self._folder)
        except OSError:
            folder = None
        else:
            folder = status.st_dev, status.st_ino
        self._folder_due = self._clock() + (AWAY_TICK if folder is None else TICK)
        if self._events is not None and (folder != self._armed or not self._events.is_alive):
            self._events.stop()
            self._events = None
        if self._events is None and folder is not None and self._clock() >= self._arming_due:
            self._arm(folder)

    def _arm(self, folder: tuple[int, int]) -> None:
        try:
            self._events = Events(self._folder, is_recursive=self._target.is_recursive, hear=self._enqueue)
        except (FileNotFoundError, NotADirectoryError):
            return  # it vanished after the stat, as the next one will show
        except OSError as error:
            self._arming_due = self._clock() + REARM
            self._report_fault(error)
            return
        if self._events.shortage is not None:
            self._report_fault(self._events.shortage)
        self._armed = folder
        # Changes from before the subscription have to be found.
        self._turn.clear()
        self._search_due = self._stats_due = -math.inf

    def _report_fault(self, error: OSError) -> None:
        if self._on_notice is not None:
            self._on_notice(_notice(error))
            self._on_notice = None


class _File:
    """The watcher's record of one file."""

    __slots__ = ("is_unfinished", "name", "path", "pending", "recheck", "signature", "size", "text")

    def __init__(self, name: str, path: str, seen: Signature | None) -> None:
        self.name = name
        self.path = path
        self.signature = seen
        "State of the file when last reported; an unreadable file has none, so that every stat leads to a read."
        self.size = _MISSING if seen is None else _UNREAD
        "Size of the text reported last."
        self.text = NOTHING
        "The text reported last."
        self.pending: Pending | None = None
        self.recheck = math.inf
        self.is_unfinished = False
        "True if the last report was made while a writer had it open."

    def is_appended(self, data: Pieces) -> bool:
        """True if a text is the one reported last with more added."""
        return 0 <= self.size <= _size(data) and ReportedText(beginning(data, self.size), data) == self.text

    def is_shortened(self, data: Pieces) -> bool:
        """True if a text is shorter than the previous one."""
        size = self.signature.size if self.size == _UNREAD and self.signature else self.size
        return _size(data) < size

    def is_resized(self, data: Pieces | None) -> bool:
        """True if the size differs from that of the last report, or the file has not been read here yet."""
        return self.size != _size(data)


_MISSING = -1
_UNREAD = -2


def _size(data: Pieces | None) -> int:
    return _MISSING if data is None else sum(map(len, data))


def _notice(error: OSError) -> str:
    reason, remedy = error.strerror or str(error), ""
    if error.errno == errno.ENOSPC:
        reason, remedy = "the system has no file watches left", " (fs.inotify.max_user_watches)"
    elif error.errno == errno.EMFILE:
        reason, remedy = "the system has no file watchers left", " (fs.inotify.max_user_instances)"
    return f"{reason}{remedy}: looking for changes every second instead"
