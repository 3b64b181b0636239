"""From a path on the command line to what is read: the configuration, the notes, the reader on the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.core.model import Library
    from tui.files.config import Config


def read_on_terminal(path: str | None = None, config_file: str | None = None) -> int:
    """Open the reader on notes; the exit code. Raises what `configuration` and the library raise."""
    config = configuration(config_file)
    from tui.app import run

    return run(path, config)


def configuration(config_file: str | None = None) -> Config:
    """The configuration in force; raises ConfigError."""
    from tui.files.config import load

    return load(Path(config_file) if config_file else None, os.environ, Path.cwd())


def notes(path: str | None, config: Config) -> Library:
    """The notes of a path; without one those the configuration names, else the sample. Raises NotesError."""
    from tui.files.library import open_library, sample_path

    return open_library(path or config.notes or sample_path(), config.options)
