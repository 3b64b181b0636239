"""Imports that the first frame, the first keys or the first highlight must not wait for."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from textual.app import App

if TYPE_CHECKING:
    from pathlib import Path

OPENING = """
import sys
from tui import launch
from tui.ui.terminal import lean
with lean.without_late_parts():
    import tui.__main__, tui.ui.app
from tui.files.opened import Opened
for episode in Opened(sys.argv[1], launch.configuration()).library.notes[0].episodes:
    assert episode.blocks
print(*sys.modules)
"""
FRAME = """
import sys
import tui.__main__
from tui.ui.terminal.lean import ON_USE, run_on_use
run_on_use()
from tui import launch, target
from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.start.first_frame import FirstFrame
from tui.ui.terminal import early
config = Config(theme="nord", keys={"quit": ("question_mark",)})
assert "bold" in FirstFrame(Opened(sys.argv[1], config)).text(120, 40)
assert {type(sys.modules.get(name)).__name__ for name in ON_USE} == {"_OnUse"}
print(*sys.modules)
"""
TOO_LATE = (
    "ast",
    "asyncio",
    "difflib",
    "hashlib",
    "hmac",
    "logging",
    "platformdirs",
    "rich.console",
    "shutil",
    "threading",
)
"Modules that the reader needs but the first frame does not."
ON_USE = """
import sys
from tui.ui.terminal.lean import run_on_use
run_on_use()
import inspect, dataclasses, mimetypes, textwrap, tokenize, threading
assert {type(each).__name__ for each in (inspect, mimetypes, textwrap, tokenize)} == {"_OnUse"}
wrapped = []
threads = [threading.Thread(target=lambda: wrapped.append(textwrap.fill("a b", 1))) for _ in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert wrapped == ["a\\nb"] * 20
assert mimetypes.guess_type("a.html")[0] == "text/html" and tokenize.tok_name
assert str(inspect.signature(lambda one: one)) == "(one)"
assert dataclasses.inspect is inspect is sys.modules["inspect"]
assert inspect.__spec__.name == "inspect" and inspect.__doc__.startswith("Get useful")
"""
LATE = """
from tui.ui.terminal import lean
with lean.without_late_parts():
    import textual.app, textual.design, textual.layout
    from typing_extensions import override  # no name of typing before Python 3.12
import asyncio.sslproto, platformdirs, ssl, textual.canvas, textual.command, textual.css._help_text, textual.markup
from textual.color import Color, ColorParseError
from textual.css.stylesheet import Stylesheet
from rich.table import Table
from uuid import UUID
assert ssl.SSLContext and issubclass(textual.command.SimpleProvider, textual.command.Provider)
from textual.widgets import OptionList
from textual.widgets._toast import ToastRack
assert issubclass(ToastRack, textual.containers.Container)
assert Stylesheet().parse_style("bold red").bold
try: Color.parse("rad")
except ColorParseError as error: assert error.suggested_color == "red"
assert asyncio.sslproto.SSLProtocol
assert isinstance(textual.layout.Canvas(2, 2), textual.canvas.Canvas)
assert isinstance(textual.design.Table(box=None, expand=True), Table)
assert textual.app.user_downloads_path() == platformdirs.user_downloads_path()
assert isinstance(textual.app.uuid.uuid4(), UUID)
assert override.__module__ in ("typing", "typing_extensions")
"""
TAKEN = """
import ast, sys
from pathlib import Path
from tui.ui.terminal import lean
with lean.without_late_parts():
    import tui.ui.app
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in ("textual", "rich"):
        for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module in lean.LEFT_OUT:
                print(*(f"{node.module}:{each.name}" for each in node.names))
            elif isinstance(node, ast.Import):
                print(*(f"{each.name}:" for each in node.names if each.name in lean.LEFT_OUT))
"""
BEHIND = """
import asyncio, sys, threading
from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.app import Reader
class Threads:
    def find_spec(self, name, path, target=None):
        if threading.current_thread() is threading.main_thread():
            print(name)
async def main():
    app = Reader(Opened(sys.argv[1], Config()))
    sys.meta_path.insert(0, Threads())
    async with app.run_test() as pilot:
        await pilot.press("G")
        await app.cx.store.complete.wait()
        while "tui.ui.dialogs.prompt" not in sys.modules or "watchdog" not in sys.modules:
            await asyncio.sleep(0.01)
asyncio.run(main())
"""
SLOW = {
    *("rapidfuzz", "watchdog", "textual.widgets._text_area", "tui.core.state.items", "tui.files.session"),
    *("tui.files.sidecar.store", "tui.ui.dialogs.prompt", "tui.ui.drafts.resuming", "tui.ui.lists.questions"),
}
HEAPS = """
import ctypes, sys, threading
from tui.launch import share_heap
if sys.argv[1:]: share_heap()
barrier = threading.Barrier(5)
def hold():
    held = [bytes(1000)]
    barrier.wait()
    barrier.wait()
threads = [threading.Thread(target=hold, daemon=True) for _ in range(4)]
for thread in threads: thread.start()
barrier.wait()
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
report = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, report)
library.fflush(report)
barrier.wait()
"""
MARKED = """
import sys
from tui.core.notes.model import Address, whole_block
from tui.core.state import highlighting
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
opened = Opened(sys.argv[1], Config())
session, note = Session(opened), opened.library.notes[0]
state = session.with_sidecar_of(State(opened.library), note.path)
assert [str(anchor.how) for anchor in state.annotations_of(note.path).anchors.values()] == ["exact"] * int(sys.argv[2])
address = Address(0, int(sys.argv[2]))
place = whole_block(note.block(address), address)
step = highlighting.marking(state, note.path, [place], None, new_id=session.new_id(), now=session.now())
state = highlighting.after(highlighting.with_step_unsaved(state, step), step)
saved = session.saving.save(state, note.path, patience=1.0)
assert not saved.fault
session.texts.keep_snapshots(saved.state)
print(*sys.modules)
"""
MARKED_LATER = {"asyncio", "platform", "rapidfuzz", "shutil", "tui.core.anchoring.matching.blocks"}
"Modules too expensive for a first highlight in an unchanged note."
LATER = {
    *("click", "jinja2", "mistune", "rapidfuzz", "tomli_w", "watchdog"),
    *(
        "tui.cli.program",
        "tui.core.anchoring",
        "tui.core.state.questions",
        "tui.core.annotations.highlights",
        "tui.core.notes.questions",
        "tui.core.state.highlighting",
    ),
    *("platformdirs", "rich.table", "textual.canvas", "uuid"),
    *("_hashlib", "ssl", "textual.command", "textual.widgets._option_list", "tui.core.notes.summary"),
    *("tui.files.session", "tui.files.sidecar.store", "tui.files.watching.watcher", "tui.ui.lists.questions"),
    *("concurrent.futures.thread", "tui.ui.terminal.threads"),
}


def test_nothing_is_imported_that_the_first_frame_does_not_need(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# One\n\n- **bold** [12:34] and `code`\n- [a link](https://x.y/z)\n\n# Two\n\n- plain\n")
    opened = subprocess.run([sys.executable, "-c", OPENING, notes], capture_output=True, text=True, check=True)
    assert LATER & set(opened.stdout.split()) == set()


def test_the_first_frame_is_drawn_without_textual(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# One\n\n- **bold** and `code`\n")
    drawn = subprocess.run([sys.executable, "-c", FRAME, notes], capture_output=True, text=True, check=True)
    assert [name for name in drawn.stdout.split() if name.startswith("textual")] == []
    assert {*TOO_LATE} & set(drawn.stdout.split()) == set()


def test_a_module_that_runs_on_use_is_whole_when_something_of_it_is_used() -> None:
    subprocess.run([sys.executable, "-c", ON_USE], check=True)


def test_parts_left_out_of_textual_at_first_are_complete_when_used() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True)


def test_textual_only_calls_or_derives_from_what_is_left_out() -> None:
    """Review each name that an upgrade adds: a stand-in can only be called or be a base class."""
    taken = subprocess.run([sys.executable, "-c", TAKEN], capture_output=True, text=True, check=True).stdout.split()
    advice = {name for name in taken if name.startswith("textual.css._help_text:") and name.endswith("_help_text")}
    assert set(taken) - advice <= {
        *(f"textual.command:{name}" for name in ("CommandListItem", "CommandPalette", "Provider", "SimpleProvider")),
        *(f"textual.command:{name}" for name in ("DiscoveryHit", "Hit", "Hits")),
        *("textual.canvas:Canvas", "textual.canvas:Rectangle", "rich.table:Table"),
        *("platformdirs:user_downloads_path", "uuid:", "uuid:uuid4"),
        *("textual.markup:parse_style", "textual.suggestions:get_suggestion", "textual.widgets._toast:ToastRack"),
    }


def test_nothing_slow_is_imported_where_it_would_delay_the_first_keys(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# One\n\n- a bullet\n\n# Two\n\n- another, in an episode of its own\n")
    here = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    read = subprocess.run([sys.executable, "-c", BEHIND, notes], capture_output=True, text=True, check=True, env=here)
    assert SLOW & set(read.stdout.split()) == set()


def test_the_first_mark_imports_nothing_that_compares_texts(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# One\n\n- a bullet of the first\n- a bullet of the second\n")
    here = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    for number in range(2):
        words = [sys.executable, "-c", MARKED, str(notes), str(number)]
        marked = subprocess.run(words, capture_output=True, text=True, check=True, env=here)
        assert MARKED_LATER & set(marked.stdout.split()) == set()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others have one heap")
def test_threads_share_one_heap() -> None:
    def heaps(*given: str) -> int:
        told = subprocess.run([sys.executable, "-c", HEAPS, *given], capture_output=True, text=True, check=True)
        return told.stdout.count("<heap nr=")

    assert heaps() == 5
    assert heaps("shared") == 1


def test_textual_has_the_switches_that_leave_out_tooltips_and_notifications() -> None:
    """Without these switches, a screen has two more widgets, and starts later."""
    assert {"_disable_tooltips", "_disable_notifications"} <= vars(App()).keys()


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("notes.md", "# One\n\n- plain\n\n# Two\n\n- plain\n", "tui.core.notes.pasted.blocks"),
        ("notes.txt", "Ada on Cogs\n\n• plain\n\nBo on Wheels\n\n• plain\n", "tui.core.notes.markdown.structure"),
    ],
)
def test_a_note_imports_the_parser_of_its_own_format_alone(tmp_path: Path, name: str, text: str, other: str) -> None:
    notes = tmp_path / name
    notes.write_text(text)
    opened = subprocess.run([sys.executable, "-c", OPENING, notes], capture_output=True, text=True, check=True)
    assert other not in opened.stdout.split()
