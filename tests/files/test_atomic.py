from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.errors import SidecarError
from tui.files import atomic, exchange
from tui.files.atomic import STALE, Swap, backups_of, kept_aside, replace_bytes, swap, sweep
from tui.files.lock import LOCK_NAME, locked
from tui.files.os_errors import sidecar_unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

needs_a_reader_without_rights = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that all users can reach and write to."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_private_file_is_its_owners_only_whatever_was_there(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        replace_bytes(tmp_path / "file", [data])
        assert (tmp_path / "file").stat().st_mode & 0o7777 == 0o600
        (tmp_path / "file").chmod(0o644)
    assert contents(tmp_path) == {"file": b"two"}


def test_link_in_the_place_of_a_private_file_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"another's")
    for target in ("target", "missing"):
        (tmp_path / target).with_name("link").unlink(missing_ok=True)
        (tmp_path / "link").symlink_to(target)
        replace_bytes(tmp_path / "link", [b"new"])
    assert not (tmp_path / "link").is_symlink()
    assert contents(tmp_path) == {"target": b"another's", "link": b"new"}


def test_three_generations_before_are_kept(tmp_path: Path) -> None:
    path, before = tmp_path / "file", None
    for data in (b"one", b"two", b"three", b"four", b"five"):
        assert swap(path, data, before) == Swap(is_done=True)
        before = data
    assert contents(tmp_path) == {"file": b"five", "file.bak": b"four", "file~2.bak": b"three", "file~3.bak": b"two"}
    assert [each.name for each in backups_of(path)] == ["file~0.bak", "file.bak", "file~2.bak", "file~3.bak"]


def test_generation_that_a_dead_writer_left_in_between_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for name, data in (("file", b"two"), ("file~0.bak", b"another's"), ("file.bak", b"one")):
        (tmp_path / name).write_bytes(data)
    swap(path, b"three", b"two")
    assert contents(tmp_path) == {
        "file": b"three",
        "file.bak": b"two",
        "file~2.bak": b"another's",
        "file~3.bak": b"one",
    }


def test_no_generation_is_kept_where_none_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"one")
    swap(tmp_path / "file", b"two", b"one", backup=False)
    assert contents(tmp_path) == {"file": b"two"}


@pytest.mark.parametrize("length", [250, 251, 252, 255])
def test_file_with_a_long_name_is_written_with_the_generations_that_have_room(tmp_path: Path, length: int) -> None:
    path = tmp_path / ("n" * length)
    swap(path, b"one", None)
    swap(path, b"two", b"one")
    assert path.read_bytes() == b"two"
    assert len(names(tmp_path)) == (2 if length <= 251 else 1)


# -- compare and swap


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_rename", lambda: None)


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("there", [b"another's", None])
@pytest.mark.parametrize("read", [b"read", None])
def test_version_that_was_not_read_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes | None, read: bytes | None, can_exchange: bool
) -> None:
    if not can_exchange:
        without_exchange(monkeypatch)
    path = tmp_path / "file"
    if there is not None:
        path.write_bytes(there)
    is_same = there == read
    assert swap(path, b"new", read).is_done == is_same
    assert contents(tmp_path) == ({"file": b"new"} if is_same else {"file": there} if there else {})


def arriving(path: Path, versions: list[bytes]) -> Callable[[Path, Path], bool]:
    """Let another program replace the file just before an exchange."""

    def late(one: Path, other: Path) -> bool:
        if versions:
            new = path.with_name("synchronised")
            new.write_bytes(versions.pop(0))
            new.rename(path)
        return exchange.exchange(one, other)

    return late


@pytest.mark.parametrize("versions", [[b"A"], [b"A", b"B"], [b"A", b"B", b"C"]])
def test_version_that_comes_at_the_last_moment_stands_and_all_that_came_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: list[bytes]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"read")
    monkeypatch.setattr(atomic, "exchange", arriving(path, [*versions]))
    assert swap(path, b"new", b"read") == Swap(is_done=False, displaced=tuple(versions))
    assert contents(tmp_path) == {"file": versions[-1]}


