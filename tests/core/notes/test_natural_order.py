"""Natural order of paths."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.natural_order import natural


def test_numbers_count_as_numbers_and_case_does_not_count() -> None:
    paths = ["a/10.md", "a/2.md", "B/1.md", "a/episode 12.md", "a/Episode 9.md", "a.md"]
    assert sorted(paths, key=natural) == [
        "a/2.md",
        "a/10.md",
        "a/Episode 9.md",
        "a/episode 12.md",
        "a.md",
        "B/1.md",
    ]


@given(st.lists(st.text(max_size=20)))
def test_any_paths_have_an_order(paths: list[str]) -> None:
    ordered = sorted(paths, key=natural)
    assert all(natural(path) <= natural(after) for path, after in pairwise(ordered))
