"""Parsing front matter into values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.metadata.front_matter import read

CASES = {
    "nested map": ("guest:\n  name: Ada\n  of: Ockham", {"guest": {"name": "Ada", "of": "Ockham"}}),
    "list of maps": ("guests:\n- name: Ada\n  of: A\n- Bo", {"guests": [{"name": "Ada", "of": "A"}, "Bo"]}),
    "list further in": ("tags:\n  - a\n  - b", {"tags": ["a", "b"]}),
    "list of lists": ("x:\n  - - a\n    - b\n  - c", {"x": [["a", "b"], "c"]}),
    "flow list": ("tags: [a, 'b c', \"d\"]", {"tags": ["a", "b c", "d"]}),
    "flow list over lines": ("tags: [a,\n  b]", {"tags": ["a", "b"]}),
    "flow map": ("x: {a: 1, b: [y, z]}", {"x": {"a": "1", "b": ["y", "z"]}}),
    "wiki link": ("up: [[Cogs]]", {"up": "[[Cogs]]"}),
    "wiki links in a list": ('up: ["[[Cogs]]", [[Wheels]]]', {"up": ["[[Cogs]]", "[[Wheels]]"]}),
    "literal block": ("x: |\n  a: b\n\n    c\ny: z", {"x": "a: b\n\n  c", "y": "z"}),
    "folded block": ("x: >-\n  one\n  two\n\n  three\n", {"x": "one two\n\nthree"}),
    "quotes": ("a: 'it''s'\nb: \"c: \\\"d\\\" \\u00e9\"", {"a": "it's", "b": 'c: "d" é'}),
    "quoted over lines": ('a: "b\n  c"', {"a": "b c"}),
    "plain over lines": ("a: b\n  c", {"a": "b c"}),
    "comment": ("a: b # c\n# d\ne: f#g", {"a": "b", "e": "f#g"}),
    "a tag is no comment": ("tags: #cogs", {"tags": "#cogs"}),
    "nothing": ("a:\nb: null\nc: ~", {"a": "", "b": "", "c": ""}),
    "anchor and tag": ("a: &x b\nc: !!str 3", {"a": "b", "c": "3"}),
    "address": ("url: https://a.example/b?c=d", {"url": "https://a.example/b?c=d"}),
    "time": ("at: 12:30", {"at": "12:30"}),
    "a colon in a title": ("title: Cogs: a story", {"title": "Cogs: a story"}),
    "a title in brackets": ("title: [Draft] Cogs", {"title": "[Draft] Cogs"}),
    "a key twice": ("tags: a\ntags: b", {"tags": ["a", "b"]}),
    "a key of several words": ("Owner / Host: Ada", {"Owner / Host": "Ada"}),
    "other scripts": ("заголовок: Шестерни\n题目: 齿轮", {"заголовок": "Шестерни", "题目": "齿轮"}),
    "as JSON": ('{"a": true, "b": ["c", "d"]}', {"a": "true", "b": ["c", "d"]}),
}


@pytest.mark.parametrize("name", CASES)
def test_yaml_is_read(name: str) -> None:
    yaml, fields = CASES[name]
    text = f"---\n{yaml}\n---\n- a\n"
    found = read(text)
    assert found is not None
    assert (found.fields, text[found.end :]) == (fields, "- a\n")


@pytest.mark.parametrize(
    "text",
    [
        "text",
        "---\ntext between rules\n---\n",
        "---\nOne thing: ropes stretch.\n\n- hemp most\n\nWhy?\n\n---\n",
        "---\n\nMonday: rain. He said: wait.\n\n---\n",
        "---\na: b\nSo it went.\n---\n",
        "---\na: b\n  c: d\n---\n",
        "---\n- a\n- b\n---\n",
        "---\na: [b, c\n---\n",
        "---\na: b\n",
        "---\n---\n",
        "+++\nno toml\n+++\n",
        "---\n" + "".join(" " * depth + "a:\n" for depth in range(40)) + "---\n",
    ],
)
def test_invalid_yaml_is_text(text: str) -> None:
    assert read(text) is None


def test_toml_is_read() -> None:
    text = '+++\ntitle = "Dough"\ndate = 2023-01-02\ndraft = false\n[extra]\ntags = ["a", "b"]\n+++\n\n- a\n'
    found = read(text)
    assert found is not None
    fields = {"title": "Dough", "date": "2023-01-02", "draft": "false", "extra": {"tags": ["a", "b"]}}
    assert (found.fields, text[found.end :]) == (fields, "\n- a\n")


@given(st.text(st.sampled_from("ab :-#\"'[]{},|>&!~\n\\"), max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    read(f"---\n{text}\n---\n")
