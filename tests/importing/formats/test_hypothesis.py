"""Annotations of Hypothesis, onto notes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.importing.formats.hypothesis_corpus import ANSWER, EXPORT, HERE, LIST, ROWS, row
from tui.core.anchoring import resolve
from tui.core.annotations.highlights import Anchored, Highlight
from tui.errors import SourceError
from tui.importing.contents import Source
from tui.importing.formats.hypothesis import read
from tui.importing.registry import detect_importer

if TYPE_CHECKING:
    from tui.core.state.model import State
    from tui.importing.contents import SourceContents


def contents(text: str, state: State | None = HERE) -> SourceContents:
    return read(Source("a.json", text.encode(), state=state))


def of(*given: dict[str, Any]) -> SourceContents:
    return contents(json.dumps({"total": len(given), "rows": given}, indent=1))


def highlights(result: SourceContents) -> list[Highlight]:
    return [each.record for each in result.found if isinstance(each.record, Highlight)]


@pytest.mark.parametrize("text", [ANSWER, EXPORT, LIST, json.dumps(ROWS[0]), "\ufeff" + EXPORT])
def test_each_shape_is_told(text: str) -> None:
    importer = detect_importer(Source("a.json", text.encode()))
    assert importer is not None
    assert importer.name == "hypothesis"


@pytest.mark.parametrize("text", [ANSWER, EXPORT, LIST])
def test_each_shape_brings_the_same(text: str) -> None:
    assert len(ROWS) >= 20
    assert highlights(contents(text)) == highlights(contents(ANSWER))
    assert len(highlights(contents(text))) == 16


def test_an_annotation_has_its_comment_tags_and_times_and_replies_below() -> None:
    first = highlights(contents(ANSWER))[0]
    assert first.comment == "so were shells\nbo: and beads\nada: yes"
    assert first.tags == ("old-trade", "salt", "beads")
    assert first.created == datetime(2024, 3, 3, 22, 5, 7, tzinfo=UTC)
    assert first.updated == datetime(2024, 3, 4, 8, 0, 0, tzinfo=UTC)


def test_words_stand_where_what_is_around_them_says() -> None:
    (found,) = highlights(of(row("a", "Nobody", suffix=" asked")))
    (part,) = found.parts
    assert (part.block, part.start) == ("Nobody paid the mules. Nobody asked.", 23)


def test_words_over_two_paragraphs_have_a_part_in_each() -> None:
    (found,) = highlights(of(row("a", "over the pass.\n\nNobody paid")))
    assert [part.exact for part in found.parts] == ["over the pass.", "Nobody paid"]


def test_words_that_are_not_in_the_note_are_brought_and_left_for_review() -> None:
    (found,) = highlights(of(row("a", "Quite other words of another page", "before ", " behind")))
    anchors = resolve(HERE.library.notes[0], [found], None)
    assert not isinstance(anchors[found.id], Anchored)


def test_a_note_on_a_page_and_a_reply_to_nothing_are_told() -> None:
    result = of(row("p", text="worth a look"), row("r", text="lost", references=["zz"]))
    assert [fault.problem for fault in result.faults] == [
        "this is about the whole page, not about words",
        "the comment it replies to is missing",
    ]
    assert [fault.line for fault in result.faults] == [4, 24]
    assert not result.found


def test_ids_are_the_same_in_every_import() -> None:
    assert len({each.id for each in highlights(contents(ANSWER))}) == 16
    assert [each.id for each in highlights(contents(EXPORT))] == [each.id for each in highlights(contents(LIST))]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": 5}, "`text` is not text"),
        ({"tags": [7]}, "`tags` is not text"),
        ({"created": "today"}, "`created` is not a time"),
        ({"target": [4]}, "it is not an object"),
        ({"target": [{"selector": [{"type": "RangeSelector"}]}]}, "it quotes no words"),
    ],
)
def test_a_row_that_is_none_is_told_and_the_others_are_read(changed: dict[str, Any], said: str) -> None:
    result = of(row("a", "Salt", **changed), row("b", "Mules"))
    assert [(fault.line, fault.problem) for fault in result.faults] == [(4, f"this annotation cannot be read: {said}")]
    assert [found.parts[0].exact for found in highlights(result)] == ["Mules"]


@pytest.mark.parametrize("text", ["5", '{"a": 1}', "[1, 2]", '{"rows": 5}', "{"])
def test_a_source_without_annotations_is_reported(text: str) -> None:
    with pytest.raises(SourceError):
        contents(text)


def test_annotations_need_notes() -> None:
    with pytest.raises(SourceError, match="--onto"):
        contents(ANSWER, None)
