"""All messages of earmark, collected from its code: their form and their words."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tui import errors
from tui.keymap import EVERY_ACTION
from tui.ui.lists.legend import LEGEND

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "tui"
LONGEST = 110
"Most characters of a message, without inserted values."
LONGEST_TITLE = 50
"Most characters of an action's title, which shares one row of a column with its keys."
SAYS = {"say": 0, "warn": 0, "Effect": 1, "Outcome": 1, "SheetLine": 0, "Leaving": 0}
"Functions and classes that show a message on the screen, with its place among the arguments."
ERRORS = {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, Exception)}
FORBIDDEN = re.compile(
    r"(?<![\w.`-])(blocks?|hits?|orphans?|anchors?|selectors?|sidecars?|baselines?|in hand|unmakes?|unmarks?|mend(ed)?|"
    r"throws? away|told of|taken up|put to you|heed|of late|by a pipe|further (on|up)|nothing more to be)(?![\w-])",
    re.IGNORECASE,
)
"Words of the code that do not belong on screen, and words that betray a translation."


class Said(NamedTuple):
    """A message in the code."""

    place: str
    text: str
    "The message, with inserted values as ``{}``."


def texts(node: ast.AST | None) -> Iterator[str]:
    """The possible texts of an expression: a string, a formatted one, or either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)  # type: ignore[misc]  # of a string
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Every call in the code: its place, the name called, and the call."""
    return tuple(
        (f"{path.relative_to(PACKAGE)}:{node.lineno}", getattr(node.func, "attr", getattr(node.func, "id", "")), node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


def said() -> list[Said]:
    """Every message on the screen."""
    return [
        Said(place, text)
        for place, name, call in calls()
        if name in SAYS and len(call.args) > SAYS[name] and not place.startswith("cli/")
        for text in texts(call.args[SAYS[name]])
        if text.strip()
    ]


def problems_and_remedies() -> list[Said]:
    """The two halves of every error after the path."""
    return [
        Said(place, text)
        for place, name, call in calls()
        if name in ERRORS
        for argument in call.args[1:3]
        for text in texts(argument)
        if text.strip()
    ]


def test_there_are_messages_to_look_at() -> None:
    assert len(said()) > 60
    assert len(problems_and_remedies()) > 60


def test_messages_begin_with_a_capital_and_end_without_a_full_stop() -> None:
    small = [each for each in said() if each.text.lstrip()[0] not in "{`" and each.text.lstrip()[0].islower()]
    assert small == []
    assert [each for each in said() if each.text.rstrip().endswith((".", "!", ";"))] == []


def test_halves_of_errors_begin_small_and_end_without_a_full_stop() -> None:
    halves = problems_and_remedies()
    firsts = ((each, each.text.split()[0]) for each in halves)
    assert [each for each, first in firsts if first[0].isupper() and first[1:].islower()] == []
    assert [each for each in halves if each.text.rstrip().endswith((".", "!", ";"))] == []


def test_messages_are_short_and_in_the_words_of_the_screen() -> None:
    messages = [*said(), *problems_and_remedies()]
    assert [each for each in messages if len(each.text.replace("{}", "")) > LONGEST] == []
    assert [each for each in messages if FORBIDDEN.search(each.text)] == []


@pytest.mark.parametrize("action", EVERY_ACTION, ids=lambda action: action.name)
def test_title_of_an_action_is_small_short_and_in_the_words_of_the_screen(action: object) -> None:
    title, hint = action.title, action.hint  # type: ignore[attr-defined]  # an Action
    assert title[0].islower(), title
    assert not title.endswith("."), title
    assert len(title) <= LONGEST_TITLE, title
    assert FORBIDDEN.search(f"{title} {hint}") is None, title


def test_legend_is_in_the_words_of_the_screen() -> None:
    assert [entry for entry in LEGEND if FORBIDDEN.search(entry.meaning)] == []
