"""Unsaved changes are shown as such, tried again, kept for the next start, and never lost."""

from __future__ import annotations

import asyncio
import os
import threading
import tomllib
from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from tests.ui.conftest import wait_until
from tui.core.annotations.choices import Colour
from tui.core.state import highlighting
from tui.files.config import Config
from tui.files.lock import locked
from tui.files.opened import Opened
from tui.keys import keys_of
from tui.ui import current
from tui.ui.app import Reader
from tui.ui.dialogs.prompt import Prompt
from tui.ui.dialogs.quitting import Leaving
from tui.ui.dialogs.writing import WritingDialog
from tui.ui.store import Change

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading
    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Place
    from tui.core.state.model import State

FIRST = "The first bullet is about looms and cards."


def sidecar(here: Reading) -> Path:
    return here.path.with_suffix(".highlights.toml")


def marked(here: Reading) -> list[str]:
    return [table["part"][0]["exact"] for table in tomllib.loads(here.sidecar or "").get("highlight", [])]


def block_saving(here: Reading) -> Path:
    """Put a folder in place of the highlights file, which even root cannot write to."""
    sidecar(here).mkdir()
    return sidecar(here)


async def test_a_mark_that_cannot_be_saved_is_shown_as_not_saved(reading: Open) -> None:
    async with reading() as here:
        block_saving(here)
        await here.press("j", "m")
        assert "1 not saved · heard.highlights.toml: this is a folder" in here.screen()
        assert "! • The first bullet" in here.screen().replace("!  ", "! ")
        await here.press("H")
        assert "not saved yet" in here.screen()


