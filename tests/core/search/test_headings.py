"""The headings around a block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import TITLE, Block, Body, Episode, Kind, Position
from tui.core.notes.summary import Summary, summary
from tui.core.search.headings import heading_from

KINDS = st.lists(st.sampled_from([Kind.BULLET, Kind.HEADING]), max_size=5)


def episode(kinds: list[Kind]) -> Episode:
    blocks = tuple(Block(kind, "x", line, line) for line, kind in enumerate(kinds))
    return Episode("Ada", 1, Body("", lambda _: blocks))


def never() -> bool:
    return False


def unknown(_: Episode) -> Summary | None:
    return None


@given(st.lists(KINDS, min_size=1, max_size=5), st.data(), st.integers(1, 4), st.booleans(), st.booleans())
def test_heading_is_the_one_that_counting_them_all_gives(
    kinds: list[list[Kind]], data: st.DataObject, times: int, is_back: bool, is_counted: bool
) -> None:
    episodes = [episode(each) for each in kinds]
    section = data.draw(st.integers(0, len(kinds) - 1))
    here = Position(section, data.draw(st.integers(TITLE, len(kinds[section]) - 1)))
    every = [Position(s, b) for s, each in enumerate(kinds) for b, kind in enumerate(each) if kind is Kind.HEADING]
    ahead = (
        [position for position in reversed(every) if position < here]
        if is_back
        else [position for position in every if position > here]
    )
    known = summary if is_counted else unknown
    found = heading_from(episodes, known, here, -times if is_back else times, never)
    assert found == (ahead[min(times, len(ahead)) - 1] if ahead else None)


@pytest.mark.parametrize("by", [1, -1])
def test_no_other_episode_is_parsed_once_time_is_over_and_nothing_is_kept_of_any(by: int) -> None:
    parsed = []

    def parse(source: str) -> tuple[Block, ...]:
        parsed.append(source)
        return ()

    episodes = [Episode("Ada", 1, Body(name, parse)) for name in "abc"]
    assert heading_from(episodes, unknown, Position(1, TITLE), by, lambda: True) is None
    assert parsed == ["b"]
    assert heading_from(episodes, unknown, Position(1, TITLE), by, never) is None
    assert parsed == ["b", "b", "c" if by > 0 else "a"]
    assert not any(each.body.is_parsed for each in episodes)
