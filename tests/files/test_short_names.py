from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.files.short_names import LONGEST, SHORTENED, fits, shortened, with_ending

if TYPE_CHECKING:
    from pathlib import Path

LONG = st.text(st.characters(exclude_characters="\0/", codec="utf-8"), min_size=1, max_size=90).map(
    lambda text: text * (250 // len(text) + 1)
)


@given(LONG)
def test_shortened_name_begins_like_the_name_and_fits(name: str) -> None:
    short = shortened(name, ".highlights.toml")
    beginning, _, rest = short.rpartition("-")
    assert name.startswith(beginning)
    assert (len(rest), rest[16:]) == (32, ".highlights.toml")
    assert len(os.fsencode(short)) <= SHORTENED


@given(LONG, LONG)
def test_two_names_are_never_shortened_to_one(one: str, other: str) -> None:
    assert (shortened(one, ".toml") == shortened(other, ".toml")) == (one == other)


def test_names_that_differ_at_their_ends_alone_are_told_apart() -> None:
    assert shortened("word" * 60 + "a.md", ".toml") != shortened("word" * 60 + "b.md", ".toml")


@pytest.mark.parametrize("letter", ["x", "é", "縄", "🧗"])
def test_name_is_cut_between_characters(letter: str) -> None:
    beginning, _, _ = shortened(letter * 250, ".highlights.toml").rpartition("-")
    assert set(beginning) == {letter}


def test_bytes_that_are_no_characters_are_left_out_and_told_apart() -> None:
    one, other = (os.fsdecode(b"caf" + odd * 240) for odd in (b"\xe9", b"\xe8"))
    assert shortened(one, ".toml").startswith("caf-")
    assert shortened(one, ".toml") != shortened(other, ".toml")


def test_file_takes_a_name_that_fits_and_no_longer_one(tmp_path: Path) -> None:
    longest = "x" * LONGEST
    (tmp_path / longest).touch()
    assert fits(longest)
    assert not fits(longest, 1)
    with pytest.raises(OSError, match="too long"):
        (tmp_path / f"{longest}x").touch()


def test_ending_is_added_whatever_the_name() -> None:
    assert with_ending("walks.toml", ".bak") == "walks.toml.bak"
    assert with_ending("x" * 250, ".damaged2").endswith(".damaged2")
    assert fits(with_ending("x" * 250, ".damaged2"))
