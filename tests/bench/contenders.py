"""The programs measured side by side, and their keys for the same actions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import FLOOR, PRODUCT
from tests.bench.notes import END

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


class Deed(Enum):
    """The effect of a key."""

    STEP = auto()
    STEP_BACK = auto()
    PAGE = auto()
    PAGE_BACK = auto()
    LAST = auto()
    FIRST = auto()
    SEARCH = auto()
    "Everything typed to find the last bullet."
    LEAVE = auto()
    "Keys that end the search; the reader may then be anywhere."


@dataclass(frozen=True, slots=True)
class Contender:
    """A program and its keys."""

    name: str
    words: tuple[str, ...]
    "Its command, before the path of the notes."
    keys: Mapping[Deed, str]
    reads_notes: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, notes: Path) -> tuple[str, ...]:
        """Its command for notes."""
        return (*self.words, str(notes)) if self.reads_notes else self.words


def contenders(home: Path) -> tuple[Contender, ...]:
    """The product, the floor, and of ``less``, ``vim`` and ``glow`` what is installed. glow pages with ``less``.

    Both Python programs run from this working copy and from bytecode that is compiled here, beforehand, into a
    folder of its own (PYTHONPYCACHEPREFIX): so the copy may be edited, and no start pays for compiling.
    ``home`` is theirs; the reader's own settings and state are not touched.
    """
    folders = {"HOME": "", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    surroundings = {name: str(home / folder) for name, folder in folders.items()} | {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        # An empty value is as if the name were not there.
        "PYTHONDONTWRITEBYTECODE": "",
        "EARMARK_CONFIG": "",
        "LESS": "",
    }
    compiling = [sys.executable, "-m", "compileall", "-q", str(ROOT / "tui"), str(ROOT / "tests" / "bench")]
    subprocess.run(compiling, env={**os.environ, **surroundings}, check=True)
    moves = {Deed.STEP: "j", Deed.STEP_BACK: "k", Deed.LAST: "G", Deed.FIRST: "g"}
    pages = {Deed.PAGE: " ", Deed.PAGE_BACK: "\x1b[5~"}
    found = {Deed.SEARCH: f"/{END}", Deed.LEAVE: "\x1b"}
    found_on_enter = {Deed.SEARCH: f"/{END}\r", Deed.LEAVE: ""}
    vim_keys = moves | found_on_enter | {Deed.FIRST: "gg", Deed.PAGE: "\x06", Deed.PAGE_BACK: "\x02"}
    every = (
        Contender(PRODUCT, _python("from tui.__main__ import main"), moves | pages | found, environment=surroundings),
        Contender(
            FLOOR,
            _python("from tests.bench.bare import main"),
            {Deed.STEP: "j", Deed.STEP_BACK: "k", **pages},
            reads_notes=False,
            environment=surroundings,
        ),
        Contender("less", ("less",), moves | pages | found_on_enter, environment=surroundings),
        Contender("vim", ("vim", "-u", "NONE", "-i", "NONE", "-n", "-R"), vim_keys, environment=surroundings),
        Contender(
            "glow", ("glow", "-p"), moves | pages | found_on_enter, environment=surroundings | {"PAGER": "less -R"}
        ),
    )
    return tuple(each for each in every if shutil.which(each.words[0]))


def _python(importing: str) -> tuple[str, ...]:
    """The code of an installed command's script."""
    return (sys.executable, "-P", "-c", f"import sys; {importing}; sys.exit(main())")
