from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.core.notes.excerpt import Excerpt
from tui.core.notes.splitting import Definitions
from tui.core.search.bookmark import Bookmark
from tui.files.remembered import kept_texts, reader_state
from tui.files.remembered.kept_texts import StoredSnapshot
from tui.files.watching.stable_read import Signature

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "/notes/walks.md"
PLACE = Bookmark("Ada on Harbours", "a walk to the harbour\nand back", 12, 7)
TEXT = "# Walks\r\n\n- to the harbour’s end \udce9\n".encode("utf-8", "surrogatepass")
SNAPSHOT = StoredSnapshot(TEXT, {"01A": ((0, 3, 1, 5), (0, 4, 0, 2)), "01B": ()})
LIMIT = 1 << 20


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of these tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "state" / "earmark"


def save(snapshot: StoredSnapshot, limit: int = LIMIT) -> None:
    kept_texts.save_snapshot(NOTE, [snapshot.text], snapshot.spans, snapshot.reader, limit=limit)


def files(state: Path) -> list[Path]:
    return [path for path in state.rglob("*") if path.is_file()]


def test_nothing_is_remembered_at_first() -> None:
    assert reader_state.load_bookmark(NOTE) is None
    assert kept_texts.load_snapshot(NOTE) is None
    assert reader_state.load_theme() is None
    assert reader_state.load_uses() == ()


def test_all_is_remembered_for_its_note_alone() -> None:
    reader_state.save_bookmark(NOTE, PLACE)
    save(SNAPSHOT)
    reader_state.save_theme("light")
    reader_state.save_uses(("edit", "theme"))
    assert reader_state.load_bookmark(NOTE) == PLACE
    assert kept_texts.load_snapshot(NOTE) == SNAPSHOT
    assert reader_state.load_theme() == "light"
    assert reader_state.load_uses() == ("edit", "theme")
    assert reader_state.load_bookmark("/notes/other.md") is None
    assert kept_texts.load_snapshot("/notes/other.md") is None


NAMES = st.text(st.characters(exclude_characters="\0"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    numbers=st.lists(st.integers(0, 2**63), min_size=8, max_size=8),
    names=st.tuples(*[st.none() | NAMES.filter(bool)] * 2),
    links=st.dictionaries(NAMES, NAMES),
    footnotes=st.frozensets(NAMES.filter(bool)),
)
def test_part_that_was_left_is_remembered(
    numbers: list[int], names: tuple[str | None, str | None], links: dict[str, str], footnotes: frozenset[str]
) -> None:
    start, end, line = numbers[5:]
    excerpt = Excerpt(start, end, line, *names, "markdown", Definitions(links, footnotes))
    here = reader_state.KeptExcerpt(Signature(*numbers[:5]), excerpt)
    reader_state.save_excerpt(NOTE, here)
    assert reader_state.load_excerpt(NOTE) == here
    assert reader_state.load_excerpt("/notes/other.md") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    text=st.lists(st.binary()),
    spans=st.dictionaries(
        st.text(), st.lists(st.tuples(*[st.integers(0, 2**40)] * 4), max_size=3).map(tuple), max_size=3
    ),
)
def test_snapshot_of_any_text_is_read_back(
    text: list[bytes], spans: dict[str, tuple[tuple[int, int, int, int], ...]]
) -> None:
    kept_texts.save_snapshot(NOTE, text, spans, "earmark", limit=LIMIT)
    assert kept_texts.load_snapshot(NOTE) == StoredSnapshot(b"".join(text), spans, "earmark")


def test_note_is_the_same_by_any_path_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader_state.save_bookmark("walks.md", PLACE)
    assert reader_state.load_bookmark(str(tmp_path / "sub" / ".." / "walks.md")) == PLACE


def test_path_of_odd_bytes_is_remembered() -> None:
    odd = os.fsdecode(b"/notes/caf\xe9\n.md")
    reader_state.save_bookmark(odd, PLACE)
    assert reader_state.load_bookmark(odd) == PLACE


def test_other_note_under_the_same_sum_is_not_mistaken(state: Path) -> None:
    reader_state.save_bookmark(NOTE, PLACE)
    (path,) = files(state)
    path.write_bytes(path.read_bytes().replace(b"/notes/walks.md", b"/notes/other.md"))
    assert reader_state.load_bookmark(NOTE) is None


def test_text_above_the_limit_is_not_kept_and_the_old_one_is_forgotten(state: Path) -> None:
    save(SNAPSHOT)
    save(SNAPSHOT, limit=5)
    assert kept_texts.load_snapshot(NOTE) is None
    assert files(state) == []


def test_snapshot_of_very_many_highlights_is_read_back() -> None:
    many = StoredSnapshot(TEXT, {f"{number:05}": ((number, 3, 1, 5),) for number in range(1234)}, "earmark")
    save(many)
    assert kept_texts.load_snapshot(NOTE) == many


@pytest.mark.parametrize("keep", [0, 1, 10, 20, 30, 45])
@pytest.mark.parametrize("after", [b"", b"\0\xff\n{", b"\0" * 40])
def test_damage_counts_as_nothing_remembered(state: Path, keep: int, after: bytes) -> None:
    reader_state.save_bookmark(NOTE, PLACE)
    save(SNAPSHOT)
    for path in files(state):
        path.write_bytes(path.read_bytes()[:keep] + after)
    assert reader_state.load_bookmark(NOTE) is None
    assert kept_texts.load_snapshot(NOTE) is None


