"""The platform's folders, compared with platformdirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import pytest

from tui.files.desktop.folders import config_folder, state_folder

if TYPE_CHECKING:
    from pathlib import Path

HOMES = ("/home/ada", "/home/ada/", "/", "relative", "")


@pytest.mark.parametrize("home", [*HOMES, None])
@pytest.mark.parametrize("given", ["/srv/own", "/srv/own/", "own", "~/own", " ", "", None])
def test_the_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, home: str | None, given: str | None
) -> None:
    for name, value in (("HOME", home), ("XDG_CONFIG_HOME", given), ("XDG_STATE_HOME", given)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert config_folder() == platformdirs.user_config_path("earmark")
    assert state_folder() == platformdirs.user_state_path("earmark")


def test_a_home_that_nobody_knows_gives_a_relative_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> Path:
        raise RuntimeError("could not determine the home directory")

    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platformdirs, "user_state_path", refuse)
    assert not state_folder().is_absolute()
