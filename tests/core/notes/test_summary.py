"""Summaries of episodes."""

from __future__ import annotations

from tui.core.notes.model import Kind
from tui.core.notes.reading import read_note
from tui.core.notes.summary import summary

TEXT = "# One\n\n## Höhe 🚀\n\n- a\n- Is it?\n\n## \N{IDEOGRAPHIC SPACE}Two\n### **Bold** words\n\n# Two\n\nno\n"


def test_headings_are_told_as_the_blocks_have_them() -> None:
    one, two = read_note("a.md", TEXT).episodes
    headings = [(index, block.text.strip()) for index, block in enumerate(one.blocks) if block.kind is Kind.HEADING]
    assert [*summary(one).headings] == headings
    assert [text for _, text in headings] == ["Höhe 🚀", "Two", "Bold words"]
    assert not [*summary(two).headings]


def test_episode_that_was_not_parsed_is_not_kept_parsed() -> None:
    one, two = read_note("a.md", TEXT).episodes
    assert (summary(one).bullets, len(summary(one).questions)) == (2, 1)
    assert summary(two).bullets == 0
    assert not one.body.is_parsed
