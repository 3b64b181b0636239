from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring.matching.copies import pair_equals
from tui.core.anchoring.matching.likely import pair_likely
from tui.core.anchoring.matching.page import Page
from tui.core.anchoring.matching.pairs import Pairs
from tui.core.notes.reading import read_note

_TEXT = """amber basin cedar delta ember fjord grove harbor inlet jetty knoll ledge mesa north ocean
of the and to in"""
WORDS = _TEXT.split()


def sentence(chance: Random) -> list[str]:
    return chance.choices(WORDS, k=chance.choice((2, 4, 8, 14)))


def edited(bullets: list[list[str]], chance: Random, shares: tuple[float, float, float]) -> list[list[str]]:
    """The bullets, with shares of them reworded, deleted, and followed by a new one."""
    reworded, deleted, added = shares
    new = []
    for bullet in bullets:
        words = list(bullet)
        if chance.random() < reworded:
            for number in chance.sample(range(len(words)), max(1, round(len(words) * chance.choice((0.1, 0.3, 0.6))))):
                words[number] = chance.choice(WORDS)
        new += [words] if chance.random() >= deleted else []
        new += [sentence(chance)] if chance.random() < added else []
    return new


def paired(bullets: list[list[str]], new: list[list[str]], section: int, *, is_sifted: bool) -> Pairs:
    old_page, new_page = (Page(read_note("notes.md", _source(each, section)), range(1)) for each in (bullets, new))
    links = pair_equals(old_page, new_page)
    pair_likely(links, is_sifted=is_sifted)
    return links


def _source(bullets: list[list[str]], section: int) -> str:
    lines = ["# Talk", ""]
    for number, words in enumerate(bullets):
        lines += [f"## Part {number // section}", ""] if number % section == 0 else []
        lines.append(f"- {' '.join(words)}")
    return "\n".join(lines)


@given(
    st.randoms(use_true_random=False),
    st.integers(1, 40),
    st.sampled_from((3, 8, 100)),
    st.tuples(st.sampled_from((0.2, 0.9)), st.sampled_from((0.0, 0.1, 0.4)), st.sampled_from((0.0, 0.1, 0.4))),
    st.booleans(),
)
def test_joining_clear_pairs_first_changes_no_pair(
    chance: Random, count: int, section: int, shares: tuple[float, float, float], is_shuffled: bool
) -> None:
    bullets = [sentence(chance) for _ in range(count)]
    new = edited(bullets, chance, shares)
    if is_shuffled:
        chance.shuffle(new)
    sifted, whole = (paired(bullets, new, section, is_sifted=each) for each in (True, False))
    assert sifted.partner == whole.partner
    assert sifted.how == whole.how
    assert sifted.score == whole.score
    assert sifted.candidates == whole.candidates
    assert sifted.doubts == whole.doubts
