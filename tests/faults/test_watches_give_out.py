"""A system that has no file watches left, or takes them back: strace makes it so for the whole program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.faults.traced import STRACE, can_trace
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(can_trace()), reason=can_trace())


def refused(call: str, error: str, notes: Path, home: Path) -> Screen:
    """The program on a system that refuses a call, whatever its use after a colon says."""
    name, _, when = call.partition(":")
    refusal = f"inject={name}:error={error}" + (f":when={when}" if when else "")
    options = ("-f", "-o", home / "trace", "-e", f"trace={name}", "-e", refusal)
    command = (sys.executable, "-m", "tui", notes)
    return Screen(str(STRACE), *options, *command, env=environment(home), cwd=home, columns=150, rows=30)


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        ("inotify_add_watch", "ENOSPC", "fs.inotify.max_user_watches"),
        ("/inotify_init1?", "EMFILE", "fs.inotify.max_user_instances"),
    ],
)
def test_edit_is_shown_where_the_system_gives_no_watch_and_the_reader_is_told(
    tmp_path: Path, call: str, error: str, told: str
) -> None:
    notes = tmp_path / "walks.md"
    notes.write_text("- a walk to the harbour\n")
    with refused(call, error, notes, tmp_path) as screen:
        screen.wait_for("a walk to the harbour").wait_for(told).wait_for("looking for changes every second")
        notes.write_text("- a walk to the hill\n")
        screen.wait_for("a walk to the hill").press("q")
        assert screen.wait_exit() == 0
    assert "(INJECTED)" in (tmp_path / "trace").read_text()


def test_edit_in_a_folder_without_a_watch_is_shown_where_the_folder_above_has_one(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    for name in ("spring", "summer"):
        (folder / name).mkdir(parents=True)
        (folder / name / f"{name}.md").write_text(f"- a walk in {name}\n")
    with refused("inotify_add_watch:2+", "ENOSPC", folder, tmp_path) as screen:
        screen.wait_for("a walk in spring").wait_for("fs.inotify.max_user_watches")
        (folder / "spring" / "spring.md").write_text("- a ride in spring\n")
        screen.wait_for("a ride in spring").press("]").wait_for("a walk in summer")
        (folder / "summer" / "summer.md").write_text("- a ride in summer\n")
        screen.wait_for("a ride in summer").press("q")
        assert screen.wait_exit() == 0


def test_folder_made_while_no_watch_is_left_is_shown_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "spring.md").write_text("- a walk in spring\n")
    with refused("inotify_add_watch:2+", "ENOSPC", folder, tmp_path) as screen:
        screen.wait_for("a walk in spring")
        (folder / "spring.md").write_text("- a ride in spring\n")
        screen.wait_for("a ride in spring")
        (folder / "summer").mkdir()
        (folder / "summer" / "summer.md").write_text("- a walk in summer\n")
        screen.wait_for("summer").press("]").wait_for("a walk in summer")
        (folder / "summer" / "summer.md").write_text("- a ride in summer\n")
        screen.wait_for("a ride in summer").press("q")
        assert screen.wait_exit() == 0
