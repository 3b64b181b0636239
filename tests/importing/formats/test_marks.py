"""Marks in notes, as highlights on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import State
from tui.importing.contents import ImportedRecord, Source
from tui.importing.formats.marks import IMPORTER, read


def found(text: str, path: str = "notes.md") -> list[ImportedRecord]:
    state = State(Library(path, (read_note(path, text),)))
    return list(read(Source(path, state=state)).found)


def said(text: str) -> list[tuple[str, Colour, str]]:
    made = [each.record for each in found(text)]
    assert all(isinstance(record, Highlight) for record in made)
    return [(each.parts[0].exact, each.colour, each.comment) for each in made if isinstance(each, Highlight)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a ==b== c", [("b", Colour.YELLOW, "")]),
        ("- ^^b^^ c", [("b", Colour.YELLOW, "")]),
        ("- <mark>b</mark> c", [("b", Colour.YELLOW, "")]),
        ('- <mark style="background: #BBFABBA6;">b</mark>', [("b", Colour.GREEN, "")]),
        ('- <mark class="hltr-purple">b</mark>', [("b", Colour.PURPLE, "")]),
        ("- ==🟢b== and ==🔵 c==", [("b", Colour.GREEN, ""), ("c", Colour.BLUE, "")]),
        ("- {==b==}{>>why<<} c", [("b", Colour.YELLOW, "why")]),
        ("- {==b==} {>>why<<} ==c==", [("b", Colour.YELLOW, "why"), ("c", Colour.YELLOW, "")]),
        ("- ==a== {>>alone<<}", [("a", Colour.YELLOW, "alone")]),
        ("- {++b++} {~~c~>d~~} {--e--}", []),
        ("- {++b++} ==c==", [("c", Colour.YELLOW, "")]),
        ("- `==b==` and ==c==", [("c", Colour.YELLOW, "")]),
        ("```\n==b==\n```", []),
        ("- ==b **c** d==", [("b c d", Colour.YELLOW, "")]),
        ("- ==b== ==b==", [("b", Colour.YELLOW, ""), ("b", Colour.YELLOW, "")]),
        ("> ==b\n> c==", [("b\nc", Colour.YELLOW, "")]),
        ("| a |\n|---|\n| ==b== |", [("b", Colour.YELLOW, "")]),
        ("- a == b == c", []),
        ("- nothing", []),
    ],
)
def test_a_mark_is_a_highlight(text: str, expected: list[tuple[str, Colour, str]]) -> None:
    assert said(text) == expected


def test_equal_marks_have_ids_of_their_own_that_stay_when_other_words_change() -> None:
    one = [each.record.id for each in found("# A\n\n- ==b== and ==b==\n- ==c==\n")]
    assert len(set(one)) == 3
    assert [each.record.id for each in found("# A\n\n- new\n- much ==b== or ==b==\n- ==c==\n")] == one
    assert [each.record.id for each in found("# B\n\n- ==b== and ==b==\n- ==c==\n")] != one


@given(
    st.lists(
        st.sampled_from(["==", "^^", "<mark>", "</mark>", "{==", "==}", "{>>", "<<}", "a", " ", "`", "🟢", "\n", "- "])
    )
)
def test_marks_are_on_words_that_are_shown(pieces: list[str]) -> None:
    text = "".join(pieces)
    note = read_note("notes.md", text)
    for each in found(text):
        (place,) = each.places
        words = note.block(place.address).text[place.span.start : place.span.end]
        assert words == words.strip() != ""


def test_notes_with_marks_and_folders_are_recognised() -> None:
    assert IMPORTER.recognises(Source("a.md", b"- ==b==\n"))
    assert not IMPORTER.recognises(Source("a.md", b"- b\n"))
    assert not IMPORTER.recognises(Source("a.csv", b"==b==\n"))
