"""The terminal's answer for its background, taken out of the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.terminal.ground import GroundAnswer

WHITE = "\x1b]11;rgb:ffff/ffff/ffff\x07"


@pytest.mark.parametrize(
    ("answer", "is_light"),
    [
        (WHITE, True),
        ("\x1b]11;rgb:0000/0000/0000\x1b\\", False),
        ("\x1b]11;rgb:fb/f9/f4\x1b\\", True),
        ("\x1b]11;rgb:2/2/2\x07", False),
        ("\x1b]11;rgba:1919/1a1a/1d1d/ffff\x07", False),
        ("\x1b]11;rgb:0000/0000/ffff\x07", False),
    ],
)
def test_an_answer_tells_a_light_background_from_a_dark_one(answer: str, is_light: bool) -> None:
    told: list[bool] = []
    assert GroundAnswer(told.append).feed(answer) == ""
    assert told == [is_light]


@given(st.text("j\x1b[Bm]1;", max_size=5), st.text("k\x1b]1", max_size=5), st.integers(0, 40), st.integers(0, 40))
def test_the_keys_around_an_answer_are_kept_wherever_it_is_cut(before: str, after: str, one: int, other: int) -> None:
    told: list[bool] = []
    answer = GroundAnswer(told.append)
    sent, (first, second) = before + WHITE + after, sorted((one, other))
    keys = ""
    for part in (sent[:first], sent[first:second], sent[second:]):
        keys += answer.feed(part) if answer.is_awaited else part
    assert told == [True]
    assert keys == before + after


@pytest.mark.parametrize("key", ["\x1b", "\x1b]"])
def test_a_key_that_might_begin_an_answer_is_passed_on_when_nothing_follows(key: str) -> None:
    answer = GroundAnswer(lambda _: None)
    assert answer.feed(f"j{key}") == "j"
    assert answer.is_held
    assert answer.rest() == key
    assert not answer.is_held
    assert answer.feed("k") == "k"


def test_a_part_of_an_answer_is_never_passed_on_as_keys() -> None:
    answer = GroundAnswer(lambda _: None)
    assert answer.feed("\x1b]11;rgb:ff") == answer.rest() == ""
    assert not answer.is_held
