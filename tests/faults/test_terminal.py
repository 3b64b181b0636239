"""The whole program in a pseudo-terminal, on hostile notes and on notes that are saved in the worst ways."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults import attack, hostile_library, screens, terminal
from tests.faults.wire import smuggled, strangers, unsafe

if TYPE_CHECKING:
    from pathlib import Path


def test_hostile_notes_neither_end_the_program_nor_reach_the_terminal(tmp_path: Path) -> None:
    assert terminal.measure(tmp_path, is_long=False).wrong == ()


def test_names_marks_and_settings_that_mean_no_good_stay_on_every_screen(tmp_path: Path) -> None:
    assert hostile_library.measure(tmp_path / "names", is_long=False).wrong == ()


def test_screen_never_shows_what_no_writer_left(tmp_path: Path) -> None:
    assert screens.measure(tmp_path, is_long=False).wrong == ()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_readers_git_and_sudden_deaths_at_one_file_lose_and_double_nothing(tmp_path: Path) -> None:
    assert attack.measure(tmp_path, is_long=False).wrong == ()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b[6n",
        b"\x1b]0;t\x07",
        b"\x1b]52;c;eA==\x07",
        b"a\x07",
        b"\xc2\x9b1m",
        b"\xff",
        "\u202e".encode(),
        b"\x1b[?47h",
    ],
)
def test_sequences_that_a_terminal_would_obey_are_detected(sent: bytes) -> None:
    assert strangers(b"\x1b[1;31mtext\x1b[0m\r\n" + sent + b"more")


def test_printed_lines_have_no_sequence_at_all() -> None:
    assert unsafe("one\ncafé\n".encode()) == []
    assert unsafe(b"one\n\x1b[31mtwo\n") == ["'\\x1b[31mtwo'"]


def test_sequences_of_textual_are_allowed_unless_the_notes_contain_them() -> None:
    drawn = b"\x1b[?2026h\x1b[3;1H\x1b[38;2;1;2;3mcaf\xc3\xa9\x1b[0m\r\n\x1b[?2026l"
    assert strangers(drawn) == []
    assert smuggled(drawn, "- \x1b[38;2;1;2;3mred") == ["\x1b[38;2;1;2;3m"]
