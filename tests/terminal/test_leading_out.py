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
    screen.press("j", "m").wait_for("Highlighted")
    screen.press("backspace").wait_for("one.md · 1 episode")
    assert screen.press("q").wait_exit() == 0
    assert 'exact = "an end"' in (tmp_path / "two.highlights.toml").read_text(encoding="utf-8")


OUTSIDE = "this is outside the folder that you opened"


def test_no_link_leads_out_of_the_folder_of_the_notes(start: Start, tmp_path: Path) -> None:
    (tmp_path / "private.md").write_text("# Private\n\n- a secret\n")
    (tmp_path / "key").write_text("a key\n")
    folder = tmp_path / "talks"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "three.md").write_text("# Three\n\n- up [one](../one.md)\n- out [out](../../private.md)\n")
    (folder / "away").symlink_to("..")
    (folder / "key.md").symlink_to("../key")
    targets = ("../private.md", "away/private", "key", "/etc/passwd", str(tmp_path / "private.md"), "sub/three.md")
    (folder / "one.md").write_text("# One\n\n" + "".join(f"- see [this]({target})\n" for target in targets))
    screen = start("talks/one.md", columns=230).wait_for("one.md · 1 episode")
    for target in targets[:5]:
        told = f"No note called “{target}" if target.startswith("/") else OUTSIDE
        screen.press("enter").wait_for(told).press("j")
    screen.press("enter").wait_for("backspace leads back to one.md").press("j", "enter").wait_for(OUTSIDE)
    screen.press("k", "enter").wait_for("backspace leads back to three.md")
    assert "a secret" not in screen.text()
    assert screen.press("q").wait_exit() == 0


def test_links_out_of_a_folder_are_reported_and_not_read(start: Start, tmp_path: Path) -> None:
    (tmp_path / "private.md").write_text("# Private\n\n- a secret\n")
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- words\n")
    (folder / "root").symlink_to("/")
    screen = start("talks", columns=200)
    screen.wait_for("root leads out of this folder and is not read; open it directly: earmark ")
    (folder / "new").write_text("# New\n\n- a secret\n")
    (folder / "two").symlink_to("/etc/passwd")
    (folder / "two").replace(folder / "one.md")
    screen.wait_for(lambda lines: "words" not in "".join(lines))
    assert "root:x:0" not in screen.text()


def test_a_link_to_a_private_note_is_read_only_where_the_readers_own_configuration_says_so(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.md").write_text("# Diary\n\n- a secret\n")
    folder = tmp_path / "cloned"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- words, and [more](diary.md)\n")
    (folder / "diary.md").symlink_to("../private/diary.md")
    (folder / "config.toml").write_text('[earmark]\nlinks_into = ["/"]\n')
    own = tmp_path / "own.toml"
    own.write_text('[earmark]\nlinks_into = "private"\n')
    screen = start("cloned", columns=200).wait_for("diary.md leads out of this folder and is not read")
    screen.press("enter").wait_for(OUTSIDE)
    assert "a secret" not in start("outline", "cloned").wait_for("words").text()
    chosen = start("--config", own, "cloned", columns=200).wait_for("a secret")
    assert chosen.press("q").wait_exit() == 0
    (folder / "new").symlink_to("../private/diary.md")
    (folder / "new").replace(folder / "one.md")
    screen.wait_for(lambda lines: "words" not in "".join(lines))
    assert "a secret" not in screen.text()
    assert screen.press("q").wait_exit() == 0
