"""In a long episode only the differing part is matched, with the same successors as matching all of it.

The confidence may differ slightly: a word's weight depends on how rare it is in the part examined.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tui.core.anchoring.matching.blocks import Matching, match
from tui.core.notes.model import TITLE, Address, Note
from tui.core.notes.reading import read_note
from tui.core.state.baseline import differences

if TYPE_CHECKING:
    from tui.core.annotations.highlights import MatchKind

BLOCKS, MANY = 900, 3_000


def lines(chance: Random, count: int = BLOCKS) -> list[str]:
    """Bullets under headings; one in ten equals many others."""
    words = [f"w{number}" for number in range(300)]
    return [
        f"## Part {number}"
        if number % 50 == 0
        else "- so?"
        if number % 10 == 3
        else f"- {' '.join(chance.choices(words, k=8))}"
        for number in range(count)
    ]


def edited(old: list[str], chance: Random) -> list[str]:
    """Delete, insert, reword, duplicate or move some neighbouring lines."""
    new, at = list(old), chance.randrange(50, len(old) - 50)
    for _ in range(chance.randint(1, 6)):
        row = at + chance.randint(-20, 20)
        match chance.randrange(5):
            case 0:
                del new[row]
            case 1:
                new.insert(row, f"- put in {chance.random()}")
            case 2:
                new[row] += " and more"
            case 3:
                new.insert(row, new[row])
            case _:
                new.insert(chance.randrange(len(new)), new.pop(row))
    return new


def note(rows: list[str]) -> Note:
    return read_note("a.md", "\n".join(["# One", "", "- a", "", "# Two", "", *rows, "", "# Three", "", "- b", ""]))


def became(matching: Matching) -> dict[Address, tuple[Address, MatchKind] | None]:
    return {
        Address(number, block): (link.address, link.how) if (link := matching.follow(Address(number, block))) else None
        for number, episode in enumerate(matching.old.episodes)
        for block in range(TITLE, len(episode.blocks))
    }


def was(matching: Matching) -> dict[Address, tuple[Address, MatchKind] | None]:
    return {
        Address(number, block): (link.address, link.how) if (link := matching.origin(Address(number, block))) else None
        for number, episode in enumerate(matching.new.episodes)
        for block in range(TITLE, len(episode.blocks))
    }


@pytest.mark.parametrize("seed", range(30))
def test_every_block_becomes_what_it_becomes_where_all_are_matched(seed: int) -> None:
    chance = Random(seed)
    rows = lines(chance)
    old, new = note(rows), note(edited(rows, chance))
    part, whole = match(old, new, long=BLOCKS // 2), match(old, new)
    assert became(part) == became(whole)
    assert was(part) == was(whole)
    assert differences(part) == differences(whole)


@pytest.mark.parametrize("seed", range(20))
def test_every_block_becomes_the_same_where_edits_far_apart_are_matched(seed: int) -> None:
    chance = Random(seed)
    rows = lines(chance, MANY)
    changed = rows
    for _ in range(chance.randint(2, 4)):
        changed = edited(changed, chance)
    old, new = note(rows), note(changed)
    part, whole = match(old, new, long=MANY // 2), match(old, new, long=MANY + 1_000)
    assert became(part) == became(whole)
    assert was(part) == was(whole)
    assert differences(part) == differences(whole)


@pytest.mark.parametrize("rows", [[], ["- so?"], [f"- {number}" for number in range(BLOCKS)]])
def test_an_episode_that_is_written_anew_keeps_nothing(rows: list[str]) -> None:
    old, new = note(lines(Random(1))), note(rows)
    assert became(match(old, new, long=1)) == became(match(old, new))


def test_little_is_looked_at_for_an_edit_in_a_long_episode() -> None:
    rows = [f"- bullet {number}" for number in range(5000)]
    old = note(rows)
    matching = match(old, note([*rows[:2500], "- put in", *rows[2500:]]))
    assert sum(map(len, matching.may_be_new(1))) < 500
    assert len(matching.links.old) < 500
    assert differences(matching).signs == {Address(1, 2500): "+"}


def test_little_is_looked_at_for_edits_at_both_ends_of_a_long_episode() -> None:
    rows = [f"- bullet {number}" for number in range(5000)]
    matching = match(note(rows), note(["- put in", *rows[:2500], *rows[2501:-1], "- last"]))
    assert sum(map(len, matching.may_be_new(1))) < 1100
    diff = differences(matching)
    assert diff.signs == {Address(1, 0): "+", Address(1, 4999): "+"}
    assert [each.text for each in diff.removed] == ["bullet 2500", "bullet 4999"]
