"""Highlights through random edits, halves of files, restarts and another machine; see `tests.faults.soak`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import soak

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_no_highlight_goes_to_other_words_or_is_lost_while_its_own_stand(tmp_path: Path) -> None:
    assert soak.measure(tmp_path, is_long=False).wrong == ()


def test_a_world_is_lived_through_again_by_its_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "")  # what a world sets is taken back
    told: list[list[str]] = []
    for folder in ("one", "other"):
        told.append([])
        soak.World(tmp_path / folder, 3, told[-1].append).live()
    assert told[0] == told[1]
