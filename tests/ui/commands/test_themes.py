"""Themes are readable, previewed before they are chosen, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.files.config import Config
from tui.ui.drawing.contrast import SIGN, TEXT, contrast
from tui.ui.drawing.styles import Depth, Inks
from tui.ui.drawing.themes import NAMES, is_dark, palette_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style as Ink

    from tests.ui.conftest import Open


def _text(inks: Inks) -> Iterator[tuple[str, Ink]]:
    """Text styles, layered as panes layer them."""
    grounds = {"text": inks.text, "raised": inks.text + inks.raised, "panel": inks.panel}
    names = ("text", "faint", "accent", "title", "heading", "quote", "code", "warning")
    for name in names:
        yield name, getattr(inks, name)
        yield f"{name} under the cursor", getattr(inks, name) + inks.raised
    for name in ("panel", "panel_faint", "panel_title", "panel_strong", "panel_accent"):
        yield name, getattr(inks, name)
        yield f"{name} under the cursor", getattr(inks, name) + inks.raised
    for name in ("bar", "bar_strong", "bar_faint", "bar_warning", "select"):
        yield name, getattr(inks, name)
    for ground, base in grounds.items():
        for style, ink in inks.inline.items():
            yield f"{style} on {ground}", base + ink
        for colour, ink in inks.tint.items():
            yield f"{colour} on {ground}", base + ink
            for style, inner in inks.inline.items():
                yield f"{style} in {colour}", base + inner + ink
        yield f"hit on {ground}", base + inks.hit
        yield f"the hit on {ground}", base + inks.hit_here


def _signs(inks: Inks) -> Iterator[tuple[str, Ink]]:
    for ground in (inks.text, inks.text + inks.raised, inks.panel, inks.panel + inks.raised):
        yield "question", ground + inks.question
        for colour, ink in inks.sign.items():
            yield f"sign of {colour}", ground + ink


def _contrast(ink: Ink) -> float:
    assert ink.color is not None
    assert ink.bgcolor is not None
    return contrast(ink.color.get_truecolor().hex, ink.bgcolor.get_truecolor().hex)


@pytest.mark.parametrize("name", NAMES)
def test_all_text_and_every_sign_of_a_theme_can_be_read(name: str) -> None:
    inks = Inks(palette_named(name), Depth.FULL)
    faint = {f"{what}: {_contrast(ink):.2f}" for what, ink in _text(inks) if _contrast(ink) < TEXT}
    faint |= {f"{what}: {_contrast(ink):.2f}" for what, ink in _signs(inks) if _contrast(ink) < SIGN}
    assert not faint


@pytest.mark.parametrize("name", NAMES)
def test_no_two_highlights_look_alike_in_a_theme_nor_like_a_hit(name: str) -> None:
    palette = palette_named(name)
    assert len({*palette.tints, palette.hit, palette.hit_here, palette.ground, palette.raised}) == 9
    assert len(set(palette.signs)) == 5


def test_without_colour_nothing_has_a_colour_and_no_two_things_look_alike() -> None:
    inks = Inks(palette_named("earmark-dark"), Depth.NONE)
    seen = [*(ink for _, ink in _text(inks)), *(ink for _, ink in _signs(inks))]
    assert all(colour is None or colour.is_default for ink in seen for colour in (ink.color, ink.bgcolor))
    yellow = inks.tint[next(iter(inks.tint))]
    apart = [inks.text, inks.faint, inks.heading, inks.text + yellow, inks.hit, inks.hit_here, inks.caret]
    assert len({(ink.bold, ink.dim, ink.italic, ink.underline, ink.reverse) for ink in apart}) == len(apart)
    assert inks.bar.reverse
    assert not inks.bar_caret.reverse


def test_sixteen_colours_keep_the_terminals_background() -> None:
    for name in ("earmark-dark", "earmark-light"):
        inks = Inks(palette_named(name), Depth.FEW)
        assert inks.text.bgcolor is not None
        assert inks.text.bgcolor.is_default
        assert len({str(inks.sign[colour].color) for colour in inks.sign}) == 5


def test_a_dark_theme_is_recognised_without_mixing_its_colours() -> None:
    assert {name: is_dark(name) for name in NAMES} == {name: palette_named(name).dark for name in NAMES}


async def test_a_theme_is_seen_before_it_is_chosen_and_left_where_it_is_not(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+t", "j", "j")
        assert here.app.theme == NAMES[2]
        await here.press("escape")
        assert here.app.theme == "earmark-dark"


@pytest.mark.parametrize("name", ["textual-dark", "textual-light", "nord"])
async def test_windows_open_in_a_theme_that_was_chosen_before(reading: Open, name: str) -> None:
    async with reading(config=Config(theme=name)) as here:
        await here.press("question_mark")
        assert "next bullet" in here.screen()


async def test_the_theme_chosen_from_the_list_is_there_the_next_time(reading: Open) -> None:
    at = NAMES.index("nord")
    async with reading() as here:
        await here.press("ctrl+t", *["j"] * at, "enter")
        assert here.app.theme == "nord"
    async with reading() as here:
        assert here.app.theme == "nord"


async def test_dark_and_light_are_halves_of_a_theme_that_has_both(reading: Open) -> None:
    async with reading() as here:
        here.app.cx.theme.apply("solarized-dark")
        await here.press("T")
        assert here.app.theme == "solarized-light"
        here.app.cx.theme.apply("gruvbox")
        await here.press("T")
        assert here.app.theme == "earmark-light"
