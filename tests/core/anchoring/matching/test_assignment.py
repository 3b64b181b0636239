from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring.matching.assignment import assign

GAINS = st.lists(
    st.dictionaries(st.integers(0, 4), st.sampled_from([0.1, 0.25, 0.5, 0.9]) | st.floats(0.01, 1), max_size=5),
    max_size=6,
)


def best_sum(gains: list[dict[int, float]]) -> float:
    @cache
    def best(row: int, taken: frozenset[int]) -> float:
        if row == len(gains):
            return 0.0
        without = best(row + 1, taken)
        return max(
            [without]
            + [gain + best(row + 1, taken | {column}) for column, gain in gains[row].items() if column not in taken]
        )

    return best(0, frozenset())


@given(GAINS)
def test_no_other_assignment_gains_more(gains: list[dict[int, float]]) -> None:
    given = assign(gains).given
    assert len(set(given.values())) == len(given)
    assert sum(gains[row][column] for row, column in given.items()) == pytest.approx(best_sum(gains))


def test_a_thousand_rows_that_all_want_the_same_columns_are_served() -> None:
    rng = Random(1)
    gains = [{rng.randrange(1000): rng.random() + 0.01 for _ in range(20)} for _ in range(1000)]
    given = assign(gains).given
    assert len(given) > 980
    assert len(set(given.values())) == len(given)
