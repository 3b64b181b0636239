"""Positions of highlights after edits, of several kinds in one save, or predicted for each case of a set.

``python -m tests.bench.anchoring`` makes the edits of `tests.core.anchoring.combined` to generated notes and to the
sample notes, each long bullet being marked in turn, and counts where the highlight was then; likewise ten saves of
edits, one after the other, and the notes in other styles. Exits 1 if one was on another bullet, or if more than
`IN_DOUBT` were put to the reader where a person is sure.

``python -m tests.bench.anchoring CASES TEXTS_DIR [--fresh]`` makes one highlight per case in the text ``before``,
writes it to a sidecar and reads it back, resolves it in the text ``after`` and prints a line of JSON: null for an
orphan, ``{"review": [TEXT, …]}`` for one that needs review, else ``{"line", "end_line", "text"}``. With
``--fresh`` the sidecar is all there is. The time taken goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Indel

from tests.core.anchoring.chains import HOPS, chained, reformatted
from tests.core.anchoring.combined import COMBINATIONS, IN_DOUBT, Tally, generated, tried
from tui.core.anchoring import described_anew, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, NeedsReview, Put
from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note
from tui.files.sidecar.text import Contents, parse, to_bytes, with_operations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.annotations.highlights import Anchor

Case = dict[str, Any]
SAMPLE = Path(__file__).parents[2] / "notes" / "podcasts.md"
_UNMARKED = "unmarked"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)\s]*[^)]*\)|\[[^\]]*\])")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    args.add_argument("cases", type=Path, nargs="?", help="without: edits of several kinds in one save")
    args.add_argument("texts", type=Path, nargs="?")
    args.add_argument("--seeds", type=int, default=20, help="how many generated notes are edited")
    args.add_argument("--fresh", action="store_true", help="only the sidecar is at hand")
    options = args.parse_args()
    if options.cases is None:
        sys.exit(_try_combined(options.seeds))
    if options.texts is None:
        args.error("texts are needed with cases")
    with options.cases.open(encoding="utf-8") as lines:  # splitlines would split at a U+2028 in a quote too
        cases = [json.loads(line) for line in lines]
    texts = _Texts(options.texts)
    seconds: list[float] = []
    unmarked = 0
    for _, group in groupby(cases, key=lambda case: (case["before"], case["after"])):
        for prediction in _predict(list(group), texts, options.fresh, seconds):
            unmarked += prediction == _UNMARKED
            print(json.dumps(None if prediction == _UNMARKED else prediction, ensure_ascii=False))
    # Quantiles need two figures; a set may be about one pair of texts.
    middle, slow = statistics.median(seconds) * 1000, statistics.quantiles(seconds * 2, n=20)[-1] * 1000
    print(f"resolve: median {middle:.1f} ms, p95 {slow:.1f} ms per pair of texts; {unmarked} unmarked", file=sys.stderr)


def _try_combined(seeds: int) -> int:
    """Try every combination of edits and print the highlights' fates; returns 1 if any is below the floors."""
    sources = [SAMPLE.read_text("utf-8"), *map(generated, range(seeds))]
    print("edits: marked, right, wrong, review, orphan", flush=True)
    status = 0
    for combination in COMBINATIONS:
        tally = Tally()
        for number, source in enumerate(sources):
            tally += tried(source, combination, Random(f"{combination.name} {number}"))
        status |= _told(combination.name, tally, "  (a person could not be sure)" if combination.is_doubtful else "")
        status |= not combination.is_doubtful and tally.review + tally.orphan > IN_DOUBT * tally.count
    print(f"saves of edits, {HOPS} each")
    for is_opened in (True, False):
        tally = Tally()
        for number, source in enumerate(sources):
            tally += chained(source, Random(number), is_opened=is_opened)
        status |= _told("seen after each save" if is_opened else "first and last", tally)
    print("the notes in another style")
    styles: dict[str, Tally] = {}
    for source in sources:
        for name, tally in reformatted(source):
            styles[name] = styles.get(name, Tally()) + tally
    for name, tally in styles.items():
        status |= _told(name, tally)
    return status


def _told(name: str, tally: Tally, doubtful: str = "") -> int:
    """Print the fates of some highlights; returns 1 if any was on another bullet."""
    counts = f"{tally.count:6} {tally.right:6} {len(tally.wrong):4} {tally.review:5} {tally.orphan:4}"
    print(f"{name:46} {counts}{doubtful}", *tally.wrong[:3], sep="\n    ", flush=True)
    return bool(tally.wrong)


