"""What the first frame must not wait for."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

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
LATE = """
from tui.ui.terminal import lean
with lean.without_late_parts():
    import textual.app
import ssl, textual.command
assert ssl.SSLContext and issubclass(textual.command.SimpleProvider, textual.command.Provider)
from textual.widgets import OptionList
"""
LATER = {
    *("click", "filelock", "jinja2", "mistune", "rapidfuzz", "tomli_w", "watchdog"),
    *(
        "tui.cli",
        "tui.core.anchoring",
        "tui.core.state.questions",
        "tui.core.annotations.highlights",
        "tui.core.notes.questions",
        "tui.core.state.highlighting",
    ),
    *("_hashlib", "ssl", "textual.command", "textual.widgets._option_list", "tui.core.notes.summary"),
    *("tui.files.session", "tui.files.sidecar.store", "tui.files.watching.watcher", "tui.ui.lists.questions"),
    *("concurrent.futures.thread", "tui.ui.terminal.threads"),
}


def test_nothing_is_imported_that_the_first_frame_does_not_need(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# One\n\n- **bold** [12:34] and `code`\n- [a link](https://x.y/z)\n\n# Two\n\n- plain\n")
    opened = subprocess.run([sys.executable, "-c", OPENING, notes], capture_output=True, text=True, check=True)
    assert LATER & set(opened.stdout.split()) == set()


def test_what_is_left_out_of_textual_at_first_is_whole_when_it_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True)


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