def test_spans_of_a_wrong_shape_count_as_nothing(state: Path) -> None:
    for spans in ({"a": 3}, {"a": [3]}, {"a": [[1, 2, 3]]}, {"a": [[1, 2, 3, "4"]]}):
        save(StoredSnapshot(b"text", spans))  # type: ignore[arg-type]
        assert kept_texts.load_snapshot(NOTE) is None


def test_text_is_for_the_reader_alone(state: Path) -> None:
    save(SNAPSHOT)
    assert state.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("home", ["/dev/null/home", "/proc/nothing"])
def test_home_that_cannot_be_written_stops_nobody(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", home)
    monkeypatch.setenv("HOME", home)
    reader_state.save_bookmark(NOTE, PLACE)
    save(SNAPSHOT)
    reader_state.save_theme("light")
    assert reader_state.load_bookmark(NOTE) is None
    assert kept_texts.load_snapshot(NOTE) is None
    assert reader_state.load_theme() is None


def test_state_folder_in_the_way_stops_nobody(state: Path) -> None:
    state.parent.mkdir()
    state.write_text("a file, not a folder", encoding="utf-8")
    reader_state.save_bookmark(NOTE, PLACE)
    assert reader_state.load_bookmark(NOTE) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.binary()), st.lists(st.binary()), st.integers(0, 200_000))
def test_baseline_is_known_however_its_text_is_cut(pieces: list[bytes], others: list[bytes], size: int) -> None:
    text, other = b"".join(pieces) + b"x" * size, b"".join(others)
    kept_texts.save_baseline(NOTE, [text], limit=1 << 20)
    assert kept_texts.is_baseline(NOTE, [*pieces, b"x" * size])
    assert kept_texts.is_baseline(NOTE, [text[at : at + 999] for at in range(0, len(text), 999)])
    assert kept_texts.is_baseline(NOTE, others) == (other == text)
    assert not kept_texts.is_baseline(NOTE, [text, b"more"])
    assert not kept_texts.is_baseline("/notes/other.md", others)


def test_damaged_baseline_is_that_of_no_text(state: Path) -> None:
    kept_texts.save_baseline(NOTE, [b"as it was read"], limit=1 << 20)
    (file,) = files(state)
    file.write_bytes(file.read_bytes()[:-3])
    assert not kept_texts.is_baseline(NOTE, [b"as it was read"])


def test_a_long_text_is_kept_and_compared_without_a_copy_of_it() -> None:
    text = [os.urandom(1 << 16) for _ in range(64)]
    tracemalloc.start()
    try:
        kept_texts.save_baseline(NOTE, text, limit=1 << 23)
        kept_texts.save_snapshot(NOTE, text, {}, limit=1 << 23)
        assert kept_texts.is_baseline(NOTE, text, limit=1 << 23)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


# -- what is too much


LOOKING = """
import tracemalloc
from tui.files.remembered import kept_texts
tracemalloc.start()
kept_texts.load_snapshot("{note}"), kept_texts.load_baseline("{note}"), kept_texts.is_baseline("{note}", [b"a"])
print(tracemalloc.get_traced_memory()[1])
"""


def packed(payload: bytes) -> bytes:
    """A text followed by 512 MB, packed in independent pieces, so that one piece can be repeated."""
    packer, piece = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), b"[" * (1 << 20)
    head, body = (packer.compress(each) + packer.flush(zlib.Z_FULL_FLUSH) for each in (payload, piece))
    checksum = zlib.adler32(payload)
    for _ in range(512):
        checksum = zlib.adler32(piece, checksum)
    return b"\x78\xda" + head + 512 * body + packer.flush() + checksum.to_bytes(4, "big")


@pytest.mark.parametrize("payload", [b"", b'["earmark",1]\n', b"[" * (60 << 20) + b"\n"])
def test_packed_file_of_too_much_is_unpacked_no_further_than_its_limit(state: Path, payload: bytes) -> None:
    save(SNAPSHOT)
    kept_texts.save_baseline(NOTE, [b"text"], limit=LIMIT)
    for path in files(state):
        path.write_bytes(os.fsencode(NOTE) + b"\n" + packed(payload))
    looked = subprocess.run(
        [sys.executable, "-c", LOOKING.format(note=NOTE)], capture_output=True, text=True, check=True
    )
    assert int(looked.stdout) < 300_000_000
    assert kept_texts.load_snapshot(NOTE) is None
    assert kept_texts.load_baseline(NOTE) is None


def test_text_above_the_limit_of_the_one_who_asks_is_none() -> None:
    save(StoredSnapshot(b"x" * 3_000_000, {}), limit=4 << 20)
    kept_texts.save_baseline(NOTE, [b"x" * 3_000_000], limit=4 << 20)
    assert kept_texts.load_baseline(NOTE, limit=3_000_000) == b"x" * 3_000_000
    assert kept_texts.load_baseline(NOTE, limit=2_999_999) is None
    assert kept_texts.load_snapshot(NOTE, limit=3_000_000) is not None


def test_file_of_too_much_a_pipe_and_a_link_count_as_nothing(state: Path, tmp_path: Path) -> None:
    reader_state.save_theme("light")
    reader_state.save_bookmark(NOTE, PLACE)
    (place,) = (state / "places").iterdir()
    with (state / "theme").open("r+b") as file:
        file.truncate(1 << 40)  # of no blocks: a terabyte that takes no room
    assert reader_state.load_theme() is None
    (state / "theme").unlink()
    os.mkfifo(state / "theme")
    assert reader_state.load_theme() is None
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert reader_state.load_bookmark(NOTE) is None
