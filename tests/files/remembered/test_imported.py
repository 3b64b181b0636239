"""Names of imported items, as the state folder keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.files.remembered.imported import imported_name, load_imported, save_imported

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {imported_name("a"), imported_name("b")}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of these tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "earmark"


def test_names_are_kept_for_their_note() -> None:
    save_imported("/notes/a.md", NAMES)
    assert load_imported("/notes/a.md") == NAMES
    assert not load_imported("/notes/b.md")


def test_link_and_a_file_of_too_much_count_as_nothing(state: Path, tmp_path: Path) -> None:
    save_imported("/notes/a.md", NAMES)
    (file,) = (state / "imported").iterdir()
    elsewhere = file.rename(tmp_path / "elsewhere")
    file.symlink_to(elsewhere)
    assert not load_imported("/notes/a.md")
    file.unlink()
    with file.open("wb") as large:
        large.truncate((1 << 24) + 8)
    assert not load_imported("/notes/a.md")
