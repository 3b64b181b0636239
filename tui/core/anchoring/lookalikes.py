"""Lookalikes of a block: similar blocks in its note, remembered by fingerprints.

If a bullet is removed, one that has been next to it all along must not be taken for its new wording.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.model import Address, Block, Note

MOST = 4
"Most lookalikes remembered per block; if there are this many, there may be more."
_ALIKE = 0.40
"Minimum share of words in common with a lookalike (Dice)."
_LARGEST = 2 << 20
"Most bytes of a note that is searched, since highlighting must not be delayed."
_RAREST, _LEAST = 16, 4
"Most and fewest words of a block to search for."
_COMMON = 512
"Most occurrences in the note of a word to search for."
_LINES = 24
"Most lines to compare."
_HELD = 0.3
"Minimum share of a block's words in a line that may be a lookalike; lower if the block has several lines."
_PARSED = 1 << 17
"Most bytes of episodes that are parsed for the comparison."
_WORD = re.compile(r"\w+")


def fingerprint(key: str) -> str:
    """Eight characters that identify a folded text; among a million texts, two collide in one of 500 cases."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")


def lookalikes(note: Note, address: Address) -> tuple[str, ...] | None:
    """The fingerprints of a block's lookalikes, most similar first; None if finding them would take long.

    If the block has copies, its own fingerprint is among them. Lines that share words with the block are found in the
    raw source, and only their episodes are parsed.
    """
    block = note.block(address)
    key = fold(block.text)
    if (lines := _likely_lines(note, block)) is None:
        return None
    words, found, copies, left = Counter(_WORD.findall(key)), dict[str, float](), set[tuple[int, int]](), _PARSED
    for number, firsts in lines.items():
        body = note.episodes[number].body
        left -= 0 if body.is_parsed else len(body.utf8)
        if left < 0:
            return None
        for other in _blocks_on(body.read(), firsts):
            other_key = fold(other.text)
            alike = _share(words, Counter(_WORD.findall(other_key)))
            if other_key == key:
                copies.add((number, other.first))
            elif alike >= _ALIKE:
                found[fingerprint(other_key)] = alike
    if len(copies) > 1:
        found[fingerprint(key)] = 1.0
    return tuple(sorted(found, key=lambda each: (-found[each], each))[:MOST])


def _likely_lines(note: Note, block: Block) -> dict[int, list[int]] | None:
    """The lines that share the most words with a block, as offsets in their episodes, by episode number."""
    sources = [episode.body.utf8 for episode in note.episodes]
    if sum(map(len, sources)) > _LARGEST:
        return None
    words = {word.encode("utf-8", "surrogatepass") for word in _WORD.findall(block.text) if len(word) > 1}
    counted = sorted((sum(source.count(word) for source in sources), word) for word in words)
    rarest = [word for count, word in counted if count <= _COMMON][:_RAREST]
    if len(rarest) < _LEAST:
        return None
    shared: Counter[tuple[int, int]] = Counter()
    for number, source in enumerate(sources):
        shared.update((number, start) for word in rarest for start in {*_lines_with(source, word)})
    wanted = {*_WORD.findall(fold(block.text))}
    least = len(wanted) * min(_HELD, 2 * _HELD / (block.last - block.first + 1))
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for number, start in nlargest(_LINES, shared, key=lambda line: (shared[line], line)):
        source = sources[number]
        end = source.find(b"\n", start)
        line = source[start : end if end >= 0 else len(source)].decode("utf-8", "surrogatepass")
        if len(wanted.intersection(_WORD.findall(fold(line)))) >= least:
            lines[number].append(source.count(b"\n", 0, start))
    return lines


def _lines_with(source: bytes, word: bytes) -> Iterator[int]:
    """The start of each line that contains a word."""
    at = source.find(word)
    while at >= 0:
        yield source.rfind(b"\n", 0, at) + 1
        end = source.find(b"\n", at)
        at = source.find(word, end) if end >= 0 else -1


def _blocks_on(blocks: tuple[Block, ...], lines: list[int]) -> Iterator[Block]:
    for line in lines:
        index = bisect_right(blocks, line, key=attrgetter("first")) - 1
        if index >= 0 and line <= blocks[index].last:
            yield blocks[index]


def _share(words: Counter[str], others: Counter[str]) -> float:
    both = words.total() + others.total()
    return 2 * (words & others).total() / both if both else 0.0
