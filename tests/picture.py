"""The README's picture: the running program on the sample notes. ``python -m tests.picture`` draws it anew."""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "earmark.svg"
SIZE = (120, 34)
KEYS = (
    *("right_square_bracket",) * 4,
    *("right_curly_bracket", "j", "m"),
    *("j", "j", "v", "w", "w", "v", "w", "w", "w", "w", "e", "3"),
    *("j", "j", "2", "k"),
)
"What is pressed before the picture is taken."


async def draw() -> str:
    """The screen as SVG, the same for the same program and notes."""
    with tempfile.TemporaryDirectory() as folder:
        home = {f"XDG_{name}_HOME": f"{folder}/{name.lower()}" for name in ("STATE", "CONFIG", "DATA")}
        environment = {**home, "HOME": folder, "COLORTERM": "truecolor", "TERM": "xterm-256color"}
        with patch.dict(os.environ, environment):
            os.environ.pop("NO_COLOR", None)
            return await _draw(shutil.copy(ROOT / "notes" / "podcasts.md", folder))


async def _draw(notes: str) -> str:
    from tui.files.config import Config
    from tui.files.opened import Opened
    from tui.ui.app import Reader

    app = Reader(Opened(notes, Config(theme="dark")))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for key in KEYS:
            await pilot.press(key)
            while app.keyboard.is_deciding:
                await asyncio.sleep(0.02)
        while any(entry.bullets is None for entry in app.cx.panes.episodes.entries):
            await asyncio.sleep(0.02)
        await app.workers.wait_for_complete()
        app.cx.panes.status.say("")
        await pilot.pause()
        return app.export_screenshot(title="earmark")


def words(svg: str) -> list[str]:
    """What can be read in a picture, from the top to the bottom; its colours and measures aside."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return [html.unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in texts]


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
