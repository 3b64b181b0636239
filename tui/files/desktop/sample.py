"""The sample notes that the first run opens."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from platformdirs import user_data_path

PACKAGE = Path(__file__).parents[2]


def sample_path() -> str:
    """The path of the sample notes.

    They are opened as a copy in the platform's data folder, since readers cannot write next to installed files. The
    copy is made once and belongs to the reader; if it cannot be made, the installed notes are opened.
    """
    installed = PACKAGE / "sample"
    if not installed.is_dir():
        return os.fspath(PACKAGE.parent / "notes")
    own = user_data_path("earmark") / "sample"
    if not own.is_dir():
        making = own.with_name(f"sample.{os.getpid()}.tmp")
        try:
            shutil.copytree(installed, making)
            making.rename(own)
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
    return os.fspath(own if own.is_dir() else installed)
