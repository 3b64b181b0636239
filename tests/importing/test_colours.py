from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.annotations.choices import Colour
from tui.importing.colours import colour_of


@pytest.mark.parametrize(
    ("said", "colour"),
    [
        ("background: #FFF3A3A6", Colour.YELLOW),
        ("background: #BBFABBA6", Colour.GREEN),
        ("background:#ABF7F7A6", Colour.BLUE),
        ("background: #FFB8EBA6;", Colour.PINK),
        ("background: #D2B3FFA6", Colour.PURPLE),
        ("background-color: rgb(255, 255, 0)", Colour.YELLOW),
        ("background-color:rgba(0,255,0,.5)", Colour.GREEN),
        ("background-color: rgb(0 128 255 / 40%)", Colour.BLUE),
        ("background: hsl(300, 80%, 70%)", Colour.PINK),
        ("background: #ff0", Colour.YELLOW),
        ("highlight_blue", Colour.BLUE),
        ("hltr-purple", Colour.PURPLE),
        ("highlight-yellow_background", Colour.YELLOW),
        ("LightGreen", Colour.GREEN),
        ("orange", Colour.YELLOW),
        ("red", Colour.PINK),
        ("#ffffff", None),
        ("#fff", None),
        ("rgb(240, 240, 241)", None),
        ("#000", None),
        ("rgba(255, 255, 0, 0)", None),
        ("#ffff0000", None),
        ("transparent", None),
        ("inherit", None),
        ("", None),
    ],
)
def test_a_colour_is_the_nearest_of_five(said: str, colour: Colour | None) -> None:
    assert colour_of(said) is colour


@given(st.text("rgbahsl(),. %#0123456789afyellow/-;:", max_size=40))
def test_no_value_makes_it_raise(said: str) -> None:
    assert colour_of(said) in (*Colour, None)
