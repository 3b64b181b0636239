"""The manual page: roff, from the very tables that `--help`, the keys and the settings come from (man-pages(7))."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXIT = (
    ("0", "Fine."),
    ("1", "Something was found that needs a person."),
    ("2", "Wrong usage, or a wrong configuration."),
    ("3", "A file could not be read or written."),
)
_FILES = (
    ("NAME.highlights.toml", "The highlights of NAME.md or NAME.txt, beside it."),
    ("NAME.highlights.toml.bak", "What the highlights file held before the last change."),
    ("config.toml", "The configuration: in this folder if it has a table [earmark], else in the configuration folder."),
)
_ENVIRONMENT = (
    ("EARMARK_CONFIG", "The configuration to use."),
    ("VISUAL, EDITOR", "The editor to open notes in."),
    ("NO_COLOR", "Where it is set, no colours are used."),
    ("COLORFGBG", "Tells a light terminal from a dark one."),
)


class Key(NamedTuple):
    """An action of the reader, as the page lists it."""

    keys: str
    "As a reader would write them; empty where it has none."
    title: str
    name: str
    "Its name in the configuration."
    group: str
    "The heading that it stands under."


def manual(group: click.Group, keys: Iterable[Key], version: str) -> Iterator[str]:
    """The lines of the manual page of a command and its commands.

    Args:
        group: The command.
        keys: Every action of the reader, in order.
        version: The program's.
    """
    name = group.name or ""
    yield f'.TH {name.upper()} 1 "" "{name} {version}" "User Commands"'
    yield from _section("NAME", f"{name} \\- read and highlight podcast notes in the terminal")
    context = click.Context(group, info_name=name, **group.context_settings)
    yield from _section("SYNOPSIS", f".B {name}\n[OPTIONS] [PATH]\n.br\n.B {name}\nCOMMAND [OPTIONS] [ARGUMENTS]")
    yield from _section("DESCRIPTION", _text(group.help or ""))
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
            yield f".SS {_text(heading)}"
        yield from _entry(_text(key.keys) or "(no key)", f"{_text(key.title)} (\\fI{_text(key.name)}\\fR)")
    for title, entries in (("EXIT STATUS", _EXIT), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        yield f".SH {title}"
        for term, meaning in entries:
            yield from _entry(f"\\fB{_text(term)}\\fR", _text(meaning))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_text(f'{command.name} {pieces}')}"
    yield _text(command.help or "")
    yield from _options(command, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield from _entry(f"\\fB{_text(record[0])}\\fR", _text(record[1]))


def _section(title: str, text: str) -> Iterator[str]:
    yield f".SH {title}"
    yield text


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", term, meaning)


def _text(text: str) -> str:
    """Words as roff takes them literally."""
    lines = (" ".join(line.split()) for line in text.replace("\b", "").strip().split("\n"))
    escaped = "\n".join(lines).replace("\\", "\\e").replace("-", "\\-").replace("\n\n", "\n.PP\n")
    return "\n".join("\\&" + line if line[:1] in ("'", ".") and line != ".PP" else line for line in escaped.split("\n"))
