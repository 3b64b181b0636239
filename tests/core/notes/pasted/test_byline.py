from __future__ import annotations

import pytest

from tui.core.notes.pasted.byline import Byline, read_byline


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("", Byline(None, None, 0)),
        ("Listening Notes\n\nAda on Cogs", Byline("Listening Notes", None, 1)),
        ("\n\nListening Notes\n", Byline("Listening Notes", None, 3)),
        ("Mary Somerville\n\nListening Notes\n", Byline("Listening Notes", "Mary Somerville", 3)),
        ("Listening Notes\n\nMary Somerville\n", Byline("Listening Notes", "Mary Somerville", 3)),
        ("Listening Notes\nby Mary Somerville\n", Byline("Listening Notes", "Mary Somerville", 2)),
        ("Mary\n\nMy podcast log\n", Byline("My podcast log", "Mary", 3)),
        ("Deep Currents\n\nMary Somerville\n", Byline("Deep Currents", "Mary Somerville", 3)),
        ("Memory\n\nCompute\n", Byline("Memory", None, 1)),
        ("By Mary\n", Byline(None, "Mary", 1)),
        ("Listening Notes\n\nThese are mine. Take them with salt.\n", Byline("Listening Notes", None, 1)),
    ],
)
def test_title_and_author_are_told_apart(text: str, byline: Byline) -> None:
    assert read_byline(text) == byline


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
    assert read_byline(text) == Byline(None, None, 0)


def test_a_list_of_letters_is_neither_title_nor_author() -> None:
    assert read_byline("A. Shear the sheep\nB. Wash the wool\n") == Byline(None, None, 0)
