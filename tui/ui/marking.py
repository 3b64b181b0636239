"""The change that a highlighting key makes, whether the reader or the first frame is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.state import current_highlight, highlighting
from tui.ui.store import Change

if TYPE_CHECKING:
    from tui.core.annotations.changes import Step
    from tui.core.annotations.choices import Colour
    from tui.core.layout.selection import Selection
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.store import Store, Target


def marking(
    store: Store,
    target: Target,
    colour: Colour | None,
    named: str,
    picked: str = "",
    selection: Selection | None = None,
) -> Change:
    """Highlight the phrase or block of a target, or else recolour or remove its current highlight.

    Args:
        store: Its session tells the time and the id.
        target: The phrase or block.
        colour: The requested colour; None to toggle.
        named: The reader's name for it, or for the first one.
        picked: The id of the highlight that the reader picked, if any.
        selection: The selected phrase; None for the block.
    """
    path = target.note.path

    def plan(state: State, here: tuple[Place, ...]) -> Step | None:
        # Not earlier: the session may not be imported yet, and the key would wait for that.
        now, new_id = store.session.now(), store.session.new_id()
        if selection is None:
            return current_highlight.acting(state, path, here[0], picked, colour, named, new_id=new_id, now=now)
        if selection.adjusts:
            return current_highlight.resizing(state, path, selection.adjusts, here, colour, named, now)
        return highlighting.marking(state, path, here, colour, named, new_id=new_id, now=now)

    is_resized = selection is not None and selection.adjusts and not colour
    return Change.at(target, plan, "Highlight unchanged" if is_resized else f"Already {named}")
