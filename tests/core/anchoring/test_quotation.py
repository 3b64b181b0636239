from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.core.anchoring.quotation import FEW, Quote, QuotedTexts, find
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.errors import QuoteError

TEXT = """\
# Heard and noted

## Ada on Looms (1/2)

- The first bullet is about looms and cards.
- It’s a “smart” bullet – really…
  - Nested: looms and cards.
- Some **bold words** and `code` stand here.

## Bob on Tea

> Tea is
> looms and cards in water.

- The last one.
"""


def library(text: str = TEXT, *more: str) -> Library:
    texts = (text, *more)
    notes = tuple(read_note(f"{name}.md", each, Options()) for name, each in zip("abc", texts, strict=False))
    return Library("a.md" if len(notes) == 1 else "notes", notes, is_folder=len(notes) > 1)


def quoted(notes: Library, quote: Quote) -> list[str]:
    """The words of each block in which the quote is found."""
    note, places = find(notes, quote)
    blocks = [note.block(place.address) for place in places]
    return [block.text[slice(*place.span)] for block, place in zip(blocks, places, strict=True)]


def refusal(quote: Quote, notes: Library | None = None) -> str:
    with pytest.raises(QuoteError) as raised:
        find(notes or library(), quote)
    return str(raised.value)


def test_quote_is_found_at_its_block_and_span() -> None:
    found = find(library(), Quote("first bullet"))
    assert found.places == (Place(Address(0, 0), Span(4, 16)),)
    assert (found.note.path, found.line) == ("a.md", 5)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('It\'s a "smart" bullet', "It’s a “smart” bullet"),
        ("  bullet - really... ", "bullet – really…"),
        ("bullet\n  is\tabout", "bullet is about"),
        ("Tea is looms", "Tea is\nlooms"),
        ("bold words and code", "bold words and code"),
    ],
)
def test_shape_of_quotes_dashes_and_white_space_does_not_count(quote: str, words: str) -> None:
    assert quoted(library(), Quote(quote)) == [words]


def test_words_may_be_quoted_as_the_source_has_them() -> None:
    assert quoted(library(), Quote("**bold words** and `code`")) == ["bold words and code"]


def test_case_counts() -> None:
    assert "is not in the notes" in refusal(Quote("some bold words"))


@pytest.mark.parametrize(
    "quote",
    [
        "cards. It's a",
        "cards.\n\nIt's a",
        "looms and cards.\n- It’s a",
        "• The first bullet is about looms and cards.\n• It’s",
    ],
)
def test_quote_may_run_through_neighbouring_blocks(quote: str) -> None:
    words = quoted(library(), Quote(quote))
    assert len(words) == 2
    assert words[0].endswith("cards.")
    assert words[1].startswith("It’s")


@pytest.mark.parametrize(
    "told",
    [
        Quote("looms and cards", prefix="about"),
        Quote("looms and cards", prefix="bullet is about "),
        Quote("looms and cards", suffix=". It's a"),
        Quote("looms and cards", prefix="is about", suffix=".", episode="ada"),
    ],
)
def test_words_around_tell_equal_ones_apart(told: Quote) -> None:
    assert find(library(), told).places == (Place(Address(0, 0), Span(26, 41)),)


def test_an_episodes_own_title_counts_before_titles_that_have_it_in_them() -> None:
    notes = library("## Tea\n\n- cup\n\n## More Tea\n\n- cup\n")
    assert find(notes, Quote("cup", episode="tea")).places[0].address.episode == 0
    assert find(notes, Quote("cup", episode="more")).places[0].address.episode == 1


def test_ambiguous_quote_names_every_line() -> None:
    message = refusal(Quote("looms and cards"))
    assert message == (
        "a.md: the quote occurs 3 times, on lines 5, 7 and 12; narrow it with --prefix, --suffix or --episode"
    )


def test_places_that_overlap_are_ambiguous() -> None:
    assert "3 times, on line 1" in refusal(Quote("haha"), library("- hahahaha\n"))


def test_many_lines_are_not_all_named() -> None:
    assert "on lines 1, 2, 3, 4, 5 and 15 more" in refusal(Quote("same"), library("- same\n" * 20))


