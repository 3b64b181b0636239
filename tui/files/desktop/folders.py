"""The platform's folders for earmark. Linux does without platformdirs, whose import takes 5 ms."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def config_folder() -> Path:
    """The folder for the reader's configuration."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path")


def state_folder() -> Path:
    """The folder for remembered state; relative if there is no home directory for it."""
    return _folder("XDG_STATE_HOME", ".local/state", "user_state_path")


def _folder(variable: str, usual: str, asked: str) -> Path:
    base, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if sys.platform == "linux" and home.startswith("/"):
        return Path(base if base.startswith("/") else os.path.join(home, usual), "earmark")
    import platformdirs

    try:
        folder: Path = getattr(platformdirs, asked)("earmark")
    except RuntimeError:  # since 4.14 it raises an error where it used to leave the ``~``
        return Path(usual, "earmark")
    return folder
