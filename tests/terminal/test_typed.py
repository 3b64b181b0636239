"""Text being typed or saved survives every end of the program, returns once, and not if it was discarded."""

from __future__ import annotations

import os
import signal
import sys
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.terminal.screen import Screen
from tui.files.lock import locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]
WORDS = "words that took a while"
KINDS = {"a": "Comment", "t": "Tags", "A": "Answer"}
"The window that a key opens on the first bullet."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "walks.md"
    path.write_text("- who walks to the harbour?\n- nobody walks back\n- the end of it\n")
    return path


def opened(notes: Path) -> Screen:
    home = notes.parent
    screen = Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home, columns=120, rows=30)
    return screen.wait_for("nobody walks").wait_for("open")


def sidecar(notes: Path) -> str:
    path = notes.with_suffix(".highlights.toml")
    return path.read_text() if path.exists() else ""


def kept(notes: Path, kind: str = "typed") -> list[Path]:
    """The files in the state folder with drafts and unsaved changes."""
    return list((notes.parent / "home" / "state" / "earmark" / kind).glob("*.toml"))


def is_kept(notes: Path, text: str) -> Callable[[list[str]], bool]:
    return lambda _: any(text in path.read_text() for path in kept(notes))


def typing(notes: Path, key: str, text: str = WORDS) -> Screen:
    """A reader with a text typed in a window and stored."""
    screen = opened(notes).press(key).wait_for(KINDS[key])
    screen.send(text)
    return screen.wait_for(is_kept(notes, text))


def ended(screen: Screen, how: signal.Signals) -> None:
    os.kill(screen.pid, how)
    assert screen.wait_exit() == (-how if how is signal.SIGKILL else 128 + how)


@pytest.mark.parametrize(
    ("key", "how"), [*(("a", how) for how in ENDS), *product("tA", (signal.SIGHUP, signal.SIGKILL))]
)
def test_text_comes_back_in_its_window_and_is_saved_once(notes: Path, key: str, how: signal.Signals) -> None:
    with typing(notes, key) as screen:
        ended(screen, how)
    with opened(notes) as screen:
        screen.wait_for(KINDS[key]).wait_for(WORDS).wait_for("Restored")
        screen.press("ctrl+s" if key in "aA" else "enter").wait_for(lambda _: not kept(notes))
        screen.press("q")
        assert screen.wait_exit() == 0
    assert sidecar(notes).count("took") == 1
    assert (notes.parent / "home").is_dir()
    with opened(notes) as screen:
        screen.rest(1.0).press("q")
        assert screen.wait_exit() == 0
    assert sidecar(notes).count("took") == 1


@pytest.mark.parametrize("key", KINDS)
def test_text_that_was_given_up_does_not_come_back(notes: Path, key: str) -> None:
    with typing(notes, key) as screen:
        screen.press(*["escape"] * (2 if key in "aA" else 1)).wait_gone(KINDS[key] + "  ")
        screen.wait_for(lambda _: not kept(notes)).press("q")
        assert screen.wait_exit() == 0
    assert WORDS not in sidecar(notes)


@pytest.mark.parametrize(("key", "pressed"), [*product(KINDS, ["ctrl+q"]), ("a", "ctrl+c")])
def test_quitting_over_a_text_asks(notes: Path, key: str, pressed: str) -> None:
    with typing(notes, key) as screen:
        screen.press(pressed).wait_for("What you typed is not saved").wait_for("comes back")
        screen.press("escape").wait_gone("What you typed").wait_for(WORDS)
        screen.press(pressed).wait_for("What you typed is not saved").press("q")
        assert screen.wait_exit() == 0
    with opened(notes) as screen:
        screen.wait_for(WORDS)


def test_quitting_over_what_is_saved_asks_nothing(notes: Path) -> None:
    with opened(notes) as screen:
        screen.press("a").wait_for("Comment").press("ctrl+q")
        assert screen.wait_exit() == 0
    assert not kept(notes)


