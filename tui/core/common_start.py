"""The common start of two sequences."""

from __future__ import annotations

from itertools import compress, count
from operator import ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def common_start(
    one: Sequence[object], other: Sequence[object], differ: Callable[[object, object], object] = ne
) -> int:
    """Number of items, or code points, at the beginning of both that do not differ."""
    return next(compress(count(), map(differ, one, other)), min(len(one), len(other)))
