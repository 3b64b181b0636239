"""Pasted text, told apart from typed text in the terminal's input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.terminal.pasting import END, START, Pastes


def handed_on(*sent: str) -> str:
    """Everything passed on from terminal input that arrives in these pieces."""
    pastes = Pastes()
    return "".join(map(pastes.feed, sent)) + pastes.rest()


@pytest.mark.parametrize(
    ("payload", "pasted"),
    [
        ("red \x1b[31mjm\x1b[0m end", "red jm end"),
        ("a \x1b b jm", "a  b jm"),
        ("a\x00jm\x7f\x85", "ajm"),
        ("\x1b]52;c;eA==\x07\x1bP+q\x1b\\\x9b2Jx\x9d0;t\x9c", "x"),
        ("\x1b]0;an end that is missing", "]0;an end that is missing"),
        (f"a {END}jm5", "a jm5"),
        (f"a {END}jm{START}b", "a jmb"),
        ("tab\tand\r\nlines\n", "tab\tand\r\nlines\n"),
    ],
)
def test_nothing_of_a_paste_is_a_key_or_acts_on_a_terminal(payload: str, pasted: str) -> None:
    assert handed_on(f"j{START}{payload}{END}k") == f"j{START}{pasted}{END}k"


def test_a_paste_that_has_not_ended_is_pasted_as_far_as_it_came() -> None:
    assert handed_on(f"{START}abc") == f"{START}abc{END}"


def test_an_escape_alone_is_handed_on_at_once() -> None:
    assert Pastes().feed("a\x1b") == "a\x1b"
    assert handed_on("\x1b", "[A") == "\x1b[A"
    assert handed_on("\x1b[2", "4~") == "\x1b[24~"


@given(st.lists(st.text("ab\x1b[201~;m\x9b", max_size=12), max_size=4), st.lists(st.integers(1, 9), max_size=40))
def test_the_way_input_is_split_makes_no_difference(texts: list[str], cuts: list[int]) -> None:
    sent = "j".join(f"{START}{text}{END}" for text in texts) + "k"
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(sent[at : at + cut])
        at += cut
    assert handed_on(*pieces, sent[at:]) == handed_on(sent)
    inside = handed_on(sent).removeprefix(START).rpartition(END)[0]
    assert not texts or not any(sign in inside for sign in "\x1b\x9b")
