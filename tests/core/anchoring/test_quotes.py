"""Selectors that contain only a quote and its context, as other programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.core.anchoring.drafts import text_at
from tui.core.anchoring import resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, MatchKind, NeedsReview, Orphan, Part
from tui.core.notes.model import Address
from tui.core.notes.reading import read_note

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = read_note(
    "a.md", "## Tea on Air\n\n- pour the water slowly\n- pour the milk first\n- wait\n\n## Wait\n\n- pour\n"
)


def found(exact: str, prefix: str = "", suffix: str = "") -> Anchor:
    part = Part(exact, prefix, suffix, episode="", heading="", block="", start=0, line=0)
    return resolve(NOTE, [Highlight("1", Colour.YELLOW, (part,), NOW, NOW)], None)["1"]


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "address"),
    [
        ("water slowly", "", "", Address(0, 0)),
        ("Water  Slowly", "", "", Address(0, 0)),
        ("pour the", "slowly\n", " milk first", Address(0, 1)),
        ("pour the", "", " water slowly\npour", Address(0, 0)),
        ("wait", "", "", Address(0, 2)),
    ],
)
def test_a_quote_is_found_by_its_context(exact: str, prefix: str, suffix: str, address: Address) -> None:
    anchor = found(exact, prefix, suffix)
    assert isinstance(anchor, Anchored)
    assert [place.address for place in anchor.places] == [address]
    assert text_at(NOTE, anchor.places[0]).lower() == " ".join(exact.lower().split())
    assert anchor.how is MatchKind.EXACT


def test_a_quote_that_stands_in_several_places_is_for_the_reader_to_decide() -> None:
    anchor = found("pour")
    assert isinstance(anchor, NeedsReview)
    assert len(anchor.candidates) == 3


def test_a_quote_that_nobody_wrote_is_an_orphan() -> None:
    assert found("stir") == Orphan()


def test_a_quote_with_another_context_is_not_taken_for_it() -> None:
    assert isinstance(found("wait", "said the hatter to the hare, ", " until the clock has struck"), NeedsReview)
