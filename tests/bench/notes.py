"""Notes for measurements: of any size, made from a seed, with words at their beginning and end to search for."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START, END = "startmarker", "endmarker"
"Words of the first and of the last bullet, and of no other."
BESIDE_END = "besidetheend"
"A word in the last bullet only, after `END`: if `END` was typed, this is on screen only once found."

_TEXT = """harbour ledger orchard signal winter margin engine letter garden method river market copper window
lantern memory border question pattern patience weather railway kitchen answer island archive bridge compass
quiet early bright narrow ordinary careful steady hollow open late plain rare wide
carries keeps follows repeats loses weighs measures doubts teaches explains borrows remembers returns
because unless although before after without across beneath between rather nearly always seldom perhaps
the the the the a a a of of of to to and and in in that is it for on with as was by from"""
_WORDS = _TEXT.split()
_MARKED = ["==held== so", "**weight** of", "`make test`", "[the source](https://example.org/notes)", "*almost*"]
_WIDE = ["港の地図", "数据", "한국어", "crème brûlée", "🚲 🌧", "Ζωή", "e\u0301te\u0301"]
_GUESTS = ["Ada Ferris", "Bo Lindqvist", "Chidi Marsh", "Dora Quill", "Emre Stone", "Fay Holloway", "Gil Navarro"]
_SHOWS = ["The Long Table", "Slow Weather", "Night Ledger", "Second Shelf"]

_FOREWORD = "# Foreword\n\n- Of the copper lantern.\n\n"


def write_note(path: Path, episodes: int, bullets: int, *, seed: int = 1) -> Path:
    """A Markdown note of so many episodes with so many bullets each, about 100 bytes a bullet.

    Above a single one stands a short one: the headings inside it would be the episodes else.
    """
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_episodes(episodes, bullets, seed))
    return path


def write_folder(path: Path, notes: int, bullets: int, *, seed: int = 1) -> Path:
    """A folder of this many Markdown notes with one episode of this many bullets each."""
    path.mkdir()
    for number, text in enumerate(_episodes(notes, bullets, seed)):
        (path / f"{number:05}.md").write_text(text, encoding="utf-8")
    return path


def markdown(episodes: int, bullets: int, *, seed: int = 1) -> str:
    """The text of one of these notes."""
    return "".join(_episodes(episodes, bullets, seed))


def pasted(episodes: int, bullets: int, *, seed: int = 1) -> str:
    """Notes as pasted from a web page: bullets of signs, and short lines as headings."""
    chance = random.Random(seed)
    lines: list[str] = []
    for number in range(episodes):
        lines += [_title(chance, number), ""]
        for bullet in range(bullets):
            if bullet % 12 == 0:
                lines += [f"{_plain(chance, 3).capitalize()}?", ""]
            lines += [f"{chance.choice(('• ', '    ◦ '))}{_sentence(chance)}", ""]
    return "\n".join(lines)


def _episodes(count: int, bullets: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    if count == 1:
        yield _FOREWORD
    for number in range(count):
        yield _episode(chance, number, bullets, number == 0, number == count - 1)


def _episode(chance: random.Random, number: int, bullets: int, is_first: bool, is_last: bool) -> str:
    lines = [f"# {_title(chance, number)}", ""]
    depth = 0
    for bullet in range(bullets):
        if bullet % 12 == 0:
            depth = 0
            lines += [*([""] if bullet else []), f"## {_plain(chance, 4).capitalize()}", ""]
        else:
            depth = min(2, max(0, depth + chance.choice((-1, -1, 0, 0, 0, 1))))
        text = _sentence(chance)
        if bullet == 0 and is_first:
            text = f"{START} {text}"
        if bullet == bullets - 1 and is_last:
            text = f"{END} {BESIDE_END} {text}"
        lines.append(f"{'  ' * depth}- {text}")
        if chance.random() < 0.04:
            depth = 0
            lines += ["", f"> {_plain(chance, 14).capitalize()}.", ""]
    return "\n".join((*lines, "", ""))


def _title(chance: random.Random, number: int) -> str:
    first, second = chance.sample(_GUESTS, 2)
    guests = first if number % 3 else f"{first} and {second}"
    return f"{guests} on {chance.choice(_SHOWS)} ({number % 12 + 1}/{2005 + number // 12 % 20})"


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.choice((5, 9, 12, 14, 16, 18, 20, 32)))
    kind = chance.random()
    if kind < 0.4:
        words[chance.randrange(len(words))] = chance.choice(_MARKED)
    elif kind < 0.45:
        words[chance.randrange(len(words))] = chance.choice(_WIDE)
    text = " ".join(words)
    return f"{text[:1].upper()}{text[1:]}{'?' if kind > 0.95 else '.'}"


def _plain(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))
