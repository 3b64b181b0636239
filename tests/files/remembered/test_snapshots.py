"""Anchors are remembered between sessions, and trusted without parsing if that is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tui.core.anchoring import describe
from tui.core.anchoring.snapshot import Snapshot, key_of
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, Orphan
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.core.state.model import Annotations
from tui.files.remembered import kept_texts, snapshots

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.notes.model import Note

TEXT = """\
# Ada on The Compiler

- alpha beta gamma
- the second bullet

# Bob on The Compiler

- another bullet
"""
PATH = "/notes/talks.md"
PLACES = (Place(Address(0, 0), Span(6, 10)),)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIMIT = 1 << 20


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def note(text: str = TEXT) -> Note:
    return read_note(PATH, text)


def keep(highlight: Highlight, text: str = TEXT) -> None:
    """Remember a highlight on `PLACES` of a text."""
    read = note(text)
    assert all(episode.blocks for episode in read.episodes)
    annotations = Annotations(
        {highlight.id: highlight},
        anchors={highlight.id: Anchored(PLACES, MatchKind.EXACT, 1.0)},
        snapshots=(Snapshot(read, {key_of(highlight): PLACES}),),
    )
    snapshots.keep(PATH, annotations, Options(), limit=LIMIT)


def highlight(text: str = TEXT) -> Highlight:
    return Highlight("01A", Colour.YELLOW, describe(note(text), PLACES), NOW, NOW)


def recalled(today: Note, marked: Highlight, options: Options = Options()) -> list[dict[str, tuple[Place, ...]]]:  # noqa: B008 - a constant
    found = snapshots.recalled(today, PATH, [marked], options)
    return [{id_: places for (id_, _), places in each.places.items()} for each in found]


def parsed(note: Note) -> list[bool]:
    return [episode.body.is_parsed for episode in note.episodes]


def test_a_highlight_stands_where_it_stood_and_nothing_is_parsed_for_it() -> None:
    keep(highlight())
    today = note()
    assert recalled(today, highlight()) == [{"01A": PLACES}]
    assert parsed(today) == [False, False]


def test_nothing_is_parsed_to_remember_it_again() -> None:
    keep(highlight())
    today = note()
    texts = snapshots.recalled(today, PATH, [highlight()], Options())
    snapshots.keep(PATH, Annotations({"01A": highlight()}, snapshots=texts), Options(), limit=LIMIT)
    assert parsed(today) == [False, False]
    assert recalled(note(), highlight()) == [{"01A": PLACES}]


def test_records_changed_by_another_program_are_compared_with_the_text() -> None:
    keep(highlight())
    snapshot = kept_texts.load_snapshot(PATH)
    assert snapshot is not None
    kept_texts.save_snapshot(PATH, [snapshot.text], snapshot.spans, "another", limit=LIMIT)
    today = note()
    assert recalled(today, highlight()) == [{"01A": PLACES}]
    assert parsed(today) == [True, False]


def test_a_text_that_is_read_in_another_way_now_is_compared_too() -> None:
    keep(highlight())
    today = read_note(PATH, TEXT, Options(episodes="file"))
    assert recalled(today, highlight(), Options(episodes="file")) == []


def test_a_selector_that_says_something_else_is_compared_with_the_text() -> None:
    former = highlight()
    reworded = replace(former, parts=(replace(former.parts[0], block="alpha beta delta"),))
    keep(reworded)
    today = note()
    assert recalled(today, reworded) == [{"01A": PLACES}]
    assert parsed(today)[0]


@pytest.mark.parametrize(("anchor", "is_doubted"), [(Anchored(PLACES, MatchKind.EXACT, 1.0), False), (Orphan(), True)])
def test_a_missing_highlight_is_in_doubt_if_its_last_text_is_too_large_to_keep(
    anchor: Anchored | Orphan, *, is_doubted: bool
) -> None:
    marked = highlight()
    texts = (Snapshot(note(), {key_of(marked): PLACES}),)
    snapshots.keep(PATH, Annotations({"01A": marked}, anchors={"01A": anchor}, snapshots=texts), Options(), limit=0)
    assert recalled(note(), marked) == []
    assert snapshots.recalled_doubts(PATH, [marked]) == ({key_of(marked)} if is_doubted else set())


def test_a_selector_that_was_changed_since_is_not_known() -> None:
    keep(highlight())
    moved = replace(highlight(), parts=(replace(highlight().parts[0], line=8),))
    assert recalled(note(), moved) == []
