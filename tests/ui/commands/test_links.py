"""Following links and coming back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.ui.dialogs.links import LinksDialog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.conftest import Open, Reading
    from tui.ui.navigation_history import NextLibrary

NOTES = """\
# Heard

## One

- first, with [the last](#last)
- a note[^1]
- on [the web](https://example.org/page)
- [two](#two) or [the web](https://example.org) or [nothing](#nothing)
- no link
- [gone](#gone)

## Two

- in between

### Last

- at the end

[^1]: The text of the note.
"""


def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop that writes the addresses it opens to a file."""
    opened, programs = tmp_path / "opened", tmp_path / "bin"
    programs.mkdir()
    script = programs / "xdg-open"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {opened}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr("sys.platform", "linux")
    return opened


def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal without a desktop."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")


async def test_enter_follows_a_link_inside_and_backspace_comes_back(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("enter")
        assert here.text == "Last"
        await here.press("j", "backspace")
        assert here.text.startswith("first, with")
        await here.press("backspace")
        assert "Nothing to go back to" in here.screen()


async def test_a_footnote_leads_to_its_text_and_back(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "enter")
        assert here.text == "[1] The text of the note."
        await here.press("enter")
        assert here.text == "a note[1]"
        await here.press("backspace", "backspace")
        assert here.text == "a note[1]"


async def test_an_address_is_shown_before_it_is_opened(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = desktop(tmp_path, monkeypatch)
    async with reading(NOTES) as here:
        await here.press("j", "j", "enter")
        assert "https://example.org/page" in here.screen()
        assert not opened.exists()
        await here.press("escape")
        assert not isinstance(here.app.screen, LinksDialog)
        await here.press("enter", "enter")
        await here.wait_for(lambda: opened.exists() and opened.read_text() != "")
        assert opened.read_text() == "https://example.org/page\n"


async def test_an_address_can_be_copied(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "j", "enter", "y")
        assert here.app.clipboard == "https://example.org/page"


async def test_an_address_is_copied_without_what_could_act_on_a_terminal(reading: Open) -> None:
    async with reading("# A\n\n- https://example.org/\x9b31m\u202ea\n") as here:
        await here.press("enter", "y")
        assert here.app.clipboard == "https://example.org/\ufffd31m\ufffda"


async def test_without_a_browser_the_address_is_copied(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    bare(monkeypatch)
    async with reading(NOTES) as here:
        await here.press("j", "j", "enter")
        assert "no browser on this machine" in here.screen()
        await here.press("enter")
        assert "Copied: https://example.org/page" in here.screen()
        assert here.app.clipboard == "https://example.org/page"


async def test_without_a_browser_links_into_the_notes_are_followed(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare(monkeypatch)
    async with reading(NOTES) as here:
        await here.press("j", "j", "j", "enter")
        assert "no browser on this machine" not in here.screen()
        await here.press("j")
        assert "no browser on this machine" in here.screen()
        await here.press("k", "enter")
        assert here.text == "in between"


async def test_one_of_several_links_is_chosen(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "j", "j", "enter")
        assert all(address in here.screen() for address in ("#two", "https://example.org", "#nothing"))
        await here.press("enter")
        assert here.text == "in between"
        await here.press("backspace", "enter", "3", "enter")
        assert "No heading called “#nothing”" in here.screen()
        assert here.text.startswith("two or")
        await here.press("enter", "j", "y")
        assert here.app.clipboard == "https://example.org"


async def test_a_block_without_a_link_says_so(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "j", "j", "j", "enter")
        assert "No link or comment here" in here.screen()


async def test_a_click_on_a_link_follows_it_and_one_beside_it_does_not(reading: Open) -> None:
    async with reading(NOTES) as here:
        rows = here.screen().splitlines()
        y = next(y for y, row in enumerate(rows) if "first, with the last" in row)
        x = rows[y].index("the last")
        await here.pilot.click(offset=(x + len("the last") + 3, y))
        await here.settle()
        assert here.text.startswith("first, with")
        await here.pilot.click(offset=(x - 3, y))
        await here.settle()
        assert here.text.startswith("first, with")
        await here.pilot.click(offset=(x + 2, y))
        await here.settle()
        assert here.text == "Last"


async def test_the_way_back_survives_an_edit(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "enter")
        assert here.text == "[1] The text of the note."
        here.path.write_text(NOTES.replace("## One\n", "## Zero\n\n- new\n\n## One\n\n- and more\n"))
        await here.wait_for(lambda: len(here.app.cx.store.state.episodes) == 3)
        await here.press("backspace")
        assert here.text == "a note[1]"


async def test_a_jump_has_a_way_back_too(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j")
        await here.type("ctrl+k", *"two", "enter", "backspace")
        assert here.text == "a note[1]"


async def test_a_wikilink_leads_to_another_note_of_the_folder(reading: Open) -> None:
    async with reading("# Heard\n\n- see [[read#Part]]\n") as here:
        (here.path.parent / "read.md").write_text("# Read\n\n- x\n\n## Part\n\n- y\n")
    async with reading(is_folder=True) as here:
        await here.press("enter")
        assert here.text == "Part"
        await here.press("backspace")
        assert here.text == "see read#Part"


async def test_no_other_program_than_the_browser_is_started_by_a_link(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = desktop(tmp_path, monkeypatch)
    async with reading("- [a](file:///etc/passwd)\n- [b](javascript:alert)\n- [c](ssh://-oProxyCommand=x)\n") as here:
        for _ in range(3):
            await here.press("enter", "j")
        await here.press("enter")
        assert "Only links to the web and to mail are opened" in here.screen()
        assert not opened.exists()


async def test_the_links_fit_a_small_screen(reading: Open) -> None:
    async with reading(f"- [a](https://example.org/{'x' * 200})\n- b\n", size=(40, 10)) as here:
        await here.press("enter")
        assert "https://example.org/xxx" in here.screen()


async def test_a_click_in_the_list_of_links_follows_one(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "j", "j", "enter")
        rows = here.screen().splitlines()
        y = next(y for y, row in enumerate(rows) if " #two" in row)
        await here.pilot.click(offset=(rows[y].index("#two"), y))
        await here.settle()
        assert here.text == "in between"


async def test_an_edit_while_links_are_offered_loses_nothing(reading: Open) -> None:
    async with reading(NOTES) as here:
        await here.press("j", "j", "j", "enter")
        here.path.write_text(NOTES.replace("## One\n", "## Zero\n\n- new\n\n## One\n\n- and more\n"))
        await here.wait_for(lambda: len(here.app.cx.store.state.episodes) == 3)
        assert isinstance(here.app.screen, LinksDialog)
        await here.press("enter")
        assert here.text == "in between"
        await here.press("backspace")
        assert here.text.startswith("two or")


BESIDE = """\
# Beside

## First

- a beginning

## Second

- back to [the other](heard.md)
"""
LEADING_OUT = """\
# Heard

## One

- see [beside](beside.md#second)
- [[beside]]
- [[nobody]]
- [no text](beside.txt)

## Two

- to [the top](#one)
"""


async def leaves(here: Reading) -> NextLibrary:
    """The library that the reader continues in after the app has ended."""
    await here.wait_for(lambda: here.app.cx.history.onward is not None)
    assert here.app.cx.history.onward is not None
    return here.app.cx.history.onward


async def test_a_link_to_a_note_beside_what_was_opened_leads_there_and_back(reading: Open) -> None:
    async with reading(LEADING_OUT) as here:
        here.path.with_name("beside.md").write_text(BESIDE)
        await here.press("j", "m", "k", "enter")
        out = await leaves(here)
    async with reading(onward=out) as here:
        assert here.text == "back to the other"
        assert "backspace leads back to heard.md" in here.screen()
        await here.press("backspace")
        back = await leaves(here)
        assert back.stops == ()
    async with reading(onward=back) as here:
        assert here.text == "see beside"
        assert "heard.md · 2 episodes" in here.screen()
        assert "1 highlight" in here.screen()


async def test_a_note_that_is_named_alone_begins_at_its_beginning_wherever_it_was_left(reading: Open) -> None:
    async with reading(LEADING_OUT) as here:
        here.path.with_name("beside.md").write_text(BESIDE)
        for _ in range(2):
            await here.press("g", "j", "enter")
            out = await leaves(here)
            async with reading(onward=out) as there:
                assert there.text == "a beginning"
                assert "Beside" in there.screen()
                await there.press("G")


async def test_the_way_back_in_a_library_outlives_a_visit_to_another(reading: Open) -> None:
    async with reading(LEADING_OUT) as here:
        here.path.with_name("beside.md").write_text(BESIDE)
        await here.press("G", "enter", "enter")
        out = await leaves(here)
    async with reading(onward=out) as here:
        await here.press("backspace")
        back = await leaves(here)
    async with reading(onward=back) as here:
        await here.press("backspace")
        assert here.text == "to the top"
        await here.press("backspace")
        assert "Nothing to go back to" in here.screen()


async def test_a_link_to_a_file_that_is_not_there_or_no_text_stays_and_says_why(reading: Open) -> None:
    async with reading(LEADING_OUT) as here:
        here.path.with_name("beside.txt").write_bytes(bytes(range(32)) * 99)
        await here.press("j", "j", "enter")
        assert "No note called “nobody" in here.screen()
        await here.press("j", "enter")
        await here.wait_for(lambda: "this is not UTF-8 text" in here.screen())
        assert here.app.cx.history.onward is None
        await here.press("q")
        assert here.app.cx.history.onward is None
