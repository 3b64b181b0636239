"""Matches of a query in a text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.search import BadQueryError, SlowQueryError
from tui.core.search.query import read_query


def found(typed: str, text: str) -> list[str]:
    query = read_query(typed)
    return [text[start:end] for start, end in query.spans(text)] if query else []


@pytest.mark.parametrize("typed", ["", " ", "/", "//"])
def test_nothing_typed_is_no_query(typed: str) -> None:
    assert read_query(typed) is None


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("dam", "A dam, a Dam, a DAMP day", ["dam", "Dam", "DAM"]),
        ("Dam", "A dam, a Dam, a DAMP day", ["Dam"]),
        ("a+b", "a+b aab", ["a+b"]),
        ("two words", "two words, two\nwords and two\xa0words", ["two words", "two\nwords", "two\xa0words"]),
        ("don't", "don’t and don't", ["don’t", "don't"]),
        ('"so"', "“so”", ["“so”"]),
        ("2-3", "2–3", ["2–3"]),
        ("çA", "ça çA", ["çA"]),
        ("аб", "АБ аб", ["АБ", "аб"]),
        ("漢", "漢字", ["漢"]),
        ("h2o", "H₂O and H2O", ["H₂O", "H2O"]),
        ("x2", "x² + x2", ["x²", "x2"]),
        ("x²", "x² + x2", ["x²"]),
    ],
)
def test_words_are_found_as_they_stand(typed: str, text: str, hits: list[str]) -> None:
    assert found(typed, text) == hits


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("/dams?/", "dam Dams", ["dam", "Dams"]),
        ("/dams?", "dam Dams", ["dam", "Dams"]),
        ("/D\\w+/", "dam Dams", ["Dams"]),
        (r"/\Sam\W/", "dam. DAM!", ["dam.", "DAM!"]),
        ("/^b$/", "a\nb\nc", ["b"]),
        ("/x*/", "axxb", ["xx"]),
        (r"/a\/b/", "a/b", ["a/b"]),
    ],
)
def test_text_between_slashes_is_a_regular_expression(typed: str, text: str, hits: list[str]) -> None:
    assert found(typed, text) == hits


def test_an_incomplete_expression_is_reported() -> None:
    with pytest.raises(BadQueryError, match="missing"):
        read_query("/(a/")


def test_an_expression_that_would_never_end_is_stopped() -> None:
    with pytest.raises(SlowQueryError):
        found("/(a|aa)+$/", "a" * 60 + "b")


@given(st.text("aAbB ſİıKsik'’", max_size=12), st.text("aAbB ſİıKsik'’", min_size=1, max_size=4))
def test_hits_are_in_order_apart_and_what_was_asked_for(text: str, typed: str) -> None:
    query = read_query(typed)
    if query is None:
        return
    spans = list(query.spans(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for start, end in spans:
        plain = re.sub("’", "'", text[start:end])
        wanted = re.sub("’", "'", typed)
        assert plain == wanted or (query.ignores_case and re.fullmatch(re.escape(wanted), plain, re.IGNORECASE))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/endmark/", ("endmark",)),
        ("/har.*ledger/", ("ledger", "har")),
        (r"/^the \w+ boo?ks?\b/", ("the", "bo", "k")),
        (r"/ab+c \(x\) [a-f]g(h|i)j/", ("ab", "c", "x", "g", "j")),
        ("/one|two/", ()),
        ("/(?i)one/", ()),
        (r"/one\x41/", ()),
        ("/[[:alpha:]one]/", ()),
    ],
)
def test_words_that_an_expression_needs_are_seen(typed: str, words: tuple[str, ...]) -> None:
    query = read_query(typed)
    assert query is not None
    assert query.words == words


SIGNS = [*"abAB1_ .^$|()[]{}?*+,:-", r"\b", r"\w", r"\(", r"\]"]
PARTS = ["(?:", "(?=", "(?!", "(?<=", "{2}", "{0,1}", "[^a]", "[]b]", "[]a[:alpha:]b]"]
PIECES = st.sampled_from([*SIGNS, *PARTS])


@given(st.lists(PIECES, max_size=9).map("".join), st.text("abAB1_ ", max_size=10))
def test_matches_of_an_expression_contain_its_needed_words(source: str, text: str) -> None:
    try:
        query = read_query(f"/{source}/")
    except BadQueryError:
        return
    if query is not None and any(True for _ in query.spans(text)):
        held = text.lower() if query.ignores_case else text
        assert all((word.lower() if query.ignores_case else word) in held for word in query.words)
