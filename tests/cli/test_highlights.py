"""The commands for highlights, run as from a script."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import Ended

if TYPE_CHECKING:
    from tests.cli.conftest import Command

NOTES = """\
# What I heard

## Ada on Looms (1/2)

- The first bullet is about looms and cards.
- It’s a “smart” bullet, really.
  - Nested: looms and cards.
- Some **bold words** stand here, and they stay.

## Bob on Tea

- The leaves want water that has just stopped boiling.
- Who put the milk in first?
"""


@pytest.fixture
def command(bare_command: Command) -> Command:
    """Run earmark in a folder with ``heard.md``, without anyone's configuration or state."""
    Path("heard.md").write_text(NOTES, encoding="utf-8")
    return bare_command


def listed(command: Command, path: str = "heard.md") -> list[dict[str, Any]]:
    ended = command("highlights", path, "--json")
    assert (ended.code, ended.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(ended.out)["highlights"]
    return found


def edit(old: str, new: str) -> None:
    text = Path("heard.md").read_text(encoding="utf-8")
    assert old in text
    Path("heard.md").write_text(text.replace(old, new), encoding="utf-8")


def test_marked_words_are_listed_where_they_stand(command: Command) -> None:
    ended = command(
        *("mark", "heard.md", "--quote", 'It\'s a "smart" bullet'),
        *("--colour", "pink", "--comment", " so it says ", "--tag", "one", "--tag", "#two", "--tag", "one"),
    )
    assert (ended.code, ended.err) == (0, "")
    (found,) = listed(command)
    assert found["id"] == ended.out.strip()
    assert (found["state"], found["text"], found["episode"]) == (
        "anchored",
        "It’s a “smart” bullet",
        "Ada on Looms (1/2)",
    )
    assert (found["line"], found["end_line"], found["start"], found["end"]) == (6, 6, 0, 21)
    assert (found["colour"], found["comment"], found["tags"]) == ("pink", "so it says", ["one", "two"])


def test_mark_writes_the_file_beside_the_notes_and_nothing_else(command: Command) -> None:
    command("mark", "heard.md", "--quote", "boiling")
    document = tomllib.loads(Path("heard.highlights.toml").read_text(encoding="utf-8"))
    assert document["note"] == "heard.md"
    assert document["highlight"][0]["part"][0]["exact"] == "boiling"
    assert Path("heard.md").read_text(encoding="utf-8") == NOTES


def test_marks_add_up_in_document_order(command: Command) -> None:
    for quote in ("boiling", "first bullet", "bold words"):
        assert command("mark", "heard.md", "--quote", quote).code == 0
    assert [each["text"] for each in listed(command)] == ["first bullet", "bold words", "boiling"]
    assert Path("heard.highlights.toml.bak").exists()


def test_mark_in_a_folder_finds_the_note(command: Command) -> None:
    Path("other.md").write_text("# Other\n\n- Something else entirely.\n")
    assert command("mark", ".", "--quote", "else entirely").code == 0
    assert Path("other.highlights.toml").exists()
    assert [each["path"] for each in listed(command, ".")] == ["other.md"]


def test_mark_through_two_blocks_is_one_highlight(command: Command) -> None:
    assert command("mark", "heard.md", "--quote", "boiling. Who put").code == 0
    (found,) = listed(command)
    assert found["text"] == "boiling. … Who put"
    assert (found["line"], found["end_line"]) == (12, 13)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--quote", "looms and cards"], "2 times, on lines 5 and 7"),
        (["--quote", "nowhere to be found"], "the quote is not in the notes"),
        (["--quote", "boiling", "--episode", "Ada"], "on line 12, but not with that episode"),
    ],
)
def test_quote_that_is_not_there_once_is_refused_in_one_line(command: Command, words: list[str], said: str) -> None:
    ended = command("mark", "heard.md", *words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
    assert said in ended.err
    assert not Path("heard.highlights.toml").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["heard.md"],
        ["heard.md", "--quote", " "],
        ["heard.md", "--quote", "x", "--colour", "brown"],
        ["-", "--quote", "x"],
    ],
)
def test_wrong_words_are_a_wrong_usage(command: Command, words: list[str]) -> None:
    ended = command("mark", *words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("name", ["highlights", "check", "mark"])
def test_notes_that_are_not_there_end_with_3(command: Command, name: str) -> None:
    ended = command(name, "gone.md", *(["--quote", "x"] if name == "mark" else []))
    assert (ended.code, ended.out) == (3, "")
    assert "no such file" in ended.err


@pytest.mark.parametrize(
    "text", ["x =\n", 'version = 1\nnote = "heard.md"\n', 'version = 9\nnote = "heard.md"\n\n[end]\n']
)
def test_file_of_highlights_that_is_not_whole_is_told_and_not_overwritten(command: Command, text: str) -> None:
    Path("heard.highlights.toml").write_text(text)
    ended = command("highlights", "heard.md", "--json")
    assert (ended.code, json.loads(ended.out)) == (3, {"highlights": []})
    assert ended.err.startswith("earmark: heard.highlights.toml")
    assert command("mark", "heard.md", "--quote", "boiling").code == 3
    assert Path("heard.highlights.toml").read_text() == text
    printed = command("heard.md")
    assert (printed.code, printed.err) == (0, ended.err)


def test_highlight_whose_text_is_gone_is_an_orphan_until_the_text_is_back(command: Command) -> None:
    command("mark", "heard.md", "--quote", "The leaves want water that has just stopped boiling.")
    edit("- The leaves want water that has just stopped boiling.\n", "")
    (found,) = listed(command)
    assert (found["state"], found["line"]) == ("orphan", None)
    checked = command("check", "heard.md")
    assert checked.code == 1
    assert checked.out.splitlines()[-1] == "1 highlight: 1 orphan; 1 to look at"
    Path("heard.md").write_text(NOTES, encoding="utf-8")
    assert [each["state"] for each in listed(command)] == ["anchored"]


def test_highlight_moves_with_its_text(command: Command) -> None:
    command("mark", "heard.md", "--quote", "stopped boiling")
    edit("## Bob on Tea\n", "## Bob on Tea\n\n- A new bullet above.\n- And another.\n")
    (found,) = listed(command)
    assert (found["state"], found["line"], found["text"]) == ("anchored", 15, "stopped boiling")


def test_check_of_sound_notes_is_fine(command: Command) -> None:
    assert command("check", "heard.md") == Ended(0, "0 highlights; all is well\n", "")
    command("mark", "heard.md", "--quote", "boiling")
    ended = command("check", "heard.md")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "Anchored",
        "  heard.md:12  yellow  boiling",
        "",
        "1 highlight: 1 anchored; all is well",
    ]


