"""Questions in notes: blocks that ask, the sentences that do, and the replies beneath them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import Kind, Span, Style
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.model import Block


@dataclass(frozen=True, slots=True)
class Asking:
    """The sentences of a block that ask."""

    span: Span
    "The first sentence that asks, as a span of the block's text that includes its question marks."
    count: int
    "Number of sentences that ask."


@dataclass(frozen=True, slots=True)
class Question:
    """A block of an episode that asks."""

    block: int
    "The block's index in the episode."
    span: Span
    count: int
    replies: int
    "Number of bullets and lines that answer it; see `replying`."
    is_ticked: bool = False
    "True for a finished task, which counts as settled."


def questions_of(blocks: Sequence[Block]) -> tuple[Question, ...]:
    """The questions among an episode's blocks, in document order."""
    return tuple(
        Question(index, asked.span, asked.count, replies(blocks, index), block.task is True)
        for index, block in enumerate(blocks)
        if (asked := asking(block))
    )


def asking(block: Block) -> Asking | None:
    """The sentences of a block that ask; None if none ends in a question mark and no ``[?]`` opens the block.

    A sentence may be in brackets or quotes, and text may follow it. Question marks do not count in code, formulas,
    comments and addresses, inside a word or alone in brackets.
    """
    text = block.text
    # No other sign asks in ASCII, and looking for one takes a tenth of the time.
    if "?" not in text if text.isascii() else not _MAY_ASK.search(text):
        return None
    if block.kind in (Kind.CODE, Kind.METADATA):
        return None
    text = _spoken(block)
    if box := _QUESTION_BOX.match(block.text):
        return Asking(Span(box.end(), len(block.text.rstrip())), 1)
    first: Span | None = None
    count = 0
    for start, end in _Sentences(text).that_ask():
        first = first or _span(text, start, end)
        count += 1
    return Asking(first, count) if first else None


def replies(blocks: Sequence[Block], index: int) -> int:
    """Number of blocks and lines that answer a question; see `replying`."""
    return len(replying(blocks, index))


class Reply(NamedTuple):
    """A block, or lines of one, that answer a question."""

    depth: int
    "Number of bullets that enclose it beneath the question."
    text: str


def replying(blocks: Sequence[Block], index: int) -> Sequence[Reply]:
    """The blocks and lines that answer the question in a block.

    These are bullets and paragraphs nested beneath it at any depth, and lines marked as answers, by ``A:`` or ``→``, in
    the block or the next one. Bullets under a heading are not nested in it.
    """
    block = blocks[index]
    marked = [found.start() for found in _ANSWER_LINE.finditer(block.text)]
    found = [Reply(0, block.text[start + 1 : end]) for start, end in pairwise([*marked, len(block.text)])]
    following = map(blocks.__getitem__, range(index + 1, len(blocks)))
    if block.kind is not Kind.HEADING and block.indent:
        nested = takewhile(lambda other: _is_beneath(other, block), following)
        beneath = [each for each in nested if each.kind in (Kind.BULLET, Kind.PARAGRAPH)]
        found += [Reply(max(0, each.indent - block.indent - 1), each.text) for each in beneath]
        if found:
            return found
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if below is not None and below.kind is not Kind.HEADING and _ANSWER.match(below.text) is not None:
        found.append(Reply(0, below.text))
    return found


def _is_beneath(other: Block, block: Block) -> bool:
    if other.indent == block.indent:
        return block.kind is Kind.BULLET and other.kind is Kind.PARAGRAPH
    return other.indent > block.indent


