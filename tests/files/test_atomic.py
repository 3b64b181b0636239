from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tui.errors import SidecarError
from tui.files.atomic import LOCK_NAME, STALE, kept_aside, locked, replace_bytes, sweep, unwritable

if TYPE_CHECKING:
    from pathlib import Path

needs_a_reader_without_rights = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    replace_bytes(tmp_path / "file", b"data", backup=True)
    assert (tmp_path / "file").read_bytes() == b"data"
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert names(tmp_path) == {"file", "other"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_mode_stays(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    replace_bytes(path, b"new", backup=False)
    assert path.stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 1234, 5678)
    replace_bytes(path, b"new", backup=True)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


def test_generation_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for data in (b"one", b"two", b"three"):
        replace_bytes(path, data, backup=True)
    assert path.read_bytes() == b"three"
    assert (tmp_path / "file.bak").read_bytes() == b"two"
    assert names(tmp_path) == {"file", "file.bak"}


def test_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "target"
    target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(target)
    replace_bytes(link, b"new", backup=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(tmp_path / "far") == {"target", "target.bak"}


def test_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    replace_bytes(tmp_path / "link", b"new", backup=True)
    assert (tmp_path / "target").read_bytes() == b"new"


def test_file_with_the_longest_possible_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    replace_bytes(path, b"one", backup=False)
    replace_bytes(path, b"two", backup=False)
    assert path.read_bytes() == b"two"


def test_file_without_hard_links_keeps_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "link", refuse)
    replace_bytes(path, b"new", backup=True)
    assert path.read_bytes() == b"new"
    assert (tmp_path / "file.bak").read_bytes() == b"old"
    assert names(tmp_path) == {"file", "file.bak"}


@pytest.mark.parametrize("call", ["fsync", "fchmod", "link", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_failed_call_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match=os.strerror(number)):
        replace_bytes(path, b"new", backup=True)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"file"}


CRASH = """
import os, signal, sys
from pathlib import Path
from tui.files.atomic import replace_bytes
setattr(os, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
replace_bytes(Path(sys.argv[1]), b"new", backup=True)
"""


@pytest.mark.parametrize("call", ["fsync", "link", "replace"])
def test_killed_writer_leaves_the_old_file_and_the_next_write_succeeds(tmp_path: Path, call: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    died = subprocess.run([sys.executable, "-c", CRASH, path, call], check=False)
    assert died.returncode == -9
    assert path.read_bytes() == b"old"
    replace_bytes(path, b"newer", backup=True)
    assert path.read_bytes() == b"newer"


@needs_a_reader_without_rights
def test_write_protected_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        replace_bytes(path, b"new", backup=True)
    assert path.read_bytes() == b"old"


@needs_a_reader_without_rights
def test_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    said = r"file: cannot be written: Permission denied; give yourself the right"
    with pytest.raises(SidecarError, match=said), locked(tmp_path / "file"):
        pass
    tmp_path.chmod(0o755)


def test_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        replace_bytes(tmp_path / "gone" / "file", b"new", backup=True)
    error = unwritable(tmp_path / "gone" / "file", caught.value)
    assert str(error).endswith(f"cannot be written: No such file or directory; make the folder {tmp_path / 'gone'}")


def test_only_one_is_inside_the_lock(tmp_path: Path) -> None:
    inside = 0
    most = 0
    count = threading.Lock()

    def enter() -> None:
        nonlocal inside, most
        for _ in range(20):
            with locked(tmp_path / "file"):
                with count:
                    inside += 1
                    most = max(most, inside)
                with count:
                    inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert names(tmp_path) == {LOCK_NAME}


def test_lock_that_another_holds_is_a_clear_error(tmp_path: Path) -> None:
    errors: list[SidecarError] = []

    def wait_in_vain() -> None:
        try:
            with locked(tmp_path / "other", patience=0.05):
                pass
        except SidecarError as error:
            errors.append(error)

    with locked(tmp_path / "file"):
        thread = threading.Thread(target=wait_in_vain)
        thread.start()
        thread.join()
    assert "another program" in errors[0].problem
    assert str(tmp_path / LOCK_NAME) in errors[0].remedy


def test_link_and_its_target_share_a_lock(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "target")
    with locked(tmp_path / "link"):
        assert names(tmp_path / "far") == {LOCK_NAME}
    assert LOCK_NAME not in names(tmp_path)


def test_what_dead_writers_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    long_ago = time.time() - STALE - 1
    for name in (".earmark-1-0123456789ab.tmp", ".earmark-1-0123.tmp", "earmark-1-0123456789ab.tmp", "notes.md.tmp"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / ".earmark-2-0123456789ab.tmp").write_bytes(b"of a writer that may live")
    (tmp_path / ".earmark-3-0123456789ab.tmp").symlink_to(tmp_path / "notes.md.tmp")
    sweep(tmp_path / "file")
    assert names(tmp_path) == {
        *(".earmark-1-0123.tmp", "earmark-1-0123456789ab.tmp", "notes.md.tmp"),
        *(".earmark-2-0123456789ab.tmp", ".earmark-3-0123456789ab.tmp"),
    }


def test_sweeping_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    sweep(tmp_path / "missing" / "file")
    assert names(tmp_path) == set()


def test_each_file_kept_aside_has_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for data in (b"one", b"two", b"three"):
        replace_bytes(path, data, backup=False)
        kept_aside(path, ".damaged")
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path) - {"file"}} == {
        "file.damaged": b"one",
        "file.damaged2": b"two",
        "file.damaged3": b"three",
    }
