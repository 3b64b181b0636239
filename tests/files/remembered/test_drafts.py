"""Drafts of comments, tags and answers in the state folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.files.records import highlight
from tui.files.remembered import unsaved
from tui.files.remembered.drafts import Draft, keep, of_ended_sessions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ahead", [0, 1, 10**9, 10**18])
def test_drafts_come_in_the_order_in_which_they_were_typed_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for number, session in enumerate("cab"):
        assert keep(Draft("walks.md", "comment", session, highlight("01A")), f"{session}-{number}") == ""
        (file,) = (tmp_path / "state").rglob(f"{session}-*.toml")
        then = file.stat().st_mtime_ns + ahead
        os.utime(file, ns=(then, then))
    assert [draft.text for _, draft in of_ended_sessions()] == ["c", "a", "b"]


@pytest.mark.parametrize("folder", ["loop", "x" * 300])
def test_a_state_folder_that_cannot_be_searched_has_neither_drafts_nor_unsaved_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / folder))
    assert list(of_ended_sessions()) == []
    assert unsaved.kept("walks.md") == ({}, ())
    assert list(unsaved.of_gone_notes(lambda _: True)) == []


def test_link_in_the_place_of_a_draft_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert keep(Draft("walks.md", "comment", "so", highlight("01A")), "a-1") == ""
    (file,) = (tmp_path / "state").rglob("a-1.toml")
    file.symlink_to(file.rename(tmp_path / "elsewhere"))
    assert [*of_ended_sessions()] == []
