from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exporting.made import ANCHORED, highlight, part, state
from tui.core.annotations.highlights import Orphan
from tui.exporting.export import Export
from tui.exporting.formats import readwise, readwise_json
from tui.exporting.readwise import LONGEST
from tui.exporting.registry import render_export


def rows(export: Export) -> list[dict[str, str]]:
    text = render_export(readwise.EXPORTER, export).text
    return list(csv.DictReader(StringIO(text, newline="")))


def test_columns_are_those_that_readwise_imports() -> None:
    made = highlight("1", comment='so "they", say', tags=("a", "b"))
    export = Export(state((made, ANCHORED), (highlight("2", part("gone")), Orphan())))
    assert (
        render_export(readwise.EXPORTER, export).text.splitlines()[0] == "Highlight,Title,Author,URL,Note,Location,Date"
    )
    first, second = rows(export)
    assert first == {
        "Highlight": "Cards",
        "Title": "Ada on Looms",
        "Author": "Looms",
        "URL": "",
        "Note": '.a .b\nso "they", say',
        "Location": "5",
        "Date": "2026-01-02 03:04:05",
    }
    assert (second["Highlight"], second["Location"]) == ("gone", "5")


@given(st.text('",\n ab=+-@é', max_size=20), st.lists(st.text("ab-", min_size=1, max_size=5), max_size=2))
def test_rows_are_as_many_as_highlights_and_cells_come_back(comment: str, tags: list[str]) -> None:
    made = highlight("1", comment=comment, tags=tuple(tags))
    first, second = rows(Export(state((made, ANCHORED), (highlight("2"), ANCHORED))))
    note = "\n".join(filter(None, (" ".join(f".{tag}" for tag in tags), comment)))
    assert first["Note"] in (note, f" {note}")
    assert second["Note"] == ""


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@a", "=HYPERLINK(0)"])
def test_no_cell_is_a_formula_to_a_spreadsheet(words: str) -> None:
    (row,) = rows(Export(state((highlight("1", part(words), comment=words), Orphan()))))
    assert row["Highlight"] == row["Note"] == f" {words}"


def test_number_of_a_line_stays_one() -> None:
    (row,) = rows(Export(state((highlight("1", part("a")), Orphan()))))
    assert (row["Highlight"], row["Location"]) == ("a", "5")


def test_cells_are_cut_to_what_readwise_takes_and_it_is_told() -> None:
    made = highlight("1", part("x" * 9000), comment="y" * 9000)
    export = Export(state((made, Orphan())))
    document = readwise.EXPORTER.write(export)
    (row,) = rows(export)
    assert (len(row["Highlight"]), len(row["Note"])) == (LONGEST["text"], LONGEST["note"])
    assert [notice.split(":")[1] for notice in document.notices] == [
        " its text is cut to the 8191 characters that Readwise takes",
        " its note is cut to the 8191 characters that Readwise takes",
    ]


def test_body_for_the_api_has_category_and_time() -> None:
    export = Export(state((highlight("1", tags=("a",)), ANCHORED)))
    (sent,) = json.loads(readwise_json.EXPORTER.write(export).text)["highlights"]
    assert sent == {
        "text": "Cards",
        "title": "Ada on Looms",
        "author": "Looms",
        "source_type": "earmark",
        "category": "podcasts",
        "note": ".a",
        "location": 5,
        "location_type": "order",
        "highlighted_at": "2026-01-02T03:04:05+00:00",
    }
