"""Commands for keys, the palette and the mouse, each a function of the context."""

from __future__ import annotations

from importlib import import_module
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.ui.context import Context


class Ref(NamedTuple):
    """A function of a module in this package, and its arguments besides the context."""

    module: str
    function: str
    arguments: tuple[object, ...] = ()

    def resolve(self) -> Callable[..., Any]:
        """The function; its module is imported with the first key that needs it."""
        found: Callable[..., Any] = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        return found


COMMANDS: Mapping[str, Ref] = {
    "next": Ref("moving", "step", (1,)),
    "previous": Ref("moving", "step", (-1,)),
    "page_down": Ref("moving", "turn", (1,)),
    "page_up": Ref("moving", "turn", (-1,)),
    "half_down": Ref("moving", "turn", (0.5,)),
    "half_up": Ref("moving", "turn", (-0.5,)),
    "first": Ref("moving", "to_first"),
    "last": Ref("moving", "to_last"),
    "next_episode": Ref("moving", "to_episode", (1,)),
    "previous_episode": Ref("moving", "to_episode", (-1,)),
    "next_heading": Ref("moving", "to_heading", (1,)),
    "previous_heading": Ref("moving", "to_heading", (-1,)),
    "next_highlight": Ref("moving", "to_highlight", (1,)),
    "previous_highlight": Ref("moving", "to_highlight", (-1,)),
    "next_pane": Ref("moving", "to_next_pane", (1,)),
    "previous_pane": Ref("moving", "to_next_pane", (-1,)),
    "pane_right": Ref("moving", "to_pane_beside", (1,)),
    "pane_left": Ref("moving", "to_pane_beside", (-1,)),
    "scope": Ref("moving", "change_scope"),
    "side": Ref("moving", "change_side"),
    "next_change": Ref("changes", "to_change", (1,)),
    "previous_change": Ref("changes", "to_change", (-1,)),
    "latest_edit": Ref("changes", "to_latest_edit"),
    "removed": Ref("changes", "show_removed"),
    "read": Ref("changes", "take_as_read"),
    "search": Ref("search", "search"),
    "read_on": Ref("program", "read_on"),
    "next_hit": Ref("search", "to_hit", (1,)),
    "previous_hit": Ref("search", "to_hit", (-1,)),
    "all_hits": Ref("search", "list_hits"),
    "jump": Ref("jump", "jump"),
    "filter_episodes": Ref("episodes", "filter_list"),
    "sort_episodes": Ref("episodes", "sort_list"),
    "return": Ref("links", "go_back"),
    "mark": Ref("highlights", "mark"),
    "mark_yellow": Ref("highlights", "mark", ("yellow",)),
    "mark_green": Ref("highlights", "mark", ("green",)),
    "mark_blue": Ref("highlights", "mark", ("blue",)),
    "mark_pink": Ref("highlights", "mark", ("pink",)),
    "mark_purple": Ref("highlights", "mark", ("purple",)),
    "delete": Ref("highlights", "remove"),
    "select_mark": Ref("highlights", "mark"),
    "select_search": Ref("phrases", "find_word"),
    "select": Ref("phrases", "select"),
    "adjust": Ref("phrases", "adjust"),
    "comment": Ref("comments", "comment"),
    "tags": Ref("comments", "tags"),
    "undo": Ref("history", "undo"),
    "redo": Ref("history", "redo"),
    "restore": Ref("history", "restore"),
    "merge": Ref("history", "merge"),
    "answered": Ref("questions", "toggle_answered"),
    "answer": Ref("questions", "answer"),
    "dismiss": Ref("questions", "toggle_dismissed"),
    "question": Ref("questions", "toggle_question"),
    "other_end": Ref("questions", "to_other_end"),
    "edit": Ref("editor", "edit"),
    "copy": Ref("editor", "copy_text"),
    "copy_markdown": Ref("editor", "copy_markdown"),
    "copy_place": Ref("editor", "copy_place"),
    "interrupt": Ref("editor", "copy_phrase_or_tell"),
    "theme": Ref("themes", "toggle"),
    "themes": Ref("themes", "choose"),
    "palette": Ref("program", "palette"),
    "help": Ref("program", "show_help"),
    "suspend": Ref("program", "suspend"),
    "quit": Ref("program", "leave"),
}
"The commands of one function, by their names in the keymap."
STEPS: Mapping[str, tuple[Ref, ...]] = {
    "back": (
        Ref("review", "stop_moving"),
        Ref("episodes", "clear_filter"),
        Ref("review", "clear_filter"),
        Ref("questions", "stop_linking"),
        Ref("program", "stop_reading"),
        Ref("search", "stop"),
        Ref("moving", "to_bullets"),
    ),
    "choose": (
        Ref("comments", "read_picked"),
        Ref("links", "choose"),
        Ref("comments", "read_comment"),
    ),
    "link": (Ref("review", "put_moved"), Ref("questions", "link")),
}
"The commands of several functions: each is tried in this order until one returns True."


ANSWERS: Mapping[str, Ref] = {
    "click": Ref("links", "click"),
    "show_comment": Ref("clicks", "show_comment"),
    "show_menu": Ref("clicks", "show_menu"),
    "decide": Ref("review", "decide"),
}
"The functions that answer messages of the panes."


def answer(name: str, *arguments: object) -> None:
    """Answer a message of a pane."""
    ANSWERS[name].resolve()(*arguments)


async def run(cx: Context, name: str) -> None:
    """Run a command by its name."""
    for ref in STEPS.get(name) or (COMMANDS[name],):
        done = ref.resolve()(cx, *ref.arguments)
        if isawaitable(done):
            done = await done
        if done:
            return
