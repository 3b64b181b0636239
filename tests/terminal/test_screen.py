"""The terminal behind the other tests here, checked with trivial programs."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from tests.terminal.screen import PATIENCE, Screen

PYTHON = (sys.executable, "-u", "-c")


def test_a_programs_output_is_on_screen() -> None:
    with Screen(*PYTHON, "print('\\x1b[2;5Hhere \\x1b[1;7mbold'); input()", columns=40, rows=5) as screen:
        screen.wait_for("bold")
        assert screen.lines() == ["", "    here bold", "", "", ""]
        column, row = screen.find("bold")
        assert (column, row) == (9, 1)
        assert screen.cell(column, row).bold
        assert screen.cell(column, row).reverse
        assert b"\x1b[1;7m" in screen.written


def test_wide_characters_take_two_cells() -> None:
    with Screen(*PYTHON, "print('東京 x'); input()", columns=20, rows=3) as screen:
        screen.wait_for("東京 x")
        assert screen.find("x") == (5, 0)


def test_keys_reach_the_program() -> None:
    program = (
        "import sys, tty; tty.setraw(0); print('ready', end='\\r\\n'); d = b''\n"
        "while not d.endswith(b'q'):\n"
        "    d += sys.stdin.buffer.raw.read(64)\n"
        "print(d, end='\\r\\n')"
    )
    with Screen(*PYTHON, program) as screen:
        screen.wait_for("ready").press("j", "ctrl+d", "escape", "up", "alt+x", "enter").click(4, 2).send("é").press("q")
        screen.wait_for("b'j\\x04\\x1b\\x1b[A\\x1bx\\r\\x1b[<0;5;3M\\x1b[<0;5;3m\\xc3\\xa9q'")


def test_program_is_told_of_the_size_and_of_a_new_one() -> None:
    program = (
        "import os, signal\n"
        "def show(*_): print(*os.get_terminal_size())\n"
        "signal.signal(signal.SIGWINCH, show); show()\n"
        "while True: signal.pause()"
    )
    with Screen(*PYTHON, program, columns=64, rows=10) as screen:
        screen.wait_for("64 10")
        screen.resize(40, 12).wait_for("40 12")
        assert len(screen.lines()) == 12


def test_requests_for_the_cursor_are_answered() -> None:
    program = "import sys, tty; tty.setraw(0); print('ab\\x1b[6n', end='')\nprint(sys.stdin.buffer.raw.read(64))"
    with Screen(*PYTHON, program) as screen:
        screen.wait_for("b'\\x1b[1;3R'")


def test_sequences_the_emulator_does_not_know_draw_nothing_however_they_are_cut() -> None:
    program = (
        "import sys, time\n"
        "for each in '\\x1b[>1u\\x1b[<u\\x1b[?2048$p\\x1b[?6n\\x1b[=1c\\x1b[1mend':\n"
        "    sys.stdout.write(each); sys.stdout.flush(); time.sleep(0.002)\n"
        "input()"
    )
    with Screen(*PYTHON, program) as screen:
        screen.wait_for("end")
        assert screen.lines()[0] == "end"


def test_waiting_for_what_never_comes_shows_the_screen() -> None:
    with Screen(*PYTHON, "print('this instead'); input()") as screen:
        screen.wait_for("this")
        with pytest.raises(AssertionError, match="this instead"):
            screen.wait_for("that", timeout=0.2)


def test_waiting_ends_with_the_program() -> None:
    began = time.monotonic()
    with Screen(*PYTHON, "print('last words')") as screen:
        with pytest.raises(AssertionError, match="has ended"):
            screen.wait_for("more")
        screen.wait_for("last words")
    assert time.monotonic() - began < PATIENCE


def test_exit_code_is_given_and_output_kept() -> None:
    with Screen(*PYTHON, "import sys; print('x' * 100_000); sys.exit(3)") as screen:
        assert screen.wait_exit() == 3
        assert screen.written.count(b"x") == 100_000


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_program_obeys_a_signal_that_the_tests_themselves_ignore(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with Screen(*PYTHON, "import time; print('ready', flush=True); time.sleep(60)") as screen:
            screen.wait_for("ready")
            os.kill(screen.pid, number)
            assert screen.wait_exit() in (-number, 1)
    finally:
        signal.signal(number, before)


def test_program_that_ignores_its_end_is_ended() -> None:
    program = "import signal, time; signal.signal(signal.SIGHUP, signal.SIG_IGN); print('ready'); time.sleep(60)"
    screen = Screen(*PYTHON, program)
    screen.wait_for("ready")
    began = time.monotonic()
    screen.close()
    assert time.monotonic() - began < 30, "it would have gone on for a minute"


def test_wide_character_that_is_half_drawn_over_leaves_the_rest_of_its_row() -> None:
    with Screen(*PYTHON, "print('東京 x\\x1b[1;1Ha'); input()", columns=20, rows=3) as screen:
        screen.wait_for("x")
        assert screen.lines()[0].startswith("a")
