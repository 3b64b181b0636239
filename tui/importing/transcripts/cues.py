"""Captions in WebVTT and SubRip, parsed by webvtt-py, which no other module uses.

Real files rarely follow the standards: captions have no or wrong numbers, times lack milliseconds, blank lines
interrupt the text. So captions are normalised before the library parses their markup.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tui.importing.transcripts.turns import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOCK = r"[ \t]*(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?[ \t]*"
TIMING = re.compile(rf"{_CLOCK}--?>{_CLOCK}(?:[ \t].*)?")
"The timing line of a caption, with settings after the times."
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")


def cues(text: str, *, is_subrip: bool) -> Iterator[Cue]:
    """The captions of a file in order; a caption with several voices gives several cues."""
    # Imported here, since only captions need it.
    import webvtt

    try:
        captions = webvtt.from_buffer(_anew(text.split("\n"), is_subrip=is_subrip), format="vtt").captions
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError):
        return
    for caption in captions:
        start, end = caption.start_in_seconds, caption.end_in_seconds
        voices = _VOICE.findall(caption.raw_text)
        if len(voices) < 2:
            yield Cue(start, end, html.unescape(caption.text), html.unescape(caption.voice or ""))
            continue
        before, *pieces = _VOICE.split(caption.raw_text)
        said = [("", before), *zip(pieces[::2], pieces[1::2], strict=True)]
        for voice, words in said:
            caption.text = words
            if caption.text.strip():
                yield Cue(start, end, html.unescape(caption.text), html.unescape(" ".join(voice.split())))


def _anew(lines: Sequence[str], *, is_subrip: bool) -> list[str]:
    """Normalise captions to WebVTT: complete times, no identifiers, no blank lines in the text."""
    found = ["WEBVTT", ""]
    words: list[str] | None = None
    "The text of the current caption."
    is_left_out = False
    timings = [TIMING.fullmatch(line) if ">" in line else None for line in lines]
    for number, line in enumerate(lines):
        is_first = number == 0 or not lines[number - 1].strip()
        if timing := timings[number]:
            if words is not None:
                found += [*words, ""]
            parts = timing.groups()
            found.append(f"{_clock(parts[:4])} --> {_clock(parts[4:])}")
            words, is_left_out = [], False
        elif is_left_out and line.strip():
            continue
        elif any(timings[number + 1 : number + 2]) and _is_name(line, is_first=is_first, is_subrip=is_subrip):
            is_left_out = False
        elif is_first and not is_subrip and _BLOCK.fullmatch(line):
            is_left_out = True
        elif words is not None and line.strip():
            is_left_out = False
            words.append(_OVERRIDE.sub("", line) if is_subrip else line)
    return [*found, *(words or ()), ""]


def _is_name(line: str, *, is_first: bool, is_subrip: bool) -> bool:
    """True if the line above a caption's times is its identifier: a number or, in WebVTT, any text."""
    return line.strip().isdecimal() or (is_first and not is_subrip)


def _clock(parts: Sequence[str | None]) -> str:
    hours, minutes, seconds, fraction = parts
    return f"{int(hours or 0):02}:{int(minutes or 0):02}:{int(seconds or 0):02}.{(fraction or '')[:3]:0<3}"
