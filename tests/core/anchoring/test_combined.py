"""Edits of several kinds in one save: no highlight is on another bullet, and few need review.

`python -m tests.bench.anchoring` tries many more.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.core.anchoring.combined import COMBINATIONS, IN_DOUBT, Combination, Tally, generated, tried

SAMPLE = Path(__file__).parents[3] / "notes" / "podcasts.md"


@pytest.mark.parametrize("combination", COMBINATIONS, ids=lambda combination: combination.name)
def test_edits_of_several_kinds_move_no_highlight_to_another_bullet(combination: Combination) -> None:
    notes = ((generated(1), 2), (generated(2), 2), (SAMPLE.read_text("utf-8"), 5))
    tally = Tally()
    for number, (source, every) in enumerate(notes):
        tally += tried(source, combination, Random(f"{combination.name} {number}"), every=every)
    assert tally.wrong == []
    if not combination.is_doubtful:
        assert tally.review + tally.orphan <= IN_DOUBT * tally.count
