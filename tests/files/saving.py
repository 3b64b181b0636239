"""Ways in which programs save a file, with pauses at the worst moments, and the texts a reader may see."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

LINES = 2000


def version(number: int) -> bytes:
    """A text of some 80 KB with its number at both ends."""
    middle = f"- line of version {number} that is like the others\n" * LINES
    return f"begin {number}\n{middle}end {number}\n".encode()


def version_of(data: bytes | None) -> int | None:
    """The number of a text; None if it is no complete version."""
    if not data or not data.startswith(b"begin "):
        return None
    number = int(data[6 : data.index(b"\n")])
    return number if data == version(number) else None


@dataclass(frozen=True, slots=True)
class Saver:
    """Saves one file, each time in a way chosen at random."""

    path: Path
    elsewhere: Path
    "Another folder of the same file system."
    random: Random
    pause: float
    "The longest pause between two steps of a save, in seconds."
    pauses: list[float] = field(default_factory=list)
    "The pauses so far, in seconds."

    def save(self, data: bytes) -> str:
        """Save in one of the ways; returns its name."""
        way: Callable[[bytes], None] = self.random.choice(self.ways())
        way(data)
        return way.__name__

    def ways(self) -> tuple[Callable[[bytes], None], ...]:
        return (
            self.in_place,
            self.with_a_backup,
            self.deleted_first,
            self.renamed_over,
            self.moved_in,
            self.patched,
            self.deleted_long_before,
            self.moved_away_first,
        )

    def in_place(self, data: bytes) -> None:
        """As a shell's ``>``, VS Code and nano do, but slowly."""
        with open(self.path, "wb", buffering=0) as file:
            self._wait()
            size = len(data) // self.random.randint(1, 6) + 1
            for start in range(0, len(data), size):
                file.write(data[start : start + size])
                self._wait()

    def with_a_backup(self, data: bytes) -> None:
        """As vim, nvim and emacs do."""
        backup = self.path.with_name(self.path.name + "~")
        os.rename(self.path, backup)
        self._wait()
        self.in_place(data)
        backup.unlink()

    def deleted_first(self, data: bytes) -> None:
        """As git does."""
        self.path.unlink()
        self._wait()
        self.in_place(data)

    def renamed_over(self, data: bytes) -> None:
        """As ``sed -i`` and all careful programs do."""
        beside = self.path.with_name(".beside")
        beside.write_bytes(data)
        self._wait()
        os.replace(beside, self.path)

    def moved_in(self, data: bytes) -> None:
        """As ``mv`` from another folder does."""
        other = self.elsewhere / "other"
        other.write_bytes(data)
        os.replace(other, self.path)

    def patched(self, data: bytes) -> None:
        """Overwrite the old text, and truncate at the end."""
        with open(self.path, "r+b", buffering=0) as file:
            file.write(data)
            file.truncate(len(data))

    def deleted_long_before(self, data: bytes) -> None:
        """As sync tools do."""
        self.path.unlink()
        self._rest(self.random.random() * 0.6)
        self.in_place(data)

    def moved_away_first(self, data: bytes) -> None:
        """As vim does with a ``backupdir``."""
        os.rename(self.path, self.elsewhere / "backup")
        self._wait()
        self.in_place(data)

    def _wait(self) -> None:
        longest = self.random.choice((0, 0, 0.05, 0.1, 0.25, 0.5, 1)) * self.pause
        if longest:
            self._rest(self.random.random() * longest)

    def _rest(self, seconds: float) -> None:
        self.pauses.append(seconds)
        time.sleep(seconds)
