"""The result of inline Markdown: plain text with styled runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from tui.core.notes.model import Inline

SOFT_BREAK = deferred(r"(?<![ \t])[ \t]*\n\s*")
"A line break that becomes a space, since it is not preceded by two spaces."


def with_breaks(source: str) -> str:
    """Plain text in which ``\\n`` is an intended line break; the others become spaces."""
    if "  \n" not in source:
        return SOFT_BREAK.sub(" ", source)
    return SOFT_BREAK.sub(lambda found: "\n" if found[0].partition("\n")[0].endswith("  ") else " ", source)


class StyledText(NamedTuple):
    """Plain, sanitised text and its styled runs, ordered by start."""

    plain: str
    inlines: tuple[Inline, ...] = ()
