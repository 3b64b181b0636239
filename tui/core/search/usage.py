"""The commands that a reader has chosen by name, ranked by use."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 50
"Most uses remembered, which are some days' worth for a reader who often chooses by name."
FADING = 0.9
"Weight of a use relative to the next one: three recent uses count for more than one, and old habits fade."


def with_use(uses: Sequence[str], name: str) -> tuple[str, ...]:
    """Append a use; the oldest come first."""
    return (*uses, name)[-MOST:]


def by_use(uses: Sequence[str]) -> list[str]:
    """Each name once, those used often and recently first."""
    weights: dict[str, float] = defaultdict(float)
    for age, name in enumerate(reversed(uses)):
        weights[name] += FADING**age
    return sorted(weights, key=weights.__getitem__, reverse=True)
