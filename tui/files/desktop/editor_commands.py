"""Command lines of editors, in which the file name cannot be taken for anything but a file.

The path is absolute and so begins with a slash: it cannot be an option (``-S``), a command (vim's ``+!sh``), a program
to read from (joe's ``!``) or an address. Editors that know ``--`` get that as well.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE, LINE = "{file}", "{line}"
"Placeholders for the file and the line in the reader's own command."


class Command(NamedTuple):
    """An editor's command line."""

    words: tuple[str, ...]
    "The program and its arguments, which no shell interprets."
    is_windowed: bool
    "True if it opens its own window and leaves the terminal to the reader."


_Words = tuple[str, ...]
_PLUS: _Words = (f"+{LINE}", FILE)
_PLUS_DASHES: _Words = (f"+{LINE}", "--", FILE)
"vim and emacs take everything after the dashes for files, including a line number."
_DASHES_PLUS: _Words = ("--", f"+{LINE}", FILE)
"""These editors accept a line number among the files. In some of them the first argument that is not an option ends the
options, and dashes after it would be another file."""
_COLON: _Words = (f"{FILE}:{LINE}",)
"Some versions of helix ignore arguments after ``--``."
_GOTO: _Words = ("--goto", f"{FILE}:{LINE}")
_OPTION: _Words = ("--line", LINE, FILE)

_TERMINAL: dict[str, _Words] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "vimx", "emacs"), _PLUS_DASHES),
    **dict.fromkeys(("nano", "rnano", "micro", "emacsclient", "kak"), _DASHES_PLUS),
    **dict.fromkeys(("elvis", "nvi", "pico", "mg", "jmacs", "joe", "jed", "ne"), _PLUS),
    **dict.fromkeys(("mcedit", "tilde", "vis", "dte", "sensible-editor", "editor"), _PLUS),
    **dict.fromkeys(("hx", "helix"), _COLON),
}
_WINDOWED: dict[str, _Words] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"), _GOTO),
    **dict.fromkeys(("subl", "sublime_text", "zed", "zeditor", "lapce", "textadept"), _COLON),
    **dict.fromkeys(("gvim", "mvim"), _PLUS_DASHES),
    **dict.fromkeys(("gedit", "gnome-text-editor", "geany", "pluma", "xed", "mousepad", "bbedit"), _PLUS),
    **dict.fromkeys(("kate", "kwrite", "mate", "idea", "pycharm"), _OPTION),
}
_KEEPS_TO_TERMINAL = frozenset({"-nw", "--no-window-system", "-t", "--tty", "-tty"})
"Options that keep emacs in the terminal."


def command(editor: str, file: str, line: int, *, has_display: bool, in_window: bool | None = None) -> Command:
    """The command line that opens a file at a line in an editor.

    Args:
        editor: The value of ``$EDITOR``, to be split as in a shell; ``{file}`` and ``{line}`` in it are filled in, or
            else arguments in this editor's syntax are appended.
        file: The absolute path of the file.
        line: The line to open at, 1-based.
        has_display: True if there is a display for windows: emacs opens one if it can.
        in_window: True if the editor opens its own window; None to decide by its name.

    Raises ValueError if ``editor`` is empty or cannot be split; also if a program would read the file's name as code,
    as in ``sh -c 'vim {file}'``, and it contains characters that are special there.
    """
    try:
        words = shlex.split(editor)
    except ValueError:
        raise ValueError(f"{editor}: a quotation mark or a backslash has no other half; correct it") from None
    if not words:
        raise ValueError("no command")
    name = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe")
    is_windowed = name in _WINDOWED
    if name in ("emacs", "emacsclient") and has_display and not _KEEPS_TO_TERMINAL & set(words):
        is_windowed = name == "emacs" or bool({"-c", "--create-frame", "-n", "--no-wait"} & set(words))
    if not any(FILE in word for word in words):
        words += (_TERMINAL | _WINDOWED).get(name, (FILE,))
    if not _PLAIN.fullmatch(file) and (code := _code_in(words)):
        raise ValueError(
            f"the name of the file has characters that mean something in `{code}`, where it would be read as code; "
            "give {file} as an argument of its own: sh -c 'vim \"$1\"' sh {file}"
        )
    filled = tuple(word.replace(LINE, str(line)).replace(FILE, file) for word in words)
    return Command(filled, is_windowed if in_window is None else in_window)


_PLAIN = re.compile(r"[\w/.,@+:=-]+")
"A path without special characters in any language."
_ARGUMENT = re.compile(r"(?:--?[A-Za-z][A-Za-z0-9-]*=|\+?\{line\}[:,]?)?\{file\}(?:[:,]\+?\{line\}(?:[:,]\d+)?)?")
"An argument that is a file, or a file and a line, rather than code."
_RUNS_WORDS = frozenset({"eval", "hyprctl", "i3-msg", "mosh", "parallel", "ssh", "su", "swaymsg", "watch", "xargs"})
"Programs that join their arguments and pass them to a shell."
_SHELLS = frozenset({"sh", "ash", "bash", "csh", "dash", "fish", "ksh", "mksh", "nu", "pwsh", "tcsh", "xonsh", "zsh"})
_SHELL_CODE = re.compile(r"-[A-Za-z]*c")
_CODE = re.compile(
    r"(?:-e|-E|--?(?:eval|execute|exec|expr|command|cmd|code|print|run|remote-send|remote-expr))(?:=.*)?", re.DOTALL
)
"Options whose value is code in some language."


def _code_in(words: Sequence[str]) -> str:
    """The first argument with the file in it that a program would read as code; empty if there is none."""
    names = [word.rpartition("/")[2] for word in words]
    for number, word in enumerate(words):
        if FILE not in word:
            continue
        before = words[number - 1] if number else ""
        is_of_shell = _SHELL_CODE.fullmatch(before) and _SHELLS & set(names[: number - 1])
        is_of_option = _CODE.fullmatch(before) or _CODE.fullmatch(word)
        if not _ARGUMENT.fullmatch(word) or is_of_shell or is_of_option or _RUNS_WORDS & set(names[:number]):
            return word
    return ""
