from __future__ import annotations

import csv
import html
import re
from dataclasses import replace
from io import StringIO
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.exporting.made import ANCHORED, NOTE, NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import (
    Anchored,
    Candidate,
    Highlight,
    MatchKind,
    NeedsReview,
    Orphan,
    QuestionRecord,
)
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.notes.sanitise import clean
from tui.exporting.export import Export
from tui.exporting.formats.anki import EXPORTER
from tui.exporting.registry import render_export


class Row(NamedTuple):
    """A card as Anki imports it from the file."""

    guid: str
    deck: str
    front: str
    back: str
    tags: list[str]


def imported(text: str) -> list[Row]:
    """The file's cards, read as Anki's manual says: lines of settings, then fields separated by tabs."""
    head: dict[str, str] = {}
    lines = text.split("\n")
    while lines[0].startswith("#"):
        key, _, value = lines.pop(0)[1:].partition(":")
        head[key] = value
    assert head == {
        "separator": "Tab",
        "html": "true",
        "guid column": "1",
        "deck column": "2",
        "tags column": "5",
    }
    rows = csv.reader(StringIO("\n".join(lines), newline=""), delimiter="\t")
    return [Row(guid, deck, front, back, tags.split()) for guid, deck, front, back, tags in rows]


def shown(field: str) -> str:
    """The text of a field as a browser displays it."""
    return html.unescape(re.sub(r"<br>", "\n", field))


def cards(*marked: tuple[Highlight, object]) -> list[Row]:
    return imported(render_export(EXPORTER, Export(state(*marked), has_questions=False)).text)  # type: ignore[arg-type]


def test_highlight_is_a_gap_in_its_bullet_with_its_comment_behind() -> None:
    made = highlight("1", part("the loom"), comment="why?\nask", tags=("a", "b/c"))
    (card,) = cards((made, Anchored((place(0, 0, 11, 19),), MatchKind.EXACT, 1.0)))
    assert card == ("1", "earmark::Heard", "Cards tell […] what to do.", "the loom<br><br>why?<br>ask", ["a", "b/c"])


def test_whole_bullet_is_asked_for_by_its_episode() -> None:
    (card,) = cards((highlight("1", part("Tea.")), Anchored((place(1, 0, 0, 4),), MatchKind.EXACT, 1.0)))
    assert (card.front, card.back) == ("Bob on Tea", "Tea.")


def test_highlight_without_a_certain_place_is_a_gap_in_the_bullet_it_was_made_in() -> None:
    (card,) = cards((highlight("1", part("Cards")), NeedsReview((Candidate(ANCHORED.places, 0.5),))))
    assert (card.front, card.back) == ("Ada on Looms", "Cards")


def test_question_with_an_answer_is_a_card_and_one_without_is_told() -> None:
    milk = Anchored((place(1, 1, 0, 11),), MatchKind.EXACT, 1.0)
    document = EXPORTER.write(Export(state()))
    (card,) = imported(document.text)
    assert (card.front, card.back) == (
        "Who wove first?",
        "<ul><li>Nobody knows.</li><ul><li>Not even Ada.</li></ul></ul>",
    )
    assert document.notices == ("1 question has no answer yet, so no card",)
    said = QuestionRecord("7", Answer.ANSWERED, (part("Milk first?"),), NOW, NOW, answer="Never\never")
    answered = EXPORTER.write(Export(state(asked=((said, milk),))))
    assert imported(answered.text)[1] == ("7", "earmark::Heard", "Milk first?", "<ul><li>Never<br>ever</li></ul>", [])
    assert answered.notices == ()
    dismissed = QuestionRecord("7", Answer.DISMISSED, (part("Milk first?"),), NOW, NOW, answer="x")
    assert len(imported(EXPORTER.write(Export(state(asked=((dismissed, milk),)))).text)) == 1


def test_cards_keep_their_ids_from_one_export_to_the_next() -> None:
    assert imported(EXPORTER.write(Export(state())).text) == imported(EXPORTER.write(Export(state())).text)


TRICKY = st.text("\"'\t\n<>&;#ab[]…\\,é ", max_size=20)


@given(TRICKY, st.lists(st.text("ab#/-_é&<\"'", min_size=1, max_size=6), max_size=3))
def test_fields_survive_whatever_is_in_them(comment: str, tags: list[str]) -> None:
    (card,) = cards((highlight("1", comment=comment, tags=tuple(tags)), ANCHORED))
    assert shown(card.front) == "[…] tell the loom what to do."
    assert shown(card.back) == "\n\n".join(filter(None, ("Cards", comment)))
    assert clean(card.back) == card.back
    assert card.tags == tags


def test_deck_is_that_of_the_note_and_none_inside_another() -> None:
    assert NOTE.title == "Heard"
    assert EXPORTER.write(Export(state((highlight("1"), ANCHORED)))).text.count("earmark::Heard") == 2


def test_text_of_others_plays_and_typesets_nothing_and_sets_nothing() -> None:
    hostile = "[sound:http://e/x.mp3] [latex]\\input{/etc/passwd}[/latex] [$]x[/$]"
    made = highlight("#html:false", part(hostile), comment=hostile, tags=("a b",))
    (card,) = cards((made, Orphan()))
    assert "[" not in card.back
    assert shown(card.back) == f"{hostile}\n\n{hostile}"
    assert (card.guid, card.tags) == ("html:false", ["a_b"])


def test_title_of_a_note_opens_no_deck_in_another() -> None:
    titled = read_note("heard.md", "# a::::b:::c\n\n- Cards\n")
    given = replace(state((highlight("1"), Orphan())), library=Library("heard.md", (titled,)))
    (card,) = imported(EXPORTER.write(Export(given, has_questions=False)).text)
    assert card.deck == "earmark::a:b:c"
