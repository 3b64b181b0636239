from __future__ import annotations

import gc
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.anchoring.drafts import Draft, Line, addresses, draft, sentence, text_at, whole
from tui.core.anchoring import match
from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.matching.possible import PossiblePairs
from tui.core.annotations.highlights import MatchKind
from tui.core.notes.model import TITLE, Address, Kind, Note
from tui.core.notes.reading import read_note, reread

SOURCES = st.lists(
    st.sampled_from(
        ["## one\n\n", "## two\n\n", "### part\n\n", "- yes\n", "- no\n", "  - perhaps so\n", "plain words\n\n"]
    )
    | st.text("ab •-#\n", max_size=12).map(lambda text: f"- {text}\n"),
    max_size=25,
).map("".join)


def followed(old: Note, new: Note) -> dict[Address, Address]:
    matching = match(old, new)
    return {address: link.address for address in addresses(old) if (link := matching.follow(address))}


@given(SOURCES)
def test_equal_notes_match_block_by_block(source: str) -> None:
    old, new = read_note("a.md", source), read_note("a.md", source)
    assert followed(old, new) == {address: address for address in addresses(old)}


@given(SOURCES, SOURCES)
def test_no_two_blocks_become_the_same_one(source: str, other: str) -> None:
    old, new = read_note("a.md", source), read_note("a.md", other)
    found = followed(old, new)
    assert len(set(found.values())) == len(found)


def test_memory_of_matching_is_freed_without_a_collection() -> None:
    text = "# Talk\n\n" + "\n".join(f"- {sentence(Random(number))}" for number in range(30))
    old, new = read_note("a.md", text), read_note("a.md", text.replace("e", "a"))
    gc.collect()
    gc.disable()
    try:
        match(old, new)
        assert not any(isinstance(each, PossiblePairs) for each in gc.get_objects())
    finally:
        gc.enable()


@given(SOURCES, SOURCES)
def test_predecessors_and_successors_are_one_relation(source: str, other: str) -> None:
    old, new = read_note("a.md", source), read_note("a.md", other)
    matching = match(old, new)
    back = {link.address: address for address in addresses(new) if (link := matching.origin(address))}
    forth = {address: link.address for address in addresses(old) if (link := matching.follow(address))}
    titles = {Address(number, TITLE) for number in range(len(new.episodes))}
    assert {one: other for one, other in forth.items() if other not in titles} == {
        one: other for one, other in back.items() if one.block != TITLE
    }


@given(SOURCES, SOURCES)
def test_a_text_that_stands_once_in_both_is_matched_with_itself(source: str, other: str) -> None:
    old, new = read_note("a.md", source), read_note("a.md", other)
    texts, new_texts = texts_of(old), texts_of(new)
    found = followed(old, new)
    for address in addresses(old):
        text = fold(text_of(old, address))
        if text and texts.count(text) == 1 == new_texts.count(text):
            there = [each for each in addresses(new) if fold(text_of(new, each)) == text]
            if there and (kind_of(old, address) is Kind.HEADING) == (kind_of(new, there[0]) is Kind.HEADING):
                assert found[address] == there[0]


def texts_of(note: Note) -> list[str]:
    """The folded texts of titles and blocks."""
    titles = [fold(episode.title) for episode in note.episodes]
    return titles + [fold(text_of(note, each)) for each in addresses(note)]


def text_of(note: Note, address: Address) -> str:
    return note.block(address).text


def kind_of(note: Note, address: Address) -> Kind:
    return note.block(address).kind


def test_episodes_that_did_not_change_are_not_parsed() -> None:
    notes = draft(Random(1), episodes=20)
    old = notes.note()
    notes.lines[100].text += " and more"
    new = reread(old, notes.source())
    match(old, new)
    assert sum(episode.body.is_parsed for episode in old.episodes) <= 3
    assert sum(episode.body.is_parsed for episode in new.episodes) <= 3


def test_episodes_in_another_order_keep_their_blocks() -> None:
    notes = draft(Random(2), episodes=6)
    old = notes.note()
    notes.episodes.reverse()
    found = followed(old, notes.note())
    assert found == {each: Address(5 - each.episode, each.block) for each in addresses(old)}


def test_a_title_is_followed_to_its_new_wording() -> None:
    notes = draft(Random(3))
    old = notes.note()
    title, lines = notes.episodes[1]
    notes.episodes[1] = (f"{title} revised", lines)
    link = match(old, notes.note()).follow(Address(1, TITLE))
    assert link is not None
    assert link.address == Address(1, TITLE)
    assert link.how is MatchKind.EDITED


@pytest.mark.parametrize("seed", range(20))
def test_copies_of_a_bullet_are_told_apart_by_their_neighbours(seed: int) -> None:
    rng = Random(seed)
    copies = [Line("see the notes") for _ in range(4)]
    notes = draft(rng, episodes=4)
    for (_, lines), copied in zip(notes.episodes, copies, strict=True):
        lines.insert(rng.randrange(2, 10), copied)
    old_numbers, old = [notes.number(each) for each in copies], notes.note()
    gone = rng.randrange(4)
    notes.episodes[gone][1].remove(copies[gone])
    notes.episodes[rng.randrange(4)][1].insert(1, Line(sentence(rng)))
    new = notes.note()
    matching = match(old, new)
    for index, number in enumerate(old_numbers):
        link = matching.follow(whole(old, number).address)
        if index == gone:
            assert link is None
        else:
            assert link is not None
            assert link.address == whole(new, notes.number(copies[index])).address


def test_a_bullet_is_no_successor_of_a_heading_that_reads_the_same() -> None:
    old = read_note("a.md", "## one\n\n- lantern\n- copper kettle\n\n## two\n\n- velvet\n")
    new = read_note("a.md", "## one\n\n- copper kettle\n\n## two\n\n- velvet\n\n### lantern\n\n- lantern\n")
    link = match(old, new).follow(Address(0, 0))
    assert link is not None
    assert text_of(new, link.address) == "lantern"
    assert kind_of(new, link.address) is Kind.BULLET


def test_a_link_keeps_a_short_bullet_that_moved_and_grew() -> None:
    lines = [Line(sentence(Random(seed))) for seed in range(8)]
    old = Draft([("one on a", [*lines[:4], Line("[kettle](https://example.org/kettle)")]), ("two on b", lines[4:])])
    grown = Line("[kettle](http://www.example.org/kettle/) - boils water for the whole village")
    new = Draft([("one on a", lines[:4]), ("two on b", [grown, *lines[4:]])])
    link = match(old.note(), new.note()).follow(Address(0, 4))
    assert link is not None
    assert text_at(new.note(), whole(new.note(), new.number(grown))).startswith("kettle - boils")
    assert link.address == Address(1, 0)


@pytest.mark.parametrize("address", ["/", "https://", "http://www."])
def test_link_whose_address_is_no_more_than_a_scheme_is_matched(address: str) -> None:
    old, new = (
        read_note("a.md", f"- [there]({address}) and back\n"),
        read_note("a.md", f"- [here]({address}) and back\n"),
    )
    assert len(followed(old, new)) == 1


def test_notes_of_other_words_in_the_same_places_are_no_successors() -> None:
    old = read_note("a.md", "# Walks\n\n" + "".join(f"- walk number {number} to the café\n" for number in range(20)))
    new = read_note("a.md", "# Swims\n\n" + "".join(f"- swim {number} in the sea\n" for number in range(10)))
    assert followed(old, new) == {}
