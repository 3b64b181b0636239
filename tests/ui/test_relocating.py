"""Highlights follow their bullets into other notes while the reader is open, and ask when uncertain."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import wait_until
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import Address, Place, Span
from tui.core.state.highlighting import making
from tui.files.config import Config
from tui.files.opened import Opened
from tui.ui import current
from tui.ui.app import Reader
from tui.ui.store import Change, Target

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.annotations.changes import Step
    from tui.core.state.model import State

FERRY = "the ferry to the outer islands leaves at dawn from the second quay"
FIRST = f"# First\n\n- {FERRY}\n- salt dries faster on the western shelves\n"
SECOND = "# Second\n\n- ropes are tarred twice before the winter storms\n"


def records_in(sidecar: Path) -> int:
    return sidecar.read_text().count("[[highlight]]") if sidecar.exists() else 0


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (folder := tmp_path / "notes").mkdir()
    first, second = folder / "first.md", folder / "second.md"
    first.write_text(FIRST)
    second.write_text(SECOND)
    return first, second


async def test_a_bullet_cut_and_pasted_into_another_note_has_its_highlight_there(notes: tuple[Path, Path]) -> None:
    first, second = notes
    app = Reader(Opened(str(first.parent), Config()))
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.press("j", "k", "m")
        await wait_until(lambda: records_in(first.with_suffix(".highlights.toml")) == 1)
        await wait_until(lambda: app.cx.loader.relocator is not None)
        first.write_text(FIRST.replace(f"- {FERRY}\n", ""))
        second.write_text(SECOND + f"- {FERRY}\n")
        await wait_until(lambda: records_in(second.with_suffix(".highlights.toml")) == 1)
        await wait_until(lambda: records_in(first.with_suffix(".highlights.toml")) == 0)
        await wait_until(lambda: "moved from first.md to second.md" in app.cx.panes.status.message)
        state = app.cx.store.state
        assert [path for path, here in state.annotations.items() if here.highlights] == [str(second)]
        assert len(app.cx.panes.bullets.highlights) == 1


@pytest.mark.parametrize("is_highlighted", [True, False])
async def test_a_comment_on_a_bullet_that_moves_while_it_is_typed_goes_along(
    notes: tuple[Path, Path], is_highlighted: bool
) -> None:
    first, second = notes
    app = Reader(Opened(str(first.parent), Config()))
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.press("j", "k", *["m"] * is_highlighted)
        await wait_until(lambda: records_in(first.with_suffix(".highlights.toml")) == int(is_highlighted))
        await wait_until(lambda: app.cx.loader.relocator is not None)
        await pilot.press("a", *"nb")
        first.write_text(FIRST.replace(f"- {FERRY}\n", ""))
        second.write_text(SECOND + f"- {FERRY}\n")
        state = partial(getattr, app.cx.store, "state")
        await wait_until(lambda: len(state().note(str(first)).episodes[0].blocks) == 1)
        await wait_until(lambda: len(state().note(str(second)).episodes[0].blocks) == 2)
        await wait_until(lambda: not is_highlighted or state().annotations_of(str(second)).highlights)
        await pilot.press("ctrl+s")
        await wait_until(second.with_suffix(".highlights.toml").exists)
        await wait_until(lambda: 'comment = "nb"' in second.with_suffix(".highlights.toml").read_text())
        assert records_in(first.with_suffix(".highlights.toml")) == 0


async def test_a_reworded_bullet_elsewhere_is_offered_and_goes_there_once_accepted(
    notes: tuple[Path, Path],
) -> None:
    first, second = notes
    app = Reader(Opened(str(first.parent), Config()))
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.press("j", "k", "m")
        await wait_until(lambda: records_in(first.with_suffix(".highlights.toml")) == 1)
        await wait_until(lambda: app.cx.loader.relocator is not None)
        first.write_text(FIRST.replace(f"- {FERRY}\n", ""))
        second.write_text(SECOND + f"- {FERRY.replace('at dawn', 'before sunrise')}\n")
        await wait_until(lambda: bool(app.cx.store.state.elsewhere))
        await pilot.press("H")
        await app.workers.wait_for_complete()
        pane = app.cx.panes.highlights
        await wait_until(lambda: any("second.md" in entry.details for entry in pane.entries))
        await pilot.press("l", "j", "y")
        await wait_until(lambda: records_in(second.with_suffix(".highlights.toml")) == 1)
        await wait_until(lambda: records_in(first.with_suffix(".highlights.toml")) == 0)
        await wait_until(lambda: app.cx.store.state.annotations_of(str(second)).anchors)
        (anchor,) = app.cx.store.state.annotations_of(str(second)).anchors.values()
        assert isinstance(anchor, Anchored)


async def test_a_reworded_bullet_of_several_takes_along_itself_alone_once_accepted(notes: tuple[Path, Path]) -> None:
    first, second = notes
    sidecars = [note.with_suffix(".highlights.toml") for note in notes]
    app = Reader(Opened(str(first.parent), Config()))
    async with app.run_test(size=(140, 30)) as pilot:
        await wait_until(lambda: app.cx.loader.relocator is not None)
        store = app.cx.store
        target = current.target(app.cx)
        assert target is not None
        (place,) = target.places
        other = Address(place.address.episode, place.address.block + 1)
        salt = target.note.block(other).text
        both = Target(target.note, (place, Place(other, Span(0, len(salt)))))

        def plan(state: State, here: tuple[Place, ...]) -> Step:
            new_id, now = store.session.new_id(), store.session.now()
            return making(state, both.note.path, here, Colour.BLUE, lambda new: new, new_id=new_id, now=now)

        await store.submit(Change.at(both, plan))
        first.write_text("# First\n\n- nothing is left of it\n")
        second.write_text(SECOND + f"- {FERRY.replace('at dawn', 'before sunrise')}\n")
        await wait_until(lambda: bool(store.state.elsewhere))
        await pilot.press("H")
        await app.workers.wait_for_complete()
        pane = app.cx.panes.highlights
        await wait_until(lambda: any("second.md" in entry.details for entry in pane.entries))
        await pilot.press("l", "j", "y")
        await wait_until(lambda: records_in(sidecars[1]) == 1 and salt not in sidecars[1].read_text())
        await wait_until(lambda: FERRY not in sidecars[0].read_text())
        assert salt in sidecars[0].read_text()
        first.write_text(f"# First\n\n- nothing is left of it\n- {salt}\n")
        await wait_until(lambda: bool(app.cx.panes.bullets.highlights))
        assert [records_in(sidecar) for sidecar in sidecars] == [1, 1]


LEDGER = "the ledger is kept by the mate whenever the master of the harbour is away"
ASKS = "# First\n\n- who keeps the ledger of the harbour?\n"


async def test_a_link_follows_its_answer_to_another_note_and_a_doubtful_one_goes_where_the_reader_says(
    notes: tuple[Path, Path],
) -> None:
    first, second = notes
    third = first.with_name("third.md")
    first.write_text(ASKS)
    third.write_text(f"# Third\n\n- nets dry on the wall\n- {LEDGER}\n")
    sidecar = first.with_suffix(".highlights.toml")

    def said() -> str:
        return sidecar.read_text() if sidecar.exists() else ""

    app = Reader(Opened(str(first.parent), Config()))
    async with app.run_test(size=(140, 30)) as pilot:
        await wait_until(lambda: app.cx.loader.relocator is not None)
        await pilot.press("L", "G", "L")
        await wait_until(lambda: 'answered_in = "third.md"' in said())
        third.write_text("# Third\n\n- nets dry on the wall\n")
        second.write_text(SECOND + f"- {LEDGER}\n")
        await wait_until(lambda: 'answered_in = "second.md"' in said())
        await wait_until(lambda: "1 answer followed to second.md" in app.cx.panes.status.message)
        reworded = LEDGER.replace("is kept by the mate", "lies with the mate")
        second.write_text(SECOND)
        third.write_text(f"# Third\n\n- nets dry on the wall\n- {reworded}\n")
        await wait_until(lambda: bool(app.cx.store.state.elsewhere))
        pane = app.cx.panes.questions
        await wait_until(lambda: any(entry.text == reworded for entry in pane.entries))
        await pilot.press("l")
        await app.workers.wait_for_complete()
        pane.cursor = next(number for number, entry in enumerate(pane.entries) if entry.text == reworded)
        await pilot.press("y")
        await wait_until(lambda: 'answered_in = "third.md"' in said() and reworded in said())
        await pilot.press("h", "g", "%")
        await app.workers.wait_for_complete()
        position = app.cx.panes.bullets.cursor
        block = app.cx.store.state.block(position)
        assert block is not None
        assert block.text == reworded
