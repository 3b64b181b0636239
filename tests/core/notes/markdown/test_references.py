"""Definitions, references to them, and footnote markers."""

from __future__ import annotations

import pytest

from tui.core.notes.markdown.format import FORMAT
from tui.core.notes.markdown.references import (
    Labels,
    find_definitions,
    footnotes_in,
    label_key,
    referred_to,
)
from tui.core.notes.splitting import NO_DEFINITIONS

TEXT = """\
- read [the paper] and [its sequel][Two]
- heard of it[^far]

[the paper]: https://example.org/one "a title"
[two]: <https://example.org/two>
[nobody]: a speaker's own words
[^far]: In a town by the sea.
"""


def test_definitions_that_are_referred_to_are_found() -> None:
    found = find_definitions(TEXT)
    assert found.links == {
        label_key("the paper"): "https://example.org/one",
        label_key("two"): "https://example.org/two",
    }
    assert found.footnotes == {label_key("far")}


def test_text_without_definitions_has_none() -> None:
    assert find_definitions("- [a] bullet[^1]\n") is NO_DEFINITIONS


def test_the_first_of_equal_labels_counts() -> None:
    assert find_definitions("[a] \n\n[a]: /one\n[A]: /two\n").links == {label_key("a"): "/one"}


def test_fenced_lines_define_nothing() -> None:
    assert find_definitions("[a]\n\n```\n[a]: /one\n```\n").links == {}


@pytest.mark.parametrize("cuts", [(0, 2), (1, 4), (3, 5), (2, 3)])
def test_a_text_in_pieces_defines_what_the_whole_does(cuts: tuple[int, int]) -> None:
    lines = TEXT.splitlines(keepends=True)
    pieces = ["".join(lines[: cuts[0]]), "".join(lines[cuts[0] : cuts[1]]), "".join(lines[cuts[1] :])]
    labels = Labels()
    for number, piece in enumerate(pieces):
        labels.add(piece, pieces[:number])
    assert labels.definitions == find_definitions(TEXT)


def test_a_part_needs_the_definitions_that_it_refers_to() -> None:
    whole = find_definitions(TEXT)
    part = referred_to("see [its sequel][two]\n", whole)
    assert dict(part.links) == {label_key("two"): "https://example.org/two"}
    assert not part.footnotes


def test_the_signs_of_footnotes_are_told_from_the_labels_before_their_texts() -> None:
    signs = footnotes_in("- a[^1] and[^Two]: b\n  > - [^1]: the text of[^two]\n")
    assert [(sign.line, sign.written, sign.is_text) for sign in signs] == [
        (0, "[^1]", False),
        (0, "[^Two]", False),
        (1, "[^1]", True),
        (1, "[^two]", False),
    ]
    assert signs[1].key == signs[3].key
    assert signs[1].shown == "[Two]"


@pytest.mark.parametrize(
    ("line", "block_id"),
    [("- a bullet ^here", "here"), ("^here  ", "here"), ("2^10 is large", ""), ("no id", ""), ("a ^one ^two", "two")],
)
def test_a_blocks_id_is_behind_a_caret_at_the_end_of_its_line(line: str, block_id: str) -> None:
    assert FORMAT.block_id(line) == block_id
