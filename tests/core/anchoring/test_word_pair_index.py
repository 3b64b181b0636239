"""Texts that may contain a record, found by pairs of words."""

from __future__ import annotations

import random

import pytest

from tui.core.anchoring.word_pair_index import WordPairIndex, word_pairs
from tui.core.annotations.highlights import Part

TEXTS = (
    "# Lamps\n\n- a **lamp** lit in the [harbour](https://example.org) at dawn\n",
    "# Kilns\n\n- the kiln takes nine hours to cool\n- nobody opens it before\n",
    "# 港\n\n- 港の古い地図は図書館にあります\n",
)


def part(block: str) -> Part:
    return Part(block, "", "", "", "", block, 0, 1)


@pytest.mark.parametrize(
    ("block", "number"),
    [
        ("a lamp lit in the harbour at dawn", 0),
        ("A LAMP LIT in the harbour, at dusk", 0),
        ("the kiln takes nine hours to cool", 1),
        ("the kiln takes ten hours or more", 1),
        ("港の古い地図は今も図書館に", 2),
    ],
)
def test_text_that_holds_most_of_the_words_is_the_likeliest(block: str, number: int) -> None:
    whereabouts = WordPairIndex([part(block)])
    for each, text in enumerate(TEXTS):
        whereabouts.add(each, (text.encode(),))
    assert whereabouts.likely(part(block))[0] == number


def test_text_with_few_of_the_words_is_none() -> None:
    sought = part("the ferry leaves at dawn from another quay")
    whereabouts = WordPairIndex([sought])
    for each, text in enumerate(TEXTS):
        whereabouts.add(each, (text.encode(),))
    assert whereabouts.likely(sought) == []


def test_pairs_are_told_whatever_their_case_and_their_markup() -> None:
    assert list(word_pairs("- a **Lamp** `lit`, Café".encode()))[4:] == ["a lamp", "lamp lit", "lit café"]


def test_texts_of_the_same_few_words_are_told_apart() -> None:
    first = "harbour ledger orchard signal winter margin engine letter garden method river market copper window lantern"
    second = "memory border question pattern patience weather railway kitchen answer island archive bridge compass"
    third = "quiet early bright narrow ordinary careful steady hollow open late plain rare wide"
    words = [*first.split(" "), *second.split(" "), *third.split(" ")]
    chance = random.Random(1)
    blocks = [" ".join(chance.choices(words, k=12)) for _ in range(3000)]
    texts = ["".join(f"- {block}\n" for block in blocks[start : start + 10]) for start in range(0, 3000, 10)]
    sought = [part(block) for block in blocks[5::10]]
    whereabouts = WordPairIndex(sought)
    for number, text in enumerate(texts):
        whereabouts.add(number, (text.encode(),))
    assert all(number in whereabouts.likely(each)[:3] for number, each in enumerate(sought))
