"""Transcripts as WebVTT, SubRip or the podcast namespace's JSON, with a file of chapters next to them."""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.exporting.markdown_text import escaped
from tui.files.regular import read_bytes
from tui.importing.contents import Entry, Fault, ImportedDocument, Source, SourceContents
from tui.importing.json_source import lines_in, parsed
from tui.importing.marked_text import without_sign_characters
from tui.importing.registry import Importer
from tui.importing.transcripts.cues import TIMING, cues
from tui.importing.transcripts.segments import LISTS, cues_of, seconds_of, segments_in
from tui.importing.transcripts.turns import Chapter, Cue, clock, turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.importing.transcripts.turns import Turn

CHAPTER_ENDINGS = (".chapters.json", ".chapters.txt", ".chapters.vtt")
"File name endings of chapters that belong to a transcript of the same name."
LARGEST_CHAPTERS = 1 << 22
"Most bytes of a file with chapters."
_CHAPTER_LINE = re.compile(r"[ \t(\[]*((?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d+)?)[)\]]?[ \t]*(?:[-–—|:][ \t]*)?(\S.*)")
_PODLOVE = re.compile(r"<(?:\w+:)?chapter\b(?P<attributes>[^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(start|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def read(source: Source) -> SourceContents:
    """Read an episode with a heading per chapter and a paragraph per turn of a speaker."""
    text = without_sign_characters(source.text)
    found, faults = _cues(source.path, text)
    if not found and (alone := _chapters(source.path, text)):
        return SourceContents((_contents(source.path, text, alone),))
    if not found:
        raise SourceError(
            source.path, "this is neither a transcript nor a list of chapters", "name its format with --from"
        )
    beside = _chapters_beside(source.path)
    entries = tuple(_entries(turns(found, beside)))
    return SourceContents((ImportedDocument(_stem(source.path), entries),), faults=tuple(faults))


def _stem(path: str) -> str:
    name = Path(path).name
    return re.sub(r"(?i)(\.chapters)?\.(vtt|srt|json|txt|xml)$", "", name) or name


def _entries(turns: Sequence[Turn]) -> Iterator[Entry]:
    """An entry per turn; two turns may begin in one caption."""
    times: Counter[str] = Counter()
    for turn in turns:
        time = clock(turn.start)
        lead = f"**{escaped(turn.speaker)}** ({time}): " if turn.speaker else f"({time}) "
        key = f"{turn.start:.3f}\0{turn.speaker}"
        times[key] += 1
        again = f"\0{times[key]}" if times[key] > 1 else ""
        yield Entry(f"{key}{again}", lead + escaped(turn.text), heading=turn.chapter)


# -- captions and segments


def _cues(path: str, text: str) -> tuple[list[Cue], list[Fault]]:
    """The cues of a transcript, and faults for lines that should begin one but cannot be read."""
    if text.lstrip().startswith(("{", "[")):
        return _segments(path, text)
    if "-->" not in text:
        return [], []
    is_subrip = not text.lstrip().startswith("WEBVTT")
    faults = [
        Fault(number, "the times of this caption cannot be read", "write them as 00:00:01.000 --> 00:00:02.500")
        for number, line in enumerate(text.split("\n"), 1)
        if "-->" in line and not TIMING.fullmatch(line)
    ]
    return list(cues(text.lstrip(), is_subrip=is_subrip)), faults


def _segments(path: str, text: str) -> tuple[list[Cue], list[Fault]]:
    key, segments = segments_in(parsed(path, text))
    lines = lines_in(text, key) if segments else []
    found: list[Cue] = []
    faults: list[Fault] = []
    for number, (line, cue) in enumerate(zip(lines, cues_of(segments), strict=False), 1):
        if cue is None:
            faults.append(Fault(line, f"segment {number} has no words or no time"))
        else:
            found.append(cue)
    return (found, faults) if found else ([], [])


# -- chapters


def _chapters_beside(path: str) -> Sequence[Chapter]:
    """The chapters in a file next to a transcript; none without such a file or without chapters in it."""
    for ending in CHAPTER_ENDINGS:
        beside = os.path.join(os.path.dirname(path), _stem(path) + ending)
        if beside == path or not os.path.isfile(beside):
            continue
        try:
            text = read_bytes(beside, limit=LARGEST_CHAPTERS, follows=False).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(beside, "its chapters cannot be read", "move it elsewhere") from error
        return _chapters(beside, without_sign_characters(text.replace("\r\n", "\n")))
    return ()


def _chapters(path: str, text: str) -> Sequence[Chapter]:
    """The chapters in a file, ordered by time."""
    if podlove := _PODLOVE.findall(text):
        found = list(_podlove(podlove))
    elif text.lstrip().startswith("{"):
        said = parsed(path, text)
        chapters = said.get("chapters") if isinstance(said, dict) else None
        found = list(_shown(chapters if isinstance(chapters, list) else []))
    elif "-->" in text:
        found = [Chapter(cue.start, " ".join(cue.text.split())) for cue in cues(text.lstrip(), is_subrip=False)]
    else:
        lines = [line for line in text.split("\n") if line.strip()]
        matches = [_CHAPTER_LINE.fullmatch(line.rstrip()) for line in lines]
        if not matches or not all(matches):
            return ()
        found = [
            Chapter(start, match[2].strip())
            for match in matches
            if match and (start := seconds_of(match[1])) is not None
        ]
    return sorted(found, key=lambda chapter: chapter.start)


def _podlove(attributes: Sequence[str]) -> Iterator[Chapter]:
    """The chapters in Podlove elements, which occur in feeds and in files of their own."""
    for each in attributes:
        said = {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(each)}
        if (start := seconds_of(said.get("start"))) is not None and said.get("title", "").strip():
            yield Chapter(start, " ".join(said["title"].split()))


def _shown(chapters: Sequence[object]) -> Iterator[Chapter]:
    """The chapters that have a title and belong in a table of contents."""
    for each in chapters:
        if isinstance(each, dict) and each.get("toc") is not False and isinstance(title := each.get("title"), str):
            start = seconds_of(each.get("startTime"))
            if start is not None and title.strip():
                yield Chapter(start, " ".join(title.split()))


def _contents(path: str, text: str, chapters: Sequence[Chapter]) -> ImportedDocument:
    """A document of chapters alone, one bullet each."""
    said = parsed(path, text) if text.lstrip().startswith("{") else {}
    title, podcast = (said.get(key) if isinstance(said, dict) else None for key in ("title", "podcastName"))
    return ImportedDocument(
        title=" ".join(title.split()) if isinstance(title, str) and title.strip() else _stem(path),
        entries=tuple(
            Entry(f"{each.start:.3f}\0{each.title}", f"- {clock(each.start)} {escaped(each.title)}")
            for each in chapters
        ),
        about=(" ".join(podcast.split()),) if isinstance(podcast, str) and podcast.strip() else (),
    )


def _recognises(source: Source) -> bool:
    head = source.utf8[: 1 << 12].decode("utf-8", "ignore").lstrip()
    if head.startswith("WEBVTT") or "<psc:chapters" in head:
        return True
    if source.path.lower().endswith((".srt", ".vtt")) or _SUBRIP.match(head):
        return "-->" in head
    if head.startswith("["):
        return _SPOKEN.match(head) is not None
    return head.startswith("{") and _JSON.search(source.utf8[:_SAMPLE].decode("utf-8", "ignore")) is not None


_SAMPLE = 1 << 20
_SUBRIP = re.compile(r"\d+\s*\n\s*\d+:\d+:\d+[,.]\d+\s*-->")
_JSON = re.compile(rf'"(?:{"|".join(LISTS)}|chapters)"\s*:\s*\[')
_SPOKEN = re.compile(
    r'\[\s*\{(?=[^{}]*"(?:text|body|transcript)"\s*:)[^{}]*"(?:start|startTime|start_time|offset)"\s*:\s*"?\d'
)


IMPORTER = Importer(
    name="transcript",
    about="captions (VTT, SRT), podcast JSON and chapters: an episode with a paragraph for each speaker's turn",
    example="episode.vtt -o episode.md",
    read=read,
    recognises=_recognises,
)
