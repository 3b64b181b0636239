"""Copies of sidecars are found, merged and put aside, without losing anything."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.files.records import NOW, highlight, question
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Put, QuestionRecord
from tui.errors import SidecarError
from tui.files.lock import LOCK_NAME
from tui.files.sidecar.copies import copies_of, is_sidecar_name, notice
from tui.files.sidecar.joining import both_sides, join, join_notes, join_sidecar, merge_files
from tui.files.sidecar.store import apply, load, sidecar_of

NAMES = [
    "walks.highlights.sync-conflict-20260818-173636-D4LGQYW.toml",
    "walks.highlights (Ada's conflicted copy 2026-08-18).toml",
    "walks.highlights (conflicted copy 2026-08-18 173636).toml",
    "walks.highlights (SFConflict ada@example.org 2026-08-18-17-36-36).toml",
    "walks.highlights_conflict-20260818-173636.toml",
    "walks.highlights (1).toml",
    "walks.highlights 2.toml",
    "walks.highlights-LAPTOP.toml",
    "walks.highlights.toml.conflict1",
    "walks (copy).highlights.toml",
]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "walks.md"
    path.write_text("- a walk to the harbour and back\n", encoding="utf-8")
    return path


@pytest.fixture
def sidecar(note: Path) -> Path:
    path = sidecar_of(note)
    apply(path, note.name, [Put(highlight("01A"))])
    return path


def copy_of(sidecar: Path, name: str, *records: Highlight | QuestionRecord) -> Path:
    """A copy of a sidecar under another name, with further records."""
    other = sidecar.with_name("elsewhere.highlights.toml")
    other.write_bytes(sidecar.read_bytes())
    apply(other, "walks.md", map(Put, records))
    for left in (sidecar.with_name(name), sidecar.with_name(other.name + ".bak")):
        left.unlink(missing_ok=True)
    return other.rename(sidecar.with_name(name))


def conflicted(sidecar: Path) -> None:
    """Leave a conflict in a sidecar, as git does: one highlight per side."""
    ours, theirs = (
        copy_of(sidecar, f"{id_}.toml", highlight(id_, 9, exact=f"words of {id_}")) for id_ in ("01O", "01T")
    )
    subprocess.run(["git", "merge-file", ours, sidecar, theirs], cwd=sidecar.parent, check=False, timeout=60)
    ours.replace(sidecar)
    theirs.unlink()
    assert b"<<<<<<<" in sidecar.read_bytes()


def ids(path: Path) -> list[str]:
    return [record.id for record in load(path).records]


# -- finding them


@pytest.mark.parametrize("name", NAMES)
def test_copy_is_told_by_the_note_it_names(note: Path, sidecar: Path, name: str) -> None:
    assert is_sidecar_name(name)
    copy = copy_of(sidecar, name)
    assert copies_of({note: sidecar}) == {sidecar: (copy,)}


@pytest.mark.parametrize(
    "name", ["walks.highlights.toml.bak", "walks.md", "highlights.toml", ".earmark-1-ab.tmp", "walks.toml", LOCK_NAME]
)
def test_other_files_are_no_sidecars(name: str) -> None:
    assert not is_sidecar_name(name)


def test_files_that_name_another_note_or_cannot_be_read_are_no_copies(note: Path, sidecar: Path) -> None:
    (note.parent / "runs.highlights.toml").write_text('note = "runs.md"\n[end]\n')
    (note.parent / "walks.highlights (1).toml").write_text("x =")
    (note.parent / "walks.highlights (2).toml").mkdir()
    assert copies_of({note: sidecar}) == {}


def test_note_of_odd_bytes_has_its_copies(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    odd.write_bytes(b"- one")
    apply(sidecar_of(odd), odd.name, [Put(highlight("01A"))])
    copy = sidecar_of(odd).with_name("copy.highlights (1).toml")
    copy.write_bytes(sidecar_of(odd).read_bytes())
    assert copies_of({odd: sidecar_of(odd)}) == {sidecar_of(odd): (copy,)}


def test_copy_of_a_sidecar_with_a_shortened_name_is_merged(tmp_path: Path) -> None:
    long = tmp_path / ("縄" * 83 + ".md")
    long.write_text("- one\n", encoding="utf-8")
    sidecar = sidecar_of(long)
    apply(sidecar, long.name, [Put(highlight("01A"))])
    stem = sidecar.name.removesuffix(".toml")
    copy = sidecar.rename(sidecar.with_name(f"{stem}.sync-conflict-20260818-173636-D4LGQYW.toml"))
    apply(sidecar, long.name, [Put(highlight("01B", 2))])
    assert copies_of({long: sidecar}) == {sidecar: (copy,)}
    (joined,) = join_notes([long])
    assert (joined.copies, joined.faults, ids(sidecar)) == ((copy,), (), ["01A", "01B"])


def test_folder_that_is_gone_has_no_copies(tmp_path: Path) -> None:
    assert copies_of({tmp_path / "gone" / "a.md": tmp_path / "gone" / "a.highlights.toml"}) == {}


def test_reader_is_told_the_names_of_copies() -> None:
    assert notice(["a"]) == "A copy of highlights waits to be merged: a"
    assert notice(["a", "b"]) == "2 copies of highlights wait to be merged: a, b"


# -- bringing them in


def test_copies_are_brought_in_and_put_aside(note: Path, sidecar: Path) -> None:
    first = copy_of(sidecar, NAMES[0], highlight("01B", 2))
    second = copy_of(sidecar, NAMES[1], question("01Q"))
    said = second.read_bytes()
    (joined,) = join_notes([note])
    assert joined.copies == (second, first)
    assert (joined.clashes, joined.faults) == ((), ())
    assert ids(sidecar) == ["01A", "01B", "01Q"]
    assert (first.exists(), second.exists()) == (False, False)
    assert second.with_name(second.name + ".bak").read_bytes() == said
    assert join_notes([note]) == []


def test_copy_that_cannot_be_put_aside_is_merged_and_said_to_be(note: Path, sidecar: Path) -> None:
    first = copy_of(sidecar, NAMES[0], highlight("01B", 2))
    second = copy_of(sidecar, NAMES[1], highlight("01C", 3))
    first.with_name(first.name + ".bak").mkdir()
    (joined,) = join_notes([note])
    assert (joined.copies, joined.left) == ((second,), (first,))
    aside, left = f"put aside as .bak: {NAMES[1]}", f"not put aside: {NAMES[0]}"
    assert joined.summary == f"1 copy merged and {aside}; 1 copy merged but {left}"
    assert [fault.path for fault in joined.faults] == [str(first)]
    assert ids(sidecar) == ["01A", "01B", "01C"]
    assert (first.exists(), second.exists()) == (True, False)


def test_copy_that_says_nothing_new_leaves_the_file_as_it_stands(note: Path, sidecar: Path) -> None:
    copy_of(sidecar, NAMES[0])
    before = sidecar.stat()
    (joined,) = join_notes([note])
    assert len(joined.copies) == 1
    after = sidecar.stat()  # but for the time of the last access, which reading may change
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def test_notes_without_copies_are_left_alone(note: Path, sidecar: Path) -> None:
    (note.parent / LOCK_NAME).unlink()
    before = {path.name for path in note.parent.iterdir()}
    assert join_notes([note, note.with_name("runs.md")]) == []
    assert {path.name for path in note.parent.iterdir()} == before


def test_copy_of_a_file_that_is_gone_becomes_it(note: Path, sidecar: Path) -> None:
    copy_of(sidecar, NAMES[0], highlight("01B", 2))
    sidecar.unlink()
    join_notes([note])
    assert ids(sidecar) == ["01A", "01B"]


def test_copy_that_cannot_be_merged_stays_and_is_told_and_the_others_go_on(note: Path, sidecar: Path) -> None:
    newer = copy_of(sidecar, NAMES[0], highlight("01X", 2))
    newer.write_text(newer.read_text().replace("version = 1", "version = 9"))
    copy_of(sidecar, NAMES[1], highlight("01B", 2))
    (joined,) = join_notes([note])
    assert "a newer earmark wrote it" in str(joined.faults[0])
    assert newer.exists()
    assert ids(sidecar) == ["01A", "01B"]


def test_file_that_is_broken_keeps_its_copies_and_stops_no_other_note(note: Path, sidecar: Path) -> None:
    other = note.with_name("runs.md")
    other.write_text("- a run\n")
    apply(sidecar_of(other), other.name, [Put(highlight("01R"))])
    text = sidecar_of(other).read_text()
    (note.parent / "runs.highlights (1).toml").write_text(text.replace("01R", "01S"))
    copy = copy_of(sidecar, NAMES[0], highlight("01B", 2))
    sidecar.write_text("x =")
    first, second = join_notes([note, other])
    assert "correct it" in str(first.faults[0])
    assert copy.exists()
    assert sidecar.read_text() == "x ="
    assert len(second.copies) == 1
    assert ids(sidecar_of(other)) == ["01R", "01S"]


def test_a_value_changed_on_both_sides_is_reported_and_the_loser_put_aside(note: Path, sidecar: Path) -> None:
    pink = replace(highlight("01A"), colour=Colour.PINK, updated=NOW + timedelta(1))
    copy = copy_of(sidecar, NAMES[0], pink)
    (joined,) = join_notes([note])
    assert [str(clash) for clash in joined.clashes] == [
        "highlight “the harbour” (01A): both sides changed `colour`; pink stays, yellow does not"
    ]
    assert load(sidecar).highlights == (pink,)
    assert copy.with_name(copy.name + ".bak").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_folder_that_cannot_be_written_is_told_and_keeps_all(note: Path, sidecar: Path) -> None:
    copy = copy_of(sidecar, NAMES[0], highlight("01B", 2))
    note.parent.chmod(0o500)
    try:
        (joined,) = join_notes([note])
    finally:
        note.parent.chmod(0o700)
    assert "cannot be written" in str(joined.faults[0])
    assert ids(sidecar) == ["01A"]
    assert copy.exists()


def test_path_of_a_sidecar_or_of_its_copy_serves_as_well(note: Path, sidecar: Path) -> None:
    copy = copy_of(sidecar, NAMES[0], highlight("01B", 2))
    assert join_sidecar(copy).copies == (copy,)
    copy_of(sidecar, NAMES[1], highlight("01C", 3))
    assert join_sidecar(sidecar).sidecar == sidecar
    assert ids(sidecar) == ["01A", "01B", "01C"]


@pytest.mark.parametrize("name", ["/etc/hosts", "../walks.md", "gone.md", ""])
def test_note_that_a_sidecar_names_leads_nowhere_else(note: Path, sidecar: Path, name: str) -> None:
    sidecar.write_text(sidecar.read_text().replace('note = "walks.md"', f'note = "{name}"'))
    assert not join_sidecar(sidecar).is_told
    assert ids(sidecar) == ["01A"]


# -- conflicts in a file


def test_conflict_in_a_file_is_mended_and_its_copies_come_in(note: Path, sidecar: Path) -> None:
    conflicted(sidecar)
    before = sidecar.read_bytes()
    copy_of_clean = sidecar.with_name(NAMES[0])
    copy_of_clean.write_text('note = "walks.md"\n[[highlight]]\nid = "01Z"\n[[highlight.part]]\nexact = "z"\n[end]\n')
    sides = both_sides(sidecar)
    assert sides is not None
    assert [record.id for record in sides.records] == ["01A", "01O", "01T"]
    (joined,) = join_notes([note])
    assert joined.is_mended
    assert joined.summary == f"both sides of a conflict are merged; 1 copy merged and put aside as .bak: {NAMES[0]}"
    assert ids(sidecar) == ["01Z", "01A", "01O", "01T"]
    assert sidecar.with_name(sidecar.name + ".bak").read_bytes() == before


@pytest.mark.parametrize("text", [None, "x =", "<<<<<<< HEAD\n"])
def test_file_without_two_whole_sides_has_none(note: Path, text: str | None) -> None:
    sidecar = sidecar_of(note)
    if text is not None:
        sidecar.write_text(text)
    assert both_sides(sidecar) is None


# -- three files


def three(sidecar: Path) -> tuple[Path, Path, Path]:
    base = copy_of(sidecar, "base.toml")
    return (
        base,
        copy_of(sidecar, "ours.toml", highlight("01B", 2)),
        copy_of(sidecar, "theirs.toml", highlight("01C", 3)),
    )


def test_three_files_become_one_and_nothing_lies_about(sidecar: Path) -> None:
    files = three(sidecar)
    before = {path.name for path in sidecar.parent.iterdir()}
    assert merge_files(*files) == ()
    assert ids(files[1]) == ["01A", "01B", "01C"]
    assert {path.name for path in sidecar.parent.iterdir()} == before


def test_sidecar_in_use_keeps_its_generation_before(sidecar: Path) -> None:
    base, _, theirs = three(sidecar)
    before = sidecar.read_bytes()
    merge_files(base, sidecar, theirs)
    assert ids(sidecar) == ["01A", "01C"]
    assert sidecar.with_name(sidecar.name + ".bak").read_bytes() == before


def test_notes_in_the_place_of_a_side_are_not_written(note: Path, sidecar: Path) -> None:
    base, ours, theirs = three(sidecar)
    note.write_bytes(ours.read_bytes())  # notes that are a highlights file, word for word
    before = note.read_bytes()
    with pytest.raises(SidecarError, match=r"walks\.md: notes are never written to"):
        merge_files(base, note, theirs)
    assert note.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"x =", None])
def test_side_that_is_not_whole_is_refused_and_ours_stays(sidecar: Path, damage: bytes | None) -> None:
    base, ours, theirs = three(sidecar)
    before = ours.read_bytes()
    if damage is None:
        theirs.unlink()
    else:
        theirs.write_bytes(damage)
    with pytest.raises(SidecarError, match=r"theirs\.toml"):
        merge_files(base, ours, theirs)
    assert ours.read_bytes() == before


# -- others at the same time

ADD = """
import sys
from pathlib import Path
from tests.files.records import highlight
from tui.core.annotations.highlights import Put
from tui.files.sidecar.store import apply
for number in range(40):
    apply(Path(sys.argv[1]), "walks.md", [Put(highlight(f"W{number:03}", number + 1))])
"""


def test_copies_that_come_in_while_another_program_marks_lose_nothing(note: Path, sidecar: Path) -> None:
    root = Path(__file__).parents[3]
    copies = [copy_of(sidecar, f"walks.highlights ({number}).toml", highlight(f"C{number}", 99)) for number in range(8)]
    writer = subprocess.Popen([sys.executable, "-c", ADD, sidecar], cwd=root)
    for copy in copies:
        join(sidecar, [copy])
    assert writer.wait(60) == 0
    expected = {"01A", *(f"W{number:03}" for number in range(40)), *(f"C{number}" for number in range(8))}
    assert set(ids(sidecar)) == expected
