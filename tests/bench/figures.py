"""Figures from measurements: medians, percentiles, growth of time with size, and whether a target is reached."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PRODUCT, FLOOR = "earmark", "bare"
"The measured program, and the minimal one: the cost of the library underneath."


@dataclass(frozen=True, slots=True)
class Target:
    """The target; None if there is none."""

    median: float | None = None
    p95: float | None = None
    times_floor: float | None = None
    "The median over the floor's median."
    above_floor: float | None = None
    "The median less the floor's median."


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement on one kind of notes, by every program that can do it."""

    what: str
    notes: str
    unit: str
    samples: Mapping[str, Sequence[float]]
    "Samples by program, in the order of measuring; absent if a program cannot do it."
    target: Target | None = None
    remark: str = ""
    "The reason why the product has no samples, or a remark for the table's reader."


def median(samples: Sequence[float]) -> float:
    """The middle value; there must be one."""
    return statistics.median(samples)


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest value that this share of the samples does not exceed (nearest rank); there must be one."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ratio(row: Row, to: str = FLOOR) -> float | None:
    """The ratio of the product's median to another program's; None if one of them is missing or zero."""
    own, other = row.samples.get(PRODUCT), row.samples.get(to)
    if not own or not other or not median(other):
        return None
    return median(own) / median(other)


def is_reached(row: Row) -> bool | None:
    """True if the product reached the row's target; None if there is no target or no sample to judge by."""
    own, floor = row.samples.get(PRODUCT), row.samples.get(FLOOR)
    target = row.target
    if not own or target is None or ((target.times_floor or target.above_floor) and not floor):
        return None
    floor_median = median(floor) if floor else 0.0
    limits = [
        (median(own), target.median),
        (percentile(own, 0.95), target.p95),
        (median(own), target.times_floor and target.times_floor * floor_median),
        (median(own), target.above_floor and target.above_floor + floor_median),
    ]
    return all(value <= limit for value, limit in limits if limit is not None)


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The exponent k of the power law time ~ size**k through the points, by least squares of their logarithms.

    1 is linear, 2 quadratic. None for fewer than two sizes.
    """
    points = [(math.log(size), math.log(time)) for size, time in zip(sizes, seconds, strict=True) if size and time]
    if len({x for x, _ in points}) < 2:
        return None
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope
