"""Keys as configured by the reader, and their notation on screen, in the configuration and in the docs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tui.keymap import EVERY_ACTION, MODES, Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOVING = ("left", "right", "up", "down", "home", "end", "insert", "delete", "pageup", "pagedown")
_FUNCTIONS = tuple(f"f{number}" for number in range(1, 25))
_NAMES = frozenset(
    (
        *("escape", "shift+escape", "return", "tab", "shift+tab", "space", "enter", "backspace"),
        *(f"{held}{key}" for held in ("", "ctrl+", "shift+", "ctrl+shift+") for key in _MOVING),
        *(f"{held}{key}" for held in ("", "ctrl+") for key in _FUNCTIONS),
        *(f"ctrl+{key}" for key in "@abcdefghijklmnopqrstuvwxyz0123456789"),
        *("ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore"),
        *(f"ctrl+shift+{key}" for key in "0123456789"),
    )
)
"Textual's names of keys without a character; listed here, since Textual is not imported before the first frame."
_UNICODE_NAMES = {
    "slash": "solidus",
    "backslash": "reverse solidus",
    "at": "commercial at",
    "minus": "hyphen-minus",
    "plus": "plus sign",
    "underscore": "low line",
    "less_than_sign": "less-than sign",
    "greater_than_sign": "greater-than sign",
}
"Unicode names of characters for which Textual has other names."
_KEY_NAMES = {name.replace("-", "_").replace(" ", "_"): key for key, name in _UNICODE_NAMES.items()}
_SHOWN = {"down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "page down", "pageup": "page up"}
_ARROWS = {ord(sign): key for key, sign in _SHOWN.items() if len(sign) == 1}
_AS_SHOWN = {"esc": "escape", **{written: key for key, written in _SHOWN.items()}}
"Textual's names of keys by what the screen and the docs call them."


def shown(key: str) -> str:
    """A key in the notation of readers."""
    if key in _NAMES:
        return _SHOWN.get(key, key)
    return _sign(key) or key


def spelt(written: str) -> str:
    """Keys as written on screen, with words for arrows, whose forms in ASCII read like letters."""
    return written.translate(_ARROWS)


def _sign(key: str) -> str:
    """The character of a key given by name or by itself; empty if it has no visible one."""
    try:
        sign = key if len(key) == 1 else unicodedata.lookup(_UNICODE_NAMES.get(key, key.replace("_", " ")))
    except KeyError:
        return ""
    return sign if sign.isprintable() else ""


def brief(key: str) -> str:
    """A key in the short notation of the footer and of hints in windows."""
    return "esc" if key == "escape" else shown(key)


def undo_hint(keys: Mapping[str, Sequence[str]]) -> str:
    """The key that undoes, as the end of a message; empty if there is none."""
    return f" · {shown(keys['undo'][0])} undoes" if keys["undo"] else ""


def hints(keys: Mapping[str, Sequence[str]], **words: str) -> str:
    """The first key of each of these actions with a word for it, on one line; actions without a key are left out."""
    return " · ".join(f"{brief(keys[name][0])} {word}" for name, word in words.items() if keys[name])


def _named(key: str) -> str:
    """Textual's name for a key that may be given by its character, or as it is written on screen."""
    key = _AS_SHOWN.get(key, key)
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _KEY_NAMES.get(name, name)


def keys_of(overrides: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of every action, as configured or by default.

    A key configured for one action is taken away from any other of the same mode.
    """
    found = {action.name: action.keys for action in EVERY_ACTION}
    for name, lost in lost_defaults(overrides).items():
        taken = {key for key, _ in lost}
        found[name] = tuple(key for key in found[name] if key not in taken)
    return found | {name: tuple(map(_named, keys)) for name, keys in overrides.items()}


def lost_defaults(overrides: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Default keys that actions lost, by action name: each key with the action that has it now."""
    named = {name: tuple(map(_named, keys)) for name, keys in overrides.items()}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for mode in MODES if named else ():
        owners = {key: action.name for action in mode for key in named.get(action.name, ())}
        for action in mode:
            lost = tuple((key, owners[key]) for key in action.keys if key in owners)
            if lost and action.name not in named:
                found[action.name] = tuple(dict.fromkeys((*found.get(action.name, ()), *lost)))
    return found


def names_by_key(actions: Sequence[Action], keys: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The action of each key, given these actions and their keys by name."""
    return {key: action.name for action in actions for key in keys[action.name]}


def faults(overrides: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Errors in the configured keys, each as an action's name and a message.

    Actions of different modes may share a key, but two of the same mode may not.
    """
    for name, keys in overrides.items():
        for key in keys:
            if not _is_key(key):
                yield name, f"`{key}` is not a key"
    reported: set[tuple[str, str]] = set()
    for mode in MODES:
        owners: dict[str, str] = {}
        for action in mode:
            for key in overrides.get(action.name, ()):
                owner = owners.setdefault(_named(key), action.name)
                if owner != action.name and (action.name, key) not in reported:
                    reported.add((action.name, key))
                    yield action.name, f"`{key}` is the key of `{owner}` as well"


def _is_key(key: str) -> bool:
    """True for a key given by Textual's name, by its character or as it is written on screen."""
    key = _AS_SHOWN.get(key, key)
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = len(last) == 1 or last in _NAMES or bool(_sign(last))
    return known and key.isprintable() and set(modifiers) <= {"ctrl", "shift", "alt", "meta", "super", "hyper"}