def test_places_in_a_folder_are_named_with_their_files() -> None:
    assert "at a.md:1 and b.md:1;" in refusal(Quote("same"), library("- same\n", "- same\n", "- other\n"))


def test_missing_quote_names_the_lines_that_come_near() -> None:
    assert "the closest is on line 5;" in refusal(Quote("the frist bulet is about looms and cards"))
    assert "near" not in refusal(Quote("nothing like it anywhere"))


def test_wrong_words_around_are_told_from_a_missing_quote() -> None:
    message = refusal(Quote("first bullet", prefix="A", episode="Ada"))
    assert "occurs on line 5, but not with that prefix and episode" in message
    assert "no episode is called “Zed”" in refusal(Quote("first bullet", episode="Zed"))


def test_quote_without_words_is_nowhere() -> None:
    assert QuotedTexts(library().notes).places_of(Quote("  ")) == []


WORDS = st.lists(
    st.sampled_from(["loom", "Loom", "it's", "it’s", "“card”", "...", "…", "a.b", "(c)", "—", "é", "你好"]),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(blocks=st.lists(WORDS, min_size=1, max_size=6), data=st.data())
def test_every_stretch_of_a_block_is_found_where_it_stands(blocks: list[str], data: st.DataObject) -> None:
    notes = library("".join(f"- x{text}\n" for text in blocks))
    parsed = notes.notes[0].episodes[0].blocks
    index = data.draw(st.integers(0, len(parsed) - 1))
    text = parsed[index].text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end] == text[start:end].strip())
    found = [each.places for each in QuotedTexts(notes.notes).places_of(Quote(text[start:end]))]
    assert (Place(Address(0, index), Span(start, end)),) in found
    assert len(found) == len(set(found))


@given(blocks=st.lists(WORDS, min_size=1, max_size=6), quote=WORDS, gaps=st.sampled_from([" ", "  ", "\n", "\t\n "]))
def test_found_words_read_like_the_quote(blocks: list[str], quote: str, gaps: str) -> None:
    def plain(text: str) -> str:
        signs = {"’": "'", "“": '"', "”": '"', "—": "-", "…": "..."}
        return re.sub(r"\s+", " ", "".join(signs.get(sign, sign) for sign in text))

    notes = library("".join(f"- x{text}\n" for text in blocks))
    parsed = notes.notes[0].episodes[0].blocks
    for _, places in QuotedTexts(notes.notes).places_of(Quote(quote.replace(" ", gaps))):
        words = [parsed[place.address.block].text[slice(*place.span)] for place in places]
        assert plain(" ".join(words)) == plain(quote)


def test_an_episode_without_text_shifts_nothing() -> None:
    notes = library("# Notes\n\n## Ada on Looms (1/2)\n\n## Bob on Tea (1/3)\n\n- Tea   is … looms\n")
    assert quoted(notes, Quote("is ... looms")) == ["is … looms"]


@pytest.mark.parametrize(("quote", "words"), [("really", "really"), (".. x", None), ("... x", "… x"), ("y …", "y …")])
def test_a_part_of_an_ellipsis_is_no_place(quote: str, words: str | None) -> None:
    notes = library("- really y … x\n")
    found = QuotedTexts(notes.notes).places_of(Quote(quote))
    assert [notes.notes[0].block(p.address).text[slice(*p.span)] for each in found for p in each.places] == [
        *([words] if words else [])
    ]


@given(st.lists(st.sampled_from(["a", "b ", "aa", " ", "\n\n- ", "…", "'", "..."]), max_size=12), st.data())
def test_many_quotes_are_found_as_one_is(pieces: list[str], data: st.DataObject) -> None:
    notes = library("- " + "".join(pieces)).notes
    text = "\n".join(block.text for block in notes[0].episodes[0].blocks)
    start = data.draw(st.integers(0, len(text)))
    quote = Quote(
        text[start : data.draw(st.integers(start, len(text)))], prefix=data.draw(st.sampled_from(["", "a", "b"]))
    )
    practised = QuotedTexts(notes)
    for _ in range(FEW + 1):
        practised.places_of(Quote("zz"))
    assert practised.places_of(quote) == QuotedTexts(notes).places_of(quote)
