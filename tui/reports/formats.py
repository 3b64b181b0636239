"""A registry's formats on the command line: choosing one, completing its name, and listing them in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import click
from click.shell_completion import CompletionItem

from tui.core.suggestion import nearest

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
        """Example arguments of the command."""


class FormatName(click.ParamType):  # type: ignore[type-arg]  # generic in click 8.4 alone
    """The name of a format; the registry is read on first use."""

    name = "format"

    def __init__(self, rows: Callable[[], Mapping[str, FormatRow]]) -> None:
        self._rows = rows

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in lower case; fails for an unknown name, suggesting the nearest one."""
        names = tuple(self._rows())
        if (name := value.casefold()) not in names:
            near = nearest(name, names)
            said = f'did you mean "{near}"?' if near else f"there are {', '.join(names)}"
            self.fail(f'no format is called "{value}"; {said}', param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that start with the typed text."""
        rows = self._rows().values()
        return [CompletionItem(row.name, help=row.about) for row in rows if row.name.startswith(incomplete)]


def formats_text(command: str, rows: Mapping[str, FormatRow]) -> str:
    """All formats, each with a few words and an example, to be shown below a command's help."""
    lines = ["\b", "Formats, with an example each:"]
    for row in rows.values():
        lines += [f"  {row.name}: {row.about}", f"    {command} {row.example}"]
    return "\n".join(lines)
