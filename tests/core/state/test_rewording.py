"""The words that differ between two texts of a block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.state.rewording import MOST_WORDS, rewording

TEXTS = st.lists(st.sampled_from(["loom", "card", "a", "tape", ",", "的", "é"]), max_size=12).map(" ".join)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_replaced_word_is_gone_from_the_one_and_new_in_the_other() -> None:
    old, new = "The loom reads cards.", "The loom punches cards."
    found = rewording(old, new)
    assert (words(old, found.gone), words(new, found.new)) == (["reads"], ["punches"])


def test_words_side_by_side_are_one_change() -> None:
    old, new = "It was quite slow then.", "It was then."
    assert words(old, rewording(old, new).gone) == ["quite slow "]
    old, new = "one two three", "ONE TWO three"
    assert words(new, rewording(old, new).new) == ["ONE TWO"]


def test_words_of_very_long_texts_are_not_compared_one_by_one() -> None:
    old = " ".join(f"old{number}" for number in range(MOST_WORDS))
    new = " ".join(f"new{number}" for number in range(MOST_WORDS))
    found = rewording(f"The same {old} end.", f"The same {new} end.")
    assert found.gone == ((9, 9 + len(old)),)
    assert found.new == ((9, 9 + len(new)),)


@given(TEXTS, TEXTS)
def test_without_their_differences_both_texts_are_alike(old: str, new: str) -> None:
    found = rewording(old, new)

    def rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
        for start, end in reversed(spans):
            assert 0 <= start < end <= len(text)
            text = text[:start] + text[end:]
        return "".join(text.split())

    assert rest(old, found.gone) == rest(new, found.new)


@given(TEXTS)
def test_text_does_not_differ_from_itself(text: str) -> None:
    assert rewording(text, text) == ((), ())