async def test_an_unsaved_mark_is_saved_with_the_next_change_once_possible(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m")
        blocked.rmdir()
        await here.press("j", "m")
        assert marked(here) == [FIRST, "Who wrote the second program?"]
        assert "not saved" not in here.screen()


async def test_an_unsaved_mark_is_saved_by_itself_once_possible(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m")
        blocked.rmdir()
        await here.wait_for(lambda: marked_now(here) == [FIRST])
        assert "saved now" in here.screen()


def marked_now(here: Reading) -> list[str]:
    return marked(here) if sidecar(here).is_file() else []


async def test_undo_and_redo_go_through_what_is_not_saved(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        before = here.sidecar
        sidecar(here).rename(here.path.with_name("aside"))
        blocked = block_saving(here)
        await here.press("3", "j", "m", "u")
        assert "1 not saved" in here.screen()
        await here.press("u")
        assert "not saved ·" not in here.screen()
        await here.press("ctrl+r")
        assert "1 not saved" in here.screen()
        blocked.rmdir()
        here.path.with_name("aside").rename(sidecar(here))
        await here.press("ctrl+r")
        assert marked(here) == [FIRST, "Who wrote the second program?"]
        assert here.sidecar.replace('colour = "blue"', 'colour = "yellow"') != before
        assert 'colour = "blue"' in here.sidecar


async def test_marks_on_a_damaged_file_wait_until_it_is_mended(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        whole = here.sidecar
        sidecar(here).write_text("not toml")
        await here.press("j", "m")
        assert here.sidecar == "not toml"
        assert "1 not saved" in here.screen()
        sidecar(here).write_text(whole)
        await here.wait_for(lambda: len(marked_now(here)) == 2)
        assert marked(here) == [FIRST, "Who wrote the second program?"]


async def test_a_damaged_file_is_restored_with_one_key_and_nothing_is_lost(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "m")
        sidecar(here).write_text("not toml")
        await here.press("j", "m")
        assert "R restores the file from its backup" in here.screen()
        await here.press("R")
        assert len(marked(here)) == 3
        assert "the damaged one is heard.highlights.toml.damaged" in here.screen()
        assert here.path.with_name("heard.highlights.toml.damaged").read_text() == "not toml"
        assert "not saved ·" not in here.screen()
        await here.press("R")
        assert "Nothing to restore" in here.screen()


async def test_a_file_that_was_damaged_before_the_start_is_restored_as_it_was_before(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "m")
    sidecar(here).write_text(here.sidecar.replace("[end]\n", ""))
    async with reading() as here:
        assert "cut short" in here.screen()
        await here.press("j", "m", "R")
        assert marked(here) == [FIRST, "Somebody who had read the first."]


async def test_a_lock_held_by_another_does_not_delay_the_reader(reading: Open) -> None:
    async with reading() as here:
        with locked(sidecar(here)):
            await here.press("j", "m")
            assert "another program has been writing" in here.screen()
            assert "1 not saved" in here.screen()
        await here.wait_for(lambda: marked_now(here) == [FIRST])


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is refused to root")
async def test_notes_in_a_read_only_folder_keep_their_marks_in_the_state_folder(reading: Open) -> None:
    async with reading() as here:
        here.path.parent.chmod(0o500)
        try:
            await here.press("j", "m")
            assert "give yourself the right" in here.screen()
        finally:
            here.path.parent.chmod(0o700)


async def test_quitting_asks_and_the_next_start_takes_up_what_was_not_saved(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m", "q")
        assert "1 change is not saved" in here.screen()
        assert "Start earmark again to save it" in here.screen()
        await here.press("escape")
        assert not isinstance(here.app.screen, Leaving)
        await here.press("q", "r")
        assert isinstance(here.app.screen, Leaving)
        await here.pilot.press("q")
        assert here.app._exit
    blocked.rmdir()
    async with reading() as here:
        await here.wait_for(lambda: marked_now(here) == [FIRST])
        assert "not saved ·" not in here.screen()
    async with reading() as here:
        assert "1 highlight" in here.screen()
    assert not list((here.path.parent.parent / "state").rglob("unsaved/*"))


async def test_quitting_with_all_saved_after_all_does_not_ask(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m")
        blocked.rmdir()
        await here.press("q")
        assert here.app._exit
        assert marked(here) == [FIRST]


async def test_changes_that_would_be_lost_are_named_before_quitting(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("a file where the folder belongs")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no folder"))
    async with reading() as here:
        block_saving(here)
        await here.press("j", "m", "q")
        assert "Quitting now loses it" in here.screen()


async def test_an_edit_of_the_notes_moves_unsaved_marks_as_well(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m")
        here.path.write_text(here.path.read_text().replace("- The first", "- Something new.\n- The first"))
        await here.wait_for(lambda: "Something new." in here.screen())
        blocked.rmdir()
        await here.press("u", "ctrl+r")
        assert marked(here) == [FIRST]


async def test_unsaved_changes_of_renamed_notes_are_found_again(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m", "j", "2")
    blocked.rmdir()
    renamed = here.path.with_name("talks.md")
    here.path.rename(renamed)
    app = Reader(Opened(str(renamed), Config()))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert list(app.cx.panes.bullets.highlights) == [(0, 1), (0, 2)]
    assert renamed.with_suffix(".highlights.toml").read_text().count("[[highlight]]") == 2
    assert not list((here.path.parent.parent / "state").rglob("unsaved/*"))


async def test_unsaved_changes_of_other_vanished_notes_stay_where_they_are(reading: Open) -> None:
    async with reading() as here:
        blocked = block_saving(here)
        await here.press("j", "m")
    blocked.rmdir()
    here.path.unlink()
    other = here.path.with_name("other.md")
    other.write_text("# Other\n\n- quite other words\n- and more of them\n")
    app = Reader(Opened(str(other), Config()))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert app.cx.store.unsaved == 0
    assert len(list((here.path.parent.parent / "state").rglob("unsaved/*"))) == 1


async def test_comment_whose_block_went_while_it_was_typed_is_asked_for_again_before_quitting(reading: Open) -> None:
    async with reading() as here:
        await here.pilot.press("j", "a", *"words")
        async with here.app.cx.store.turn:
            here.path.write_text("# Another note\n\n- Nothing that was here before is left of it.\n")
            await wait_until(lambda: any(worker.group == "refresh" for worker in here.app.workers))
            for key in ("ctrl+s", "q"):
                here.app.post_message(Key(key, None))
            await wait_until(lambda: any(worker.group == "changes" for worker in here.app.workers))
        await here.settle()
        assert here.app.is_running
        assert isinstance(here.app.screen, WritingDialog)
        assert "words" in here.screen()
        assert not here.sidecar


async def test_a_window_that_is_only_opening_can_be_told_that_its_text_is_not_kept(reading: Open) -> None:
    async with reading() as here:
        for window in (Prompt("Comment:", keys_of({})), WritingDialog("Answer", "Why?", "", keys_of({}))):
            window.show_fault("the disk is full")
            here.app.push_screen(window)
            window.show_fault("the disk is full")
            await here.pilot.pause()
            window.show_fault("the disk is full")
            await here.pilot.pause()
            assert "Not kept: the disk is full" in here.screen()


async def test_quitting_asks_while_a_mark_waits_and_ends_by_itself_once_it_is_saved(reading: Open) -> None:
    async with reading() as here:
        async with here.app.cx.store.turn:
            for key in ("j", "m", "q"):
                here.app.post_message(Key(key, key))
            await wait_until(lambda: "1 change is not saved yet" in here.screen())
        await wait_until(lambda: not here.app.is_running)
        assert marked(here) == [FIRST]


async def test_a_reader_who_does_not_wait_for_a_mark_quits_or_stays(reading: Open) -> None:
    async with reading() as here, here.app.cx.store.turn:
        for answer in ("escape", "q"):
            for key in ("j", "m", "q"):
                here.app.post_message(Key(key, key))
            await wait_until(lambda: isinstance(here.app.screen, Leaving))
            here.app.post_message(Key(answer, None))
            await wait_until(lambda: not isinstance(here.app.screen, Leaving))
            assert here.app.is_running or answer == "q"
        await wait_until(lambda: not here.app.is_running)


async def test_quitting_while_a_mark_waits_leaves_it_to_the_next_start(reading: Open) -> None:
    async with reading() as here, here.app.cx.store.turn:
        for key in ("j", "m", "q"):
            here.app.post_message(Key(key, key))
        await wait_until(lambda: "start earmark again later to save it" in here.screen())
        here.app.post_message(Key("q", "q"))
        await wait_until(lambda: not here.app.is_running)
        assert marked(here) == []
    async with reading() as here:
        await here.wait_for(lambda: marked(here) == [FIRST])


async def test_quitting_while_a_mark_waits_warns_if_it_cannot_be_kept_either(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("a file where the folder belongs")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no folder"))
    async with reading() as here, here.app.cx.store.turn:
        for key in ("j", "m", "q"):
            here.app.post_message(Key(key, key))
        await wait_until(lambda: isinstance(here.app.screen, Leaving))
        here.app.post_message(Key("q", "q"))
        await wait_until(lambda: "Quitting now loses it" in here.screen())
        here.app.post_message(Key("escape", None))
        await wait_until(lambda: not isinstance(here.app.screen, Leaving))
        assert here.app.is_running


async def test_mark_kept_while_it_is_planned_has_the_id_under_which_it_is_saved(reading: Open, tmp_path: Path) -> None:
    async with reading() as here:
        cx, begun, goes_on = here.app.cx, threading.Event(), threading.Event()
        target = current.target(cx)
        assert target is not None

        def plan(state: State, places: tuple[Place, ...]) -> Step:
            begun.set()
            goes_on.wait()
            session = cx.store.session
            return highlighting.making(
                state,
                target.note.path,
                places,
                Colour.YELLOW,
                lambda made: made,
                new_id=session.new_id(),
                now=session.now(),
            )

        outcome = cx.store.submit(Change.at(target, plan))
        await asyncio.to_thread(begun.wait)
        keeping = asyncio.ensure_future(asyncio.to_thread(cx.store.keep_waiting))
        goes_on.set()
        assert await keeping
        await outcome
        ids = [table["id"] for table in tomllib.loads(here.sidecar)["highlight"]]
        kept = [tomllib.loads(path.read_text()) for path in (tmp_path / "state").rglob("unsaved/*")]
        assert [record["id"] for each in kept for record in each["after"]["highlight"]] == ids
