"""The formats of notes, and their registry."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.core.notes.format import ENDINGS, format_named, format_of, recognised
from tui.core.notes.reading import read_note


@pytest.mark.parametrize(("path", "text"), [("a.md", "# A\n\n- a\n"), ("a.txt", "Ada on Cogs\n\n• a\n")])
def test_an_episode_knows_the_format_it_was_read_in(path: str, text: str) -> None:
    assert format_of(read_note(path, text).episodes[0].body) is recognised(path, text)


@pytest.mark.parametrize("name", ["markdown", "pasted"])
def test_every_format_is_called_as_its_row_is(name: str) -> None:
    form = format_named(name)
    assert form is not None
    assert form.name == name


def test_a_format_that_is_not_in_the_registry_is_none() -> None:
    assert format_named("runes") is None


def test_the_registry_imports_no_format_before_it_is_asked() -> None:
    code = "import sys, tui.core.notes.format; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"tui.core.notes.markdown", "tui.core.notes.pasted"} & set(ran.stdout.split())


def test_files_of_every_format_are_notes() -> None:
    assert {".md", ".markdown", ".txt"} <= set(ENDINGS)
