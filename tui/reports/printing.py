"""Output of commands: results on standard output, messages on standard error, neither mixed with the progress line."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, nullcontext, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

import click

from tui.core.notes.model import STANDARD_INPUT
from tui.core.notes.sanitise import clean, in_one_row
from tui.errors import EarmarkError
from tui.reports.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PROGRESS = "tui.reports.progress"


def print_lines(lines: Iterable[str]) -> None:
    """Print lines; raises EarmarkError if standard output cannot be written."""
    _print(f"{clean(line)}\n" for line in lines)


def _print(pieces: Iterable[str]) -> None:
    if sys.stdout is None:
        raise EarmarkError("standard output", "it is closed", "leave it open, or send it to /dev/null")
    if (progress := _progress()) and not _is_file(sys.stdout):
        progress.stop()
    with _writing():
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()


def print_json(text: str) -> None:
    """Print JSON."""
    print_text(f"{text}\n")


def print_text(text: str) -> None:
    """Print a document as it is, which must not contain control sequences; raises EarmarkError if that is
    impossible.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # RFC 8259, section 8.1: JSON is UTF-8, whatever the locale; what is exported to a file is UTF-8 too.
        sys.stdout.reconfigure(encoding="utf-8")
    _print(iter([text]))


def say(message: str) -> None:
    """Print a message on standard error, on one line."""
    # If standard error is closed, `print` would write to standard output; a terminal that is gone takes nothing.
    with suppress(OSError), progress.hidden() if (progress := _progress()) else nullcontext():
        click.echo(f"earmark: {in_one_row(' '.join(message.split()))}", err=True)


def progress_callback(ctx: click.Context, path: str | None) -> Callable[[str], None]:
    """A callback that reports the progress of a command, shown until the command ends or prints."""
    progress = _progress() or Progress()
    # Someone who types the notes knows how far they are.
    is_typed = path == STANDARD_INPUT and sys.stdin and sys.stdin.isatty()
    if _PROGRESS not in ctx.meta and not is_typed:
        ctx.meta[_PROGRESS] = ctx.find_root().with_resource(progress)

    def tell(done: str) -> None:
        progress.done = done

    return tell


@contextmanager
def _writing() -> Iterator[None]:
    """Report an unwritable standard output as EarmarkError; a closed pipe is not an error."""
    try:
        yield
    except OSError as error:
        # Discard the buffer: writing it when the interpreter exits would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(0) from None
        raise EarmarkError("standard output", (error.strerror or "cannot be written").lower()) from None


def _is_file(stream: TextIO) -> bool:
    """True for a file, which nobody watches as they do a terminal or a pager."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return False


def _progress() -> Progress | None:
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(_PROGRESS) if ctx else None
