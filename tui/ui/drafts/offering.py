"""Offering a text whose bullet is gone for the bullet under the cursor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.core.state import highlighting
from tui.core.state.model import UnplacedError
from tui.ui import current
from tui.ui.dialogs.writing import WritingDialog
from tui.ui.store import Change

if TYPE_CHECKING:
    import asyncio

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import Highlight
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.context import Context
    from tui.ui.drafts.keeping import About
    from tui.ui.store import Outcome


def offer(cx: Context, about: About, text: str, number: int) -> None:
    """Offer a text whose bullet is gone as a comment on the bullet under the cursor.

    Args:
        cx: The context.
        about: What the text belonged to.
        text: The text as typed so far.
        number: The number of its draft.
    """

    def save(text: str) -> asyncio.Future[Outcome] | None:
        if not text.strip():
            return None
        if (target := current.target(cx)) is None:
            return cx.store.submit(Change(_nowhere))
        session = cx.store.session

        def said(made: Highlight) -> Highlight:
            return replace(made, comment=text.strip())

        def plan(state: State, here: tuple[Place, ...]) -> Step | None:
            new_id, now = session.new_id(), session.now()
            return highlighting.writing(state, target.note.path, here, said, _is_silent, new_id=new_id, now=now)

        return cx.store.submit(Change.at(target, plan))

    words = " ".join(about.record().parts[0].exact.split())
    title = f"The bullet of this {about.kind} is gone: saving makes it a comment on the one at the cursor"
    window = WritingDialog(title, words, "", cx.settings.keys, text=text)
    again = partial(offer, cx, about)
    cx.typing.ask(window, about, save, again, again, number)


def _is_silent(highlight: Highlight) -> bool:
    return not highlight.comment


def _nowhere(_: State) -> Step:
    raise UnplacedError("saved")
