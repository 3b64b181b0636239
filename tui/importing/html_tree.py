"""HTML, read by turbohtml, whose shapes stop here; it is imported when a page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import turbohtml

if TYPE_CHECKING:
    from collections.abc import Sequence


class Labelled(NamedTuple):
    """The text from an element with one of the sought classes to the next."""

    name: str
    "The class."
    text: str
    "Its text, a line end for each break."
    inner_classes: tuple[str, ...]
    "The classes of the elements inside, in order."
    line: int
    "Its line, 1-based."


def labelled(data: bytes, classes: Sequence[str]) -> list[Labelled]:
    """The texts from the elements with one of these classes, in the order of the page.

    Where an element ends says nothing: pages whose elements are closed by the wrong tags nest all that follows.
    """
    found: list[Labelled] = []
    pieces: list[str] = []
    inner: list[str] = []
    for node in turbohtml.parse(data).descendants:
        if isinstance(node, turbohtml.Text):
            pieces.append(" ".join(node.text.split("\n")))
        elif isinstance(node, turbohtml.Element):
            own = _classes(node)
            inner += own
            if node.tag == "br":
                pieces.append("\n")
            if name := next((each for each in classes if each in own), ""):
                if found:
                    found[-1] = found[-1]._replace(text="".join(pieces), inner_classes=tuple(inner))
                pieces, inner = [], []
                found.append(Labelled(name, "", (), node.source_line or 0))
    if found:
        found[-1] = found[-1]._replace(text="".join(pieces), inner_classes=tuple(inner))
    return found


def _classes(element: turbohtml.Element) -> list[str]:
    value = element.attrs.get("class")
    return value.split() if isinstance(value, str) else list(value or ())
