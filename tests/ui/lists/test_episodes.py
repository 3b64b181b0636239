"""Rows of an entry of the episode list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.ui.lists.episodes import EpisodeEntry, counts_in_words, shortened, shortened_path, title_rows

COUNTS = 8


def test_short_title_without_a_show_takes_one_row() -> None:
    assert title_rows(EpisodeEntry("A habit", ""), 24, COUNTS) == ("A habit",)


def test_title_without_a_show_leaves_room_for_its_counts() -> None:
    assert title_rows(EpisodeEntry("A habit of twenty cells", ""), 24, COUNTS) == ("A habit of twenty cells", "")


def test_long_title_goes_on_in_a_second_row_between_words() -> None:
    entry = EpisodeEntry("Ada Lovelace & Charles Babbage", "The Compiler · May 2024")
    assert title_rows(entry, 24, COUNTS) == ("Ada Lovelace & Charles", "Babbage")


def test_sign_of_a_change_needs_room_in_the_first_row() -> None:
    entry = EpisodeEntry("Ada Lovelace & Charles B.", "The Compiler", has_changes=True)
    assert title_rows(entry._replace(has_changes=False), 25, COUNTS) == ("Ada Lovelace & Charles B.",)
    assert title_rows(entry, 25, COUNTS) == ("Ada Lovelace & Charles", "B.")


@given(st.text("ab 漢é", min_size=1, max_size=60), st.booleans(), st.integers(12, 60))
def test_no_word_of_a_title_is_left_out(title: str, has_changes: bool, width: int) -> None:
    rows = title_rows(EpisodeEntry(title, "", has_changes=has_changes), width, COUNTS)
    assert "".join("".join(rows).split()) == "".join(title.split())
    assert cell_len(rows[0]) <= width - 2 * has_changes


def test_date_outlasts_a_show_that_has_no_room() -> None:
    source = "The Compiler · Feb 2025"
    assert shortened(source, 23) == source
    assert shortened(source, 22) == "The Compiler · Feb ’25"
    assert shortened(source, 20) == "The Compi… · Feb ’25"
    assert shortened(source, 12) == source
    assert shortened("The Compiler · 2025", 18) == "The Compil… · 2025"


def test_path_loses_the_folders_that_it_shares_with_others() -> None:
    assert shortened_path("vault/notes/looms", 17) == "vault/notes/looms"
    assert shortened_path("vault/notes/looms", 16) == "…/notes/looms"
    assert shortened_path("vault/notes/looms", 12) == shortened_path("vault/notes/looms", 2) == "…/looms"
    assert shortened_path("織機/織機/綿", 8) == "…/綿"
    assert shortened_path("a title without folders", 5) == "a title without folders"


def test_counts_have_words_where_there_is_room() -> None:
    entry = EpisodeEntry("Ada", "", bullets=1_033, questions=7, highlights=1)
    assert counts_in_words(entry) == "1,033 bullets · 7 open · 1 highlight"
    assert counts_in_words(EpisodeEntry("Ada", "", bullets=1)) == "1 bullet"
    assert counts_in_words(EpisodeEntry("Ada", "")) == ""
