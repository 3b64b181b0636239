"""Reading a file whose text is partly known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.core.test_pieces import edited
from tui.core.pieces import InMemory, in_pieces
from tui.files.watching import stable_read
from tui.files.watching.stable_read import read_stable, signature

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("window", [1, 5, 16, 1 << 18])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edited())
def test_a_file_is_cut_as_its_bytes_in_memory_are(
    window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: tuple[list[bytes], bytes]
) -> None:
    monkeypatch.setattr(stable_read, "WINDOW", window)
    known, text = edit
    path = tmp_path / "notes.md"
    path.write_bytes(text)
    reading = read_stable(str(path), known)
    assert reading.data == in_pieces(InMemory(text), known)
    assert (reading.is_whole, reading.signature) == (True, signature(str(path)))


def test_unchanged_text_takes_no_memory_a_second_time(tmp_path: Path) -> None:
    known = [b"%03d: some words\n" % number for number in range(400)]
    path = tmp_path / "notes.md"
    path.write_bytes(b"".join([*known[:200], b"new\n", *known[200:]]))
    data = read_stable(str(path), known).data
    assert data is not None
    assert [id(piece) for piece in data if piece != b"new\n"] == [id(piece) for piece in known]


def test_an_empty_file_has_no_pieces_and_a_missing_one_no_text(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    assert read_stable(str(path), [b"old\n"]).data is None
    path.touch()
    assert read_stable(str(path), [b"old\n"]).data == ()
