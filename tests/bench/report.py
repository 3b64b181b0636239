"""The tables of a run: figures beside their targets, and times by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.figures import FLOOR, PRODUCT, is_reached, median, percentile, ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.figures import Row, Target
    from tests.bench.parsing import Curve

READERS = (PRODUCT, FLOOR, "less", "vim", "glow")
_VERDICTS = {True: "yes", False: "**no**", None: ""}


def table(rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns are as wide as their widest cell; the first row is its head."""
    lines = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |" for line in lines]
    return "\n".join([drawn[0], f"| {' | '.join('-' * width for width in widths)} |", *drawn[1:]])


def reading_table(rows: Iterable[Row]) -> str:
    """Each row with the median and the 95th percentile of every measured program."""
    rows = tuple(rows)
    readers = [name for name in READERS if name == PRODUCT or any(row.samples.get(name) for row in rows)]
    head = ("what", "notes", *readers, f"x {FLOOR}", "to reach", "reached")
    return table([head, *(_cells(row, readers) for row in rows)])


def parsing_table(curves: Iterable[Curve]) -> str:
    """Each kind of text with the milliseconds of its smallest and largest size, and the growth."""
    head = ("text", "smallest, KB", "ms", "largest, KB", "ms", "exponent", "s a MB", "reached")
    lines = [
        (
            curve.name,
            f"{curve.sizes[0] / 1024:.0f}",
            f"{1000 * curve.seconds[0]:.0f}",
            f"{curve.sizes[-1] / 1024:.0f}",
            f"{1000 * curve.seconds[-1]:.0f}",
            "" if curve.exponent is None else f"{curve.exponent:.2f}",
            f"{curve.per_megabyte:.2f}",
            _VERDICTS[curve.is_reached],
        )
        for curve in curves
    ]
    return table([head, *lines])


def _cells(row: Row, readers: Iterable[str]) -> tuple[str, ...]:
    figures = [_figures(row, name) for name in readers]
    times = ratio(row)
    return (
        row.what,
        row.notes,
        *figures,
        "" if times is None else f"{times:.2f}",
        _wanted(row.target),
        _VERDICTS[is_reached(row)],
    )


def _figures(row: Row, name: str) -> str:
    samples = row.samples.get(name, ())
    if not samples:
        return row.remark if name == PRODUCT else ""
    middle = _number(median(samples))
    return (
        f"{middle} {row.unit}" if len(samples) == 1 else f"{middle} / {_number(percentile(samples, 0.95))} {row.unit}"
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _wanted(target: Target | None) -> str:
    if target is None:
        return ""
    if target.times_floor is not None:
        return f"{target.times_floor} x {FLOOR}"
    if target.above_floor is not None:
        return f"{FLOOR} + {_number(target.above_floor)}"
    middle = "" if target.median is None else _number(target.median)
    return middle if target.p95 is None else f"{middle} / {_number(target.p95)}"