def test_file_that_goes_at_the_last_moment_is_not_brought_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(one: Path, other: Path) -> bool:
        other.unlink()
        return exchange.exchange(one, other)

    (tmp_path / "file").write_bytes(b"read")
    monkeypatch.setattr(atomic, "exchange", gone)
    assert swap(tmp_path / "file", b"new", b"read") == Swap(is_done=False)
    assert contents(tmp_path) == {}


def test_a_writer_of_the_swapped_out_file_writes_into_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"read")
    with path.open("r+b", buffering=0) as theirs:
        sync = os.fsync

        def meanwhile(descriptor: int) -> None:
            if os.path.isdir(f"/proc/self/fd/{descriptor}"):
                theirs.write(b"written late")
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", meanwhile)
        assert swap(path, b"new", b"read") == Swap(is_done=False, displaced=(b"written late",))
    assert contents(tmp_path) == {"file": b"written late"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
@pytest.mark.parametrize("can_exchange", [True, False])
def test_file_that_a_writer_opens_at_the_last_moment_stays_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        without_exchange(monkeypatch)
    path = tmp_path / "file"
    path.write_bytes(b"read")
    opened = []

    def meanwhile(one: Path, other: Path) -> bool:
        opened.append(path.open("r+b", buffering=0))
        return exchange.exchange(one, other)

    monkeypatch.setattr(atomic, "exchange", meanwhile)
    assert swap(path, b"new", b"read") == Swap(is_done=False)
    for each in opened:
        each.write(b"READ")
        each.close()
    assert contents(tmp_path) == {"file": b"READ"}


def test_exchange_and_new_names_are_the_systems_own_here(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name)
    assert exchange.exchange(tmp_path / "a", tmp_path / "b") == (sys.platform in ("linux", "darwin"))
    assert not exchange.rename_new(tmp_path / "a", tmp_path / "b")
    assert exchange.rename_new(tmp_path / "a", tmp_path / "c")
    assert names(tmp_path) == {"b", "c"}


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("before", [b"old", None])
def test_save_that_the_folder_does_not_confirm_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None, can_exchange: bool
) -> None:
    def refuse(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EIO, "not now")

    if not can_exchange:
        without_exchange(monkeypatch)
    if before is not None:
        (tmp_path / "file").write_bytes(before)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="not now"):
        swap(tmp_path / "file", b"new", before)
    assert contents(tmp_path) == ({} if before is None else {"file": before})


