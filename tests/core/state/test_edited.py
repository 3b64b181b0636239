"""The message about an edit: the fates of bullets and highlights, in a reader's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state.anchored import with_records
from tui.core.state.model import State
from tui.core.state.refresh import edited

PATH = "heard.md"
FIRST, OTHERS = "- the loom weaves leaves of silk\n", "- a card for each row\n- shuttles fly\n- threads break\n"
TEXT = f"# Ada\n\n{FIRST}{OTHERS}"
NOTE = read_note(PATH, TEXT)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def marked(*places: Place) -> State:
    """The note with a highlight on each of these places."""
    records = [
        Highlight(str(number), Colour.GREEN, describe(NOTE, (place,)), NOW, NOW) for number, place in enumerate(places)
    ]
    return with_records(State(Library(PATH, (NOTE,))), PATH, records, [], ())


PLAIN = marked()
MARKED = marked(Place(Address(0, 0), Span(4, 17)))
TWICE = marked(Place(Address(0, 0), Span(4, 17)), Place(Address(0, 0), Span(18, 32)))


@pytest.mark.parametrize(
    ("state", "text", "said"),
    [
        (PLAIN, TEXT.replace("fly", "flew"), "1 bullet changed"),
        (PLAIN, TEXT.replace("fly", "flew").replace("break", "broke"), "2 bullets changed"),
        (PLAIN, TEXT.replace(FIRST, ""), "1 bullet removed"),
        (PLAIN, TEXT.replace(FIRST, "").replace("fly", "flew"), "1 bullet changed, 1 removed"),
        (PLAIN, TEXT.replace(FIRST, "") + FIRST, "1 bullet moved"),
        (MARKED, TEXT.replace(FIRST, ""), "1 bullet removed · 1 highlight lost its text"),
        (TWICE, TEXT.replace(FIRST, ""), "1 bullet removed · 2 highlights lost their text"),
        (PLAIN, TEXT.replace("# Ada\n", "# Ada\n\n"), ""),
    ],
)
def test_an_edit_is_told_in_the_words_of_the_screen(state: State, text: str, said: str) -> None:
    assert edited(state, read_note(PATH, text)).summary == said


def test_a_highlight_whose_words_return_is_told_as_back() -> None:
    cut = edited(MARKED, read_note(PATH, TEXT.replace(FIRST, ""))).state
    assert edited(cut, NOTE).summary == "1 bullet changed · 1 highlight is back"
