"""The reader stays at a block when more of a note is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import TITLE, Library, Position
from tui.core.notes.reading import read_note
from tui.core.search.bookmark import followed, position_of
from tui.core.state.model import State

LINES = st.lists(st.sampled_from(["# A", "## B", "- c", "- d", "", "%%", "e", "---", "k: v"]), min_size=1, max_size=12)


def state(text: str) -> State:
    return State(Library("a.md", (read_note("a.md", text),)))


def positions(of: State) -> list[Position]:
    """Every position that the cursor may have."""
    return [
        Position(section, block)
        for section, episode in enumerate(of.episodes)
        for block in range(len(episode.blocks)) or (TITLE,)
    ]


@given(LINES, LINES)
def test_wherever_the_reader_was_there_is_a_place_when_more_is_read(first: list[str], more: list[str]) -> None:
    before, after = state("\n".join(first)), state("\n".join([*first, *more]))
    there = positions(after)
    assert all(followed(before, after, position) in there for position in positions(before))


@given(LINES)
def test_the_reader_stays_where_nothing_else_was_read(lines: list[str]) -> None:
    before, after = state("\n".join(lines)), state("\n".join(lines))
    assert all(followed(before, after, position) == position for position in positions(before))


def test_a_block_is_followed_into_other_episodes() -> None:
    above = "# Part\n\n## One\n\n- a\n\n## Two\n\n- b\n- c\n"
    before, after = state(above), state(f"{above}\n# Next\n\n- d\n")
    position = next(
        position for position in positions(before) if (block := before.block(position)) and block.text == "c"
    )
    there = after.block(followed(before, after, position))
    assert [each.title for each in after.episodes] == ["Part", "Next"] != [each.title for each in before.episodes]
    assert there is not None
    assert there.text == "c"


def test_a_bookmark_in_text_that_a_comment_hides_goes_to_the_remaining_text() -> None:
    above = "- a\n\n%%\n\n- b\n- c\n"
    before, after = state(above), state(f"{above}\n%%\n\n- d\n")
    there = after.block(followed(before, after, positions(before)[-1]))
    assert there is not None
    assert there.text == "d"


def test_the_bookmark_returns_to_the_note_with_the_block_among_notes_of_one_title() -> None:
    notes = tuple(read_note(f"{day}.md", f"# Walk\n\n- day {day}\n- home by **bus {day}**\n") for day in range(9))
    library = State(Library("notes", notes, is_folder=True))
    assert position_of(library, "Walk", "day 7", 3) == Position(7, 0)
    assert position_of(library, "Walk", "home by bus 4", 4) == Position(4, 1)
    assert position_of(library, "Walk", "gone", 4) == Position(0, 1)
