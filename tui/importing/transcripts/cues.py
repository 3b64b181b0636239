"""Captions in WebVTT and SubRip, read by webvtt-py, whose shapes stop here; it is imported when captions are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from tui.importing.transcripts.turns import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator


def cues(text: str, *, is_subrip: bool) -> Iterator[Cue]:
    """The captions of a file in order; none if it is not in the format."""
    lines = text.split("\n")
    try:
        captions = webvtt.from_buffer(lines, format="srt" if is_subrip else "vtt")
    except (MalformedFileError, MalformedCaptionError):
        return
    for caption in captions.captions:
        yield Cue(caption.start_in_seconds, caption.end_in_seconds, caption.text, caption.voice or "")
