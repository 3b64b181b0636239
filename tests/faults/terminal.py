"""The whole program in a terminal, reading hostile notes: it survives, and sends nothing that it should not."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple

from tests.faults.hostile_notes import SEQUENCES, hostile_notes
from tests.faults.report import Report
from tests.faults.save_once import highlight
from tests.faults.wire import smuggled, strangers, unsafe
from tests.terminal.screen import Screen
from tui.core.annotations.highlights import Put
from tui.files.sidecar.store import apply, sidecar_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.faults.hostile_notes import Hostile

ROOT = Path(__file__).parents[2]
SOON = 2.0
"Most seconds until the text of any notes is on screen."
PAGES = 5
"Pages turned in the sample; in the long run up to `MOST_PAGES`, while they differ."
MOST_PAGES = 150
TURNING = 20.0
"Seconds after which no more pages of a file are turned."
AT_ONCE = 4
"Files of the sample read at once: most of the time is spent waiting."
REFUSED = b"this is not UTF-8 text"
"The program's message about a file that is no text."
SUPPORTS_FRAMES = "\x1b[?2026;2$y"
"The answer of a terminal that draws a frame as a whole."


def measure(folder: Path, *, is_long: bool) -> Report:
    """Read every hostile note, look at all panes, and highlight; one after another if time is measured."""
    files = list(hostile_notes(is_long=is_long))
    with ThreadPoolExecutor(1 if is_long else AT_ONCE) as pool:
        readings = list(pool.map(partial(_read, folder=folder, is_long=is_long), files, range(len(files))))
    wrong = [
        f"{hostile.name}: {each}" for hostile, reading in zip(files, readings, strict=True) for each in reading.wrong
    ]
    timed = [(reading.took, hostile.name) for hostile, reading in zip(files, readings, strict=True) if hostile.is_timed]
    wrong += [f"{name}: text on the screen after {took:.1f} s" for took, name in timed if is_long and took > SOON]
    wrong += piped(folder / "piped")
    slowest, name = max(timed)
    sent = sum(reading.sent for reading in readings)
    figures = f"{len(files)} files read, {sent:,} bytes sent, slowest first text {slowest:.2f} s ({name})"
    return Report("terminal", figures, tuple(wrong))


class Reading(NamedTuple):
    """The result of reading a file."""

    took: float
    "Seconds until its text was on screen; infinite if it never was."
    sent: int
    "Bytes sent to the terminal."
    wrong: list[str]


def _read(hostile: Hostile, number: int, *, folder: Path, is_long: bool) -> Reading:
    began = time.monotonic()
    home = folder / str(number)
    home.mkdir(parents=True)
    path = home / hostile.name
    path.write_bytes(hostile.data)
    pages = MOST_PAGES if is_long and not hostile.is_timed else PAGES
    took, written, problem = walk(path, home, pages=pages)
    rmtree(home)
    notes = hostile.data[:100_000].decode(errors="replace")
    wrong = [problem] if problem else []
    wrong += strangers(written)[:3] + [f"smuggled: {each!r}" for each in smuggled(written, notes)]
    if is_long:
        told = f"{number} {hostile.name}: text after {took:.2f} s, all in {time.monotonic() - began:.0f} s"
        print(told, f"{len(wrong)} wrong", *wrong, sep=", ", file=sys.stderr, flush=True)
    return Reading(took, len(written), wrong)


def environment(home: Path) -> Mapping[str, str]:
    """The environment of a first-time reader."""
    folders = {"HOME": "", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    return {name: str(home / "home" / folder) for name, folder in folders.items()} | {"PYTHONPATH": str(ROOT)}


def walk(path: Path, home: Path, *, pages: int) -> tuple[float, bytes, str]:
    """Read a file; returns the seconds until its text was there, all output, and the failure, if any."""
    began = time.monotonic()
    took = math.inf
    with Screen(sys.executable, "-m", "tui", path, env=environment(home), cwd=home, columns=110, rows=40) as screen:
        try:
            screen.wait_for(lambda lines: any(line.strip() for line in lines))
            took = time.monotonic() - began
            screen.send(SUPPORTS_FRAMES)
            _turn_pages(screen, pages)
            for keys in (("g",), ("j",), ("m",), ("]",), ("m",), ("H",), ("tab",), ("G",), ("enter",), ("?",)):
                screen.press(*keys).rest()
            screen.press("escape").rest()
            screen.resize(60, 20).rest()
            screen.press("escape").rest()
            code = screen.press("ctrl+q").wait_exit()
        except AssertionError as error:
            return took, bytes(screen.written), "" if REFUSED in screen.written else str(error)
        return (
            took,
            bytes(screen.written),
            "" if code == 0 or REFUSED in screen.written else f"ended with {code}:\n{screen.text()}",
        )


def _turn_pages(screen: Screen, pages: int) -> None:
    deadline = time.monotonic() + TURNING
    for _ in range(pages):
        before = len(screen.written)
        if len(screen.press("space").rest().written) == before or time.monotonic() > deadline:
            return


def piped(folder: Path) -> list[str]:
    """The output of commands on hostile notes, names, settings and highlights that should not reach a terminal."""
    folder.mkdir()
    notes = folder / "escapes.md"
    notes.write_text("\n".join(f"# {text}\n\n- {text}?\n" for text in SEQUENCES), encoding="utf-8")
    annotations = [replace(highlight(f"01{at}"), comment=text, tags=(text,)) for at, text in enumerate(SEQUENCES)]
    apply(sidecar_of(notes), notes.name, [Put(mark) for mark in annotations])
    odd = folder / "odd\x1b[31;7mname\x9b.md"
    odd.write_text("- one\n", encoding="utf-8")
    settings = folder / "settings.toml"
    settings.write_text('[earmark]\n"od\\u001b[31;7md" = 1\n', encoding="utf-8")
    colours = folder / "colours\x1b[31m.toml"
    colours.write_text('[earmark]\nnotes = "\\u001b[31;7m\\u202e\\u009b"\n', encoding="utf-8")
    damaged = folder / "damaged.md"
    damaged.write_text("- one\n", encoding="utf-8")
    (folder / "damaged.highlights.toml").write_text("version = \x1b[31;7m\n", encoding="utf-8")
    commands: list[list[str | Path]] = [
        [notes],
        ["outline", notes],
        ["questions", notes],
        ["highlights", notes],
        ["highlights", "--json", notes],
        ["check", notes],
        ["check", damaged],
        ["outline", odd],
        ["outline", folder],
        ["outline", "--json", folder],
        ["mark", notes, "--quote", SEQUENCES[0]],
        [folder / "miss\x1b[31;7ming.md"],
        ["--config", settings, notes],
        ["--config", colours, "config"],
    ]
    problems = []
    for words in commands:
        ended = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            env={**environment(folder), "LC_ALL": "C.UTF-8", "PATH": ""},
            cwd=folder,
            capture_output=True,
            timeout=60,
            check=False,
        )
        name = " ".join(ascii(str(word)) for word in words)
        if b"Traceback" in ended.stderr:
            problems.append(f"{name}: {ended.stderr.decode(errors='replace')}")
        for output in (ended.stdout, ended.stderr):
            problems += [f"{name}: {each}" for each in unsafe(output)[:2]]
    return problems
