"""Copying the text, the source lines, or file and line; and commands that are refused as editors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.files.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.conftest import Open


async def test_y_copies_the_text_of_the_block(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j", "j", "j", "y")
        assert here.app.clipboard == "The third bullet is bold and code, with a link."


async def test_copy_beyond_what_terminals_take_is_told_and_sent_all_the_same(reading: Open) -> None:
    long = "word " * 14_999
    async with reading(f"# A\n\n- {long.strip()}\n- {long}more words\n", size=(160, 40)) as here:
        await here.press("y")
        assert "Copied: word" in here.screen()
        await here.press("G", "y")
        assert "Copied · 75 KB, and some terminals drop more than 74: `earmark PATH | …` copies all" in here.screen()
        assert here.app.clipboard == f"{long}more words"


async def test_y_copies_the_phrase_over_blocks(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "v", "$", "b", "v", "j", "0", "e", "y")
        assert here.app.clipboard == "cards.\nWho"
        assert here.app.cx.panes.bullets.selection is None


async def test_capital_y_copies_the_lines_of_the_notes_without_what_could_act_on_a_terminal(reading: Open) -> None:
    async with reading("# A\n\n- one **bold** \x1b]52;c;eA==\x07\n\tgoes on\n- two\n") as here:
        await here.press("Y")
        assert here.app.clipboard == "- one **bold** ␛]52;c;eA==␇\n goes on"


async def test_capital_y_in_a_list_copies_what_it_shows_as_markdown(reading: Open) -> None:
    async with reading() as here:
        await here.press("m", "j", "4", "H", "l", "Y")
        assert here.app.clipboard.startswith("# ")
        quotes = [line for line in here.app.clipboard.split("\n") if line.startswith("> ")]
        assert len(quotes) == 2
        assert f"`{here.path}:7`" in here.app.clipboard
        assert "- [" not in here.app.clipboard
        assert "Copied as Markdown: 2 highlights" in here.screen()
        await here.press("f", *"colour:pink", "enter", "Y")
        assert [line for line in here.app.clipboard.split("\n") if line.startswith("> ")] == [quotes[1]]
        assert "Copied as Markdown: 1 highlight" in here.screen()


async def test_capital_y_in_the_questions_copies_them_with_their_answers(reading: Open) -> None:
    source = "# A\n\n- who?\n  - nobody\n- when?\n\n# B\n\n- why?\n"
    async with reading(source) as here:
        await here.press("tab", "Y")
        lines = here.app.clipboard.split("\n")
        assert [line for line in lines if line.strip().startswith("- ")] == [
            *(f"- [x] who? `{here.path}:3`", "  - nobody", f"- [ ] when? `{here.path}:5`")
        ]
        await here.press("o")
        await here.wait_for(lambda: any(each.text == "why?" for each in here.app.cx.panes.questions.entries))
        await here.press("Y")
        assert f"- [ ] why? `{here.path}:9`" in here.app.clipboard


async def test_ctrl_y_copies_file_and_lines(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "ctrl+y")
        assert here.app.clipboard == f"{here.path}:7"
        await here.press("v", "v", "j", "ctrl+y")
        assert here.app.clipboard == f"{here.path}:7-8"


async def test_y_copies_the_question_that_the_list_is_on(reading: Open) -> None:
    async with reading() as here:
        await here.press("tab", "y")
        assert here.app.clipboard == "Is the last bullet of the episode a question?"


async def test_an_editor_that_is_not_there_is_told(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    async with reading(config=Config(editor="no-such-editor", editor_window=True)) as here:
        await here.press("e")
        assert "no-such-editor: no such file or directory" in here.screen()


async def test_an_editor_with_a_window_is_opened_beside_the_reader(reading: Open, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text(' '.join(sys.argv[2:]))\n")
    seen = tmp_path / "seen"
    editor = f"{sys.executable} {script} {seen} {{file}} {{line}}"
    async with reading(config=Config(editor=editor, editor_window=True)) as here:
        await here.press("j", "e")
        await here.wait_for(lambda: seen.exists() and seen.read_text() != "")
        assert seen.read_text() == f"{here.path} 7"
