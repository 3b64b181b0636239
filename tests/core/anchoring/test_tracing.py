"""Blocks that became a heading, a bullet, a title or a part of their neighbour."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring.drafts import sentence
from tests.core.anchoring.test_lookalikes import SEEDS, bullet, bullets, followed, found_by_selector, words_of
from tui.core.annotations.highlights import Anchor, Anchored, NeedsReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Note


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("follow", [followed, found_by_selector])
def test_a_heading_made_a_bullet_or_a_bullet_a_heading_keeps_its_highlight_though_reworded(
    seed: int, follow: Callable[[str, str, str], tuple[Anchor, Note]]
) -> None:
    rng = Random(seed)
    above, title, below = sentence(rng, 5, 9), sentence(rng, 2, 4), sentence(rng, 5, 9)
    for changed in (f"{title}:", f"{title} now"):
        heading = f"# Here\n\n{bullets(above)}\n## {{}}\n\n{bullets(below)}"
        listed = f"# Here\n\n{bullets(above, '{}', below)}"
        for before, after in ((heading, listed), (listed, heading)):
            anchor, new = follow(before.format(title), after.format(changed), title)
            assert words_of(anchor, new) == changed


@pytest.mark.parametrize("follow", [followed, found_by_selector])
def test_a_heading_or_bullet_that_became_a_title_is_asked_about_below_it(
    follow: Callable[[str, str, str], tuple[Anchor, Note]],
) -> None:
    rng = Random(1)
    above, below, last = (sentence(rng, 5, 9) for _ in range(3))
    after = f"# Here\n\n{bullets(above)}\n# Tides at the pier\n\n{bullets(below, last)}"
    for before in (after.replace("# Tides", "## Tides"), after.replace("\n# Tides", "- Tides").replace("\n\n-", "\n-")):
        anchor, new = follow(before, after, "Tides at the pier")
        assert isinstance(anchor, NeedsReview)
        assert anchor.candidates[0].places == (bullet(new, below),)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("follow", [followed, found_by_selector])
def test_a_label_joined_with_the_bullet_below_it_keeps_its_highlight_to_itself(
    seed: int, follow: Callable[[str, str, str], tuple[Anchor, Note]]
) -> None:
    rng = Random(seed)
    above, below, last = sentence(rng, 5, 9), sentence(rng, 9, 12), sentence(rng, 5, 9)
    label = sentence(rng, 1, 3)
    before = f"# Here\n\n{bullets(above, label, below, last)}"
    for sign in (":", " -", ","):
        anchor, new = follow(before, f"# Here\n\n{bullets(above, f'{label}{sign} {below}', last)}", label)
        assert not isinstance(anchor, Anchored) or words_of(anchor, new) == label
        assert isinstance(anchor, Anchored) or follow is found_by_selector
