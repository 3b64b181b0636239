"""Links from one library to another, in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start


def test_a_note_beside_the_one_opened_is_read_and_left_again(start: Start, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\n- see [[two#Further on]]\n")
    (tmp_path / "two.md").write_text("# Two\n\n- a beginning\n\n## Further on\n\n- an end\n")
    screen = start("one.md").wait_for("one.md · 1 episode")
    screen.press("enter").wait_for("backspace leads back to one.md")
    screen.press("j", "m").wait_for("marked")
    screen.press("backspace").wait_for("one.md · 1 episode")
    assert screen.press("q").wait_exit() == 0
    assert 'exact = "an end"' in (tmp_path / "two.highlights.toml").read_text(encoding="utf-8")
