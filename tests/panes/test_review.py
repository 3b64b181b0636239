"""Highlights whose place is not certain, and those whose text is gone: the reader decides."""

from __future__ import annotations

import shutil
import tomllib
from typing import TYPE_CHECKING

from tui.core.highlights import Anchored, NeedsReview, Orphan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.panes.conftest import Open, Reading

TWINS = """\
# Twins

## Ada on The Compiler (1/1)

- the machine cannot originate anything
- between them
- a line that is no twin of any other

## Bob on The Compiler (2/2)

- something else entirely
"""


def anchor(here: Reading) -> object:
    """What became of the one highlight."""
    (marks,) = here.app.state.marks.values()
    (found,) = marks.anchors.values()
    return found


def on_another_machine(tmp_path: Path) -> None:
    """Forget what the state folder knows."""
    shutil.rmtree(tmp_path / "state", ignore_errors=True)


async def doubtful(reading: Open, tmp_path: Path) -> Path:
    """A note in which the marked bullet is reworded into two that are equally like it."""
    async with reading(TWINS) as here:
        await here.press("m")
    on_another_machine(tmp_path)
    text = here.path.read_text().replace(
        "- the machine cannot originate anything\n- between them\n",
        "- the machine cannot originate anything new\n- the machine cannot originate anything old\n- between them\n",
    )
    here.path.write_text(text)
    return here.path


async def test_a_doubtful_place_is_shown_with_candidates_and_nothing_is_drawn(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        assert isinstance(anchor(here), NeedsReview)
        assert here.app.bullets.marks == {}
        assert "1 needs review" in here.screen()
        await here.press("H")
        assert [entry.row for entry in here.app.highlights.entries] == ["heading", "review", "candidate", "candidate"]


async def test_a_candidate_is_seen_in_place_before_it_is_chosen(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.highlights.entry
        assert entry is not None
        assert here.text == entry.text
        assert isinstance(anchor(here), NeedsReview)
        await here.press("y")
        found = anchor(here)
        assert isinstance(found, Anchored)
        assert list(here.app.bullets.marks) == [entry.where[0][0]]
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert table["part"][0]["exact"] == entry.text
        assert table["part"][0]["quoted"] == "the machine cannot originate anything"


async def test_accepting_can_be_undone(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "y", "u")
        (table,) = tomllib.loads(here.sidecar)["highlight"]
        assert table["part"][0]["exact"] == "the machine cannot originate anything"


async def orphaned(reading: Open) -> None:
    """A note from which the marked bullet was deleted."""
    async with reading(TWINS) as here:
        await here.press("m")
    here.path.write_text(here.path.read_text().replace("- the machine cannot originate anything\n", ""))


async def test_an_orphan_is_listed_with_the_words_it_marked(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        assert isinstance(anchor(here), Orphan)
        await here.press("H")
        assert "the machine cannot" in here.screen()


async def test_an_orphan_is_relinked_to_the_block_in_hand(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("j", "H", "l", "L")
        (spot,) = here.app.bullets.marks
        block = here.app.state.block(spot)
        assert block is not None
        assert block.text == "a line that is no twin of any other"


async def test_an_orphan_is_kept_and_then_stands_last(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("G", "m", "g", "H", "l", "g", "K")
        assert [entry.row for entry in here.app.highlights.entries] == ["heading", "highlight", "heading", "orphan"]
    async with reading() as here:
        assert [table.get("kept", False) for table in tomllib.loads(here.sidecar)["highlight"]] == [True, False]


async def test_an_orphan_is_deleted_and_brought_back(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("H", "l", "D")
        assert "highlight" not in tomllib.loads(here.sidecar)
        await here.press("u")
        assert len(tomllib.loads(here.sidecar)["highlight"]) == 1


async def test_an_edit_elsewhere_leaves_the_list_on_the_candidate_in_hand(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.highlights.entry
        here.path.write_text(here.path.read_text().replace("something else", "something quite else"))
        await here.wait_for(lambda: "1 changed" in here.screen())
        assert here.app.highlights.entry == entry
