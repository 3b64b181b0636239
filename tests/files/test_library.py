from __future__ import annotations

import codecs
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.steps import calls
from tui.core.notes.excerpt import excerpt_around
from tui.core.notes.natural_order import natural
from tui.core.notes.reading import Options
from tui.core.search.bookmark import Bookmark
from tui.errors import NotesError
from tui.files.config import Config
from tui.files.discovery import leads_out, links_out, note_files, unreadable_folders
from tui.files.health import faults_of
from tui.files.library import (
    decode,
    open_library,
    open_note,
    open_piecemeal,
    read_on,
)
from tui.files.opened import Opened
from tui.files.remembered.reader_state import KeptExcerpt
from tui.files.session import Session
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from tui.files.watching.stable_read import Signature

OPTIONS = Options()
WORDS = "# Walks\n\n- to the harbour’s end\n- naïve café\n"


def write(path: Path, text: str = WORDS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path, *within: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in note_files(folder, within=[*map(str, within)])]


def error_of(path: Path | str) -> NotesError:
    with pytest.raises(NotesError) as caught:
        open_library(str(path), OPTIONS)
    assert caught.value.exit_code == 3
    return caught.value


# -- bytes to text


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-32"),
    ],
)
def test_text_is_read_by_its_byte_order_mark(data: bytes) -> None:
    assert decode(data, "walks.md").text == WORDS
    assert decode(data, "walks.md").warnings == ()


def test_line_ends_are_left_to_the_reading() -> None:
    assert decode(b"a\r\nb\rc\n", "a.md").text == "a\r\nb\rc\n"


def test_text_that_is_not_utf_8_is_read_with_a_warning_that_names_the_line() -> None:
    odd = WORDS.replace("ï", "ż").replace("é", "ą").replace("’", "ł")
    text = decode(odd.encode("cp1250"), "walks.md")
    assert text.text == odd.replace("ł", "\ufffd").replace("ż", "\ufffd").replace("ą", "\ufffd")
    (warning,) = text.warnings
    assert "not all of it is UTF-8" in warning
    assert "line 3" in warning


def test_replacement_character_in_the_notes_themselves_is_no_warning() -> None:
    assert decode("a \ufffd b".encode(), "a.md").warnings == ()


