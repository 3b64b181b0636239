from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.anchoring.likeness.folding import fold, fold_with_map
from tui.core.notes.model import Span

ODD = "aAbßİé\u0301\u1100\u1161 \xa0\t\n’“—…ﬁ½`'-漢\u200d️Σς"
TEXTS = st.text(st.sampled_from(ODD), max_size=40) | st.text(max_size=60)


@given(TEXTS)
def test_the_map_is_of_the_same_folded_text(text: str) -> None:
    assert fold_with_map(text).text == fold(text)


@given(TEXTS)
def test_the_map_never_goes_back_and_stays_inside(text: str) -> None:
    folded = fold_with_map(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(TEXTS, st.data())
def test_a_span_that_goes_there_and_back_loses_nothing_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    folded = fold_with_map(text)
    span = folded.span(Span(start, end))
    assert 0 <= span.start <= span.end <= len(folded.text)
    if span.start < span.end:
        back = folded.source(span)
        assert fold(text[start : back.start]) == "" == fold(text[back.end : end])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s “here” — now…", 'it\'s "here" - now...'),
        ("two  spaces\nand a line", "two spaces and a line"),
        ("cafe\u0301", "café"),
        ("no\xa0break", "no break"),
        ("STRASSE", "straße"),
    ],
)
def test_texts_that_read_the_same_fold_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
