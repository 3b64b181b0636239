from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.sanitise import clean

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_every_code_point_becomes_one_code_point_that_may_be_drawn() -> None:
    cleaned = clean("".join(EVERY))
    assert len(cleaned) == len(EVERY)
    assert clean(cleaned) == cleaned
    for before, after in zip(EVERY, cleaned, strict=True):
        assert after == "\n" or unicodedata.category(after) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(after) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        if unicodedata.category(before) not in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"):
            assert after == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\x1b[2J\x07", "␛[2J␇"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("a\tb\nc\rd", "a b\nc␍d"),
        ("\x9b31m\x9d0;t\x9c", "\ufffd31m\ufffd0;t\ufffd"),
        ("\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c", "\ufffdevil\ufffd \ufffdx\ufffd \ufffd\ufffd\ufffd"),
        ("a\u200bb\ufeffc\u2060d\u00ade", "a·b·c·d·e"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\ud800\udfff", "\ufffd\ufffd"),
        ("\U000e0041\U000e007f", "\ufffd\ufffd"),
    ],
)
def test_what_could_control_hide_or_reorder_is_replaced(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize("text", ["", "plain", "👩‍💻 ❤️", "日本語 café e\u0301", "a\nb", "no\u00a0break"])
def test_text_and_emoji_stay_as_they_are(text: str) -> None:
    assert clean(text) is text


@given(st.text(), st.text())
def test_cleaning_parts_is_cleaning_the_whole(left: str, right: str) -> None:
    assert clean(left) + clean(right) == clean(left + right)
