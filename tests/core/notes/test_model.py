from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import Block, Body, Kind, plain_lines
from tui.core.notes.sanitise import clean


def failing(source: str) -> tuple[Block, ...]:
    raise RecursionError(source)


def test_an_episode_that_cannot_be_parsed_is_its_lines() -> None:
    body = Body("# Talk\n\n- one **bold\n\t- two \x1b[2J\n", failing)
    assert [(block.text, block.first, block.last) for block in body.blocks] == [
        ("# Talk", 0, 0),
        ("- one **bold", 2, 2),
        ("    - two ␛[2J", 3, 3),
    ]
    assert body.fault == "RecursionError"
    assert body.read() == body.blocks
    assert {block.kind for block in body.blocks} == {Kind.PARAGRAPH}


def test_an_episode_that_can_be_parsed_has_no_fault() -> None:
    body = Body("- one\n", lambda source: ())
    assert (body.blocks, body.fault) == ((), "")


@given(st.text())
def test_lines_are_clean_and_in_the_order_of_the_source(source: str) -> None:
    blocks = plain_lines(source)
    assert [block.first for block in blocks] == sorted({block.first for block in blocks})
    for block in blocks:
        assert block.text == clean(block.text)
        assert block.text.strip()
        assert "\n" not in block.text
