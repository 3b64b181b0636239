"""The command line of each editor for a file and a line."""

from __future__ import annotations

import pytest

from tui.files.desktop.editor_commands import command

FILE = "/notes/my talks.md"


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ("vim", "+7", "--", FILE)),
        ("/usr/bin/nvim -u NONE", ("/usr/bin/nvim", "-u", "NONE", "+7", "--", FILE)),
        ("nano", ("nano", "--", "+7", FILE)),
        ("emacs -nw", ("emacs", "-nw", "+7", "--", FILE)),
        ("micro", ("micro", "--", "+7", FILE)),
        ("hx", ("hx", f"{FILE}:7")),
        ("kak", ("kak", "--", "+7", FILE)),
        ("joe", ("joe", "+7", FILE)),
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
        ("gvim", ("gvim", "+7", "--", FILE)),
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


ODD = (
    "/n/$(touch x); {line} '.md",
    "/n/a b.md",
    "/n/a\nb.md",
    '/n/".md',
    "/n/`x`.md",
    "/n/a\\b.md",
    "/n/a%b.md",
    "/n/*.md",
)
OWN_ARGUMENT = (
    ("mine {line} {file}", ("mine", "7", "{}")),
    ("mine -l{line} --file={file}", ("mine", "-l7", "--file={}")),
    ("code -r -g {file}:{line}", ("code", "-r", "-g", "{}:7")),
    ("emacsclient -c {file}", ("emacsclient", "-c", "{}")),
    ("xterm -e vim +{line} {file}", ("xterm", "-e", "vim", "+7", "{}")),
    ('sh -c \'vim +"$2" "$1"\' sh {file} {line}', ("sh", "-c", 'vim +"$2" "$1"', "sh", "{}", "7")),
    ("sh -c 'vim \"$1\"' sh", ("sh", "-c", 'vim "$1"', "sh", "{}")),
)
CODE = (
    "sh -c 'true +{line} {file}'",
    "sh -c 'vim \"{file}\"'",
    "bash -lc \"vim '{file}'\"",
    "sh -c {file}",
    "sh -c",
    "env X=1 /bin/dash -ec vim<{file}",
    "ssh host vim {file}",
    "ssh host vim",
    "tmux new-window 'vim {file}'",
    "vim '+edit {file}'",
    "vim +source{file}",
    "emacs --eval '(find-file \"{file}\")'",
    "emacsclient --eval={file}",
    "emacsclient -e {file}",
    "watch cat {file}",
)


@pytest.mark.parametrize("file", ODD)
@pytest.mark.parametrize(("editor", "words"), OWN_ARGUMENT)
def test_any_name_is_an_argument_of_its_own(editor: str, words: tuple[str, ...], file: str) -> None:
    expected = tuple(word.replace("{}", file) for word in words)
    assert command(editor, file, 7, has_display=False).words == expected
    assert command("vim", file, 7, has_display=False).words == ("vim", "+7", "--", file)


@pytest.mark.parametrize("file", ODD)
@pytest.mark.parametrize("editor", CODE)
def test_a_name_that_would_be_read_as_code_is_refused(editor: str, file: str) -> None:
    with pytest.raises(ValueError, match=r"read as code; give \{file\} as an argument of its own"):
        command(editor, file, 7, has_display=False)


@pytest.mark.parametrize("file", ["/notes/talks-2.md", "/notes/Café/日本.md"])
def test_a_plain_name_may_stand_in_code(file: str) -> None:
    words = command("sh -c 'exec vim +{line} {file}'", file, 7, has_display=False).words
    assert words == ("sh", "-c", f"exec vim +7 {file}")


@pytest.mark.parametrize("editor", ["", "  ", "vim '"])
def test_invalid_commands_are_refused(editor: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        command(editor, FILE, 7, has_display=False)


@pytest.mark.parametrize("editor", ["vi 'm", '"', "vi \\"])
def test_editor_with_half_a_quotation_is_told_by_its_name(editor: str) -> None:
    with pytest.raises(ValueError, match="has no other half; correct it") as raised:
        command(editor, FILE, 7, has_display=False)
    assert str(raised.value).startswith(editor)
