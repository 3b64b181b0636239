"""The accuracy of finding asking sentences, measured on blocks that a person labelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.notes.markdown.blocks import parse
from tui.core.notes.questions import asking

DATA = Path(__file__).parent / "data"
SETS = ("questions.tsv", "questions-held-out.tsv")
"""One block of Markdown per line, followed by a tab and the sentence in it that asks, or nothing.

The second set was labelled by someone who had not looked at the rules.
"""
SHARE = 0.99


def labelled(name: str) -> list[tuple[str, str]]:
    """Each block of a set with its label."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(source, sentence) for source, _, sentence in (line.partition("\t") for line in lines)]


def found_in(source: str) -> str:
    """The asking sentence found in the only block of a source; empty if there is none."""
    (block,) = parse(f"{source}\n")
    found = asking(block)
    return block.text[slice(*found.span)] if found else ""


def test_the_labelled_sets_are_large_share_nothing_and_have_blocks_of_both_kinds() -> None:
    first, second = map(labelled, SETS)
    assert len(first) >= 300
    assert len(second) >= 150
    assert len({source for source, _ in (*first, *second)}) == len(first) + len(second)
    assert sum(not sentence for _, sentence in first) >= 60
    assert sum(not sentence for _, sentence in second) >= 25


@pytest.mark.parametrize("name", SETS)
def test_the_spans_of_asking_sentences_have_precision_and_recall_of_99_per_cent(name: str) -> None:
    pairs = [(sentence, found_in(source)) for source, sentence in labelled(name)]
    right = sum(bool(found) and found == sentence for sentence, found in pairs)
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert right >= SHARE * sum(bool(found) for _, found in pairs), wrong
    assert right >= SHARE * sum(bool(sentence) for sentence, _ in pairs), wrong
