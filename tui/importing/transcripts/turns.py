"""From the captions of a transcript to paragraphs: one per turn of a speaker, assigned to its chapter."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAUSE = 2.0
"Seconds of silence after a sentence that begin a new paragraph if no speakers are named."
LONG = 600
"Characters after which the end of a sentence ends a paragraph if no speakers are named."
_SPEAKER = re.compile(r"(?:>>+ *)?([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}) ?:(?:\s+|$)|>>+ *|[-–] ?(?=[^\W\d_])")
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", ".”", "?”", "!”", '."', '?"', '!"')


class Cue(NamedTuple):
    """A caption, or a segment of a transcript."""

    start: float
    "In seconds."
    end: float
    text: str
    "Its lines as displayed."
    speaker: str = ""
    "Empty if the format has no speakers."


class Chapter(NamedTuple):
    """A chapter of an episode."""

    start: float
    "In seconds."
    title: str


@dataclass(slots=True)
class Turn:
    """A paragraph of a transcript."""

    start: float
    "In seconds."
    speaker: str
    chapter: str
    "The title of its chapter; empty if there is none."
    pieces: list[str] = field(default_factory=list)
    end: float = 0.0
    size: int = 0
    "Number of characters so far."

    @property
    def text(self) -> str:
        """The spoken words, on one line."""
        return " ".join(" ".join(self.pieces).split())

    @property
    def ends_a_sentence(self) -> bool:
        """True if it may end here."""
        return bool(self.pieces) and self.pieces[-1].rstrip().endswith(_SENTENCE_END)


def turns(cues: Sequence[Cue], chapters: Sequence[Chapter] = ()) -> list[Turn]:
    """The paragraphs of a transcript: one per turn of a speaker or, without speakers, split by pauses and length."""
    found: list[Turn] = []
    said = list(_spoken(_without_repeats(cues)))
    has_speakers = any(speaker for _, speaker, _ in said)
    for cue, speaker, is_other in said:
        chapter = _chapter_at(chapters, cue.start)
        last = found[-1] if found else None
        if last is None or is_other or chapter != last.chapter or (not has_speakers and _is_over(last, cue)):
            keeps = speaker or ("" if is_other or last is None else last.speaker)
            found.append(last := Turn(cue.start, keeps, chapter))
        last.pieces.append(cue.text)
        last.size += len(cue.text)
        last.end = max(last.end, cue.end)
    return [turn for turn in found if turn.text or turn.speaker]


def clock(seconds: float) -> str:
    """A time as a player displays it: ``1:02:03``, ``12:34``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _is_over(turn: Turn, cue: Cue) -> bool:
    return turn.ends_a_sentence and (turn.size >= LONG or cue.start - turn.end >= PAUSE)


def _chapter_at(chapters: Sequence[Chapter], seconds: float) -> str:
    return next((chapter.title for chapter in reversed(chapters) if chapter.start <= seconds), "")


def _without_repeats(cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues without lines repeated from the previous one, as in scrolling automatic captions."""
    shown: list[str] = []
    for cue in cues:
        lines = [line.strip() for line in cue.text.split("\n") if line.strip()]
        rolled = next((size for size in range(min(len(lines), len(shown)), 0, -1) if lines[:size] == shown[-size:]), 0)
        if rest := lines[rolled:]:
            yield cue._replace(text="\n".join(rest))
        shown = lines or shown


def _spoken(cues: Iterable[Cue]) -> Iterator[tuple[Cue, str, bool]]:
    """Each piece spoken by one person, with the speaker's name, and True if a new speaker begins with it.

    A name before a colon counts as a speaker if it occurs twice, or if most cues have one, since sentences have colons
    too.
    """
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    named = Counter(speaker for _, speaker, _ in pieces if speaker)
    all_are_named = 2 * named.total() >= len(pieces)
    now = ""
    for cue, speaker, text in pieces:
        if speaker and not cue.speaker and named[speaker] == 1 and not all_are_named:
            yield cue, "", False
            continue
        is_sign = not speaker and text != cue.text
        is_other = is_sign or bool(speaker and speaker != now)
        now = "" if is_sign else speaker or now
        yield cue._replace(text=text), speaker, is_other


def _pieces(cue: Cue) -> Iterator[tuple[Cue, str, str]]:
    """The parts of a cue, split where speakers change: the part, the speaker's name, and the words after it."""
    if cue.speaker:
        yield cue, cue.speaker, cue.text
        return
    lines: list[str] = []
    for line in cue.text.split("\n"):
        if _SPEAKER.match(line) and lines:
            yield _piece(cue, "\n".join(lines))
            lines = []
        lines.append(line)
    yield _piece(cue, "\n".join(lines))


def _piece(cue: Cue, text: str) -> tuple[Cue, str, str]:
    found = _SPEAKER.match(text)
    part = cue._replace(text=text)
    if found is None or not _is_name(name := found[1] or ""):
        return part, "", text
    return part, name, text[found.end() :].lstrip()


def _is_name(words: str) -> bool:
    """True if a name's first and last words are not in lower case; true without words."""
    return not any(word[0].islower() for word in words.split()[:1] + words.split()[-1:])
