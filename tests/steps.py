"""Work counted in calls of our functions: the same on every machine, unlike times."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import tui

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_OURS = os.path.dirname(tui.__file__) + os.sep


def calls(work: Callable[[], object], name: str = "") -> int:
    """Count calls of the package's functions, or of those with one name, during work in this thread."""
    count = 0

    def hear(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_OURS):
            count += not name or code.co_qualname == name

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
