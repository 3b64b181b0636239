"""The sides of a merge that was not settled, told apart by the lines that git puts around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\Z", re.DOTALL)
_NEXT = {"": "<", "<": "|=", "|": "=", "=": ">"}
"Which marker may follow on which."


@dataclass(frozen=True, slots=True)
class Sides:
    """The texts that were to be merged, so far as a text with markers tells."""

    base: str | None
    "What both come from; None unless each conflict tells it, as git's conflict style ``diff3`` has them do."
    ours: str
    theirs: str


def sides(text: str) -> Sides | None:
    """The sides of a text with conflict markers; None where it has none, or where they are no pairs.

    What git merged without a conflict is on every side. The markers are those of ``git help merge``, section "How
    conflicts are presented", of the usual size.
    """
    base: list[str] = []
    ours: list[str] = []
    theirs: list[str] = []
    inside, conflicts, bases = "", 0, 0
    for line in text.split("\n"):
        marker = _MARKER.match(line)
        sign = marker[1][0] if marker else ""
        if sign and sign in _NEXT[inside]:
            inside = "" if sign == ">" else sign
            conflicts += sign == "<"
            bases += sign == "|"
        elif sign and sign != "=":
            return None
        elif inside:
            {"<": ours, "|": base, "=": theirs}[inside].append(line)
        else:
            for side in (base, ours, theirs):
                side.append(line)
    if inside or not conflicts:
        return None
    return Sides("\n".join(base) if bases == conflicts else None, "\n".join(ours), "\n".join(theirs))
