"""The manual page in roff, generated from the same tables as `--help` and the keys (man-pages(7))."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH = 76
"Maximum line width before dashes are escaped; mandoc's style allows 80 afterwards."
_EXIT = (
    ("0", "Fine."),
    ("1", "Something needs your attention."),
    ("2", "Wrong usage, or a wrong configuration."),
    ("3", "A file could not be read or written."),
    ("70", "A bug in earmark; the message names a report."),
    ("130", "It was interrupted with ctrl+c."),
)
_FILES = (
    ("NAME.highlights.toml", "The highlights of NAME.md or NAME.txt, beside it."),
    (
        "NAME.highlights.toml.bak",
        "What the highlights file held before the last change; NAME~2 and NAME~3 before that.",
    ),
    ("config.toml", "The configuration: in this folder if it has a table [earmark], else in the configuration folder."),
)
_ENVIRONMENT = (
    ("EARMARK_CONFIG", "The configuration to use."),
    ("VISUAL, EDITOR", "The editor to open notes in."),
    ("NO_COLOR", "Where it is set, no colours are used."),
    ("COLORFGBG", "Tells a light terminal from a dark one."),
)


class Key(NamedTuple):
    """An action of the reader, as an entry of the page."""

    keys: str
    "The keys as a reader would write them; empty if there are none."
    title: str
    name: str
    "Its name in the configuration."
    group: str
    "The heading of its section."


def manual(group: click.Group, keys: Iterable[Key], version: str, date: str) -> Iterator[str]:
    """The lines of the manual page for a command and its subcommands.

    Args:
        group: The command.
        keys: Every action of the reader, in order.
        version: The program's version.
        date: The version's date, as YYYY-MM-DD.
    """
    name = group.name or ""
    yield f'.TH {name.upper()} 1 {date} "{name} {version}" "User Commands"'
    yield from _section("NAME", f"{name} \\- read and highlight podcast notes in the terminal")
    context = click.Context(group, info_name=name, **group.context_settings)
    yield from _section("SYNOPSIS", f".B {name}\n[OPTIONS] [PATH]\n.br\n.B {name}\nCOMMAND [OPTIONS] [ARGUMENTS]")
    yield from _section("DESCRIPTION", _text(group.help or ""))
    yield from _examples(group)
    yield ".SH OPTIONS"
    yield from _options(group, context)
    yield ".SH COMMANDS"
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if command is not None and not command.hidden:
            yield from _command(command, click.Context(command, info_name=word, parent=context))
    yield ".SH KEYS"
    heading = ""
    for key in keys:
        if key.group != heading:
            heading = key.group
            yield f".SS {_line(heading)}"
        yield from _entry(_line(key.keys) or "(no key)", f"{_line(key.title)} (\\fI{_line(key.name)}\\fR)")
    for title, entries in (("EXIT STATUS", _EXIT), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        yield f".SH {title}"
        for term, meaning in entries:
            yield from _entry(f"\\fB{_line(term)}\\fR", _text(meaning))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_line(f'{command.name} {pieces}')}"
    yield _text(command.help or "")
    yield from _options(command, context)
    yield from _examples(command)


def _examples(command: click.Command) -> Iterator[str]:
    """The examples of a command, with their line breaks preserved."""
    if command.epilog:
        heading, *lines = command.epilog.replace("\b", "").strip().split("\n")
        yield from (".PP", _line(heading), ".nf", *map(_line, lines), ".fi")


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield from _entry(f"\\fB{_line(record[0])}\\fR", _text(record[1]))


def _section(title: str, text: str) -> Iterator[str]:
    yield f".SH {title}"
    yield text


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", term, meaning)


def _text(text: str) -> str:
    """Escape text for roff, wrapped as its style demands."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
    return "\n.PP\n".join("\n".join(map(_line, wrap(each, _WIDTH, break_on_hyphens=False))) for each in paragraphs)


def _line(text: str) -> str:
    """Escape one line for roff."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped[:1] in ("'", ".") else escaped
