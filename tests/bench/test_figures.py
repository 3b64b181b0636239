"""Figures made of measurements, and a stop-watch that sees a program's frames."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import Row, Target, growth, is_reached, percentile, ratio
from tests.bench.notes import BESIDE_END, END, START, markdown, write_folder
from tests.bench.program import MissingError, Program
from tests.bench.report import reading_table
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@given(SAMPLES, st.floats(0.01, 1))
def test_a_percentile_is_the_smallest_sample_that_covers_its_share(samples: list[float], share: float) -> None:
    value = percentile(samples, share)
    assert sum(sample <= value for sample in samples) >= share * len(samples)
    assert sum(sample < value for sample in samples) < share * len(samples)


@pytest.mark.parametrize("exponent", [0.5, 1, 2])
def test_growth_is_the_exponent_of_a_power_law(exponent: float) -> None:
    sizes = [1000, 2000, 4000, 8000]
    assert growth(sizes, [3e-6 * size**exponent for size in sizes]) == pytest.approx(exponent)


def test_one_size_tells_nothing_of_growth() -> None:
    assert growth([10, 10], [1, 2]) is None


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target(20, 30), True),
        (Target(19), False),
        (Target(20, 29), False),
        (Target(0), False),
        (Target(times_floor=2), True),
        (Target(times_floor=1.9), False),
        (Target(above_floor=10), True),
        (Target(above_floor=9.9), False),
        (None, None),
    ],
)
def test_a_target_is_reached_by_the_median_and_the_95th_percentile(
    target: Target | None, expected: bool | None
) -> None:
    row = Row("a step", "25 KB", "ms", {"earmark": [10, 20, 30], "bare": [10]}, target)
    assert is_reached(row) is expected
    assert ratio(row) == 2


def test_incomparable_figures_are_not_judged() -> None:
    assert is_reached(Row("a step", "25 KB", "ms", {"earmark": [1]}, Target(times_floor=2))) is None
    assert is_reached(Row("a step", "25 KB", "ms", {"bare": [1]}, Target(2))) is None
    assert ratio(Row("a step", "25 KB", "ms", {"earmark": [1], "bare": [0]})) is None


def test_the_table_shows_figures_of_programs_that_were_measured_beside_their_target() -> None:
    rows = [
        Row("a step", "25 KB", "ms", {"earmark": [4, 6, 200], "bare": [2], "vim": [0.25]}, Target(5, 10)),
        Row("search", "25 KB", "ms", {}, Target(60), "not there"),
    ]
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in reading_table(rows).splitlines()]
    assert lines[2] == ["a step", "25 KB", "6 / 200 ms", "2 ms", "0.25 ms", "3.00", "5 / 10", "**no**"]
    assert lines[3] == ["search", "25 KB", "not there", "", "", "", "60", ""]


def test_notes_hold_their_words_once_and_are_the_same_each_time(tmp_path: Path) -> None:
    text = markdown(3, 20)
    assert [text.count(word) for word in (START, END, BESIDE_END)] == [1, 1, 1]
    assert text == markdown(3, 20)
    assert len(read_note("a.md", text).episodes) == 3
    folder = write_folder(tmp_path / "notes", 3, 20)
    assert "".join(path.read_text("utf-8") for path in sorted(folder.iterdir())) == text


ECHO = (
    "import sys, tty; tty.setraw(0); print('ready', end='', flush=True)\n"
    "while key := sys.stdin.buffer.raw.read(1):\n"
    "    print('\\x1b[?2026h', key, '\\x1b[?2026l', end='', flush=True)"
)


def test_a_frame_is_timed_from_its_key_and_none_is_missed() -> None:
    with Program((sys.executable, "-u", "-c", ECHO), {}) as program:
        assert program.wait_for("ready", program.started) > 0
        frames = program.frames(program.type("j"))
        assert frames.count == 1
        assert 0 < frames.first == frames.rest
        assert "b'j'" in program.lines()[0]
        assert program.rest()


def test_missing_output_is_reported() -> None:
    with Program((sys.executable, "-u", "-c", ECHO), {}) as program:
        program.wait_for("ready", program.started)
        with pytest.raises(MissingError, match="nothing"):
            program.wait_for("nothing", program.type("k"), patience=0.3)
