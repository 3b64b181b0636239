"""Inputs found by the fuzzer, and its initial ones, break nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.fuzz import FINDS, shortened, sow
from tests.faults.targets import TARGETS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", sorted(FINDS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_find_of_the_fuzzer_holds(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_that_the_fuzzer_begins_with_hold(name: str, tmp_path: Path) -> None:
    sow(name, tmp_path)
    paths = list(tmp_path.iterdir())
    assert paths
    for path in paths:
        TARGETS[name](path.read_bytes())


def test_input_is_shortened_to_what_breaks() -> None:
    assert shortened(b"some words (and a bracket) more", lambda data: b"(" in data and b")" in data) == b"()"
