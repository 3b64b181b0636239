"""Edits of the notes appear by themselves, and the reader keeps the position."""

from __future__ import annotations

import asyncio
import gc
import math
import os
import threading
import tomllib
from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from tests.bench.marked import write_highlights
from tests.ui.conftest import wait_until
from tui.core.search.bookmark import Bookmark
from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui.app import Reader
from tui.ui.input import keyboard
from tui.ui.lists.facts import facts
from tui.ui.loading import SOME, some_of
from tui.ui.navigation_history import NextLibrary

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.ui.conftest import Open
    from tui.core.pieces import Pieces
    from tui.core.state.model import State
    from tui.files.library import Piece
    from tui.ui.display import Prepared
    from tui.ui.store import Follow

LONG = "# Long\n\n" + "\n".join(f"- bullet number {number} of this long note" for number in range(120)) + "\n"


def replace_file(path: Path, text: str) -> None:
    """Save as most editors do, by renaming a new file over the old one."""
    other = path.with_name("other.tmp")
    other.write_text(text)
    os.replace(other, path)


async def test_a_saved_edit_is_on_screen_by_itself(reading: Open) -> None:
    async with reading() as here:
        replace_file(here.path, here.path.read_text().replace("looms and cards", "looms and punched cards"))
        await here.wait_for(lambda: "punched" in here.screen() and "1 bullet changed" in here.screen())


