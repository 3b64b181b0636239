"""What inline Markdown comes to: plain text and the runs of it that are set in a style."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from tui.core.notes.model import Inline

SOFT_BREAK = deferred(r"(?<![ \t])[ \t]*\n\s*")
"A line break that the notes do not ask for; it is a space."


class Text(NamedTuple):
    """Plain text, sanitised, and its styled runs in order of their start."""

    plain: str
    inlines: tuple[Inline, ...] = ()
