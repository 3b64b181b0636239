from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exporting.made import NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, MatchKind, Orphan, QuestionRecord
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import Annotations, State
from tui.errors import OutputError
from tui.exporting.export import Export
from tui.exporting.formats.mrsf import EXPORTER

SOURCE = """\
# Heard

- Cards *tell* the **loom**, and [a page](https://x.y/z) says so.
- twice twice `twice`
- A bullet
  on two lines.
- Milk first?
"""
NOTE = read_note("in/heard.md", SOURCE)


def at(block: int, words: str, nth: int = 0) -> Anchored:
    text = NOTE.episodes[0].blocks[block].text
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Anchored((place(0, block, start, start + len(words)),), MatchKind.EXACT, 1.0)


def export(*marked: tuple[Any, Any], former: str = "", asked: tuple[Any, ...] = ()) -> Export:
    annotations = Annotations(
        {each.id: each for each, _ in marked},
        {each.id: each for each, _ in asked},
        {each.id: anchor for each, anchor in (*marked, *asked)},
    )
    return Export(State(Library(NOTE.path, (NOTE,)), {NOTE.path: annotations}), former=former)


def comments(text: str) -> list[dict[str, Any]]:
    """The comments in one of our files, whose values are JSON."""
    head, *items = text.split("  - ")
    assert head == 'mrsf_version: "1.0"\ndocument: "heard.md"\ncomments:\n'
    return [
        {key: json.loads(value) for key, _, value in (line.strip().partition(": ") for line in item.splitlines())}
        for item in items
    ]


def test_comment_has_the_required_fields_and_its_range_in_the_source() -> None:
    made = highlight("1", part("tell the loom"), comment='so "they": say\n# x', tags=("a",))
    (found,) = comments(EXPORTER.write(export((made, at(0, "tell the loom")))).text)
    assert found == {
        "id": "1",
        "author": "earmark",
        "timestamp": "2026-01-02T03:04:05+00:00",
        "text": 'so "they": say\n# x',
        "resolved": False,
        "line": 3,
        "end_line": 3,
        "start_column": 9,
        "end_column": 25,
        "selected_text": "tell* the **loom",
        "x_earmark_colour": "green",
        "x_earmark_tags": ["a"],
    }


@pytest.mark.parametrize(
    ("anchor", "selected"),
    [
        (at(0, "Cards"), "Cards"),
        (at(0, "loom, and a page says"), "loom**, and [a page](https://x.y/z) says"),
        (at(1, "twice", 1), "twice"),
        (at(1, "twice", 2), "twice"),
        (at(2, "bullet\non two"), "bullet\n  on two"),
        (Anchored((*at(0, "says so.").places, *at(1, "twice").places), MatchKind.EXACT, 1.0), "says so.\n- twice"),
    ],
)
def test_selected_words_are_those_of_the_source_at_their_lines_and_columns(anchor: Anchored, selected: str) -> None:
    (found,) = comments(EXPORTER.write(export((highlight("1"), anchor))).text)
    assert found["selected_text"] == selected
    lines = SOURCE.split("\n")[found["line"] - 1 : found["end_line"]]
    lines[-1] = lines[-1][: found["end_column"]]
    lines[0] = lines[0][found["start_column"] :]
    assert "\n".join(lines) == selected


def test_each_of_equal_words_has_its_own_column() -> None:
    columns = [
        comments(EXPORTER.write(export((highlight("1"), at(1, "twice", nth)))).text)[0]["start_column"]
        for nth in range(3)
    ]
    assert columns == [2, 8, 15]


def test_highlight_without_a_place_has_its_words_and_question_its_answer() -> None:
    said = QuestionRecord("7", Answer.ANSWERED, (part("Milk first?"),), NOW, NOW, "Never.")
    text = EXPORTER.write(export((highlight("1", part("gone")), Orphan()), asked=((said, at(3, "Milk first?")),))).text
    lost, question = comments(text)
    assert (lost["selected_text"], "line" in lost) == ("gone", False)
    assert (question["type"], question["text"], question["resolved"], question["line"]) == (
        "question",
        "Never.",
        True,
        7,
    )


THEIRS = """\
# kept by hand
mrsf_version: '1.0'
document: heard.md
x_team: {a: 1,   b: [2,3]}
comments:
    # the first
    -   id: '1'   # ours
        author: Ada (ada)
        timestamp: 2020-01-01T00:00:00Z
        text: |
          old
          words
        resolved: true
        x_other:   "k\\u0065pt"
        commit: 02eb613
        x_deep:
          - 1
          -   2

    - id: other
      text: 'theirs: all of it'
      x_y: ~
tail: 5
"""


def test_text_by_others_stays_byte_for_byte() -> None:
    made = highlight("1", part("Cards"), comment="new")
    new = highlight("2", part("loom"))
    text = EXPORTER.write(export((made, at(0, "Cards")), (new, at(0, "loom")), former=THEIRS)).text
    assert text.startswith(THEIRS.split("        timestamp")[0])
    deep = "        x_deep:\n          - 1\n          -   2\n"
    assert '        x_other:   "k\\u0065pt"\n        commit: 02eb613\n' + deep in text
    assert "        resolved: true\n" in text
    assert "    - id: other\n      text: 'theirs: all of it'\n      x_y: ~\n" in text
    assert text.endswith('        x_earmark_colour: "green"\ntail: 5\n')
    assert '        text: "new"\n' in text
    assert "old" not in text
    assert text.count("id: ") == 3


def test_merging_again_changes_nothing() -> None:
    marked = ((highlight("1", part("Cards"), comment="new"), at(0, "Cards")),)
    once = EXPORTER.write(export(*marked, former=THEIRS)).text
    assert EXPORTER.write(export(*marked, former=once)).text == once
    own = EXPORTER.write(export(*marked)).text
    assert EXPORTER.write(export(*marked, former=own)).text == own
    windows = THEIRS.replace("\n", "\r\n")
    text = EXPORTER.write(export(*marked, former=windows)).text
    assert text.replace("\r\n", "").count("\n") == 0


@pytest.mark.parametrize(
    "former",
    [
        '{"mrsf_version": "1.0", "comments": []}',
        "comments: [a]\n",
        "comments:\n  - text: no id\n",
        "comments:\n  a: b\n",
    ],
)
def test_file_in_another_shape_is_refused(former: str) -> None:
    with pytest.raises(OutputError, match="does not have a line or more"):
        EXPORTER.write(export((highlight("1"), at(0, "Cards")), former=former))


def test_several_notes_are_refused() -> None:
    one = state((highlight("1", part("Cards")), Orphan()))
    other = read_note("other.md", "# Other\n")
    both = State(
        Library(".", (*one.library.notes, other), is_folder=True),
        {**one.annotations, "other.md": Annotations({"2": highlight("2", part("gone"))}, anchors={"2": Orphan()})},
    )
    with pytest.raises(OutputError, match="export the notes one by one"):
        EXPORTER.write(Export(both))
