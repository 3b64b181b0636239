"""Watching real files in a real folder, through everything that programs do to them."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.files.watching.refresh_rule import CAP, REST, SILENCE
from tui.files.watching.stable_read import signature
from tui.files.watching.watched import targets_of
from tui.files.watching.watcher import Watcher, WatchTarget
from tui.files.watching.writers import has_writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.files.conftest import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the events are Linux's")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "notes" / "podcasts.md"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def target(note: Path) -> WatchTarget:
    return targets_of(str(note))[0]


def folder_target(folder: Path) -> WatchTarget:
    return targets_of(str(folder))[0]


# -- saves


def test_file_written_in_place_is_told_once(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    note.write_bytes(b"new")
    told.wait(note, b"new")
    assert told.of(note) == [b"new"]


def test_file_renamed_over_is_told(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    for text in (b"first", b"second"):
        beside = note.with_name(".beside")
        beside.write_bytes(text)
        beside.replace(note)
        told.wait(note, text)


def test_file_moved_in_from_another_folder_is_told(note: Path, watch: Watch, tmp_path: Path) -> None:
    told = watch(target(note))
    (tmp_path / "other").write_bytes(b"moved in")
    (tmp_path / "other").replace(note)
    told.wait(note, b"moved in")


def test_slow_writer_is_told_of_when_he_has_closed(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    with note.open("wb", buffering=0) as file:
        for part in (b"one ", b"two ", b"three"):
            file.write(part)
            time.sleep(0.15)
    told.wait(note, b"one two three")
    assert told.of(note) == [b"one two three"]


def test_writer_who_does_not_close_is_told_of_when_he_is_silent(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    with note.open("ab", buffering=0) as file:
        file.write(b" and more")
        told.wait(note, b"old and more")


def test_text_written_so_far_is_reported_as_unfinished_and_again_once_closed(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    with note.open("wb", buffering=0) as file:
        file.write(b"as far as it")
        told.wait(note, b"as far as it")
        assert told.unfinished == [b"as far as it"]
    assert told.wait_until(lambda: told.of(note) == [b"as far as it"] * 2)
    assert told.unfinished == [b"as far as it"]


def write_with_pause(note: Path) -> None:
    """Rewrite a file in two parts, with a pause between them that looks like rest."""
    with note.open("wb", buffering=0) as file:
        file.write(b"one ")
        time.sleep(2 * SILENCE)
        file.write(b"two")


def test_a_file_that_is_written_anew_is_not_told_of_while_its_writer_pauses(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    write_with_pause(note)
    told.wait(note, b"one two")
    assert told.of(note) == [b"one two"]


def test_a_file_moved_away_right_after_a_save_is_not_told_of_while_its_writer_pauses(
    note: Path, watch: Watch, tmp_path: Path
) -> None:
    """The event of its move arrives after the reading of the file in its place."""
    told = watch(target(note))
    beside = note.with_name(".beside")
    beside.write_bytes(b"new")
    beside.replace(note)
    time.sleep(0.8 * REST)
    note.replace(tmp_path / "backup")
    write_with_pause(note)
    told.wait(note, b"one two")
    assert told.of(note) == [b"one two"]


def test_a_file_that_another_program_closes_is_unfinished_while_its_writer_has_it(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    with note.open("wb", buffering=0) as file:
        file.write(b"as far as it")
        note.open("ab").close()
        told.wait(note, b"as far as it")
        assert told.unfinished == [b"as far as it"]
        file.write(b" goes")
    assert told.wait_until(lambda: told.of(note)[-1] == b"as far as it goes" != told.unfinished[-1])


def test_a_file_that_is_moved_into_view_while_it_is_written_is_unfinished(
    note: Path, watch: Watch, tmp_path: Path
) -> None:
    told = watch(target(note))
    beside = tmp_path / "beside.md"
    with beside.open("wb", buffering=0) as file:
        file.write(b"as far as it")
        beside.replace(note)
        told.wait(note, b"as far as it")
        assert told.unfinished == [b"as far as it"]
        file.write(b" goes")
    assert told.wait_until(lambda: told.of(note)[-1] == b"as far as it goes" != told.unfinished[-1])


def test_appended_text_is_reported_although_its_writer_never_closes(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    note.write_bytes(b"old log")
    told.wait(note, b"old log")
    with note.open("ab", buffering=0) as file:
        began = time.monotonic()
        file.write(b" and more")
        told.wait(note, b"old log and more")
        assert time.monotonic() - began < CAP
    assert told.unfinished == [b"old log and more"]


def test_a_file_cut_short_by_its_path_alone_has_no_writer(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    os.truncate(note, 2)
    told.wait(note, b"ol")
    assert told.unfinished == []


def test_a_writer_of_a_file_is_detected(note: Path) -> None:
    assert has_writer(str(note)) is False
    with note.open("rb"):
        assert has_writer(str(note)) is False
    with note.open("ab"):
        assert has_writer(str(note)) is True
    assert has_writer(str(note)) is False
    assert has_writer(str(note.parent / "gone")) is None


def test_edit_of_the_same_size_with_its_time_restored_is_told(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    before = note.stat()
    note.write_bytes(b"abc")
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    told.wait(note, b"abc")


def test_highlights_file_is_told_of_from_its_first_moment(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    sidecar = note.with_suffix(".highlights.toml")
    sidecar.write_bytes(b"version = 1")
    told.wait(sidecar, b"version = 1")


def test_other_files_and_touches_are_not_told(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    note.write_bytes(b"new")
    told.wait(note, b"new")
    os.utime(note)
    note.chmod(0o600)
    note.with_suffix(".bak").write_bytes(b"other")
    note.with_suffix(".highlights.toml").write_bytes(b"end")
    told.wait(note.with_suffix(".highlights.toml"), b"end")
    assert told.of(note) == [b"new"]
    assert len(told.all) == 2


# -- gone, empty, and back


def test_missing_file_is_told_after_the_grace_and_its_return_at_once(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    began = time.monotonic()
    note.unlink()
    told.wait(note, None)
    assert time.monotonic() - began > 1
    note.write_bytes(b"back")
    told.wait(note, b"back")


def test_empty_file_is_told_after_the_grace(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    began = time.monotonic()
    note.write_bytes(b"")
    told.wait(note, b"")
    assert time.monotonic() - began > 1
    assert told.of(note) == [b""]


def test_file_deleted_and_written_again_within_the_grace_is_never_missing(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    note.unlink()
    time.sleep(0.3)
    note.write_bytes(b"new")
    told.wait(note, b"new")
    assert told.of(note) == [b"new"]


@pytest.mark.parametrize("instead", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_anything_but_a_regular_file_counts_as_missing_and_delays_nothing(
    note: Path, watch: Watch, instead: Callable[[Path], None]
) -> None:
    told = watch(target(note))
    note.unlink()
    instead(note)
    told.wait(note, None)
    note.rename(note.with_name("aside"))
    note.write_bytes(b"back")
    told.wait(note, b"back")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_that_may_not_be_read_counts_as_missing_until_it_may(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    note.chmod(0)
    told.wait(note, None)
    note.chmod(0o600)
    told.wait(note, b"old")


# -- no events


def test_edit_of_a_links_target_is_told(note: Path, watch: Watch, tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    note.replace(real)
    note.symlink_to(real)
    told = watch(target(note))
    real.write_bytes(b"edited there")
    told.wait(note, b"edited there")


def test_link_that_leads_elsewhere_is_told(note: Path, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_bytes(b"other")
    told = watch(target(note))
    (note.parent / "link").symlink_to(tmp_path / "other.md")
    (note.parent / "link").replace(note)
    told.wait(note, b"other")


def test_edit_under_another_name_of_the_file_is_told(note: Path, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "same.md").hardlink_to(note)
    told = watch(target(note))
    (tmp_path / "same.md").write_bytes(b"edited there")
    told.wait(note, b"edited there")


@pytest.mark.parametrize(("call", "number"), [("inotify_init", errno.EMFILE), ("inotify_add_watch", errno.ENOSPC)])
def test_system_without_watches_to_give_is_polled_and_said_once(
    note: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def exhausted(*_: object) -> int:
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(f"watchdog.observers.inotify_c.{call}", exhausted)
    told = watch(target(note), needs_events=False)
    assert told.wait_until(lambda: bool(told.notices))
    note.write_bytes(b"new")
    told.wait(note, b"new")
    assert len(told.notices) == 1
    assert "inotify" in told.notices[0]


# -- the folder


def test_folder_deleted_and_made_again_is_watched_again(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    shutil.rmtree(note.parent)
    told.wait(note, None)
    note.parent.mkdir()
    note.write_bytes(b"made again")
    told.wait(note, b"made again")
    note.write_bytes(b"and edited")
    told.wait(note, b"and edited")
    assert watch.watchers[0].has_events


def test_folder_replaced_by_another_is_watched_instead(note: Path, watch: Watch, tmp_path: Path) -> None:
    told = watch(target(note))
    note.parent.rename(tmp_path / "away")
    note.parent.mkdir()
    note.write_bytes(b"another")
    told.wait(note, b"another")
    note.write_bytes(b"and edited")
    told.wait(note, b"and edited")
    (tmp_path / "away" / note.name).write_bytes(b"of no interest")
    note.write_bytes(b"last")
    told.wait(note, b"last")
    assert b"of no interest" not in told.of(note)


def test_folder_that_is_not_there_yet_is_watched_when_it_is(tmp_path: Path, watch: Watch) -> None:
    note = tmp_path / "later" / "podcasts.md"
    told = watch(target(note), needs_events=False, seen={})
    note.parent.mkdir()
    note.write_bytes(b"here")
    told.wait(note, b"here")


def test_notes_of_a_folder_are_told_as_they_come_change_move_and_go(note: Path, watch: Watch) -> None:
    told = watch(folder_target(note.parent))
    new = note.parent / "new.md"
    new.write_bytes(b"new")
    told.wait(new, b"new")
    note.write_bytes(b"edited")
    told.wait(note, b"edited")
    moved = note.parent / "moved.md"
    new.rename(moved)
    told.wait(moved, b"new")
    told.wait(new, None)
    note.unlink()
    told.wait(note, None)
    note.write_bytes(b"back")
    told.wait(note, b"back")
    (note.parent / "image.png").write_bytes(b"png")
    moved.unlink()
    told.wait(moved, None)
    assert not any(path.endswith(".png") for path, _ in told.all)


def test_notes_of_folders_inside_are_told(note: Path, watch: Watch, tmp_path: Path) -> None:
    told = watch(folder_target(note.parent))
    inside = note.parent / "2026" / "november"
    inside.mkdir(parents=True)
    (inside / "first.md").write_bytes(b"first")
    told.wait(inside / "first.md", b"first")
    (inside / "second.md").write_bytes(b"second")
    told.wait(inside / "second.md", b"second")
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "third.md").write_bytes(b"third")
    whole.rename(note.parent / "whole")
    told.wait(note.parent / "whole" / "third.md", b"third")
    (note.parent / "whole").rename(whole)
    told.wait(note.parent / "whole" / "third.md", None)


def test_hidden_files_and_folders_are_not_told(note: Path, watch: Watch) -> None:
    told = watch(folder_target(note.parent))
    for hidden in (".obsidian/plugin.md", "node_modules/package/README.md", ".draft.md"):
        path = note.parent / hidden
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of no interest")
    sidecar = note.with_suffix(".highlights.toml")
    sidecar.write_bytes(b"version = 1")
    told.wait(sidecar, b"version = 1")
    assert len(told.all) == 1


def test_notes_behind_a_link_to_a_folder_are_told(note: Path, watch: Watch) -> None:
    elsewhere = note.parent / ".elsewhere"
    elsewhere.mkdir()
    (elsewhere / "far.md").write_bytes(b"far")
    (note.parent / "link").symlink_to(elsewhere)
    (elsewhere / "round").symlink_to(note.parent)
    told = watch(folder_target(note.parent))
    (elsewhere / "far.md").write_bytes(b"edited there")
    told.wait(note.parent / "link" / "far.md", b"edited there")


def test_folder_named_by_a_link_is_watched_under_that_name(note: Path, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(note.parent)
    told = watch(folder_target(tmp_path / "link"))
    note.write_bytes(b"new")
    told.wait(tmp_path / "link" / note.name, b"new")
    assert not told.of(note)


def test_names_as_the_reader_gave_them_come_back(note: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(note.parent)
    by_name, by_folder = watch(WatchTarget.of_files(note.name)), watch(targets_of("./")[0])
    note.write_bytes(b"new")
    assert by_name.wait_until(lambda: by_name.all == [(note.name, b"new")])
    assert by_folder.wait_until(lambda: by_folder.all == [(note.name, b"new")])


def test_name_that_is_no_text_is_watched(note: Path, watch: Watch) -> None:
    odd = Path(os.fsdecode(os.fsencode(note.parent) + b"/\xff\xfe.md"))
    told = watch(folder_target(note.parent))
    odd.write_bytes(b"odd")
    told.wait(odd, b"odd")


# -- the beginning and the end


def test_edit_between_the_first_read_and_the_start_is_told(note: Path, watch: Watch) -> None:
    seen = {str(note): signature(str(note))}
    note.write_bytes(b"edited early")
    told = watch(target(note), seen=seen)
    told.wait(note, b"edited early")


@pytest.mark.usefixtures("stopped_clock")
def test_edit_in_the_second_of_the_first_read_is_told_where_times_are_whole_seconds(note: Path, watch: Watch) -> None:
    seen = {str(note): signature(str(note))}
    note.write_bytes(b"new")
    assert signature(str(note)) == seen[str(note)]
    told = watch(target(note), seen=seen)
    told.wait(note, b"new")


def test_only_unseen_texts_are_reported_at_the_start(note: Path, watch: Watch) -> None:
    other, gone = note.with_name("other.md"), note.with_name("gone.md")
    other.write_bytes(b"other")
    seen = {str(note): signature(str(note)), str(gone): signature(str(note))}
    told = watch(folder_target(note.parent), seen=seen)
    told.wait(other, b"other")
    told.wait(gone, None)
    assert not told.of(note)


def test_highlights_left_in_a_folder_without_notes_are_found_by_a_search_too(note: Path) -> None:
    left, hidden = note.parent / "left" / "a.highlights.toml", note.parent / ".trash" / "a.highlights.toml"
    for path in (left, hidden):
        path.parent.mkdir()
        path.touch()
    search = folder_target(note.parent).search
    assert search is not None
    assert sorted(search()) == sorted([str(left), str(note)])


def test_stop_is_final(note: Path, watch: Watch) -> None:
    told = watch(target(note))
    watcher = watch.watchers[0]
    watcher.stop()
    note.write_bytes(b"unseen")
    assert not told.all
    assert not [thread for thread in threading.enumerate() if thread.name == "watch"]
    watcher.stop()


def test_watcher_that_was_never_started_can_be_stopped(note: Path) -> None:
    Watcher(target(note), lambda *_: None).stop()


def test_watcher_that_was_stopped_first_does_not_start(note: Path) -> None:
    watcher = Watcher(target(note), lambda *_: None)
    watcher.stop()
    watcher.start()
    assert not [thread for thread in threading.enumerate() if thread.name == "watch"]


def test_watcher_may_be_stopped_while_it_starts_in_another_thread(note: Path) -> None:
    for _ in range(20):
        watcher = Watcher(target(note), lambda *_: None)
        starting = threading.Thread(target=watcher.start)
        starting.start()
        watcher.stop()
        starting.join()
    for watching in [thread for thread in threading.enumerate() if thread.name == "watch"]:
        watching.join()
