"""Transcripts of an episode in WebVTT, SubRip or the podcast namespace's JSON, with the chapters that lie beside."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.exporting.markdown_text import escaped
from tui.files.regular import read_bytes
from tui.importing.brought import Brought, Entry, Fault, ImportedDocument, Source
from tui.importing.json_source import lines_in, parsed
from tui.importing.marked_text import cleared
from tui.importing.registry import Importer
from tui.importing.transcripts.turns import Chapter, Cue, clock, turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.importing.transcripts.turns import Turn

CHAPTER_ENDINGS = (".chapters.json", ".chapters.txt", ".chapters.vtt")
"Ends of the names of files with chapters, beside a transcript of the same name."
LARGEST_CHAPTERS = 1 << 22
"Bytes of the largest file of chapters."
_TIME = r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,9}(?:[.,]\d{1,9})?)"
_CHAPTER_LINE = re.compile(r"[ \t(\[]*((?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d+)?)[)\]]?[ \t]*(?:[-–—|:][ \t]*)?(\S.*)")
_TIMING = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d+[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d+")


def read(source: Source) -> Brought:
    """An episode with a heading for each chapter and a paragraph for each turn of a speaker."""
    text = cleared(source.text)
    found, faults = _cues(source.path, text)
    if not found and (alone := _chapters(source.path, text)):
        return Brought((_contents(source.path, text, alone),))
    if not found:
        raise SourceError(
            source.path, "this is neither a transcript nor a list of chapters", "name its format with --from"
        )
    beside = _chapters_beside(source.path)
    entries = tuple(_entry(turn) for turn in turns(found, beside))
    return Brought((ImportedDocument(_stem(source.path), entries),), faults=tuple(faults))


def _stem(path: str) -> str:
    name = Path(path).name
    return re.sub(r"(?i)(\.chapters)?\.(vtt|srt|json|txt)$", "", name) or name


def _entry(turn: Turn) -> Entry:
    time = clock(turn.start)
    lead = f"**{escaped(turn.speaker)}** ({time}): " if turn.speaker else f"({time}) "
    return Entry(f"{turn.start:.3f}\0{turn.speaker}", lead + escaped(turn.text), heading=turn.chapter)


# -- captions and segments


def _cues(path: str, text: str) -> tuple[list[Cue], list[Fault]]:
    """The cues of a transcript, and its lines that should begin one and cannot be read."""
    if text.lstrip().startswith("{"):
        return _segments(path, text)
    if "-->" not in text:
        return [], []
    # Imported here: webvtt-py is only for captions.
    from tui.importing.transcripts.cues import cues

    is_subrip = not text.lstrip().startswith("WEBVTT")
    faults = [
        Fault(number, "the times of this caption cannot be read", "write them as 00:00:01.000 --> 00:00:02.500")
        for number, line in enumerate(text.split("\n"), 1)
        if "-->" in line and not _TIMING.match(line)
    ]
    return list(cues(text.lstrip(), is_subrip=is_subrip)), faults


def _segments(path: str, text: str) -> tuple[list[Cue], list[Fault]]:
    found: list[Cue] = []
    faults: list[Fault] = []
    said = parsed(path, text)
    segments = said.get("segments") if isinstance(said, dict) else None
    segments = segments if isinstance(segments, list) else []
    lines = lines_in(text, "segments") if segments else []
    for number, (line, segment) in enumerate(zip(lines, segments, strict=False), 1):
        body = segment.get("body", segment.get("text")) if isinstance(segment, dict) else None
        start = _seconds(segment.get("startTime", segment.get("start"))) if isinstance(segment, dict) else None
        if not isinstance(body, str) or start is None:
            faults.append(Fault(line, f"segment {number} has no words or no time"))
            continue
        end = _seconds(segment.get("endTime", segment.get("end")))
        speaker = segment.get("speaker")
        found.append(Cue(start, end or start, body, speaker.strip() if isinstance(speaker, str) else ""))
    return (found, faults) if found else ([], [])


def _seconds(said: object) -> float | None:
    """A time in seconds, or as a clock shows it; None for anything else."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    if isinstance(said, str):
        if (found := re.fullmatch(_TIME, said.strip())) is None:
            return None
        hours, minutes, seconds = found.groups(default="0")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    return float(said) if 0 <= said < 1e9 else None


# -- chapters


def _chapters_beside(path: str) -> Sequence[Chapter]:
    """The chapters of a file beside a transcript; none if there is no such file, or it has none."""
    for ending in CHAPTER_ENDINGS:
        beside = os.path.join(os.path.dirname(path), _stem(path) + ending)
        if beside == path or not os.path.isfile(beside):
            continue
        try:
            text = read_bytes(beside, limit=LARGEST_CHAPTERS).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(beside, "its chapters cannot be read", "move it elsewhere") from error
        return _chapters(beside, cleared(text.replace("\r\n", "\n")))
    return ()


def _chapters(path: str, text: str) -> Sequence[Chapter]:
    """The chapters that a file has, by their times."""
    if text.lstrip().startswith("{"):
        said = parsed(path, text)
        chapters = said.get("chapters") if isinstance(said, dict) else None
        found = list(_shown(chapters if isinstance(chapters, list) else []))
    elif "-->" in text:
        # Imported here: webvtt-py is only for captions.
        from tui.importing.transcripts.cues import cues

        found = [Chapter(cue.start, " ".join(cue.text.split())) for cue in cues(text.lstrip(), is_subrip=False)]
    else:
        lines = [line for line in text.split("\n") if line.strip()]
        matches = [_CHAPTER_LINE.fullmatch(line.rstrip()) for line in lines]
        if not matches or not all(matches):
            return ()
        found = [
            Chapter(start, match[2].strip()) for match in matches if match and (start := _seconds(match[1])) is not None
        ]
    return sorted(found, key=lambda chapter: chapter.start)


def _shown(chapters: Sequence[object]) -> Iterator[Chapter]:
    """The chapters that have a title and are to be in a table of contents."""
    for each in chapters:
        if isinstance(each, dict) and each.get("toc") is not False and isinstance(title := each.get("title"), str):
            start = _seconds(each.get("startTime"))
            if start is not None and title.strip():
                yield Chapter(start, " ".join(title.split()))


def _contents(path: str, text: str, chapters: Sequence[Chapter]) -> ImportedDocument:
    """Chapters alone: a bullet for each."""
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
    head = source.data[: 1 << 12].decode("utf-8", "ignore").removeprefix("\ufeff").lstrip()
    if head.startswith("WEBVTT"):
        return True
    if source.path.lower().endswith(".srt"):
        return "-->" in head
    return head.startswith("{") and re.search(r'"(?:segments|chapters)"\s*:\s*\[', head) is not None


IMPORTER = Importer(
    name="transcript",
    about="captions (VTT, SRT), podcast JSON and chapters: an episode with a paragraph for each speaker's turn",
    example="episode.vtt -o episode.md",
    read=read,
    recognises=_recognises,
)
