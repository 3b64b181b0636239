"""Episodes as one flow of rows."""

from __future__ import annotations

from itertools import cycle, islice, pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.layout.flow import CHUNK, Flow
from tui.core.layout.rows import gap
from tui.core.notes.model import TITLE, Block, Body, Episode, Kind, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse(source: str) -> tuple[Block, ...]:
    return tuple(
        Block(Kind.PARAGRAPH if line.startswith("p") else Kind.BULLET, line, number, number, depth=1, indent=1)
        for number, line in enumerate(source.split("\n"))
        if line
    )


def episodes(sources: Sequence[str]) -> list[Episode]:
    return [Episode(f"episode {number}", 1, Body(source, parse)) for number, source in enumerate(sources)]


SOURCES = st.lists(st.lists(st.text("ab p", max_size=60), max_size=6).map("\n".join), min_size=1, max_size=6)

LONG = st.lists(
    st.builds(
        lambda lines, count: "\n".join(islice(cycle(lines), count)),
        st.lists(st.text("ab p", min_size=1, max_size=60), min_size=1, max_size=6),
        st.integers(1, 5 * CHUNK // 2),
    ),
    min_size=1,
    max_size=2,
)
"Episodes of several chunks among others."


def any_position(data: st.DataObject, flow: Flow) -> Position:
    section = data.draw(st.integers(0, len(flow.episodes) - 1))
    return Position(section, data.draw(st.integers(0, len(flow.episodes[section].blocks) - 1)))


@given(SOURCES, st.integers(10, 60))
def test_every_row_of_a_measured_flow_belongs_to_the_block_it_is_drawn_for(sources: list[str], width: int) -> None:
    flow = Flow(episodes(sources), width)
    for index in range(len(sources)):
        flow.section(index)
    for index in range(len(sources)):
        for block in range(len(flow.section(index).blocks)):
            position = Position(index, block)
            for row in range(flow.size(position)):
                assert flow.position_at(flow.top(position) + row) == position


@given(SOURCES, st.integers(10, 60))
def test_blocks_do_not_overlap_and_end_where_the_flow_ends(sources: list[str], width: int) -> None:
    flow = Flow(episodes(sources), width)
    end = 0
    for index in range(len(sources)):
        section = flow.section(index)
        assert flow.top(Position(index, TITLE)) >= end
        for block in range(len(section.blocks)):
            top = flow.top(Position(index, block))
            assert top >= end
            end = top + flow.size(Position(index, block))
    assert flow.height >= end


@given(SOURCES, st.data())
def test_steps_forward_and_back_visit_every_block_once(sources: list[str], data: st.DataObject) -> None:
    flow = Flow(episodes(sources), 40)
    positions = [
        Position(index, block)
        for index in range(len(sources))
        for block in (range(len(flow.section(index).blocks)) if flow.section(index).blocks else [TITLE])
    ]
    at = data.draw(st.integers(0, len(positions) - 1))
    by = data.draw(st.integers(-30, 30))
    assert flow.step(positions[at], by) == positions[min(max(at + by, 0), len(positions) - 1)]


@given(SOURCES, st.integers(10, 60))
def test_rows_moved_by_exact_heights_are_reported(sources: list[str], width: int) -> None:
    moves: list[tuple[int, int]] = []
    flow = Flow(episodes(sources), width, moved=lambda row, by: moves.append((row, by)))
    before = flow.height
    for index in range(len(sources)):
        flow.section(index)
    assert flow.height == before + sum(by for _, by in moves)


@settings(deadline=None, max_examples=40)
@given(LONG, st.integers(10, 60), st.data())
def test_long_episode_is_laid_out_where_it_is_looked_at(sources: list[str], width: int, data: st.DataObject) -> None:
    flow = Flow(episodes(sources), width)
    position = any_position(data, flow)
    for row in range(flow.size(position)):
        assert flow.position_at(flow.top(position) + row) == position


@settings(deadline=None, max_examples=40)
@given(LONG, st.integers(10, 60), st.data())
def test_block_moves_by_what_is_told_when_others_are_laid_out(
    sources: list[str], width: int, data: st.DataObject
) -> None:
    moves: list[tuple[int, int]] = []
    flow = Flow(episodes(sources), width, moved=lambda row, by: moves.append((row, by)))
    here = any_position(data, flow)
    top, before = flow.top(here), flow.height
    moves.clear()
    flow.top(any_position(data, flow))
    for row, by in moves:
        top += by if row <= top else 0
    assert flow.top(here) == top
    assert flow.height == before + sum(by for _, by in moves)


@settings(deadline=None, max_examples=40)
@given(LONG, st.integers(10, 60))
def test_blank_rows_are_the_same_between_stretches_as_inside_one(sources: list[str], width: int) -> None:
    flow = Flow(episodes(sources), width)
    while flow.measure(0, flow.height):
        pass
    for index, episode in enumerate(flow.episodes):
        end = flow.top(Position(index, 0))
        for block, (above, below) in enumerate(pairwise((None, *episode.blocks))):
            assert below is not None
            assert flow.top(Position(index, block)) == end + gap(above, below)
            end = flow.top(Position(index, block)) + flow.size(Position(index, block))


def test_sections_of_unchanged_episodes_are_taken_over() -> None:
    old = episodes(["a\nb", "c", "d"])
    flow = Flow(old, 40)
    kept = [flow.section(index) for index in range(3)]
    new = [old[0], Episode("new", 9, Body("x", parse)), *old[1:]]
    after = Flow(new, 40, flow)
    assert [after.section(index) for index in (0, 2, 3)] == kept
    assert after.section(1).blocks[0].text == "x"


@settings(deadline=None, max_examples=60)
@given(LONG, st.integers(10, 60), st.data())
def test_an_edited_long_episode_is_laid_out_as_one_that_was_never_there_before(
    sources: list[str], width: int, data: st.DataObject
) -> None:
    old = episodes(sources)
    flow = Flow(old, width)
    for _ in range(data.draw(st.integers(1, 3))):
        flow.top(any_position(data, flow))
    index = data.draw(st.integers(0, len(old) - 1))
    blocks = old[index].body.whole()
    first = data.draw(st.integers(0, len(blocks)))
    end = data.draw(st.integers(first, min(len(blocks), first + 5)))
    put_in = parse("\n".join(data.draw(st.lists(st.text("ab p", min_size=1, max_size=60), max_size=3))))
    body = Body("edited", parse)
    body.take((*blocks[:first], *put_in, *blocks[end:]) or blocks)
    new = [*old[:index], Episode("edited", 1, body), *old[index + 1 :]]
    after, fresh = Flow(new, width, flow), Flow(new, width)
    position = any_position(data, fresh)
    after.top(position)
    for each in (after, fresh):
        while each.measure(0, each.height):
            pass
    assert after.height == fresh.height
    assert [after.top(Position(index, block)) for block in range(len(body.blocks))] == [
        fresh.top(Position(index, block)) for block in range(len(body.blocks))
    ]


def test_layout_above_an_edit_of_a_long_episode_is_reused() -> None:
    old = episodes(["\n".join(f"bullet {number}" for number in range(3 * CHUNK))])
    flow = Flow(old, 40)
    flow.top(Position(0, 10))
    blocks = old[0].body.whole()
    body = Body("edited", parse)
    body.take((*blocks[: 2 * CHUNK], *parse("put in"), *blocks[2 * CHUNK :]))
    after = Flow([Episode("edited", 1, body)], 40, flow)
    assert after.section(0).is_measured(0)
    assert not after.section(0).is_measured(2)
