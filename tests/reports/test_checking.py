"""The report of `earmark check` on highlights, questions and links that need a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.test_highlights import ANCHORED, CARDS, NOTE, NOW, highlight, part, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Candidate, NeedsReview, Orphan, QuestionRecord
from tui.core.annotations.link_ids import link_id
from tui.core.notes.model import Library
from tui.core.state.model import Annotations, State
from tui.reports.checking import check_text, needs_person

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Anchor

DOUBT = NeedsReview((Candidate((CARDS,), 0.5),))


def asked(anchor: Anchor, link: Anchor | None = None, *, kept: bool = False, unmade: bool = False) -> State:
    """A library with one question, perhaps linked to its answer."""
    answered_by = (part("the answer"),) if link else ()
    record = QuestionRecord("1", Answer.ANSWERED, (part("Who asks?"),), NOW, NOW, "", answered_by, unmade, kept)
    anchors = {"1": anchor} | ({link_id("1"): link} if link else {})
    annotations = Annotations(questions={"1": record}, anchors=anchors)
    return State(Library("heard.md", (NOTE,)), annotations={"heard.md": annotations})


def test_a_question_without_a_certain_place_is_counted() -> None:
    for anchor, why in ((Orphan(), "its text is gone"), (DOUBT, "needs review")):
        lines = list(check_text(asked(anchor), []))
        assert lines[0] == "Questions to look at"
        assert lines[1] == f"  heard.md  Who asks?  ({why})"
        assert lines[-1] == "0 highlights; 1 to look at"
        assert needs_person(asked(anchor))


def test_a_link_without_a_certain_place_is_counted_beside_its_question() -> None:
    lines = list(check_text(asked(Orphan(), DOUBT), []))
    assert lines[2] == "  heard.md  Who asks?  → the answer  (needs review)"
    assert lines[-1] == "0 highlights; 2 to look at"
    assert needs_person(asked(ANCHORED, Orphan()))


def test_kept_orphans_and_withdrawn_questions_need_nobody() -> None:
    assert not needs_person(asked(Orphan(), Orphan(), kept=True))
    assert not needs_person(asked(Orphan(), Orphan(), unmade=True))
    assert not needs_person(asked(ANCHORED, Anchored((CARDS,), ANCHORED.how, 1.0)))


def test_check_ends_in_how_things_stand() -> None:
    assert list(check_text(state(), [])) == ["0 highlights; all is well"]
    well = state((highlight("1"), ANCHORED))
    assert list(check_text(well, []))[-1] == "1 highlight: 1 anchored; all is well"
    ill = state((highlight("1"), ANCHORED), (highlight("2"), Orphan()))
    lines = list(check_text(ill, ["heard.toml:3: no value\nat all"]))
    assert lines[0] == "heard.toml:3: no value at all"
    assert lines[-1] == "2 highlights: 1 anchored, 1 orphan; 1 to look at, 1 problem to fix"


def test_kept_orphan_needs_nobody() -> None:
    assert not needs_person(state((highlight("1", kept=True), Orphan()), (highlight("2"), ANCHORED)))
    assert needs_person(state((highlight("1"), Orphan())))
    assert needs_person(state((highlight("1"), NeedsReview((Candidate((CARDS,), 0.5),)))))
