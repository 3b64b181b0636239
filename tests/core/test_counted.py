"""Counts in words."""

from __future__ import annotations

import pytest

from tui.core.counted import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes"), (12_345, "12,345 notes")])
def test_a_number_has_its_noun_in_the_plural_unless_it_is_one(number: int, said: str) -> None:
    assert counted(number, "note") == said
