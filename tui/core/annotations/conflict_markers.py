"""The two sides of an unresolved merge, read from git's conflict markers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\Z", re.DOTALL)
_NEXT = {"": "<", "<": "|=", "|": "=", "=": ">"}
"The markers that may follow each marker."


@dataclass(frozen=True, slots=True)
class Sides:
    """The texts to merge."""

    base: str | None
    "The common ancestor; None unless every conflict includes it, as in git's conflict style ``diff3``."
    ours: str
    theirs: str


def sides(text: str) -> Sides | None:
    """Split a text with conflict markers into its sides; None if it has no markers or they do not pair up.

    Text that git merged without a conflict is on every side. The markers are those of ``git help merge``, section "How
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
