"""Contrast as defined by WCAG, and colours adjusted until they are readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.drawing.contrast import blended, contrast, readable

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_what_the_guidelines_have(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(COLOURS, COLOURS)
def test_blending_begins_at_the_one_and_ends_at_the_other(one: str, other: str) -> None:
    assert (blended(one, other, 0), blended(one, other, 1)) == (one, other)


@given(COLOURS, COLOURS)
def test_any_colour_is_made_readable_on_any_ground(colour: str, ground: str) -> None:
    assert contrast(readable(colour, [ground]), ground) >= 4.5


@given(COLOURS, COLOURS)
def test_readable_colours_stay_as_they_are(colour: str, ground: str) -> None:
    seen = readable(colour, [ground])
    assert readable(seen, [ground]) == seen
    assert seen == colour or contrast(colour, ground) < 4.5
