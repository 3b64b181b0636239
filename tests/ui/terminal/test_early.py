"""The terminal before Textual takes it over."""

from __future__ import annotations

import shutil
from itertools import product

import pytest

from tui.ui.terminal.early import EarlyTerminal, screen_size

TOLD = (None, "", "0", "-3", "77", " 78 ", "many")


@pytest.mark.parametrize(("columns", "lines"), [*product(TOLD, TOLD)])
def test_a_screen_is_as_large_as_textual_takes_it_to_be(
    columns: str | None, lines: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("COLUMNS", columns), ("LINES", lines)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert screen_size() == tuple(shutil.get_terminal_size())


def test_without_a_terminal_nothing_is_taken(capfd: pytest.CaptureFixture[str]) -> None:
    terminal = EarlyTerminal()
    terminal.show(lambda columns, rows: "a frame")
    assert not terminal.is_held
    terminal.release()
    assert capfd.readouterr() == ("", "")
