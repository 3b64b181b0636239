"""Two readers, git, a sync program and sudden deaths at one highlights file, in random order.

Everything acknowledged is in the file, once, to the end; after a change of branches, in that branch's file.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import highlight
from tests.faults.terminal import environment
from tests.terminal.screen import Screen
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Part, Put
from tui.files.sidecar import text as sidecar_text
from tui.files.sidecar.store import load, sidecar_of

if TYPE_CHECKING:
    from pathlib import Path

BULLETS = 600
STEPS = 250
SAMPLE = 14
SEEDS = (1, 2, 3)
"Figures of the long run; the sample is the first of them."

_NUMBER = re.compile(r"walk number (\d+) ")
_UNSAVED = re.compile(r"\d not saved")


def measure(folder: Path, *, is_long: bool) -> Report:
    """Attack one highlights file, in the long run several."""
    wrong: list[str] = []
    tried: Counter[str] = Counter()
    for seed in SEEDS if is_long else SEEDS[:1]:
        attack = Attack(folder / str(seed), Random(seed))
        try:
            attack.run(STEPS if is_long else SAMPLE)
        except AssertionError as error:
            wrong.append(f"{attack.last}: {error}")
        finally:
            attack.end()
        wrong += [f"seed {seed}: {each}" for each in attack.problems]
        tried += attack.tried
    figures = ", ".join(f"{count} {name}" for name, count in sorted(tried.items()))
    return Report("attack", figures, tuple(wrong))


class Attack:
    """One note, its highlights file, and everyone who writes it."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.notes = folder / "notes" / "walks.md"
        self.notes.parent.mkdir(parents=True)
        self.notes.write_text("".join(f"- walk number {n} to the harbour\n" for n in range(BULLETS)))
        self.sidecar = sidecar_of(self.notes)
        self.problems: list[str] = []
        self.tried: Counter[str] = Counter()
        self.last = ""
        self._home = folder
        self._chance = chance
        self._unused = iter(chance.sample(range(BULLETS), BULLETS))
        self._known: set[int] = set()
        "The bullets with an acknowledged highlight, in the branch that is checked out."
        self._perhaps: set[int] = set()
        "The bullets whose highlight was being saved when the program died."
        self._elsewhere: dict[str, tuple[set[int], set[int]]] = {}
        self._branch = "main"
        self._config = folder / "config.toml"
        # A digit that comes late, on a busy machine, would be a mark in a colour.
        self._config.write_text(
            "[earmark]\ncounts = true\n[earmark.keys]\n" + "".join(f"mark_{colour} = []\n" for colour in Colour)
        )
        self._git("init", "-q", "-b", "main")
        self._git("config", "user.email", "a@b")
        self._git("config", "user.name", "a")
        (self.notes.parent / ".gitignore").write_text(".earmark.lock\n*.bak\n")
        self._commit()
        self._git("branch", "side")
        self._elsewhere["side"] = set(), set()
        self._screens = [self._opened(), self._opened()]

    def run(self, steps: int) -> None:
        """Do this many things in random order, and check the file after each."""
        ways = [self._mark] * 6 + [self._mark_by_command, self._kill, self._edit, self._switch]
        ways += [self._synchronise, self._leave_copy, self._write_slowly, self._stop_and_go]
        for number in range(steps):
            way = self._chance.choice(ways)
            self.last = f"step {number}, {way.__name__.strip('_')}"
            way()
            self.tried[way.__name__.strip("_").replace("_", " ")] += 1
            self._look()
        for screen in self._screens:
            screen.press("q")
            if (code := screen.wait_exit()) != 0:
                self.problems.append(f"ended with {code}")
        self._look()

    def end(self) -> None:
        """Stop all remaining processes."""
        for screen in self._screens:
            screen.close()

    # -- what happens

    def _mark(self) -> None:
        number = next(self._unused)
        screen = self._chance.choice(self._screens)
        self._press_mark(screen, number)
        self._acknowledged(screen, number)

    def _mark_by_command(self) -> None:
        number = next(self._unused)
        command = [sys.executable, "-m", "tui", "mark", str(self.notes), "--quote", f"walk number {number} to"]
        ended = subprocess.run(
            command, env={**os.environ, **environment(self._home)}, capture_output=True, timeout=60, check=False
        )
        if ended.returncode:
            self.problems.append(f"{self.last}: {ended.stderr.decode(errors='replace')}")
        self._known.add(number)

    def _kill(self) -> None:
        which = self._chance.randrange(len(self._screens))
        screen = self._screens[which]
        if self._chance.random() < 0.7:
            number = next(self._unused)
            self._press_mark(screen, number)
            self._perhaps.add(number)
            screen.rest(self._chance.choice((0.0, 0.01, 0.03, 0.1)))
        os.kill(screen.pid, signal.SIGKILL)
        screen.wait_exit()
        screen.close()
        self._screens[which] = self._opened()

    def _edit(self) -> None:
        lines = self.notes.read_text().splitlines()
        at = self._chance.randrange(len(lines))
        lines[at] += " and back"
        beside = self.notes.with_name(".beside")
        beside.write_text("\n".join(lines) + "\n")
        beside.replace(self.notes)
        shown = f"walk number {at} to the harbour"
        for screen in self._screens:
            self._go(screen, at)
            screen.wait_for(lambda lines: any(shown in line and "back" in line for line in lines))

    def _switch(self) -> None:
        self._commit()
        self._elsewhere[self._branch] = self._known, self._perhaps
        self._branch = "side" if self._branch == "main" else "main"
        self._known, self._perhaps = self._elsewhere[self._branch]
        self._git("checkout", "-q", self._branch)
        self._shown_everywhere()

    def _synchronise(self) -> None:
        number = next(self._unused)
        beside = self.notes.with_name(".syncthing.tmp")
        beside.write_bytes(self._with(number))
        beside.replace(self.sidecar)
        self._known.add(number)
        self._shown_everywhere(number)

    def _leave_copy(self) -> None:
        number = next(self._unused)
        copy = self.sidecar.with_name(f"walks.highlights.sync-conflict-2026-{number:04}.toml")
        copy.write_bytes(self._with(number))
        command = [sys.executable, "-m", "tui", "merge", str(self.notes)]
        subprocess.run(
            command, env={**os.environ, **environment(self._home)}, capture_output=True, timeout=60, check=True
        )
        self._known.add(number)
        self._shown_everywhere(number)

    def _write_slowly(self) -> None:
        if not self.sidecar.exists():
            return
        whole = self.sidecar.read_bytes()
        number = next(self._unused)
        screen = self._chance.choice(self._screens)
        with self.sidecar.open("wb", buffering=0) as file:
            file.write(whole[: self._chance.randrange(len(whole))])
            self._press_mark(screen, number)
            screen.rest(self._chance.choice((0.1, 0.4)))
            file.seek(0)
            file.write(whole)
        self._acknowledged(screen, number)

    def _stop_and_go(self) -> None:
        screen = self._chance.choice(self._screens)
        number = next(self._unused)
        self._press_mark(screen, number)
        os.kill(screen.pid, signal.SIGSTOP)
        other = self._chance.choice([each for each in self._screens if each is not screen])
        more = next(self._unused)
        self._press_mark(other, more)
        other.rest(0.2)
        os.kill(screen.pid, signal.SIGCONT)
        self._acknowledged(other, more)
        self._acknowledged(screen, number)

    # -- how

    def _opened(self) -> Screen:
        command = (sys.executable, "-m", "tui", "--config", self._config, self.notes)
        screen = Screen(*command, env=environment(self._home), cwd=self._home, columns=150, rows=30)
        return screen.wait_for("walk number").wait_for("open")

    def _go(self, screen: Screen, number: int) -> None:
        screen.press("G").wait_for(f"walk number {BULLETS - 1} ")
        screen.press("g", *str(number), "j") if number else screen.press("g")
        screen.wait_for(partial(_is_at, number=number))

    def _press_mark(self, screen: Screen, number: int) -> None:
        self._go(screen, number)
        screen.rest(0.05).press("m")

    def _acknowledged(self, screen: Screen, number: int) -> None:
        screen.wait_for(partial(_is_marked, number=number))
        if number not in self._held():
            self.problems.append(f"{self.last}: {number} is shown as marked and not in the file")
        self._known.add(number)

    def _shown_everywhere(self, *numbers: int) -> None:
        for screen in self._screens:
            for number in numbers or list(self._known)[:1]:
                self._go(screen, number)
                screen.wait_for(partial(_is_marked, number=number))
            if count := len(self._held()):
                screen.wait_for(f" {count}▎")

    def _with(self, number: int) -> bytes:
        """The highlights file with one more highlight, as another machine has it."""
        mark = highlight(f"01SYNC{number:04}")
        text = f"walk number {number} to the harbour"
        mark = replace(mark, parts=(Part(text, "", "", "walks", "", text, 0, number + 1),))
        contents = sidecar_text.with_operations(load(self.sidecar), [Put(mark)])
        return sidecar_text.to_bytes(sidecar_text.with_note(contents, self.notes.name))

    def _held(self) -> list[int]:
        """The numbers of the bullets with highlights in the file."""
        blocks = [each.parts[0].block for each in load(self.sidecar).highlights]
        return [int(number) for block in blocks for number in _NUMBER.findall(block)]

    def _look(self) -> None:
        held = Counter(self._held())
        if lost := self._known - held.keys():
            self.problems.append(f"{self.last}: lost {sorted(lost)}")
        if extra := held.keys() - self._known - self._perhaps:
            self.problems.append(f"{self.last}: there though gone {sorted(extra)}")
        if doubled := [number for number, count in held.items() if count > 1]:
            self.problems.append(f"{self.last}: doubled {doubled}")

    def _commit(self) -> None:
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "as it is")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.notes.parent, check=True, capture_output=True)


def _is_at(lines: list[str], number: int) -> bool:
    """True if the cursor is on a bullet."""
    return any(f"walk number {number} " in line and "│▌" in line for line in lines)


def _is_marked(lines: list[str], number: int) -> bool:
    """True if a bullet is shown as highlighted, and nothing as not saved."""
    here = [line for line in lines if f"walk number {number} " in line]
    return any("▎" in line for line in here) and not any(_UNSAVED.search(line) for line in lines)