class _Texts:
    def __init__(self, folder: Path) -> None:
        self.read = lru_cache(8)(lambda name: (folder / name).read_bytes().decode())


def _predict(cases: Sequence[Case], texts: _Texts, fresh: bool, seconds: list[float]) -> Iterator[Any]:
    path = cases[0]["source"].partition(":")[2].partition("@")[0]
    before_text = texts.read(cases[0]["before"])
    before, after = read_note(path, before_text), read_note(path, texts.read(cases[0]["after"]))
    for note in (before, after):
        for episode in note.episodes:
            _ = episode.blocks
    places: dict[str, tuple[Place, ...]] = {}
    made = []
    for case in cases:
        marked = _marked(case, before, before_text)
        if marked:
            places[case["id"]] = marked
            made.append(Highlight(case["id"], Colour.YELLOW, described_anew(before, marked), _NOW, _NOW))
    highlights = _through_sidecar(made)
    started = time.perf_counter()
    if fresh:
        # A reader marks one place at a time: no case may help another.
        anchors: dict[str, Anchor] = {}
        for highlight in highlights:
            anchors |= resolve(after, [highlight], None)
    else:
        anchors = resolve(after, highlights, (before, places))
    seconds.append(time.perf_counter() - started)
    for case in cases:
        yield _prediction(anchors[case["id"]], after) if case["id"] in anchors else _UNMARKED


def _through_sidecar(highlights: Sequence[Highlight]) -> tuple[Highlight, ...]:
    contents = with_operations(Contents(note="notes.md"), [Put(each) for each in highlights])
    back = {each.id: each for each in parse(to_bytes(contents), "notes.highlights.toml").highlights}
    return tuple(back[each.id] for each in highlights)


def _marked(case: Case, note: Note, text: str) -> tuple[Place, ...]:
    """The places of a case's highlight in the note: the text in its source range."""
    first = text.count("\n", 0, case["start"]) + 1
    last = text.count("\n", 0, case["end"] - 1) + 1
    lines = text.split("\n")
    places = []
    for number, episode in enumerate(note.episodes):
        for index, block in enumerate(episode.blocks):
            top, bottom = episode.lines(block)
            if not block.text or bottom < first or top > last:
                continue
            if case["kind"] == "bullet" and last - first >= bottom - top:
                return (Place(Address(number, index), Span(0, len(block.text))),)
            offset = sum(len(line) + 1 for line in lines[: top - 1])
            source = "\n".join(lines[top - 1 : bottom])
            span = _span(source, case["start"] - offset, case["end"] - offset, block.text)
            if span:
                places.append(Place(Address(number, index), span))
    return tuple(places)


def _span(source: str, start: int, end: int, text: str) -> Span | None:
    """The span of a block's text that corresponds to a range of its source."""
    start, end = max(0, start), min(len(source), end)
    quote = re.sub(r"[*`~]|^\s+|\s+$", "", _LINK.sub(r"\1", source[start:end]))
    quote = re.sub(r"\s+", " ", re.sub(r"\]\([^)]*\)?|!?\[", "", quote))
    if quote and text.count(quote) == 1:
        return Span(text.index(quote), text.index(quote) + len(quote))
    into: dict[int, int] = {}
    for block in Indel.opcodes(source, text):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                into[block.src_start + step] = block.dest_start + step
    inside = [into[position] for position in range(start, end) if position in into]
    return Span(min(inside), max(inside) + 1) if inside else None


def _prediction(anchor: Anchor, note: Note) -> Any:
    if isinstance(anchor, NeedsReview):
        return {"review": [" ".join(_text(place, note) for place in each.places) for each in anchor.candidates]}
    if not isinstance(anchor, Anchored):
        return None
    lines = [_lines(place, note) for place in anchor.places]
    return {
        "line": min(lines)[0],
        "end_line": max(last for _, last in lines),
        "text": " ".join(_text(place, note) for place in anchor.places),
    }


def _lines(place: Place, note: Note) -> tuple[int, int]:
    episode = note.episodes[place.address.episode]
    return episode.lines(episode.blocks[place.address.block])


def _text(place: Place, note: Note) -> str:
    block = note.block(place.address)
    return block.text[place.span.start : place.span.end]


if __name__ == "__main__":
    main()
