"""Real programs that people save notes with: each changes ``OLD`` to ``NEW`` in a note's first line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "notes.md"
OTHERS = "others"
"A folder next to the note, for backups and for files that are moved in."
PREPARED = "prepared"
"A file next to the note with its future text."
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Editor:
    """A way of saving."""

    name: str
    words: tuple[str, ...]
    "The command and its arguments, run in the note's folder."
    keys: tuple[str, ...] = ()
    "Input to type into it, if it needs a terminal."
    shows: str = ""
    "Text on the terminal once it accepts input."

    @property
    def is_here(self) -> bool:
        """True if the program is installed."""
        return shutil.which(self.words[0]) is not None

    def save(self, folder: Path) -> None:
        """Edit and save the note in a folder, and quit."""
        home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / OTHERS)}
        if not self.keys:
            environment = {**os.environ, **home}
            subprocess.run(self.words, cwd=folder, env=environment, check=True, capture_output=True, timeout=PATIENCE)
            return
        with Screen(*self.words, cwd=folder, env=home) as screen:
            screen.wait_for(self.shows, PATIENCE)
            for key in self.keys:
                screen.press(key).rest()
            screen.wait_exit()


def prepare(folder: Path, text: bytes) -> Path:
    """Write a note whose first line is ``OLD`` and whose rest is ``text``, and all the files that the editors need."""
    note = folder / NOTE
    note.write_bytes(b"OLD\n" + text)
    (folder / OTHERS).mkdir(exist_ok=True)
    (folder / PREPARED).write_bytes(b"NEW\n" + text)
    return note


def editors() -> tuple[Editor, ...]:
    """All ways of saving."""
    vim = ("vim", "-N", "-u", "NONE", "-i", "NONE", "-es")
    change = ("-c", "1s/OLD/NEW/", "-c", "wq", NOTE)
    emacs = '(progn (goto-char 1) (delete-char 3) (insert "NEW") (save-buffer))'
    deleted = ("delete", "delete", "delete", *"NEW")
    python = (sys.executable, "-c")
    return (
        Editor("vim", (*vim, *change)),
        Editor("vim backupcopy=yes", (*vim, "-c", "set backupcopy=yes", *change)),
        Editor("vim nowritebackup", (*vim, "-c", "set nowritebackup", *change)),
        Editor("vim backupdir", (*vim, "-c", f"set backup backupdir={OTHERS}", *change)),
        Editor("neovim", ("nvim", "--headless", "-u", "NONE", "-i", "NONE", *change)),
        Editor("nano", ("nano", "-I", NOTE), (*deleted, "ctrl+o", "enter", "ctrl+x"), "OLD"),
        Editor("emacs", ("emacs", "--batch", "-Q", NOTE, "--eval", emacs)),
        Editor("micro", ("micro", NOTE), (*deleted, "ctrl+s", "ctrl+q"), "OLD"),
        Editor("sed -i", ("sed", "-i", "1s/OLD/NEW/", NOTE)),
        Editor("perl -pi", ("perl", "-pi", "-e", "s/^OLD/NEW/", NOTE)),
        Editor("cp", ("cp", PREPARED, NOTE)),
        Editor("shell >", ("sh", "-c", f"cat {PREPARED} > {NOTE}")),
        Editor("slow >", ("sh", "-c", f"(head -c 9 {PREPARED}; sleep 0.3; tail -c +10 {PREPARED}) > {NOTE}")),
        Editor("mv", ("sh", "-c", f"cp {PREPARED} {OTHERS}/moved && mv {OTHERS}/moved {NOTE}")),
        Editor(
            "as VS Code does",
            (
                *python,
                f"import os; d = open('{PREPARED}', 'rb').read(); f = os.open('{NOTE}', os.O_WRONLY | os.O_TRUNC);"
                "os.write(f, d); os.fdatasync(f); os.close(f)",
            ),
        ),
        Editor(
            "atomic rename",
            (
                *python,
                f"import os; d = open('{PREPARED}', 'rb').read(); f = open('t', 'wb'); f.write(d); f.flush();"
                f"os.fsync(f.fileno()); f.close(); os.replace('t', '{NOTE}')",
            ),
        ),
    )
