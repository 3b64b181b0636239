"""Front matter as values: the YAML between dashes, or the TOML between plus signs, at the very top of a note.

This reads the YAML that people and tools write there: all styles of scalars, block scalars, nested lists and maps, flow
lists and maps, comments. Anything else is text, not front matter. A value is a string, a list or a map; nothing is
converted, so that dates stay as written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tui.core import dotted_keys
from tui.core.patterns import deferred

Value: TypeAlias = "str | list[Value] | dict[str, Value]"


class FrontMatter(NamedTuple):
    """The fields of a note's front matter, in order."""

    fields: dict[str, Value]
    end: int
    "The offset after its closing line."


def read(text: str) -> FrontMatter | None:
    """Read the front matter of a text; None if it does not begin with any."""
    if not text.startswith(("---", "+++")) or not (opening := _OPENING.match(text)):
        return None
    is_yaml = text[0] == "-"
    closing = (_YAML_END if is_yaml else _TOML_END).search(text, opening.end() - 1, _LONGEST)
    if closing is None:
        return None
    lines = text[opening.end() : closing.start() + 1]
    fields = _fields(lines, is_yaml=is_yaml)
    return FrontMatter(fields, closing.end()) if fields else None


_LONGEST = 1 << 16
"Most code points of front matter."
_OPENING = deferred(r"(?:---|\+\+\+)[ \t]*\n")
_YAML_END = deferred(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML_END = deferred(r"\n\+\+\+[ \t]*(?:\n|\Z)")

_KEY = deferred(
    r"""[ ]*(?P<key>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s\-?:,\[\]{}\#&*!|>'"%@`][^:\n]*|-[^\s:][^:\n]*)"""
    r""":(?:[ \t]+(?P<value>\S.*)|[ \t]*)$"""
)
_ITEM = deferred(r" *-(?:[ \t]+(?P<value>\S.*)|[ \t]*)$")
_BLOCK = deferred(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$")
_COMMENT = deferred(r"[ \t]+#.*$")
_TAG = deferred(r"(?:[!&][^\s\[\]{},]*[ \t]+)+")
_PLAIN_COLON = deferred(r":(?:[ \t]|$)")
_DEEPEST = 16
"Deepest nesting of lists and maps in front matter; with deeper nesting it is text."
_PROSE_KEYS = frozenset(
    (
        *("author", "description", "episode", "guest", "guests", "headline", "name", "podcast", "quote", "show"),
        *("source", "subtitle", "summary", "title", "topic"),
    )
)
"Keys that take prose, often written without the quotes that a colon would require."
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "0": "", "e": "", "a": "", "b": "", "f": "", "v": ""}
_ESCAPE = deferred(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NULLS = frozenset(("null", "Null", "NULL", "~"))


class _NoYamlError(Exception):
    """The lines are text, not YAML."""


@lru_cache(maxsize=4)
def _fields(lines: str, *, is_yaml: bool) -> dict[str, Value] | None:
    """Parse lines into fields; cached, since callers ask more than once per note."""
    return _yaml(lines) if is_yaml else _toml(lines)


def _yaml(source: str) -> dict[str, Value] | None:
    lines = source.rstrip("\n").split("\n")
    try:
        if source.lstrip().startswith("{"):
            value: Value = _flow(" ".join(lines).strip(), "")
        else:
            value = _Yaml(lines).read()
    except _NoYamlError:
        return None
    return value if isinstance(value, dict) else None


class _Yaml:
    """A line-by-line reader of block YAML that never backtracks, and is therefore linear."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def read(self) -> Value:
        indent = self._next()
        value = self._map(max(indent, 0), 0)
        if self._next() >= 0:
            raise _NoYamlError
        return value

    def _next(self) -> int:
        """Advance to the next line with content and return its indentation; -1 at the end."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            bare = line.lstrip(" ")
            if bare.strip() and not bare.startswith("#"):
                if bare.startswith("\t"):
                    raise _NoYamlError
                return len(line) - len(bare)
            self.at += 1
        return -1

    def _map(self, indent: int, depth: int) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        while self._next() == indent and (found := _KEY.match(self.lines[self.at])):
            key = _unquoted(found["key"])
            self.at += 1
            value = self._value(found["value"] or "", indent, depth, key)
            # Repeated keys are invalid YAML; both values are kept.
            fields[key] = [fields[key], value] if key in fields else value
        return fields

    def _list(self, indent: int, depth: int) -> list[Value]:
        items: list[Value] = []
        while self._next() == indent and (found := _ITEM.match(self.lines[self.at])):
            value = found["value"] or ""
            inner = found.start("value")
            if value and (_KEY.match(value) or _ITEM.match(value)) and not value.startswith(('"', "'", "[", "{")):
                # A value on the item's own line counts as a line below with that indentation.
                self.lines[self.at] = " " * inner + value
                items.append(self._node(inner, depth + 1))
            else:
                self.at += 1
                items.append(self._value(value, indent, depth, ""))
        return items

    def _node(self, indent: int, depth: int) -> Value:
        if depth > _DEEPEST:
            raise _NoYamlError
        line = self.lines[self.at]
        if _ITEM.match(line):
            return self._list(indent, depth)
        if _KEY.match(line):
            return self._map(indent, depth)
        raise _NoYamlError

    def _value(self, value: str, indent: int, depth: int, key: str) -> Value:
        """The value after a key or an item's dash, which may continue on the lines below."""
        if tag := _TAG.match(value + " "):
            value = value[tag.end() :].strip()
        if _BLOCK.match(value):
            return self._block(indent, folds=value[0] == ">")
        if value.startswith("#") and value[1:2] in ("", " "):
            value = ""
        if not value:
            deeper = self._next()
            is_list = deeper == indent and key and _ITEM.match(self.lines[self.at])
            if deeper > indent or is_list:
                line = self.lines[self.at]
                if _ITEM.match(line) or _KEY.match(line):
                    return self._node(deeper, depth + 1)
                if deeper > indent:
                    self.at += 1
                    return self._scalar(line.strip(), indent, key)
            return ""
        return self._scalar(value, indent, key)

    def _block(self, indent: int, *, folds: bool) -> str:
        lines: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            bare = line.lstrip(" ")
            if bare.strip() and len(line) - len(bare) <= indent:
                break
            lines.append(line)
            self.at += 1
        least = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        lines = [line[least:].rstrip() for line in lines]
        text = "\n".join(lines).strip("\n")
        return re.sub(r"(?<!\n)\n(?![\n ])", " ", text) if folds else text

    def _scalar(self, value: str, indent: int, key: str) -> Value:
        """A scalar, flow list or flow map, which may continue on lines with deeper indentation."""
        quote = value[0] if value[0] in "'\"" else ""
        is_flow = value[0] in "[{" and not value.startswith("[[")
        pieces, piece = [value], value[1:] if quote else value
        open_brackets = 0
        while True:
            open_brackets += sum(map(piece.count, "[{")) - sum(map(piece.count, "]}"))
            if _ends_with(piece, quote) if quote else is_flow and open_brackets <= 0:
                break
            if self._next() <= indent:
                break
            piece = self.lines[self.at].strip()
            if not (quote or is_flow) and (_KEY.match(piece) or _COMMENT.search(pieces[-1])):
                raise _NoYamlError
            pieces.append(piece)
            self.at += 1
        whole = " ".join(pieces)
        if quote:
            return _unquoted(whole, lenient=True)
        return _flow(whole, key) if is_flow else _plain(whole, key)


def _ends_with(piece: str, quote: str) -> bool:
    """True if a line, given without its opening quote, ends with a closing one."""
    bare = piece.rstrip() if piece.rstrip().endswith(quote) else _COMMENT.sub("", piece).rstrip()
    if not bare.endswith(quote):
        return False
    inner = bare[:-1]
    return quote == "'" or (len(inner) - len(inner.rstrip("\\"))) % 2 == 0


def _plain(value: str, key: str) -> str:
    value = _COMMENT.sub("", value).strip() if " #" in value or "\t#" in value else value.strip()
    if _PLAIN_COLON.search(value) and key.lower() not in _PROSE_KEYS:
        raise _NoYamlError
    return "" if value in _NULLS else value


_QUOTED = deferred(r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')(?:[ \t]+#.*)?$""", re.DOTALL)


def _unquoted(value: str, *, lenient: bool = False) -> str:
    """A scalar without its quotes; if ``lenient``, one with text after its closing quote is plain text."""
    if value[:1] not in ("'", '"'):
        return value.strip()
    if found := _QUOTED.match(value):
        return _ESCAPE.sub(_unescaped, found[1]) if found[2] is None else found[2].replace("''", "'")
    if lenient and value.count(value[0]) > 1:
        return value
    raise _NoYamlError


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return _ESCAPES.get(found[4], found[4])


_FLOW_TOKEN = deferred(
    r"""[ \t]*(?:(?P<sign>[\[\]{},])|(?P<wiki>\[\[[^\[\]]*\]\])"""
    r"""|(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*(?P<colon>:)?"""
    r"""|(?P<plain>[^\s,\[\]{}](?:(?!:[ \t]|:$)[^,\[\]{}])*)(?P<mapping>:(?=[ \t]|$))?|(?P<bare>:(?=[ \t]|$)))"""
)


def _flow(source: str, key: str) -> Value:
    """A list in brackets or a map in braces; any other text in brackets is plain."""
    source = source.strip()
    # Only a comment may follow the bracket; "[Draft] My title" is not YAML but means what it says.
    bare = _COMMENT.sub("", source).rstrip()
    try:
        value, end = _flow_value(bare, 0, 0)
    except _NoYamlError:
        value, end = "", -1
    if end == len(bare):
        return value
    if source.startswith("[") and key.lower() in _PROSE_KEYS:
        return _plain(source, key)
    raise _NoYamlError


def _flow_value(source: str, at: int, depth: int) -> tuple[Value, int]:
    if depth > _DEEPEST:
        raise _NoYamlError
    closer = {"[": "]", "{": "}"}[source[at]]
    items: list[Value] = []
    fields: dict[str, Value] = {}
    key: str | None = None
    value: Value | None = None
    at += 1
    while found := _wiki_or_token(source, at):
        at = found.end()
        if found["sign"] in ("[", "{"):
            if value is not None:
                raise _NoYamlError
            value, at = _flow_value(source, at - 1, depth + 1)
        elif found["sign"] in ("]", "}", ","):
            if key is not None:
                fields[key] = value if value is not None else ""
                if closer == "]":
                    items.append({key: fields.pop(key)})
            elif value is not None:
                if closer == "]":
                    items.append(value)
                else:
                    fields[value if isinstance(value, str) else ""] = ""
            key = value = None
            if found["sign"] == closer:
                return (items if closer == "]" else fields), at
            if found["sign"] != ",":
                raise _NoYamlError
        elif found["bare"] or value is not None:
            raise _NoYamlError
        else:
            text = found["wiki"] or (_unquoted(found["quoted"]) if found["quoted"] else (found["plain"] or "").strip())
            if (found["colon"] or found["mapping"]) and key is None:
                key = text
            else:
                value = "" if text in _NULLS and not found["quoted"] else text
    raise _NoYamlError


def _wiki_or_token(source: str, at: int) -> re.Match[str] | None:
    if (wiki := _WIKI.match(source, at)) is not None:
        return wiki
    return _FLOW_TOKEN.match(source, at)


_WIKI = deferred(r"[ \t]*(?P<wiki>\[\[[^\[\]]*\]\])(?P<sign>)(?P<quoted>)(?P<colon>)(?P<plain>)(?P<mapping>)(?P<bare>)")


def _toml(source: str) -> dict[str, Value] | None:
    # Imported here, since hardly any note needs it.
    import tomllib

    if dotted_keys.too_long_in(source) is not None:
        return None
    try:
        return {key: _of_toml(value, 0) for key, value in tomllib.loads(source).items()}
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _of_toml(value: object, depth: int) -> Value:
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        return {str(key): _of_toml(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_of_toml(each, depth + 1) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
