"""Key handling: counts before motions, and digits that are keys of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key, MouseDown, Paste

from tui.files.config import Config
from tui.keymap import ACTIONS, CHOOSING, DECIDING
from tui.keys import faults, shown
from tui.ui.dialogs.menu import Menu
from tui.ui.input import keyboard
from tui.ui.input.keyboard import LONGEST_PASTE

if TYPE_CHECKING:
    from tests.ui.conftest import Open, Reading

COUNTS = Config(counts=True)
BULLETS = "".join(f"- bullet {number}\n" for number in range(120))
LONG = "".join(f"## Episode {name}\n\n### Part {name}\n\n{BULLETS}\n" for name in "ABCDEFGH")


@pytest.mark.parametrize(("keys", "text"), [("5j", "bullet 4"), ("12j", "bullet 11"), ("12j10k", "bullet 1")])
async def test_a_count_before_a_moving_key_moves_so_many_times(reading: Open, keys: str, text: str) -> None:
    async with reading(LONG, config=COUNTS) as here:
        await here.type(*keys)
        assert here.text == text
        assert not here.sidecar


async def test_counts_hold_for_episodes_headings_and_the_lists(reading: Open) -> None:
    async with reading(LONG, config=COUNTS) as here:
        await here.type("3", "right_square_bracket")
        assert here.app.cx.panes.bullets.cursor.section == 3
        await here.type("2", "left_square_bracket")
        assert here.app.cx.panes.bullets.cursor.section == 1
        await here.type("4", "right_curly_bracket")
        assert here.text == "Part F"
        await here.type("3", "left_curly_bracket")
        assert here.text == "Part C"
        await here.type("h", "2", "j")
        assert here.app.cx.panes.bullets.cursor.section == 4


async def test_a_count_further_than_there_is_anything_goes_to_the_last(reading: Open) -> None:
    async with reading(LONG, config=COUNTS) as here:
        await here.type("9", "9", "right_square_bracket")
        assert here.app.cx.panes.bullets.cursor.section == 7
        await here.type("9", "9", "left_curly_bracket")
        assert here.text == "Part A"


async def test_digits_and_moves_at_typing_speed_highlight_every_bullet(reading: Open) -> None:
    async with reading(LONG) as here:
        await here.feed("j", *"1j1j1j1")
        assert here.sidecar.count("[[highlight]]") == 4
        assert here.text == "bullet 3"


async def test_a_one_before_a_move_highlights_also_where_numbers_are_counts(reading: Open) -> None:
    async with reading(LONG, config=COUNTS) as here:
        await here.feed("j", *"1j1j1j1j")
        assert here.sidecar.count("[[highlight]]") == 4
        assert here.text == "bullet 4"


async def test_a_digit_alone_marks_in_its_colour(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "2")
        assert 'colour = "green"' in here.sidecar


async def test_a_digit_shows_at_once_which_block_it_will_be_about(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "DIGIT_WAIT", 2.0)  # a busy machine may need the usual 0.25 s for the key
    async with reading(config=COUNTS) as here:
        await here.press("j")
        await here.pilot.press("2")
        assert here.app.cx.panes.bullets.chosen
        await here.wait_for(lambda: not here.app.cx.panes.bullets.chosen)


async def test_a_digit_before_a_key_that_takes_no_count_marks_first(reading: Open) -> None:
    async with reading(config=COUNTS) as here:
        await here.type("j", "2", "u")
        assert "[[highlight]]" not in here.sidecar
        assert here.app.cx.store.state.undone


async def test_a_digit_is_about_the_block_it_was_typed_on_though_the_mouse_is_quicker(reading: Open) -> None:
    async with reading(config=COUNTS) as here:
        await here.press("j")
        await here.pilot.press("2")
        here.app.post_message(MouseDown(None, 50, 9, 0, 0, 1, False, False, False, 50, 9))
        await here.wait_for(lambda: here.text.startswith("The third bullet"))
        assert "The first bullet" in here.sidecar


async def test_escape_forgets_a_count(reading: Open) -> None:
    async with reading(LONG, config=COUNTS) as here:
        await here.type("1", "2", "escape", "j")
        assert here.text == "bullet 0"


async def test_a_count_moves_the_end_of_a_phrase(reading: Open) -> None:
    async with reading(config=COUNTS) as here:
        await here.type("j", "v", "v", "2", "w", "m")
        assert 'exact = "The first b"' in here.sidecar


async def test_digits_that_are_no_keys_begin_a_count_with_no_wait(reading: Open) -> None:
    free = {f"mark_{colour}": () for colour in ("yellow", "green", "blue", "pink", "purple")}
    async with reading(LONG, config=Config(keys=free, counts=True)) as here:
        await here.pilot.press("3")
        assert not here.app.keyboard.is_deciding
        await here.press("j")
        assert here.text == "bullet 2"


@pytest.mark.parametrize("sign", [*"[]{}?.,!/$;:#'\"-+*=<>|&@~^%_`\\()", "é", "ä", "5", "G"])
async def test_a_key_can_be_written_as_the_sign_on_it(reading: Open, sign: str) -> None:
    async with reading(config=Config(keys={"next": (sign,)})) as here:
        (key,) = here.app.cx.settings.keys["next"]
        assert shown(key) == sign
        await here.press(key)
        assert here.text.startswith("The first bullet")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"mark": ("x",), "undo": ("X", "x")}, ("undo", "`x` is the key of `mark` as well")),
        ({"mark": ("?",), "undo": ("question_mark",)}, ("undo", "`question_mark` is the key of `mark` as well")),
        ({"mark": ("hyperspace",)}, ("mark", "`hyperspace` is not a key")),
        ({"mark": ("control+x",)}, ("mark", "`control+x` is not a key")),
    ],
)
def test_impossible_keys_are_reported(keys: dict[str, tuple[str, ...]], told: tuple[str, str]) -> None:
    assert list(faults(keys)) == [told]


def test_modes_may_share_a_key_and_all_the_usual_keys_are_keys() -> None:
    assert not list(faults({"next": ("x",), "select_down": ("x",)}))
    assert not [fault for action in (*ACTIONS, *CHOOSING, *DECIDING) for fault in faults({action.name: action.keys})]


async def test_the_palette_does_what_a_key_would_do(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+p", *"next epis", "enter")
        assert here.app.cx.panes.bullets.cursor.section == 1


async def test_the_palette_applies_to_the_current_pane_and_phrase(reading: Open) -> None:
    async with reading() as here:
        await here.press("v", "v", "e", "ctrl+p", *"in blue", "enter")
        assert 'colour = "blue"' in here.sidecar
        await here.press("tab", "ctrl+p", *"last bullet", "enter")
        assert here.app.cx.panes.questions.cursor == here.app.cx.panes.questions.count() - 1
        await here.press("ctrl+p", "escape")
        assert here.app.cx.panes.questions.has_focus


async def test_a_click_in_the_palette_does_what_was_clicked(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+p", *"choose a theme")
        await here.pilot.click("#offers", offset=(5, 1))
        await here.settle()
        assert isinstance(here.app.screen, Menu)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("highlight", "highlight in yellow"),
        ("delete", "remove the highlight"),
        ("export", "as Markdown"),
        ("theme", "dark or light"),
    ],
)
async def test_the_palette_finds_actions_by_other_words(reading: Open, word: str, found: str) -> None:
    async with reading() as here:
        await here.press("colon", *word)
        assert found in here.screen()


async def test_the_palette_begins_with_what_applies_here(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "ctrl+p")
        assert here.app.cx.picker is not None
        assert here.app.cx.picker.pane.offers[0].beside == "Highlights"
        await here.press("escape", "v", "ctrl+p")
        assert here.app.cx.picker.pane.offers[0].beside == "While choosing a phrase"
        await here.press("escape", "escape", "tab", "ctrl+p")
        assert here.app.cx.picker.pane.offers[0].beside == "Deciding in a list"


async def test_the_palette_prefers_applicable_commands_among_equal_matches(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+p", *"next ")
        assert here.app.cx.picker is not None
        assert here.app.cx.picker.pane.offers[0].text == "next bullet"
        await here.press("escape", "slash", *"bullet", "enter", "ctrl+p", *"next ")
        assert here.app.cx.picker.pane.offers[0].text == "next match"


async def test_the_palette_begins_with_what_was_chosen_in_it_often_and_lately(reading: Open) -> None:
    def offered(here: Reading) -> list[str]:
        assert here.app.cx.picker is not None
        return [offer.text for offer in here.app.cx.picker.pane.offers]

    async with reading() as here:
        for words in ("dark or light", "next heading", "dark or light"):
            await here.press("ctrl+p", *words, "enter")
        await here.press("ctrl+p")
        assert offered(here)[:2] == ["dark or light", "next heading"]
    async with reading() as here:  # another session
        await here.press("v", "ctrl+p")
        assert offered(here)[0] == "next character"
        assert offered(here).index("dark or light") < offered(here).index("quit")


async def test_ctrl_c_copies_the_phrase_or_says_how_to_quit(reading: Open) -> None:
    async with reading() as here:
        await here.press("ctrl+c")
        assert "q quits" in here.screen()
        await here.press("j", "v", "v", "e", "ctrl+c")
        assert "Copied: The" in here.screen()


@pytest.mark.parametrize("size", [(120, 40), (40, 10)])
async def test_the_palette_lists_every_action_with_its_keys(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as here:
        await here.press("ctrl+p")
        assert here.app.cx.picker is not None
        assert here.app.cx.picker.pane.count() == len((*ACTIONS, *CHOOSING, *DECIDING))
        assert "highlight in green" in here.screen()
        await here.press(*"zzzqqq")
        assert "No match" in here.screen()


async def test_a_paste_longer_than_a_field_can_show_is_refused_with_a_message(reading: Open) -> None:
    async with reading() as here:
        await here.press("a")
        here.app.post_message(Paste("w" * (LONGEST_PASTE + 1)))
        await here.settle()
        assert "Too much to paste: at most 1 MB" in here.screen()
        assert "www" not in here.screen()
        here.app.post_message(Paste("a few words"))
        await here.settle()
        assert "a few words" in here.screen()


async def test_a_key_that_comes_when_the_reader_has_quit_does_nothing(reading: Open) -> None:
    async with reading() as here:
        await here.press("q")
    assert not here.app.screen_stack
    await here.app.keyboard.handle(Key("m", "m"))
    await here.app.keyboard.handle_waiting()
    assert not here.sidecar
