"""Markdown as in notes, with the additions of Obsidian and Logseq: recognised here, parsed by the package's modules.

mistune parses within lines; nothing outside this package uses it. No parser is imported here, since pasted text needs
none.
"""

from __future__ import annotations

import re
from itertools import islice

from tui.core.notes.markdown import fences
from tui.core.notes.metadata.fields import read_front_matter
from tui.core.patterns import deferred


def recognises(path: str, sample: str) -> bool:
    """True for Markdown, as opposed to text pasted from a page or an app."""
    headings = sum(1 for _ in islice(_HEADING.finditer(sample), 2))
    signs = _SIGN.search(sample) is not None
    if read_front_matter(sample).end:
        return True
    if path.lower().endswith(_MARKDOWN_ENDINGS):
        if headings or _FENCE.search(sample) or _SETEXT.search(sample):
            return True
        return not (signs and _is_pasted(sample)) and not _holds_titles(sample)
    if headings == 1 and not signs:
        return _HEADING.match(sample.lstrip("\n")) is not None or _FENCE.search(sample) is not None
    if headings or signs:
        return headings > 1
    return _FENCE.search(sample) is not None or (
        sum(1 for _ in islice(_INLINE.finditer(sample), 2)) == 2 and not _holds_titles(sample)
    )


def _is_pasted(sample: str) -> bool:
    """True if there are at least as many pasted bullets as Markdown markers, links and the like."""
    signs = sum(1 for _ in _SIGN.finditer(sample))
    return signs >= sum(1 for _ in _MARK.finditer(sample)) + sum(1 for _ in _INLINE.finditer(sample))


_MARK = deferred(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_HEADING = deferred(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_SETEXT = deferred(r"\S[^\S\n]*\n {0,3}={3,}[ \t]*$", re.MULTILINE)
_FENCE = deferred(rf"^ {{0,3}}{fences.RUN}", re.MULTILINE)
_INLINE = deferred(r"\*\*\w[^*\n]*\*\*|\]\(https?://|\[\[[^\[\]\n]+\]\]|`[^`\n]+`")
_SIGN = deferred(r"^[ \t\xa0]*[•◦▪▫‣⁃∙●○■□▶▸►➤\uf0a7\uf0b7]", re.MULTILINE)


def _holds_titles(sample: str) -> bool:
    """True if plain lines have the form of episode titles."""
    if " on " not in sample:
        return False
    from tui.core.notes.pasted.headings import episode_titles

    return sum(1 for _ in islice(episode_titles(sample), 2)) == 2
