"""Finding the inline runs that touch a part of a block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.layout import runs
from tui.core.layout.runs import Runs
from tui.core.notes.model import Inline, Style

INLINES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda pair: Inline(pair[0], sum(pair), Style.CODE)),
    max_size=80,
).map(lambda found: sorted(found, key=lambda run: (run.start, -run.end)))


@given(INLINES, st.integers(0, 600), st.integers(0, 90), st.integers(1, 9))
def test_runs_within_a_range_are_those_that_touch_it(inlines: list[Inline], start: int, size: int, piece: int) -> None:
    end = start + size
    usual, runs._PIECE = runs._PIECE, piece
    try:
        found = list(Runs(inlines).within(start, end))
    finally:
        runs._PIECE = usual
    assert found == [run for run in inlines if run.start < end and run.end > start]
