"""Highlighted text comes from the selectors as long as nobody has opened the episode."""

from __future__ import annotations

from dataclasses import replace

from tui.core.anchoring import describe
from tui.core.anchoring.highlighted_text import blocks_under, words_under
from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note

TEXT = """\
# Ada on The Compiler

- alpha *beta* gamma
- the second bullet

# Bob on The Compiler

- another bullet
"""
PLACES = (Place(Address(0, 0), Span(6, 10)), Place(Address(1, 0), Span(0, 14)))


def note() -> Note:
    return read_note("talks.md", TEXT)


def test_words_of_episodes_nobody_looked_at_are_those_of_the_selectors() -> None:
    unparsed, parts = note(), describe(note(), PLACES)
    assert words_under(unparsed, PLACES, parts) == ["beta", "another bullet"]
    assert blocks_under(unparsed, PLACES, parts) == ["alpha beta gamma", "another bullet"]
    assert not any(episode.body.is_parsed for episode in unparsed.episodes)


def test_words_of_parsed_episodes_are_read_off_them() -> None:
    parsed = note()
    parts = tuple(replace(part, exact="x" * len(part.exact), block="?") for part in describe(parsed, PLACES))
    assert all(episode.body.is_parsed for episode in parsed.episodes)
    assert words_under(parsed, PLACES, parts) == ["beta", "another bullet"]


def test_a_selector_of_other_bounds_tells_nothing() -> None:
    unparsed, (part, _) = note(), describe(note(), PLACES)
    assert words_under(unparsed, PLACES[:1], [replace(part, start=5)]) == ["beta"]
    assert words_under(unparsed, PLACES[:1], [part, part]) == ["beta"]
