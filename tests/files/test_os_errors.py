"""Errors of the system in words, each with a remedy."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.files.os_errors import config_unreadable, notes_unreadable, sidecar_unreadable, sidecar_unwritable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.errors import EarmarkError

READING = [lambda error: notes_unreadable("it", error), lambda error: sidecar_unreadable(Path("it"), error)]
READING.append(lambda error: config_unreadable(Path("it"), error))
UNREADABLE = ("ENOENT", "ENOTDIR", "EACCES", "EPERM", "EISDIR", "ENODEV", "ENXIO", "EFBIG", "ELOOP")
UNWRITABLE = ("EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOENT", "ENAMETOOLONG", "EFBIG", "EIO")


def failed(name: str) -> OSError:
    number = getattr(errno, name)
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("tell", READING)
@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_files_have_a_reason_in_our_words_and_a_remedy(
    tell: Callable[[OSError], EarmarkError], name: str
) -> None:
    error = tell(failed(name))
    assert error.path == "it"
    assert error.remedy
    assert "cannot be read" not in error.problem


@pytest.mark.parametrize("tell", READING)
def test_unforeseen_errors_are_reported_in_the_systems_words(tell: Callable[[OSError], EarmarkError]) -> None:
    assert str(tell(failed("EDOM"))) == f"it: cannot be read: {os.strerror(errno.EDOM).lower()}"


@pytest.mark.parametrize("tell", READING)
@pytest.mark.parametrize("name", ["EIO", "EMFILE"])
def test_a_failing_disk_and_a_low_limit_have_a_remedy(tell: Callable[[OSError], EarmarkError], name: str) -> None:
    assert tell(failed(name)).remedy


@pytest.mark.parametrize("name", UNWRITABLE)
def test_unwritable_files_have_a_remedy(tmp_path: Path, name: str) -> None:
    error = sidecar_unwritable(tmp_path / "walks.highlights.toml", failed(name))
    assert error.problem.startswith("cannot be written: ")
    assert error.remedy


def test_a_path_without_a_name_is_shown_as_one() -> None:
    assert notes_unreadable("", failed("ENOENT")).path == "''"
