"""Entries of the question pane are computed once, and again when anything in them changes."""

from __future__ import annotations

from functools import partial

from tui.core.notes.model import Episode, Library, Position
from tui.core.notes.reading import read_note
from tui.core.notes.summary import Summary, summary
from tui.core.state.model import State, with_note
from tui.ui.lists.questions import QuestionLists

TEXT = "# One\n\n- why?\n  - so\n- when?\n\n# Two\n\n- who?\n"
STATE = State(Library("a.md", (read_note("a.md", TEXT),)))
SURVEYS = {episode.body: summary(episode) for episode in STATE.episodes}


def summary_of(episode: Episode) -> Summary:
    return SURVEYS.get(episode.body) or summary(episode)


def age(said: str, _path: str, _text: str) -> str:
    return said


OLD = partial(age, "3 d")


def test_nothing_else_asked_gives_the_same_entries() -> None:
    lists = QuestionLists()
    before = lists.entries(STATE, (0,), summary_of, "", OLD)
    assert [entry.text for entry in before] == ["Open", "when?", "Answered", "why?"]
    assert [entry.text for entry in lists.entries(STATE, (1,), summary_of, "", OLD)] == ["Open", "who?"]
    assert lists.entries(STATE, (0,), summary_of, "", OLD) is before


def test_an_edit_elsewhere_leaves_the_entries_as_they_are() -> None:
    lists = QuestionLists()
    before = lists.entries(STATE, (0,), summary_of, "", OLD)
    edited = with_note(STATE, read_note("a.md", TEXT.replace("who", "whom")))
    assert lists.entries(edited, (0,), summary_of, "", OLD) is before
    assert [entry.text for entry in lists.entries(edited, (1,), summary_of, "", OLD)] == ["Open", "whom?"]


def test_entries_say_what_is_so_today() -> None:
    lists = QuestionLists()
    lists.entries(STATE, (0, 1), summary_of, "", OLD)
    assert [entry.text for entry in lists.entries(STATE, (0, 1), summary_of, "wh is:open", OLD)] == [
        "One",
        "when?",
        "Two",
        "who?",
    ]
    assert {entry.details for entry in lists.entries(STATE, (1,), summary_of, "", partial(age, "4 d"))} == {"", "4 d"}
    above = read_note("b.md", "# Above\n\n- no\n")
    moved = State(Library("notes", (above, *STATE.library.notes), is_folder=True))
    assert [entry.where[0][0] for entry in lists.entries(moved, (2,), summary_of, "", OLD) if entry.where] == [
        Position(2, 0)
    ]
