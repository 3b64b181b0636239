"""Blocks as rows."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.core.layout.rows import Row, gap, rows
from tui.core.notes.model import Block, Kind

BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(Kind),
    text=st.text(st.sampled_from("ab 日👩‍💻|\n"), max_size=120),
    first=st.just(0),
    last=st.just(0),
    depth=st.integers(0, 9),
    indent=st.integers(0, 40),
    quoted=st.integers(0, 40),
    marker=st.sampled_from(["", "•", "1.", "12."]),
    task=st.sampled_from([None, True, False]),
)


def drawn(block: Block, row: Row) -> str:
    line = row.lead
    for run in row.runs:
        line += (row.between if run is not row.runs[0] else "").rjust(run.column - cell_len(line)) + block.text[
            run.start : run.end
        ]
    return line


def lines(block: Block, width: int) -> list[str]:
    return [drawn(block, row) for row in rows(block, width)]


def bullet(text: str, depth: int = 1, **more: object) -> Block:
    return Block(Kind.BULLET, text, 0, 0, depth=depth, indent=depth, marker="•", **more)  # type: ignore[arg-type]


def test_a_bullet_hangs_under_its_text() -> None:
    assert lines(bullet("one two three four five"), 18) == ["• one two three", "  four five"]


def test_a_nested_bullet_has_another_sign_and_stands_further_in() -> None:
    assert lines(bullet("inner", depth=2), 30) == ["  ◦ inner"]


def test_a_task_shows_whether_it_is_done() -> None:
    assert lines(bullet("buy", task=True), 30) == ["☑ buy"]
    assert lines(bullet("buy", task=False), 30) == ["☐ buy"]


def test_every_row_of_a_quote_has_its_bar() -> None:
    quote = Block(Kind.QUOTE, "one two three four", 0, 0, quoted=1)
    assert lines(quote, 18) == ["│ one two three", "│ four"]


def test_a_table_stands_in_columns_and_has_a_rule_under_its_head() -> None:
    table = Block(Kind.TABLE, "who | what\nAda | engines\n日本 | x", 0, 4)
    assert lines(table, 40) == ["who  │ what", "─────┼─────────", "Ada  │ engines", "日本 │ x"]


def test_a_table_too_wide_for_the_screen_wraps_its_widest_cells_and_parts_its_rows() -> None:
    table = Block(Kind.TABLE, "who | what\nAda | notes on an engine that was not built\nAlan | tapes", 0, 4)
    assert lines(table, 24) == [
        "who  │ what",
        "─────┼──────────────────",
        "Ada  │ notes on an",
        "     │ engine that was",
        "     │ not built",
        "─────┼──────────────────",
        "Alan │ tapes",
    ]
    widths = {cell_len(line) for line in lines(Block(Kind.TABLE, "a b c d e " * 9 + " | " + "f g " * 20, 0, 2), 60)}
    assert max(widths) <= 60


def test_a_table_of_more_columns_than_have_room_is_wrapped_text() -> None:
    table = Block(Kind.TABLE, " | ".join(["a" * 18] * 4), 0, 2)
    assert lines(table, 40) == [f"{'a' * 18} | {'a' * 18}", f"| {'a' * 18} |", "a" * 18]


@given(BLOCKS, st.integers(20, 90))
def test_rows_fit_the_width_and_hold_the_text_once_and_in_order(block: Block, width: int) -> None:
    found = rows(block, width)
    assert found
    runs = [run for row in found for run in row.runs]
    assert all(run.column + cell_len(block.text[run.start : run.end]) <= width for run in runs)
    held = [offset for run in runs for offset in range(run.start, run.end)]
    assert len(set(held)) == len(held)
    assert all(one.start <= other.start for row in found for one, other in pairwise(row.runs))
    if block.kind is not Kind.TABLE:
        assert held == sorted(held)
    if block.kind is not Kind.RULE:
        assert {offset for offset, sign in enumerate(block.text) if sign not in " \n|"} <= set(held)


def test_bullets_stand_close_and_other_blocks_apart() -> None:
    heading = Block(Kind.HEADING, "h", 0, 0, depth=3)
    paragraph = Block(Kind.PARAGRAPH, "p", 0, 0)
    assert gap(bullet("a"), bullet("b")) == 0
    assert gap(heading, bullet("a")) == 0
    assert gap(bullet("a"), heading) == 1
    assert gap(bullet("a"), paragraph) == 1
    assert gap(None, paragraph) == 0
