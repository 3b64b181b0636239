from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.files.toml.plain_settings import read_settings

ROOT = Path(__file__).parents[3]
WORDS = st.sampled_from(["a", "b", "keys", "a-b", "1", "é", "", "a b", '"q"', "a.b"])
VALUES = st.sampled_from(
    [
        *('"text"', '""', '"""', '"a"b"', '"\\n"', '"é 数"', '"\t"', "'t'", '"a" # why', '"#"', '"\x01"'),
        *("0", "1", "01", "1_0", "-1", "١", "9" * 15, "9" * 16, "1.0", "1\xa0", "1\x0c", "1979-05-27"),
        *("true", "false", "True", "[]", '["a"]', "{}", ""),
    ]
)
LINES = st.one_of(
    st.sampled_from(
        ["", "  ", "# said", " # said", "#\x01", "[a]", "[a.b]", "[a.b.c]", "[b]", " [a] ", "[[a]]", "[a", "a]", "[]"]
    ),
    st.builds("[{}]".format, WORDS),
    st.builds("{}{}{}".format, WORDS, st.sampled_from(["=", " = ", "  =  ", "\t=", " : "]), VALUES),
)


@settings(max_examples=500)
@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_plain_settings_equal_tomllibs_result(lines: list[str], end: str) -> None:
    text = end.join(lines)
    read = read_settings(text)
    if read is not None:
        assert read == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n\n[earmark]\n",
        '[earmark]\nwidth = 88\ntheme = "nord"\nascii = false\n[earmark.colours]\nblue = "x"\n',
    ],
)
def test_plain_settings_are_read(text: str) -> None:
    assert read_settings(text) == tomllib.loads(text)


def test_the_configuration_that_comes_with_it_is_read() -> None:
    assert read_settings((ROOT / "config.toml").read_text()) == {"earmark": {"colours": {}, "keys": {}}}
