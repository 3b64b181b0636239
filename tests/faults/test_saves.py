"""A save that dies or fails in the middle, and the order of the calls that make it durable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.faults import saves
from tests.faults.saves import Save
from tests.faults.traced import can_trace
from tui.files.atomic import BACKUP_SUFFIX, backups_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(can_trace()), reason=can_trace())


def test_save_that_dies_or_fails_anywhere_loses_and_damages_nothing(tmp_path: Path) -> None:
    assert saves.measure(tmp_path, is_long=False).wrong == ()


@pytest.mark.parametrize("is_first", [False, True])
def test_save_is_sure_before_it_is_acknowledged(tmp_path: Path, is_first: bool) -> None:
    save = Save(tmp_path / "notes", is_first)
    with save.traced() as traced:
        calls = [(point.call, point.arguments) for point in traced.points()]
    temporary, target = re.escape(str(tmp_path / "notes" / ".earmark-")), re.escape(str(save.sidecar))

    def when(call: str, arguments: str, after: int = -1) -> int:
        """The first such call after another, by number."""
        return next(
            number
            for number, (name, said) in enumerate(calls)
            if number > after and re.fullmatch(call, name) and re.search(arguments, said)
        )

    made = when("openat", rf"{temporary}.*O_CREAT\|O_EXCL")
    descriptor = calls[made][1].rpartition("= ")[2]
    written = when("write", f"^{descriptor}, ", made)
    synced = when("fsync", rf"^{descriptor}\)", written)
    if is_first:
        placed = when("renameat2", f'"{temporary}[^"]*", AT_FDCWD, "{target}", RENAME_NOREPLACE', synced)
    else:
        aside = re.escape(str(next(backups_of(save.sidecar))))
        moved = when("rename(at2?)?", f'"{temporary}[^"]*", (AT_FDCWD, )?"{aside}"', synced)
        placed = when("renameat2", f'"{aside}", AT_FDCWD, "{target}", RENAME_EXCHANGE', moved)
    folder = when("openat", f'"{re.escape(str(tmp_path / "notes"))}", .*O_DIRECTORY', placed)
    folder_synced = when("fsync", rf"^{calls[folder][1].rpartition('= ')[2]}\)", folder)
    acknowledged = when("write", '^1, "saved', folder_synced)
    assert acknowledged == len(calls) - 1
    if not is_first:
        backup = re.escape(str(save.sidecar) + BACKUP_SUFFIX)
        assert when("rename(at2?)?", f'"{aside}", (AT_FDCWD, )?"{backup}"', folder_synced) < acknowledged
    assert sum(name == "write" and said.startswith(f"{descriptor}, ") for name, said in calls[made:synced]) >= 1
