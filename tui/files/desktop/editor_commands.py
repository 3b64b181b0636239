"""How each editor is told the file and the line to open."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

FILE, LINE = "{file}", "{line}"
"What stands for the file and the line in a command of the reader's own."


class Command(NamedTuple):
    """An editor's command line."""

    words: tuple[str, ...]
    "The program and its arguments; no shell reads them."
    is_windowed: bool
    "Whether it opens a window of its own, so that the terminal stays the reader's."


def _plus(file: str, line: int) -> tuple[str, ...]:
    return f"+{line}", file


def _colon(file: str, line: int) -> tuple[str, ...]:
    return (f"{file}:{line}",)


def _goto(file: str, line: int) -> tuple[str, ...]:
    return "--goto", f"{file}:{line}"


def _option(file: str, line: int) -> tuple[str, ...]:
    return "--line", str(line), file


def _alone(file: str, _: int) -> tuple[str, ...]:
    return (file,)


_TERMINAL: dict[str, Callable[[str, int], tuple[str, ...]]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "vimx", "elvis", "nvi"), _plus),
    **dict.fromkeys(("nano", "pico", "micro", "emacs", "emacsclient", "mg", "jmacs", "joe", "jed", "ne", "kak"), _plus),
    **dict.fromkeys(("mcedit", "tilde", "vis", "dte", "sensible-editor", "editor"), _plus),
    **dict.fromkeys(("hx", "helix"), _colon),
}
_WINDOWED: dict[str, Callable[[str, int], tuple[str, ...]]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"), _goto),
    **dict.fromkeys(("subl", "sublime_text", "zed", "zeditor", "lapce", "textadept"), _colon),
    **dict.fromkeys(
        ("gvim", "mvim", "gedit", "gnome-text-editor", "geany", "pluma", "xed", "mousepad", "bbedit"), _plus
    ),
    **dict.fromkeys(("kate", "kwrite", "mate", "idea", "pycharm"), _option),
}
_KEEPS_TO_TERMINAL = frozenset({"-nw", "--no-window-system", "-t", "--tty", "-tty"})
"What has emacs stay in the terminal."


def command(editor: str, file: str, line: int, *, has_display: bool, in_window: bool | None = None) -> Command:
    """The command line that opens a file at a line in an editor.

    Args:
        editor: As ``$EDITOR`` has it, split as a shell would; ``{file}`` and ``{line}`` in it are filled in, and
            else the form that this editor knows is put behind it.
        file: The file's path.
        line: The line to open at, 1-based.
        has_display: Whether there is a display for windows: emacs opens one where it can.
        in_window: Whether it opens a window of its own; None to go by the editor's name.

    Raises ValueError where the editor's words cannot be split, or there are none.
    """
    words = shlex.split(editor)
    if not words:
        raise ValueError("no command")
    name = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe")
    is_windowed = name in _WINDOWED
    if name in ("emacs", "emacsclient") and has_display and not _KEEPS_TO_TERMINAL & set(words):
        is_windowed = name == "emacs" or bool({"-c", "--create-frame", "-n", "--no-wait"} & set(words))
    if any(FILE in word for word in words):
        words = [word.replace(LINE, str(line)).replace(FILE, file) for word in words]
    else:
        arguments = (_TERMINAL | _WINDOWED).get(name, _alone)
        words += arguments(file, line)
    return Command(tuple(words), is_windowed if in_window is None else in_window)
