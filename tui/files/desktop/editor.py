"""Running the reader's editor, in this terminal or in a window of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.errors import EditorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USUAL = ("sensible-editor", "editor", "nano", "vim", "vi")
"Editors to try when the reader has chosen none."


def chosen(configured: str | None) -> str:
    """The editor to run: from the configuration, else ``$VISUAL``, else ``$EDITOR``, else an installed one."""
    for named in (configured, os.environ.get("VISUAL"), os.environ.get("EDITOR")):
        if named and named.strip():
            return named
    for name in USUAL:
        if shutil.which(name):
            return name
    raise EditorError("no editor", "none is installed that is known here", "set EDITOR, or `editor` in the config")


def absolute(path: str) -> str:
    """Make a path absolute; raises EditorError for a relative path if the current folder is gone.

    ``..`` is kept: after a symbolic link it is not the parent by name.
    """
    try:
        return os.path.join(os.getcwd(), path)
    except OSError as error:
        raise EditorError(
            path, f"the current folder is gone ({error.strerror})", "open the notes by their whole path"
        ) from None


def has_display() -> bool:
    """True if there is a display to open windows on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_here(words: Sequence[str]) -> None:
    """Run an editor in this terminal until it ends. Raises EditorError."""
    with _keys_for_the_editor():
        try:
            code = subprocess.run(words, check=False).returncode
        except OSError as error:
            raise _not_run(words[0], error) from None
    if code:
        raise EditorError(words[0], f"it ended with code {code}")


def open_beside(words: Sequence[str]) -> None:
    """Start an editor that has its own window, and leave it running. Raises EditorError."""
    quiet = subprocess.DEVNULL
    try:
        # A new session, so that it outlives the reader and ignores ctrl+c in the terminal.
        subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise _not_run(words[0], error) from None


def _not_run(name: str, error: OSError) -> EditorError:
    return EditorError(name, (error.strerror or str(error)).lower(), "set EDITOR, or `editor` in the config")


@contextmanager
def _keys_for_the_editor() -> Iterator[None]:
    """Leave ctrl+c and ctrl+backslash to the editor, like `system(3)`; handlers are not inherited."""
    former = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
