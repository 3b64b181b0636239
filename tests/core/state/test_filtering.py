from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, NeedsReview, Orphan, Part, QuestionRecord
from tui.core.notes.model import Address, Place, Span
from tui.core.state.filtering import EVERYTHING, faults, passes, passes_question, read_filter
from tui.core.state.model import Annotations

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PART = Part("cards\nand looms", "", "", "Ada on Looms", "", "cards\nand looms", 0, 5)
ANCHORED = Anchored((Place(Address(0, 0), Span(0, 5)),), MatchKind.EXACT, 1.0)
EDITED = Anchored(ANCHORED.places, MatchKind.EDITED, 0.9)
NAMES = {"pink": "not so sure"}


def found(query: str, anchor: Any = ANCHORED, **given: Any) -> bool:
    values: dict[str, Any] = {"colour": Colour.PINK, "comment": "Ask her", "tags": ("looms", "old/cards"), **given}
    highlight = Highlight("1", parts=(PART,), created=NOW, updated=NOW, **values)
    return passes(highlight, anchor, "Cards and looms", read_filter(query), NAMES)


@pytest.mark.parametrize(
    "query",
    [
        *("", "   ", "cards", "CARDS", "cards looms", "ask", "#looms", "#loo", "tag:LOOMS", "#old/"),
        *("colour:pink", "color:pi", "colour:sure", "colour:not", "is:anchored", "is:commented", "is:tagged"),
        *('"cards and looms"', '"and   looms"', '"cards and', "NOT tea", "NOT #tea", "NOT NOT cards", "tea OR cards"),
        *("tea OR #looms is:anchored", "OR cards", "cards OR", "cards NOT", "tea OR OR cards", '""'),
        *("NOT is:orphan colour:pink OR tea", 'NOT "cards looms"', "cards OR is:nothing"),
    ],
)
def test_highlight_passes(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        *("tea", "cards tea", "#cards", "colour:blue", "is:review", "is:orphan", "is:kept", "is:edited", "is:open"),
        *('"cards looms"', "NOT cards", "NOT NOT tea", "tea OR coffee", "cards NOT #looms", "NOT colour:pink"),
        *("tea OR cards NOT looms", '"OR"', '"is:anchored"', "is:nothing", "cards or tea"),
    ],
)
def test_highlight_does_not_pass(query: str) -> None:
    assert not found(query)


@pytest.mark.parametrize(
    ("state", "anchor", "given"),
    [
        ("review", NeedsReview(()), {}),
        ("orphan", Orphan(), {}),
        ("edited", EDITED, {}),
        ("kept", Orphan(), {"kept": True}),
    ],
)
def test_state_is_that_of_the_anchor_today(state: str, anchor: Any, given: dict[str, Any]) -> None:
    assert found(f"is:{state}", anchor, **given)
    assert not found(f"NOT is:{state}", anchor, **given)


def asked(query: str, answer: Answer = Answer.OPEN, record: QuestionRecord | None = None, anchor: Any = None) -> bool:
    marks = Annotations(anchors={} if anchor is None else {"1": anchor})
    return passes_question("Who turns it? #cogs", answer, record, marks, read_filter(query))


def test_question_passes_by_words_and_state() -> None:
    record = QuestionRecord("1", Answer.ANSWERED, (PART,), NOW, NOW, answer="A crank", answered_by=(PART,))
    assert asked("who #cogs is:open")
    assert asked("NOT is:answered NOT is:orphan NOT is:linked")
    assert asked("crank is:answered is:linked cards", Answer.ANSWERED, record, ANCHORED)
    assert asked("is:orphan", Answer.ANSWERED, record)
    assert asked("is:review OR tea", Answer.ANSWERED, record, NeedsReview(()))
    assert not asked("is:open", Answer.DISMISSED)
    assert not asked("colour:pink")
    assert not asked("is:commented")


def test_misspelt_state_and_colour_are_told() -> None:
    said = [*faults(read_filter("is:comented OR NOT colour:brown looms is:open is:kept colour:sure"), NAMES)]
    assert [each.split(";")[0] for each in said] == ["no state is called 'comented'", "no colour is called 'brown'"]
    assert [*faults(EVERYTHING, NAMES)] == []


@given(st.text('abAB "#:NOTRisco', max_size=30))
def test_any_text_is_a_filter_and_not_of_a_word_is_its_opposite(typed: str) -> None:
    found(typed)
    if typed.strip() and not {'"'} & set(typed) and not typed.split()[1:] and typed.strip() not in ("OR", "NOT"):
        assert found(f"NOT {typed}") is not found(typed)