def test_text_of_a_reader_that_lives_is_its_own(notes: Path) -> None:
    with typing(notes, "a") as first:
        with opened(notes) as second:
            second.rest(1.5)
            assert WORDS not in second.text()
            second.press("q")
            assert second.wait_exit() == 0
        first.press("ctrl+s").wait_for(lambda _: not kept(notes)).press("q")
        assert first.wait_exit() == 0
    assert sidecar(notes).count(WORDS) == 1


def test_text_whose_bullet_is_gone_is_offered_for_another(notes: Path) -> None:
    with typing(notes, "A") as screen:
        ended(screen, signal.SIGKILL)
    notes.write_text("- something else altogether\n- nobody walks back\n- the end of it\n")
    with opened(notes) as screen:
        screen.wait_for("is gone").wait_for(WORDS).press("ctrl+s").wait_for(lambda _: not kept(notes)).press("q")
        assert screen.wait_exit() == 0
    assert sidecar(notes).count(WORDS) == 1


def test_text_of_a_renamed_note_comes_back_in_it(notes: Path) -> None:
    with typing(notes, "a") as screen:
        ended(screen, signal.SIGTERM)
    with opened(notes.rename(notes.with_name("strolls.md"))) as screen:
        screen.wait_for("Comment").wait_for(WORDS)


def test_answer_whose_question_goes_meanwhile_is_asked_for_again(notes: Path) -> None:
    with typing(notes, "A") as screen:
        notes.write_text(notes.read_text().replace("who walks to the harbour?", "they walk to the harbour."))
        screen.wait_for("they walk").press("ctrl+s").wait_for("nothing was saved").wait_for(WORDS)
        ended(screen, signal.SIGKILL)
    assert kept(notes)


def test_a_draft_that_cannot_be_kept_is_reported_and_printed(notes: Path) -> None:
    (notes.parent / "home" / "state" / "earmark").mkdir(parents=True)
    (notes.parent / "home" / "state" / "earmark" / "typed").write_text("in the way")
    with opened(notes) as screen:
        screen.press("a").wait_for("Comment").send(WORDS)
        screen.wait_for("Not kept")
        os.kill(screen.pid, signal.SIGTERM)
        assert screen.wait_exit() == 128 + signal.SIGTERM
        assert "could not be kept" in screen.text()
        assert WORDS in screen.text()


@pytest.mark.parametrize("how", ENDS)
def test_mark_shown_as_not_saved_is_kept_and_saved_once(notes: Path, how: signal.Signals) -> None:
    with opened(notes) as screen:
        with locked(notes):
            screen.press("m").wait_for("1 not saved")
            ended(screen, how)
        assert sidecar(notes) == ""
        assert kept(notes, "unsaved")
    with opened(notes) as screen:
        screen.wait_for(lambda _: "who walks" in sidecar(notes) and not kept(notes, "unsaved")).press("q")
        assert screen.wait_exit() == 0
    assert sidecar(notes).count("[[highlight]]") == 1


def test_marks_that_wait_for_their_turn_survive_sigterm(notes: Path) -> None:
    with opened(notes) as screen, locked(notes):
        screen.press("m", "j", "m", "j", "m").wait_for("1 not saved")
        ended(screen, signal.SIGTERM)
    with opened(notes) as screen:
        screen.wait_for(lambda _: sidecar(notes).count("[[highlight]]") == 3 and not kept(notes, "unsaved")).press("q")
        assert screen.wait_exit() == 0


@pytest.mark.parametrize("how", ENDS[:-1])
def test_keys_right_before_sigterm_have_their_effect(notes: Path, how: signal.Signals) -> None:
    with opened(notes) as screen:
        screen.press("m", "j", "2", "j", "a").send(WORDS)
        ended(screen, how)
    assert sidecar(notes).count("[[highlight]]") == 2
    assert is_kept(notes, WORDS)([])


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_drafts_are_private(notes: Path) -> None:
    with typing(notes, "a"):
        (file,) = kept(notes)
        assert file.stat().st_mode & 0o77 == 0
        assert file.parent.stat().st_mode & 0o77 == 0
