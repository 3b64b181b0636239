"""Replies of a terminal, separated from keys."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.proportion import grows_in_proportion
from tui.ui.terminal.replies import CUT, Replies

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
    replies = Replies()
    replies.tell = told.append
    assert replies.feed(answer, 0.0) == replies.feed(answer, 0.0) == ""
    assert told == [is_light]


REPLIES = (
    *(WHITE, "\x1b]10;rgb:1111/2222/3333\x1b\\", "\x1b]4;1;rgb:1/2/3\x07", "\x1b]52;c;bTJtM20xMjM=\x07"),
    *("\x1bP1+r544e=787465726d\x1b\\", "\x1bP>|xterm(354)\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b_Gi=31;OK\x1b\\"),
    *("\x1b[8;24;80t", "\x1b[2;1;1;112;112;1;0x", "\x1b[4;2$y", "\x1b[>4;2m", "\x1b[0n", "\x1b[1q"),
    *("\x1b[?62;22c", "\x1b[>41;354;0c", "\x1b[?1u", "\x1b[?997;1n"),
)
BEGUN = re.compile(r"\x1b(?:\][0-9]|P[0-9+$>!]|_G|\[[<?>=0-9;])")
"The beginning of a sequence that nobody types, which is held back for its rest."
CUTS = st.lists(st.integers(0, 40), max_size=3).map(sorted)


@given(
    is_asked=st.booleans(),
    before=st.text("j\x1b[Bm]1;", max_size=5),
    reply=st.sampled_from(REPLIES),
    after=st.text("k\x1b1", max_size=5),
    cuts=CUTS,
)
@example(is_asked=False, before="11", reply=WHITE, after="", cuts=[3, 3])
@example(is_asked=False, before="\x1b[", reply=WHITE, after="1", cuts=[])
def test_the_keys_around_a_reply_are_kept_wherever_it_is_cut(
    before: str, reply: str, after: str, cuts: list[int], is_asked: bool
) -> None:
    replies = Replies()
    replies.tell = (lambda _: None) if is_asked else None
    sent = before + reply + after
    keys = "".join(replies.feed(sent[start:end], 0.0) for start, end in pairwise((0, *cuts, len(sent) + 40)))
    keys += replies.rest()
    # Cut behind its first escape, that was passed on as a key, unless an answer is expected.
    assert keys == before + after or (not is_asked and keys == f"{before}\x1b{after}" and len(before) + 1 in cuts)


@given(st.lists(st.text("jk\x1b[ABPXm]_1;?~", max_size=4), max_size=6))
def test_other_input_is_passed_on_unchanged(parts: list[str]) -> None:
    sent = "".join(parts)
    replies = Replies()
    keys = "".join(replies.feed(part, 0.0) + replies.rest() for part in parts)
    assert keys == sent or BEGUN.search(sent)


@pytest.mark.parametrize("key", ["\x1b", "\x1b]", "\x1b[", "\x1bP"])
def test_a_key_that_might_begin_a_reply_is_passed_on_when_nothing_follows(key: str) -> None:
    replies = Replies()
    replies.tell = lambda _: None
    assert replies.feed(f"j{key}", 0.0) == "j"
    assert replies.is_held
    assert replies.rest() == key
    assert not replies.is_held
    assert replies.feed("k", 0.0) == "k"


def test_an_escape_is_passed_on_at_once_where_no_answer_is_expected() -> None:
    replies = Replies()
    assert replies.feed("\x1b", 0.0) == "\x1b"
    assert replies.feed("]11;rgb:ff", 0.01) == replies.rest() == ""
    assert replies.feed("ff/ffff/ffff\x07j", 0.02) == "j"


def test_a_part_of_a_reply_is_never_passed_on_as_keys_and_keys_behind_one_that_was_cut_off_are() -> None:
    replies = Replies()
    assert replies.feed("\x1b]11;rgb:ff", 0.0) == replies.rest() == ""
    assert not replies.is_held
    assert replies.feed("m", CUT + 1) == "m"


SEQUENCES = (
    "\x1b[48;24;80;100;100t",
    "\x1b[<0;50;8M",
    "\x1b[1;5B",
    "\x1b[106;1:1u",
    "\x1b[200~jm\x1b[201~",
    "\x1b[3~",
    "\x1b[?2026;2$y",
    "\x1b[12;15R",
)


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_that_pauses_among_its_numbers_is_passed_on_whole(sequence: str) -> None:
    for cut in range(3, re.search("[~uyBRMt]", sequence).start() + 1):  # type: ignore[union-attr]  # each has one
        replies = Replies()
        assert replies.feed(f"j{sequence[:cut]}", 0.0) == "j"
        assert not replies.is_held
        assert replies.feed(f"{sequence[cut:]}k", 1.0) == f"{sequence}k"


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_that_arrives_letter_by_letter_is_passed_on_as_it_is(sequence: str) -> None:
    replies = Replies()
    assert "".join(replies.feed(letter, 0.002 * number) for number, letter in enumerate(sequence)) == sequence


def test_a_sequence_behind_an_escape_that_was_taken_for_a_key_is_whole_once_more() -> None:
    replies = Replies()
    assert replies.feed("\x1b", 0.0) == "\x1b"
    assert replies.feed("[<0;5", 0.05) == ""
    assert replies.feed("0;8M", 0.5) == "\x1b[<0;50;8M"


def test_a_sequence_that_never_ends_is_dropped() -> None:
    replies = Replies()
    assert replies.feed("\x1b[<0;5", 0.0) == ""
    assert replies.feed("j", 6.0) == "j"


OPEN = ("\x1b]52;c;A", "\x1bP1+rA", "\x1bP>|A", "\x1b_GA", "\x1b[1")


@pytest.mark.parametrize("begun", OPEN)
def test_a_reply_that_never_ends_takes_time_in_proportion(begun: str) -> None:
    def take(count: int) -> None:
        replies = Replies()
        for sent in [begun, *[begun[-1] * 4096] * count]:
            replies.feed(sent, 0.0)

    assert grows_in_proportion(take, 60)


@pytest.mark.parametrize("begun", OPEN)
@pytest.mark.parametrize("end", ["\x07", "\x1b\\", "c", "$y", "~"])
def test_a_long_reply_ends_where_a_short_one_does(begun: str, end: str) -> None:
    def passed(count: int) -> str:
        replies = Replies()
        sent = [begun, *[begun[-1] * 4096] * count, end[:1], end[1:], "j"]
        return re.sub("A+|1+", "_", "".join(replies.feed(each, 0.0) for each in sent))

    assert passed(3) == passed(0)
