"""The cost of an event about a sidecar, as the number of sidecars opened: those concerned, never the folder."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.files.reader import Reader
from tests.files.records import highlight
from tui.core.annotations.highlights import Put
from tui.files.sidecar.copies import is_sidecar_name
from tui.files.sidecar.store import INDEX, apply, sidecar_of, strays
from tui.files.watching import stable_read

if TYPE_CHECKING:
    from pathlib import Path

NOTES = 40
FEW = 5
"Times that a sidecar is opened for an event about it while its signature is too new to trust."


class Opens:
    """Counts the sidecars opened while it is active."""

    def __init__(self) -> None:
        self.is_on = False
        self.paths: list[str] = []
        sys.addaudithook(self._hear)  # there is no way to take one back, so there is one for all tests

    def _hear(self, event: str, given: tuple[object, ...]) -> None:
        if self.is_on and event == "open" and isinstance(given[0], str | os.PathLike):
            path = os.fspath(given[0])
            if isinstance(path, str) and is_sidecar_name(os.path.basename(path)):
                self.paths.append(path)

    def __enter__(self) -> list[str]:
        self.is_on, self.paths = True, []
        return self.paths

    def __exit__(self, *_: object) -> None:
        self.is_on = False


OPENS = Opens()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many notes, each with highlights made some time ago."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(NOTES):
        note = folder / f"talk{number}.md"
        note.write_text(f"- bullet of talk {number}\n- another bullet\n")
        apply(sidecar_of(note), note.name, [Put(highlight(f"01{number}", exact=f"bullet of talk {number}"))])
    at_rest(folder)
    return folder


def at_rest(folder: Path) -> None:
    """Wait until no file of a folder is too new for its signature to be trusted."""
    newest = max(each.stat().st_ctime for each in folder.iterdir())
    probe = folder / "probe"
    while not probe.exists() or probe.stat().st_ctime < newest + 0.2:
        probe.write_text("")


def touched(sidecar: Path) -> None:
    """Replace a sidecar by an identical one, as git does."""
    other = sidecar.with_name("other")
    other.write_bytes(sidecar.read_bytes() + b"\n")
    other.replace(sidecar)


@pytest.mark.parametrize("is_folder", [False, True], ids=["one note", "the folder"])
def test_event_about_one_sidecar_opens_no_other(folder: Path, is_folder: bool) -> None:
    reader = Reader(folder if is_folder else folder / "talk0.md")
    for number in (0, 1, NOTES - 1):
        changed = folder / f"talk{number}.highlights.toml"
        reader.see(changed)  # what was never looked at is read once
    at_rest(folder)
    for number in (0, 1, NOTES - 1):
        changed = folder / f"talk{number}.highlights.toml"
        touched(changed)
        with OPENS as opened:
            reader.see(changed)
        assert set(opened) == {str(changed)}


@pytest.mark.parametrize("is_folder", [False, True], ids=["one note", "the folder"])
def test_change_of_branches_opens_each_sidecar_a_few_times(folder: Path, is_folder: bool) -> None:
    reader = Reader(folder if is_folder else folder / "talk0.md")
    paths = [sidecar_of(each) for each in sorted(folder.glob("*.md"))]
    for path in paths:
        touched(path)
    files = {str(path): (path.read_bytes(),) for path in paths}
    with OPENS as opened:
        while files:
            effect, done = reader.session.take_sidecars(reader.state, files)
            reader.state = effect.state
            for name in done:
                del files[name]
    assert max(Counter(opened).values()) <= FEW
    assert all(len(annotations.highlights) == 1 for annotations in reader.state.annotations.values())


def test_opening_one_note_of_many_opens_the_highlights_of_the_others_once(folder: Path) -> None:
    with OPENS as opened:
        reader = Reader(folder / "talk0.md")
        reader.see(folder / "talk1.highlights.toml")
        reader.see(folder / "talk2.highlights.toml")
    assert len(opened) <= NOTES + 4


def test_mark_opens_no_sidecar_but_its_own(folder: Path) -> None:
    from tests.files.reader import at

    reader = Reader(folder)
    with OPENS as opened:
        reader.mark(at(1, 0, 7))
    assert {os.path.basename(path) for path in opened} == {"talk0.highlights.toml"}


def test_sidecar_that_changes_within_a_tick_is_read_again(folder: Path) -> None:
    sidecar = folder / "talk0.highlights.toml"
    text = sidecar.read_text()
    for number in range(20):
        name = f"talk{number}.md"
        sidecar.write_text(text.replace('note = "talk0.md"', f'note = "{name}"'))
        assert INDEX.note_named(sidecar) == name


@pytest.mark.usefixtures("stopped_clock")
def test_sidecar_that_changes_within_a_second_is_read_again_where_times_are_whole_seconds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stable_read, "COARSE_TICK", 60.0)
    test_sidecar_that_changes_within_a_tick_is_read_again(folder)


def test_stray_is_found_however_often_its_note_goes_and_comes(folder: Path) -> None:
    note, sidecar = folder / "talk0.md", folder / "talk0.highlights.toml"
    for _ in range(3):
        assert strays(folder) == ()
        note.rename(folder / "elsewhere")
        assert strays(folder) == ((sidecar, "talk0.md"),)
        (folder / "elsewhere").rename(note)


def test_sidecar_whose_head_tells_and_whose_rest_is_broken_is_no_stray(folder: Path) -> None:
    sidecar = folder / "talk0.highlights.toml"
    (folder / "talk0.md").unlink()
    sidecar.write_text(sidecar.read_text() + "\nx =\n")
    assert strays(folder) == ()
    assert INDEX.note_named(sidecar) == "talk0.md"
