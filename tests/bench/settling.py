"""Processor time and memory of following a large edit: ``python -m tests.bench.settling``, on Linux.

Each kind of edit has a process of its own. First the note is read again, and both texts are parsed where they differ,
as a reader parses what it shows. Settling is the rest: all bullets that changed are matched, and a thousand highlights
followed. Memory is the most that was taken for all of it, above the old text, not parsed yet, and the new one's bytes.
"""

from __future__ import annotations

import argparse
import gc
import random
import subprocess
import sys
from itertools import accumulate
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.notes import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.core.notes.model import Address

_ROOT = Path(__file__).parents[2]
_HIGHLIGHTS = 1_000
_MEGABYTE = 2**20
_REWORDED = 0.2
"Share of a bullet's words that are replaced."
_WORDS_OF_MANY = 30_000


class Edit(NamedTuple):
    """A kind of edit to a note."""

    texts: Callable[[random.Random], tuple[str, str]]
    "The text before and after."
    seconds: Target | None = None
    "Limit of processor time."
    megabytes: Target | None = None
    "Limit of memory."


def rows() -> Iterator[Row]:
    """Measure every kind of edit."""
    for name, edit in EDITS.items():
        command = [sys.executable, "-m", "tests.bench.settling", "--only", name]
        told = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True).stdout.split()
        parsing, settling, megabytes = map(float, told)
        yield Row("read and parsed again: processor time", name, "s", {PRODUCT: [parsing]})
        yield Row("settled: processor time", name, "s", {PRODUCT: [settling]}, edit.seconds)
        yield Row("parsed and settled: memory", name, "MB", {PRODUCT: [megabytes]}, edit.megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=EDITS, help="one kind of edit: two times and the memory alone")
    options = parser.parse_args()
    if options.only:
        print(*_measured(EDITS[options.only]))
        return
    for row in rows():
        limit = row.target and row.target.median
        of = "" if limit is None else f"   of {limit:g}"
        print(f"{row.notes:50} {row.what:38} {row.samples[PRODUCT][0]:8.2f} {row.unit}{of}", flush=True)


def _measured(edit: Edit) -> tuple[float, float, float]:
    # Imported before memory is read: the program has these modules.
    from tui.core.anchoring.matching.blocks import match
    from tui.core.anchoring.tracing import Trace
    from tui.core.notes.model import Place, Span
    from tui.core.notes.reading import read_note, reread

    before, after = edit.texts(random.Random(1))
    note, utf8 = read_note("notes.md", before.encode()), after.encode()
    del before, after
    gc.disable()  # as the reader does while it follows an edit
    _forget_peak()
    at_first = _memory("VmRSS")
    started = process_time()
    again = reread(note, utf8)
    unchanged = {each.body for each in note.episodes} & {each.body for each in again.episodes}
    blocks = [len(each.blocks) for each in (*note.episodes, *again.episodes) if each.body not in unchanged]
    parsed = process_time()
    matching = match(note, again)
    trace = Trace(matching)
    addresses = _spread(matching.links.old.addresses)
    for address in addresses:
        if address.block >= 0 and (text := note.block(address).text):
            trace.follow(Place(address, Span(0, len(text))))
    settled = process_time()
    assert sum(blocks)
    return round(parsed - started, 2), round(settled - parsed, 2), round(_memory("VmHWM") - at_first, 1)


