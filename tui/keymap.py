"""Every action of the reader: its keys, its title, and the places that show it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Action(NamedTuple):
    """One thing a reader can do with a key."""

    name: str
    "Name in the configuration."
    keys: tuple[str, ...]
    "Keys by Textual's names."
    title: str
    "Description in the help."
    group: str
    hint: str = ""
    "The word in the footer; empty to leave it out."


ACTIONS: tuple[Action, ...] = (
    Action("next", ("j", "down"), "next block", "Moving", "move"),
    Action("previous", ("k", "up"), "previous block", "Moving"),
    Action("page_down", ("space", "pagedown", "ctrl+f"), "a page down", "Moving"),
    Action("page_up", ("pageup", "ctrl+b"), "a page up", "Moving"),
    Action("half_down", ("ctrl+d",), "half a page down", "Moving"),
    Action("half_up", ("ctrl+u",), "half a page up", "Moving"),
    Action("first", ("g", "home"), "first block", "Moving"),
    Action("last", ("G", "end"), "last block", "Moving"),
    Action("next_episode", ("right_square_bracket",), "next episode", "Moving", "episode"),
    Action("previous_episode", ("left_square_bracket",), "previous episode", "Moving"),
    Action("next_heading", ("right_curly_bracket",), "next heading", "Moving"),
    Action("previous_heading", ("left_curly_bracket",), "previous heading", "Moving"),
    Action("next_change", ("c",), "next change since you last read", "Moving"),
    Action("previous_change", ("C",), "previous change", "Moving"),
    Action("latest_edit", ("semicolon",), "to the last edit", "Moving"),
    Action("removed", ("minus",), "what was taken out since you last read", "Moving"),
    Action("read", ("r",), "take all as read: the change marks go, or come back", "Moving"),
    Action("search", ("slash",), "search the library", "Finding", "search"),
    Action("jump", ("ctrl+k",), "go to an episode, heading, highlight or question", "Finding"),
    Action("filter_episodes", ("f",), "filter the episode list", "Finding"),
    Action("sort_episodes", ("s",), "sort the episode list: by date, or as it stands", "Finding"),
    Action("next_hit", ("n",), "next hit", "Finding"),
    Action("previous_hit", ("N",), "previous hit", "Finding"),
    Action("all_hits", ("ctrl+g",), "list all hits", "Finding"),
    Action("read_on", ("plus",), "read on in a folder, where `escape` stopped it", "Finding"),
    Action("next_pane", ("tab",), "next pane, around the end", "Panes", "pane"),
    Action("previous_pane", ("shift+tab",), "previous pane, around the end", "Panes"),
    Action("pane_right", ("l", "right"), "pane to the right", "Panes"),
    Action("pane_left", ("h", "left"), "pane to the left", "Panes"),
    Action("choose", ("enter",), "follow a link of the block; in a list, go to what it is on", "Panes", "go"),
    Action("back", ("escape",), "back to the bullets; hits are drawn no more", "Panes"),
    Action("return", ("backspace", "ctrl+o"), "back to where a link or a jump led away from", "Panes"),
    Action("scope", ("o",), "list this episode's or the whole library's", "Panes"),
    Action("mark", ("m",), "mark or unmark the block", "Highlights", "mark"),
    Action("mark_yellow", ("1",), "mark in the first colour", "Highlights"),
    Action("mark_green", ("2",), "mark in the second colour", "Highlights"),
    Action("mark_blue", ("3",), "mark in the third colour", "Highlights"),
    Action("mark_pink", ("4",), "mark in the fourth colour", "Highlights"),
    Action("mark_purple", ("5",), "mark in the fifth colour", "Highlights"),
    Action("select", ("v",), "choose a phrase", "Highlights", "phrase"),
    Action("adjust", ("V",), "change the bounds of the highlight", "Highlights"),
    Action("comment", ("a",), "comment on the highlight", "Highlights", "comment"),
    Action("tags", ("t",), "tags of the highlight", "Highlights", "tags"),
    Action("next_highlight", ("full_stop",), "next highlight", "Highlights"),
    Action("previous_highlight", ("comma",), "previous highlight", "Highlights"),
    Action("undo", ("u",), "undo", "Highlights", "undo"),
    Action("redo", ("ctrl+r",), "redo", "Highlights"),
    Action("restore", ("R",), "bring back the highlights file from before a damaged one", "Highlights"),
    Action("merge", ("M",), "merge copies of the highlights file", "Highlights"),
    Action("answered", ("x",), "question answered, or open again", "Questions", "answered"),
    Action("answer", ("A",), "write the answer", "Questions", "answer"),
    Action("dismiss", ("X",), "dismiss the question, or open it again", "Questions", "dismiss"),
    Action("question", ("exclamation_mark",), "make the block a question, or unmake it", "Questions"),
    Action("link", ("L",), "link the question to the block that answers it", "Questions", "link"),
    Action("other_end", ("percent_sign",), "from a question to its answer, and back", "Questions"),
    Action("side", ("H",), "questions or highlights in the right column", "Panes", "highlights"),
    Action("edit", ("e",), "open the editor at this line", "earmark", "edit"),
    Action("copy", ("y",), "copy the block, the phrase or the question", "earmark"),
    Action("copy_markdown", ("Y",), "copy its lines as they stand in the notes", "earmark"),
    Action("copy_place", ("ctrl+y",), "copy its file and line", "earmark"),
    Action("palette", ("ctrl+p",), "command palette", "earmark"),
    Action("theme", ("T",), "dark or light", "earmark"),
    Action("themes", ("ctrl+t",), "choose a theme", "earmark"),
    Action("help", ("question_mark",), "this help", "earmark", "help"),
    Action("suspend", ("ctrl+z",), "back to the shell; `fg` returns", "earmark"),
    Action("quit", ("q", "ctrl+q"), "quit", "earmark", "quit"),
)

COUNTED = frozenset(
    {
        "next", "previous", "page_down", "page_up", "half_down", "half_up",
        "next_episode", "previous_episode", "next_heading", "previous_heading", "next_highlight", "previous_highlight",
        "next_change", "previous_change",
        "next_hit", "previous_hit",
        "select_right", "select_left", "select_word", "select_word_back", "select_word_end", "select_down", "select_up",
    }
)  # fmt: skip
"The actions that take a count."

CHOOSING: tuple[Action, ...] = (
    Action("select_right", ("l", "right"), "next character", "While choosing a phrase"),
    Action("select_left", ("h", "left"), "previous character", "While choosing a phrase"),
    Action("select_word", ("w",), "next word", "While choosing a phrase", "word"),
    Action("select_word_back", ("b",), "previous word", "While choosing a phrase"),
    Action("select_word_end", ("e",), "end of the word", "While choosing a phrase"),
    Action("select_line_start", ("0", "home"), "beginning of the block", "While choosing a phrase"),
    Action("select_line_end", ("dollar_sign", "end"), "end of the block", "While choosing a phrase"),
    Action("select_down", ("j", "down"), "a row down", "While choosing a phrase"),
    Action("select_up", ("k", "up"), "a row up", "While choosing a phrase"),
    Action("select_begin", ("v", "space"), "begin the phrase here", "While choosing a phrase", "begin"),
    Action("select_other_end", ("o",), "the other end of the phrase", "While choosing a phrase", "other end"),
    Action("select_leave", ("escape", "q"), "leave", "While choosing a phrase", "leave"),
)
"Keys that count while a phrase is selected, before their usual meanings."

DECIDING: tuple[Action, ...] = (
    Action("accept", ("y",), "accept this place", "Deciding in a list", "accept"),
    Action("relink", ("L",), "move it to the block in hand", "Deciding in a list", "relink"),
    Action("keep", ("K",), "keep it as it is", "Deciding in a list", "keep"),
    Action("delete", ("D", "delete"), "delete it", "Deciding in a list", "delete"),
    Action("filter", ("f",), "filter the list", "Deciding in a list", "filter"),
)
"Keys that count in the lists of highlights and questions, before their usual meanings."

_NAMES = frozenset(each.value for each in Keys)
"The keys without a character of their own."
_SHOWN = {"down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "page down", "pageup": "page up"}


def shown(key: str) -> str:
    """A key as a reader would write it."""
    if key in _NAMES:
        return _SHOWN.get(key, key)
    sign = format_key(key)
    return sign if len(sign) == 1 else key


def _named(key: str) -> str:
    """Textual's name for a key that may be written as its character."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def keys_of(overrides: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of every action: the configured ones, else the defaults.

    A key configured for one action is taken from any other of the same mode.
    """
    named = {name: tuple(map(_named, keys)) for name, keys in overrides.items()}
    found: dict[str, tuple[str, ...]] = {}
    for mode in (ACTIONS, CHOOSING, DECIDING):
        taken = {key for action in mode for key in named.get(action.name, ())}
        for action in mode:
            usual = tuple(key for key in action.keys if key not in taken)
            found[action.name] = named.get(action.name, usual)
    return found


def given_away(overrides: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The default keys taken from actions, by the action's name: each key with the action that has it now."""
    named = {name: tuple(map(_named, keys)) for name, keys in overrides.items()}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for mode in (ACTIONS, CHOOSING, DECIDING):
        owners = {key: action.name for action in mode for key in named.get(action.name, ())}
        for action in mode:
            lost = tuple((key, owners[key]) for key in action.keys if key in owners)
            if lost and action.name not in named:
                found[action.name] = lost
    return found


def names_by_key(actions: Sequence[Action], keys: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The action of each key, among these actions with their keys by name."""
    return {key: action.name for action in actions for key in keys[action.name]}


def faults(overrides: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Faults of the configured keys: the action's name, and a message.

    Actions of different modes may share a key, two of the same mode may not.
    """
    for name, keys in overrides.items():
        for key in keys:
            if not _is_key(key):
                yield name, f"`{key}` is no key"
    for mode in (ACTIONS, CHOOSING, DECIDING):
        owners: dict[str, str] = {}
        for action in mode:
            for key in overrides.get(action.name, ()):
                owner = owners.setdefault(_named(key), action.name)
                if owner != action.name:
                    yield action.name, f"`{key}` is the key of `{owner}` as well"


def _is_key(key: str) -> bool:
    """True for a key by Textual's name, or by its character."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = len(last) == 1 or last in _NAMES or len(format_key(last)) == 1
    return known and key.isprintable() and set(modifiers) <= {"ctrl", "shift", "alt", "meta", "super", "hyper"}