def test_check_tells_faults_of_files_and_configuration_at_once(command: Command) -> None:
    Path("gone.highlights.toml").write_text('version = 1\nnote = "gone.md"\n\n[end]\n')
    Path("config.toml").write_text("[earmark]\nwidht = 80\n")
    ended = command("check", "heard.md")
    assert (ended.code, ended.err) == (1, "")
    config, stray, _, last = ended.out.splitlines()
    assert config.endswith("config.toml:2: unknown setting `widht`; did you mean `width`?")
    assert stray.startswith("gone.highlights.toml: its note gone.md is gone")
    assert last == "0 highlights; 2 problems to fix"


def test_check_tells_of_an_older_encoding_without_a_fault(command: Command) -> None:
    Path("old.md").write_bytes("# Käse\n\n- Süß und mürbe, sagt er über den Käse\n".encode("cp1252"))
    ended = command("check", "old.md")
    assert ended.out.splitlines()[0] == "old.md: read as Windows-1252, since it is not UTF-8"
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "0 highlights; all is well")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_check_and_mark_say_that_a_note_is_being_written(command: Command) -> None:
    with open("heard.md", "a"):
        marked, checked = command("mark", "heard.md", "--quote", "boiling"), command("check", "heard.md")
    assert "heard.md is being written by another program" in marked.err
    assert "heard.md is being written by another program" in checked.out
    assert (marked.code, checked.code) == (0, 0)
    assert "being written" not in command("check", "heard.md").out


def test_keys_of_every_part_of_the_reader_may_be_configured(command: Command) -> None:
    Path("config.toml").write_text('[earmark.keys]\nmark = "M"\nselect_word = "W"\naccept = "Y"\n')
    assert command("check", "heard.md").code == 0


def test_notes_in_a_pipe_have_highlights_between_marks(command: Command) -> None:
    command("mark", "heard.md", "--quote", "bold words")
    command("mark", "heard.md", "--quote", "stopped boiling. Who")
    lines = command("heard.md").out.splitlines()
    assert "• Some ==bold words== stand here, and they stay." in lines
    assert "• The leaves want water that has just ==stopped boiling.==" in lines
    assert "• ==Who== put the milk in first?" in lines


# -- merging


