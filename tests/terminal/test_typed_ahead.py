"""Keys typed faster than the screen follows, as over a slow line or by key repeat, all take effect."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.ui.terminal.test_replies import REPLIES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start


def test_keys_behind_one_that_opens_or_closes_a_window_are_not_lost(start: Start, notes: Path) -> None:
    screen = start(notes)
    screen.wait_for("8 episodes · 22 open")
    screen.send("jmaworth a note\x13tone, two\r?jjqj?q2\tjAin two\rlines\x13q").wait_exit()
    sidecar = notes.with_name("podcasts.highlights.toml").read_text()
    assert 'comment = "worth a note"' in sidecar
    assert 'tags = ["one", "two"]' in sidecar
    assert 'colour = "green"' in sidecar
    assert 'answer = "in two\\nlines"' in sidecar


def test_a_paste_behind_a_key_goes_into_the_window_that_it_opens(start: Start, notes: Path) -> None:
    screen = start(notes)
    screen.wait_for("8 episodes · 22 open")
    screen.send("ma\x1b[200~pasted words\x1b[201~ and more\x13q").wait_exit()
    assert 'comment = "pasted words and more"' in notes.with_name("podcasts.highlights.toml").read_text()


def test_help_that_is_opened_and_closed_twenty_times_at_once_is_closed(start: Start, notes: Path) -> None:
    screen = start(notes)
    screen.wait_for("8 episodes · 22 open")
    screen.send("?q" * 20 + "q").wait_exit()


def test_a_key_right_behind_escape_is_no_other_key(start: Start, notes: Path) -> None:
    screen = start(notes)
    screen.wait_for("8 episodes · 22 open")
    screen.send("jmv\x1bj2/chip\x1bj3?\x1b?qq").wait_exit()
    sidecar = notes.with_name("podcasts.highlights.toml").read_text()
    colours = re.findall(r'^colour = "(\w+)"$', sidecar, re.MULTILINE)
    assert colours == ["yellow", "green", "blue"]


def test_a_key_soon_after_escape_is_heard_and_so_are_those_after_it(start: Start, notes: Path) -> None:
    screen = start(notes, columns=120)
    screen.wait_for("8 episodes · 22 open")
    for pause in (0.01, 0.04, 0.06, 0.08):
        for key, shown in (("m", "Highlighted"), ("u", "Undid"), ("[", "This is the first"), ("O", "O does nothing")):
            screen.send("\x1b")
            time.sleep(pause)  # between two presses, not for the program
            screen.send(key).wait_for(shown, 10)
    screen.press("q").wait_exit(10)


def test_a_key_pressed_with_alt_is_heard_and_so_is_the_key_after_it(start: Start, notes: Path) -> None:
    notes.parent.joinpath("keys.toml").write_text('[earmark.keys]\npalette = "alt+x"\n', encoding="utf-8")
    screen = start("--config", notes.parent / "keys.toml", notes)
    screen.wait_for("8 episodes · 22 open").press("alt+x").wait_for("esc back")
    screen.press("escape").wait_for("8 episodes · 22 open").press("q").wait_exit()


PASTED = "red \x1b[31mjm\x1b[0m \x1b j\x1bm5 \x1b[201~jm5 " + "\x1b[1mm5" * 500


def test_text_pasted_in_the_bullets_is_no_key(start: Start, notes: Path) -> None:
    screen = start(notes, columns=120)
    screen.wait_for("8 episodes · 22 open").send(f"\x1b[200~{PASTED}\x1b[201~")
    screen.press("?").wait_for("Moving").press("q", "q").wait_exit()
    assert not notes.with_name("podcasts.highlights.toml").exists()


def test_a_comment_is_pasted_without_its_control_sequences_and_the_key_behind_it_counts(
    start: Start, notes: Path
) -> None:
    screen = start(notes, columns=120)
    screen.wait_for("8 episodes · 22 open").press("m").wait_for("Highlighted").press("a")
    screen.send("\x1b[200~" + "a\x1b[31m b " * 500 + "\x1b[201~").press("ctrl+s").wait_for("Comment saved")
    screen.press("q").wait_exit()
    assert "a b " * 499 + "a b" in notes.with_name("podcasts.highlights.toml").read_text()


def test_replies_of_a_terminal_are_no_keys(start: Start, notes: Path) -> None:
    screen = start(notes)
    shown = screen.wait_for("8 episodes · 22 open").rest(0.5).lines()
    for reply in (*REPLIES, "\x1b[0n"):
        screen.send(reply)
    screen.send("\x1b]11;rgb:12").rest(0.1).send("12/1212/1212\x07").rest(0.3)
    assert screen.lines() == shown
    screen.press("j", "m").wait_for("1 highlight").press("q").wait_exit()
    assert notes.with_name("podcasts.highlights.toml").read_text().count("[[highlight]]") == 1


def test_a_pause_in_the_middle_of_a_click_or_before_a_paste_makes_no_key(start: Start, notes: Path) -> None:
    screen = start(notes, columns=120)
    screen.wait_for("8 episodes · 22 open")
    for begun, rest in (
        ("\x1b[<0;50;1", "1M"),
        ("\x1b[20", "0~jm5\x1b[201~"),
        ("\x1b[1", ";5B"),
        ("\x1b[8;24;8", "0t"),
    ):
        screen.send(f"j{begun}").rest(0.3)
        screen.send(rest).rest(0.3)
    screen.press("?").wait_for("Moving").press("q", "q").wait_exit()
    assert not notes.with_name("podcasts.highlights.toml").exists()
