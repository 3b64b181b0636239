"""Columns omitted as too unlike a row are indeed: a law, since links rely on it."""

from random import Random

import pytest

from tui.core.anchoring.likeness.words import LONG
from tui.core.anchoring.matching.copies import pair_equals
from tui.core.anchoring.matching.page import Page
from tui.core.anchoring.matching.possible import PossiblePairs
from tui.core.anchoring.matching.rivals import ALIKE
from tui.core.notes.reading import read_note

NAMES = [f"{start}{middle}{end}" for start in "bdfgk" for middle in ("a", "oro", "ilu") for end in ("n", "st", "m")]
COMMON = ["the", "of", "and", "a", "to"]


def bullets(chance: Random, count: int) -> list[str]:
    vocabulary = chance.sample(NAMES, chance.randint(4, len(NAMES))) + COMMON * 3
    lines = [" ".join(chance.choices(vocabulary, k=chance.choice((1, 3, 7, 12)))) for _ in range(count)]
    # Parts of others, others with more behind them, and one that is long.
    lines += [line[: len(line) // 2] for line in chance.sample(lines, 5)]
    lines += [f"{line} {chance.choice(lines)}" for line in chance.sample(lines, 5)]
    lines.append(" ".join(chance.choices(vocabulary, k=LONG)))
    return lines


@pytest.mark.parametrize("seed", range(12))
def test_columns_that_are_left_out_are_less_like_a_row_than_rivals_are(seed: int) -> None:
    chance = Random(seed)
    lines = bullets(chance, 30)
    edited = [
        " ".join(chance.choice(NAMES) if chance.random() < 0.3 else word for word in line.split()) for line in lines
    ]
    old, new = (
        Page(read_note("notes.md", "# Talk\n\n" + "\n".join(f"- {line}" for line in each)), range(1))
        for each in (lines, edited)
    )
    links = pair_equals(old, new)
    rows = [row for row, partner in enumerate(links.partner) if partner is None]
    columns = [column for column, owner in enumerate(links.owner) if owner is None]
    among = PossiblePairs(links, rows, columns)
    left_out = 0
    for row in rows:
        pairs, likeliest = among.pairs(row), among.likeliest(row)
        assert likeliest.items() <= pairs.items()
        unlikely = [pairs[column].likeness for column in pairs.keys() - likeliest.keys()]
        assert all(likeness <= ALIKE for likeness in unlikely)
        left_out += len(unlikely)
    assert left_out
