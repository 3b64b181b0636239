"""When a watched file is read: a rule over events, reads and times that knows no thread, no clock and no disk.

A file at rest has no `Pending`. `heard` gives it one, which says when to read; `after_read` takes what was read
and says when to look again; `after_look` says what comes next, or None: the reading stands, the file is at rest.
Times are seconds of one monotonic clock.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.files.watching.stable_read import Reading

REST = 0.02
"From a close or a move to the read."
CREATED_REST = 0.1
"From a creation with nothing after it to the read: a file moved in from elsewhere tells no more."
SILENCE = 0.5
"Without a close: how long a writer must be silent; without any event: how long the file must stay the same."
CAP = 3.0
"How long a writer who neither closes nor is silent can hold the screen up."
RESTED = 10.0
"How long a file must rest that a writer has open, to count as complete: a log's writer never closes it."
CONFIRM = 0.015
"How long what was read must still be so, without a new event."
AGAIN = 0.05
"From a read that failed, or found nothing, to the next."
GRACE = 1.0
"How long an empty or missing file is taken for one that is being saved."


class Event(StrEnum):
    """What was heard of a file; the words are watchdog's, but for the last."""

    CREATED = "created"
    MODIFIED = "modified"
    CLOSED = "closed"
    "By a writer."
    MOVED = "moved"
    "Another file was renamed to this path; the path that it left is `DELETED`."
    DELETED = "deleted"
    ATTRIB = "attrib"
    DIFFERS = "differs"
    "No event: a stat found the file other than it was."


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that something was heard of, and that was not shown since."""

    due: float
    "When to read, or to look whether `reading` stands."
    since: float
    opened: float | None = None
    "Since when there is a writer who has not closed, or was told of with what he had written so far."
    stirred: float = -math.inf
    "When a writer was heard last."
    is_heard: bool = True
    "Whether an event told of it, so that others will tell of what follows; False for what only a stat has seen."
    held: float | None = None
    "Since when it has been empty or missing."
    reading: Reading | None = None
    "What was read and waits to be confirmed."


def heard(pending: Pending | None, event: Event, now: float) -> Pending:
    """A file after an event: what was read before it does not count."""
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
    """A file after a read: when to look whether the reading stands, or to read again."""
    is_late = now >= (pending.since if pending.opened is None else pending.opened) + CAP
    if not reading.is_whole:
        return replace(pending, due=now + (SILENCE if is_late else AGAIN))
    held = None if reading.data else pending.held
    if reading.data is None or (is_late and (pending.opened is not None or not pending.is_heard)):
        return replace(pending, due=now, held=held, reading=reading)
    return replace(pending, due=now + (CONFIRM if pending.is_heard else SILENCE), held=held, reading=reading)


def after_look(pending: Pending, is_same: bool, is_emptied: bool, now: float) -> Pending | None:
    """A file after a look at its reading; None where the reading stands.

    ``is_same`` says whether the file is still in the state that was read, ``is_emptied`` whether it was read
    as empty or missing and is not shown as that yet.
    """
    if not is_same:
        # A mount may give one file another inode at every look: it must not be read without pause.
        is_brief = pending.is_heard and now < pending.since + CAP
        return replace(pending, due=now + (REST if is_brief else SILENCE), reading=None)
    if not is_emptied:
        return None
    held = now if pending.held is None else pending.held
    if now >= held + GRACE:
        return None
    # Until the next event only looks tell what follows.
    return replace(pending, due=min(now + AGAIN, held + GRACE), held=held, is_heard=False, reading=None)


def held_back(pending: Pending, is_appended: bool, now: float) -> Pending | None:
    """Wait on for a writer who has the file open, in whose text what was there before may be missing; None to tell.

    ``is_appended`` says whether the text that was told of last still stands, with more behind it: a log.
    """
    if is_appended or pending.opened is None or now >= pending.opened + CAP:
        return None
    return replace(pending, due=pending.opened + CAP, reading=None)


def told(pending: Pending, now: float) -> Pending:
    """A file that was told of while a writer has it open: it is read again when it is closed, or has rested."""
    if not pending.is_heard:
        return replace(pending, due=now + 2 * SILENCE, held=None, reading=None)
    stirred = now if pending.stirred < now - RESTED else pending.stirred
    return replace(pending, due=stirred + RESTED, opened=now, stirred=stirred, held=None, reading=None)


def has_rested(pending: Pending, now: float) -> bool:
    """Whether nothing was heard for so long of a writer who has the file open that it counts as complete."""
    return now >= pending.stirred + RESTED
