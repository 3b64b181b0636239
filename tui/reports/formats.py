"""The formats of a registry on the command line: the choice of one, its completion, and the list in the help."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FormatRow(Protocol):
    """A row of a registry."""

    @property
    def name(self) -> str:
        """The name on the command line."""

    @property
    def about(self) -> str:
        """A few words for the help."""

    @property
    def example(self) -> str:
        """The words behind the command."""


class FormatName(click.ParamType):  # type: ignore[type-arg]  # generic in click 8.4 alone
    """The name of a format; the registry is read when it is first needed."""

    name = "format"

    def __init__(self, rows: Callable[[], Mapping[str, FormatRow]]) -> None:
        self._rows = rows

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in lower case; fails for one that is not there, with the nearest that is."""
        names = tuple(self._rows())
        if (name := value.casefold()) not in names:
            near = get_close_matches(name, names, n=1)
            said = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(names)}"
            self.fail(f'no format is called "{value}"; {said}', param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin like the word."""
        rows = self._rows().values()
        return [CompletionItem(row.name, help=row.about) for row in rows if row.name.startswith(incomplete)]


def formats_text(command: str, rows: Mapping[str, FormatRow]) -> str:
    """Every format with a few words and an example, as text beneath a command's help."""
    lines = ["\b", "Formats, with an example each:"]
    for row in rows.values():
        lines += [f"  {row.name}: {row.about}", f"    {command} {row.example}"]
    return "\n".join(lines)
