"""How each editor is told the file and the line."""

from __future__ import annotations

import pytest

from tui.files.desktop.editor_commands import command

FILE = "/notes/my talks.md"


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ("vim", "+7", FILE)),
        ("/usr/bin/nvim -u NONE", ("/usr/bin/nvim", "-u", "NONE", "+7", FILE)),
        ("nano", ("nano", "+7", FILE)),
        ("emacs -nw", ("emacs", "-nw", "+7", FILE)),
        ("micro", ("micro", "+7", FILE)),
        ("hx", ("hx", f"{FILE}:7")),
        ("kak", ("kak", "+7", FILE)),
        ("'/opt/my editor/run' --fast", ("/opt/my editor/run", "--fast", FILE)),
        ("mine {file} -l{line}", ("mine", FILE, "-l7")),
        ("vim '+call cursor({line}, 1)' {file}", ("vim", "+call cursor(7, 1)", FILE)),
    ],
)
def test_editors_of_the_terminal(editor: str, words: tuple[str, ...]) -> None:
    assert command(editor, FILE, 7, has_display=False) == (words, False)


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("code -w", ("code", "-w", "--goto", f"{FILE}:7")),
        ("zed", ("zed", f"{FILE}:7")),
        ("subl", ("subl", f"{FILE}:7")),
        ("gvim", ("gvim", "+7", FILE)),
        ("kate", ("kate", "--line", "7", FILE)),
    ],
)
def test_editors_with_a_window(editor: str, words: tuple[str, ...]) -> None:
    assert command(editor, FILE, 7, has_display=True) == (words, True)


def test_emacs_has_a_window_where_there_is_a_display_and_it_is_not_told_otherwise() -> None:
    assert command("emacs", FILE, 7, has_display=True).is_windowed
    assert not command("emacs", FILE, 7, has_display=False).is_windowed
    assert not command("emacs -nw", FILE, 7, has_display=True).is_windowed
    assert not command("emacsclient", FILE, 7, has_display=True).is_windowed
    assert command("emacsclient -c", FILE, 7, has_display=True).is_windowed


def test_the_reader_may_say_whether_there_is_a_window() -> None:
    assert command("mine", FILE, 7, has_display=True, in_window=True).is_windowed
    assert not command("code", FILE, 7, has_display=True, in_window=False).is_windowed


def test_a_name_is_no_part_of_a_command() -> None:
    file = "/notes/$(touch x); {line} '.md"
    assert command("vim", file, 7, has_display=False).words == ("vim", "+7", file)
    assert command("mine {line} {file}", file, 7, has_display=False).words == ("mine", "7", file)


@pytest.mark.parametrize("editor", ["", "  ", "vim '"])
def test_what_is_no_command_is_refused(editor: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        command(editor, FILE, 7, has_display=False)
