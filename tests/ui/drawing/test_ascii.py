"""The screen in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.files.config import Config
from tui.ui.drawing.ascii import in_ascii

if TYPE_CHECKING:
    from tests.ui.conftest import Open

NOTES = "# Café “one”\n\n- Naïve — or not?\n  - 日本 is wide\n\n# Two\n\n- b\n"


@given(st.text())
def test_all_of_a_text_can_be_had_in_ascii_and_is_as_wide(text: str) -> None:
    plain = in_ascii(text, is_whole=True)
    assert plain.isascii()
    assert cell_len(plain) >= cell_len(text)


@given(st.text(st.characters(max_codepoint=0x24FF, categories=("L", "P", "S", "N"))))
def test_a_text_of_letters_and_signs_is_exactly_as_wide_in_ascii(text: str) -> None:
    assert cell_len(in_ascii(text, is_whole=False)) == cell_len(text)


async def test_arrow_keys_are_words(reading: Open) -> None:
    async with reading(config=Config(ascii=True), size=(120, 60)) as here:
        await here.press("question_mark")
        assert "j  down" in here.screen()
        await here.press("escape", "ctrl+p", *"next bullet")
        assert "j  down" in here.screen()
        assert "down next  up previous" in here.screen()
        await here.press("escape")
        text = here.text
        here.app.keyboard.press_hint("down")
        await here.settle()
        assert here.text != text
    async with reading(size=(120, 60)) as here:
        await here.press("question_mark")
        assert "j  ↓" in here.screen()


async def test_every_sign_of_the_program_has_a_plain_form(reading: Open) -> None:
    async with reading(config=Config(ascii=True)) as here:
        for keys in (["m"], ["H"], ["question_mark"], ["escape", "ctrl+t"], ["escape", "slash"], ["escape", "ctrl+k"]):
            await here.press(*keys)
            shown = here.screen()
            assert shown.isascii(), {sign for sign in shown if not sign.isascii()}


async def test_letters_stay_where_the_locale_has_them(reading: Open) -> None:
    async with reading(NOTES, config=Config(ascii=True)) as here:
        assert 'Café "one"' in here.screen()
        assert "Naïve - or not?" in here.screen()


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
async def test_a_locale_without_utf8_gets_ascii_alone(
    reading: Open, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    async with reading(NOTES) as here:
        assert here.screen().isascii()
        assert 'Cafe "one"' in here.screen()
        assert "???? is wide" in here.screen()