def copied(command: Command, quote: str) -> Path:
    """A copy of the highlights file with one more highlight, as Syncthing leaves it."""
    sidecar, copy = Path("heard.highlights.toml"), Path("heard.highlights.sync-conflict-20260818-173636-D4LGQYW.toml")
    before = sidecar.read_bytes()
    assert command("mark", "heard.md", "--quote", quote).code == 0
    sidecar.replace(copy)
    sidecar.write_bytes(before)
    return copy


@pytest.mark.parametrize("path", ["heard.md", ".", "heard.highlights.toml"])
def test_merge_brings_copies_in(command: Command, path: str) -> None:
    command("mark", "heard.md", "--quote", "first bullet")
    copy = copied(command, "boiling")
    checked = command("check", "heard.md")
    assert checked.code == 1
    assert f"{copy}: it is a copy of heard.highlights.toml and not merged yet; `earmark merge heard.md`" in checked.out
    assert command("merge", path) == Ended(
        0, f"heard.highlights.toml: 1 copy merged and put aside as .bak: {copy}\n", ""
    )
    assert [each["text"] for each in listed(command)] == ["first bullet", "boiling"]
    assert command("check", "heard.md").code == 0
    assert command("merge", path) == Ended(0, "nothing to merge\n", "")


def test_merge_of_what_cannot_both_stay_ends_with_1(command: Command) -> None:
    command("mark", "heard.md", "--quote", "boiling")
    sidecar = Path("heard.highlights.toml")
    text = sidecar.read_text()
    ours, theirs = (re.sub(r"updated = \S+", f"updated = 2100-01-0{day}T00:00:00Z", text) for day in (1, 2))
    for name, side in (("base", text), ("ours", ours), ("theirs", theirs.replace("yellow", "blue"))):
        Path(name).write_text(side.replace("yellow", "pink") if name == "ours" else side)
    ended = command("merge", "base", "ours", "theirs")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("both sides changed `colour`; blue stays, pink does not\n")
    assert 'colour = "blue"' in Path("ours").read_text()


def test_mark_that_is_repeated_adds_nothing(command: Command) -> None:
    words = ("mark", "heard.md", "--quote", "boiling", "--tag", "heat")
    first, again = command(*words), command(*words)
    assert (again.code, again.out) == (0, first.out)
    other = command(*words, "--comment", "why?")
    assert {each["id"] for each in listed(command)} == {first.out.strip(), other.out.strip()}


def test_merge_of_what_cannot_be_read_ends_with_3_and_changes_nothing(command: Command) -> None:
    command("mark", "heard.md", "--quote", "boiling")
    text = Path("heard.highlights.toml").read_text()
    for name in ("base", "ours"):
        Path(name).write_text(text)
    Path("theirs").write_text(text.replace("version = 1", "version = 9"))
    ended = command("merge", "base", "ours", "theirs")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("earmark: theirs: a newer earmark wrote it")
    assert Path("ours").read_text() == text
    assert command("merge", "base", "gone", "theirs").err == "earmark: gone: no such file\n"


def test_copy_that_cannot_be_merged_is_told(command: Command) -> None:
    command("mark", "heard.md", "--quote", "first bullet")
    copy = copied(command, "boiling")
    copy.write_text(copy.read_text().replace("[end]\n", ""))
    ended = command("merge", "heard.md")
    assert (ended.code, ended.out) == (3, "heard.highlights.toml: nothing was merged\n")
    assert ended.err.startswith(f"earmark: {copy}: it was cut short")


@pytest.mark.parametrize("words", [[], ["one", "two"], ["1", "2", "3", "4"], ["-"]])
def test_merge_of_another_number_of_files_is_a_wrong_usage(command: Command, words: list[str]) -> None:
    ended = command("merge", *words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1


def test_both_sides_of_a_conflict_are_listed_before_it_is_settled(command: Command) -> None:
    command("mark", "heard.md", "--quote", "boiling", "--comment", "ours")
    sidecar = Path("heard.highlights.toml")
    conflict = '<<<<<<< HEAD\ncomment = "ours"\n=======\ncomment = "theirs"\n>>>>>>> far\n'
    sidecar.write_text(sidecar.read_text().replace('comment = "ours"\n', conflict))
    ended = command("highlights", "heard.md", "--json")
    assert ended.code == 3
    assert "both sides of a merge are in it" in ended.err
    assert [each["comment"] for each in json.loads(ended.out)["highlights"]] == ["theirs | ours"]
    assert command("mark", "heard.md", "--quote", "first bullet").code == 3
    assert command("merge", "heard.md").out == "heard.highlights.toml: both sides of a conflict are merged\n"
    assert [each["comment"] for each in listed(command)] == ["theirs | ours"]
