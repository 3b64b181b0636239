"""How well asking sentences are found, measured against blocks that a person labelled."""

from __future__ import annotations

from pathlib import Path

from tui.core.markdown import parse
from tui.core.questions import asking

LABELLED = Path(__file__).parent / "data" / "questions.tsv"
"A block of Markdown in each line, behind a tab the sentence in it that asks; nothing where none does."
SHARE = 0.99


def labelled() -> list[tuple[str, str]]:
    """Each block with its label."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [(source, sentence) for source, _, sentence in (line.partition("\t") for line in lines)]


def found_in(source: str) -> str:
    """The sentence that is found to ask in the one block of a source; empty where none is."""
    (block,) = parse(f"{source}\n")
    found = asking(block)
    return block.text[slice(*found.span)] if found else ""


def test_the_labelled_set_is_large_and_has_blocks_of_both_kinds() -> None:
    blocks = labelled()
    assert len(blocks) >= 300
    assert len({source for source, _ in blocks}) == len(blocks)
    assert sum(not sentence for _, sentence in blocks) >= 60


def test_the_spans_of_asking_sentences_have_precision_and_recall_of_99_per_cent() -> None:
    pairs = [(sentence, found_in(source)) for source, sentence in labelled()]
    right = sum(bool(found) and found == sentence for sentence, found in pairs)
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert right >= SHARE * sum(bool(found) for _, found in pairs), wrong
    assert right >= SHARE * sum(bool(sentence) for sentence, _ in pairs), wrong