def _spread(addresses: Sequence[Address]) -> Sequence[Address]:
    """About as many addresses as there are highlights, evenly spread."""
    return addresses[:: 1 + len(addresses) // _HIGHLIGHTS]


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory(field: str) -> float:
    """A field of the process's status, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


# -- texts


def _some(share: float, *, many_words: bool = False) -> Callable[[random.Random], tuple[str, str]]:
    """10 MB with a share of the bullets reworded."""

    def texts(chance: random.Random) -> tuple[str, str]:
        text = _of_many_words(chance) if many_words else markdown(920, 100)
        return text, _reworded(text, share, chance)

    return texts


def _moved(chance: random.Random) -> tuple[str, str]:
    """10 MB, with every bullet reworded and moved within its episode, under any of its headings."""
    text = markdown(920, 100)
    episodes = _reworded(text, 1, chance).split("\n# ")
    for number, episode in enumerate(episodes):
        lines = episode.split("\n")
        places = [place for place, line in enumerate(lines) if _is_bullet(line)]
        moved = [lines[place] for place in places]
        chance.shuffle(moved)
        for place, line in zip(places, moved, strict=True):
            lines[place] = line
        episodes[number] = "\n".join(lines)
    return text, "\n# ".join(episodes)


def _equal(chance: random.Random) -> tuple[str, str]:
    """10,000 equal bullets, one of which is reworded."""
    lines = ["# Talk", "", *["- the very same bullet of the copper lantern"] * 10_000]
    at = chance.randrange(2, len(lines))
    return "\n".join(lines), "\n".join([*lines[:at], "- the very same bullet of the other lantern", *lines[at + 1 :]])


def _short(chance: random.Random) -> tuple[str, str]:
    """100,000 bullets of a few words each, in one episode, every one of them reworded."""
    words = _vocabulary(chance, 5_000)
    text = "# Talk\n\n" + "\n".join(f"- {' '.join(chance.choices(words, k=4))}" for _ in range(100_000))
    return text, _reworded(text, 1, chance)


def _long(chance: random.Random) -> tuple[str, str]:
    """A bullet of 1 MB among a thousand of usual length, every one of them reworded."""
    text = markdown(10, 100)
    words = " ".join(chance.choices(_vocabulary(chance, 5_000), k=150_000))
    text = f"# Long\n\n- {words}\n\n{text}"
    return text, _reworded(text, 1, chance)


def _of_many_words(chance: random.Random) -> str:
    """10 MB whose words are as unevenly common as in a language (Zipf)."""
    words = _vocabulary(chance, _WORDS_OF_MANY)
    shares = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    lines = []
    for number in range(1_000):
        lines += [f"# Talk {number}", ""]
        for bullet in range(100):
            lines += [f"## {' '.join(chance.choices(words, cum_weights=shares, k=4))}", ""] if bullet % 12 == 0 else []
            length = chance.choice((5, 9, 12, 14, 16, 18, 20, 32))
            lines.append(f"- {' '.join(chance.choices(words, cum_weights=shares, k=length))}.")
        lines.append("")
    return "\n".join(lines)


def _vocabulary(chance: random.Random, count: int) -> list[str]:
    syllables = [start + vowel for start in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
    return ["".join(chance.choices(syllables, k=chance.choice((1, 2, 3, 4)))) for _ in range(count)]


def _reworded(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its bullets reworded, by replacing some words of each."""
    words = [word for word in dict.fromkeys(text[:200_000].split()) if word.isalpha()]
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _is_bullet(line) and chance.random() < share:
            sign, _, bullet = line.partition("- ")
            changed = bullet.split(" ")
            for place in chance.sample(range(len(changed)), max(1, round(len(changed) * _REWORDED))):
                changed[place] = chance.choice(words)
            lines[number] = f"{sign}- {' '.join(changed)}"
    return "\n".join(lines)


def _is_bullet(line: str) -> bool:
    return line.lstrip().startswith("- ")


MOST = Target(300)
EDITS = {
    "1 % of 10 MB reworded": Edit(_some(0.01), Target(1.5), MOST),
    "every bullet of 10 MB reworded": Edit(_some(1), Target(10), MOST),
    "every bullet of 10 MB reworded, of many words": Edit(_some(1, many_words=True), Target(10), MOST),
    "every bullet of 10 MB reworded and moved": Edit(_moved, Target(10), MOST),
    "one of 10,000 equal bullets reworded": Edit(_equal, Target(2)),
    "100,000 bullets of four words reworded": Edit(_short, Target(10), MOST),
    "a bullet of 1 MB and a thousand reworded": Edit(_long, Target(2)),
}


if __name__ == "__main__":
    main()
