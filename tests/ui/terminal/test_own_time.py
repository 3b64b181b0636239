"""Time limits that a busy machine does not exhaust."""

from __future__ import annotations

import time

from tui.ui.terminal.own_time import Allowance


def test_an_allowance_and_a_share_of_it_are_used_up_in_their_turn() -> None:
    began, allowance = time.monotonic(), Allowance(0.2)
    assert 0 < allowance.remaining() <= 0.2
    while allowance.remaining(0.5):
        time.sleep(0.01)
    assert allowance.remaining(0.25) == 0
    allowance.wait()
    assert allowance.remaining() == 0
    assert time.monotonic() - began >= 0.2
