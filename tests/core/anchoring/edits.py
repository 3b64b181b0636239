"""Kinds of edits to a draft, each with the fate of the bullet concerned and of a phrase in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.core.anchoring.drafts import WORDS, Draft, Line, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


@dataclass(frozen=True)
class Truth:
    """The fate of a bullet and of its words 2 to 4."""

    lines: tuple[Line, ...]
    "The bullets that count as its successors; none if it was deleted."
    phrase: str | None
    "The phrase after the edit; None if it is gone."


FIRST, LAST = 2, 4
"The words of the phrase."


def phrase_of(line: Line) -> str:
    return " ".join(line.text.split()[FIRST : LAST + 1])


def _replaced(line: Line, rng: Random, *numbers: int) -> None:
    """Replace these words by others that are not in the line yet."""
    words = line.text.split()
    for number in numbers:
        words[number] = rng.choice([word for word in WORDS if word not in words])
    line.text = " ".join(words)


def none(notes: Draft, line: Line, rng: Random) -> Truth:
    return Truth((line,), phrase_of(line))


def typo(notes: Draft, line: Line, rng: Random) -> Truth:
    at = line.text.index(" ") - 2
    line.text = line.text[:at] + line.text[at + 1] + line.text[at] + line.text[at + 2 :]
    return Truth((line,), phrase_of(line))


def swap_one_word(notes: Draft, line: Line, rng: Random) -> Truth:
    _replaced(line, rng, 1)
    return Truth((line,), phrase_of(line))


def swap_three_words(notes: Draft, line: Line, rng: Random) -> Truth:
    _replaced(line, rng, 0, 5, 7)
    return Truth((line,), phrase_of(line))


def reword_two_fifths(notes: Draft, line: Line, rng: Random) -> Truth:
    _replaced(line, rng, 0, 1, 6, 7)
    return Truth((line,), phrase_of(line))


def append(notes: Draft, line: Line, rng: Random) -> Truth:
    line.text += f" {sentence(rng, 4, 9)}"
    return Truth((line,), phrase_of(line))


def prepend(notes: Draft, line: Line, rng: Random) -> Truth:
    phrase = phrase_of(line)
    line.text = f"{sentence(rng, 4, 9)}: {line.text}"
    return Truth((line,), phrase)


def split(notes: Draft, line: Line, rng: Random) -> Truth:
    phrase, words, home = phrase_of(line), line.text.split(), notes.home(line)
    second = Line(" ".join(words[5:]))
    line.text = " ".join(words[:5])
    home.insert(home.index(line) + 1, second)
    return Truth((line, second), phrase)


def merge(notes: Draft, line: Line, rng: Random) -> Truth:
    phrase, home = phrase_of(line), notes.home(line)
    above = home[home.index(line) - 1]
    above.text = f"{above.text}; {line.text}"
    home.remove(line)
    return Truth((above,), phrase)


def move(notes: Draft, line: Line, rng: Random) -> Truth:
    notes.home(line).remove(line)
    notes.episodes[-1][1].insert(rng.randrange(5), line)
    return Truth((line,), phrase_of(line))


def indent(notes: Draft, line: Line, rng: Random) -> Truth:
    line.depth = 1
    return Truth((line,), phrase_of(line))


def copy_above(notes: Draft, line: Line, rng: Random) -> Truth:
    notes.episodes[0][1].insert(1, Line(line.text))
    return Truth((line,), phrase_of(line))


def shuffle(notes: Draft, line: Line, rng: Random) -> Truth:
    rng.shuffle(notes.home(line))
    return Truth((line,), phrase_of(line))


def delete(notes: Draft, line: Line, rng: Random) -> Truth:
    notes.home(line).remove(line)
    return Truth((), None)


def edit_lookalike(notes: Draft, line: Line, rng: Random) -> Truth:
    """Edit the bullet by more than it differs from the one below it; see `with_lookalike`."""
    _replaced(line, rng, 0, 1, 7)
    return Truth((line,), phrase_of(line))


def decorate(notes: Draft, line: Line, rng: Random) -> Truth:
    phrase, words = phrase_of(line), line.text.split()
    words[1], words[-1] = f"**{words[1]}**", f"`{words[-1]}`"
    line.text = " ".join(words)
    return Truth((line,), phrase)


def rename_heading(notes: Draft, line: Line, rng: Random) -> Truth:
    notes.episodes = [(f"{sentence(rng, 2, 2)} on a whole", lines) for _, lines in notes.episodes]
    return Truth((line,), phrase_of(line))


def wrap(notes: Draft, line: Line, rng: Random) -> Truth:
    phrase, words = phrase_of(line), line.text.split()
    line.text = " ".join(words[:3]) + "\n  " + " ".join(words[3:])
    return Truth((line,), phrase)


def replace_with_new(notes: Draft, line: Line, rng: Random) -> Truth:
    home = notes.home(line)
    used = {*line.text.split()}
    text = " ".join(word for word in sentence(rng, 20, 20).split() if word not in used)
    home[home.index(line)] = Line(text)
    return Truth((), None)


def renumber(notes: Draft, line: Line, rng: Random) -> Truth:
    for number, each in enumerate(notes.home(line), 1):
        each.marker = f"{number}."
    return Truth((line,), phrase_of(line))


def move_and_edit(notes: Draft, line: Line, rng: Random) -> Truth:
    truth = move(notes, line, rng)
    _replaced(line, rng, 1)
    return truth


def swap_with_sibling(notes: Draft, line: Line, rng: Random) -> Truth:
    home = notes.home(line)
    at = home.index(line)
    home[at - 1], home[at] = home[at], home[at - 1]
    return Truth((line,), phrase_of(line))


def lose_neighbours(notes: Draft, line: Line, rng: Random) -> Truth:
    home = notes.home(line)
    at = home.index(line)
    del home[at + 1 : at + 4], home[at - 3 : at]
    return Truth((line,), phrase_of(line))


def delete_phrase(notes: Draft, line: Line, rng: Random) -> Truth:
    words = line.text.split()
    line.text = " ".join(words[:FIRST] + words[LAST + 1 :])
    return Truth((line,), None)


def replace_phrase(notes: Draft, line: Line, rng: Random) -> Truth:
    _replaced(line, rng, 2, 3, 4)
    return Truth((line,), None)


def delete_phrase_that_stands_elsewhere(notes: Draft, line: Line, rng: Random) -> Truth:
    """Delete the phrase, which another bullet has too; see `with_phrase_elsewhere`."""
    return delete_phrase(notes, line, rng)


def delete_beside_lookalike(notes: Draft, line: Line, rng: Random) -> Truth:
    """Delete the bullet; the lookalike below it stays; see `with_lookalike`."""
    return delete(notes, line, rng)


def with_lookalike(notes: Draft, line: Line, rng: Random) -> None:
    """Add a bullet below that differs in one word."""
    home = notes.home(line)
    like = Line(line.text)
    _replaced(like, rng, 7)
    home.insert(home.index(line) + 2, like)


def with_phrase_elsewhere(notes: Draft, line: Line, rng: Random) -> None:
    """Add the phrase to another bullet."""
    notes.episodes[-1][1][2].text += f" {phrase_of(line)} after all"


PREPARED: dict[Callable[[Draft, Line, Random], Truth], Callable[[Draft, Line, Random], None]] = {
    delete_beside_lookalike: with_lookalike,
    edit_lookalike: with_lookalike,
    delete_phrase_that_stands_elsewhere: with_phrase_elsewhere,
}
KINDS = (
    none,
    typo,
    swap_one_word,
    swap_three_words,
    reword_two_fifths,
    append,
    prepend,
    split,
    merge,
    move,
    indent,
    copy_above,
    shuffle,
    delete,
    delete_beside_lookalike,
    edit_lookalike,
    decorate,
    rename_heading,
    wrap,
    replace_with_new,
    renumber,
    move_and_edit,
    swap_with_sibling,
    lose_neighbours,
    delete_phrase,
    replace_phrase,
    delete_phrase_that_stands_elsewhere,
)
