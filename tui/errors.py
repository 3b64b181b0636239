"""Errors as one tree; each names the file, the place in it and the remedy.

EarmarkError
├── NotesError            the notes cannot be read (exit 3)
├── SidecarError          a highlights file cannot be read or written (exit 3)
│   ├── ConflictError     both sides of an unresolved merge are in it (exit 3)
│   └── DamagedError      what it says cannot be made out, or not all of it is there (exit 3)
├── ConfigError           the configuration is wrong (exit 2)
├── TerminalError         the terminal has no screen to read on (exit 2)
├── TemplateError         a template for an export is at fault (exit 2)
├── UsageError            a word is neither a path nor a command (exit 2)
├── SourceError           a file to import cannot be read, or is in another format (exit 3)
├── OutputError           an export or an import cannot be written, or not there (exit 3)
├── EditorError           the reader's editor cannot be run
├── QuoteError            words to mark are not in the notes, or more than once (exit 1)
└── CrashError            the program itself is at fault (exit 70)
"""

from __future__ import annotations

from pathlib import PurePath

INTERRUPTED = 130
"The exit code that shells give a command ended by ctrl+c."


class EarmarkError(Exception):
    """An error that a reader can act on: where it is, the problem, and the remedy."""

    exit_code = 1

    def __init__(self, path: str, problem: str, remedy: str = "", *, line: int | None = None) -> None:
        super().__init__(path, problem, remedy, line)
        self.path = path
        "The file or folder at fault, as the reader named it."
        self.problem = problem
        "The problem, without a final full stop."
        self.remedy = remedy
        "The remedy, without a final full stop; empty if there is none."
        self.line = line
        "The 1-based line at fault, if there is one."

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")

    def in_short(self) -> str:
        """The error with only the file's name: a full path would fill the status line."""
        name = PurePath(self.path).name
        return str(EarmarkError(name, self.problem, self.remedy.replace(self.path, name), line=self.line))


class NotesError(EarmarkError):
    """The notes are missing, are not notes, or cannot be read."""

    exit_code = 3


class SidecarError(EarmarkError):
    """A highlights file does not parse, is of a newer version, or cannot be written."""

    exit_code = 3


class ConflictError(SidecarError):
    """A highlights file has both sides of an unresolved merge, with the conflict markers of git."""


class DamagedError(SidecarError):
    """A highlights file does not parse, has impossible values or was truncated; a backup may be restored."""


class ConfigError(EarmarkError):
    """The configuration has an unknown key or a value of the wrong type, or is not TOML."""

    exit_code = 2


class TerminalError(EarmarkError):
    """The terminal cannot place text on a screen."""

    exit_code = 2


class TemplateError(EarmarkError):
    """A template for an export is invalid or missing."""

    exit_code = 2


class SourceError(EarmarkError):
    """A file to import is missing, too large, or in another format."""

    exit_code = 3


class OutputError(EarmarkError):
    """The file for an export or import cannot be written or must not be replaced."""

    exit_code = 3


class UsageError(EarmarkError):
    """An argument on the command line is neither a path nor a command."""

    exit_code = 2


class EditorError(EarmarkError):
    """An editor cannot be run, or ended with an error."""


class QuoteError(EarmarkError):
    """Words to highlight do not occur in the notes, or more than once."""


class CrashError(EarmarkError):
    """An internal error; the path is that of the report."""

    exit_code = 70  # EX_SOFTWARE of sysexits.h
