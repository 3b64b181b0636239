"""The overview of a state, computed from an earlier one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.steps import calls
from tui.core.notes.model import Address, Body, Library, Place, Span
from tui.core.notes.reading import read_note, reread
from tui.core.notes.summary import Summary, summary
from tui.core.state import answering, highlighting
from tui.core.state.anchored import with_baselines, with_new_text
from tui.core.state.model import State, with_note
from tui.ui.lists.facts import facts
from tui.ui.lists.overview import overview

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TEXT = "".join(f"# Talk {number}\n\n- Is {number} a question?\n- It is {number}.\n\n" for number in range(4))
NOTES = [read_note(name, TEXT) for name in ("a.md", "b.md")]
EARLIER = [read_note(note.path, note.source.replace("It is 2.", "It was 2.")) for note in NOTES]
STATES = [
    with_baselines(State(Library("notes", tuple(NOTES), is_folder=True)), EARLIER),
    State(Library("a.md", tuple(NOTES[:1]))),
]
DEEDS = st.sampled_from(["mark", "ask", "count", "read", "reword", "retitle", "copy", "add"])
EDITS = {
    "reword": ("It is ", "It is again "),
    "retitle": ("# Talk ", "# Walk "),
    "copy": ("Is 1 a question?\n- It is 1", "Is 2 a question?\n- It is 2"),
    "add": ("# Talk 3", "# Talk 9\n\n- Is it one more?\n- It is.\n\n# Talk 3"),
}


@given(st.sampled_from(STATES), st.lists(st.tuples(DEEDS, st.integers(0, 1), st.integers(0, 3), st.integers(0, 1))))
def test_overview_from_the_one_before_is_that_of_the_state(
    state: State, deeds: list[tuple[str, int, int, int]]
) -> None:
    summaries: dict[Body, Summary] = {}
    before = overview(state, summaries)
    for number, (deed, which, episode, block) in enumerate(deeds):
        note = state.library.notes[which % len(state.library.notes)]
        address = Address(episode, block)
        place = Place(address, Span(0, 5))
        if deed == "mark":
            step = highlighting.marking(state, note.path, [place], None, new_id=str(number), now=NOW)
            state = highlighting.with_step_unsaved(state, step) if step else state
        elif deed == "ask":
            state = highlighting.with_step_unsaved(
                state, answering.turning(state, note.path, address, new_id=str(number), now=NOW)
            )
        elif deed == "count":
            summaries[note.episodes[address.episode].body] = summary(note.episodes[address.episode])
        elif deed in EDITS:
            edited = note.source.replace(*EDITS[deed], 1 if block else -1)
            state = with_new_text(state, reread(note, edited))
        else:
            state = with_baselines(state, [note])
        found = overview(state, dict(summaries), before)
        assert found == overview(state, dict(summaries))
        before = found


def test_episodes_of_the_same_guests_and_show_are_told_apart() -> None:
    note = read_note(
        "a.md",
        "# Log\n\n## Ada on Cogs: the bees (Aug 1843)\n\n- a\n\n## Ada on Cogs: the wasps (Aug 1843)\n\n- b\n\n"
        "## Grace on Cogs: the moths (Aug 1843)\n\n- c\n",
    )
    assert [(entry.title, entry.source) for entry in overview(State(Library("a.md", (note,))), {}).episodes] == [
        ("Ada", "the bees · Cogs · Aug 1843"),
        ("Ada", "the wasps · Cogs · Aug 1843"),
        ("Grace", "Cogs · Aug 1843"),
    ]


def test_an_edit_of_one_note_reads_no_title_of_the_others_again() -> None:
    text = "# Ada on Cogs: part {0} (Aug 1843)\n\n- a bullet\n"
    notes = [read_note(f"{number}.md", text.format(number)) for number in range(20)]
    state = State(Library("notes", tuple(notes), is_folder=True))
    before = overview(state, {})
    changed = with_note(state, read_note("7.md", text.format("seven")))
    assert calls(lambda: overview(changed, {}, before), "topic_of") == 1
    assert overview(changed, {}, before).episodes[7].source.startswith("part seven")


def test_the_list_of_episodes_reads_no_title_that_was_read_for_its_episode() -> None:
    text = "# Ada on Cogs: the {0} (Aug 1843)\n\n- a bullet\n"
    state = State(Library("notes", tuple(read_note(f"{each}.md", text.format(each)) for each in ("owls", "newts"))))
    assert calls(lambda: overview(state, {}), "read_title") == 0


def test_the_folder_one_is_in_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "talks").mkdir()
    monkeypatch.chdir(tmp_path / "talks")
    assert facts(State(Library(".", tuple(NOTES), is_folder=True))).startswith("talks · 2 notes")
