"""Ids that sort by time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.ids import CHANCE_BITS, ulid

TIMES = st.integers(0, 2**48 - 1)
CHANCES = st.integers(0, 2**CHANCE_BITS - 1)


def test_ulid_is_written_as_the_specification_writes_it() -> None:
    assert ulid(1469918176385, 0) == "01ARYZ6S410000000000000000"
    assert ulid(2**48 - 1, 2**CHANCE_BITS - 1) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"


@given(TIMES, CHANCES, TIMES, CHANCES)
def test_ulids_sort_by_time_and_differ_where_chance_does(first: int, one: int, second: int, other: int) -> None:
    assert (ulid(first, one) < ulid(second, other)) == ((first, one) < (second, other))
    assert (ulid(first, one) == ulid(second, other)) == ((first, one) == (second, other))