def test_few_nul_characters_are_text() -> None:
    assert decode(b"a\0b and more\n" * 20, "a.md").text.count("\0") == 20


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\x7fELF" + b"\0" * 500 + b"text" * 20,
        WORDS.encode("utf-16-le"),
        "стихи о гавани, ночные прогулки\n".encode("koi8-r") * 10,
        b"\xff\xfe\xfd",
    ],
)
def test_a_file_that_is_no_text_is_an_error_with_a_remedy(data: bytes) -> None:
    with pytest.raises(NotesError, match=r"a\.bin: this is not UTF-8 text; convert it to UTF-8 first"):
        decode(data, "a.bin")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_without_surrogates_or_an_error(data: bytes) -> None:
    try:
        text = decode(data, "a").text
    except NotesError:
        return
    assert not any("\ud800" <= char <= "\udfff" for char in text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_text_in_utf_8_is_itself(text: str) -> None:
    data = text.encode()
    if text[0] != "\ufeff" and text.count("\0") == 0:
        assert decode(data, "a").text == text


# -- files


def test_file_is_a_library_of_one_note(tmp_path: Path) -> None:
    path = write(tmp_path / "walks.anything")
    library = open_library(str(path), OPTIONS)
    assert not library.is_folder
    assert [note.path for note in library.notes] == [str(path)]
    assert library.notes[0].title == "Walks"


def test_warnings_of_reading_reach_the_note(tmp_path: Path) -> None:
    (tmp_path / "walks.md").write_bytes(b"- a walk\n- by the w\xe3\xb1\xf0ter\n")
    (note,) = open_library(str(tmp_path / "walks.md"), OPTIONS).notes
    assert len(note.warnings) == 1


def test_empty_file_is_a_note(tmp_path: Path) -> None:
    assert len(open_library(str(write(tmp_path / "a.md", "")), OPTIONS).notes) == 1


def test_path_of_any_bytes_is_opened(tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x1b[31m\n.md")
    Path(odd).write_text(WORDS, encoding="utf-8")
    assert open_library(odd, OPTIONS).notes[0].path == odd
    assert [note.path for note in open_library(str(tmp_path), OPTIONS).notes] == [odd]


def test_standard_input_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "given").write_text(WORDS, encoding="utf-8")
    with (tmp_path / "given").open(encoding="utf-8") as given:
        monkeypatch.setattr(sys, "stdin", given)
        (note,) = open_library("-", OPTIONS).notes
    assert (note.path, note.title) == ("-", "Walks")


def test_a_path_that_is_no_file_is_a_clear_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    write(tmp_path / "file")
    assert "no such file or folder" in str(error_of(tmp_path / "gone"))
    assert "no such file or folder" in str(error_of(tmp_path / "dangling"))
    assert "no such file or folder" in str(error_of(tmp_path / "file" / "inside"))
    assert "give - as the path" in str(error_of(tmp_path / "pipe"))
    assert "give - as the path" in str(error_of("/dev/null"))
    assert "leads to itself" in str(error_of(tmp_path / "loop"))


def test_path_that_no_system_takes_is_a_clear_error(tmp_path: Path) -> None:
    assert "its name or path is too long for this system; shorten it" in str(error_of("n" * 5000))
    assert "no such file or folder" in str(error_of("a\0b"))


def test_file_over_a_gigabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate((1 << 30) + 1)
    assert "more than 1 GB; split it" in str(error_of(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_and_folder_that_may_not_be_read_are_clear_errors(tmp_path: Path) -> None:
    path = write(tmp_path / "sub" / "a.md")
    path.chmod(0)
    assert "permission denied" in str(error_of(path))
    assert "permission denied" in str(error_of(path.parent))
    path.parent.chmod(0)
    assert "permission denied" in str(error_of(path.parent))
    path.parent.chmod(0o755)


# -- folders


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_that_may_not_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    shut, read = write(tmp_path / "shut" / "a.md"), write(tmp_path / "read" / "b.md")
    shut.parent.chmod(0)
    try:
        assert note_files(tmp_path) == (str(read),)
        (error,) = unreadable_folders(tmp_path)
        assert str(error) == f"{shut.parent}: permission denied; check its permissions"
    finally:
        shut.parent.chmod(0o755)


def test_folder_too_deep_for_a_path_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    read = write(tmp_path / "read.md")
    made = "import os, sys\nfor _ in range(20): os.mkdir('d' * 240); os.chdir('d' * 240)\nopen('deep.md', 'w').close()"
    subprocess.run([sys.executable, "-c", made], cwd=tmp_path, check=True)
    assert note_files(tmp_path) == (str(read),)
    (error,) = unreadable_folders(tmp_path)
    assert "its name or path is too long" in str(error)
    (fault,) = faults_of(open_library(str(tmp_path), OPTIONS))
    assert fault == str(error)


def test_notes_of_a_folder_stand_in_natural_order(tmp_path: Path) -> None:
    for name in ("10.md", "2.md", "B.txt", "a.markdown", "sub/1.text", "02b.MD"):
        write(tmp_path / name)
    assert names(tmp_path) == ["2.md", "02b.MD", "10.md", "a.markdown", "B.txt", "sub/1.text"]


def test_other_files_than_notes_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    for name in (
        ".hidden.md",
        ".obsidian/x.md",
        "node_modules/x/README.md",
        "logseq/bak/a.md",
        "logseq/.recycle/a.md",
        "vault/.trash/a.md",
        "vault/.stversions/sub/a.md",
        "vault/logseq/bak/a.md",
        "@eaDir/a.md",
        "logseq/version-files/a.md",
        "a.highlights.toml",
        "a.md.bak",
        "picture.png",
        "a.org",
    ):
        write(tmp_path / name)
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dangling.md").symlink_to(tmp_path / "gone")
    assert names(tmp_path) == ["a.md"]


def test_folder_called_bak_elsewhere_holds_notes(tmp_path: Path) -> None:
    write(tmp_path / "bak" / "a.md")
    assert names(tmp_path) == ["bak/a.md"]


def test_copies_in_a_folder_of_logseqs_are_skipped_when_it_is_the_one_that_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("logseq/a.md", "logseq/bak/b.md", "logseq/.recycle/c.md"):
        write(tmp_path / name)
    assert names(tmp_path / "logseq") == ["a.md"]
    monkeypatch.chdir(tmp_path / "logseq")
    assert [note.path for note in open_library(".", OPTIONS).notes] == ["a.md"]
    assert names(tmp_path / "logseq" / "bak") == ["b.md"]
    assert names(tmp_path / "logseq" / ".recycle") == ["c.md"]


def test_notes_left_out_are_read_later_beside_those_that_are_there(tmp_path: Path) -> None:
    for number in range(250):
        write(tmp_path / f"{number}.md")
    seen: dict[str, Signature | None] = {}
    library, pieces = open_piecemeal(str(tmp_path), OPTIONS, seen)
    pieces.close()
    assert len(library.notes) == 100
    edited = replace(library.notes[7], warnings=("edited",))
    have = (*library.notes[:7], edited, *library.notes[8:])
    *_, last = read_on(replace(library, notes=have), OPTIONS, seen)
    assert (last.left, last.how_far) == (0, "250 of 250 notes")
    assert [note.path for note in last.library.notes] == [str(tmp_path / f"{number}.md") for number in range(250)]
    assert last.library.notes[7] is edited
    assert not list(read_on(last.library, OPTIONS, seen))


def test_hidden_folder_that_is_named_itself_is_opened(tmp_path: Path) -> None:
    write(tmp_path / ".notes" / "a.md")
    assert len(open_library(str(tmp_path / ".notes"), OPTIONS).notes) == 1


def test_links_in_the_folder_are_followed_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "sub" / "b.md")
    write(tmp_path / "notes" / "a.md")
    (tmp_path / "notes" / "up").symlink_to(tmp_path / "notes")
    (tmp_path / "notes" / ".hidden").mkdir()
    (tmp_path / "notes" / ".hidden" / "d.md").write_text(WORDS)
    (tmp_path / "notes" / "shown").symlink_to(".hidden")
    (tmp_path / "notes" / "sub" / "back").symlink_to("..")
    (tmp_path / "notes" / "self.md").symlink_to("self.md")
    assert names(tmp_path / "notes") == ["a.md", "shown/d.md", "sub/b.md"]
    (tmp_path / "called").symlink_to("notes")
    assert names(tmp_path / "called") == ["a.md", "shown/d.md", "sub/b.md"]


def test_links_that_lead_out_are_left_out_unless_the_reader_named_the_folder(tmp_path: Path) -> None:
    notes, far = tmp_path / "notes", tmp_path / "far"
    write(far / "b.md")
    write(far / "secret")
    write(notes / "a.md")
    os.mkfifo(far / "pipe.md")
    links = {
        "root": "/",
        "far": "../far",
        "above": "..",
        "n.md": "../far/b.md",
        "secret.md": "../far/secret",
        "passwords.txt": "/etc/passwd",
        "pipe.md": "../far/pipe.md",
        "device.md": "/dev/zero",
        "process.md": "/proc/self/environ",
        "hop": "hop2",
        "hop2": "../far",
    }
    for name, target in links.items():
        (notes / name).symlink_to(target)
    assert names(notes) == ["a.md"]
    left_out = ["above", "far", "hop", "hop2", "n.md", "passwords.txt", "process.md", "root", "secret.md"]
    assert [path.name for path in links_out(notes)] == left_out
    assert names(notes, far / "b.md") == ["a.md", "n.md"]
    assert len(names(notes, far)) == 3
    assert {"a.md", "n.md"} < {*names(notes, far)}
    assert [path.name for path in links_out(notes, within=[str(far)])] == [
        "above",
        "passwords.txt",
        "process.md",
        "root",
        "secret.md",
    ]
    assert names(far) == ["b.md"]
    (tmp_path / "notes-too").mkdir()
    (notes / "too").symlink_to("../notes-too")
    assert leads_out(str(notes / "too"), str(notes))


def test_note_in_a_folder_of_several_knows_it(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "# One\n\n## First\n\n- x\n\n## Second\n\n- y\n")
    assert len(open_library(str(tmp_path), OPTIONS).notes[0].episodes) == 2
    write(tmp_path / "b.md")
    assert len(open_library(str(tmp_path), OPTIONS).notes[0].episodes) == 1


def test_folder_without_notes_is_a_clear_error(tmp_path: Path) -> None:
    assert "no notes in this folder; looked for .md" in str(error_of(tmp_path))


def test_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(bytes(range(256)) * 20)
    write(tmp_path / "b.md")
    broken, whole = open_library(str(tmp_path), OPTIONS).notes
    assert broken.episodes == ()
    assert "this is not UTF-8 text" in broken.warnings[0]
    assert whole.title == "Walks"


def test_folder_in_which_nothing_can_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(bytes(range(256)) * 20)
    assert "a.md: this is not UTF-8 text" in str(error_of(tmp_path))


# -- several paths


def test_notes_of_several_paths_are_each_read_once_in_natural_order(tmp_path: Path) -> None:
    for name in ("10.md", "2.md", "inner/1.md", "inner/notes.log", "left-out.md"):
        write(tmp_path / name)
    named = tuple(str(tmp_path / each) for each in ("10.md", "inner", "inner/1.md", "2.md", "inner/notes.log"))
    library = open_library(str(tmp_path), OPTIONS, named=named)
    read = [os.path.relpath(note.path, tmp_path) for note in library.notes]
    assert read == ["2.md", "10.md", "inner/1.md", "inner/notes.log"]


def test_missing_one_of_several_paths_is_an_error_that_names_it(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    named = (str(tmp_path / "a.md"), str(tmp_path / "gone.md"))
    with pytest.raises(NotesError, match=r"gone\.md: no such file or folder"):
        open_library(str(tmp_path), OPTIONS, named=named)


def test_text_of_a_file_is_read_whole(tmp_path: Path) -> None:
    assert open_note(str(write(tmp_path / "a.md", "x\n" * 100_000)), OPTIONS).source == "x\n" * 100_000


def test_opening_a_file_imports_nothing_heavy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md")
    program = (
        "import sys; from tui.files.library import open_library; from tui.core.notes.reading import Options;"
        "open_library(sys.argv[1], Options());"
        "print({'tomllib', 'tomli_w', 'watchdog', 'rapidfuzz'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("ending", ["", "caf\xe9\n", "\0\n"])
def test_a_large_file_is_there_at_once_and_then_whole(tmp_path: Path, ending: str) -> None:
    text = "".join(f"# Talk {number}\n\n" + "- a bullet of some length\n" * 400 + "\n" for number in range(80)) + ending
    path = str(write(tmp_path / "large.md", text))
    if ending.startswith("caf"):
        (tmp_path / "large.md").write_bytes(text.encode("latin-1"))
    library, pieces = open_piecemeal(path, OPTIONS, {})
    first = library.notes[0]
    *_, whole = (first, *(piece.library.notes[0] for piece in pieces))
    assert whole == open_note(path, OPTIONS)
    assert len(whole.episodes) == 80
    if not ending:
        assert 0 < len(first.episodes) < 80


def test_a_small_file_is_whole_at_once(tmp_path: Path) -> None:
    path = str(write(tmp_path / "small.md", "# A\n\n- b\n"))
    library, pieces = open_piecemeal(path, OPTIONS, {})
    assert library == open_library(path, OPTIONS)
    assert list(pieces) == []


def test_the_first_notes_of_a_large_folder_are_there_at_once_and_then_all(tmp_path: Path) -> None:
    for number in range(450):
        write(tmp_path / f"{number}.md", f"# Talk {number}\n\n- said {number}\n")
    seen: dict[str, Signature | None] = {}
    library, pieces = open_piecemeal(str(tmp_path), OPTIONS, seen)
    assert [note.title for note in library.notes[:2]] == [
        note.title for note in open_library(str(tmp_path), OPTIONS).notes[:2]
    ]
    assert len(library.notes) == len(seen) == 100
    found = list(pieces)
    assert [piece.left for piece in found] == [*range(340, -1, -10)]
    assert found[0].how_far == "110 of 450 notes"
    assert found[-1].library == open_library(str(tmp_path), OPTIONS)
    assert len(seen) == 450


def test_a_library_is_made_once_however_many_pieces_its_folder_is_read_in(tmp_path: Path) -> None:
    for number in range(450):
        write(tmp_path / f"{number}.md", f"# Talk {number}\n\n- said {number}\n")
    _, pieces = open_piecemeal(str(tmp_path), OPTIONS, {})
    found = list(pieces)
    assert len(found) == 35
    assert calls(lambda: found[-1].library, "Library.__post_init__") == 1

    def read() -> None:
        opened = Opened(str(tmp_path), Config())
        assert len(Session(opened).read_rest(opened.library).notes) == 450

    assert calls(read, "Library.__post_init__") == 2


def test_the_last_notes_of_a_folder_are_read_next_once_asked_for_and_the_order_stays(tmp_path: Path) -> None:
    for number in range(450):
        write(tmp_path / f"{number}.md", f"# Talk {number}\n\n- said {number}\n")
    _, pieces = open_piecemeal(str(tmp_path), OPTIONS, {})
    assert not next(pieces).has_end
    there = pieces.send(True)
    assert (there.has_end, there.left, there.how_far) == (True, 320, "130 of 450 notes")
    numbers = [*range(110), *range(430, 450)]
    assert [note.path for note in there.library.notes] == [str(tmp_path / f"{number}.md") for number in numbers]
    more = pieces.send(True)
    assert more.library.notes[110].path == str(tmp_path / "110.md")
    *_, whole = pieces
    assert whole.library == open_library(str(tmp_path), OPTIONS)


@pytest.mark.parametrize(
    ("number", "around"),
    [(3, range(0)), (105, range(100, 125)), (300, range(280, 320)), (449, range(429, 450))],
)
def test_the_note_of_a_large_folder_where_the_reader_left_it_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, around: range
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "notes"
    for each in range(450):
        write(folder / f"{each}.md", f"# Talk {each}\n\n- said {each}\n")
    left = Bookmark(f"Talk {number}", f"said {number}", 3, 0)
    Opened(str(folder), Config()).keep_bookmark(left, str(folder / f"{number}.md"))
    opened = Opened(str(folder), Config())
    numbers = [*range(100), *around]
    assert [note.path for note in opened.library.notes] == [str(folder / f"{each}.md") for each in numbers]
    *_, whole = opened.pieces
    assert whole.library == open_library(str(folder), OPTIONS)
    monkeypatch.chdir(tmp_path)
    assert [note.path for note in Opened("notes", Config()).library.notes] == [f"notes/{each}.md" for each in numbers]


def test_notes_left_unread_count_as_seen_once_nobody_wants_more(tmp_path: Path) -> None:
    for number in range(450):
        write(tmp_path / f"{number}.md", f"# Talk {number}\n\n- said {number}\n")
    seen: dict[str, Signature | None] = {}
    _, pieces = open_piecemeal(str(tmp_path), OPTIONS, seen)
    next(pieces)
    pieces.close()
    assert len(seen) == 450
    assert all(seen.values())


def test_a_large_folder_whose_first_files_are_no_notes_shows_the_first_that_is(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_bytes(b"\0\1\2\3" * 50)
    write(tmp_path / "300.md", "# Talk\n\n- said\n")
    library, _ = open_piecemeal(str(tmp_path), OPTIONS, {})
    assert library.notes[-1].title == "Talk" or library.notes[-1].episodes


def large(path: Path, ending: bytes = b"") -> str:
    text = "".join(f"# Talk {number}\n\n" + "- a bullet of some length\n" * 400 + "\n" for number in range(240))
    path.write_bytes(text.encode() + ending)
    return str(path)


def test_only_the_beginning_of_a_very_large_file_is_read_at_first(tmp_path: Path) -> None:
    library, pieces = open_piecemeal(large(tmp_path / "large.md"), OPTIONS, {})
    assert 0 < len(library.notes[0].episodes) < 240
    *_, whole = pieces
    assert len(whole.library.notes[0].episodes) == 240


def test_reading_a_large_file_reports_progress(tmp_path: Path) -> None:
    _, pieces = open_piecemeal(large(tmp_path / "large.md"), OPTIONS, {})
    told = list(dict.fromkeys(piece.how_far for piece in pieces))
    assert told == ["0 of 2 MB", "1 of 2 MB", "2 of 2 MB"]


def left(path: str, episode: int) -> KeptExcerpt:
    excerpt, here = excerpt_around(open_note(path, OPTIONS), episode), signature(path)
    assert excerpt is not None
    assert here is not None
    return KeptExcerpt(here, excerpt)


def test_a_large_file_is_read_first_around_its_bookmark(tmp_path: Path) -> None:
    path = large(tmp_path / "large.md")
    library, pieces = open_piecemeal(path, OPTIONS, {}, left(path, 200))
    titles = [episode.title for episode in library.notes[0].episodes]
    assert titles[:3] == ["Talk 198", "Talk 199", "Talk 200"]
    assert len(titles) < 20
    *_, whole = pieces
    assert whole.library.notes == (open_note(path, OPTIONS),)


def test_a_changed_large_file_is_read_first_at_its_beginning(tmp_path: Path) -> None:
    path = large(tmp_path / "large.md")
    before = left(path, 200)
    large(tmp_path / "large.md", b"- more\n")
    library, _ = open_piecemeal(path, OPTIONS, {}, before)
    assert library.notes[0].episodes[0].title == "Talk 0"


def test_a_large_file_that_is_gone_before_the_rest_is_read_says_so(tmp_path: Path) -> None:
    path = large(tmp_path / "large.md")
    library, pieces = open_piecemeal(path, OPTIONS, {}, left(path, 200))
    Path(path).unlink()
    (told,) = pieces
    assert told.library.notes[0].episodes == library.notes[0].episodes
    assert "no such file" in told.library.notes[0].warnings[0]


@pytest.mark.parametrize("ending", [b"", b"caf\xe9\n", b"# Last\r\n\r\n- said\r\n", b"[a]: /b\n"])
def test_a_very_large_file_is_whole_in_the_end(tmp_path: Path, ending: bytes) -> None:
    path = large(tmp_path / "large.md", ending)
    _, pieces = open_piecemeal(path, OPTIONS, {})
    *_, whole = pieces
    assert whole.library.notes == (open_note(path, OPTIONS),)


@pytest.mark.parametrize(
    "data",
    [
        b"a" * 2_000_000,
        "\u4e2d".encode() * 700_000,
        b"- a bullet\r" * 200_000,
        b"- a bullet\r\n" * 200_000,
        b"- caf\xe9\n" * 200_000,
        ("- a bullet\n" * 200_000).encode("utf-16"),
        b"- a\0bullet\n" * 200_000,
    ],
    ids=["a line", "a line of wide characters", "returns", "returns and line feeds", "Latin-1", "UTF-16", "NUL"],
)
def test_little_of_a_very_large_file_is_read_at_first_whatever_it_holds(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "large.md"
    path.write_bytes(data)
    library, pieces = open_piecemeal(str(path), OPTIONS, {})
    (first,) = library.notes
    assert 0 < len(first.source) < 300_000
    *_, whole = pieces
    assert whole.library.notes == (open_note(str(path), OPTIONS),)
    assert whole.library.notes[0].source.startswith(first.source.rstrip("\N{REPLACEMENT CHARACTER}"))


def test_the_order_of_a_folder_is_that_of_its_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("10.md", "9.md", "B 2/3.md", "b 1/20.md", "b 1/3.MD", "b 1/0/x.md", "Ü١٠.md", "ü٩.md"):
        write(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for root in (tmp_path, Path(), Path("b 1")):
        found = note_files(root)
        assert list(found) == sorted(found, key=natural) == [str(Path(path)) for path in found]
    assert note_files("b 1", "b 1/0", "9.md", ".") == note_files(".")


def test_facts_shared_by_the_notes_of_a_folder_are_determined_once(tmp_path: Path) -> None:
    for number in range(60):
        write(tmp_path / f"{number}.md")
    assert calls(lambda: note_files(tmp_path), "natural") == 1
