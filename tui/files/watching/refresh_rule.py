"""The rules for reading a watched file: pure functions of events, readings and times, without threads, clock or disk.

A file at rest has no `Pending`. `after_event` creates one, with the time to read; `after_read` takes the reading and
gives the time to confirm it; `after_look` returns what comes next, or None if the reading is valid and the file is at
rest. Times are seconds of one monotonic clock.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.files.watching.stable_read import Reading

REST = 0.02
"Seconds from a close or move to the read."
CREATED_REST = 0.1
"Seconds from a creation without further events to the read: a file moved in from elsewhere causes no more."
SILENCE = 0.5
"""Seconds without an event until a writer that has not closed the file counts as done; without any events, seconds that
the file must stay unchanged."""
CAP = 3.0
"Seconds that a writer which neither closes nor pauses can delay the screen."
LATE = 0.5
"""Seconds by which an event may come late, such as that a file was moved away and another is being written in its
place."""
RESTED = 10.0
"Seconds that an open file must rest to count as complete, since the writer of a log never closes it."
CONFIRM = 0.015
"Seconds that a reading must stay valid without another event."
AGAIN = 0.05
"Seconds between a failed or empty read and the next."
GRACE = 1.0
"Seconds for which an empty or missing file counts as being saved."


class Event(StrEnum):
    """File events, named as in watchdog except the last."""

    CREATED = "created"
    MODIFIED = "modified"
    CLOSED = "closed"
    "Closed by a writer."
    MOVED = "moved"
    "Replaced by a rename to this path; the former path gets `DELETED`."
    DELETED = "deleted"
    ATTRIB = "attrib"
    DIFFERS = "differs"
    "No event: a stat found the file changed."


@dataclass(frozen=True, slots=True)
class Pending:
    """A file with changes that have not been reported yet."""

    due: float
    "The time to read, or to confirm `reading`."
    since: float
    opened: float | None = None
    "The time since when a writer has had the file open, or partial text was reported."
    stirred: float = -math.inf
    "The time of the last event."
    is_heard: bool = True
    "True if events reported the change, and so will report further ones; False if only a stat did."
    held: float | None = None
    "The time since when it has been empty or missing."
    reading: Reading | None = None
    "A reading that is not confirmed yet."


def after_event(pending: Pending | None, event: Event, now: float) -> Pending:
    """The state of a file after an event, which discards an earlier reading."""
    if event is Event.DIFFERS:
        return pending or Pending(now, now, is_heard=False)
    if event is Event.ATTRIB:
        return pending or Pending(now + REST, now, stirred=now)
    before = replace(pending or Pending(now, now), is_heard=True, stirred=now, reading=None)
    if event in (Event.CLOSED, Event.MOVED):
        return replace(before, due=now + REST, opened=None)
    if event is Event.CREATED and before.opened is None:
        return replace(before, due=now + CREATED_REST)
    opened = now if before.opened is None else before.opened
    return replace(before, due=min(now + SILENCE, opened + CAP), opened=opened)


def after_read(pending: Pending, reading: Reading, now: float) -> Pending:
    """The state of a file after a read, with the time to confirm the reading or to read again."""
    is_late = now >= (pending.since if pending.opened is None else pending.opened) + CAP
    if not reading.is_whole:
        return replace(pending, due=now + (SILENCE if is_late else AGAIN))
    held = None if reading.data else pending.held
    if reading.data is None or (is_late and (pending.opened is not None or not pending.is_heard)):
        return replace(pending, due=now, held=held, reading=reading)
    return replace(pending, due=now + (CONFIRM if pending.is_heard else SILENCE), held=held, reading=reading)


def after_look(pending: Pending, is_same: bool, is_emptied: bool, now: float) -> Pending | None:
    """The state of a file after its reading was checked; None if the reading is valid.

    ``is_same`` is True if the file has not changed since it was read, ``is_emptied`` if it was read as empty or missing
    and that has not been reported yet.
    """
    if not is_same:
        # A mount may report a different inode each time, which must not cause continuous reading.
        is_brief = pending.is_heard and now < pending.since + CAP
        return replace(pending, due=now + (REST if is_brief else SILENCE), reading=None)
    if not is_emptied:
        return None
    held = now if pending.held is None else pending.held
    if now >= held + GRACE:
        return None
    # Until the next event, only checks find further changes.
    return replace(pending, due=min(now + AGAIN, held + GRACE), held=held, is_heard=False, reading=None)


def held_back(pending: Pending, is_appended: bool, now: float) -> Pending | None:
    """Wait longer for a writer that has the file open and may not have rewritten all of its text; None to report it
    now.

    ``is_appended`` is True if text was only added after that reported last, as in a log.
    """
    if pending.is_heard and pending.opened is None:
        # One writer closed it, or moved it into its place: another has it open, or an event is on its way.
        return replace(pending, due=now + AGAIN, reading=None) if now < pending.stirred + LATE else None
    if is_appended or pending.opened is None or now >= pending.opened + CAP:
        return None
    return replace(pending, due=pending.opened + CAP, reading=None)


def after_report(pending: Pending, now: float) -> Pending:
    """The state of a file reported while a writer has it open: it is read again once closed, or after a rest."""
    if not pending.is_heard:
        return replace(pending, due=now + 2 * SILENCE, held=None, reading=None)
    return replace(pending, due=pending.stirred + RESTED, opened=now, held=None, reading=None)


def has_rested(pending: Pending, now: float) -> bool:
    """True if an open file has rested for so long that it counts as complete."""
    return now >= pending.stirred + RESTED
