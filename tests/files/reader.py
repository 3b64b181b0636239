"""One earmark on a path, without a screen, and places in its notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import Address, Place, Span
from tui.core.state import highlighting
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
from tui.files.sidecar import store

if TYPE_CHECKING:
    from tui.core.annotations.changes import Step
    from tui.core.annotations.choices import Colour

TEXT = """\
# Talks

## Ada on The Compiler (1/1)

- alpha beta gamma delta
- the same words again
- something in between
- the same words again

## Bob on The Compiler (2/2)

- another bullet altogether
"""


class Reader:
    """One earmark on a path, without a screen."""

    def __init__(self, path: Path, config: Config | None = None) -> None:
        opened = Opened(str(path), config or Config())
        self.session = Session(opened)
        self.state = self.session.read_sidecars(State(opened.library))

    @property
    def path(self) -> str:
        return self.state.library.notes[0].path

    def do(self, step: Step | None) -> None:
        assert step is not None
        self.state = highlighting.after(self._written(step), step)

    def _written(self, step: Step) -> State:
        return self.session.saving.write(highlighting.with_step_unsaved(self.state, step), step.note)

    def undo(self) -> None:
        step = highlighting.undoing(self.state)
        assert step is not None
        self.state = highlighting.after_undo(self._written(step), step)

    def redo(self) -> None:
        step = highlighting.redoing(self.state)
        assert step is not None
        self.state = highlighting.after_redo(self._written(step), step)

    def mark(self, place: Place, colour: Colour | None = None, path: str = "") -> str:
        new_id = self.session.new_id()
        now = self.session.now()
        self.do(highlighting.marking(self.state, path or self.path, [place], colour, new_id=new_id, now=now))
        return new_id

    def put(self, highlight_id: str, place: Place) -> None:
        self.do(highlighting.placing(self.state, self.path, highlight_id, [place], "placed", self.session.now()))

    def see(self, file: Path) -> None:
        """Handle a changed file, as if the watcher had reported it."""
        data = (file.read_bytes(),) if file.exists() else None
        self.state = self.session.take_file(self.state, str(file), data).state

    def where(self, highlight_id: str, path: str | None = None) -> list[tuple[int, str]]:
        """The block and words under a highlight; empty if it has no position."""
        path = path or self.path
        anchor = self.state.annotations_of(path).anchors.get(highlight_id)
        if not isinstance(anchor, Anchored):
            return []
        found = []
        for place in anchor.places:
            block = self.state.note(path).block(place.address)
            found.append((place.address.block, block.text[place.span.start : place.span.end]))
        return found

    def written(self) -> dict[str, tuple[str, int]]:
        """The words and the line of each highlight in the file."""
        contents = store.load(store.sidecar_of(Path(self.path)))
        return {each.id: (each.parts[0].exact, each.parts[0].line) for each in contents.highlights}


def at(block: int, start: int = 0, end: int | None = None, episode: int = 0) -> Place:
    sizes = {0: 22, 1: 20, 2: 20, 3: 20}
    return Place(Address(episode, block), Span(start, sizes[block] if end is None else end))
