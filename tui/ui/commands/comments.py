"""Comment on highlights, tag them, and show their comments."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, tags_in
from tui.core.state import highlighting
from tui.core.state.items import words_at
from tui.core.state.model import UnplacedError
from tui.keys import hints
from tui.ui import current
from tui.ui.dialogs.prompt import Prompt
from tui.ui.dialogs.text import Sheet, SheetLine
from tui.ui.dialogs.writing import WritingDialog
from tui.ui.drafts.keeping import About
from tui.ui.drafts.offering import offer
from tui.ui.store import Change

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.context import Context
    from tui.ui.store import Outcome, Target


def read_picked(cx: Context) -> bool:
    """Show the comment of the highlight that the reader picked; True if it has one."""
    bullets, found = cx.panes.bullets, current.highlight(cx)
    is_picked = cx.panes.current is bullets and found is not None and found[1].id == bullets.picked
    return is_picked and found is not None and _read(cx, found[1])


def read_comment(cx: Context) -> None:
    """Show the comment of the current highlight, or report that there is none."""
    found = current.highlight(cx)
    if found is not None and not _read(cx, found[1]):
        cx.panes.status.say(current.with_hint(cx, "This highlight has no comment", "comment", "writes one"))
    elif found is None:
        is_text = cx.panes.current is cx.panes.bullets
        cx.panes.status.say("No link or comment here" if is_text else "Nothing to go to here")


def _read(cx: Context, highlight: Highlight) -> bool:
    """Show a highlight's comment and tags in a window; True if it has any."""
    said = [
        *highlight.comment.split("\n"),
        *([" ".join(f"#{tag}" for tag in highlight.tags)] if highlight.tags else []),
    ]
    if any(said):
        cx.windows.push_screen(Sheet("Comment", [SheetLine(line) for line in said]))
    return any(said)


async def comment(cx: Context) -> None:
    """Comment on the current highlight; if there is none, highlight the phrase or bullet first."""
    await cx.store.changes_shown()
    ask_about(cx, "comment", current.highlight(cx), current.target(cx))


async def tags(cx: Context) -> None:
    """Tag the current highlight; if there is none, highlight the phrase or bullet first."""
    await cx.store.changes_shown()
    ask_about(cx, "tags", current.highlight(cx), current.target(cx))


def ask_about(
    cx: Context,
    kind: str,
    found: tuple[str, Highlight] | None,
    target: Target | None,
    typed: str | None = None,
    number: int | None = None,
) -> None:
    """Ask for a comment or tags, for an existing or a new highlight.

    Args:
        cx: The context.
        kind: A key of `ASKED`.
        found: The highlight and its note's path.
        target: The places of a new highlight, if ``found`` is None.
        typed: A text typed earlier and stored as a draft.
        number: The number of that draft.
    """
    session, asked = cx.store.session, TEXTS[kind]
    if found is None and target is None:
        cx.panes.status.say("Nothing here to highlight", is_warning=True)
        return
    if cx.store.opened.is_piped:
        cx.panes.status.say("Standard input is read-only: save it to a file to highlight", is_warning=True)
        return
    new_id, began = session.new_id(), session.now()

    @cache
    def record() -> Highlight:
        if found is not None:
            return found[1]
        assert target is not None
        return Highlight(new_id, Colour.YELLOW, describe(*target), began, began)

    def save(text: str) -> asyncio.Future[Outcome] | None:
        said = partial(asked.change, text)
        if found is not None:
            path, highlight = found

            def change(state: State) -> Step | None:
                done = asked.done if text.strip() else asked.removed
                return highlighting.saying(state, path, highlight, said, done, session.now())

            return cx.store.submit(Change(change, nothing=f"{asked.title} unchanged"))
        if target is None or not text.strip():
            return None

        def plan_at(state: State, path: str, here: tuple[Place, ...]) -> Step | None:
            new, now = new_id, session.now()
            return highlighting.writing(
                state, path, here, said, lambda each: not asked.value(each), asked.done, new_id=new, now=now
            )

        in_place = Change.at(target, lambda state, here: plan_at(state, target.note.path, here))

        def plan(state: State) -> Step | None:
            try:
                return in_place.plan(state)
            except UnplacedError:
                if (moved := highlighting.carried_elsewhere(state, *target)) is None:
                    raise
                return plan_at(state, *moved)

        made = cx.store.submit(in_place._replace(plan=plan))
        cx.panes.bullets.select(None)
        return made

    value = asked.value(found[1]) if found else ""
    words = " … ".join(part.exact for part in found[1].parts) if found else words_at(*target) if target else ""
    annotations = cx.store.state.annotations.values() if kind == "tags" else ()
    known = sorted({tag for each in annotations for highlight in each.highlights.values() for tag in highlight.tags})
    keys = cx.settings.keys
    completes, leaves = hints(keys, field_complete="completes"), hints(keys, field_save="saves", text_leave="cancels")
    hint = " · ".join(filter(None, (completes, "separated by spaces", leaves))) if known else ""
    note = found[0] if found else target.note.path if target else ""

    def ask(text: str | None, number: int | None) -> None:
        window: Prompt | WritingDialog
        if kind == "comment":
            window = WritingDialog(asked.title, words, value, keys, text=text)
        else:
            window = Prompt(asked.title, keys, value, hint=hint, words=known, text=text)
        about = About(note, kind, record)
        cx.typing.ask(window, about, save, ask, partial(offer, cx, about), number)

    ask(typed, number)


class HighlightText(NamedTuple):
    """A text of a highlight that can be edited in a prompt."""

    title: str
    value: Callable[[Highlight], str]
    "Returns the highlight's present text."
    change: Callable[[str, Highlight], Highlight]
    "Returns the highlight with a new text."
    done: str
    removed: str
    "The message once the text is empty."


def _with_comment(text: str, highlight: Highlight) -> Highlight:
    return replace(highlight, comment=text.strip())


def _with_tags(text: str, highlight: Highlight) -> Highlight:
    return replace(highlight, tags=tags_in(text))


TEXTS = {
    "comment": HighlightText("Comment", lambda each: each.comment, _with_comment, "Comment saved", "Comment removed"),
    "tags": HighlightText("Tags", lambda each: " ".join(each.tags), _with_tags, "Tags saved", "Tags removed"),
}
