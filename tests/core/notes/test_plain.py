"""Notes as plain text for a pipe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import Address, Kind, Note, Place, Span
from tui.core.notes.plain import PrintedNote, plain_text
from tui.core.notes.reading import read_note

MARKDOWN = """\
# Log

About it.

## Ada on Cogs

- [x] oil it
  1. first
     second paragraph

  2. **then**

- two\\
  lines

---

> so they say

```py
turn()
  turn()
```

## Bo on Cogs

- a
"""


def plain(note: Note, *highlighted: tuple[int, int, int, int]) -> str:
    spans: dict[Address, list[Span]] = {}
    for episode, block, start, end in highlighted:
        spans.setdefault(Address(episode, block), []).append(Span(start, end))
    return "\n".join(plain_text(note, spans)) + "\n"


def test_blocks_keep_their_place_and_marks() -> None:
    assert (
        plain(read_note("a.md", MARKDOWN))
        == """\
Log

About it.

Ada on Cogs

• [x] oil it
  1. first
     second paragraph
  2. then
• two
  lines

---

> so they say

    turn()
      turn()

Bo on Cogs

• a
"""
    )


def test_title_and_author_stand_above_the_episodes() -> None:
    note = read_note("a.txt", "Mary Lee\n\nTalk Notes\n\nAda on Cogs\n\n• a\n")
    assert plain(note) == "Talk Notes\nby Mary Lee\n\nAda on Cogs\n\n• a\n"


def test_guests_show_and_date_stand_below_the_title_that_does_not_say_them() -> None:
    source = "---\ntitle: On looms\nguest: Ada Holt\nshow: Cogs\ndate: 2024-05-01\n---\n\n- a\n"
    assert [*plain_text(read_note("a.md", source))] == ["On looms", "Ada Holt · Cogs · 2024-05-01", "", "• a"]


def test_note_without_a_title_begins_with_its_episode() -> None:
    assert plain(read_note("log.txt", "• a\n")) == "log\n\n• a\n"


def test_note_that_could_not_be_read_is_empty() -> None:
    assert list(plain_text(Note("a.md", None, None, ()))) == []


def test_highlights_stand_between_marks() -> None:
    note = read_note("a.txt", "Ada on Cogs\n\n• gears turn slowly\n• levers\n")
    text = plain(note, (0, 0, 0, 5), (0, 0, 11, 17), (0, 1, 0, 6))
    assert text == "Ada on Cogs\n\n• ==gears== turn ==slowly==\n• ==levers==\n"


@pytest.mark.parametrize("spans", [[(0, 5), (3, 10)], [(3, 10), (0, 5)], [(0, 5), (5, 10)], [(0, 10), (2, 4)]])
def test_highlights_that_overlap_are_marked_as_one(spans: list[tuple[int, int]]) -> None:
    note = read_note("a.txt", "Ada on Cogs\n\n• gears turn slowly\n")
    assert "• ==gears turn== slowly\n" in plain(note, *((0, 0, start, end) for start, end in spans))


@given(st.lists(st.tuples(st.integers(0, 17), st.integers(0, 17))))
def test_marks_change_nothing_else(spans: list[tuple[int, int]]) -> None:
    note = read_note("a.txt", "Ada on Cogs\n\n• gears turn slowly\n")
    text = plain(note, *((0, 0, min(span), max(span)) for span in spans))
    assert text.replace("==", "") == plain(note)


def test_pasted_notes_read_the_same_when_they_are_read_again() -> None:
    note = read_note(
        "a.txt", "Mary Lee\n\nTalk Notes\n\nAda on Cogs\n\n• a\n\n  ◦ b?\n\nBrass:\n\n• c\n\nBo on Cogs\n\nIt ends.\n"
    )
    again = read_note("a.txt", plain(note))
    assert (again.title, again.author) == (note.title, note.author)
    for before, after in zip(note.episodes, again.episodes, strict=True):
        assert before.title == after.title
        assert [(it.kind, it.depth, it.text) for it in before.blocks] == [
            (it.kind, it.depth, it.text) for it in after.blocks
        ]


def test_a_place_is_where_its_words_are_printed() -> None:
    note = read_note("a.md", MARKDOWN)
    text, printed = plain(note), PrintedNote(note)
    for number, episode in enumerate(note.episodes):
        for index, block in enumerate(episode.blocks):
            if block.kind is Kind.RULE:
                continue
            start, end = printed.span(Place(Address(number, index), Span(0, len(block.text))))
            assert text[start:end].split() == block.text.split()
            for at in range(len(block.text)):
                start, end = printed.span(Place(Address(number, index), Span(at, at + 1)))
                assert text[start:end].strip() == block.text[at].strip()
