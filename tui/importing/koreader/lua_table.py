"""A parser for tables serialised by Lua programs, which contain only values; no code is run."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple, TypeAlias

from tui.errors import SourceError

Value: TypeAlias = "str | int | float | bool | LuaTable | None"
Key: TypeAlias = str | int | float | bool


class LuaTable(NamedTuple):
    """A table and the line that it begins on."""

    fields: dict[Key, Value]
    line: int

    def items(self) -> list[Value]:
        """The values at integer keys, in order."""
        numbers = [key for key in self.fields if isinstance(key, int) and not isinstance(key, bool)]
        return [self.fields[number] for number in sorted(numbers)]


_GAP = re.compile(r"\s*(?:--(?!\[=*\[)[^\n]*\s*)*")
_TOKEN = re.compile(
    r"""(?x)
    (?P<long>(?:--)?\[(?P<level>=*)\[)
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
    "A punctuation mark itself, or ``value``, ``name`` or ``end``."
    value: Value
    at: int
    "Its offset."


def table_of(path: str, text: str) -> LuaTable:
    """Parse the table that a file returns; raises SourceError, with the line, for anything else."""
    return _TableReader(path, text).whole()


class _TableReader:
    """A parser for one file, token by token."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._at = 0
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._next = self._token()

    def whole(self) -> LuaTable:
        if self._next.kind == "name" and self._next.value == "return":
            self._take()
        found = self._value(0)
        if not isinstance(found, LuaTable) or self._next.kind != "end":
            raise self._fault("this is not a single table", self._next.at)
        return found

    def _line(self, at: int) -> int:
        return bisect_left(self._line_ends, at) + 1

    def _fault(self, problem: str, at: int) -> SourceError:
        return SourceError(self._path, problem, _REMEDY, line=self._line(at))

    def _token(self) -> _LuaToken:
        """Read the next token; raises SourceError if there is no valid one."""
        while True:
            gap = _GAP.match(self._text, self._at)
            at = gap.end() if gap else self._at
            if at == len(self._text):
                return _LuaToken("end", None, at)
            if (found := _TOKEN.match(self._text, at)) is None:
                raise self._fault("this is not a value of a Lua table", at)
            if found["long"] is None:
                self._at = found.end()
                return self._token_of(found, at)
            self._at = self._end_of_long(found)
            if not found["long"].startswith("--"):
                edge = len(found["long"])
                return _LuaToken("value", self._text[at + edge : self._at - edge].removeprefix("\n"), at)

    def _end_of_long(self, found: re.Match[str]) -> int:
        """The end of a string or comment in long brackets."""
        sign = f"]{found['level']}]"
        if (end := self._text.find(sign, found.end())) < 0:
            raise self._fault(f"this {found['long']} has no {sign}", found.start())
        return end + len(sign)

    def _token_of(self, found: re.Match[str], at: int) -> _LuaToken:
        said = found[0]
        if found.lastgroup == "sign":
            return _LuaToken(said, None, at)
        if found.lastgroup == "string":
            return _LuaToken("value", _unescaped(said[1:-1]), at)
        if found.lastgroup == "number":
            if len(said) > _LONGEST_NUMBER:
                raise self._fault("this number is too long", at)
            return _LuaToken("value", _number("".join(said.split())), at)
        return _LuaToken("value", _WORDS[said], at) if said in _WORDS else _LuaToken("name", said, at)

    def _take(self) -> _LuaToken:
        here, self._next = self._next, self._token()
        return here

    def _expect(self, sign: str) -> None:
        if self._next.kind != sign:
            raise self._fault(f"a {sign} is missing here", self._next.at)
        self._take()

    def _value(self, depth: int) -> Value:
        if self._next.kind == "value":
            return self._take().value
        if self._next.kind != "{":
            raise self._fault("this is not a value of a Lua table", self._next.at)
        if depth > _DEEPEST:
            raise self._fault("this table is nested too deeply", self._next.at)
        table = LuaTable({}, self._line(self._take().at))
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
                raise self._fault("this key is neither text nor a number", self._next.at)
            table.fields[key] = self._value(depth + 1)
            if self._next.kind in (",", ";"):
                self._take()
            elif self._next.kind != "}":
                raise self._fault("a comma is missing here", self._next.at)
        self._take()
        return table


def _number(said: str) -> int | float:
    if "x" in said.lower():
        return int(said, 16)
    return int(said) if said.lstrip("-").isdecimal() else float(said)


def _unescaped(said: str) -> str:
    """Decode the escapes of a string, which stand for bytes."""
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
