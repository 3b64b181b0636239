"""Commands for keys, the palette and the mouse; each is a function of the context."""

from __future__ import annotations

from importlib import import_module
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.ui.context import Context


class CommandRef(NamedTuple):
    """A function in a module of this package, with its arguments after the context."""

    module: str
    function: str
    arguments: tuple[object, ...] = ()

    def resolve(self) -> Callable[..., Any]:
        """The function; its module is imported on first use."""
        found: Callable[..., Any] = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        return found


COMMANDS: Mapping[str, CommandRef] = {
    "next": CommandRef("moving", "step", (1,)),
    "previous": CommandRef("moving", "step", (-1,)),
    "page_down": CommandRef("moving", "turn", (1,)),
    "page_up": CommandRef("moving", "turn", (-1,)),
    "half_down": CommandRef("moving", "turn", (0.5,)),
    "half_up": CommandRef("moving", "turn", (-0.5,)),
    "first": CommandRef("moving", "to_first"),
    "last": CommandRef("moving", "to_last"),
    "next_episode": CommandRef("moving", "to_episode", (1,)),
    "previous_episode": CommandRef("moving", "to_episode", (-1,)),
    "next_heading": CommandRef("moving", "to_heading", (1,)),
    "previous_heading": CommandRef("moving", "to_heading", (-1,)),
    "next_highlight": CommandRef("moving", "to_highlight", (1,)),
    "previous_highlight": CommandRef("moving", "to_highlight", (-1,)),
    "next_pane": CommandRef("moving", "to_next_pane", (1,)),
    "previous_pane": CommandRef("moving", "to_next_pane", (-1,)),
    "pane_right": CommandRef("moving", "to_pane_beside", (1,)),
    "pane_left": CommandRef("moving", "to_pane_beside", (-1,)),
    "scope": CommandRef("moving", "change_scope"),
    "side": CommandRef("moving", "change_side"),
    "next_change": CommandRef("changes", "to_change", (1,)),
    "previous_change": CommandRef("changes", "to_change", (-1,)),
    "latest_edit": CommandRef("changes", "to_latest_edit"),
    "removed": CommandRef("changes", "show_removed"),
    "read": CommandRef("changes", "take_as_read"),
    "search": CommandRef("search", "search"),
    "read_on": CommandRef("program", "read_on"),
    "next_hit": CommandRef("search", "to_hit", (1,)),
    "previous_hit": CommandRef("search", "to_hit", (-1,)),
    "all_hits": CommandRef("search", "list_hits"),
    "jump": CommandRef("jump", "jump"),
    "filter_episodes": CommandRef("episodes", "filter_list"),
    "sort_episodes": CommandRef("episodes", "sort_list"),
    "return": CommandRef("links", "go_back"),
    "mark": CommandRef("highlights", "mark"),
    "mark_yellow": CommandRef("highlights", "mark", ("yellow",)),
    "mark_green": CommandRef("highlights", "mark", ("green",)),
    "mark_blue": CommandRef("highlights", "mark", ("blue",)),
    "mark_pink": CommandRef("highlights", "mark", ("pink",)),
    "mark_purple": CommandRef("highlights", "mark", ("purple",)),
    "delete": CommandRef("highlights", "remove"),
    "select_mark": CommandRef("highlights", "mark"),
    "select_search": CommandRef("phrases", "find_word"),
    "select": CommandRef("phrases", "select"),
    "adjust": CommandRef("phrases", "adjust"),
    "comment": CommandRef("comments", "comment"),
    "tags": CommandRef("comments", "tags"),
    "undo": CommandRef("history", "undo"),
    "redo": CommandRef("history", "redo"),
    "restore": CommandRef("history", "restore"),
    "merge": CommandRef("history", "merge"),
    "answered": CommandRef("questions", "toggle_answered"),
    "answer": CommandRef("questions", "answer"),
    "dismiss": CommandRef("questions", "toggle_dismissed"),
    "question": CommandRef("questions", "toggle_question"),
    "other_end": CommandRef("questions", "to_other_end"),
    "edit": CommandRef("editor", "edit"),
    "copy": CommandRef("editor", "copy_text"),
    "copy_markdown": CommandRef("editor", "copy_markdown"),
    "copy_place": CommandRef("editor", "copy_place"),
    "interrupt": CommandRef("editor", "copy_phrase_or_tell"),
    "theme": CommandRef("themes", "toggle"),
    "themes": CommandRef("themes", "choose"),
    "palette": CommandRef("program", "palette"),
    "help": CommandRef("program", "show_help"),
    "suspend": CommandRef("program", "suspend"),
    "quit": CommandRef("program", "leave"),
}
"Commands that run a single function, by their names in the keymap."
STEPS: Mapping[str, tuple[CommandRef, ...]] = {
    "back": (
        CommandRef("review", "stop_moving"),
        CommandRef("episodes", "clear_filter"),
        CommandRef("review", "clear_filter"),
        CommandRef("questions", "stop_linking"),
        CommandRef("program", "stop_reading"),
        CommandRef("search", "stop"),
        CommandRef("moving", "to_bullets"),
    ),
    "choose": (
        CommandRef("comments", "read_picked"),
        CommandRef("links", "choose"),
        CommandRef("comments", "read_comment"),
    ),
    "link": (CommandRef("review", "put_moved"), CommandRef("questions", "link")),
}
"Commands that run several functions: each is tried in this order until one returns True."


ANSWERS: Mapping[str, CommandRef] = {
    "click": CommandRef("links", "click"),
    "show_comment": CommandRef("clicks", "show_comment"),
    "show_menu": CommandRef("clicks", "show_menu"),
    "decide": CommandRef("review", "decide"),
    "filter": CommandRef("review", "filter_list"),
    "group": CommandRef("review", "group_list"),
}
"Functions that handle messages from the panes."


def answer(name: str, *arguments: object) -> None:
    """Handle a message from a pane."""
    ANSWERS[name].resolve()(*arguments)


async def run(cx: Context, name: str) -> None:
    """Run a command by its name."""
    for ref in STEPS.get(name) or (COMMANDS[name],):
        done = ref.resolve()(cx, *ref.arguments)
        if isawaitable(done):
            done = await done
        if done:
            return
