from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import Weights, terms_of

WORDS = ("oak", "elm", "ash", "fir", "of")
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=300)


@given(texts, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_every_text_with_the_words_in_a_row_is_among_those_that_may_hold_them(notes: list[str], phrase: str) -> None:
    index = WordIndex(((number, terms_of(text)) for number, text in enumerate(notes)), Weights(map(terms_of, notes)))
    words = terms_of(phrase)
    found = index.holding(words, words[1:-1])
    assert list(found) == sorted(found)
    assert {number for number, text in enumerate(notes) if f" {phrase} " in f" {text} "} <= set(found)


def test_only_texts_with_all_words_are_examined_among_many_with_common_words() -> None:
    notes = ["oak of elm", "ash of fir"] * 500 + ["oak of ash and elm"]
    index = WordIndex(((number, terms_of(text)) for number, text in enumerate(notes)), Weights(map(terms_of, notes)))
    words = terms_of("one oak and ash two")[1:-1]
    assert list(index.holding(words, words)) == [1000]
    assert len(index.holding(["oak", "elm"], [])) == 501
