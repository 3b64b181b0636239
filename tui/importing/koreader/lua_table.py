"""Tables as Lua programs write them down to read them again: values alone, of which nothing is run."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from tui.errors import SourceError

Value: TypeAlias = "str | int | float | bool | LuaTable | None"
Key: TypeAlias = str | int | float | bool


class LuaTable(NamedTuple):
    """A table with the line that it begins on."""

    fields: dict[Key, Value]
    line: int

    def items(self) -> list[Value]:
        """The values of its whole numbers, in order."""
        numbers = [key for key in self.fields if isinstance(key, int) and not isinstance(key, bool)]
        return [self.fields[number] for number in sorted(numbers)]


_TOKEN = re.compile(
    r"""(?x)
    (?P<long>(?:--)?\[(?P<level>=*)\[)
    | (?P<space>\s+ | --[^\n]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<number>-?\s*(?:0[xX][0-9a-fA-F]+ | (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))
    | (?P<name>[A-Za-z_]\w*)
    | (?P<sign>[{}\[\]=,;])
    """,
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:(\d{1,3})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,8})\}|z\s*|(.))", re.DOTALL)
_LETTERS = dict(zip(b"abfnrtv", b"\a\b\f\n\r\t\v", strict=True))
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "nil": None}
_DEEPEST = 60
_LONGEST_NUMBER = 40
_REMEDY = "name the metadata.….lua that KOReader wrote"


class _LuaToken(NamedTuple):
    kind: str
    "A sign itself, ``value``, ``name`` or ``end``."
    value: Value = None
    line: int = 0


def table_of(path: str, text: str) -> LuaTable:
    """The table that a file returns; raises SourceError, with the line, for anything else."""
    return _TableReader(path, text).whole()


class _TableReader:
    """A reader of one file, token by token."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._at = 0
        self._line = 1
        self._next = self._token()

    def whole(self) -> LuaTable:
        if self._next.kind == "name" and self._next.value == "return":
            self._take()
        found = self._value(0)
        if not isinstance(found, LuaTable) or self._next.kind != "end":
            raise self._fault("this is not a single table")
        return found

    def _fault(self, problem: str) -> SourceError:
        return SourceError(self._path, problem, _REMEDY, line=self._next.line)

    def _token(self) -> _LuaToken:
        """The next token; what is no token is a fault."""
        while self._at < len(self._text):
            line, found = self._line, _TOKEN.match(self._text, self._at)
            if found is None:
                problem = "this is not a value of a Lua table"
                raise SourceError(self._path, problem, _REMEDY, line=line)
            self._at = found.end() if found["long"] is None else self._end_of_long(found)
            whole = self._text[found.start() : self._at]
            self._line += whole.count("\n")
            if found["long"] and not whole.startswith("--"):
                edge = len(found["long"])
                return _LuaToken("value", whole[edge:-edge].removeprefix("\n"), line)
            if found["space"] is None and found["long"] is None:
                return self._token_of(found, line)
        return _LuaToken("end", line=self._line)

    def _end_of_long(self, found: re.Match[str]) -> int:
        """The end of a text or a remark in long brackets."""
        sign = f"]{found['level']}]"
        if (end := self._text.find(sign, found.end())) < 0:
            raise SourceError(self._path, f"this {found['long']} has no {sign}", _REMEDY, line=self._line)
        return end + len(sign)

    def _token_of(self, found: re.Match[str], line: int) -> _LuaToken:
        if found["string"] is not None:
            return _LuaToken("value", _unescaped(found["string"][1:-1]), line)
        if number := found["number"]:
            if len(number) > _LONGEST_NUMBER:
                raise SourceError(self._path, "this number is too long", _REMEDY, line=line)
            return _LuaToken("value", _number("".join(number.split())), line)
        if name := found["name"]:
            return _LuaToken("value", _WORDS[name], line) if name in _WORDS else _LuaToken("name", name, line)
        return _LuaToken(found["sign"], line=line)

    def _take(self) -> _LuaToken:
        here, self._next = self._next, self._token()
        return here

    def _expect(self, sign: str) -> None:
        if self._next.kind != sign:
            raise self._fault(f"a {sign} is missing here")
        self._take()

    def _value(self, depth: int) -> Value:
        if self._next.kind == "value":
            return self._take().value
        if self._next.kind != "{":
            raise self._fault("this is not a value of a Lua table")
        if depth > _DEEPEST:
            raise self._fault("this table is nested too deeply")
        table = LuaTable({}, self._take().line)
        number = 0
        while self._next.kind != "}":
            key: Value
            if self._next.kind == "[":
                self._take()
                key = self._value(depth + 1)
                self._expect("]")
                self._expect("=")
            elif self._next.kind == "name":
                key = self._take().value
                self._expect("=")
            else:
                number += 1
                key = number
            if key is None or isinstance(key, LuaTable):
                raise self._fault("this key is neither text nor a number")
            table.fields[key] = self._value(depth + 1)
            if self._next.kind in (",", ";"):
                self._take()
            elif self._next.kind != "}":
                raise self._fault("a comma is missing here")
        self._take()
        return table


def _number(said: str) -> int | float:
    if "x" in said.lower():
        return int(said, 16)
    return int(said) if said.lstrip("-").isdecimal() else float(said)


def _unescaped(said: str) -> str:
    """A text without its escapes, which stand for bytes."""
    if "\\" not in said:
        return said
    return _ESCAPE.sub(_byte, said.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")


def _byte(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1]) & 0xFF])
    if found[2]:
        return bytes([int(found[2], 16)])
    if found[3]:
        code = int(found[3], 16)
        return chr(code if code <= 0x10FFFF else 0xFFFD).encode("utf-8", "replace")
    if not found[4]:
        return b""
    return bytes([_LETTERS.get(found[4][0], found[4][0])])
