"""Open notes in an editor, and copy text to the clipboard."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.core.layout.selection import spans
from tui.core.notes.model import STANDARD_INPUT
from tui.core.notes.sanitise import clean
from tui.errors import EditorError
from tui.files.desktop.editor import absolute, chosen, has_display, open_beside, run_here
from tui.files.desktop.editor_commands import command
from tui.keys import hints
from tui.ui.lists.entries import EntryKind
from tui.ui.panes.decisions import Decisions
from tui.ui.terminal.clipboard import beyond_clipboard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Position, Span
    from tui.ui.context import Context
    from tui.ui.lists.entries import ListEntry


PATIENCE = 0.1
"Seconds before the copying of a list is reported."


def edit(cx: Context) -> None:
    """Open the editor at the line of the block under the cursor."""
    say, state, config = cx.panes.status.say, cx.store.state, cx.settings.config
    if state.library.path == STANDARD_INPUT or not state.episodes:
        say("No file to edit: this is standard input", is_warning=True)
        return
    path, line, _ = _source(cx)
    fault: Exception | None = None
    try:
        editor, file = chosen(config.editor), absolute(path)
        ready = command(editor, file, line, has_display=has_display(), in_window=config.editor_window)
        if ready.is_windowed:
            open_beside(ready.words)
            say(f"{PurePath(ready.words[0]).name} opens {PurePath(path).name}:{line}")
            return
        with cx.windows.suspend():
            fault = _fault_of(run_here, ready.words)
    except (EditorError, ValueError, SuspendNotSupported) as error:
        fault = error
    if fault is not None:
        say(f"The editor did not open: {fault}", is_warning=True)


def copy_text(cx: Context) -> None:
    """Copy the selection, else the entry in the focused list, else the block under the cursor."""
    if cx.store.state.episodes:
        _copy(cx, cx.panes.listed_text or _text(cx))


async def copy_markdown(cx: Context) -> None:
    """Copy the content of the focused list as Markdown, or else the source lines of the selection or current block."""
    pane = cx.panes.current
    if isinstance(pane, Decisions):
        await _copy_list(cx, pane.entries)
    elif cx.store.state.episodes:
        _copy(cx, _markdown(cx))


async def _copy_list(cx: Context, entries: Sequence[ListEntry]) -> None:
    """Copy the highlights or questions in a list, in the format of `earmark export`."""
    from tui.exporting.export import Export, ListContent
    from tui.exporting.formats import markdown

    listed = [each for each in entries if each.row not in (EntryKind.HEADING, EntryKind.CANDIDATE)]
    places = (each.where[0][0] for each in listed if each.row is EntryKind.PLACED and each.colour is None)
    shown = ListContent(frozenset(each.key for each in listed), frozenset(places))
    export = Export(cx.store.state, names=cx.settings.config.colours, shown=shown)
    writing = asyncio.ensure_future(asyncio.to_thread(markdown.EXPORTER.write, export))
    if not (await asyncio.wait((writing,), timeout=PATIENCE))[0]:
        cx.panes.status.say(f"Copying {len(listed):,} entries")
    text = (await writing).text
    if not text:
        cx.panes.status.say("Nothing to copy here", is_warning=True)
        return
    cx.windows.copy_to_clipboard(clean(text))
    highlights, questions = len(export.highlights), len(export.questions)
    counts = [(highlights, "highlight"), (questions, "question")]
    said = " and ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)
    _report_copied(cx, f"Copied as Markdown: {said}", text)


def copy_place(cx: Context) -> None:
    """Copy the file and line of the selection, or else of the block under the cursor."""
    if cx.store.state.episodes:
        path, first, last = _source(cx)
        _copy(cx, f"{path}:{first}" if first == last else f"{path}:{first}-{last}")


def copy_phrase_or_tell(cx: Context) -> None:
    """Copy the selected phrase; if there is none, show the key that quits."""
    selection = cx.panes.bullets.selection
    if selection is not None and selection.anchor is not None:
        copy_text(cx)
    else:
        cx.panes.status.say(hints(cx.settings.keys, quit="quits"))


def _copy(cx: Context, text: str) -> None:
    text = clean(text)  # without characters that could have an effect when pasted
    cx.windows.copy_to_clipboard(text)
    cx.panes.bullets.select(None)
    if words := " ".join(text.split()):
        _report_copied(cx, f"Copied: {words}", text)
    else:
        cx.panes.status.say("Nothing to copy here", is_warning=True)


def _report_copied(cx: Context, said: str, text: str) -> None:
    """Report what was copied, or that the terminal may not have accepted it."""
    beyond = beyond_clipboard(text)
    cx.panes.status.say(f"Copied{beyond}" if beyond else said, is_warning=bool(beyond))


def _covered(cx: Context) -> list[tuple[Position, Span | None]]:
    """The selected blocks with the selected span of each, or else the block under the cursor."""
    bullets = cx.panes.bullets
    if bullets.phrase is not None:
        return list(spans(bullets.flow, bullets.phrase))
    return [(bullets.cursor, None)]


def _text(cx: Context) -> str:
    texts, state = [], cx.store.state
    for position, span in _covered(cx):
        block = state.block(position)
        text = block.text if block else state.episodes[position.section].title
        texts.append(text[span.start : span.end] if span else text)
    return "\n".join(texts)


def _markdown(cx: Context) -> str:
    """The source lines of the selected or current blocks."""
    pieces, state = [], cx.store.state
    for position, _ in _covered(cx):
        block, episode = state.block(position), state.episodes[position.section]
        lines = episode.body.source.split("\n")
        pieces += lines[block.first : block.last + 1] if block else lines[:1]
    return "\n".join(pieces)


def _source(cx: Context) -> tuple[str, int, int]:
    """The file, and the first and last line, of the selection or else the block under the cursor."""
    state = cx.store.state
    covered = [position for position, _ in _covered(cx)] or [cx.panes.bullets.cursor]
    lines = []
    for position in (covered[0], covered[-1]):
        block, episode = state.block(position), state.episodes[position.section]
        lines.append(episode.lines(block) if block else (episode.line, episode.line))
    return state.note_of(covered[0].section).path, lines[0][0], lines[1][1]


def _fault_of(run: Callable[[Sequence[str]], None], words: Sequence[str]) -> Exception | None:
    """The error that kept an editor from running; raising it while the app is suspended would leave the app
    suspended.
    """
    try:
        run(words)
    except EditorError as error:
        return error
    return None
