"""Ten saves of edits, and notes in another style: no highlight is on another bullet, and few need review.

`python -m tests.bench.anchoring` tries many more.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.core.anchoring.chains import chained, reformatted
from tests.core.anchoring.combined import Tally, generated

SAMPLE = Path(__file__).parents[3] / "notes" / "podcasts.md"


@pytest.mark.parametrize("is_opened", [True, False])
def test_ten_saves_of_edits_move_no_highlight_to_another_bullet(*, is_opened: bool) -> None:
    tally = Tally()
    for number, (source, every) in enumerate(((generated(3), 1), (generated(5), 1), (SAMPLE.read_text("utf-8"), 6))):
        tally += chained(source, Random(number), every=every, is_opened=is_opened)
    assert tally.wrong == []
    # Seen after each save all are certain; after ten unseen ones, a bullet torn and merged is put to the reader.
    assert tally.right >= (0.95 if is_opened else 0.7) * tally.count


def test_notes_written_in_another_style_keep_all_highlights() -> None:
    for source in (generated(4), SAMPLE.read_text("utf-8")):
        for name, tally in reformatted(source, every=3):
            assert tally.count
            assert tally.right == tally.count, name
