from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.records import RECORDS
from tui.core.annotations.highlights import kind_of
from tui.files.sidecar.tables import table_of
from tui.files.toml.codec import TomlError, dumps, loads
from tui.files.toml.plain import read_table

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Highlight, QuestionRecord

LINES = st.sampled_from(
    [
        "[[a]]\n",
        "[[a.b]]\n",
        "[[a.c]]\n",
        "[[b.c]]\n",
        "[[a.b.c]]\n",
        "[a]\n",
        "\n",
        "# a comment\n",
        'a = "text"\n',
        'b = "with \\"escapes\\" \\\\ \\n \\t \\u0007 \\U0001F600"\n',
        'b = "tab \t, \x85 and \u2028"\n',
        'c = "never \\closed\\"\n',
        "c = 'literal'\n",
        "d = 0\n",
        "d = 007\n",
        "e = -1\n",
        "e = 12345678901234567890\n",
        "f = 2026-11-23T17:22:31Z\n",
        "f = 2026-13-23T17:22:31Z\n",
        "g = 2026-11-23 17:22:31Z\n",
        "h = true\n",
        "h = True\n",
        'b = ["one", "t,w\\"o", "three"]\n',
        "j = []\n",
        "k=1\n",
        'l = "no end',
        "m = 1.5\n",
        'n.o = "dotted"\n',
        '"p" = 1\n',
        'q = "\x00"\n',
    ]
)


@given(st.lists(LINES, max_size=8).map("".join))
def test_the_plain_parser_gives_nothing_or_tomllibs_result(text: str) -> None:
    document = read_table(text)
    if document is not None:
        assert loads(text) == document


@given(st.lists(LINES, max_size=6).map(lambda lines: "".join(["[[a]]\n", *lines])))
def test_one_table_gives_nothing_or_what_tomllib_gives(text: str) -> None:
    document = read_table(text)
    try:
        expected = loads(text)
    except TomlError:
        expected = None
    assert document is None or document == expected


@given(RECORDS)
def test_records_give_nothing_or_what_tomllib_gives(records: list[Highlight | QuestionRecord]) -> None:
    for record in records:
        text = dumps({kind_of(record): [table_of(record, {})]})
        document = read_table(text)
        assert document == loads(text) or (document is None and ("\\u" in text or " = [\n" in text))


def test_table_as_earmark_writes_it_is_read() -> None:
    text = '[[a]]\nid = "01"\ntags = ["x", "y\\""]\nat = 2026-11-23T17:22:31Z\nkept = true\n\n[[a.part]]\nline = 3\n'
    moment = datetime(2026, 11, 23, 17, 22, 31, tzinfo=UTC)
    table = {"id": "01", "tags": ["x", 'y"'], "at": moment, "kept": True, "part": [{"line": 3}]}
    assert read_table(text) == {"a": [table]}


@pytest.mark.parametrize("text", ["", "\n", "a = 1\n", "[[a]]", "[[a]]\n[[a]]\n", "[[a]]\nb = 1\nb = 2\n"])
def test_anything_else_is_left_to_tomllib(text: str) -> None:
    assert read_table(text) is None
