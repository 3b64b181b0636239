"""The comments of a YAML sidecar, with their lines."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

import yaml

from tui.errors import SourceError
from tui.importing.json_source import lines_in

_LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"The loader that leaves every value as text."


class Comment(NamedTuple):
    """The fields of a comment; items of lists are texts."""

    fields: dict[str, str | list[str]]
    line: int

    def text(self, key: str) -> str:
        """A field's text; empty if it is missing or a list."""
        value = self.fields.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """A field's number; 0 if it is not a number."""
        text = self.text(key)
        return int(text) if text.isdecimal() and len(text) < 10 else 0


def comments_of(path: str, text: str) -> list[Comment | int]:
    """The comments of a sidecar, or the line of an invalid one; raises SourceError if it is not a sidecar."""
    if text.lstrip().startswith("{"):
        # JSON is YAML too, and its parser is thirty times as fast.
        with suppress(json.JSONDecodeError, RecursionError, ValueError):
            return _of_json(path, text, json.loads(text))
    return _of_yaml(path, text)


def _of_json(path: str, text: str, whole: dict[str, object]) -> list[Comment | int]:
    comments = whole.get("comments")
    if not isinstance(comments, list):
        raise _no_sidecar(path)
    return [
        Comment({key: value for key, given in each.items() if (value := _plain_value(given)) is not None}, line)
        if isinstance(each, dict)
        else line
        for line, each in zip(lines_in(text, "comments"), comments, strict=True)
    ]


def _plain_value(given: object) -> str | list[str] | None:
    if isinstance(given, list):
        return [said for each in given if isinstance(said := _plain_value(each), str)]
    if isinstance(given, bool):
        return str(given).lower()
    return str(given) if isinstance(given, str | int | float) else None


def _of_yaml(path: str, text: str) -> list[Comment | int]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = f"this is not YAML: {' '.join(str(error.problem or error.context).split())}"
        raise SourceError(path, problem, "correct it or export it again", line=line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = "this is not YAML: it has a forbidden character, or is nested too deeply"
        raise SourceError(path, problem, "correct it or export it again") from error
    whole = dict(_pairs(root))
    if "comments" not in whole or not isinstance(whole["comments"], yaml.SequenceNode):
        raise _no_sidecar(path)
    return [
        Comment({key: value for key, node in _pairs(each) if (value := _value(node)) is not None}, _line(each))
        if isinstance(each, yaml.MappingNode)
        else _line(each)
        for each in whole["comments"].value
    ]


def _no_sidecar(path: str) -> SourceError:
    return SourceError(path, "this has no Sidemark comments", "name its format with --from")


def _pairs(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [(key.value, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)]


def _value(node: yaml.Node) -> str | list[str] | None:
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NULLS else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [str(each.value) for each in node.value if isinstance(each, yaml.ScalarNode)]
    return None


_NULLS = ("", "~", "null", "Null", "NULL")
"Unquoted values that YAML reads as null."


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
