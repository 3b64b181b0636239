"""A few minutes with a note, timed: the start, keys, a search, a new size, highlights, edits, and rest."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from time import perf_counter, sleep
from typing import TYPE_CHECKING, TypeVar

from tests.bench.bursts import bursts
from tests.bench.contenders import Deed
from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.host import peak_memory, processor_seconds
from tests.bench.marking import counted, marks, marks_among_many, reading_many
from tests.bench.notes import BESIDE_END, END, START
from tests.bench.program import PATIENCE, Frames, MissingError, Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tests.bench.contenders import Contender

AT_REST = 0.4
"Seconds of silence after which a program has finished its background work."
BEHIND = 0.05
"The share of a core above which a program is still working in the background."
REDRAWN = 0.15
"Seconds of silence that end the answer to a new size or to many keys."
BURST = 30
SIZE, NARROW = (120, 40), (100, 30)
KEY = Target(5, 10)


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes to open."""

    name: str
    path: Path
    edited: Path
    "The file that edits change, which contains the first bullet."
    megabytes: float
    edit_target: Target
    is_every_thing_measured: bool
    "True to measure only what the number of blocks, notes or highlights may slow down, without the other readers."
    highlights: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Repetitions of each measurement."""

    starts: int = 11
    keys: int = 40
    jumps: int = 10
    sizes: int = 8
    edits: int = 8
    marks: int = 8
    idle: float = 5.0
    "Seconds."
    burst: float = 10.0
    "Seconds of ten saves each."


class UnableError(Exception):
    """The program has no keys for this."""


@dataclass(frozen=True, slots=True)
class _Session:
    contender: Contender
    program: Program

    def do(self, deed: Deed, times: int = 1) -> float:
        """Press the keys, from rest; returns the time. Raises UnableError if there are none."""
        if deed not in self.contender.keys:
            raise UnableError
        self.program.rest()
        return self.program.type(self.contender.keys[deed] * times)


Samples = dict[str, list[float]]
T = TypeVar("T")


def measure(
    notes: Notes, contenders: Sequence[Contender], plan: Plan, *, is_start_alone: bool = False
) -> Iterator[Row]:
    """The rows for one kind of notes, as they are measured; the programs take turns, one sample each."""
    if not notes.is_every_thing_measured:
        contenders = [each for each in contenders if each.name == PRODUCT or not each.reads_notes]
    _prepare(notes, contenders)
    yield from _starts(notes, contenders, plan)
    if is_start_alone:
        return
    if notes.highlights:
        product = contenders[0]
        steps = product.keys[Deed.STEP], product.keys[Deed.STEP_BACK]
        command = product.command(notes.path)
        yield from reading_many(notes.name, command, product.environment, notes.highlights, steps, plan.starts)
    with ExitStack() as stack:
        sessions = []
        for contender in contenders:
            program = stack.enter_context(Program(contender.command(notes.path), contender.environment))
            program.wait_for(START, program.started)
            sessions.append(_Session(contender, program))
        for session in sessions:
            session.program.rest(AT_REST)
        yield from _keys(notes, sessions, plan)
        yield _sizes(notes, sessions, plan)
        yield from _idle(notes, sessions, plan)
        yield _memory("memory, read through", notes, sessions)
        for session in sessions:
            if session.contender.reads_notes and session.contender.name != PRODUCT:
                session.program.close()
        sessions = [each for each in sessions if each.contender.name == PRODUCT or not each.contender.reads_notes]
        keys, program = sessions[0].contender.keys, sessions[0].program
        yield from marks(notes.name, notes.edited, program, keys[Deed.STEP], plan.marks)
        if notes.highlights:
            yield from marks_among_many(notes.name, notes.edited, program, keys[Deed.STEP], plan.marks)
        yield _edits(notes, sessions[0], plan)
        sessions[0].do(Deed.FIRST)
        yield from bursts(
            notes.name, notes.edited, sessions[0].program, (keys[Deed.STEP], keys[Deed.STEP_BACK]), plan.burst
        )
        yield _memory("memory, edited as well", notes, sessions)
        _leave_at_the_end(sessions[0])
    yield from _returns(notes, contenders, plan)


# -- starts


def _prepare(notes: Notes, contenders: Iterable[Contender]) -> None:
    """Start everything once, so that disk reads, compilation and remembered state are the same for every measured
    start.
    """
    for contender in contenders:
        with Program(contender.command(notes.path), contender.environment) as program:
            program.wait_for(START, program.started)
            if contender.name == PRODUCT and notes.highlights:
                program.rest(2 * AT_REST)
                program.type(contender.keys[Deed.STEP])  # The greeting of a newcomer stands where they are counted.
                program.wait_for(counted(notes.highlights), program.started)
            program.rest(2 * AT_REST)
            if contender.name == PRODUCT:
                program.type("q")
                program.rest(AT_REST)


def _starts(notes: Notes, contenders: Sequence[Contender], plan: Plan) -> Iterator[Row]:
    shown: Samples = {each.name: [] for each in contenders}
    obeyed: Samples = {each.name: [] for each in contenders}
    for _ in range(plan.starts):
        for contender in contenders:
            with Program(contender.command(notes.path), contender.environment) as program:
                shown[contender.name].append(program.wait_for(START, program.started))
                program.type(contender.keys[Deed.PAGE])
                obeyed[contender.name].append(program.wait_for(_without_start, program.started))
                if contender.name == PRODUCT:
                    # The place is remembered.
                    program.type(contender.keys[Deed.FIRST])
                    program.wait_for(START, program.started)
    yield Row("start: text on screen", notes.name, "ms", shown, Target(times_floor=0.45))
    yield Row("start: usable, a page at once on screen", notes.name, "ms", obeyed, Target(times_floor=1.15))
    asked = [_end_at_once(notes, contenders[0]) for _ in range(plan.starts)]
    yield Row(
        "start: the end, asked for at once",
        notes.name,
        "ms",
        {PRODUCT: asked},
        Target(300) if notes.path.is_dir() else None,
    )


def _end_at_once(notes: Notes, product: Contender) -> float:
    """Milliseconds from a key for the end, pressed as soon as text is on screen, until the end is."""
    with Program(product.command(notes.path), product.environment) as program:
        program.wait_for(START, program.started)
        took = program.wait_for(END, program.type(product.keys[Deed.LAST]))
        program.type(product.keys[Deed.FIRST])  # the place is remembered
        program.wait_for(START, program.started)
        return took


def _without_start(lines: list[str]) -> bool:
    return not any(START in line for line in lines)


def _leave_at_the_end(session: _Session) -> None:
    session.program.wait_for(END, session.do(Deed.LAST))
    session.program.rest()
    session.program.type("q")
    session.program.rest(AT_REST)


def _returns(notes: Notes, contenders: Sequence[Contender], plan: Plan) -> Iterator[Row]:
    """Starts at the bookmark at the end of the notes."""
    samples: Samples = {}
    words = {PRODUCT: END}
    for _ in range(plan.starts // 2 + 1):
        for contender in contenders:
            if contender.name == PRODUCT or not contender.reads_notes:
                with Program(contender.command(notes.path), contender.environment) as program:
                    shown = program.wait_for(words.get(contender.name, START), program.started)
                    samples.setdefault(contender.name, []).append(shown)
    yield Row("start at the place last left, the end", notes.name, "ms", samples, Target(times_floor=0.45))


# -- keys


def _keys(notes: Notes, sessions: Sequence[_Session], plan: Plan) -> Iterator[Row]:
    for what, there, back in (("a step", Deed.STEP, Deed.STEP_BACK), ("a page", Deed.PAGE, Deed.PAGE_BACK)):
        frames = _in_turn(sessions, plan.keys, partial(_press, there, back))
        first = {name: [each.first for each in samples] for name, samples in frames.items()}
        rest = {name: [each.rest for each in samples] for name, samples in frames.items()}
        yield Row(f"{what}: first frame", notes.name, "ms", first, KEY)
        yield Row(f"{what}: at rest", notes.name, "ms", rest)
    yield Row("jump to the end", notes.name, "ms", _in_turn(sessions, plan.jumps, _jump), KEY)
    yield _searches(notes, sessions, plan)
    bursts = _in_turn(sessions, plan.sizes, _press_many)
    yield Row(f"{BURST} steps at once: at rest", notes.name, "ms", bursts)


def _press(there: Deed, back: Deed, session: _Session, turn: int) -> Frames:
    # There and back again: what is met is new at first and then known, as it is to a reader.
    return session.program.frames(session.do(there if turn // 4 % 2 == 0 else back))


def _jump(session: _Session, _: int) -> float:
    took = session.program.wait_for(END, session.do(Deed.LAST))
    session.program.wait_for(START, session.do(Deed.FIRST))
    return took


def _press_many(session: _Session, turn: int) -> float:
    pressed = session.do(Deed.STEP if turn % 2 == 0 else Deed.STEP_BACK, BURST)
    return session.program.frames(pressed, REDRAWN).rest


def _searches(notes: Notes, sessions: Sequence[_Session], plan: Plan) -> Row:
    is_there = _answers_to_search(sessions[0])
    samples = _in_turn(sessions if is_there else sessions[1:], plan.jumps, _search)
    target = Target(60) if notes.megabytes < 50 else None
    return Row("search: its hit on screen", notes.name, "ms", samples, target, "" if is_there else "not there")


def _answers_to_search(session: _Session) -> bool:
    """True if the key does this; the word typed after it would otherwise be taken for other keys."""
    session.program.rest()
    try:
        session.program.frames(session.program.type(session.contender.keys[Deed.SEARCH][0]), patience=0.5)
    except MissingError:
        return False
    session.do(Deed.LEAVE)
    session.program.rest(AT_REST)
    return True


def _search(session: _Session, _: int) -> float:
    took = session.program.wait_for(BESIDE_END, session.do(Deed.SEARCH))
    session.do(Deed.LEAVE)
    session.program.rest(REDRAWN)
    session.do(Deed.FIRST)
    session.program.rest(REDRAWN)
    return took


# -- the terminal, and rest


def _sizes(notes: Notes, sessions: Sequence[_Session], plan: Plan) -> Row:
    samples = _in_turn(sessions, plan.sizes + plan.sizes % 2, _resize)
    return Row("a new size: at rest", notes.name, "ms", samples, Target(50))


def _resize(session: _Session, turn: int) -> float:
    return session.program.frames(session.program.resize(*(NARROW if turn % 2 == 0 else SIZE)), REDRAWN).rest


def _idle(notes: Notes, sessions: Sequence[_Session], plan: Plan) -> Iterator[Row]:
    """All programs left alone at the same time, after their background work."""
    for session in sessions:
        session.program.rest(AT_REST)
        until_idle(session.program)
    before = [(each, processor_seconds(each.program.pid), each.program.sent) for each in sessions]
    sleep(plan.idle)
    spent: Samples = {}
    sent: Samples = {}
    for session, seconds, count in before:
        spent[session.contender.name] = [100 * (processor_seconds(session.program.pid) - seconds) / plan.idle]
        session.program.rest()
        sent[session.contender.name] = [session.program.sent - count]
    yield Row("left alone: of a core", notes.name, "%", spent, Target(0.5))
    yield Row("left alone: sent to the terminal", notes.name, "bytes", sent, Target(0))


def until_idle(program: Program) -> None:
    """Wait until a program does next to nothing, or for `PATIENCE`."""
    end, spent = perf_counter() + PATIENCE, 0.0
    while perf_counter() < end:
        before, spent = spent, processor_seconds(program.pid)
        if spent - before < BEHIND * AT_REST:
            return
        sleep(AT_REST)


def _memory(what: str, notes: Notes, sessions: Iterable[_Session]) -> Row:
    samples = {each.contender.name: [peak_memory(each.program.pid)] for each in sessions}
    return Row(what, notes.name, "MB", samples, Target(above_floor=8 + 2.5 * notes.megabytes))


# -- edits


def _edits(notes: Notes, session: _Session, plan: Plan) -> Row:
    """Saves of the file by renaming, each with another word in its first bullet, until that is on screen."""
    samples = []
    head, _, tail = notes.edited.read_bytes().partition(START.encode())
    written = notes.edited.with_name("written~")
    session.do(Deed.FIRST)
    for turn in range(plan.edits):
        session.program.rest(AT_REST)
        word = START if turn == plan.edits - 1 else f"edit{turn:03}"
        written.write_bytes(b"".join((head, word.encode(), tail)))
        written.replace(notes.edited)
        samples.append(session.program.wait_for(word, perf_counter()))
    session.program.rest(AT_REST)
    return Row("an edit saved: on screen", notes.name, "ms", {PRODUCT: samples}, notes.edit_target)


# -- turns


def _in_turn(sessions: Sequence[_Session], times: int, sample: Callable[[_Session, int], T]) -> dict[str, list[T]]:
    """Samples of each program that has the keys, taken in turn, so that other load affects all alike."""
    samples: dict[str, list[T]] = {}
    for turn in range(times):
        for session in sessions:
            with suppress(UnableError):
                samples.setdefault(session.contender.name, []).append(sample(session, turn))
    return {name: each for name, each in samples.items() if each}
