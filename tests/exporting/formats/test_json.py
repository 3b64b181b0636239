from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.exporting.made import CARDS, NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Orphan, QuestionRecord
from tui.exporting.export import Export
from tui.exporting.formats.json import EXPORTER

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Anchor, Highlight


def objects(*marked: tuple[Highlight, Anchor]) -> list[dict[str, Any]]:
    text = EXPORTER.write(Export(state(*marked), has_questions=False)).text
    found: list[dict[str, Any]] = json.loads(text)["highlights"]
    return found


def test_anchored_highlight_tells_todays_place() -> None:
    made = highlight("1", part("the loom", quoted="a loom"), comment="ask", tags=("x", "y"))
    (found,) = objects((made, Anchored((place(0, 0, 11, 19),), MatchKind.EDITED, 0.87654)))
    assert found == {
        "id": "1",
        "path": "heard.md",
        "state": "anchored",
        "quoted": "a loom",
        "text": "the loom",
        "episode": "Ada on Looms",
        "line": 5,
        "end_line": 5,
        "start": 11,
        "end": 19,
        "colour": "green",
        "comment": "ask",
        "tags": ["x", "y"],
        "confidence": 0.8765,
        "candidates": [],
        "kept": False,
        "created": "2026-01-02T03:04:05+00:00",
        "updated": "2026-01-02T03:04:05+00:00",
        "parts": [
            {
                "exact": "the loom",
                "prefix": "",
                "suffix": "",
                "episode": "Ada on Looms",
                "heading": "",
                "block": "the loom",
                "start": 0,
                "line": 5,
                "quoted": "a loom",
                "others": None,
                "earlier": [],
            }
        ],
    }


def test_highlight_of_several_parts_goes_from_the_first_to_the_last() -> None:
    made = highlight("1", part("what to do."), part("A bullet"))
    (found,) = objects((made, Anchored((place(0, 0, 20, 31), place(0, 1, 0, 8)), MatchKind.EXACT, 1.0)))
    assert found["quoted"] == found["text"] == "what to do. … A bullet"
    assert (found["line"], found["end_line"], found["start"], found["end"]) == (5, 7, 20, 8)


def test_highlight_that_needs_review_has_no_place_but_candidates() -> None:
    anchor = NeedsReview((Candidate((CARDS,), 0.6), Candidate((place(1, 0, 0, 4),), 0.41)))
    (found,) = objects((highlight("1"), anchor))
    assert found["state"] == "review"
    assert found["candidates"] == [
        {"text": "Cards", "line": 5, "confidence": 0.6},
        {"text": "Tea.", "line": 14, "confidence": 0.41},
    ]
    assert {key for key, value in found.items() if value is None} == {
        *("text", "line", "end_line", "start", "end", "comment", "confidence")
    }


def test_orphan_keeps_its_words_and_the_episode_it_was_marked_in() -> None:
    (found,) = objects((highlight("1", part("gone")), Orphan()))
    assert (found["state"], found["quoted"], found["text"]) == ("orphan", "gone", None)
    assert (found["episode"], found["line"], found["candidates"]) == ("Ada on Looms", None, [])


def test_library_without_highlights_is_an_empty_list() -> None:
    assert json.loads(EXPORTER.write(Export(state(), has_questions=False)).text) == {"highlights": []}


def test_questions_are_told_with_their_answers_unless_they_are_left_out() -> None:
    record = QuestionRecord("7", Answer.DISMISSED, (part("Milk first?"),), NOW, NOW, answer="As you like")
    asked = state(asked=((record, Anchored((place(1, 1, 0, 11),), MatchKind.EXACT, 1.0)),))
    first, second = json.loads(EXPORTER.write(Export(asked)).text)["questions"]
    assert (first["id"], first["text"], first["replies"], first["parts"]) == (None, "Who wove first?", 2, None)
    assert (second["id"], second["state"], second["answer"], second["line"]) == ("7", "dismissed", "As you like", 15)
    assert second["parts"][0]["exact"] == "Milk first?"
    assert "questions" not in json.loads(EXPORTER.write(Export(asked, has_questions=False)).text)
