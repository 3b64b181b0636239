from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring.matching.differences import in_common, longest_rising

ITEMS = st.lists(st.integers(0, 8), max_size=30)


@given(ITEMS, ITEMS)
def test_pairs_are_equal_and_rise(old: list[int], new: list[int]) -> None:
    pairs = in_common(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(ITEMS)
def test_equal_sequences_have_all_in_common(items: list[int]) -> None:
    assert in_common(items, items) == [(index, index) for index in range(len(items))]


@given(st.lists(st.integers(), unique=True, max_size=30), st.data())
def test_items_left_after_deletions_are_found(items: list[int], data: st.DataObject) -> None:
    kept = [item for item in items if data.draw(st.booleans())]
    assert [items[one] for one, _ in in_common(items, kept)] == kept


@given(st.lists(st.integers(0, 50), max_size=9, unique=True))
def test_the_rising_selection_is_the_longest(partners: list[int]) -> None:
    pairs = list(enumerate(partners))
    rising = longest_rising(pairs)
    subsets = ([pairs[i] for i in range(len(pairs)) if bits >> i & 1] for bits in range(1 << len(pairs)))
    rise = (each for each in subsets if all(a[1] < b[1] for a, b in pairwise(each)))
    assert len(rising) == max(map(len, rise))
    assert rising == sorted(rising)


def test_a_long_run_of_equal_items_is_paired_in_order() -> None:
    old, new = ["x"] * 30_000 + ["a"], ["b"] + ["x"] * 30_001
    pairs = in_common(old, new)
    assert len(pairs) == 30_000
    assert all(old[one] == new[other] for one, other in pairs)
