"""Reading of regular files and standard input: no more memory than there are bytes, and never more than allowed."""

from __future__ import annotations

import errno
import os
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from tui.files.regular import read_bytes, read_standard_input

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"a walk to the harbour\n" * 100
LARGEST = 1 << 30


def test_a_small_file_takes_no_memory_for_the_largest_allowed(tmp_path: Path) -> None:
    file = tmp_path / "walks.md"
    file.write_bytes(TEXT)
    tracemalloc.start()
    try:
        assert read_bytes(file, limit=LARGEST) == TEXT
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LARGEST // 64


def test_a_file_that_does_not_tell_its_size_is_read_whole() -> None:
    with open("/proc/self/environ", "rb") as file:
        assert read_bytes("/proc/self/environ", limit=LARGEST) == file.read()


def test_a_file_that_does_not_tell_its_size_is_refused_at_the_limit() -> None:
    with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        read_bytes("/proc/self/status", limit=10)


def test_a_pipe_without_a_writer_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match=os.strerror(errno.ENODEV)):
        read_bytes(tmp_path / "pipe", limit=LARGEST)


def test_a_link_is_followed_unless_it_must_not_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(TEXT)
    (tmp_path / "link").symlink_to("file")
    assert read_bytes(tmp_path / "link", limit=LARGEST) == TEXT
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        read_bytes(tmp_path / "link", limit=LARGEST, follows=False)


@pytest.mark.parametrize("size", [0, 1, len(TEXT) - 1, len(TEXT)])
def test_standard_input_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    file = tmp_path / "given"
    file.write_bytes(TEXT[:size])
    with file.open(encoding="utf-8") as given:
        monkeypatch.setattr(sys, "stdin", given)
        assert read_standard_input(size) == TEXT[:size]
        given.seek(0)
        if size:
            with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
                read_standard_input(size - 1)


def test_standard_input_that_never_ends_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/zero", encoding="utf-8") as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            read_standard_input(1 << 20)
