"""A library in which every string is hostile, and a walk through every screen that shows one."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import highlight
from tests.faults.terminal import SUPPORTS_FRAMES, environment
from tests.faults.wire import smuggled, strangers
from tests.terminal.screen import Screen
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Part, Put, QuestionRecord
from tui.files.sidecar.store import apply, sidecar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.highlights import Record

CONTROLS = "\x1b[38;2;1;2;3mA\x1b]0;t\x07\x9b31mB\u202eC"
MARKUP = "[red]R[@click=app.quit]Q"
HOSTILE = f"{CONTROLS}{MARKUP}[/]\nsecond row"
"The content of comments, tags, answers, ids, names of colours and of episodes: it moves, colours, turns and quits."
NAME = f"{CONTROLS}{MARKUP}"
"The same as a file name, without a slash: `[` and `/]` end a folder's name and begin a file's."

_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"The prefix of a copy to the clipboard."
STEPS: tuple[tuple[str, ...], ...] = (
    ("H",),
    ("a",),
    ("escape",),
    ("t", "end", "space", "A"),
    ("escape",),
    *[("tab",)] * 3,
    *[("j",)] * 8,
    ("o",),
    ("f", "A"),
    ("escape",),
    ("enter",),
    ("H",),
    ("tab",),
    *[("j",)] * 3,
    ("A",),
    ("escape",),
    ("escape",),
    ("escape",),
    ("ctrl+k", "R", "e"),
    ("down",),
    ("escape",),
    ("/", "s", "e", "c"),
    ("enter",),
    ("n",),
    ("escape",),
    ("ctrl+p", "c", "o"),
    ("escape",),
    ("-",),
    ("escape",),
    ("?",),
    ("escape",),
    ("y",),
    ("Y",),
    ("ctrl+y",),
    ("e",),
    ("M",),
    ("m",),
    ("u",),
    ("R",),
    *[("]",), ("m",), ("tab",), ("shift+tab",)] * 3,
)
"Keys to press one after the other; the screen is drawn after each step."


def make(folder: Path) -> Path:
    """Write the library, with a configuration beside it; returns its path, which ends in half a tag."""
    library = folder / f"{CONTROLS}["
    library.mkdir()
    marked = library / f"]{MARKUP}.md"
    title = " ".join(HOSTILE.split("\n"))
    text = "".join(f"# {title} {at} on {title} (9/1)\n\n- where {title}?\n  - second\n\n" for at in range(3))
    marked.write_text(f"---\ntitle: {title}\nauthor: {title}\n---\n{text}", encoding="utf-8", newline="")
    apply(sidecar_of(marked), marked.name, [Put(record) for record in _records(title)])
    _copy_of(sidecar_of(marked), marked.name)
    damaged = library / f"{NAME} damaged.md"
    damaged.write_text(f"# {title}\n\n- words to mark\n", encoding="utf-8")
    sidecar_of(damaged).write_text("version = \x1b]0;t\x07\n", encoding="utf-8")
    unsaved = library / f"zz {NAME} unsaved.md"
    unsaved.write_text(f"# Last {title}\n\n- words to mark\n", encoding="utf-8")
    sidecar_of(unsaved).mkdir()
    odd = Path(os.fsdecode(os.fsencode(library) + b"/caf\xe9 \x1b]0;t\x07.txt"))
    odd.write_bytes(b"Ada on \xff\x1b]0;t\x07 (9/1)\n\n\xe2\x80\xa2 caf\xe9 and words enough to be text\n")
    names = "".join(f"{colour} = {json.dumps(HOSTILE)}\n" for colour in Colour)
    settings = f'[earmark]\neditor = "no-such\\u001b]0;t\\u0007"\n[earmark.colours]\n{names}'
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    return library


def _records(title: str) -> Iterator[Record]:
    whole = f"where {title}?"
    for at, exact in enumerate(("second", HOSTILE, f"{HOSTILE} that is gone", whole)):
        part = Part(exact, HOSTILE, HOSTILE, HOSTILE, HOSTILE, exact, 0, 3, quoted=HOSTILE)
        mark = replace(highlight(f"01{HOSTILE}{at}"), parts=(part,), comment=HOSTILE, tags=(HOSTILE, "A" + HOSTILE))
        yield mark
        yield QuestionRecord(f"02{HOSTILE}{at}", Answer.ANSWERED, (part,), mark.created, mark.updated, answer=HOSTILE)


def _copy_of(sidecar: Path, note: str) -> None:
    copy = sidecar.with_name(sidecar.name.replace(".highlights", f".highlights.sync-conflict-{CONTROLS}"))
    apply(copy, note, [Put(replace(highlight("03"), comment=HOSTILE))])


def measure(folder: Path, *, is_long: bool) -> Report:
    """Walk through every screen of the library, in a long run and in a sample alike."""
    folder.mkdir(parents=True)
    wrong = _walk(folder)
    return Report("names", f"{len(STEPS)} steps through {len(list(folder.rglob('*')))} files", tuple(wrong))


def _walk(folder: Path) -> list[str]:
    library = make(folder)
    command = (sys.executable, "-m", "tui", "--config", folder / "settings.toml", library)
    env = {**environment(folder), "DISPLAY": ""}
    wrong: list[str] = []
    with Screen(*command, env=env, cwd=folder, columns=130, rows=40) as screen:
        try:
            screen.wait_for("second", 30).send(SUPPORTS_FRAMES)
            for keys in STEPS:
                screen.press(*keys).rest()
            marked = next(library.glob("]*.md"))
            marked.rename(marked.with_name(f"{NAME} renamed.md"))
            screen.rest(1.5)
            screen.press("escape", "escape").rest(1.0)
            screen.press("G", "2").rest(1.0).press("q")
            with suppress(AssertionError):  # nothing is asked where the mark could be saved after all
                screen.wait_for("q quits", 5).press("q")
            code = screen.wait_exit()
            wrong += [] if code == 0 else [f"ended with {code}"]
        except AssertionError as error:
            wrong.append(str(error))
        written = bytes(screen.written)
    copied = b"".join(base64.b64decode(each) for each in _COPIED.findall(written))
    written = _COPIED.sub(b"", written)
    wrong += strangers(written)[:5] + strangers(copied.replace(b"\n", b""))[:5]
    wrong += [f"smuggled: {each!r}" for each in smuggled(written, CONTROLS)]
    return wrong
