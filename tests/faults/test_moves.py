"""A record's move into another note that dies or fails in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import moves
from tests.faults.traced import can_trace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(bool(can_trace()), reason=can_trace())
def test_move_that_dies_or_fails_anywhere_loses_and_doubles_nothing(tmp_path: Path) -> None:
    assert moves.measure(tmp_path, is_long=False).wrong == ()
