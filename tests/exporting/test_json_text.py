from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.sanitise import clean
from tui.exporting.json_text import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.text('\x9b\x1b\x7f\u202e\ud800\U000e0041\u200b"\\é'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_value_is_read_back_and_nothing_in_it_is_obeyed_by_a_terminal(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert clean(text) == text


def test_text_of_any_script_is_written_as_it_is() -> None:
    assert json_text({"café": "二 👍"}) == '{\n  "café": "二 👍"\n}'
