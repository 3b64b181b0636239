from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.dotted_keys import MOST_PARTS
from tui.files.toml.codec import TomlError, dumps, key_line, loads, storable

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MOMENTS = st.datetimes(timezones=st.just(UTC))
PLAIN = st.one_of(
    TEXTS, st.integers(-(2**63), 2**63 - 1), st.booleans(), st.dates(), st.times(), MOMENTS, st.datetimes()
)
VALUES = st.recursive(
    PLAIN | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_written_text_is_read_back(document: dict[str, Any]) -> None:
    assert loads(dumps(document)) == document


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_one_kind_of_error(data: bytes) -> None:
    with suppress(TomlError):
        loads(data)


@given(
    st.lists(st.sampled_from(['"', "'", "[", "]", "{", "}", "=", ".", "a", "1", "\n", "#", "\\", " ", '"""', "'''"]))
)
def test_any_signs_are_a_document_or_one_kind_of_error(signs: list[str]) -> None:
    with suppress(TomlError):
        loads("".join(signs))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a = 1\nb = \n", 2, "value"),
        ("a = 1\n\na = 2\n", 3, "overwrite"),
        ('a = "open', 1, "terminated"),
        ("a = 1\nb = [1,", 2, "invalid"),
        ("x = " + "[" * 3000 + "]" * 3000, None, "nested"),
        ("x = " + "[" * 200 + "]" * 200, None, "nested"),
        ("x = " + "{ a = " * 150 + "1" + " }" * 150, None, "nested"),
        ("ok = 1\nx = " + "9" * 5000, 2, "digits"),
        ("id = '01234567890123456789'\nx = [\n  -98765432109876543210 ]", 3, "64 bits"),
        ("x = 1\n[a]\nb = { c = 0x" + "f" * 5000 + " }", 3, "64 bits"),
        ("ok = 1\n" + "a." * 20_000 + "a = 1", 2, "dotted"),
        ("ok = 1\n[" + "a." * 20_000 + "a]", 2, "dotted"),
        ("ok = 1\nt = { " + "'=' . " * 20_000 + "a = 1 }", 2, "dotted"),
    ],
)
def test_error_tells_the_line_and_the_reason(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(TomlError) as caught:
        loads(text)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert "at line" not in caught.value.reason


def test_text_that_is_not_utf_8_is_an_error_with_its_line() -> None:
    with pytest.raises(TomlError) as caught:
        loads(b"a = 1\nb = '\xff'\n")
    assert (caught.value.line, caught.value.reason) == (2, "not UTF-8")


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert loads(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    "text",
    [
        'x = "' + "a." * 2000 + '"',
        'x = """\n' + "a." * 2000 + '\n"""',
        "x = '''\n" + "a." * 2000 + "\n'''",
        "# " + "a." * 2000,
        "x = [" + "1.5, " * 2000 + "]",
        "x = 1 # " + "a." * 2000,
    ],
)
def test_dots_that_are_no_keys_are_not_counted(text: str) -> None:
    assert loads(text) is not None


def test_key_of_as_many_parts_as_are_allowed_is_read() -> None:
    found: Any = loads("a." * MOST_PARTS + "a = 1")
    for _ in range(MOST_PARTS + 1):
        found = found["a"]
    assert found == 1


def test_moments_lists_and_tables_are_written_as_a_person_would() -> None:
    document = {
        "when": datetime(2026, 11, 23, 17, 22, 31, tzinfo=UTC),
        "day": date(2026, 11, 23),
        "hour": clock_time(17, 22),
        "tags": ["chips", "power"],
        "none": [],
        "highlight": [{"id": "a", "part": [{"exact": "x"}, {"exact": "y"}]}],
        "end": {},
    }
    assert dumps(document) == (
        "when = 2026-11-23T17:22:31Z\n"
        "day = 2026-11-23\n"
        "hour = 17:22:00\n"
        'tags = ["chips", "power"]\n'
        "none = []\n\n"
        "[[highlight]]\n"
        'id = "a"\n\n'
        "[[highlight.part]]\n"
        'exact = "x"\n\n'
        "[[highlight.part]]\n"
        'exact = "y"\n\n'
        "[end]\n"
    )


def test_long_list_has_a_line_for_each_item() -> None:
    items = [f"a rather long item, number {number}" for number in range(9)]
    text = dumps({"items": items})
    assert len(text.splitlines()) == len(items) + 2
    assert loads(text) == {"items": items}


def test_lone_surrogate_becomes_a_replacement_character_of_the_same_length() -> None:
    assert loads(dumps({"a\udcff": "b\ud800c"})) == {"a\ufffd": "b\ufffdc"}
    assert storable("b\ud800c") == "b\ufffdc"


CONFIG = """\
top = 1
[earmark]
width = 90
"quoted key" = 1
keys.mark = "m"

[earmark.colours]
yellow = "key idea"

[[part]]
exact = "one"
[[part]]
exact = "two"
"""


@pytest.mark.parametrize(
    ("key", "table", "line"),
    [
        (["top"], 0, 1),
        (["earmark"], 0, 2),
        (["earmark", "width"], 0, 3),
        (["earmark", "quoted key"], 0, 4),
        (["earmark", "keys", "mark"], 0, 5),
        (["earmark", "keys", "other"], 0, 2),
        (["earmark", "colours", "yellow"], 0, 8),
        (["earmark", "colours", "green"], 0, 7),
        (["part", "exact"], 0, 11),
        (["part", "exact"], 1, 13),
        (["part", "prefix"], 1, 12),
        (["nowhere"], 0, None),
    ],
)
def test_line_of_a_key(key: list[str], table: int, line: int | None) -> None:
    assert key_line(CONFIG, key, table=table) == line
