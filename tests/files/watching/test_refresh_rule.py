"""The rule alone, from events and times to times of reading; then whole saves in a world without a clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.files.watching.refresh_rule import (
    AGAIN,
    CAP,
    CONFIRM,
    CREATED_REST,
    GRACE,
    LATE,
    REST,
    RESTED,
    SILENCE,
    Event,
    Pending,
    after_event,
    after_look,
    after_read,
    after_report,
    has_rested,
    held_back,
)
from tui.files.watching.stable_read import Reading, Signature

CREATED, MODIFIED, CLOSED, MOVED = Event.CREATED, Event.MODIFIED, Event.CLOSED, Event.MOVED
DELETED, ATTRIB, DIFFERS = Event.DELETED, Event.ATTRIB, Event.DIFFERS

NOTHING = Reading(None, None)
ROUNDING = 1e-6


def reading(data: bytes | None = b"text", inode: int = 1) -> Reading:
    return Reading((data,) if data else (), Signature(1, inode, len(data), 0, 0)) if data is not None else NOTHING


def after(*events: tuple[float, Event]) -> Pending:
    pending = None
    for when, event in events:
        pending = after_event(pending, event, when)
    assert pending is not None
    return pending


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([(0, CLOSED)], REST),
        ([(0, MOVED)], REST),
        ([(0, ATTRIB)], REST),
        ([(0, DIFFERS)], 0),
        ([(0, CREATED)], CREATED_REST),
        ([(0, MODIFIED)], SILENCE),
        ([(0, DELETED)], SILENCE),
        ([(0, CREATED), (0.05, MODIFIED)], 0.05 + SILENCE),
        ([(0, MODIFIED), (0.4, MODIFIED)], 0.4 + SILENCE),
        ([(0, MODIFIED), (0.4, CLOSED)], 0.4 + REST),
        ([(0, DELETED), (0.1, CREATED)], 0.1 + SILENCE),
        ([(0, DELETED), (0.1, CREATED), (0.2, MODIFIED), (0.3, CLOSED)], 0.3 + REST),
        ([(0, MODIFIED), (0.01, ATTRIB)], SILENCE),
        ([(0, MODIFIED), (0.01, DIFFERS)], SILENCE),
        ([(0, DIFFERS), (0.1, CLOSED)], 0.1 + REST),
        ([(0, CLOSED), (0.01, MODIFIED)], 0.01 + SILENCE),
        ([(0, MODIFIED), (2.8, MODIFIED)], CAP),
        ([(0, MODIFIED), (1, CLOSED), (1.01, MODIFIED), (3.8, MODIFIED)], 1.01 + CAP),
    ],
    ids=lambda value: " ".join(event.value for _, event in value) if isinstance(value, list) else "",
)
def test_events_say_when_to_read(events: list[tuple[float, Event]], due: float) -> None:
    assert after(*events).due == pytest.approx(due)


@pytest.mark.parametrize(
    ("event", "rest"), [(CLOSED, CONFIRM), (MOVED, CONFIRM), (MODIFIED, CONFIRM), (DIFFERS, SILENCE)]
)
def test_reading_waits_to_be_confirmed(event: Event, rest: float) -> None:
    assert after_read(after((0, event)), reading(), 0.5).due == pytest.approx(0.5 + rest)


def test_event_makes_a_reading_worthless() -> None:
    pending = after_read(after((0, CLOSED)), reading(), REST)
    assert pending.reading is not None
    assert after_event(pending, MODIFIED, 0.03).reading is None


def test_reading_stands_where_the_file_is_as_it_was() -> None:
    pending = after_read(after((0, CLOSED)), reading(), REST)
    assert after_look(pending, is_same=True, is_emptied=False, now=pending.due) is None


def test_file_that_changed_silently_is_read_again_and_later_less_often() -> None:
    pending = after_read(after((0, CLOSED)), reading(), 0.02)
    for now, rest in ((1, REST), (CAP, SILENCE)):
        again = after_look(pending, is_same=False, is_emptied=False, now=now)
        assert again is not None
        assert again.reading is None
        assert again.due == pytest.approx(now + rest)


def test_torn_read_is_read_again_and_ever_less_often() -> None:
    torn = reading()._replace(is_whole=False)
    assert after_read(after((0, MODIFIED)), torn, 1).due == pytest.approx(1 + AGAIN)
    late = after_read(after((0, MODIFIED)), torn, CAP + 1)
    assert late.due == pytest.approx(CAP + 1 + SILENCE)
    assert late.reading is None


def test_writer_who_never_closes_is_shown_at_the_cap_without_confirmation() -> None:
    pending = after((0, MODIFIED), (2.99, MODIFIED))
    assert after_read(pending, reading(), CAP).due == CAP


def test_writer_who_closed_is_confirmed_however_late() -> None:
    pending = after((0, MODIFIED), (9, CLOSED))
    assert after_read(pending, reading(), 9.02).due == pytest.approx(9.02 + CONFIRM)


def test_missing_file_needs_no_confirmation_but_grace() -> None:
    pending = after_read(after((0, DELETED)), NOTHING, 0.5)
    assert pending.due == 0.5
    held = after_look(pending, is_same=True, is_emptied=True, now=0.5)
    assert held is not None
    assert held.due == pytest.approx(0.5 + AGAIN)
    late = after_read(replace(held, due=0.5 + GRACE), NOTHING, 0.5 + GRACE)
    assert after_look(late, is_same=True, is_emptied=True, now=0.5 + GRACE) is None


def test_file_already_shown_as_empty_is_not_held() -> None:
    pending = after_read(after((0, CLOSED)), reading(b""), REST)
    assert after_look(pending, is_same=True, is_emptied=False, now=1) is None


def test_text_that_returns_without_an_event_after_a_hold_must_rest_longer() -> None:
    held = after_look(after_read(after((0, DELETED)), NOTHING, 0.5), is_same=True, is_emptied=True, now=0.5)
    assert held is not None
    back = after_read(held, reading(), 0.7)
    assert back.due == pytest.approx(0.7 + SILENCE)
    assert back.held is None
    assert after_read(after_event(held, CLOSED, 0.7), reading(), 0.72).due == pytest.approx(0.72 + CONFIRM)


# -- saves in a world of their own


@dataclass
class World:
    """A file, the events of its changes, and a reader who follows the rule; time is a number."""

    text: bytes | None = b"old."
    state: int = 0
    now: float = 0.0
    pending: Pending | None = None
    shown: list[tuple[float, bytes | None]] = field(default_factory=list)
    sends_events: bool = True

    def change(self, text: bytes | None, *events: Event) -> None:
        """Change the file at this moment."""
        self.text = text
        self.state += 1
        for event in events if self.sends_events else ():
            self.pending = after_event(self.pending, event, self.now)

    def wait(self, seconds: float) -> None:
        """Let the reader act until then."""
        end = self.now + seconds
        while self.pending is not None and self.pending.due <= end:
            self.now = max(self.now, self.pending.due)
            self.act(self.pending)
        self.now = end

    def act(self, pending: Pending) -> None:
        if pending.reading is None:
            seen = None if self.text is None else Signature(1, 1, len(self.text), self.state, 0)
            text = None if self.text is None else (self.text,) if self.text else ()
            self.pending = pending = after_read(pending, Reading(text, seen), self.now)
        if pending.reading is None or pending.due > self.now:
            return
        read = pending.reading
        is_same = read.data is None or (read.signature is not None and read.signature.modified == self.state)
        known = self.shown[-1][1] if self.shown else b"old."
        data = None if read.data is None else b"".join(read.data)
        self.pending = after_look(pending, is_same, not data and data != known, self.now)
        if self.pending is None and data != known:
            self.shown.append((self.now, data))

    def save(self, way: str, text: bytes, gaps: list[float]) -> None:
        """Save in one of the ways of programs, with a pause between all steps."""
        if way == "replace":
            self.change(text, MOVED)
            return
        if way == "move in":
            self.change(text, CREATED)
            self.wait(CREATED_REST + CONFIRM)
            return
        if way == "rename first":
            self.change(None, DELETED)
            self.wait(gaps[0])
        if self.text is None:
            self.change(b"", CREATED)
        else:
            self.change(b"", MODIFIED)
        for at, gap in enumerate(gaps):
            self.wait(gap)
            self.change(text[: len(text) * (at + 1) // len(gaps)], MODIFIED)
        self.wait(gaps[-1])
        self.change(text, CLOSED)


SAVES = st.lists(
    st.tuples(
        st.sampled_from(["in place", "rename first", "replace", "move in"]),
        st.lists(st.floats(0, 0.4), min_size=1, max_size=5),
        st.floats(0, 2),
    ),
    min_size=1,
    max_size=6,
)


@given(SAVES)
def test_every_text_shown_is_one_that_a_writer_left(saves: list[tuple[str, list[float], float]]) -> None:
    world = World()
    texts = [b"text %d of many." % number for number in range(len(saves))]
    for text, (way, gaps, rest) in zip(texts, saves, strict=True):
        world.save(way, text, gaps)
        world.wait(rest)
    world.wait(REST + CONFIRM + ROUNDING)
    shown = [data for _, data in world.shown]
    assert shown[-1] == texts[-1]
    assert shown == [text for text in texts if text in shown]
    assert world.pending is None


@given(st.sampled_from([None, b""]), st.floats(0.05, 3))
def test_file_gone_or_empty_is_told_after_the_grace_and_its_return_at_once(gone: bytes | None, rest: float) -> None:
    world = World()
    world.change(gone, *([DELETED] if gone is None else [MODIFIED, CLOSED]))
    world.wait(SILENCE + GRACE + rest)
    assert [data for _, data in world.shown] == [gone]
    world.save("replace", b"back", [])
    world.wait(REST + CONFIRM + ROUNDING)
    assert world.shown[-1][1] == b"back"


@given(st.lists(st.floats(0.001, 0.4), min_size=1, max_size=40))
def test_writer_who_never_closes_is_shown_within_the_cap_and_the_silence(gaps: list[float]) -> None:
    world = World()
    for at, gap in enumerate(gaps):
        world.change(b"line\n" * (at + 1), MODIFIED)
        world.wait(gap)
        last = world.shown[-1][0] if world.shown else 0.0
        assert world.now - last <= CAP + SILENCE
    world.wait(SILENCE + CONFIRM + ROUNDING)
    assert world.shown[-1][1] == b"line\n" * len(gaps)


@given(st.lists(st.floats(0, 0.45), min_size=1, max_size=5))
def test_change_that_sends_no_event_is_shown_once_it_rests(gaps: list[float]) -> None:
    world = World(sends_events=False)
    world.pending = after_event(None, DIFFERS, 0)
    world.save("in place", b"text of a mount", gaps)
    world.wait(2 * SILENCE + GRACE)
    if world.pending is None and not world.shown:
        world.pending = after_event(None, DIFFERS, world.now)
        world.wait(SILENCE)
    assert [data for _, data in world.shown] == [b"text of a mount"]


def test_a_writer_who_writes_anew_holds_a_file_back_but_not_for_ever() -> None:
    pending = after((0, MODIFIED))
    assert held_back(pending, is_appended=True, now=SILENCE) is None
    waiting = held_back(pending, is_appended=False, now=SILENCE)
    assert waiting is not None
    assert waiting.due == pytest.approx(CAP)
    assert held_back(waiting, is_appended=False, now=CAP) is None


def test_a_file_that_another_writer_has_open_after_a_save_is_read_again_until_no_event_can_come() -> None:
    pending = after((0, MODIFIED), (1, CLOSED))
    again = held_back(replace(pending, reading=reading()), is_appended=True, now=1 + CONFIRM)
    assert again is not None
    assert (again.due, again.reading) == (1 + CONFIRM + AGAIN, None)
    assert held_back(again, is_appended=False, now=1 + LATE) is None
    assert not has_rested(again, 1 + LATE)
    assert after_report(again, 1 + LATE).due == pytest.approx(1 + RESTED)


@pytest.mark.parametrize("event", [CREATED, ATTRIB, MOVED])
def test_a_file_that_was_only_just_heard_of_has_not_rested(event: Event) -> None:
    assert not has_rested(after((5, event)), 5 + CONFIRM)


def test_a_file_that_its_writer_never_closes_counts_as_complete_when_it_has_rested() -> None:
    pending = after_report(after((0, MODIFIED)), SILENCE)
    assert pending.due == pytest.approx(RESTED)
    assert not has_rested(pending, RESTED - 0.1)
    assert has_rested(pending, RESTED)
    assert not has_rested(after_event(pending, MODIFIED, RESTED - 0.1), RESTED)
    assert after_event(pending, CLOSED, 1).opened is None
