"""The rule for reading a watched file: pure functions of events, reads and times, without thread, clock or disk.

A file at rest has no `Pending`. `after_event` gives it one, which says when to read; `after_read` takes the reading
and says when to look again; `after_look` says what comes next, or None: the reading stands, the file is at rest. Times
are seconds of one monotonic clock.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.files.watching.stable_read import Reading

REST = 0.02
"Seconds from a close or a move to the read."
CREATED_REST = 0.1
"Seconds from a creation without further events to the read: a file moved in from elsewhere causes no more."
SILENCE = 0.5
"""Seconds without an event, if none is a close, until a writer counts as done; without any events, seconds that the
file must stay the same."""
CAP = 3.0
"Seconds that a writer who neither closes nor pauses can delay the screen."
RESTED = 10.0
"Seconds that an open file must rest to count as complete: a log's writer never closes it."
CONFIRM = 0.015
"Seconds that a reading must stay valid, without a new event."
AGAIN = 0.05
"Seconds from a failed or empty read to the next."
GRACE = 1.0
"Seconds for which an empty or missing file counts as being saved."


class Event(StrEnum):
    """Events of a file, by watchdog's words except the last."""

    CREATED = "created"
    MODIFIED = "modified"
    CLOSED = "closed"
    "Closed by a writer."
    MOVED = "moved"
    "Replaced by a rename to this path; the path it left gets `DELETED`."
    DELETED = "deleted"
    ATTRIB = "attrib"
    DIFFERS = "differs"
    "No event: a stat found the file changed."


@dataclass(frozen=True, slots=True)
class Pending:
    """A file with events that are not shown yet."""

    due: float
    "The time to read, or to confirm `reading`."
    since: float
    opened: float | None = None
    "The time since which a writer has the file open, or was reported with a partial text."
    stirred: float = -math.inf
    "The time of the writer's last event."
    is_heard: bool = True
    "True if an event reported it, so that others will report further changes; False if only a stat did."
    held: float | None = None
    "The time since which it has been empty or missing."
    reading: Reading | None = None
    "A reading to be confirmed."


def after_event(pending: Pending | None, event: Event, now: float) -> Pending:
    """The file after an event; an earlier reading is dropped."""
    if event is Event.DIFFERS:
        return pending or Pending(now, now, is_heard=False)
    if event is Event.ATTRIB:
        return pending or Pending(now + REST, now)
    before = replace(pending, is_heard=True, reading=None) if pending else Pending(now, now)
    if event in (Event.CLOSED, Event.MOVED):
        return replace(before, due=now + REST, opened=None)
    if event is Event.CREATED and before.opened is None:
        return replace(before, due=now + CREATED_REST)
    opened = now if before.opened is None else before.opened
    return replace(before, due=min(now + SILENCE, opened + CAP), opened=opened, stirred=now)


def after_read(pending: Pending, reading: Reading, now: float) -> Pending:
    """The file after a read, with the time to confirm the reading or to read again."""
    is_late = now >= (pending.since if pending.opened is None else pending.opened) + CAP
    if not reading.is_whole:
        return replace(pending, due=now + (SILENCE if is_late else AGAIN))
    held = None if reading.data else pending.held
    if reading.data is None or (is_late and (pending.opened is not None or not pending.is_heard)):
        return replace(pending, due=now, held=held, reading=reading)
    return replace(pending, due=now + (CONFIRM if pending.is_heard else SILENCE), held=held, reading=reading)


def after_look(pending: Pending, is_same: bool, is_emptied: bool, now: float) -> Pending | None:
    """The file after a look at its reading; None if the reading stands.

    ``is_same`` is True if the file is still in the state that was read, ``is_emptied`` if it was read as empty or
    missing and is not shown as that yet.
    """
    if not is_same:
        # A mount may report another inode at every look: the file must not be read without pause.
        is_brief = pending.is_heard and now < pending.since + CAP
        return replace(pending, due=now + (REST if is_brief else SILENCE), reading=None)
    if not is_emptied:
        return None
    held = now if pending.held is None else pending.held
    if now >= held + GRACE:
        return None
    # Until the next event, only looks find further changes.
    return replace(pending, due=min(now + AGAIN, held + GRACE), held=held, is_heard=False, reading=None)


def held_back(pending: Pending, is_appended: bool, now: float) -> Pending | None:
    """Wait longer for a writer who has the file open and may not have written all earlier text again; None to report
    it.

    ``is_appended`` is True if the text reported last still stands, with more behind it: a log.
    """
    if is_appended or pending.opened is None or now >= pending.opened + CAP:
        return None
    return replace(pending, due=pending.opened + CAP, reading=None)


def after_report(pending: Pending, now: float) -> Pending:
    """The file after a report while a writer has it open: it is read again once closed, or rested."""
    if not pending.is_heard:
        return replace(pending, due=now + 2 * SILENCE, held=None, reading=None)
    stirred = now if pending.stirred < now - RESTED else pending.stirred
    return replace(pending, due=stirred + RESTED, opened=now, stirred=stirred, held=None, reading=None)


def has_rested(pending: Pending, now: float) -> bool:
    """True if an open file has rested for so long that it counts as complete."""
    return now >= pending.stirred + RESTED
