"""Reading most sequences and text in one step gives the same screen as pyte's reading character by character."""

from __future__ import annotations

import pyte
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.terminal.emulator import Emulator

COLUMNS, ROWS = 12, 4
NUMBERS = st.sampled_from(["", "0", "1", "2", "3", "5", "7", "31", "38", "48", "255", "99999"])
SEQUENCES = (
    st.builds("\x1b[{}m".format, st.lists(NUMBERS, max_size=6).map(";".join))
    | st.builds("\x1b[{}{}".format, NUMBERS, st.sampled_from("ABCDEFGHLMPXade"))
    | st.builds("\x1b[{};{}{}".format, NUMBERS, NUMBERS, st.sampled_from("Hfr"))
    | st.builds("\x1b[{}{}".format, st.sampled_from(["", "0", "1", "2"]), st.sampled_from("JK"))
    | st.builds("\x1b[{}{}{}".format, st.sampled_from(["", "?"]), NUMBERS, st.sampled_from("hl"))
)
OTHERS = st.sampled_from(
    [
        "\r",
        "\n",
        "\t",
        "\x1b7",
        "\x1b8",
        "\x1bM",
        "\x1b]0;title \x1b[1m\x07",
        "\x1b[4h",
        "\x1b[4l",
        "\x1b[?7l",
        "\x1b[1$p",
    ]
)
TEXTS = st.text("ab ~東é\u0301│", min_size=1, max_size=2 * COLUMNS)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(SEQUENCES | OTHERS | TEXTS, max_size=30))
def test_every_cell_and_the_cursor_are_those_of_pyte(sent: list[str]) -> None:
    data = "".join(sent).encode()
    fast, plain = Emulator(COLUMNS, ROWS, lambda _: None), pyte.Screen(COLUMNS, ROWS)
    try:
        pyte.ByteStream(plain).feed(data)
    except TypeError:
        reject()  # more numbers than the sequence has
    fast.take(data)
    assert fast.buffer == plain.buffer
    assert (fast.cursor.x, fast.cursor.y, fast.cursor.attrs) == (plain.cursor.x, plain.cursor.y, plain.cursor.attrs)
    assert (fast.mode, fast.margins, fast.title) == (plain.mode, plain.margins, plain.title)
