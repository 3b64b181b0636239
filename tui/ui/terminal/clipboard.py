"""The limit of the terminal's clipboard, and a word on a copy beyond it."""

from __future__ import annotations

SURE = 74_994
"""Bytes that every terminal with a clipboard takes by OSC 52: some end a sequence at 100,000 bytes, which are so many
in base64 besides the sequence's own."""


def beyond_clipboard(text: str) -> str:
    """The end of a message on a copied text that a terminal may drop; empty if it is small enough."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size <= SURE:
        return ""
    return f" · {size // 1000:,} KB, and some terminals drop more than {SURE // 1000}: `earmark PATH | …` copies all"
