"""A changed text, cut into the pieces of the former one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.pieces import Gap, InMemory, gaps_of, in_pieces

LINES = st.binary(min_size=1, max_size=3).map(lambda line: line + b"\n")
PIECES = st.lists(LINES, max_size=30)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[bytes], bytes]:
    """A text in pieces, and another with some pieces replaced, or none."""
    known = draw(PIECES)
    lines = list(known)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        lines[at : at + draw(st.integers(0, 3))] = draw(st.lists(LINES, max_size=2))
    return known, b"".join(lines)


@given(edited())
def test_pieces_are_the_text(edit: tuple[list[bytes], bytes]) -> None:
    known, text = edit
    pieces = in_pieces(InMemory(text), known)
    assert b"".join(pieces) == text
    assert all(pieces)


@given(edited())
def test_gaps_and_the_known_pieces_around_them_are_the_text(edit: tuple[list[bytes], bytes]) -> None:
    known, text = edit
    following, found = 0, list[bytes]()
    for gap in gaps_of(in_pieces(InMemory(text), known), known):
        found += [*known[following : gap.first], gap.new]
        following = gap.end
    assert b"".join([*found, *known[following:]]) == text


def test_unchanged_pieces_are_the_known_ones_themselves() -> None:
    known = [b"%02d: some words\n" % number for number in range(40)]
    lines = [*known[:9], b"new\n", *known[9:20], *known[22:30], b"other\n", *known[31:]]
    pieces = in_pieces(InMemory(b"".join(lines)), known)
    assert [piece for piece in pieces if not any(piece is each for each in known)] == [b"new\n", b"other\n"]
    assert gaps_of(pieces, known) == [Gap(9, 9, b"new\n"), Gap(20, 22, b""), Gap(30, 31, b"other\n")]


def test_one_object_in_many_places_is_told_apart_by_its_turn() -> None:
    copy = b"the same words\n"
    known = [b"first\n", copy, copy, b"between\n", copy, b"last\n"]
    assert gaps_of(tuple(known), known) == []
    assert gaps_of((*known[:5], b"more\n", known[5]), known) == [Gap(5, 5, b"more\n")]
