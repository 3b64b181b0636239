"""Archives: files within bounds are read, others are refused."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile

import pytest

from tests.importing.formats.notion_corpus import archive
from tui.errors import SourceError
from tui.importing import archive as module
from tui.importing.archive import DEEPEST, MOST_ENTRIES, Member, Unpacked, names_in, unpacked


def opened(data: bytes) -> Unpacked:
    return unpacked("a.zip", data, lambda name: name.endswith(".md"))


def changed(files: dict[str, bytes], change: int, value: bytes) -> bytes:
    """An archive with one field changed in each entry of its central directory."""
    data = bytearray(archive(files))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + change : at + change + len(value)] = value
    return bytes(data)


def test_wanted_files_are_read_and_others_named() -> None:
    found = opened(archive({"b/a.md": "x", "b/c.png": "y", "b/": ""}))
    assert found == Unpacked((Member("b/a.md", b"x"),), ("b/c.png",), ())


def test_an_archive_at_the_top_is_read_and_one_deeper_is_a_file() -> None:
    inner = archive({"a.md": "x", "deeper.zip": archive({"b.md": "y"})})
    found = opened(archive({"Part-1.zip": inner, "folder/attached.zip": inner}))
    assert found.members == (Member("a.md", b"x"),)
    assert found.others == ("deeper.zip", "folder/attached.zip")
    assert DEEPEST == 2


@pytest.mark.parametrize("name", ["../a.md", "b/../../a.md", "/a.md", "C:/a.md", "..\\a.md", "\\a.md", "b/.."])
def test_a_name_that_leads_out_is_told_and_left(name: str) -> None:
    found = unpacked("a.zip", archive({name: "x", "b.md": "y"}), lambda _: True)
    assert [member.name for member in found.members] == ["b.md"]
    assert [fault.problem.partition(": ")[2] for fault in found.faults] == ["its name leads out of the archive"]


def test_a_name_with_two_dots_in_it_leads_nowhere() -> None:
    assert [member.name for member in opened(archive({"b../a..b.md": "x", "...md": "y"})).members] == [
        "b../a..b.md",
        "...md",
    ]


def test_a_link_is_not_followed() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        info = zipfile.ZipInfo("a.md")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    found = opened(made.getvalue())
    assert found.members == ()
    assert found.faults[0].problem == "a.md: it is a link, which is not followed"


def test_an_encrypted_archive_is_refused_with_what_to_do() -> None:
    data = changed({"a.md": b"x"}, 8, struct.pack("<H", 1))
    with pytest.raises(SourceError, match=r"^a\.zip: it has a password; unpack it and zip it again without one$"):
        opened(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
def test_other_ways_of_packing_are_told(method: int) -> None:
    found = opened(changed({"a.md": b"x"}, 10, struct.pack("<H", method)))
    assert (found.members, len(found.faults)) == ((), 1)


def test_a_file_that_grows_beyond_measure_is_refused() -> None:
    with pytest.raises(SourceError, match="is too large when unpacked"):
        opened(archive({"a.md": b"\0" * (3 << 20)}))


def test_oversized_entries_that_are_not_read_do_not_matter() -> None:
    assert opened(archive({"a.md": "x", "b.bin": b"\0" * (3 << 20)})).members == (Member("a.md", b"x"),)


def test_the_sum_of_all_files_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    monkeypatch.setattr(module, "MOST_BYTES", 2_000)
    files = {f"{number}.md": chance.randbytes(900) for number in range(3)}
    with pytest.raises(SourceError, match="its text is larger than"):
        opened(archive(files))
    assert len(opened(archive(dict(list(files.items())[:2]))).members) == 2


def test_the_number_of_entries_is_bounded_over_all_archives() -> None:
    half = archive({f"{number}.md": "" for number in range(MOST_ENTRIES // 2)})
    assert len(opened(archive({"Part-1.zip": half})).members) == MOST_ENTRIES // 2
    with pytest.raises(SourceError, match="it has more than 20,000 entries"):
        opened(archive({"Part-1.zip": half, "Part-2.zip": half}))


def test_a_damaged_file_is_told_and_the_others_are_read() -> None:
    data = bytearray(archive({"a.md": "x" * 50, "b.md": "y"}))
    at = data.find(b"a.md") + 4
    data[at : at + 2] = b"\xff\xff"
    found = opened(bytes(data))
    assert found.members == (Member("b.md", b"y"),)
    assert found.faults[0].problem == "a.md: it is damaged"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", archive({"a.md": "x"})[:-30], b"words"])
def test_anything_but_an_archive_is_refused(data: bytes) -> None:
    assert names_in(data) == ()
    with pytest.raises(
        SourceError, match=r"^a\.zip: this is not a zip archive, or it was cut short; download it again$"
    ):
        opened(data)


def test_a_damaged_archive_in_one_is_told() -> None:
    with pytest.raises(SourceError, match=r"^a\.zip: an archive in it is damaged"):
        opened(archive({"Part-1.zip": b"PK"}))


def test_a_file_twice_is_there_once_unless_it_differs() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.md", "x")
        for text in ("x", "y"):
            with pytest.warns(UserWarning, match="Duplicate name"):
                packed.writestr("a.md", text)
    assert opened(made.getvalue()).members == (Member("a.md", b"x"), Member("a.md", b"y"))


def test_names_in_utf_8_that_do_not_say_so_are_read() -> None:
    name = "Straße.md"
    data = archive({name: "x"}).replace(name.encode(), b"@" * len(name.encode()))
    plain = archive({"@" * len(name.encode()): "x"})
    assert opened(plain.replace(b"@" * len(name.encode()), name.encode())).members == (Member(name, b"x"),)
    assert len(data) == len(plain)
