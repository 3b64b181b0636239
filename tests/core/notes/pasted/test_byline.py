from __future__ import annotations

import pytest

from tui.core.notes.pasted.byline import Opening, read_opening


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("", Opening(None, None, 0)),
        ("Listening Notes\n\nAda on Cogs", Opening("Listening Notes", None, 1)),
        ("\n\nListening Notes\n", Opening("Listening Notes", None, 3)),
        ("Mary Somerville\n\nListening Notes\n", Opening("Listening Notes", "Mary Somerville", 3)),
        ("Listening Notes\n\nMary Somerville\n", Opening("Listening Notes", "Mary Somerville", 3)),
        ("Listening Notes\nby Mary Somerville\n", Opening("Listening Notes", "Mary Somerville", 2)),
        ("Mary\n\nMy podcast log\n", Opening("My podcast log", "Mary", 3)),
        ("Deep Currents\n\nMary Somerville\n", Opening("Deep Currents", "Mary Somerville", 3)),
        ("Memory\n\nCompute\n", Opening("Memory", None, 1)),
        ("By Mary\n", Opening(None, "Mary", 1)),
        ("Listening Notes\n\nThese are mine. Take them with salt.\n", Opening("Listening Notes", None, 1)),
    ],
)
def test_title_and_author_are_told_apart(text: str, opening: Opening) -> None:
    assert read_opening(text) == opening


@pytest.mark.parametrize(
    "text",
    [
        "• a bullet\n",
        "A sentence that ends in a full stop.\n",
        "A line that was broken to fit\nits width goes on.\n",
        "---\n",
    ],
)
def test_text_opens_without_title_where_no_line_stands_for_one(text: str) -> None:
    assert read_opening(text) == Opening(None, None, 0)
