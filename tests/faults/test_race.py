"""Programs that write the highlights file without its lock while marks are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import race

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("write", [race.renamed, race.in_place, race.made_anew])
def test_version_written_without_the_lock_while_marks_are_saved_is_not_lost(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    assert race.against(tmp_path / "notes", write, race.SAMPLE).wrong == ()
