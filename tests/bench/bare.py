"""The floor: the least work of a Textual app for a start, for a key that changes a row, and for a page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.bench.notes import START


class Bare(App[None]):
    """Shows one line; ``j`` and ``k`` change it, a page key fills the screen with other text."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [("j,k", "step", "step"), ("space,pageup", "page", "page"), ("q", "quit", "quit")]

    def __init__(self) -> None:
        super().__init__()
        self._presses = 0

    def compose(self) -> ComposeResult:
        yield Static(START)

    def action_step(self) -> None:
        self._presses += 1
        self.query_one(Static).update(f"{START} {self._presses}")

    def action_page(self) -> None:
        self._presses += 1
        row = f"{self._presses} as long as a row of notes is " * 3
        self.query_one(Static).update("\n".join([row] * self.size.height))


def main() -> None:
    Bare().run()
