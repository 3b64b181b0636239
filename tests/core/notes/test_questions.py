"""Recognising the blocks that ask, and their asking words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import Block, Inline, Kind, Span, Style
from tui.core.notes.questions import Question, asking, questions_of, replies


def block(text: str, *inlines: Inline, kind: Kind = Kind.BULLET, indent: int = 1) -> Block:
    return Block(kind, text, 0, 0, depth=indent if kind is Kind.BULLET else 0, indent=indent, inlines=inlines)


def asked(text: str, *inlines: Inline, kind: Kind = Kind.BULLET) -> tuple[str, int] | None:
    found = asking(block(text, *inlines, kind=kind))
    return (text[found.span.start : found.span.end], found.count) if found else None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Who turns it?", "Who turns it?"),
        ("who turns it??", "who turns it??"),
        ("Who turns it?!", "Who turns it?!"),
        ("Brass is dear. Who pays for it? Nobody.", "Who pays for it?"),
        ("brass is dear! who pays for it", None),
        ("It turns (but who turns it?) all night.", "but who turns it?"),
        ("It turns (who turns it?", "who turns it?"),
        ("She asked “who turns it?” and left.", "who turns it?"),
        ('She asked "who turns it?" and left.', "who turns it?"),
        ("Does the wheel (the great one) turn?", "Does the wheel (the great one) turn?"),
        ("Five engines (??), six wheels", "Five engines (??)"),
        ("Built by Babbage (?) in 1833", None),
        ("Built [?] in 1833, but why?", "Built [?] in 1833, but why?"),
        ("[?] the price of brass", "the price of brass"),
        ("[?]", None),
        ("Where $n ? m : k$ holds, it turns", None),
        ("Where $$a?b$$ and \\(c ?\\) hold, it turns", None),
        ("Is it $5 or $6?", "Is it $5 or $6?"),
        ("Does $f(x)$ converge?", "Does $f(x)$ converge?"),
        ("Γυρίζει. Γιατί γυρίζει; Δεν ξέρω.", "Γιατί γυρίζει;"),
        ("Γιατί γυρίζει\u037e", "Γιατί γυρίζει\u037e"),
        ("with α; then β", None),
        ("It turns; it stops", None),
        ("Անիվը պտտվում է։ Ինչո՞ւ է պտտվում։ Քամի է։", "Ինչո՞ւ է պտտվում։"),
        ("Ինչո՞ւ", "Ինչո՞ւ"),
        ("??", "??"),
        ("(It turns.) Does it?", "Does it?"),
        ("“It turns.” Does it?", "Does it?"),
        ("Was 3.5 pounds enough?", "Was 3.5 pounds enough?"),
        ("Did Dr. Lardner say so, e.g. in print?", "Did Dr. Lardner say so, e.g. in print?"),
        ("So it is… what, then?", "So it is… what, then?"),
        ("So it ends… What, then?", "What, then?"),
        ("One line\nWho turns it?\nand one more", "Who turns it?"),
        ("为什么转？因为风。", "为什么转？"),
        ("لماذا؟", "لماذا؟"),
        ("it turns", None),
        ("", None),
    ],
)
def test_sentence_that_ends_in_a_question_mark_asks(text: str, sentence: str | None) -> None:
    found = asked(text)
    assert (found[0] if found else None) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.org/watch?v=1 for it",
        "see www.example.org/?a=b for it",
        "see example.org/watch?v=1 for it",
        "a wh?t",
        "before <!-- why? --> after",
        "before <!-- why?",
    ],
)
def test_mark_in_an_address_a_word_or_a_comment_asks_nothing(text: str) -> None:
    assert asked(text) is None


def test_address_at_the_end_of_a_question_does_not_hide_it() -> None:
    assert asked("Did you read https://example.org/a?b=1?") == ("Did you read https://example.org/a?b=1?", 1)


def test_code_asks_nothing_and_is_part_of_the_sentence_around_it() -> None:
    assert asked("the operator a?b", Inline(13, 16, Style.CODE)) is None
    assert asked("what does a? do?", Inline(10, 12, Style.CODE)) == ("what does a? do?", 1)
    assert asked("who?", kind=Kind.CODE) is None


def test_words_of_a_link_ask() -> None:
    link = Inline(0, 4, Style.LINK, "https://example.org/?a")
    assert asked("why? more", link) == ("why?", 1)


def test_cells_of_a_table_ask_by_themselves() -> None:
    assert asked("wheel | who turns it?\nlever | ?", kind=Kind.TABLE) == ("who turns it?", 2)


@pytest.mark.parametrize(("text", "count"), [("Who? Why? When.", 2), ("who (why?) when?", 2), ("who??? now?!", 2)])
def test_all_sentences_that_ask_are_counted(text: str, count: int) -> None:
    found = asked(text)
    assert found is not None
    assert found[1] == count


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.PARAGRAPH, Kind.QUOTE])
def test_every_kind_of_text_may_ask(kind: Kind) -> None:
    assert asked("Who turns it?", kind=kind) == ("Who turns it?", 1)


def test_bullets_nested_beneath_reply() -> None:
    blocks = [
        block("who?", indent=1),
        block("he", indent=2),
        block("and why", indent=3),
        block("a note on it", kind=Kind.PARAGRAPH, indent=2),
        block("when?", indent=1),
        block("where?", kind=Kind.HEADING, indent=0),
        block("there", indent=1),
    ]
    assert [replies(blocks, index) for index in range(len(blocks))] == [3, 2, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("reply", ["A: he", "Answer: he", "→ he", "-> he", "**A:** he", "a1: he", "答：他"])
def test_a_line_below_that_says_so_replies(reply: str) -> None:
    plain = reply.replace("*", "")
    assert replies([block("who?\n" + reply)], 0) == 1
    assert replies([block("who?", kind=Kind.PARAGRAPH, indent=0), block(plain, kind=Kind.PARAGRAPH, indent=0)], 0) == 1
    assert replies([block("who?", kind=Kind.HEADING, indent=0), block(plain)], 0) == 1
    assert replies([block("who?"), block(plain)], 0) == 1
    assert replies([block("who?"), block("when?"), block(plain)], 0) == 0


def test_text_that_is_merely_below_is_no_reply() -> None:
    assert replies([block("who?", kind=Kind.PARAGRAPH, indent=0), block("a wheel")], 0) == 0
    assert replies([block("who?\nAn arrow: →")], 0) == 0


def test_an_indented_paragraph_replies_to_its_bullet() -> None:
    assert replies([block("who?"), block("he", kind=Kind.PARAGRAPH, indent=1)], 0) == 1
    assert replies([block("who?"), block("he", kind=Kind.PARAGRAPH, indent=0)], 0) == 0


def test_questions_of_an_episode_come_in_document_order() -> None:
    blocks = (block("a"), block("who? why?"), block("he", indent=2), block("when?", kind=Kind.HEADING, indent=0))
    assert questions_of(blocks) == (Question(1, Span(0, 4), 2, 1), Question(3, Span(0, 5), 1, 0))


PIECES = st.sampled_from(
    [
        "?",
        "??",
        ".",
        "!",
        "…",
        "(",
        ")",
        "“",
        "”",
        '"',
        "[",
        "]",
        " ",
        "\n",
        "who",
        "a",
        "https://a.b/?c",
        "？",
        "<!--",
        "-->",
        "|",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.booleans())
def test_span_lies_in_the_text_and_ends_with_what_asks(text: str, is_table: bool) -> None:
    found = asking(block(text, kind=Kind.TABLE if is_table else Kind.BULLET))
    if found:
        start, end = found.span
        sentence = text[start:end]
        assert 0 <= start < end <= len(text)
        assert found.count >= 1
        assert (
            text.startswith("[?]") or sentence.rstrip(')]}”»）」』"!！')[-1] in "?？؟⁇⁈⁉‽⸮፧﹖;\u037e" or "՞" in sentence
        )
        assert not sentence[0].isspace()


@pytest.mark.parametrize(
    "piece",
    [
        "?",
        "? ",
        "(",
        "(?",
        ")",
        "“?”",
        '"?',
        "(.)",
        "who? ",
        ". ",
        "(?)",
        "$a ",
        "\\(",
        "՞",
        "ας;",
        "<!--",
        "https://a?",
        "([",
        "a.b?c ",
    ],
)
def test_long_text_is_searched_in_time_that_grows_with_its_length(piece: str) -> None:
    asking(block(piece * (300_000 // len(piece)) + "?"))
