"""Files whose names or contents are arbitrary bytes: read, highlighted, followed and reported by the whole program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.faults.terminal import environment
from tests.faults.wire import strangers
from tests.terminal.screen import Screen
from tui.files.sidecar.store import sidecar_of


def reading(notes: Path, home: Path) -> Screen:
    return Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home, columns=120)


def test_a_path_of_any_bytes_is_read_marked_and_followed(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x1b[1m\n\x9b"))
    folder.mkdir()
    notes = folder / os.fsdecode(b"\xff\x1b]0;t\x07\xe2\x80\xae.md")
    notes.write_text("# Talk\n\n- one\n- two\n")
    with reading(notes, tmp_path) as screen:
        screen.wait_for("two").press("j", "m").wait_for("Highlighted").wait_for("two")
        notes.write_text("# Talk\n\n- none\n- one\n- two\n- three\n")
        screen.wait_for("three").press("q")
        assert screen.wait_exit() == 0
        assert strangers(bytes(screen.written)) == []
    assert 'exact = "two"' in sidecar_of(notes).read_text()
    with reading(notes, tmp_path) as screen:
        screen.wait_for("1 highlight").press("q")
        assert screen.wait_exit() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_how_notes_are_read(tmp_path: Path, encoding: str) -> None:
    notes = tmp_path / "notes.md"
    notes.write_bytes("# Gespräch\n\n- Käse 🧀\n".encode(encoding))
    with reading(notes, tmp_path) as screen:
        screen.wait_for("Käse").wait_for("Gespräch").press("m").wait_for("Highlighted").press("q")
        assert "not all of it" not in screen.text()
        assert screen.wait_exit() == 0
    assert 'exact = "Käse 🧀"' in sidecar_of(notes).read_text()


def test_undecodable_bytes_are_reported_in_the_status_line(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_bytes(b"# Talk\n\n- caf\xe9 and words enough to be text\r\n- nul \0 here\r- end\n")
    with reading(notes, tmp_path) as screen:
        screen.wait_for("not all of it is UTF-8: what is not, first in line 3").press("q")
        assert "caf\ufffd and" in screen.text()
        assert screen.wait_exit() == 0


def test_an_image_is_its_alternative_text_and_nothing_is_fetched_or_opened(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# Talk\n\n- see ![a \x1bcmap](http://127.0.0.1:9/map.png) and [there](javascript:x)\n")
    with reading(notes, tmp_path) as screen:
        screen.wait_for("a ␛cmap").press("j", "enter").wait_for("are opened, not javascript:x")
        assert "map.png" not in screen.text()
        assert screen.press("q").wait_exit() == 0
        assert b"\x1b]8;" not in screen.written


def test_a_file_of_more_than_a_gigabyte_is_refused_with_one_line(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    with open(notes, "wb") as file:
        file.truncate((1 << 30) + 1)
    with reading(notes, tmp_path) as screen:
        assert screen.wait_exit() == 3
        assert "more than 1 GB; split it" in screen.text()


def test_a_folder_whose_links_lead_in_circles_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- first\n")
    (folder / "up").symlink_to("..")
    (folder / "here").symlink_to(".")
    (folder / "self.md").symlink_to("self.md")
    with reading(folder, tmp_path) as screen:
        screen.wait_for("first").press("q")
        assert screen.wait_exit() == 0
