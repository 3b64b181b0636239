"""Time limits that a busy machine does not use up."""

from __future__ import annotations

import time

from tui.ui.terminal.own_time import Allowance


def test_an_allowance_and_a_share_of_it_are_used_up_in_their_turn() -> None:
    began, allowance = time.monotonic(), Allowance(0.2)
    assert 0 < allowance.left() <= 0.2
    while allowance.left(0.5):
        time.sleep(0.01)
    assert allowance.left(0.25) == 0
    allowance.wait()
    assert allowance.left() == 0
    assert time.monotonic() - began >= 0.2
