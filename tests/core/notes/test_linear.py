"""Reading takes time in proportion to a note's length, whatever the note holds.

Much of the work is done inside regular expressions, where no call can be counted; so processor time is compared, at
sizes where what is quadratic takes seconds.
"""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tests.core.patterns import PATTERNS
from tui.core.layout.flow import Section
from tui.core.notes.reading import read_note
from tui.core.notes.summary import summary
from tui.core.search.prefilter import Prefilter
from tui.core.search.query import read_query
from tui.core.search.searching import find

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 15_000
"Code points of the smaller text: four times as many are still parsed rather than left as they are."
NOTHING = 0.3
"Seconds of processor time too short to measure growth."
ATTEMPTS = 3
QUERY = read_query("word a")


@pytest.fixture(autouse=True)
def _uncollected() -> Iterator[None]:
    """Collect no garbage meanwhile: each collection examines the objects left by other tests."""
    gc.disable()
    yield
    gc.enable()


def seconds(path: str, text: str) -> float:
    """The processor time of reading, parsing, counting, laying out and searching a note."""
    assert QUERY is not None
    began = process_time()
    for episode in read_note(path, text).episodes:
        assert episode.blocks is not None
        summary(episode)
        assert Section(episode, 80, is_first=True).height
        Prefilter(episode.body).may_hold(QUERY)
        find(QUERY, episode)
    return process_time() - began


def grows_in_proportion(path: str, before: str, name: str) -> bool:
    pattern = PATTERNS[name]
    count = SIZE * SIZE // len(pattern(SIZE))
    small, large = before + pattern(count), before + pattern(4 * count)
    return any((time := seconds(path, large)) < NOTHING or time <= 8 * seconds(path, small) for _ in range(ATTEMPTS))


@pytest.mark.parametrize("name", PATTERNS)
def test_markdown_four_times_as_long_takes_some_four_times_as_long(name: str) -> None:
    assert grows_in_proportion(
        "notes.md", "" if PATTERNS[name](1).startswith(("---", "+++")) else "# a\n\n## b\n\n", name
    )


@pytest.mark.parametrize("name", PATTERNS)
def test_pasted_text_four_times_as_long_takes_some_four_times_as_long(name: str) -> None:
    assert grows_in_proportion("notes.txt", "• a\n\n", name)


def test_a_line_with_many_references_takes_time_in_proportion() -> None:
    def referring(count: int) -> str:
        names = range(count)
        return " ".join(f"[r{name}]" for name in names) + "\n\n" + "".join(f"[r{name}]: /u\n" for name in names)

    small, large = referring(10_000), referring(40_000)
    assert any(seconds("notes.md", large) <= 8 * seconds("notes.md", small) for _ in range(ATTEMPTS))
