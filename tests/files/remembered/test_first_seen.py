"""The date since which a reader has known a question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tui.files.remembered.first_seen import FirstSeen

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 17, 22, 31, tzinfo=UTC)
LATER = NOW + timedelta(days=3, hours=2)
NOTE = "heard.md"


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_question_has_its_age_in_days_in_the_next_session_too() -> None:
    here = FirstSeen()
    assert here.record(NOTE, ["Who turns it?"], NOW)
    assert here.age(NOTE, "Who turns it?", NOW) == ""
    again = FirstSeen()
    again.record(NOTE, ["Who turns it?", "And why?"], LATER)
    assert again.age(NOTE, "Who turns it?", LATER) == "3 d"
    assert again.age(NOTE, "And why?", LATER) == ""


def test_a_question_reworded_while_earmark_looks_on_keeps_its_age() -> None:
    here = FirstSeen()
    here.record(NOTE, ["Who turns the wheel?", "Why?"], NOW)
    here.record(NOTE, ["Who turns the big wheel?", "Is it cold in there?"], LATER)
    assert here.age(NOTE, "Who turns the big wheel?", LATER) == "3 d"
    assert here.age(NOTE, "Is it cold in there?", LATER) == ""


def test_a_question_that_comes_back_is_as_old_as_it_was() -> None:
    here = FirstSeen()
    here.record(NOTE, ["Who turns it?"], NOW)
    here.record(NOTE, [], NOW)
    here.record(NOTE, ["Who turns it?"], LATER)
    assert here.age(NOTE, "Who turns it?", LATER) == "3 d"


def test_nothing_is_new_where_the_questions_are_the_same() -> None:
    here = FirstSeen()
    assert here.record(NOTE, ["Who?"], NOW)
    assert not here.record(NOTE, ["Who?"], LATER)


def test_damaged_times_count_as_none(tmp_path: Path) -> None:
    FirstSeen().record(NOTE, ["Who?"], NOW)
    (file,) = (tmp_path / "state" / "earmark" / "first-seen").iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    again = FirstSeen()
    again.record(NOTE, ["Who?"], LATER)
    assert again.age(NOTE, "Who?", LATER) == ""


def test_standard_input_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not FirstSeen().record("-", ["Who?"], NOW)
    assert not (tmp_path / "state").exists()
