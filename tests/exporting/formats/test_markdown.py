from __future__ import annotations

from tests.exporting.made import ANCHORED, NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Orphan, QuestionRecord
from tui.exporting.export import Export
from tui.exporting.formats.markdown import EXPORTER

MILK = Anchored((place(1, 1, 0, 11),), MatchKind.EXACT, 1.0)
TEA = Anchored((place(1, 0, 0, 4),), MatchKind.EXACT, 1.0)


def test_highlights_stand_by_episode_and_colour_and_questions_with_their_answers() -> None:
    said = QuestionRecord("7", Answer.ANSWERED, (part("Milk first?"),), NOW, NOW, "By *taste*.", (part("Tea."),))
    marked = state(
        (highlight("1", part("Tea.", episode="Bob on Tea"), comment="With\nmilk"), TEA),
        (highlight("2", part("on two lines.")), Anchored((place(0, 1, 9, 22),), MatchKind.EXACT, 1.0)),
        (highlight("3", tags=("x", "y/z")), ANCHORED),
        (highlight("4", colour=Colour.YELLOW), ANCHORED),
        asked=((said, MILK),),
    )
    marks = marked.annotations["heard.md"]
    marks.anchors["7/answer"] = TEA  # type: ignore[index]  # a dictionary of this test's own
    assert (
        EXPORTER.write(Export(marked, names={"yellow": "key *idea*"})).text
        == """\
# Heard

## Ada on Looms

### Yellow: key \\*idea\\*

> Cards

`heard.md:5`

### Green

> Cards

#x #y/z · `heard.md:5`

> on two lines.

`heard.md:6`

### Questions

- [x] Who wove first? `heard.md:8`
  - Nobody knows.
    - Not even Ada.

## Bob on Tea

### Green

> Tea.

With
milk

`heard.md:14`

### Questions

- [x] Milk first? `heard.md:15`
  - By \\*taste\\*.
  - Tea.
"""
    )


def test_items_without_a_certain_place_say_so_below_their_episode() -> None:
    marked = state(
        (highlight("1", part("gone", episode="Ada on Looms")), Orphan()),
        (highlight("2", part("Coffee.", episode="Cut out")), NeedsReview((Candidate(TEA.places, 0.6),))),
    )
    text = EXPORTER.write(Export(marked, has_questions=False)).text
    assert "## Ada on Looms\n\n### Green\n\n> gone\n\n`heard.md` · its text is gone\n" in text
    assert "## Cut out\n\n### Green\n\n> Coffee.\n\n`heard.md` · needs review\n" in text


def test_dismissed_question_says_so() -> None:
    said = QuestionRecord("7", Answer.DISMISSED, (part("Milk first?"),), NOW, NOW)
    assert "- [x] Milk first? (dismissed) `heard.md:15`\n" in EXPORTER.write(Export(state(asked=((said, MILK),)))).text


def test_nothing_to_export_is_nothing() -> None:
    assert EXPORTER.write(Export(state(), has_questions=False)).text == ""
