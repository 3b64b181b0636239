"""Ids that sort by time."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.ids import CHANCE_BITS, ulid, ulid_of, uuid_of

TIMES = st.integers(0, 2**48 - 1)
CHANCES = st.integers(0, 2**CHANCE_BITS - 1)


def test_ulid_is_written_as_the_specification_writes_it() -> None:
    assert ulid(1469918176385, 0) == "01ARYZ6S410000000000000000"
    assert ulid(2**48 - 1, 2**CHANCE_BITS - 1) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"


@given(TIMES, CHANCES, TIMES, CHANCES)
def test_ulids_sort_by_time_and_differ_where_chance_does(first: int, one: int, second: int, other: int) -> None:
    assert (ulid(first, one) < ulid(second, other)) == ((first, one) < (second, other))
    assert (ulid(first, one) == ulid(second, other)) == ((first, one) == (second, other))


@given(TIMES, CHANCES)
def test_uuid_of_a_ulid_has_its_bits_and_leads_back(milliseconds: int, chance: int) -> None:
    made = ulid(milliseconds, chance)
    uuid = uuid_of(made)
    assert uuid is not None
    assert UUID(uuid).int == milliseconds << CHANCE_BITS | chance
    assert ulid_of(uuid) == ulid_of(uuid.upper()) == made


@pytest.mark.parametrize("text", ["", "1", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARYZ6S4100000000000000il", "x" * 26])
def test_other_ids_have_no_uuid(text: str) -> None:
    assert uuid_of(text) is None
    assert ulid_of(text) is None
