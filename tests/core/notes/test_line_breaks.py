"""Line ends of paragraphs: kept or joined."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.model import Kind
from tui.core.notes.pasted import blocks as pasted
from tui.core.notes.reading import Options, read_note

if TYPE_CHECKING:
    from tui.core.notes.line_breaks import LineBreaks

WRAPPED = """\
The looms of the valley were driven by water, and where the water was low
they stood still. In a dry summer nobody wove, and whoever had wool to be
woven took it over the hill, where a steam engine had been set up.
"""
VERSE = """\
The moon was out
and all the looms
of water and of wool
were still
"""


def texts(source: str, line_breaks: LineBreaks = "auto") -> list[str]:
    return [block.text for block in markdown.parse(source, line_breaks=line_breaks)]


@pytest.mark.parametrize("indent", ["", "- ", "> "])
def test_wrapped_text_is_joined(indent: str) -> None:
    source = indent + WRAPPED.rstrip().replace("\n", "\n" + ("> " if indent == "> " else " " * len(indent)))
    assert texts(source) == [WRAPPED.strip().replace("\n", " ")]


@pytest.mark.parametrize(
    "source",
    [
        VERSE,
        "Ada Lovelace\n12 St James's Square\nLondon SW1Y 4JH\n",
        "A short one.\nOne sentence that is as long as a line is in a file that nobody wrapped.\n",
        "羊毛を刈る\n羊毛を洗う\n",
        "x" * 50 + " y" * 60 + "\nshort\n",
    ],
)
def test_lines_that_stop_early_keep_their_ends(source: str) -> None:
    assert texts(source) == [source.strip()]


def test_one_long_sentence_above_short_lines_keeps_its_end() -> None:
    source = "Whoever had wool to be woven took it over the hill, to the steam engine.\nit rained\nnobody wove"
    assert texts(source) == [source]


def test_a_short_line_amid_wrapped_text_keeps_its_end() -> None:
    source = WRAPPED + "The end.\n" + WRAPPED
    (text,) = texts(source)
    assert text.count("\n") == 1
    assert "The end.\nThe looms" in text


@pytest.mark.parametrize("form", ["{}", "({})", "[{}]", "**{}**", "[{}](https://example.org/?t=1)", "{} -"])
def test_lines_that_begin_with_a_time_are_blocks_of_their_own(form: str) -> None:
    source = f"Chapters\n{form.format('00:00')} Wool\n{form.format('1:02:03')} Water\n"
    blocks = markdown.parse(source)
    assert [(block.kind, block.first, block.last) for block in blocks] == [
        (Kind.PARAGRAPH, 0, 0),
        (Kind.PARAGRAPH, 1, 1),
        (Kind.PARAGRAPH, 2, 2),
    ]
    assert [block.text.split()[-1] for block in blocks] == ["Chapters", "Wool", "Water"]


def test_a_time_that_a_line_happens_to_begin_with_parts_nothing() -> None:
    source = "The mill by the river was to open at a time that nobody could have known, at\n10:30 in the morning.\n"
    assert texts(source) == [source.strip().replace("\n", " ")]


def test_times_in_a_bullet_are_paragraphs_in_it() -> None:
    blocks = markdown.parse("- [ ] Chapters\n  00:00 Wool\n  03:15 Water\n- next\n")
    assert [(block.kind, block.text, block.indent, block.task, block.first, block.last) for block in blocks] == [
        (Kind.BULLET, "Chapters", 1, False, 0, 0),
        (Kind.PARAGRAPH, "00:00 Wool", 1, None, 1, 1),
        (Kind.PARAGRAPH, "03:15 Water", 1, None, 2, 2),
        (Kind.BULLET, "next", 1, None, 3, 3),
    ]


def test_each_speaker_begins_a_block() -> None:
    said = "I would say that it was the water, which in those days was all that there was to drive a mill"
    source = f"Ada: Why?\n**Charles Babbage:** {said}\nAda (12:30): And then?\n"
    assert texts("Ada: Why?\nNobody knew.\n**Bo:** I do.\n") == ["Ada: Why?\nNobody knew.", "Bo: I do."]
    assert [text.split(":")[0] for text in texts(source)][:2] == ["Ada", "Charles Babbage"]


@pytest.mark.parametrize("source", [WRAPPED, VERSE, "00:00 Wool\n03:15 Water\n"])
def test_all_line_ends_are_kept_or_none_where_that_is_set(source: str) -> None:
    assert "\n".join(texts(source, "keep")) == source.strip()
    assert texts(source, "join") == [source.strip().replace("\n", " ")]


def test_code_over_two_lines_is_not_broken() -> None:
    assert texts("a `b\nc` d\n") == ["a b c d"]


def test_the_setting_holds_for_notes_of_both_kinds() -> None:
    for path, head in (("a.md", "# A\n\n"), ("a.txt", "")):
        kept, joined = (
            [block.text for block in read_note(path, head + WRAPPED, Options(line_breaks=way)).episodes[0].blocks]
            for way in ("keep", "join")
        )
        assert "\n".join(kept) == WRAPPED.strip()
        assert joined == [WRAPPED.strip().replace("\n", " ")]
    assert [block.text for block in pasted.parse(VERSE, line_breaks="join")] == [VERSE.strip().replace("\n", " ")]


@given(
    st.lists(st.sampled_from(["word and more words", "00:00 a", "Ada: b", "c" * 60 + " d", "`e", "f  "]), min_size=1)
)
def test_no_word_is_lost_and_lines_are_told(lines: list[str]) -> None:
    source = "\n".join(lines)
    for way in ("auto", "keep", "join"):
        blocks = markdown.parse(source, line_breaks=way)
        assert " ".join(block.text for block in blocks).replace("`", "").split() == source.replace("`", "").split()
        bounds = [(block.first, block.last) for block in blocks]
        assert bounds[0][0] == 0
        assert bounds[-1][1] == len(lines) - 1
        assert all(last + 1 == first for (_, last), (first, _) in pairwise(bounds))
