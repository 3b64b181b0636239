"""What the keys for the world around do: open the editor at this line, and copy."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.layout.selection import spans
from tui.core.notes.sanitise import clean
from tui.errors import EditorError
from tui.ui.saving import SavingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Span, Spot


class EditingApp(SavingApp):
    """An app that hands notes to the editor, and text to the clipboard."""

    def action_edit(self) -> None:
        """Open the editor at the line of the block under the cursor."""
        from textual.app import SuspendNotSupported

        from tui.core.notes.model import STANDARD_INPUT
        from tui.files.desktop.editor import chosen, has_display, open_beside, run_here
        from tui.files.desktop.editor_commands import command

        if self.state.library.path == STANDARD_INPUT or not self.state.episodes:
            self.status.say("There is no file to edit: these notes came by a pipe", is_warning=True)
            return
        path, line, _ = self._source()
        config = self.opened.config
        fault: Exception | None = None
        try:
            editor = chosen(config.editor)
            ready = command(editor, path, line, has_display=has_display(), in_window=config.editor_window)
            if ready.is_windowed:
                open_beside(ready.words)
                self.status.say(f"{PurePath(ready.words[0]).name} opens {PurePath(path).name}:{line}")
                return
            with self.suspend():
                fault = _fault_of(run_here, ready.words)
        except (EditorError, ValueError, SuspendNotSupported) as error:
            fault = error
        if fault is not None:
            self.status.say(f"The editor did not open: {fault}", is_warning=True)

    def action_copy(self, form: str) -> None:
        """Copy what is chosen, else the list's entry, else the block under the cursor.

        Args:
            form: ``text``, ``markdown`` for the lines as they stand in the notes, or ``place`` for file and line.
        """
        if not self.state.episodes:
            return
        path, first, last = self._source()
        if form == "place":
            text = f"{path}:{first}" if first == last else f"{path}:{first}-{last}"
        elif form == "markdown":
            text = self._markdown()
        else:
            text = self.listed_text() or self._text()
        text = clean(text)  # of what could do something where it is pasted
        self.copy_to_clipboard(text)
        self.bullets.select(None)
        words = " ".join(text.split())
        self.status.say(f"Copied: {words}" if words else "There is nothing to copy here", is_warning=not words)

    def _covered(self) -> list[tuple[Spot, Span | None]]:
        """The blocks that are chosen with what is chosen of each, else the block under the cursor."""
        selection = self.bullets.selection
        if selection is not None and selection.anchor is not None:
            return list(spans(self.bullets.flow, selection))
        return [(self.bullets.cursor, None)]

    def _text(self) -> str:
        texts = []
        for spot, span in self._covered():
            block = self.state.block(spot)
            text = block.text if block else self.state.episodes[spot.section].title
            texts.append(text[span.start : span.end] if span else text)
        return "\n".join(texts)

    def _markdown(self) -> str:
        """The lines of the notes that the blocks stand on."""
        pieces = []
        for spot, _ in self._covered():
            block, episode = self.state.block(spot), self.state.episodes[spot.section]
            lines = episode.body.source.split("\n")
            pieces += lines[block.first : block.last + 1] if block else lines[:1]
        return "\n".join(pieces)

    def _source(self) -> tuple[str, int, int]:
        """The file, and the first and last line of what is chosen or under the cursor."""
        covered = [spot for spot, _ in self._covered()] or [self.bullets.cursor]
        lines = []
        for spot in (covered[0], covered[-1]):
            block, episode = self.state.block(spot), self.state.episodes[spot.section]
            lines.append(episode.lines(block) if block else (episode.line, episode.line))
        return self.state.note_of(covered[0].section).path, lines[0][0], lines[1][1]


def _fault_of(run: Callable[[Sequence[str]], None], words: Sequence[str]) -> Exception | None:
    """Why an editor did not run; none may be raised while the app is suspended, or it would stay so."""
    try:
        run(words)
    except EditorError as error:
        return error
    return None
