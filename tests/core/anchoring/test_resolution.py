from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.anchoring.drafts import Draft, Line, draft, line_at, phrase, sentence, text_at, whole
from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, MatchKind, NeedsReview, Orphan
from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def marked(note: Note, *places: Place, name: str = "1") -> Highlight:
    return Highlight(name, Colour.YELLOW, describe(note, places), NOW, NOW)


def found(old: Note, new: Note, *places: Place, fresh: bool = False) -> Anchor:
    highlight = marked(old, *places)
    return resolve(new, [highlight], None if fresh else (old, {"1": places}))["1"]


def anchored(anchor: Anchor) -> Anchored:
    assert isinstance(anchor, Anchored), anchor
    return anchor


@given(st.integers(0, 50), st.booleans(), st.data())
def test_on_the_same_text_a_highlight_is_where_it_was_described(seed: int, fresh: bool, data: st.DataObject) -> None:
    note = draft(Random(seed), 2, 5).note()
    address = Address(data.draw(st.integers(0, 1)), data.draw(st.integers(0, 4)))
    text = note.block(address).text
    start = data.draw(st.integers(0, len(text) - 1))
    place = Place(address, Span(start, data.draw(st.integers(start + 1, len(text)))))
    if text[slice(*place.span)].strip():
        assert anchored(found(note, note, place, fresh=fresh)).places == (place,)
        assert anchored(found(note, note, place, fresh=fresh)).how is MatchKind.EXACT


@pytest.mark.parametrize("fresh", [False, True])
def test_every_copy_of_a_bullet_keeps_its_own_highlight(fresh: bool) -> None:
    notes = draft(Random(1), 4, 6)
    copies = [Line("velvet") for _ in range(4)]
    for (_, lines), line in zip(notes.episodes, copies, strict=True):
        lines.insert(3, line)
    note = notes.note()
    for line in copies:
        place = whole(note, notes.number(line))
        assert anchored(found(note, note, place, fresh=fresh)).places == (place,)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_bullet_that_moved_takes_its_highlight_along(fresh: bool) -> None:
    notes = draft(Random(2))
    line = notes.lines[4]
    old, place = notes.note(), whole(notes.note(), notes.number(line))
    notes.home(line).remove(line)
    notes.episodes[2][1].insert(5, line)
    new = notes.note()
    anchor = anchored(found(old, new, place, fresh=fresh))
    assert [line_at(new, each) for each in anchor.places] == [notes.number(line)]
    assert anchor.how is MatchKind.MOVED


def test_all_parts_follow_and_the_gravest_change_tells_how() -> None:
    notes = draft(Random(3))
    first, second = notes.lines[3:5]
    old = notes.note()
    places = whole(old, notes.number(first)), phrase(old, notes.number(second), 1, 2)
    second.text += " and then some more"
    new = notes.note()
    anchor = anchored(found(old, new, *places))
    assert [text_at(new, each) for each in anchor.places] == [text_at(old, each) for each in places]
    assert anchor.how is MatchKind.EDITED


def test_the_rest_of_a_highlight_stays_where_one_of_its_parts_is_gone() -> None:
    notes = draft(Random(4))
    first, second = notes.lines[3:5]
    old = notes.note()
    places = whole(old, notes.number(first)), whole(old, notes.number(second))
    notes.home(second).remove(second)
    new = notes.note()
    anchor = anchored(found(old, new, *places))
    assert [text_at(new, each) for each in anchor.places] == [first.text]
    assert anchor.how is MatchKind.EDITED


def test_a_highlight_whose_parts_are_all_gone_is_an_orphan() -> None:
    notes = draft(Random(5))
    first, second = notes.lines[3:5]
    old = notes.note()
    places = whole(old, notes.number(first)), whole(old, notes.number(second))
    notes.home(second).remove(second)
    notes.home(first).remove(first)
    assert found(old, notes.note(), *places) == Orphan()


