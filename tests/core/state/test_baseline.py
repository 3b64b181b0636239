"""Changes of a note against an earlier text of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring import match
from tui.core.notes.reading import read_note
from tui.core.state.baseline import Sign, differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.state.baseline import Diff

WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"])
BULLETS = st.lists(st.lists(WORDS, min_size=3, max_size=9).map(" ".join), min_size=1, max_size=12)
EPISODES = st.lists(BULLETS, min_size=2, max_size=4)


def note(episodes: Sequence[Sequence[str]]) -> str:
    return "".join(
        f"## Episode {number}\n\n" + "".join(f"- {bullet}\n" for bullet in bullets) + "\n"
        for number, bullets in enumerate(episodes)
    )


def diff(old: str, new: str) -> Diff:
    return differences(match(read_note("a.md", old), read_note("a.md", new)))


@given(EPISODES)
def test_a_text_does_not_differ_from_itself(episodes: list[list[str]]) -> None:
    found = diff(note(episodes), note(episodes))
    assert not found.signs
    assert not found.removed


@given(EPISODES, EPISODES)
def test_every_old_block_is_still_there_or_told_to_be_gone(old: list[list[str]], new: list[list[str]]) -> None:
    found = diff(note(old), note(new))
    today = read_note("a.md", note(new)).episodes
    kept = sum(map(len, new)) - sum(sign is Sign.NEW for sign in found.signs.values())
    assert kept + len(found.removed) == sum(map(len, old))
    for address in found.places:
        assert 0 <= address.block < len(today[address.episode].blocks)


@given(EPISODES, st.data())
def test_a_bullet_put_in_is_the_one_that_is_new(episodes: list[list[str]], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(episodes) - 1))
    at = data.draw(st.integers(0, len(episodes[number])))
    more = [list(bullets) for bullets in episodes]
    more[number].insert(at, "unlike anything that stood there before")
    found = diff(note(episodes), note(more))
    assert {(each.episode, each.block): sign for each, sign in found.signs.items()} == {(number, at): Sign.NEW}
    back = diff(note(more), note(episodes))
    assert [each.text for each in back.removed] == ["unlike anything that stood there before"]


def test_a_title_that_became_a_reworded_heading_is_its_old_words() -> None:
    old = "### Attempts\n\n### The lock of two \n\n- Only one may enter.\n"
    new = "## In software\n\n### Attempts\n\n### The lock of two by turns\n\n- Only one may enter.\n\n## Messages\n"
    assert [*diff(old, new).former.values()] == ["The lock of two"]
    assert [*diff("### Attempts\n### The lock of two\n", new).former.values()] == ["The lock of two"]


def test_text_removed_beside_a_heading_that_became_a_title_is_shown_at_a_block() -> None:
    old = "## Locks\n\n### Attempts\n\nNobody reads this sentence again.\n\n### Turns\n\n- Only one may enter.\n"
    new = "### Attempts\n\n### Turns\n\n- Only one may enter.\n"
    found = diff(old, new)
    assert [each.text for each in found.removed] == ["Nobody reads this sentence again."]
    assert all(each.beside.block >= 0 for each in found.removed)
