"""A reader that is started with a standard stream closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import COMMAND
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_reader_takes_keys_and_draws_whatever_is_closed(home: Mapping[str, str], notes: Path, closed: str) -> None:
    shell = ("sh", "-c", f'"$0" "$@" {closed}')
    with Screen(*shell, *COMMAND, notes, env=home, cwd=notes.parent, columns=150, rows=40) as screen:
        screen.wait_for("22 open").press("j", "m").wait_for("Highlighted")
        assert screen.press("q").wait_exit() == 0
