"""A highlight through each kind of edit, on a whole bullet and on a phrase in it, with other bullets edited too."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring import edits
from tests.core.anchoring.drafts import Line, draft, line_at, phrase, sentence, text_at, whole
from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.anchoring.drafts import Draft
    from tests.core.anchoring.edits import Truth
    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Note

    Edit = Callable[[Draft, Line, Random], Truth]

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = range(12)


def after(edit: Edit, seed: int, *, on_phrase: bool, fresh: bool) -> tuple[Anchor, Draft, Note, Truth]:
    """The fate of a highlight in an edit, and the notes after it."""
    rng = Random(f"{edit.__name__} {seed}")
    notes = draft(rng, 4, 12)
    line = Line(sentence(rng, 10, 12))
    notes.episodes[1][1][6] = line
    if prepare := edits.PREPARED.get(edit):
        prepare(notes, line, rng)
    old = notes.note()
    number = notes.number(line)
    places = (phrase(old, number, edits.FIRST, edits.LAST) if on_phrase else whole(old, number),)
    truth = edit(notes, line, rng)
    for _ in range(3):
        home = rng.choice(notes.episodes)[1]
        other = rng.choice(home)
        if other not in truth.lines and other is not line:
            other.text += f" {sentence(rng, 1, 4)}"
        home.insert(rng.randrange(len(home)), Line(sentence(rng)))
    new = notes.note()
    highlight = Highlight("1", Colour.YELLOW, describe(old, places), NOW, NOW)
    anchor = resolve(new, [highlight], None if fresh else (old, {"1": places}))["1"]
    return anchor, notes, new, truth


def is_right(anchor: Anchored, notes: Draft, new: Note, truth: Truth, *, on_phrase: bool) -> bool:
    """True if a highlight is where it belongs."""
    (place,) = anchor.places
    if line_at(new, place) not in [notes.number(line) for line in truth.lines]:
        return False
    return not on_phrase or text_at(new, place).split() == (truth.phrase or "").split()


@pytest.mark.parametrize("on_phrase", [False, True], ids=["bullet", "phrase"])
@pytest.mark.parametrize("edit", edits.KINDS, ids=lambda edit: edit.__name__)
def test_a_highlight_follows_its_text_and_never_another(edit: Edit, on_phrase: bool) -> None:
    for seed in SEEDS:
        anchor, notes, new, truth = after(edit, seed, on_phrase=on_phrase, fresh=False)
        is_there = truth.phrase is not None if on_phrase else bool(truth.lines)
        if isinstance(anchor, Anchored):
            assert is_there, (seed, anchor)
            assert is_right(anchor, notes, new, truth, on_phrase=on_phrase), (seed, anchor)
        else:
            assert not is_there, (seed, anchor)


UNKNOWABLE = {edits.delete_beside_lookalike, edits.edit_lookalike}
"The selectors of a phrase alone cannot distinguish a bullet from its lookalike."


@pytest.mark.parametrize("on_phrase", [False, True], ids=["bullet", "phrase"])
@pytest.mark.parametrize("edit", edits.KINDS, ids=lambda edit: edit.__name__)
def test_without_the_earlier_text_a_highlight_is_on_its_text_or_in_doubt(edit: Edit, on_phrase: bool) -> None:
    if on_phrase and edit in UNKNOWABLE:
        return
    for seed in SEEDS:
        anchor, notes, new, truth = after(edit, seed, on_phrase=on_phrase, fresh=True)
        if isinstance(anchor, Anchored):
            assert is_right(anchor, notes, new, truth, on_phrase=on_phrase), (seed, anchor)
