"""Segments of JSON transcripts, in the formats of the podcast namespace, Whisper and transcription services."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from tui.importing.transcripts.turns import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LISTS = ("segments", "utterances", "transcription", "audio_segments", "monologues", "captions", "cues", "transcript")
"Keys for the list of segments."
_WORDS = ("body", "text", "transcript", "utterance", "content", "value")
_STARTS = ("startTime", "start", "start_time", "begin", "from", "ts", "offset")
_ENDS = ("endTime", "end", "end_time", "to", "end_ts")
_MOST_LOOKED_AT = 2_000
_SLOWEST = 20.0
"Most seconds per word on average; if there are more, the times are in milliseconds."
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,9}(?:[.,]\d{1,9})?)s?")


def segments_in(whole: object) -> tuple[str, Sequence[object]]:
    """The first list of segments in a JSON document, with its key, which is empty if the document itself is the
    list.
    """
    waiting: deque[tuple[str, object]] = deque([("", whole)])
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            break
        key, here = waiting.popleft()
        if isinstance(here, list) and (key in LISTS or here is whole) and any(map(_is_segment, here)):
            return key, here
        if isinstance(here, dict):
            waiting.extend(here.items())
    return "", ()


def cues_of(segments: Sequence[object]) -> Iterator[Cue | None]:
    """A cue per segment; None for one without text or time."""
    found = [_cue(segment) for segment in segments]
    seconds = sum(max(cue.end - cue.start, 0) for cue in found if cue)
    words = sum(len(cue.text.split()) for cue in found if cue)
    if seconds > _SLOWEST * words:
        found = [cue and cue._replace(start=cue.start / 1000, end=cue.end / 1000) for cue in found]
    return iter(found)


def seconds_of(said: object) -> float | None:
    """A time in seconds, given as a number or in clock format; None for anything else."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    if isinstance(said, str):
        if (found := _TIME.fullmatch(said.strip())) is None:
            return None
        hours, minutes, seconds = found.groups(default="0")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    return float(said) if 0 <= said < 1e12 else None


def _is_segment(given: object) -> bool:
    return _cue(given) is not None


def _cue(given: object) -> Cue | None:
    if not isinstance(given, dict):
        return None
    if isinstance(parts := given.get("elements"), list):
        given = _joined(given, parts)
    words = next((said for key in _WORDS if isinstance(said := given.get(key), str)), None)
    times = inside if isinstance(inside := given.get("timestamps"), dict) else given
    start = _first(times, _STARTS)
    if words is None or start is None:
        return None
    end = _first(times, _ENDS)
    if end is None and (length := seconds_of(given.get("duration"))) is not None:
        end = start + length
    return Cue(start, start if end is None else end, words, _name(given.get("speaker", given.get("speaker_label"))))


def _joined(given: Mapping[str, object], parts: Sequence[object]) -> dict[str, object]:
    """Join a segment whose words are separate elements, as in Rev's format."""
    words = [part for part in parts if isinstance(part, dict) and isinstance(part.get("value"), str)]
    timed = [part for part in words if "ts" in part]
    text = "".join(part["value"] for part in words)
    return {**given, "text": text, **({"start": timed[0]["ts"], "end": timed[-1].get("end_ts")} if timed else {})}


def _first(times: Mapping[str, object], keys: Sequence[str]) -> float | None:
    return next((at for key in keys if (at := seconds_of(times.get(key))) is not None), None)


def _name(said: object) -> str:
    if isinstance(said, dict):
        said = said.get("name")
    if isinstance(said, int) and not isinstance(said, bool):
        return f"Speaker {said}"
    return " ".join(said.split()) if isinstance(said, str) else ""