_GREEK = "\u0370-\u037d\u037f-\u03ff\u1f00-\u1fff"
_QUESTION_MARKS = "?？؟⁇⁈⁉‽⸮፧﹖"
_ASKS = deferred(rf"[{_QUESTION_MARKS}\u037e;]")
_ARMENIAN = "՞"
"The Armenian question mark, which stands on a stressed vowel inside the sentence."
_MAY_ASK = deferred(rf"[{_QUESTION_MARKS}\u037e{_ARMENIAN}]|(?<=[{_GREEK}]{{2}});")
_QUESTION_BOX = deferred(r"\[\?\]\s+(?=\S)")
"A task's box that Obsidian and others use to mark a question."
_DOUBT = deferred(rf"\([{_QUESTION_MARKS}]\)|\[[{_QUESTION_MARKS}]\]|（[?？]）")
"A sign of doubt, as in ``1912 (?)``."
_FORMULA = deferred(
    r"\$\$[^$]{1,2000}\$\$|\$(?=[^\s$])[^$\n]{0,500}(?<=\S)\$(?!\d)|\\\((?:[^\\\n]|\\(?!\))){1,500}\\\)"
)
_ANSWER_MARK = (
    r"(?:(?:a|ans|answer|antwort|r[ée]ponse|respuesta|risposta|resposta|antwoord)[ \t]?\d{0,3}[ \t]?[:：]|答[:：]?"
    r"|→|⇒|➔|➜|⟶|[-=]{1,2}>)"
)
_ANSWER = deferred(rf"[*_]{{0,3}}{_ANSWER_MARK}", re.IGNORECASE)
_ANSWER_LINE = deferred(rf"\n[ \t]*[*_]{{0,3}}{_ANSWER_MARK}", re.IGNORECASE)
_ADDRESS = deferred(r"(?:https?://|www\.)[^\s<>\"“”]+")
_BEHIND_ADDRESS = ".,;:!?)]'’。，！？"
_COMMENT = deferred(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_CLOSERS = {"(": ")", "[": "]", "{": "}", "“": "”", "„": "”", "«": "»", "（": "）", "「": "」", "『": "』"}
_QUOTES = '”“»"'
_MARKS = deferred(
    rf"[{_QUESTION_MARKS}][{_QUESTION_MARKS}!！]*|(?:\u037e|(?<=[{_GREEK}]{{2}});)[;\u037e!]*"
    rf"|{_ARMENIAN}[^:։\n{_QUESTION_MARKS}]*[:։]?|[.!…。！։]+"
    r"|[\n\"" + re.escape("".join(sorted({*_CLOSERS, *_CLOSERS.values()}))) + "]"
)
_LONGEST_QUOTE = 1000
"Code points to search for the beginning of single-quoted text."
_DEEPEST = 50
"Nesting limit for brackets, which keeps the time linear."
_WORD = deferred(r"\w")
_BEFORE_SENTENCE = deferred(r"[\s)\]}”’‘»）」』\"',;]*")
_AFTER_SENTENCE = deferred(r"[)\]}”»）」』\"]+")
_ABBREVIATION = deferred(r"\b(?:[A-Z]|e\.g|i\.e|vs|cf|ca|approx|Dr|Mrs?|Ms|Prof|St)$")
_MAY_END = deferred(r"\b(?:[ap]\.m|Co|Inc|Ltd|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$")
"Abbreviations that often end a sentence: before a capital letter, they do."
_CAPITAL = deferred(r"\s+(?:[A-Z][^\W\dA-Z]|[AI]\s)")
_DAY = deferred(r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_ELISION = deferred(r"['’](?:[Tt](?:is|was|were|will)|[Ee]m|[Cc]ause|[Tt]il|\d0s)\b")
"Words that begin with an apostrophe, which is then not a quotation mark."
_SINGLE_QUOTE = deferred(r"(?<!\S)['‘](?=\w)")
_BEFORE_NUMBER = deferred(r"\b(?:[Nn]o|pp?|ch|vol|[Ff]ig)$")
_NUMBER = deferred(r"\s\d")


def _spoken(block: Block) -> str:
    """The block's text with code and addresses replaced by words of the same length."""
    text = block.text
    silent = [(run.start, run.end) for run in block.inlines if run.style is Style.CODE]
    silent += [(m.start(), m.start() + len(m[0].rstrip(_BEHIND_ADDRESS))) for m in _ADDRESS.finditer(text)]
    silent += [match.span() for match in _COMMENT.finditer(text)]
    silent += [match.span() for match in _DOUBT.finditer(text)]
    if "$" in text or "\\(" in text:
        silent += [match.span() for match in _FORMULA.finditer(text)]
    if silent:
        pieces, at = [], 0
        for start, end in sorted(silent):
            pieces += [text[at:start], "x" * (end - max(start, at))]
            at = max(at, end)
        text = "".join([*pieces, text[at:]])
    return text.replace("|", "\n") if block.kind is Kind.TABLE else text


@dataclass(slots=True)
class _Scope:
    """A text made of sentences: the block, or the content of brackets or quotes."""

    closer: str
    start: int
    "The start of its current sentence."
    word_before: int = -1
    "The position of the last word before it."


class _Sentences:
    """A scan through a text from mark to mark; sentences begin only at the ends of marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scopes = [_Scope("", 0)]
        self.word = -1
        "The start of the last word so far; a scope that begins before it is not empty."

    def that_ask(self) -> Iterator[tuple[int, int]]:
        """The start and end of each sentence that asks, including leading marks and spaces."""
        behind = 0
        for match in _MARKS.finditer(self.text):
            if word := _WORD.search(self.text, behind, match.start()):
                self.word = word.start()
            behind = match.end()
            if match[0][0] == _ARMENIAN or _ASKS.match(match[0]):
                if not _is_inside_word(self.text, behind):
                    yield self._asked(behind)
            else:
                self._pass(match[0], match.start(), behind)

    def _asked(self, end: int) -> tuple[int, int]:
        innermost = self.scopes[-1]
        asking = next((scope for scope in reversed(self.scopes) if self.word >= scope.start), innermost)
        start, innermost.start = asking.start, end
        # Question marks alone in brackets belong to the sentence around the brackets.
        if asking is not innermost and (closers := _AFTER_SENTENCE.match(self.text, end)):
            end = closers.end()
        if self.text[end : end + 1] in ("'", "’"):
            for match in _SINGLE_QUOTE.finditer(self.text, max(start, end - _LONGEST_QUOTE), end):
                start = match.start() if not _ELISION.match(self.text, match.start()) else start
        return start, end

    def _pass(self, mark: str, at: int, end: int) -> None:
        if mark == "\n":
            self.scopes = [_Scope("", end)]
        elif mark[0] in ".!…。！։":
            if _ends_sentence(self.text, at, end):
                self.scopes[-1].start = end
        elif mark == '"' and not any(scope.closer == mark for scope in self.scopes):
            if not self.text[at - 1 : at].isalnum():  # after a digit it means inches or seconds
                self._open(mark, end)
        elif mark in _CLOSERS:
            self._open(_CLOSERS[mark], end)
        else:
            self._close(mark, end)

    def _open(self, closer: str, end: int) -> None:
        if len(self.scopes) < _DEEPEST:
            self.scopes.append(_Scope(closer, end, self.word))

    def _close(self, closer: str, end: int) -> None:
        """Close the innermost scope that this mark ends, if any."""
        depth = len(self.scopes) - 1
        while depth and self.scopes[depth].closer != closer:
            depth -= 1
        if not depth:
            return
        inner, outer = self.scopes[depth], self.scopes[depth - 1]
        del self.scopes[depth:]
        if closer in _QUOTES and self.text[inner.start - 1] == "!" and self.text[end : end + 2].strip().islower():
            return  # an exclamation within a longer sentence
        if self.word < inner.start and self.word > inner.word_before and inner.word_before < outer.start:
            # A sentence with its own brackets or quotes is not part of the next one.
            outer.start = end
        elif closer in _QUOTES and inner.start == end - 1 and self.text[end : end + 2].strip().isupper():
            # A full stop inside quotes that end a sentence, as in American typography.
            outer.start = end


def _span(text: str, start: int, end: int) -> Span:
    before = _BEFORE_SENTENCE.match(text, start, end)
    at = before.end() if before else start
    return Span(at - 1 if at > start and _ELISION.match(text, at - 1) else at, end)


def _is_inside_word(text: str, end: int) -> bool:
    """True if a letter follows directly, as in "watch?v=1"; ideographic text has no spaces between sentences."""
    if text[end - 1] in "？！":
        return False
    following = text[end : end + 1]
    return following < "\u2e80" and (following.isalnum() or following in ("=", "/", "&", "%"))


def _ends_sentence(text: str, at: int, end: int) -> bool:
    mark, following = text[at:end], text[end : end + 1]
    if mark[0] in "。！։":
        return True
    if following and not following.isspace() and following not in ")]}”’»\"'":
        return False
    if mark == "." and _ABBREVIATION.search(text, max(0, at - 8), at):
        return False
    if mark == "." and _MAY_END.search(text, max(0, at - 8), at):
        return bool(_CAPITAL.match(text, end) and not _DAY.match(text, end))
    if mark == "." and _NUMBER.match(text, end) and _BEFORE_NUMBER.search(text, max(0, at - 8), at):
        return False
    # An ellipsis may be in the middle of a sentence.
    return mark in (".", "!") or "!" in mark or not text[end : end + 2].strip().islower()
