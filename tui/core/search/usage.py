"""The commands that a reader chose by name, and which come first by that."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 50
"Uses remembered: some days of one who often chooses by name."
FADING = 0.9
"Weight of a use against the one after it: three recent uses count for more than one, and old habits fade."


def with_use(uses: Sequence[str], name: str) -> tuple[str, ...]:
    """The uses, oldest first, and one more."""
    return (*uses, name)[-MOST:]


def by_use(uses: Sequence[str]) -> list[str]:
    """Each name once, those used often and lately first."""
    weights: dict[str, float] = defaultdict(float)
    for age, name in enumerate(reversed(uses)):
        weights[name] += FADING**age
    return sorted(weights, key=weights.__getitem__, reverse=True)
