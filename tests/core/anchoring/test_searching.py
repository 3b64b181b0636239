"""Highlights found with the highlights file alone, which knows the bullet, its neighbours and its lookalikes."""

from __future__ import annotations

from random import Random

import pytest

from tests.core.anchoring.drafts import sentence
from tests.core.anchoring.test_lookalikes import (
    SEEDS,
    alone,
    bullet,
    bullets,
    found_by_selector,
    phrase_of,
    two_episodes,
    words_of,
)
from tui.core.annotations.highlights import Anchored
from tui.core.notes.reading import read_note


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_bullet_merged_with_its_neighbour_is_found_in_it(seed: int, *, is_first: bool) -> None:
    rng = Random(seed)
    above, marked, below, *rest = (sentence(rng, 7, 12) for _ in range(5))
    pairs = {True: f"{marked}; {below}", False: f"{above}; {marked}", None: f"{below}; {marked}"}
    for merged in (pairs[is_first], pairs[None]):
        left = [each for each in (above, below) if each not in merged]
        before = f"# Here\n\n{bullets(above, marked, below, *rest)}"
        anchor, new = found_by_selector(before, f"# Here\n\n{bullets(*left, merged, *rest)}", marked)
        assert words_of(anchor, new) == marked


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_cut_in_two_is_found_in_the_larger_half(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 9, 12) for _ in range(5))
    words = marked.split(" ")
    at = len(words) // 2 + rng.choice((0, 1))
    halves = " ".join(words[:at]), " ".join(words[at:])
    before = f"# Here\n\n{bullets(*others[:2], marked, *others[2:])}"
    anchor, new = found_by_selector(before, f"# Here\n\n{bullets(*others[:2], *halves, *others[2:])}", marked)
    assert words_of(anchor, new) == max(halves, key=len)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_bullet_that_moved_with_a_neighbour_is_found_beside_it_again(seed: int) -> None:
    rng = Random(seed)
    above, below, *others = (sentence(rng, 7, 9) for _ in range(6))
    kept = f"## By day\n\n{bullets(*others[:2])}"
    before = f"# Here\n\n{kept}\n## By night\n\n{bullets(above, 'oak row', below)}\n# There\n\n{bullets(*others[2:])}"
    moved = rng.choice([(below, "oak row"), ("oak row", below), ("oak row", above)])
    left = [each for each in (above, below) if each not in moved]
    after = f"# Here\n\n{kept}{bullets(*left)}\n# There\n\n{bullets(others[2], *moved, others[3])}"
    anchor, new = found_by_selector(before, after, "oak row")
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, "oak row"),)
    elsewhere = f"# Here\n\n{kept}{bullets(above, below)}\n# There\n\n{bullets(*others[2:], 'oak row')}"
    assert not isinstance(found_by_selector(before, elsewhere, "oak row")[0], Anchored)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("described", ["{}: {}", "{} - {}", "{} – {}", "{} ({})"])
def test_a_name_that_was_given_a_description_is_found_beside_its_neighbours(seed: int, described: str) -> None:
    rng = Random(seed)
    name = rng.choice(("barque", "oak row", "north pier.quay"))
    above, below, other = (sentence(rng, 7, 9) for _ in range(3))
    long = described.format(name, sentence(rng, 6, 9))
    before = f"# Here\n\n{bullets(above, name, below)}"
    anchor, new = found_by_selector(before, f"# Here\n\n{bullets(above, long, below)}", name)
    assert words_of(anchor, new) == long
    there = f"# Here\n\n{bullets(above, below)}\n# There\n\n{bullets(other, long)}"
    assert not isinstance(found_by_selector(before, there, name)[0], Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_phrase_in_a_lookalike_that_was_reworded_is_not_that_of_the_deleted_bullet(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 18) for _ in range(5))
    words = marked.split(" ")
    words[9] = "thimble"
    twin, reworded = " ".join(words), " ".join([*words[:9], *sentence(rng, 14, 18).split(" ")])
    before = two_episodes([others[0], marked, others[1]], [*others[2:], twin])
    after = two_episodes(others[:2], [*others[2:], reworded])
    assert not isinstance(alone(before, after, marked, phrase_of(marked)), Anchored)


def test_a_phrase_in_a_link_definition_below_a_bullet_is_not_that_of_a_deleted_one() -> None:
    rng = Random(1)
    marked = "Ask [for the names of ferries in full and in short]."
    kept = "Ask [for the names of ferries at noon and in short]."
    others = "".join(f"[{sentence(rng, 6, 6)}]: https://piers.example/{number}\n" for number in range(4))
    definition = f"[for the names of ferries in full and in short]: https://ferries.example/names\n{others}"
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    before = read_note("a.md", f"# Here\n\n{bullets(above, marked, below)}\n# There\n\n{bullets(kept)}{definition}")
    after = read_note("a.md", f"# Here\n\n{bullets(above, below)}\n# There\n\n{bullets(kept)}{definition}")
    shown = next(block.text for block in before.episodes[0].blocks if block.text.startswith("Ask"))
    assert not isinstance(alone(before, after, shown, "the names of ferries in full"), Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_of_which_the_beginning_is_left_is_found_beside_a_neighbour_if_nothing_read_like_it(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 16) for _ in range(6))
    reworded = " ".join([*marked.split(" ")[:5], *sentence(rng, 7, 7).split(" ")])
    before = two_episodes([others[0], marked, others[1], others[2]], others[3:])
    after = two_episodes([others[0], reworded, others[2]], others[3:])
    anchor = alone(before, after, marked, marked)
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(after, reworded),)
    elsewhere = two_episodes([others[0], others[2]], [others[3], reworded, *others[4:]])
    assert not isinstance(alone(before, elsewhere, marked, marked), Anchored)
