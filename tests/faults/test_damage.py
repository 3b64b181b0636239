"""Highlights files damaged by something else, and full disks; `python -m tests.faults --long` tries all cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import damage, full_disk

if TYPE_CHECKING:
    from pathlib import Path


def test_damaged_file_neither_ends_the_program_nor_is_overwritten(tmp_path: Path) -> None:
    assert damage.measure(tmp_path, is_long=False).wrong == ()


def test_full_disk_loses_no_highlight(tmp_path: Path) -> None:
    assert full_disk.measure(tmp_path, is_long=False).wrong == ()
