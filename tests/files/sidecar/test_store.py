from __future__ import annotations

import errno
import mmap
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.files.records import highlight, question
from tui.core.annotations.highlights import Put, Remove
from tui.errors import SidecarError
from tui.files import atomic, exchange
from tui.files.atomic import backups_of
from tui.files.lock import LOCK_NAME, locked
from tui.files.sidecar import store
from tui.files.sidecar.copies import copies_of
from tui.files.sidecar.joining import join_notes
from tui.files.sidecar.store import apply, can_restore, load, possible_sidecars, restore, sidecar_of, strays
from tui.files.sidecar.text import Contents, refusal, to_bytes, with_operations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "walks.md"
    path.write_text("- a walk to the harbour and back\n", encoding="utf-8")
    return path


@pytest.fixture
def sidecar(note: Path) -> Path:
    path = sidecar_of(note)
    apply(path, note.name, [Put(highlight("01A")), Put(highlight("01B", 2)), Put(question("01C", 3))])
    return path


def ids(contents: Contents) -> list[str]:
    return [each.record.id for each in contents.entries]


def read_of(path: Path) -> bytes:
    return path.read_bytes()


# -- where it lies


def test_sidecar_lies_beside_its_note(note: Path) -> None:
    assert sidecar_of(note) == note.parent / "walks.highlights.toml"


