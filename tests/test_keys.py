"""Keys as configured, and their notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from tui.keymap import EVERY_ACTION, MODES
from tui.keys import brief, faults, hints, keys_of, lost_defaults, names_by_key, shown

NAMES = [action.name for action in EVERY_ACTION]
ARROWS = {"down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "page down", "pageup": "page up"}
CHOSEN = st.lists(st.sampled_from(["x", "j", "?", "escape", "ctrl+k", "f2"]), unique=True)
OVERRIDES = st.dictionaries(st.sampled_from(NAMES), CHOSEN, max_size=4)


@given(OVERRIDES)
def test_a_configured_key_is_that_actions_alone_in_each_mode(overrides: dict[str, list[str]]) -> None:
    keys = keys_of(overrides)
    assert set(keys) == set(NAMES)
    if not list(faults(overrides)):
        for mode in MODES:
            used = [key for action in mode for key in keys[action.name]]
            assert len(used) == len(set(used))


@given(OVERRIDES)
def test_a_key_that_an_action_lost_is_told_with_its_new_owner(overrides: dict[str, list[str]]) -> None:
    keys = keys_of(overrides)
    for name, lost in lost_defaults(overrides).items():
        assert name not in overrides
        for key, owner in lost:
            assert key not in keys[name]
            assert key in keys[owner]


def test_without_a_configuration_every_action_has_its_own_keys() -> None:
    assert keys_of({}) == {action.name: action.keys for action in EVERY_ACTION}
    assert lost_defaults({}) == {}


@pytest.mark.parametrize(
    ("key", "written"),
    [("question_mark", "?"), ("down", "↓"), ("pagedown", "page down"), ("ctrl+k", "ctrl+k"), ("G", "G"), ("f1", "f1")],
)
def test_a_key_is_written_as_a_reader_would(key: str, written: str) -> None:
    assert shown(key) == written


@pytest.mark.parametrize("key", [*ARROWS, "escape"])
def test_a_key_is_taken_as_it_is_written_on_screen(key: str) -> None:
    for written in (shown(key), brief(key)):
        assert list(faults({"next": (written,)})) == []
        assert keys_of({"next": (written,)})["next"] == (key,)


def test_every_key_that_textual_names_is_known() -> None:
    named = {key.value for key in Keys if key.value.isprintable() and "<" not in key.value} - {"ctrl-at"}
    assert [key for key in named if list(faults({"next": (key,)}))] == []
    assert [key for key in named if shown(key) != ARROWS.get(key, key)] == []


@pytest.mark.parametrize("sign", [chr(code) for code in range(33, 127)])
def test_a_sign_is_written_as_itself_whatever_textual_calls_its_key(sign: str) -> None:
    key = _character_to_key(sign)
    assert shown(key) == sign
    assert keys_of({"next": (sign,)})["next"] == (key,)


def test_the_last_line_abbreviates_escape() -> None:
    assert (brief("escape"), shown("escape")) == ("esc", "escape")


def test_hints_name_first_keys_and_leave_out_actions_without_one() -> None:
    keys = {"a": ("ctrl+s", "s"), "b": (), "c": ("escape",)}
    assert hints(keys, a="saves", b="never", c="leaves") == "ctrl+s saves · esc leaves"


def test_each_key_of_a_mode_has_its_action() -> None:
    found = names_by_key(MODES[0], keys_of({"next": ("x",)}))
    assert found["x"] == "next"
    assert "j" not in found
