"""The content that exporters receive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exporting.made import ANCHORED, highlight
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import Annotations, State
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Block

SOURCE = "# Heard\n\n## Ada on Looms (1/2)\n\n- Cards tell.\n- Who wove?\n\n## Bob on Tea (1/3)\n\n- Milk.\n"


@pytest.mark.parametrize("name", [name for name in exporters() if name != "template"])
def test_no_episode_with_highlights_is_parsed_twice(name: str) -> None:
    note = read_note("heard.md", SOURCE)
    parsed: list[str] = []

    def counting(parse: Callable[[str], tuple[Block, ...]]) -> Callable[[str], tuple[Block, ...]]:
        def counted(source: str) -> tuple[Block, ...]:
            parsed.append(source)
            return parse(source)

        return counted

    for episode in note.episodes:
        episode.body.parse = counting(episode.body.parse)
    annotations = Annotations({"1": highlight("1")}, {}, {"1": ANCHORED})
    render_export(exporters()[name], Export(State(Library("heard.md", (note,)), {"heard.md": annotations})))
    assert len(parsed) == len(set(parsed))
