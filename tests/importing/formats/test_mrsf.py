"""Sidemark's sidecars, onto notes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml

from tests.exporting.formats.test_mrsf import NOTE, at, export
from tests.exporting.made import highlight
from tests.importing.formats.hypothesis_corpus import HERE
from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight
from tui.core.notes.model import Library
from tui.core.state.model import State
from tui.errors import SourceError
from tui.exporting.formats.mrsf import EXPORTER
from tui.importing.contents import Source, SourceContents
from tui.importing.formats.mrsf import read
from tui.importing.registry import detect_importer

SIDECAR = """\
mrsf_version: "1.0"
document: salt.md
comments:
  - id: c1
    author: Ada (ada)
    timestamp: 2024-03-03T22:05:07Z
    text: so were shells
    resolved: false
    line: 3
    start_column: 2
    selected_text: Salt was money
  - {id: c2, author: Bo, timestamp: "2024-03-04T08:00:00Z", text: and beads, resolved: true, reply_to: c1}
  - {id: c3, author: Bo, timestamp: "2024-03-04T08:00:00Z", text: two, line: 6, start_column: 23, selected_text: Nobody}
  - {id: c4, author: Bo, timestamp: "2024-03-04T08:00:00Z", text: a line, line: 4, x_theirs: {a: [1]}}
  - id: 01M84PWGYRHF92XYQBE4CMFPX1
    author: earmark
    timestamp: "2024-03-04T08:00:00+00:00"
    text: ""
    line: 4
    selected_text: Mules
    x_earmark_colour: green
    x_earmark_tags: ["trade"]
"""


def contents(text: str) -> SourceContents:
    return read(Source("salt.md.review.yaml", text.encode(), state=HERE))


def highlights(text: str) -> list[Highlight]:
    return [each.record for each in contents(text).found if isinstance(each.record, Highlight)]


def test_it_is_told() -> None:
    importer = detect_importer(Source("salt.md.review.yaml", SIDECAR.encode()))
    assert importer is not None
    assert importer.name == "mrsf"


def test_a_comment_is_a_highlight_with_its_replies_below() -> None:
    result = contents(SIDECAR)
    assert not result.faults
    first, *_ = highlights(SIDECAR)
    assert first.comment == "so were shells\nBo: and beads"
    assert (first.parts[0].exact, first.parts[0].block) == ("Salt was money", "Salt was money in the north.")
    assert first.created.isoformat() == "2024-03-03T22:05:07+00:00"


def test_line_and_column_tell_equal_words_apart() -> None:
    for column in (0, 23):
        changed = SIDECAR.replace("start_column: 23", f"start_column: {column}")
        assert [part.start for part in highlights(changed)[1].parts] == [column]


def test_words_with_markup_and_what_earmark_exported_come_back() -> None:
    library = Library("in/heard.md", (NOTE,))
    for anchor in (at(0, "tell the loom"), at(0, "loom, and a page says"), at(1, "twice", 1), at(1, "twice", 2)):
        made = highlight("1", comment="why?", tags=("a",))
        text = EXPORTER.write(export((made, anchor))).text
        (found,) = read(Source("a.review.yaml", text.encode(), state=State(library))).found
        assert isinstance(found.record, Highlight)
        assert found.record.parts == describe(NOTE, anchor.places)
        assert (found.record.id, found.record.comment, found.record.tags) == ("1", "why?", ("a",))


def test_a_comment_on_a_line_is_on_all_of_its_block() -> None:
    assert [part.exact for part in highlights(SIDECAR)[2].parts] == ["Mules carried it over the pass."]


def test_a_highlight_of_ours_comes_back_as_it_was() -> None:
    own = highlights(SIDECAR)[-1]
    assert (own.id, own.colour, own.tags) == ("01M84PWGYRHF92XYQBE4CMFPX1", Colour.GREEN, ("trade",))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("{id: a, text: t}", "this comment cannot be read: it is not about any words"),
        ("{id: a, text: t, line: 99}", "this comment cannot be read: it is not about any words"),
        ("{id: a, text: t, line: 3, timestamp: soon}", "this comment cannot be read: `timestamp` is not a time"),
        ("{text: t, line: 3}", "this comment cannot be read: `id` is not an id"),
        ("5", "this is not a comment"),
        ("{id: a, text: t, reply_to: zz}", "the comment it replies to is missing"),
    ],
)
def test_a_comment_that_is_none_is_told_with_its_line(item: str, said: str) -> None:
    result = contents(f"mrsf_version: '1.0'\ncomments:\n- {item}\n- {{id: b, line: 3}}\n")
    assert [(fault.line, fault.problem) for fault in result.faults] == [(3, said)]
    assert len(result.found) == 1


@pytest.mark.parametrize("text", ["", "a: [", "5", "comments: 5", "[" * 3000, "a: \x07", "comments: [*x]"])
def test_anything_but_a_sidecar_is_reported(text: str) -> None:
    with pytest.raises(SourceError):
        contents(text)


@pytest.mark.parametrize("null", ["null", "~", "", "Null"])
def test_a_field_without_a_value_is_missing(null: str) -> None:
    result = contents(
        f"mrsf_version: '1.0'\ncomments:\n- id: a\n  reply_to: {null}\n  text: {null}\n  line: 3\n"
        "  selected_text: Salt\n"
    )
    assert [(each.record.parts[0].exact, result.faults) for each in result.found] == [("Salt", ())]


def test_the_format_in_json_is_read_as_in_yaml() -> None:
    comments = [
        {
            "id": "c1",
            "author": "Ada",
            "text": "so",
            "line": 3,
            "selected_text": "Salt",
            "reply_to": None,
            "resolved": True,
        },
        {"id": "c2", "author": "Bo", "text": "no", "reply_to": "c1", "x_earmark_tags": ["a", 5]},
        "none",
    ]
    text = json.dumps({"mrsf_version": "1.0", "comments": comments}, indent=1)
    in_yaml = contents(yaml.safe_dump(yaml.safe_load(text)))
    result = contents(text)
    assert [each.record for each in result.found] == [
        replace(each.record, created=mine.record.created, updated=mine.record.updated, id=each.record.id)
        for each, mine in zip(in_yaml.found, result.found, strict=True)
    ]
    line = text[: text.index('"none"')].count("\n") + 1
    assert [(fault.line, fault.problem) for fault in result.faults] == [(line, "this is not a comment")]
