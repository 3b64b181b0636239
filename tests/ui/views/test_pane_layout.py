"""The layout of the panes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.views.pane_layout import LOW, NARROWEST, SLIM, TEXT_LEAST, WIDE, pane_layout

SIZES = st.integers(1, 400)
WIDTHS = st.tuples(SIZES | st.just(0), SIZES | st.just(0))


@given(st.integers(NARROWEST + TEXT_LEAST, 400), SIZES, WIDTHS)
def test_the_bullets_keep_their_least_room_whatever_the_reader_gave_the_lists(
    columns: int, rows: int, chosen: tuple[int, int]
) -> None:
    here = pane_layout(columns, rows, chosen)
    assert here.bullets >= TEXT_LEAST
    assert here.has_episodes is (columns >= SLIM)
    assert here.has_side is (columns >= WIDE)
    assert here.status == (1 if rows < LOW else 2)


def test_lists_are_as_wide_as_the_reader_made_them() -> None:
    assert pane_layout(120, 40, (20, 40))[2:4] == (20, 40)
    assert pane_layout(120, 40, (0, 40))[2:4] == (30, 40)
    assert pane_layout(90, 40, (20, 40))[2:4] == (20, 20)
    assert pane_layout(50, 40, (20, 40))[2:4] == (50, 50)