def test_sidecar_never_grows_beyond_what_is_read(note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sidecar.read_bytes()
    monkeypatch.setattr(store, "LARGEST", len(before) + 100)
    with pytest.raises(SidecarError, match="it would have more than 0 MB; highlight fewer words"):
        apply(sidecar, note.name, [Put(replace(highlight("01Z"), comment="long " * 100))])
    assert sidecar.read_bytes() == before
    apply(sidecar, note.name, [Remove("01A")])
    assert "01A" not in ids(load(sidecar))


def test_two_notes_that_differ_in_their_ending_do_not_share_one(note: Path, sidecar: Path) -> None:
    other = note.with_suffix(".txt")
    other.write_text("other walks", encoding="utf-8")
    long = note.parent / "walks.txt.highlights.toml"
    assert sidecar_of(note) == sidecar
    assert sidecar_of(other) == long
    apply(long, other.name, [Put(highlight("01D"))])
    assert sidecar_of(other) == long
    assert sidecar_of(note) == sidecar
    note.unlink()
    assert sidecar_of(other) == long


def test_note_with_a_new_ending_keeps_its_sidecar(note: Path, sidecar: Path) -> None:
    renamed = note.rename(note.with_suffix(".txt"))
    assert sidecar_of(renamed) == sidecar
    apply(sidecar, renamed.name, [Remove("01A")])
    assert load(sidecar).note == "walks.txt"


def test_names_without_an_ending_have_two_places_too(tmp_path: Path) -> None:
    assert {path.name for path in possible_sidecars(tmp_path / "walks")} == {
        "walks.highlights.toml",
        "walks..highlights.toml",
    }


def test_sidecar_copied_together_with_its_note_is_that_of_the_copy(note: Path, sidecar: Path) -> None:
    twin, beside = note.with_name("strolls.md"), sidecar.with_name("strolls.highlights.toml")
    twin.write_bytes(note.read_bytes())
    assert sidecar_of(twin) == beside
    beside.write_bytes(sidecar.read_bytes())
    assert (sidecar_of(twin), sidecar_of(note)) == (beside, sidecar)
    assert copies_of({note: sidecar}) == {}
    assert copies_of({note: sidecar, twin: beside}) == {}
    assert strays(note.parent) == ()
    apply(beside, twin.name, [Remove("01A")])
    assert (load(beside).note, ids(load(beside))) == ("strolls.md", ["01B", "01C"])
    assert (load(sidecar).note, ids(load(sidecar))) == ("walks.md", ["01A", "01B", "01C"])


def test_sidecar_that_cannot_be_read_is_not_passed_over(note: Path, sidecar: Path) -> None:
    sidecar.write_text("not toml", encoding="utf-8")
    assert sidecar_of(note) == sidecar


def test_sidecar_whose_note_is_gone_is_a_stray(note: Path, sidecar: Path) -> None:
    assert strays(note.parent) == ()
    note.rename(note.parent / "strolls.md")
    assert strays(note.parent) == ((sidecar, "walks.md"),)


@pytest.mark.parametrize("place", ["strolls.highlights.toml", "strolls.md.highlights.toml"])
@pytest.mark.parametrize("ending", [".md", ".MD", ".txt"])
def test_sidecar_in_the_place_of_a_note_is_no_stray_whatever_note_it_names(
    note: Path, sidecar: Path, place: str, ending: str
) -> None:
    renamed = note.rename(note.parent / f"strolls{ending}")
    moved = sidecar.rename(note.parent / place.replace(".md", ending))
    assert sidecar_of(renamed) == moved
    assert strays(note.parent) == ()


def test_name_of_a_note_leads_nowhere_else(note: Path, sidecar: Path) -> None:
    text = sidecar.read_text(encoding="utf-8").replace('note = "walks.md"', 'note = "/etc/passwd"')
    sidecar.write_text(text, encoding="utf-8")
    assert sidecar_of(note) == sidecar
    assert strays(note.parent) == ()
    note.rename(note.parent / "strolls.md")
    assert strays(note.parent) == ((sidecar, "/etc/passwd"),)


def test_name_too_long_for_a_file_is_of_no_note(note: Path, sidecar: Path) -> None:
    text = sidecar.read_text(encoding="utf-8").replace('note = "walks.md"', f'note = "{"x" * 300}"')
    sidecar.write_text(text, encoding="utf-8")
    assert sidecar_of(note) == sidecar
    assert strays(note.parent) == ()
    apply(sidecar, note.name, [Remove("01A")])
    assert load(sidecar).note == "walks.md"


LONG_NAMES = ["word" * 60 + ".md", "話" * 80 + ".md", "x" * 252 + ".md", "w" * 250 + ".text", "v" * 242 + ".md"]


def a_note(folder: Path, name: str) -> Path:
    note = folder / name
    note.write_text("- one\n", encoding="utf-8")
    return note


@pytest.mark.parametrize("name", LONG_NAMES)
def test_note_with_a_long_name_has_a_sidecar_with_a_shorter_one(tmp_path: Path, name: str) -> None:
    note = a_note(tmp_path, name)
    for number in range(4):
        apply(sidecar_of(note), note.name, [Put(highlight(f"01{number}"))])
    sidecar = sidecar_of(note)
    assert sidecar.name[:40] == note.name[:40]
    assert load(sidecar).note == note.name
    assert ids(load(sidecar)) == ["010", "011", "012", "013"]
    assert [ids(load(backup)) for backup in backups_of(sidecar) if backup.exists()] == [
        ["010", "011", "012"],
        ["010", "011"],
        ["010"],
    ]
    assert strays(tmp_path) == ()


def test_notes_whose_long_names_begin_alike_share_no_sidecar(tmp_path: Path) -> None:
    names = ["w" * 245 + ending for ending in ("a.md", "b.md", "a.txt", "a.text")]
    for number, name in enumerate(names):
        apply(sidecar_of(a_note(tmp_path, name)), name, [Put(highlight(f"01{number}"))])
    sidecars = [sidecar_of(tmp_path / name) for name in names]
    assert [load(sidecar).note for sidecar in sidecars] == names
    assert [ids(load(sidecar)) for sidecar in sidecars] == [["010"], ["011"], ["012"], ["013"]]


def test_shortened_name_that_another_note_has_is_left_to_it(tmp_path: Path) -> None:
    note, other = a_note(tmp_path, "w" * 245 + ".md"), a_note(tmp_path, "other.md")
    taken = sidecar_of(note)
    apply(taken, other.name, [Put(highlight("01A"))])
    assert sidecar_of(note) != taken
    apply(sidecar_of(note), note.name, [Put(highlight("01B"))])
    assert (ids(load(taken)), ids(load(sidecar_of(note)))) == (["01A"], ["01B"])


def test_long_name_that_a_sidecar_has_already_stays(tmp_path: Path) -> None:
    note = a_note(tmp_path, "w" * 236 + ".md")
    former = tmp_path / ("w" * 236 + ".highlights.toml")
    assert sidecar_of(note) != former
    apply(former, note.name, [Put(highlight("01A"))])
    assert sidecar_of(note) == former
    former.write_text("not toml", encoding="utf-8")
    assert sidecar_of(note) == former


def test_sidecar_that_other_notes_usual_name_belongs_to_is_not_taken(tmp_path: Path) -> None:
    twin = a_note(tmp_path, "walks.md.txt")
    apply(sidecar_of(twin), twin.name, [Put(highlight("01A"))])
    note = a_note(tmp_path, "walks.md")
    assert sidecar_of(twin).name == "walks.md.highlights.toml"
    assert sidecar_of(note).name == "walks.highlights.toml"


def test_damaged_sidecar_with_a_long_name_is_kept_aside(tmp_path: Path) -> None:
    note = a_note(tmp_path, "縄" * 80 + ".md")
    for number in range(2):
        apply(sidecar_of(note), note.name, [Put(highlight(f"01{number}"))])
    sidecar = sidecar_of(note)
    sidecar.write_text("not toml", encoding="utf-8")
    assert restore(sidecar).read_text(encoding="utf-8") == "not toml"
    assert ids(load(sidecar)) == ["010"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is shut to root")
def test_sidecar_in_a_shut_folder_is_told_of(note: Path, sidecar: Path) -> None:
    note.parent.chmod(0)
    try:
        assert sidecar_of(note) == sidecar
        with pytest.raises(SidecarError, match="may not read it"):
            load(sidecar)
    finally:
        note.parent.chmod(0o700)


def test_path_of_odd_bytes_has_a_sidecar(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x1b.md"))
    odd.write_bytes(b"- one")
    for number in range(2):
        apply(sidecar_of(odd), odd.name, [Put(highlight(f"01{number}"))])
    assert ids(load(sidecar_of(odd))) == ["010", "011"]


def test_sidecar_of_a_path_of_odd_bytes_is_no_stray_while_its_note_is_there(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    odd.write_bytes(b"- one")
    apply(sidecar_of(odd), odd.name, [Put(highlight("01A"))])
    assert strays(tmp_path) == ()
    odd.unlink()
    assert strays(tmp_path) == ((sidecar_of(odd), "caf\ufffd.md"),)


# -- reading


def test_note_without_a_sidecar_has_nothing(note: Path) -> None:
    assert load(sidecar_of(note)) == Contents()


def _junk(path: Path) -> None:
    path.touch()
    os.truncate(path, 200 << 20)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (Path.mkdir, "this is a folder"),
        (os.mkfifo, "a pipe or a device"),
        (lambda path: path.symlink_to("/dev/zero"), "a pipe or a device"),
        (lambda path: path.symlink_to(path.name), "leads to itself"),
        (_junk, "more than 64 MB"),
    ],
    ids=["folder", "pipe", "device", "link", "junk"],
)
def test_anything_but_a_highlights_file_in_its_place_is_an_error(
    tmp_path: Path, put: Callable[[Path], None], said: str
) -> None:
    put(tmp_path / "a.highlights.toml")
    with pytest.raises(SidecarError, match=rf"a\.highlights\.toml: .*{said}"):
        load(tmp_path / "a.highlights.toml")


# -- operations


def test_first_mark_makes_the_file(note: Path) -> None:
    path = sidecar_of(note)
    contents = apply(path, note.name, [Put(highlight("01A"))])
    assert contents == load(path)
    assert contents.highlights == (highlight("01A"),)
    assert {each.name for each in note.parent.iterdir()} == {note.name, path.name, LOCK_NAME}


def test_apply_returns_the_contents_of_the_file(note: Path, sidecar: Path) -> None:
    changed = replace(highlight("01B", 1), comment="nearer")
    contents = apply(sidecar, note.name, [Put(changed), Remove("01A"), Put(highlight("01D", 9))])
    assert contents == load(sidecar)
    assert contents.highlights == (changed, highlight("01D", 9))
    assert contents.questions == (question("01C", 3),)


def test_operation_is_carried_out_on_the_file_as_it_is_now(note: Path, sidecar: Path) -> None:
    before = load(sidecar)
    apply(sidecar, note.name, [Put(highlight("01X", 9)), Remove("01A")])
    assert ids(before) == ["01A", "01B", "01C"]
    assert ids(apply(sidecar, note.name, [Put(highlight("01Y", 10))])) == ["01B", "01X", "01Y", "01C"]


def test_large_file_is_read_as_it_is_now_whoever_wrote_it(note: Path, sidecar: Path) -> None:
    long = "a very long word " * 100
    apply(sidecar, note.name, [Put(highlight(f"02{number:03}", number, comment=long)) for number in range(100)])
    first = load(sidecar)
    assert load(sidecar) == first
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace(long, "another word", 1), encoding="utf-8")
    after = apply(sidecar, note.name, [Put(highlight("03A", 5)), Remove("02050")])
    assert "another word" in {each.comment for each in after.highlights}
    assert load(sidecar) == after
    sidecar.write_text(text, encoding="utf-8")
    assert load(sidecar) == first


def test_nothing_is_written_where_nothing_changes(note: Path, sidecar: Path) -> None:
    before = sidecar.stat()
    apply(sidecar, note.name, [])
    apply(sidecar, note.name, [Remove("nobody"), Put(highlight("01A"))])
    after = sidecar.stat()  # but for the time of the last access, which reading may change
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    fresh = note.parent / "fresh.highlights.toml"
    apply(fresh, "fresh.md", [Remove("nobody")])
    assert not fresh.exists()


def test_generation_before_is_kept_beside(note: Path, sidecar: Path) -> None:
    before = read_of(sidecar)
    apply(sidecar, note.name, [Remove("01A")])
    assert read_of(sidecar.with_name(sidecar.name + ".bak")) == before


def test_put_and_remove_bring_the_same_bytes_back(note: Path, sidecar: Path) -> None:
    before = read_of(sidecar)
    apply(sidecar, note.name, [Put(highlight("01D", 2))])
    apply(sidecar, note.name, [Remove("01D")])
    assert read_of(sidecar) == before


def test_last_highlight_taken_away_leaves_a_sidecar_that_says_so(note: Path, sidecar: Path) -> None:
    apply(sidecar, note.name, [Remove("01A"), Remove("01B"), Remove("01C")])
    assert ids(load(sidecar)) == []
    assert not load(sidecar).missing_end


def test_sidecar_of_another_note_is_not_written(note: Path, sidecar: Path) -> None:
    before = read_of(sidecar)
    with pytest.raises(SidecarError, match=r"it has the highlights of walks\.md, not of walks\.txt"):
        apply(sidecar, "walks.txt", [Put(highlight("01D"))])
    assert read_of(sidecar) == before


def test_link_to_a_sidecar_in_the_notes_folder_stays_and_its_target_is_written(note: Path, sidecar: Path) -> None:
    (note.parent / "far").mkdir()
    target = sidecar.rename(note.parent / "far" / "kept.highlights.toml")
    sidecar.symlink_to(target)
    apply(sidecar, note.name, [Remove("01A")])
    assert sidecar.is_symlink()
    assert ids(load(target)) == ["01B", "01C"]
    assert {each.name for each in target.parent.iterdir()} == {target.name, target.name + ".bak", LOCK_NAME}


def test_link_out_of_the_notes_is_written_through_where_the_folder_is_named_only(
    note: Path, sidecar: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    far = tmp_path_factory.mktemp("far")
    target = sidecar.rename(far / sidecar.name)
    sidecar.symlink_to(target)
    before = read_of(target)
    with pytest.raises(
        SidecarError, match=r"walks\.highlights\.toml: a symbolic link that leads out of the notes, to "
    ):
        apply(sidecar, note.name, [Remove("01A")])
    assert {each.name: each.read_bytes() for each in far.iterdir()} == {target.name: before}
    apply(sidecar, note.name, [Remove("01A")], within=[far])
    assert ids(load(target)) == ["01B", "01C"]


def test_link_out_of_the_notes_is_read_through_where_the_folder_is_named_only(
    note: Path, sidecar: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    far = tmp_path_factory.mktemp("far")
    target = sidecar.rename(far / sidecar.name)
    sidecar.symlink_to(target)
    with pytest.raises(SidecarError, match=r"walks\.highlights\.toml: .*leads out of the notes, to "):
        load(sidecar)
    assert ids(load(sidecar, [far])) == ["01A", "01B", "01C"]


def test_copy_that_is_a_link_out_of_the_notes_is_not_merged_in(
    note: Path, sidecar: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    private = tmp_path_factory.mktemp("private") / "walks.highlights.toml"
    apply(private, note.name, [Put(highlight("01Z", 9))])
    copy = note.with_name("walks.highlights (1).toml")
    copy.symlink_to(private)
    assert join_notes([note]) == []
    assert ids(load(sidecar)) == ["01A", "01B", "01C"]


def test_sidecar_that_another_program_is_half_done_with_is_waited_for(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sidecar.read_bytes()
    sidecar.write_bytes(whole[: len(whole) // 2])
    monkeypatch.setattr(time, "sleep", lambda seconds: sidecar.write_bytes(whole))
    apply(sidecar, note.name, [Put(highlight("01D", 4))])
    assert sorted(ids(load(sidecar))) == ["01A", "01B", "01C", "01D"]


@pytest.mark.parametrize("is_gone_before", [True, False])
def test_sidecar_that_another_program_deletes_and_creates_again_is_waited_for(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch, is_gone_before: bool
) -> None:
    """Created in between, the file would block git, whose checkout then ends with an error."""
    theirs = foreign(sidecar, "01X")
    if is_gone_before:
        apply(sidecar, note.name, [Put(highlight("01D", 4))])  # there is a backup now
        sidecar.unlink()

    @contextmanager
    def while_locked(*args: Any, **named: Any) -> Iterator[None]:
        with locked(*args, **named):
            sidecar.unlink(missing_ok=True)
            yield

    def meanwhile(seconds: float) -> None:
        if not sidecar.exists():
            sidecar.write_bytes(theirs)

    monkeypatch.setattr(store, "locked", while_locked)
    monkeypatch.setattr(store, "_BETWEEN", 60.0)
    monkeypatch.setattr(time, "sleep", meanwhile)
    apply(sidecar, note.name, [Put(highlight("01D", 4))])
    assert sorted(ids(load(sidecar))) == ["01A", "01B", "01C", "01D", "01X"]


def test_sidecar_that_is_gone_while_it_is_looked_at_is_not_said_to_be_write_protected(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access, before = os.access, sidecar.read_bytes()

    def just_gone(path: Any, mode: int) -> bool:
        sidecar.unlink(missing_ok=True)
        return access(path, mode)

    monkeypatch.setattr(os, "access", just_gone)
    assert not atomic.swap(sidecar, b"new", before).is_done


NOTES = b'# a walk\nidea = "a walk to the harbour"\n\n[end]\n'
"Notes that happen to be TOML."


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("walks.md", "leads to walks.md, which is not named like a highlights file"),
        ("other.md", "leads to other.md, which is not named like a highlights file"),
        ("missing.highlights.toml", "leads nowhere"),
        ("../.profile", "leads nowhere"),
        ("pipe.highlights.toml", "leads to something that is not a plain file|a pipe or a device"),
        ("walks.highlights.toml", "leads nowhere|leads to itself"),
        ("/dev/null", "leads to something that is not a plain file|a pipe or a device"),
    ],
)
def test_link_to_anything_but_a_sidecar_is_refused_and_nothing_is_written(note: Path, target: str, said: str) -> None:
    for each in (note, note.with_name("other.md")):
        each.write_bytes(NOTES)
    os.mkfifo(note.with_name("pipe.highlights.toml"))
    sidecar = sidecar_of(note)
    sidecar.symlink_to(target)
    with pytest.raises(SidecarError, match=rf"walks\.highlights\.toml: .*({said}); ") as caught:
        apply(sidecar, note.name, [Put(highlight("01A"))])
    assert "\n" not in str(caught.value)
    there = {"walks.md", "other.md", "pipe.highlights.toml", "walks.highlights.toml"}
    assert {each.name for each in note.parent.iterdir()} == there
    assert {note.read_bytes(), note.with_name("other.md").read_bytes()} == {NOTES}


def test_link_to_no_file_is_told_where_the_highlights_are_read(note: Path) -> None:
    sidecar_of(note).symlink_to("missing.highlights.toml")
    with pytest.raises(SidecarError, match=r"walks\.highlights\.toml: a symbolic link that leads nowhere; "):
        load(sidecar_of(note))


def test_sidecar_that_is_another_name_of_the_notes_does_not_write_them(note: Path) -> None:
    note.write_bytes(NOTES)
    note.chmod(0o640)
    sidecar_of(note).hardlink_to(note)
    for name in ("01A", "01B"):
        apply(sidecar_of(note), note.name, [Put(highlight(name))])
    assert (note.read_bytes(), note.stat().st_mode & 0o7777) == (NOTES, 0o640)
    assert ids(load(sidecar_of(note))) == ["01A", "01B"]


# -- writers that know no lock


def foreign(sidecar: Path, name: str) -> bytes:
    """The sidecar as another program has it, with one more record."""
    contents = load(sidecar)
    return to_bytes(with_operations(contents, [Put(highlight(name, int(name[2:], 36) % 50 + 4))]))


def brought(path: Path, data: bytes) -> None:
    """Make another program write a version of a file."""
    new = path.with_name("synchronised")
    new.write_bytes(data)
    new.rename(path)


@pytest.mark.parametrize("call", ["_temporary", "exchange", "_rotate"])
def test_version_that_comes_while_a_save_is_under_way_is_merged(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    theirs = [foreign(sidecar, "01X")]
    original = getattr(atomic, call)

    def meanwhile(*words: object) -> object:
        if theirs:
            brought(sidecar, theirs.pop())
        return original(*words)

    monkeypatch.setattr(atomic, call, meanwhile)
    after = apply(sidecar, note.name, [Put(highlight("01D", 9)), Remove("01A")])
    assert sorted(ids(after)) == ["01B", "01C", "01D", "01X"]
    assert load(sidecar) == after


needs_to_know_writers = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")


@needs_to_know_writers
@pytest.mark.parametrize("way", ["rewritten", "appended", "truncated", "half of it", "mapped"])
def test_writer_that_has_the_file_open_is_waited_for_and_its_version_merged(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    theirs = foreign(sidecar, "01X")
    file = sidecar.open("ab" if way == "appended" else "r+b", buffering=0)
    if way == "truncated":
        file.truncate()
    elif way == "half of it":
        file.write(theirs[: len(theirs) // 2])
        file.truncate()
    mapped = mmap.mmap(file.fileno(), 0) if way == "mapped" else None

    def meanwhile(seconds: float) -> None:
        if file.closed:
            return
        if mapped is not None:
            mapped.resize(len(theirs))
            mapped[:] = theirs
            mapped.close()
        elif way == "appended":
            file.write(theirs[theirs.rindex(b"[[highlight]]") : theirs.index(b"[[question]]")])
        else:
            file.seek(0)
            file.write(theirs)
        file.close()

    monkeypatch.setattr(time, "sleep", meanwhile)
    after = apply(sidecar, note.name, [Put(highlight("01D", 9)), Remove("01A")])
    assert sorted(ids(after)) == ["01B", "01C", "01D", "01X"]
    assert load(sidecar) == after


@needs_to_know_writers
def test_writer_that_never_closes_the_file_is_given_up_on_and_the_file_is_left_to_it(note: Path, sidecar: Path) -> None:
    before = sidecar.read_bytes()
    with sidecar.open("r+b"), pytest.raises(SidecarError, match="another program has it open for writing; try again"):
        apply(sidecar, note.name, [Put(highlight("01D", 9))], patience=0.05)
    assert sidecar.read_bytes() == before


def test_two_versions_in_one_moment_are_both_merged(note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = [foreign(sidecar, "01X"), foreign(sidecar, "01Y")]

    def meanwhile(one: Path, other: Path) -> bool:
        if theirs:
            brought(sidecar, theirs.pop())
        return exchange.exchange(one, other)

    monkeypatch.setattr(atomic, "exchange", meanwhile)
    after = apply(sidecar, note.name, [Put(highlight("01D", 9))])
    assert sorted(ids(after)) == ["01A", "01B", "01C", "01D", "01X", "01Y"]
    assert load(sidecar) == after


def test_first_mark_does_not_replace_a_sidecar_that_comes_at_that_moment(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = note.with_name("other.highlights.toml")
    apply(elsewhere, note.name, [Put(highlight("01X", 2))])
    theirs = [elsewhere.read_bytes()]

    def meanwhile(old: Path, new: Path) -> bool:
        if theirs:
            brought(sidecar_of(note), theirs.pop())
        return exchange.rename_new(old, new)

    monkeypatch.setattr(atomic, "rename_new", meanwhile)
    assert ids(apply(sidecar_of(note), note.name, [Put(highlight("01D", 9))])) == ["01X", "01D"]


def test_program_that_never_rests_is_given_up_on_and_nothing_of_its_is_lost(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = atomic._temporary
    versions = 0

    def meanwhile(folder: Path) -> Path:
        nonlocal versions
        versions += 1
        brought(sidecar, foreign(sidecar, f"02{versions:02}"))
        return original(folder)

    monkeypatch.setattr(atomic, "_temporary", meanwhile)
    with pytest.raises(SidecarError, match="another program keeps changing it; try again"):
        apply(sidecar, note.name, [Put(highlight("01D", 9))], patience=0.1)
    assert set(ids(load(sidecar))) == {"01A", "01B", "01C", *(f"02{each:02}" for each in range(1, versions + 1))}


def test_save_that_the_disk_does_not_confirm_is_not_in_the_file_and_can_be_repeated(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, sync = read_of(sidecar), os.fsync

    def refuse(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EIO, "no answer")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SidecarError, match="cannot be written: no answer"):
        apply(sidecar, note.name, [Put(highlight("01D"))])
    assert read_of(sidecar) == before
    monkeypatch.setattr(os, "fsync", sync)
    assert ids(apply(sidecar, note.name, [Put(highlight("01D", 9))])) == ["01A", "01B", "01D", "01C"]


def test_save_that_can_neither_be_confirmed_nor_taken_back_says_that_it_is_saved(
    note: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "no answer")

    def once(one: Path, other: Path) -> bool:
        if done:
            fail()
        done.append(exchange.exchange(one, other))
        monkeypatch.setattr(os, "fsync", fail)
        return done[0]

    monkeypatch.setattr(atomic, "exchange", once)
    with pytest.raises(SidecarError, match="saved, but the disk did not confirm it: no answer"):
        apply(sidecar, note.name, [Put(highlight("01D", 9))])
    assert ids(load(sidecar)) == ["01A", "01B", "01D", "01C"]


@pytest.mark.parametrize("newest", ["walks~0.highlights.toml.bak", "walks.highlights.toml.bak"])
def test_newest_whole_generation_is_brought_back(note: Path, sidecar: Path, newest: str) -> None:
    before = read_of(sidecar)
    for name in ("01D", "01E", "01F"):
        apply(sidecar, note.name, [Put(highlight(name, 9))])
    for name in (newest, "walks.highlights.toml.bak", "walks~2.highlights.toml.bak", sidecar.name):
        (note.parent / name).write_bytes(before[:40])
    assert can_restore(sidecar)
    assert restore(sidecar).read_bytes() == before[:40]
    assert read_of(sidecar) == before


def test_notes_named_like_backups_of_another_keep_their_own(note: Path) -> None:
    notes = [note.with_stem(f"walks{number}") for number in ("~0", "~2", "~3", "~~2", "")]
    for each in notes:
        each.write_text("- walks\n", encoding="utf-8")
        for number in range(5):
            apply(sidecar_of(each), each.name, [Put(highlight(f"{each.stem}{number}"))])
    for each in notes:
        sidecar_of(each).write_text("", encoding="utf-8")
        restore(sidecar_of(each))
        assert ids(load(sidecar_of(each))) == [f"{each.stem}{number}" for number in range(4)]


def test_backup_that_names_another_note_is_not_brought_back(note: Path, sidecar: Path) -> None:
    for name in ("01D", "01E", "01F"):
        apply(sidecar, note.name, [Put(highlight(name, 9))])
    later = note.with_stem("walks~2")
    later.write_text("- walks\n", encoding="utf-8")
    assert sidecar_of(later).with_suffix(".toml.bak").exists()
    sidecar_of(later).write_text("", encoding="utf-8")
    assert not can_restore(sidecar_of(later))


def test_file_that_becomes_a_link_after_it_was_looked_at_is_not_followed(sidecar: Path, tmp_path: Path) -> None:
    waiting = [sidecar]

    def swap(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and waiting and given[0] == str(waiting[0]):
            path = waiting.pop()
            path.symlink_to(path.rename(tmp_path / "private"))

    sys.addaudithook(swap)  # there is no way to take one back
    with pytest.raises(SidecarError):
        load(sidecar)
    assert sidecar.is_symlink()


# -- what is never overwritten


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text.replace("[end]", "[end"), r":\d+: .*; correct it, or restore .*\.bak"),
        (lambda text: text.replace('colour = "yellow"', 'colour = "beige"'), r"`colour` has a wrong value"),
        (lambda text: text.replace("[end]\n", ""), r"it was cut short.*\.bak"),
        (lambda text: "", r"it was cut short"),
        (lambda text: text.replace("version = 1", "version = 7"), r"a newer earmark wrote it \(version 7"),
        (lambda text: text.replace("[end]", "<<<<<<< HEAD\n[end]"), r"both sides of a merge"),
    ],
)
def test_damaged_sidecar_is_never_overwritten(note: Path, sidecar: Path, damage: object, said: str) -> None:
    assert callable(damage)
    sidecar.write_text(damage(sidecar.read_text(encoding="utf-8")), encoding="utf-8")
    before = read_of(sidecar)
    with pytest.raises(SidecarError, match=said) as caught:
        apply(sidecar, note.name, [Put(highlight("01D"))])
    assert caught.value.path == str(sidecar)
    assert read_of(sidecar) == before


def test_sidecar_that_was_cut_short_still_shows_what_is_there(note: Path, sidecar: Path) -> None:
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text[: text.index("[[question]]")], encoding="utf-8")
    contents = load(sidecar)
    assert ids(contents) == ["01A", "01B"]
    assert refusal(str(sidecar), contents) is not None


def test_healthy_sidecar_is_not_refused(sidecar: Path) -> None:
    assert refusal(str(sidecar), load(sidecar)) is None


def test_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="cannot be written"):
        apply(tmp_path / "gone" / "a.highlights.toml", "a.md", [Put(highlight("01A"))])
    assert not (tmp_path / "gone").exists()


# -- several writers, and death

ADD = """
import sys
from pathlib import Path
from tests.files.records import highlight
from tui.core.annotations.highlights import Put
from tui.files.sidecar.joining import join_notes
from tui.files.sidecar.store import apply
for number in range(int(sys.argv[3])):
    apply(Path(sys.argv[1]), "walks.md", [Put(highlight(f"{sys.argv[2]}{number:03}", number + 1))])
"""


def test_four_programs_that_mark_at_once_lose_nothing(note: Path) -> None:
    path = sidecar_of(note)
    writers = [subprocess.Popen([sys.executable, "-c", ADD, path, name, "50"], cwd=ROOT) for name in "WXYZ"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]
    assert sorted(ids(load(path))) == sorted(f"{name}{number:03}" for name in "WXYZ" for number in range(50))
    assert {each.name for each in note.parent.iterdir()} == {
        note.name,
        path.name,
        *(each.name for each in list(backups_of(path))[1:]),
        LOCK_NAME,
    }


DIE = """
import os, signal
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_death_before_the_rename_leaves_the_old_highlights(note: Path, sidecar: Path) -> None:
    before = read_of(sidecar)
    died = subprocess.run([sys.executable, "-c", DIE + ADD, sidecar, "W", "1"], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -9
    assert read_of(sidecar) == before
    assert [each for each in note.parent.iterdir() if each.suffix == ".tmp"]
    assert ids(load(sidecar)) == ["01A", "01B", "01C"]
    assert ids(apply(sidecar, note.name, [Put(highlight("01D", 9))])) == ["01A", "01B", "01D", "01C"]
