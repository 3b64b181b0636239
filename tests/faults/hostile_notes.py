"""Hostile notes: control sequences, naughty strings, random bytes, and texts that are hard on parsers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.core.patterns import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
RANDOM_SEEDS = 20
LARGEST = 5_000_000
"Bytes of the largest patterns."

SEQUENCES = (
    "\x1b[38;2;1;2;3m",
    "\x1b[2J\x1b[H",
    "\x1b[?1048l",
    "\x1b[31;201;7m",
    "\x1b[999;998H",
    "\x1bc",
    "\x1b[6n\x1b[c\x1b[>0q",
    "\x1b]0;title\x07",
    "\x1b]52;c;bm8=\x07",
    "\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]22;text\x07",
    "\x1b]1337;File=inline=1:AAAA\x07",
    '\x1bP$q"p\x1b\\',
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x1b^pm\x1b\\",
    "\x1bX sos\x1b\\",
    "\x9b31m\x9d0;c1\x9c\x90q\x9c",
    "\x07\x08\x0b\x0c\x0e\x0f\x7f",
    "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c",
    "\u200b\u200c\u200d\ufeff\u2060\u00ad",
    "\u2028\u2029\x85",
    "\U000e0041\U000e007f\ufff9a\ufffa\ufffb",
    "&#27;[31m &#x1b;]0;t&#7; &#x9b;1m &#x202e; &#0;",
    "[@click=app.quit]x[/] [/] [/foo] [bold red]b [link=http://a.b]",
    "e" + "\u0301" * 200 + " \U0001f468\u200d\U0001f469\u200d\U0001f467 \u0e33 \ufdfd",
)
"Sequences that would affect a terminal or a text if they were drawn as they are."


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file for the whole program to read."""

    name: str
    "The file's name."
    data: bytes
    is_timed: bool = False
    "True if its text has to be on screen as soon as that of any notes."


def hostile_notes(*, is_long: bool) -> Iterator[Hostile]:
    """The files of one run, small ones first."""
    yield Hostile(
        "escapes.md", _shapes(SEQUENCES, "# {}\n\n- {}\n  - {}?\n\n> {}\n\n    {}\n\n`{}` **{}** [{}]({})\n\n")
    )
    yield Hostile("escapes.txt", _shapes(SEQUENCES, "{} on {} (9/1)\n\n• {}\n    ◦ {}?\n\n{}\n\n"))
    naughty = json.loads((DATA / "naughty_strings.json").read_text("utf-8"))["strings"]
    yield Hostile("naughty.md", _shapes(naughty, "- {}\n"))
    yield Hostile("naughty titles.md", _shapes(naughty if is_long else naughty[::6], "# {}\n\n{}\n\n"))
    yield Hostile("naughty.txt", _shapes(naughty if is_long else naughty[::6], "{} on {}\n\n• {}\n\n"))
    for path in (ROOT / "tests" / "core" / "notes" / "data" / "commonmark.json", DATA / "markdown_it.json"):
        examples = [each["markdown"] for each in json.loads(path.read_text("utf-8"))["examples"]]
        yield Hostile(f"{path.stem}.md", _shapes(examples, "{}\n\n"))
        yield Hostile(f"{path.stem}, apart.md", _shapes(examples if is_long else examples[::6], "# A title\n\n{}\n\n"))
    for seed in range(RANDOM_SEEDS if is_long else 1):
        yield Hostile(f"random {seed}.md", _random(Random(seed)))
    for name in PATTERNS if is_long else ("quotes", "invisible"):
        unit = len(PATTERNS[name](200)) / 200
        for size in (50_000, LARGEST) if is_long else (50_000,):
            yield Hostile(f"{name} {size}.md", PATTERNS[name](int(size / unit)).encode()[:size], is_timed=True)


def _shapes(strings: list[str] | tuple[str, ...], shape: str) -> bytes:
    count = shape.count("{}")
    return "".join(shape.format(*[text] * count) for text in strings).encode("utf-8", "surrogatepass")


def _random(chance: Random) -> bytes:
    """Text with arbitrary bytes in it; if all of it were random, it would be refused as no text."""
    words = [b"- a\n", b"# b\n", b"**c** ", b"word ", b"\n", "é ".encode(), b"\x1b[", b"\x1b]", b"\x9b", b"\r"]
    pieces = [chance.randbytes(2) if chance.random() < 0.05 else chance.choice(words) for _ in range(4000)]
    return b"".join(pieces)