# -- rights


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_mode_stays_in_the_file_and_its_generations(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    swap(path, b"new", b"old")
    for name in ("file", "file.bak"):
        assert (tmp_path / name).stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize(
    ("mode", "given"), [(0o600, 0o600), (0o640, 0o640), (0o664, 0o664), (0o755, 0o644), (0o444, 0o644)]
)
@pytest.mark.parametrize("umask", [0, 0o077])
def test_new_file_has_the_mode_of_its_note_whatever_the_umask(
    tmp_path: Path, mode: int, given: int, umask: int
) -> None:
    note = tmp_path / "note.md"
    note.write_bytes(b"")
    note.chmod(mode)
    former = os.umask(umask)
    try:
        swap(tmp_path / "file", b"new", None, note=note)
        with locked(tmp_path / "file", note=note):
            pass
    finally:
        os.umask(former)
    assert (tmp_path / "file").stat().st_mode & 0o7777 == given
    assert (tmp_path / LOCK_NAME).stat().st_mode & 0o7777 == given


def test_new_file_of_a_note_that_is_not_there_is_its_owners_only(tmp_path: Path) -> None:
    swap(tmp_path / "file", b"new", None, note=tmp_path / "gone")
    assert (tmp_path / "file").stat().st_mode & 0o7777 == 0o600


def test_lock_of_an_earlier_version_is_shut_to_those_to_whom_the_note_is(tmp_path: Path) -> None:
    (tmp_path / "note.md").touch(0o600)
    (tmp_path / LOCK_NAME).touch()
    (tmp_path / LOCK_NAME).chmod(0o666)
    with locked(tmp_path / "file", note=tmp_path / "note.md"):
        assert (tmp_path / LOCK_NAME).stat().st_mode & 0o7777 == 0o600


def test_private_note_in_a_groups_folder_does_not_shut_its_lock(tmp_path: Path) -> None:
    (tmp_path / "note.md").touch(0o600)
    tmp_path.chmod(0o2770)
    with locked(tmp_path / "file", note=tmp_path / "note.md"):
        assert (tmp_path / LOCK_NAME).stat().st_mode & 0o7777 == 0o660


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_and_group_stay(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 1234, 5678)
    swap(path, b"new", b"old")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


def acl(*entries: tuple[int, int, int]) -> bytes:
    """An access list in the system's format: tag, rights and id of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
LIST = acl((1, 6, NOBODY), (2, 4, 1003), (4, 6, NOBODY), (16, 6, NOBODY), (32, 0, NOBODY))
"Owner rw, user 1003 r, group rw, mask rw, others nothing."


def set_attribute(path: Path, name: str, value: bytes) -> None:
    if sys.platform != "linux":
        pytest.skip("Python has no extended attributes here")
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"no {name} in this file system: {error.strerror}")


def attributes(path: Path) -> dict[str, bytes]:
    assert sys.platform == "linux"
    return {name: os.getxattr(path, name) for name in os.listxattr(path)}


def test_access_list_and_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    set_attribute(path, "user.tag", b"kept")
    set_attribute(path, "system.posix_acl_access", LIST)
    before = attributes(path)
    swap(path, b"new", b"old")
    assert attributes(path) == before
    assert attributes(tmp_path / "file.bak") == before


def test_new_file_has_the_access_list_of_its_note_and_not_that_of_the_folder(tmp_path: Path) -> None:
    set_attribute(tmp_path, "system.posix_acl_default", LIST)
    for name, own in (("plain", None), ("listed", LIST)):
        note = tmp_path / f"{name}.md"
        note.touch()
        assert sys.platform == "linux"
        os.removexattr(note, "system.posix_acl_access")
        note.chmod(0o640)
        if own:
            set_attribute(note, "system.posix_acl_access", own)
        swap(tmp_path / name, b"new", None, note=note)
        assert attributes(tmp_path / name).get("system.posix_acl_access") == own
        assert (tmp_path / name).stat().st_mode == note.stat().st_mode


AS_ANOTHER = """
import fcntl, os, sys
from pathlib import Path
from tui.errors import SidecarError
from tui.files.atomic import swap
path, groups = Path(sys.argv[1]), [int(each) for each in sys.argv[2].split()]
os.setgroups(groups); os.setgid(1002); os.setuid(1002)
try:
    print(swap(path, b"new", path.read_bytes()).is_done)
except SidecarError as error:
    print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may be several users")
@pytest.mark.parametrize(
    ("mode", "groups", "access", "said"),
    [
        (0o660, "2000", None, "True"),
        (0o666, "", None, "True"),
        (0o606, "", None, "True"),
        (0o662, "", None, "Permission denied"),
        (
            0o660,
            "",
            acl((1, 6, NOBODY), (2, 6, 1002), (4, 6, NOBODY), (16, 6, NOBODY), (32, 0, NOBODY)),
            "its group would",
        ),
        (
            0o660,
            "2000",
            acl((1, 6, NOBODY), (2, 6, 1002), (4, 0, NOBODY), (16, 6, NOBODY), (32, 0, NOBODY)),
            "its owner would",
        ),
    ],
)
def test_another_who_may_write_the_file_keeps_it_open_to_those_it_was_open_to_or_is_told_why_not(
    shared: Path, mode: int, groups: str, access: bytes | None, said: str
) -> None:
    path = shared / "file"
    path.write_bytes(b"old")
    os.chown(path, 1001, 2000)
    path.chmod(mode)
    if access:
        set_attribute(path, "system.posix_acl_access", access)
    ended = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, path, groups], capture_output=True, text=True, check=False
    )
    assert said in ended.stdout + ended.stderr
    assert path.read_bytes() == (b"new" if said == "True" else b"old")
    assert path.stat().st_mode & 0o7777 == mode
    if "2000" in groups:
        assert path.stat().st_gid == 2000


