"""The size limit of terminal clipboards, and a warning about larger copies."""

from __future__ import annotations

SURE = 74_994
"""Bytes that every terminal with a clipboard accepts by OSC 52: some cut a sequence off at 100,000 bytes, which is this
many in base64 plus the sequence itself."""


def beyond_clipboard(text: str) -> str:
    """A suffix for the message about a copied text that some terminals may drop; empty for smaller texts."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size <= SURE:
        return ""
    return f" · {size // 1000:,} KB, and some terminals drop more than {SURE // 1000}: `earmark PATH | …` copies all"
