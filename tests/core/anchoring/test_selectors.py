from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring import describe, refreshed
from tui.core.annotations.highlights import CONTEXT, Anchored, MatchKind
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import read_note

SOURCE = """## Birds on Air

- the eagle circles above the harbour

### Night

- owls
- bats are no birds and yet they came

## Fish on Water

- trout
"""
NOTE = read_note("notes.md", SOURCE)


def test_a_phrase_is_described_with_what_stands_around_it() -> None:
    (part,) = describe(NOTE, [Place(Address(0, 0), Span(4, 17))])
    assert (part.exact, part.block, part.start, part.line) == ("eagle circles", NOTE.episodes[0].blocks[0].text, 4, 3)
    assert (part.episode, part.heading) == ("Birds on Air", "")
    assert part.prefix == "the "
    assert part.suffix == " above the harbour\nNight\nowls\nba"
    assert not part.is_whole


def test_the_context_of_a_short_block_runs_over_into_its_neighbours() -> None:
    (part,) = describe(NOTE, [Place(Address(0, 2), Span(0, 4))])
    assert part.prefix == "le circles above the harbour\nNight\n"[-CONTEXT:]
    assert part.suffix == "\nbats are no birds and yet they came"[:CONTEXT]
    assert part.heading == "Night"
    assert part.is_whole


def test_the_context_ends_with_the_episode() -> None:
    (part,) = describe(NOTE, [Place(Address(1, 0), Span(0, 5))])
    assert (part.prefix, part.suffix) == ("", "")


def test_a_highlight_over_two_blocks_has_two_parts() -> None:
    parts = describe(NOTE, [Place(Address(0, 2), Span(0, 4)), Place(Address(0, 3), Span(0, 4))])
    assert [part.exact for part in parts] == ["owls", "bats"]


def test_an_anchor_on_the_same_text_refreshes_nothing() -> None:
    place = Place(Address(0, 0), Span(4, 17))
    marked = describe(NOTE, [place])
    assert refreshed(marked, Anchored((place,), MatchKind.EXACT, 1.0), NOTE) == marked


def test_the_words_as_first_marked_are_kept_through_every_rewording() -> None:
    marked = describe(NOTE, [Place(Address(0, 0), Span(4, 17))])
    for bird in ("hawk", "heron"):
        note = read_note("notes.md", SOURCE.replace("eagle", bird))
        anchor = Anchored((Place(Address(0, 0), Span(4, 12 + len(bird))),), MatchKind.EDITED, 0.9)
        marked = refreshed(marked, anchor, note)
        assert marked[0].exact == f"{bird} circles"
        assert marked[0].quoted == "eagle circles"


def test_words_that_are_back_are_no_longer_quoted() -> None:
    place = Place(Address(0, 0), Span(4, 17))
    marked = describe(NOTE, [place])
    other = read_note("notes.md", SOURCE.replace("eagle", "heron"))
    reworded = refreshed(marked, Anchored((place,), MatchKind.EDITED, 0.9), other)
    assert refreshed(reworded, Anchored((place,), MatchKind.EDITED, 0.9), NOTE) == marked


def test_a_part_that_is_gone_leaves_its_words_behind() -> None:
    marked = describe(NOTE, [Place(Address(0, 2), Span(0, 4)), Place(Address(0, 3), Span(0, 4))])
    note = read_note("notes.md", SOURCE.replace("- owls\n", ""))
    short = refreshed(marked, Anchored((Place(Address(0, 2), Span(0, 4)),), MatchKind.EDITED, 0.9), note)
    assert [part.exact for part in short] == ["bats"]
    assert short[0].quoted == "owls\nbats"


@given(st.data())
def test_prefix_text_and_suffix_stand_in_the_episode_in_one_piece(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, 1))
    blocks = NOTE.episodes[number].blocks
    index = data.draw(st.integers(0, len(blocks) - 1))
    start = data.draw(st.integers(0, len(blocks[index].text) - 1))
    end = data.draw(st.integers(start + 1, len(blocks[index].text)))
    (part,) = describe(NOTE, [Place(Address(number, index), Span(start, end))])
    text = "\n".join(block.text for block in blocks)
    assert part.prefix + part.exact + part.suffix in text
    assert len(part.prefix) <= CONTEXT
    assert len(part.suffix) <= CONTEXT