@pytest.mark.parametrize("kind", ["link", "dangling link", "hard link", "pipe", "folder"])
def test_anything_but_a_regular_file_is_no_lock_and_is_left_alone(tmp_path: Path, kind: str) -> None:
    notes, lock = tmp_path / "notes.md", tmp_path / LOCK_NAME
    notes.write_bytes(b"- one")
    notes.chmod(0o640)
    put: dict[str, Callable[[], object]] = {
        "link": lambda: lock.symlink_to("notes.md"),
        "dangling link": lambda: lock.symlink_to("missing"),
        "hard link": lambda: lock.hardlink_to(notes),
        "pipe": lambda: os.mkfifo(lock),
        "folder": lock.mkdir,
    }
    put[kind]()
    with (
        pytest.raises(SidecarError, match=rf"{LOCK_NAME}: a lock m.*; delete it"),
        locked(tmp_path / "file"),
    ):
        pass
    assert (notes.read_bytes(), notes.stat().st_mode & 0o7777) == (b"- one", 0o640)
    assert names(tmp_path) == {"notes.md", LOCK_NAME}


# -- what fails


def test_file_without_hard_links_and_exchange_keeps_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    path = tmp_path / "file"
    path.write_bytes(b"old")
    without_exchange(monkeypatch)
    monkeypatch.setattr(os, "link", refuse)
    swap(path, b"new", b"old")
    assert path.read_bytes() == b"new"
    assert (tmp_path / "file.bak").read_bytes() == b"old"
    assert names(tmp_path) == {"file", "file.bak"}


@pytest.mark.parametrize("call", ["fsync", "fchmod", "write", "replace"])
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
        swap(path, b"new", b"old")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"file"}


CRASH = """
import os, signal, sys
from pathlib import Path
from tui.files.atomic import swap
setattr(os, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
swap(Path(sys.argv[1]), b"new", b"old")
"""


@pytest.mark.parametrize("call", ["fsync", "write", "replace"])
def test_killed_writer_leaves_the_old_file_and_the_next_write_succeeds(tmp_path: Path, call: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    died = subprocess.run([sys.executable, "-c", CRASH, path, call], check=False)
    assert died.returncode == -9
    assert path.read_bytes() == b"old"
    swap(path, b"newer", b"old")
    assert path.read_bytes() == b"newer"


@needs_a_reader_without_rights
def test_write_protected_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        swap(path, b"new", b"old")
    assert path.read_bytes() == b"old"


@needs_a_reader_without_rights
def test_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    said = r"file: cannot be written: permission denied; give yourself the right"
    with pytest.raises(SidecarError, match=said), locked(tmp_path / "file"):
        pass
    tmp_path.chmod(0o755)


def test_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        replace_bytes(tmp_path / "gone" / "file", [b"new"])
    error = sidecar_unwritable(tmp_path / "gone" / "file", caught.value)
    assert str(error).endswith(f"cannot be written: no such file or directory; create the folder {tmp_path / 'gone'}")


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


def test_lock_file_that_was_deleted_while_another_waited_for_it_locks_nothing(tmp_path: Path) -> None:
    waited: list[bool] = []
    is_inside, may_leave = threading.Event(), threading.Event()

    def wait() -> None:
        with locked(tmp_path / "other"):
            is_inside.set()
            may_leave.wait()

    with locked(tmp_path / "file"):
        thread = threading.Thread(target=wait)
        thread.start()
        while not _is_open_twice(tmp_path / LOCK_NAME):
            time.sleep(0.001)
        (tmp_path / LOCK_NAME).unlink()
    assert is_inside.wait(10)
    with pytest.raises(SidecarError, match="another program"), locked(tmp_path / "third", patience=0.05):
        waited.append(False)
    may_leave.set()
    thread.join()
    assert waited == []


def _is_open_twice(path: Path) -> bool:
    opened = [os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()]
    return opened.count(os.fspath(path)) == 2


def test_link_and_its_target_share_a_lock(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "target")
    with locked(tmp_path / "link"):
        assert names(tmp_path / "far") == {LOCK_NAME}
    assert LOCK_NAME not in names(tmp_path)


def test_only_files_of_dead_writers_are_swept(tmp_path: Path) -> None:
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
        replace_bytes(path, [data])
        kept_aside(path, ".damaged")
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path) - {"file"}} == {
        "file.damaged": b"one",
        "file.damaged2": b"two",
        "file.damaged3": b"three",
    }
