from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len

from tui.core.layout.cells import cell_len, split_graphemes
from tui.core.notes.sanitise import clean, drawn, measurable, visible


def test_every_code_point_becomes_one_code_point_that_may_be_drawn() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    cleaned = clean(every)
    assert clean(cleaned) == cleaned
    for before, after in zip(every, cleaned, strict=True):
        assert after == "\n" or unicodedata.category(after) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(after) not in ("LRO", "RLO")
        if unicodedata.category(before) not in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"):
            assert after == before == drawn(after)
        assert unicodedata.bidirectional((drawn(after) + "a")[0]) not in (
            "LRE",
            "RLE",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\x1b[2J\x07", "␛[2J␇"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("a\tb\nc\rd", "a b\nc␍d"),
        ("\x9b31m\x9d0;t\x9c", "\ufffd31m\ufffd0;t\ufffd"),
        ("\u202eevil\u202c \u202dx", "\ufffdevil\u202c \ufffdx"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\ud800\udfff", "\ufffd\ufffd"),
        ("\U000e0041\U000e007f", "\ufffd\ufffd"),
        ("\U0001f3f4a\U000e0041\U000e007f", "\U0001f3f4a\ufffd\ufffd"),
        ("\U0001f3f4\U000e0067\U000e0062\x07", "\U0001f3f4\ufffd\ufffd␇"),
    ],
)
def test_characters_that_control_hide_or_reorder_are_replaced(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize("text", ["", "plain", "👩‍💻 ❤️", "日本語 café e\u0301", "a\nb", "no\u00a0break"])
def test_text_and_emoji_stay_as_they_are(text: str) -> None:
    assert clean(text) is text


SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2064\u2066\u2068\u2069\ufeff"


@pytest.mark.parametrize(
    "text", ["می\u200cشود", "10\u200f-20", "co\u00adop", "ไป\u200bมา", f"vs {SCOTLAND}!", *INVISIBLE]
)
def test_characters_that_belong_to_words_are_kept(text: str) -> None:
    assert clean(text) == text


def test_zero_width_characters_are_not_drawn_unless_they_shape_others() -> None:
    assert drawn(INVISIBLE) == "\u200c"
    assert drawn("می\u200cشود") == "می\u200cشود"
    assert drawn("क\u094d\u200dष") == "क\u094dष"
    assert drawn(f"👩\u200d💻 ❤\ufe0f\u200d🔥 {SCOTLAND}") == f"👩\u200d💻 ❤\ufe0f\u200d🔥 {SCOTLAND}"


@given(st.text(alphabet=INVISIBLE + "ab\u0645क👩💻🇩🇪\ufe0f"))
def test_measured_text_has_the_texts_length_and_the_drawn_width(text: str) -> None:
    assert len(measurable(text)) == len(text)
    assert cell_len(text) == rich_cell_len(drawn(text)) == sum(size for *_, size in split_graphemes(text)[0])
    assert visible(drawn(text)) == visible(text)


def test_a_flag_is_one_cluster() -> None:
    assert split_graphemes("a🇩🇪🇫🇷b")[0] == [(0, 1, 1), (1, 3, 2), (3, 5, 2), (5, 6, 1)]
    assert split_graphemes(SCOTLAND)[0] == [(0, 7, 2)]


@given(st.text(), st.text())
def test_cleaning_parts_is_cleaning_the_whole(left: str, right: str) -> None:
    assert clean(left) + clean(right) == clean(left + right)