async def test_a_moved_bullet_is_reported_as_moved(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j")
        text, lines = here.text, here.path.read_text().splitlines(keepends=True)
        taken = next(line for line in lines if text in line)
        replace_file(here.path, "".join(line for line in lines if line is not taken) + taken)
        await here.wait_for(lambda: "1 bullet moved" in here.screen())
        assert here.text == text
        assert here.app.cx.panes.bullets.cursor.section == 2


async def test_no_full_collection_delays_keys_while_a_large_edit_is_followed(reading: Open) -> None:
    note = "# Long\n\n" + "\n".join(f"- bullet number {number} of this long note" for number in range(6_000)) + "\n"
    in_threads: list[int] = []

    def collected(phase: str, facts: dict[str, int]) -> None:
        if phase == "start" and threading.current_thread() is not threading.main_thread():
            in_threads.append(facts["generation"])

    async with reading(note) as here:
        await here.wait_for(lambda: here.app.cx.store.complete.is_set())
        gc.freeze()
        gc.collect()
        gc.enable()
        gc.callbacks.append(collected)
        try:
            replace_file(here.path, note.replace("of this long note", "of the very same note"))
            await here.wait_for(lambda: "very same note" in here.screen())
        finally:
            gc.callbacks.remove(collected)
        assert gc.isenabled()
    assert 2 not in in_threads


async def test_the_cursor_stays_on_its_block_and_row(reading: Open) -> None:
    async with reading(LONG, size=(100, 30)) as here:
        for _ in range(3):
            await here.press("space")
        text, row = here.text, here.app.cx.panes.bullets.cursor_row
        lines = here.path.read_text().split("\n")
        lines[4:4] = [f"- something new {number}" for number in range(7)]
        replace_file(here.path, "\n".join(lines))
        await here.wait_for(lambda: here.app.cx.panes.bullets.episodes[0].body.source.count("new") == 7)
        assert (here.text, here.app.cx.panes.bullets.cursor_row) == (text, row)


async def test_the_cursor_follows_its_block_to_another_episode(reading: Open) -> None:
    async with reading() as here:
        await here.press("j")
        line = "- The first bullet is about looms and cards.\n"
        text = here.path.read_text().replace(line, "") + "\n" + line
        replace_file(here.path, text)
        await here.wait_for(lambda: here.app.cx.panes.bullets.cursor.section == 2)
        assert here.text == "The first bullet is about looms and cards."


async def test_a_cursor_whose_block_is_gone_goes_to_a_neighbour(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j")
        replace_file(here.path, here.path.read_text().replace("- Who wrote the second program?\n", ""))
        await here.wait_for(lambda: "Who wrote" not in here.screen())
        assert here.text in ("Somebody who had read the first.", "The first bullet is about looms and cards.")


async def test_a_highlight_follows_its_block(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        line = "- The first bullet is about looms and cards.\n"
        text = here.path.read_text()
        replace_file(here.path, text.replace(line, "").replace("### Endings\n", "### Endings\n\n" + line))
        await here.wait_for(lambda: min(here.app.cx.panes.bullets.highlights).block > 4)
        (position,) = here.app.cx.panes.bullets.highlights
        block = here.app.cx.store.state.block(position)
        assert block is not None
        assert block.text == "The first bullet is about looms and cards."


async def test_a_deleted_highlight_is_an_orphan_and_back_when_its_text_is(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        before = here.path.read_text()
        replace_file(here.path, before.replace("- The first bullet is about looms and cards.\n", ""))
        await here.wait_for(lambda: "1 highlight needs you" in here.screen())
        assert here.app.cx.panes.bullets.highlights == {}
        assert "looms" in here.sidecar
        replace_file(here.path, before)
        await here.wait_for(lambda: here.app.cx.panes.bullets.highlights != {})


async def test_an_emptied_file_is_reported_and_its_text_stays_on_screen(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        text = here.path.read_text()
        here.path.write_text("")
        await here.wait_for(lambda: "empty" in here.screen())
        assert len(here.app.cx.panes.bullets.highlights) == 1
        here.path.write_text(text.replace("looms", "weaving looms"))
        await here.wait_for(lambda: "weaving looms" in here.screen())
        assert "heard.md is back" in here.screen()


async def test_another_programs_highlight_appears(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        sidecar = here.path.with_suffix(".highlights.toml")
        replace_file(sidecar, sidecar.read_text().replace('"yellow"', '"blue"'))
        await here.wait_for(
            lambda: (
                [mark.colour for annotations in here.app.cx.panes.bullets.highlights.values() for mark in annotations]
                == ["blue"]
            )
        )


async def test_undo_works_across_an_edit_of_the_notes(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "m")
        replace_file(here.path, here.path.read_text().replace("### Beginnings\n", "### Beginnings\n\n- Put above.\n"))
        await here.wait_for(lambda: "Put above." in here.screen())
        await here.press("u")
        (position,) = here.app.cx.panes.bullets.highlights
        block = here.app.cx.store.state.block(position)
        assert block is not None
        assert block.text == "The first bullet is about looms and cards."


async def test_a_phrase_being_chosen_survives_an_edit_elsewhere(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e")
        replace_file(here.path, here.path.read_text().replace("### Beginnings\n", "### Beginnings\n\n- Put above.\n"))
        await here.wait_for(lambda: "Put above." in here.screen())
        await here.press("2")
        assert 'exact = "first"' in here.sidecar


async def test_a_new_file_in_a_folder_is_listed(reading: Open, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- first\n")
    (folder / "two.md").write_text("# Two\n\n- second\n")
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.6)
        assert len(app.cx.panes.episodes.entries) == 2
        (folder / "three.md").write_text("# Three\n\n- third\n")
        await wait_until(lambda: len(app.cx.panes.episodes.entries) == 3)


async def test_several_paths_are_one_library_that_follows_each_of_them(reading: Open, tmp_path: Path) -> None:
    async with reading("# Heard\n\n- first\n") as here:
        beside, inner = here.path.with_name("walks.md"), tmp_path / "inner"
        beside.write_text("# Walks\n\n- second\n")
        here.path.with_name("left-out.md").write_text("# Left out\n\n- o\n")
        inner.mkdir()
        (inner / "deep.md").write_text("# Deep\n\n- third\n")
        opened = Opened(str(tmp_path), Config(), (str(here.path), str(beside), str(inner)))
    async with reading(onward=NextLibrary(opened, (), ())) as here:
        assert [entry.title for entry in here.app.cx.panes.episodes.entries] == ["Deep", "Heard", "Walks"]
        await here.press("G", "m")
        assert 'exact = "second"' in beside.with_suffix(".highlights.toml").read_text()
        replace_file(beside, "# Walks\n\n- second\n- added beside\n")
        await here.wait_for(lambda: "added beside" in here.screen())
        (inner / "new.md").write_text("# New\n\n- added in a folder\n")
        await here.wait_for(lambda: "added in a folder" in here.screen())
        (here.path.with_name("stray.md")).write_text("# Stray\n\n- stray\n")
        replace_file(here.path, "# Heard\n\n- first again\n")
        await here.wait_for(lambda: "first again" in here.screen())
        assert "stray" not in here.screen()


async def test_the_reader_returns_to_the_block_and_row_left(reading: Open) -> None:
    async with reading(LONG, size=(100, 30)) as here:
        for _ in range(3):
            await here.press("space")
        await here.press("j")
        text, row = here.text, here.app.cx.panes.bullets.cursor_row
    async with reading(LONG, size=(100, 30)) as here:
        assert (here.text, here.app.cx.panes.bullets.cursor_row) == (text, row)


async def test_the_reader_returns_to_the_block_though_the_notes_were_edited_meanwhile(reading: Open) -> None:
    async with reading(LONG, size=(100, 30)) as here:
        await here.press("space", "space")
        text = here.text
    replace_file(here.path, here.path.read_text().replace("# Long\n", "# Long\n\n- above\n- all\n"))
    async with reading(size=(100, 30)) as here:
        assert here.text == text


async def test_a_highlight_finds_its_text_that_was_reworded_while_nobody_read(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
    replace_file(here.path, here.path.read_text().replace("is about looms and cards", "tells of looms, and of cards"))
    async with reading() as here:
        (position,) = here.app.cx.panes.bullets.highlights
        block = here.app.cx.store.state.block(position)
        assert block is not None
        assert block.text == "The first bullet tells of looms, and of cards."


async def test_the_theme_chosen_is_kept(reading: Open) -> None:
    async with reading() as here:
        await here.press("T")
    async with reading() as here:
        assert here.app.theme == "earmark-light"


async def test_a_renamed_note_keeps_its_highlights(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m", "j", "2")
    renamed = here.path.with_name("talks.md")
    here.path.rename(renamed)
    app = Reader(Opened(str(renamed), Config()))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert list(app.cx.panes.bullets.highlights) == [(0, 1), (0, 2)]
        await pilot.press("j", "m")
        await app.workers.wait_for_complete()
    assert "talks.md" in renamed.with_suffix(".highlights.toml").read_text()
    assert not here.path.with_suffix(".highlights.toml").exists()


async def test_the_next_change_brings_selectors_up_to_date_and_keeps_the_words_first_marked(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "m")
        first = here.sidecar
        replace_file(here.path, here.path.read_text().replace("is about looms and cards", "tells of looms and cards"))
        await here.wait_for(lambda: "tells of looms" in here.screen())
        assert here.sidecar == first, "a reload writes nothing"
        await here.press("j", "m")
        part = tomllib.loads(here.sidecar)["highlight"][0]["part"][0]
        assert part["exact"] == "The first bullet tells of looms and cards."
        assert part["quoted"] == "The first bullet is about looms and cards."


async def test_the_readers_name_of_a_colour_is_shown_at_the_cursor(reading: Open) -> None:
    async with reading(config=Config(colours={"green": "key idea"})) as here:
        await here.press("j", "2")
        assert "key idea" in here.screen()


async def test_highlights_over_the_same_words_are_both_kept_and_both_seen(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "1", "v", "w", "v", "e", "3")
        (annotations,) = here.app.cx.panes.bullets.highlights.values()
        assert [mark.colour for mark in annotations] == ["yellow", "blue"]
        assert "▎▎" in here.screen() or "13" in here.screen()


async def test_no_watching_begins_once_the_reader_ends(reading: Open) -> None:
    async with reading() as here:
        app = here.app
    await app.cx.loader.watch()  # as its timer does where it runs out just then
    assert "watch" not in [thread.name for thread in threading.enumerate()]


LARGE = "".join(f"# Talk {number}\n\n" + f"- a bullet of talk {number}\n" * 500 + "\n" for number in range(60))


async def test_a_large_note_is_there_at_once_and_grows(reading: Open) -> None:
    async with reading(LARGE, size=(100, 30)) as here:
        await here.wait_for(lambda: len(here.app.cx.panes.bullets.episodes) == 60)
        await here.press("G", "m")
        assert "a bullet of talk 59" in here.sidecar
    async with reading(size=(100, 30)) as here:
        await here.wait_for(lambda: here.app.cx.panes.bullets.cursor.section == 59)
        assert len(here.app.cx.panes.bullets.highlights) == 1


async def test_a_phrase_whose_words_are_edited_away_is_not_chosen_any_more(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e")
        replace_file(here.path, here.path.read_text().replace("The first bullet is", "This other bullet is"))
        await here.wait_for(lambda: "This other" in here.screen())
        assert here.app.cx.panes.bullets.selection is None


@pytest.mark.parametrize("key", ["m", "2", "a"])
@pytest.mark.parametrize("gone", ["words", "bullet"])
async def test_a_key_right_after_an_edit_that_took_its_phrase_or_bullet_away_does_nothing(
    reading: Open, gone: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "REACTION", 3600.0)
    async with reading() as here:
        await here.press("j", *("v", "w", "v", "e")[: 4 * (gone == "words")])
        new = "- This other bullet is" if gone == "words" else ""
        old = "- The first bullet is" if gone == "words" else "- The first bullet is about looms and cards.\n"
        replace_file(here.path, here.path.read_text().replace(old, new))
        await here.wait_for(lambda: "The first" not in here.screen())
        await here.press(key)
        assert "The notes just changed: nothing was done" in here.screen()
        assert not here.sidecar
        monkeypatch.setattr(keyboard, "REACTION", 0.0)
        await here.press("m")
        assert here.sidecar.count("[[highlight]]") == 1


@pytest.mark.parametrize(
    ("old", "new"), [("about looms", "on looms"), ("### Beginnings\n", "### Beginnings\n\n- new\n")]
)
async def test_a_key_right_after_an_edit_that_left_its_bullet_there_is_obeyed(
    reading: Open, old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "REACTION", 3600.0)
    async with reading() as here:
        await here.press("j")
        replace_file(here.path, here.path.read_text().replace(old, new))
        await here.wait_for(lambda: new.split()[1] in here.screen())
        await here.press("m")
        assert 'looms and cards."' in here.sidecar


async def test_a_phrase_moves_with_an_edit_in_front_of_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e")
        replace_file(here.path, here.path.read_text().replace("- The first", "- Note that the first"))
        await here.wait_for(lambda: "Note that" in here.screen())
        await here.press("2")
        assert 'exact = "first"' in here.sidecar


async def test_a_folder_whose_notes_all_go_and_come_back_is_read_on(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- first\n")
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.6)
        (folder / "one.md").unlink()
        await wait_until(lambda: not app.cx.panes.bullets.episodes)
        await pilot.resize_terminal(90, 30)
        await pilot.press("j", "m", "v", "G", "right_square_bracket")
        (folder / "two.md").write_text("# Two\n\n- second\n")
        await wait_until(lambda: app.cx.panes.bullets.episodes)
        assert [episode.title for episode in app.cx.panes.bullets.episodes] == ["Two"]


async def test_the_highlight_of_a_note_that_is_renamed_is_counted_once(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n- first\n- second\n")
    (folder / "two.md").write_text("# Two\n\n- third\n")
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("m")
        await app.workers.wait_for_complete()
        (folder / "one.md").rename(folder / "three.md")

        def names() -> list[str]:
            return sorted(os.path.basename(note.path) for note in app.cx.store.state.library.notes)

        await wait_until(lambda: names() == ["three.md", "two.md"] and app.cx.panes.bullets.highlights)
        assert "1 highlight" in facts(app.cx.store.state)
        assert sum(map(len, app.cx.panes.bullets.highlights.values())) == 1


def write_many(folder: Path, count: int) -> None:
    """Write notes, and five highlights for each but the first."""
    folder.mkdir()
    for number in range(count):
        note = folder / f"walk {number:04}.md"
        note.write_text("".join(f"- stop {line} of walk {number:04}\n" for line in range(20)))
    write_highlights(note, 5)
    made = note.with_suffix(".highlights.toml").read_text()
    for number in range(1, count - 1):
        own = made.replace(f"{count - 1:04}", f"{number:04}")
        (folder / f"walk {number:04}.highlights.toml").write_text(own)


async def test_a_mark_does_not_wait_for_the_highlights_of_other_notes(tmp_path: Path) -> None:
    folder, count = tmp_path / "many", 300
    write_many(folder, count)
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("j", "m"):
            app.post_message(Key(key, key))
        while not (folder / "walk 0000.highlights.toml").exists():
            await asyncio.sleep(0.001)
        assert len(app.cx.store.state.annotations) < count / 2
        await app.cx.store.complete.wait()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert facts(app.cx.store.state).count(f"{5 * (count - 1) + 1:,} highlights") == 1


@pytest.mark.parametrize("key", ["m", "u"])
async def test_a_change_does_not_wait_until_the_highlights_of_all_notes_are_shown(tmp_path: Path, key: str) -> None:
    folder, count = tmp_path / "many", 100
    write_many(folder, count)
    sidecar = folder / "walk 0001.highlights.toml"
    app = Reader(Opened(str(folder), Config()))
    prepare, is_reached, is_changed = app.prepare, asyncio.Event(), asyncio.Event()

    async def held_up(state: State, follow: Follow) -> Prepared:
        if len(state.annotations) >= count - 1:
            is_reached.set()
            await is_changed.wait()
        return await prepare(state, follow)

    app.prepare = held_up  # type: ignore[method-assign]  # as with so many notes that it takes long
    async with app.run_test(size=(100, 30)) as pilot, asyncio.timeout(60):
        await is_reached.wait()
        before = sidecar.read_text()
        app.cx.panes.bullets.next_episode(1)
        app.post_message(Key(key, key))
        while sidecar.read_text() == before if key == "m" else not app.cx.store.pending:
            await asyncio.sleep(0.001)
        is_changed.set()
        await app.cx.store.complete.wait()
        await app.workers.wait_for_complete()
        await pilot.pause()
        expected = 5 * (count - 1) + (1 if key == "m" else 0)
        assert f"{expected:,} highlights" in app.cx.indexer.overview.facts
        assert {position.section for position in app.cx.display.highlights} == {*range(1, count)}


async def test_notes_changed_together_are_excluded_from_collections_that_would_delay_keys(tmp_path: Path) -> None:
    folder, count = tmp_path / "many", 40
    write_many(folder, count)
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(100, 30)):
        await app.cx.store.complete.wait()
        await app.workers.wait_for_complete()
        assert gc.isenabled()
        for note in app.cx.store.state.library.notes:
            app.cx.loader._take(note.path, (note.source.encode() + b"- one more stop\n",), False)
        while not all("one more" in note.source for note in app.cx.store.state.library.notes):
            await asyncio.sleep(0.01)
        await app.workers.wait_for_complete()
        changed = {id(episode.body) for episode in app.cx.store.state.episodes}
        assert [each for each in gc.get_objects() if id(each) in changed] == []


async def test_many_changed_notes_are_read_between_keys(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_many(folder, 40)
    app = Reader(Opened(str(folder), Config()))
    async with app.run_test(size=(100, 30)):
        await app.cx.store.complete.wait()
        await app.workers.wait_for_complete()
        loader, asked = app.cx.loader, 0

        def idle_for() -> float:
            nonlocal asked
            asked += 1
            return 0.0 if asked < 4 else math.inf

        loader.idle_for = idle_for
        for note in app.cx.store.state.library.notes:
            loader._take(note.path, (note.source.encode() + b"- one more stop\n",), False)
        while not all("one more" in note.source for note in app.cx.store.state.library.notes):
            await asyncio.sleep(0.01)
        await app.workers.wait_for_complete()
        assert asked >= 4


def test_the_current_note_is_read_before_others_that_changed_with_it() -> None:
    arrived: dict[str, Pieces | None] = {f"{number}.md": () for number in range(2 * SOME)}
    here = f"{2 * SOME - 1}.md"
    assert list(some_of(arrived, here)) == [here, *(f"{number}.md" for number in range(SOME))]
    assert list(some_of(arrived, "other.md")) == [f"{number}.md" for number in range(SOME)]


async def test_a_mark_does_not_wait_for_other_notes_to_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_many(folder, 250)
    opened, is_marked = Opened(str(folder), Config()), threading.Event()
    assert len(opened.library.notes) < 250

    def once_marked(pieces: Generator[Piece, bool]) -> Generator[Piece, bool]:
        assert is_marked.wait(60)
        yield from pieces

    opened.pieces = once_marked(opened.pieces)
    app = Reader(opened)
    async with app.run_test(size=(100, 30)):
        for key in ("j", "m"):
            app.post_message(Key(key, key))
        while not (folder / "walk 0000.highlights.toml").exists():
            await asyncio.sleep(0.001)
        assert len(app.cx.store.state.library.notes) < 250
        is_marked.set()
        await app.cx.store.complete.wait()
        assert len(app.cx.store.state.library.notes) == 250
        assert len(app.cx.store.state.annotations_of(str(folder / "walk 0000.md")).highlights) == 1


def held_back(opened: Opened) -> threading.Event:
    """Delay reading the rest of the notes until the event is set."""
    is_shown = threading.Event()

    def once_shown(pieces: Generator[Piece, bool]) -> Generator[Piece, bool]:
        assert is_shown.wait(60)
        yield from pieces

    opened.pieces = once_shown(opened.pieces)
    return is_shown


async def test_the_highlights_of_the_current_note_are_shown_before_other_notes_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_many(folder, 250)
    (folder / "walk 0000.md").unlink()
    opened = Opened(str(folder), Config())
    is_shown = held_back(opened)
    app = Reader(opened)
    async with app.run_test(size=(100, 30)):
        while not app.cx.panes.bullets.highlights:
            await asyncio.sleep(0.001)
        assert {position.section for position in app.cx.panes.bullets.highlights} == {0}
        is_shown.set()
        await app.cx.store.complete.wait()
        assert {position.section for position in app.cx.display.highlights} == set(range(249))


async def test_a_large_folder_opens_where_the_reader_left_it_before_all_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_many(folder, 450)
    left = Bookmark("walk 0300", "stop 7 of walk 0300", 8, 5)
    Opened(str(folder), Config()).keep_bookmark(left, str(folder / "walk 0300.md"))
    opened = Opened(str(folder), Config())
    is_shown = held_back(opened)
    app = Reader(opened)
    async with app.run_test(size=(100, 30)):
        bullets = app.cx.panes.bullets
        while bullets.block is None or bullets.block.text != "stop 7 of walk 0300":
            await asyncio.sleep(0.001)
        assert len(app.cx.store.state.library.notes) < 450
        is_shown.set()
        await app.cx.store.complete.wait()
        assert (bullets.block.text, bullets.cursor.section) == ("stop 7 of walk 0300", 300)
        assert len(app.cx.store.state.library.notes) == 450


async def test_the_end_of_a_folder_is_reached_before_all_notes_in_between_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_many(folder, 450)
    opened, is_wished, is_shown = Opened(str(folder), Config()), threading.Event(), threading.Event()

    def once_wished(pieces: Generator[Piece, bool]) -> Generator[Piece, bool]:
        assert is_wished.wait(60)
        piece = next(pieces)
        while not piece.has_end:
            piece = pieces.send((yield piece))
        wants_end = yield piece
        assert is_shown.wait(60)
        yield pieces.send(wants_end)
        yield from pieces

    opened.pieces = once_wished(opened.pieces)
    app = Reader(opened)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("G")
        is_wished.set()
        bullets = app.cx.panes.bullets
        while bullets.block is None or "walk 0449" not in bullets.block.text:
            await asyncio.sleep(0.001)
        there, row = bullets.block.text, bullets.cursor_row
        assert len(app.cx.store.state.library.notes) < 450
        is_shown.set()
        await app.cx.store.complete.wait()
        assert [note.path for note in app.cx.store.state.library.notes] == sorted(map(str, folder.glob("*.md")))
        assert (bullets.block.text, bullets.cursor_row) == (there, row)
        assert bullets.cursor.section == 449


async def test_a_mark_in_a_note_whose_highlights_are_not_read_yet_keeps_and_shows_them(tmp_path: Path) -> None:
    folder, count = tmp_path / "many", 300
    write_many(folder, count)
    app = Reader(Opened(str(folder), Config()))
    sidecar = folder / f"walk {count - 1:04}.highlights.toml"
    async with app.run_test(size=(100, 30)):
        while len(app.cx.store.state.library.notes) < count:
            await asyncio.sleep(0.001)
        for key in ("G", "m"):
            app.post_message(Key(key, key))
        while sidecar.read_text().count("[[highlight]]") == 5:
            await asyncio.sleep(0.001)
        await app.cx.store.complete.wait()
        await app.workers.wait_for_complete()
        assert sidecar.read_text().count("[[highlight]]") == 6
        assert facts(app.cx.store.state).count(f"{5 * (count - 1) + 1:,} highlights") == 1


async def test_dragging_over_an_edit_of_the_notes_chooses_nothing(reading: Open) -> None:
    async with reading() as here:
        bullets = here.app.cx.panes.bullets
        await here.press("j", "j", "j")
        row = bullets.cursor_row + 1
        await here.pilot.mouse_down("#bullets", offset=(12, row))
        replace_file(here.path, "# What\n\n- a bullet as long as the one before\n- another bullet\n")
        await here.wait_for(lambda: len(here.app.cx.store.state.episodes) == 1)
        row = bullets.cursor_row + 1
        for x in (13, 15):
            await here.pilot.hover("#bullets", offset=(x, row))
        await here.settle()
        assert bullets.selection is None
        await here.pilot.mouse_up("#bullets", offset=(15, row))
        await here.pilot.mouse_down("#bullets", offset=(12, row))
        await here.pilot.hover("#bullets", offset=(15, row))
        await here.settle()
        assert bullets.selection is not None


async def test_the_bounds_being_changed_move_with_an_edit_in_front_of_them(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "w", "v", "e", "2", "V")
        replace_file(here.path, here.path.read_text().replace("- The first", "- Note that the first"))
        await here.wait_for(lambda: "Note that" in here.screen())
        await here.press("e", "m")
        assert 'exact = "first bullet"' in here.sidecar
