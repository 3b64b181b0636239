"""The times at which questions were first seen, stored in the state folder by note path."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from tui.core.notes.model import STANDARD_INPUT
from tui.files.remembered.kept_texts import load_first_seen, save_first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

DAY = 24 * 60 * 60
ALIKE = 75
"Minimum similarity, in per cent, between a new question and the old one it rewords (rapidfuzz's `ratio`)."


class FirstSeen:
    """First-seen times of questions; one reworded while earmark is running keeps its age."""

    def __init__(self) -> None:
        self._times: dict[str, Mapping[str, int]] = {}
        "Times by note path: seconds since 1970, by a short name for the question's text."
        self._texts: dict[str, frozenset[str]] = {}
        "The questions of each note when last recorded."

    def record(self, path: str, asked: Iterable[str], now: datetime) -> bool:
        """Record a note's questions; True if any was seen for the first time. May be slow."""
        texts = frozenset(asked)
        if path == STANDARD_INPUT or texts == self._texts.get(path):
            return False
        known = self._times[path] if path in self._times else load_first_seen(path)
        fresh = [text for text in texts if _name(text) not in known]
        gone = list(self._texts.get(path, texts) - texts)
        seconds = int(now.timestamp())
        times = {**known, **{_name(text): _time_of(text, gone, known, seconds) for text in fresh}}
        self._times[path], self._texts[path] = times, texts
        if fresh:
            save_first_seen(path, times)
        return True

    def age(self, path: str, text: str, now: datetime) -> str:
        """The age of a question in days, such as ``3 d``; empty on its first day."""
        seen = self._times.get(path, {}).get(_name(text))
        days = (int(now.timestamp()) - seen) // DAY if seen is not None else 0
        return f"{days} d" if days > 0 else ""


def _time_of(text: str, gone: list[str], known: Mapping[str, int], now: int) -> int:
    """The first-seen time of a question that was not there in these words before."""
    if not gone:
        return now
    # Imported here, since in most sessions no question disappears.
    found = process.extractOne(text, gone, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known.get(_name(found[0]), now) if found else now


def _name(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
