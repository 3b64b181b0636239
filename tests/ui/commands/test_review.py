"""The reader decides about highlights with an uncertain position, and about those whose text is gone."""

from __future__ import annotations

import shutil
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import listed
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan, Remove
from tui.files.sidecar.store import apply
from tui.ui.lists.entries import EntryKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading

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
    """The anchor of the only highlight."""
    (annotations,) = here.app.cx.store.state.annotations.values()
    (found,) = annotations.anchors.values()
    return found


def on_another_machine(tmp_path: Path) -> None:
    """Delete the state folder."""
    shutil.rmtree(tmp_path / "state", ignore_errors=True)


async def doubtful(reading: Open, tmp_path: Path) -> Path:
    """Reword the highlighted bullet into two that resemble it equally."""
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
        assert here.app.cx.panes.bullets.highlights == {}
        assert "1 highlight needs you: H" in here.screen()
        await here.press("H")
        assert [entry.row for entry in here.app.cx.panes.highlights.entries] == [
            "heading",
            "review",
            "candidate",
            "candidate",
        ]


async def test_a_candidate_is_seen_in_place_before_it_is_chosen(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        assert here.text == entry.text
        assert isinstance(anchor(here), NeedsReview)
        await here.press("y")
        found = anchor(here)
        assert isinstance(found, Anchored)
        assert list(here.app.cx.panes.bullets.highlights) == [entry.where[0][0]]
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
    """Delete the highlighted bullet from a note."""
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
        await here.press("H", "L", "j")
        assert "Moving “the machine cannot originate anything”: L on its bullet" in here.screen()
        await here.press("L")
        (position,) = here.app.cx.panes.bullets.highlights
        block = here.app.cx.store.state.block(position)
        assert block is not None
        assert block.text == "a line that is no twin of any other"


async def test_an_orphan_is_kept_and_then_stands_last(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("G", "m", "g", "H", "l", "g", "K")
        assert [entry.row for entry in here.app.cx.panes.highlights.entries] == [
            "heading",
            "placed",
            "heading",
            "orphan",
        ]
    async with reading() as here:
        assert [table.get("kept", False) for table in tomllib.loads(here.sidecar)["highlight"]] == [True, False]


async def test_an_orphan_is_deleted_and_brought_back(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("H", "l", "D")
        assert "highlight" not in tomllib.loads(here.sidecar)
        await here.press("u")
        assert len(tomllib.loads(here.sidecar)["highlight"]) == 1


@pytest.mark.parametrize("decision", ["K", "D"])
async def test_the_cursor_goes_back_to_the_entry_whose_decision_is_undone(reading: Open, decision: str) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("G", "m", "H", "g")
        pane = here.app.cx.panes.highlights
        orphan = pane.entry
        assert orphan is not None
        assert orphan.row is EntryKind.ORPHAN
        await here.press(decision)
        assert pane.entry is not None
        assert pane.entry.row is EntryKind.PLACED
        await here.press("u")
        assert pane.entry == orphan


async def test_the_cursor_stays_where_one_moved_it_before_undoing_a_decision(reading: Open) -> None:
    await orphaned(reading)
    async with reading() as here:
        await here.press("G", "m", "H", "g", "K", "G", "g")
        assert (moved := here.app.cx.panes.highlights.entry) is not None
        await here.press("u")
        assert here.app.cx.panes.highlights.entry == moved


async def test_an_edit_elsewhere_leaves_the_list_on_the_candidate_in_hand(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.cx.panes.highlights.entry
        here.path.write_text(here.path.read_text().replace("something else", "something quite else"))
        await here.wait_for(lambda: "1 bullet changed" in here.screen())
        assert here.app.cx.panes.highlights.entry == entry


async def test_no_other_is_accepted_in_place_of_a_candidate_that_is_gone(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        pane = here.app.cx.panes.highlights
        pane.show([each for each in pane.entries if each is not entry])
        assert pane.entry is None
        await here.press("y", "D", "enter")
        assert isinstance(anchor(here), NeedsReview)
        await here.press("j", "y")
        assert isinstance(anchor(here), Anchored)


async def test_a_candidate_of_the_same_words_as_another_stays_in_hand(reading: Open, tmp_path: Path) -> None:
    path = await doubtful(reading, tmp_path)
    path.write_text(path.read_text().replace("anything old", "anything new"))
    async with reading() as here:
        await here.press("H", "l", "j", "j")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        here.path.write_text(here.path.read_text().replace("something else", "something quite else"))
        await here.wait_for(lambda: "1 bullet changed" in here.screen())
        assert here.app.cx.panes.highlights.entry == entry
        await here.press("y")
        assert list(here.app.cx.panes.bullets.highlights) == [entry.where[0][0]]


def words_of(here: Reading) -> list[str]:
    """The quoted words of the highlights in the highlights file."""
    return [each["part"][0]["exact"] for each in tomllib.loads(here.sidecar).get("highlight", [])]


async def test_nothing_is_deleted_in_place_of_a_highlight_that_another_program_deleted(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "j", "2", "j", "3", "H", "l", "j")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        assert entry.text == "between them"
        apply(here.path.with_suffix(".highlights.toml"), here.path.name, [Remove(entry.id)])
        await here.wait_for(lambda: len(listed(here.app.cx.panes.highlights)) == 2)
        left = ["the machine cannot originate anything", "a line that is no twin of any other"]
        await here.press("D", "y", "K", "enter")
        assert words_of(here) == left
        await here.press("j", "D")
        assert words_of(here) == left[1:]


async def test_after_a_deletion_the_next_highlight_is_in_hand(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "j", "2", "j", "3", "H", "l", "j")
        await here.press("D")
        assert here.app.cx.panes.highlights.entry is not None
        assert here.app.cx.panes.highlights.entry.text == "a line that is no twin of any other"
        await here.press("D")
        assert words_of(here) == ["the machine cannot originate anything"]
        assert here.app.cx.panes.highlights.entry is not None
        assert here.app.cx.panes.highlights.entry.text == "the machine cannot originate anything"


async def test_an_accepted_candidate_leaves_the_highlight_itself_in_hand(reading: Open, tmp_path: Path) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("G", "m", "H", "l", "g", "j", "j")
        wanted = here.app.cx.panes.highlights.entry
        assert wanted is not None
        await here.press("y")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        assert (entry.id, entry.row, entry.text) == (wanted.id, "placed", wanted.text)


async def test_a_pane_that_is_entered_anew_has_an_entry_in_hand(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "j", "2", "H", "l")
        entry = here.app.cx.panes.highlights.entry
        assert entry is not None
        apply(here.path.with_suffix(".highlights.toml"), here.path.name, [Remove(entry.id)])
        await here.wait_for(lambda: len(listed(here.app.cx.panes.highlights)) == 1)
        assert here.app.cx.panes.highlights.entry is None
        await here.press("h", "l")
        assert here.app.cx.panes.highlights.entry is not None


async def test_a_click_on_an_entry_that_is_gone_by_then_does_nothing(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "H", "l")
        pane = here.app.cx.panes.highlights
        pane.post_message(pane.Chosen(pane))
        pane.show(())
        await here.settle()
        assert here.app.is_running
        assert here.app.focused is here.app.cx.panes.bullets


async def test_keys_typed_without_a_pause_delete_one_highlight_after_the_other(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "j", "2", "j", "3", "H", "l", "g")
        await here.feed("D", "D")
        assert words_of(here) == ["a line that is no twin of any other"]


async def test_a_key_typed_right_after_an_accepted_candidate_is_about_the_highlight_in_its_place(
    reading: Open, tmp_path: Path
) -> None:
    await doubtful(reading, tmp_path)
    async with reading() as here:
        await here.press("G", "m", "H", "l", "g", "j", "j")
        await here.feed("y", "j", "D")
        assert [entry.row for entry in listed(here.app.cx.panes.highlights)] == ["placed"]
        assert isinstance(anchor(here), Anchored)


async def test_keys_typed_without_a_pause_keep_one_orphan_after_the_other(reading: Open) -> None:
    async with reading(TWINS) as here:
        await here.press("m", "j", "2")
    here.path.write_text("# Twins\n\n- nothing of all that\n")
    async with reading() as here:
        await here.press("H", "l", "g")
        await here.feed("K", "K")
        assert [each["kept"] for each in tomllib.loads(here.sidecar)["highlight"]] == [True, True]


async def test_list_is_filtered_while_one_types_and_escape_clears_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "1", "j", "2", "H", "l", "f", *"loom")
        pane = here.app.cx.panes.highlights
        assert [entry.text for entry in listed(pane)] == ["The first bullet is about looms and cards."]
        assert " highlights with loom" in here.screen()
        await here.press("escape")
        assert len(listed(pane)) == 2
        await here.press("f", *"colour:green", "enter")
        assert [entry.text for entry in listed(pane)] == ["Who wrote the second program?"]
        assert here.app.cx.panes.current is pane
        await here.press("escape")
        assert len(listed(pane)) == 2
        assert here.app.cx.panes.current is pane


async def test_keys_right_behind_the_filter_key_are_typed_into_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "1", "j", "2", "H", "l")
        await here.feed("f", *"loom", "enter", "f", "ctrl+u", *"second")
        assert [entry.text for entry in listed(here.app.cx.panes.highlights)] == ["Who wrote the second program?"]


def rows(here: Reading) -> list[str]:
    """The list of highlights, headings in brackets."""
    return [entry.text if entry.id else f"[{entry.text}]" for entry in here.app.cx.panes.highlights.entries]


async def test_highlights_of_the_library_stand_under_their_episodes_colours_or_tags(reading: Open) -> None:
    first, asked, letter = (
        "The first bullet is about looms and cards.",
        "Who wrote the second program?",
        "A letter is a program for a reader.",
    )
    async with reading() as here:
        await here.press("j", "2", "t", *"loom old", "enter", "j", "1", "G", "2", "t", *"old", "enter", "H", "l")
        ada, edsger = "[Ada and Grace on The Compiler (3/14)]", "[Edsger on Letters (5/5)]"
        assert rows(here) == [ada, first, asked, edsger, letter]
        assert "Highlights · 3 · library" in here.screen()
        await here.press("s")
        assert rows(here) == ["[yellow]", asked, "[green]", first, letter]
        await here.press("s")
        assert rows(here) == ["[loom]", first, "[old]", first, letter, "[No tag]", asked]
        await here.press("s", "o")
        assert rows(here) == [letter]


async def test_questions_of_the_library_stand_under_their_episodes(reading: Open) -> None:
    async with reading() as here:
        pane = here.app.cx.panes.questions
        await here.press("l", "o")
        await here.wait_for(lambda: len(listed(pane)) == 3)
        ada, alan = "Ada and Grace on The Compiler (3/14)", "Alan on Machines (4/1)"
        assert [entry.text for entry in pane.entries if not entry.id] == [ada, alan, f"Answered · {ada}"]