def test_one_part_in_doubt_puts_the_whole_highlight_up_for_review() -> None:
    rng = Random(6)
    notes = draft(rng)
    first, second = notes.lines[3:5]
    old = notes.note()
    places = whole(old, notes.number(first)), whole(old, notes.number(second))
    words = second.text.split()
    notes.home(second).remove(second)
    half = Line(" ".join([*words[: len(words) // 2 + 1], *sentence(rng, 5, 5).split()]))
    notes.episodes[2][1].insert(6, half)
    new = notes.note()
    anchor = found(old, new, *places)
    assert isinstance(anchor, NeedsReview)
    best = anchor.candidates[0]
    assert [text_at(new, each) for each in best.places] == [first.text, half.text]
    assert 0 < best.confidence < 1
    assert [each.confidence for each in anchor.candidates] == sorted(
        (each.confidence for each in anchor.candidates), reverse=True
    )


def test_a_deleted_bullet_leaves_an_orphan_beside_its_lookalike() -> None:
    notes = draft(Random(7))
    line = notes.lines[5]
    words = line.text.split()
    notes.home(line).insert(7, Line(" ".join(["never", *words[1:]])))
    old, place = notes.note(), whole(notes.note(), notes.number(line))
    notes.home(line).remove(line)
    assert found(old, notes.note(), place) == Orphan()
    assert not isinstance(found(old, notes.note(), place, fresh=True), Anchored)


@pytest.mark.parametrize("on_phrase", [False, True])
def test_a_deleted_bullet_is_not_found_inside_one_that_always_said_the_same_and_more(on_phrase: bool) -> None:
    notes = draft(Random(9))
    line = notes.lines[5]
    notes.episodes[2][1].insert(4, Line(f"{line.text}, as was said before"))
    old = notes.note()
    number = notes.number(line)
    place = phrase(old, number, 1, 4) if on_phrase else whole(old, number)
    notes.home(line).remove(line)
    assert found(old, notes.note(), place) == Orphan()


def test_a_block_that_became_a_title_holds_no_highlight() -> None:
    old = Draft([("one on a", [Line("velvet water"), Line("copper")])]).note()
    new = Draft([("one on a", []), ("velvet water", [Line("copper")])]).note()
    assert not isinstance(found(old, new, Place(Address(0, 0), Span(0, 12))), Anchored)


def test_case_and_quotes_changed_by_a_tool_move_no_phrase() -> None:
    old = Draft([("one on a", [Line("the baker’s “finest” bread … is gone")])]).note()
    new = Draft([("one on a", [Line('The baker\'s "finest" bread ... is gone')])]).note()
    place = Place(Address(0, 0), Span(12, 26))
    assert text_at(old, place) == "“finest” bread"
    assert [text_at(new, each) for each in anchored(found(old, new, place)).places] == ['"finest" bread']
    assert [text_at(new, each) for each in anchored(found(old, new, place, fresh=True)).places] == ['"finest" bread']


def test_copies_are_told_apart_by_lines_that_are_all_out_of_date() -> None:
    copy = "- what stands above it says a good deal\n- said again\n- what stands below it says a good deal\n"
    between = "".join(f"- number {number} is of its own kind\n" for number in range(47))
    text = f"{copy}{between}{copy}- the end of all that is said in this long episode\n"
    old, new = read_note("a.md", f"# Long\n\n{text}"), read_note("a.md", "# Long\n\n" + 50 * "- new here\n" + text)
    second, last = marked(old, whole(old, 54), name="2"), marked(old, whole(old, 56), name="3")
    assert line_at(new, anchored(resolve(new, [second, last], None)["2"]).places[0]) == 104


def test_ten_thousand_highlights_are_resolved_together() -> None:
    notes = draft(Random(8), episodes=100, lines=20)
    old = notes.note()
    places = {}
    for number in range(10_000):
        address = Address(number % 100, number // 100 % 20)
        length = len(old.block(address).text)
        places[str(number)] = (Place(address, Span(0, length)),)
    notes.lines[777].text += " indeed"
    new = notes.note()
    highlights = [Highlight(name, Colour.PINK, describe(old, each), NOW, NOW) for name, each in places.items()]
    anchors = resolve(new, highlights, (old, places))
    assert len(anchors) == 10_000
    assert all(isinstance(anchor, Anchored) for anchor in anchors.values())


@pytest.mark.parametrize(
    ("marked_text", "twin", "is_above"),
    [
        (
            "Order the ropes for the winter regatta on the lake",
            "Order the ropes for the winter regatta on the bay",
            False,
        ),
        (
            "By the lake order the ropes for the winter regatta",
            "By the bay order the ropes for the winter regatta",
            True,
        ),
    ],
)
def test_with_the_sidecar_alone_the_twin_beside_a_deleted_bullet_is_put_to_the_reader(
    marked_text: str, twin: str, is_above: bool
) -> None:
    """The selector alone cannot distinguish a reworded bullet from a neighbour that always had that text."""
    bullets = ["Paint the boat", *([twin, marked_text] if is_above else [marked_text, twin]), "Mend the sails"]
    old, new, reworded = (
        read_note("notes.md", "\n".join(f"- {text}" for text in texts))
        for texts in (
            bullets,
            [text for text in bullets if text != marked_text],
            [text.replace("ropes", "lines") if text == marked_text else text for text in bullets],
        )
    )
    place = whole(old, bullets.index(marked_text) + 1)
    assert isinstance(found(old, new, place, fresh=True), NeedsReview)
    assert isinstance(found(old, new, place), Orphan)
    offered = found(old, reworded, place, fresh=True)
    assert isinstance(offered, NeedsReview)
    assert offered.candidates[0].places[0].address == place.address
