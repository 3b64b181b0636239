"""`earmark questions`, run as from a script."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.running import run
from tui.core.notes.model import Address
from tui.core.state import answering
from tui.core.state.highlighting import with_step_unsaved
from tui.files.config import Config
from tui.launch import marked_notes
from tui.target import NotesTarget

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.annotations.changes import Step

NOTES = """\
# What I heard

## Ada on Looms

- Who turns the wheel?
- A mill stands by the river.
- Why does it turn?
  - Because of the wind.

## Bob on Tea

- Who put the milk in first?
"""
WHO, MILL, MILK = Address(0, 0), Address(0, 1), Address(1, 0)


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EARMARK_CONFIG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name))
    path = tmp_path / "heard.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert run(["questions", "heard.md", "--json", *words]) == 0
    return list(json.loads(capsys.readouterr().out)["questions"])


def say(*addresses: Address, text: str = "", link: Address | None = None) -> None:
    """Answer questions of the notes, in words or by a link."""
    session, state = marked_notes(NotesTarget("heard.md"), Config())
    for address in addresses:
        new_id, now = session.new_id(), session.now()
        step: Step | None
        if link is not None:
            step = answering.linking(state, "heard.md", address, "heard.md", link, new_id=new_id, now=now)
        else:
            said = partial(answering.answered, text=text)
            step = answering.changing(state, "heard.md", address, said, "", new_id=new_id, now=now)
        assert step is not None
        state = session.saving.write(with_step_unsaved(state, step), step.note)
    session.texts.keep_snapshots(state)


def test_every_question_is_told_with_its_line_and_state(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys)
    assert [(each["text"], each["state"], each["line"], each["episode"]) for each in found] == [
        ("Who turns the wheel?", "open", 5, "Ada on Looms"),
        ("Why does it turn?", "answered", 7, "Ada on Looms"),
        ("Who put the milk in first?", "open", 12, "Bob on Tea"),
    ]
    assert {key: found[1][key] for key in ("id", "path", "anchor", "answer", "answered_by", "replies")} == {
        "id": None,
        "path": "heard.md",
        "anchor": None,
        "answer": None,
        "answered_by": None,
        "replies": 1,
    }


def test_state_and_episode_choose(capsys: pytest.CaptureFixture[str]) -> None:
    assert [each["line"] for each in asked(capsys, "--state", "open")] == [5, 12]
    assert [each["line"] for each in asked(capsys, "--episode", "looms", "--state", "open")] == [5]
    assert asked(capsys, "--state", "dismissed") == []


def test_check_fails_while_a_question_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "heard.md", "--check"]) == 1
    assert run(["questions", "heard.md", "--check", "--state", "answered"]) == 0
    say(WHO, MILK, text="The miller.")
    assert run(["questions", "heard.md", "--check"]) == 0
    assert "3 questions, 0 open" in capsys.readouterr().out


def test_answers_and_links_are_told(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    say(WHO, text="The miller,\nI think.")
    say(MILK, link=MILL)
    first, _, last = asked(capsys)
    assert (first["state"], first["anchor"], first["answer"]) == ("answered", "anchored", "The miller,\nI think.")
    assert last["answered_by"] == {"text": "A mill stands by the river.", "line": 6}
    notes.write_text(NOTES.replace("- A mill", "- New\n- A mill"), encoding="utf-8")
    assert asked(capsys)[2]["answered_by"] == {"text": "A mill stands by the river.", "line": 7}
    assert run(["questions", "heard.md"]) == 0
    shown = capsys.readouterr().out
    assert "      The miller, I think.\n" in shown
    assert "      → line 7: A mill stands by the river.\n" in shown


def test_a_question_whose_text_is_gone_is_told_all_the_same(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    say(WHO, text="The miller.")
    notes.write_text(NOTES.replace("- Who turns the wheel?\n", ""), encoding="utf-8")
    (lost,) = (each for each in asked(capsys) if each["anchor"] == "orphan")
    assert (lost["text"], lost["state"], lost["answer"]) == ("Who turns the wheel?", "answered", "The miller.")
    assert (lost["line"], lost["episode"]) == (None, "Ada on Looms")


def test_a_state_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "heard.md", "--state", "old"]) == 2
    assert "'old'" in capsys.readouterr().err


def test_a_control_sequence_in_a_name_reaches_scripts_but_no_terminal(
    capsys: pytest.CaptureFixture[str], notes: Path
) -> None:
    odd = notes.rename(notes.with_name("\x1b[2J\u202e.md"))
    assert run(["questions", odd.name, "--json"]) == 0
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert "\x1b" not in printed
    assert {each["path"] for each in json.loads(printed)["questions"]} == {odd.name}
