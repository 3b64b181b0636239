"""``earmark import``: its output, the files it leaves alone, and a second run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Ended
from tests.importing.formats import notion_corpus
from tests.importing.formats.kindle_corpus import file_of
from tui.importing.registry import importers

if TYPE_CHECKING:
    from tests.cli.conftest import Command

HIGHLIGHT = "- Your Highlight on page {} | Location {} | Added on Sunday, March 3, 2024 10:05:07 PM"
NOTE = "- Your Note on page {} | Location {} | Added on Sunday, March 3, 2024 10:06:00 PM"
ROPES = ("Ropes (Lund, Mira)", HIGHLIGHT.format(3, "30-31"), "Ropes outlast ships.")
SO = ("Ropes (Lund, Mira)", NOTE.format(3, "31"), "how so?")
WOOL = ("Wool", HIGHLIGHT.format(9, "90-91"), "Wool is warm.")
KNOTS = ("Ropes (Lund, Mira)", HIGHLIGHT.format(5, "50-51"), "Knots slip.")


@pytest.fixture
def command(bare_command: Command) -> Command:
    """Run earmark in a folder with ``clips.txt``, without anyone's configuration or state."""
    clip(ROPES, SO, WOOL)
    return bare_command


def clip(*records: tuple[str, str, str]) -> None:
    Path("clips.txt").write_bytes(file_of(*records))


def listed(command: Command, path: str = "clips.md") -> list[tuple[str, str, str | None]]:
    found = json.loads(command("highlights", path, "--json").out)["highlights"]
    return [(each["state"], each["text"], each["comment"]) for each in found]


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}


def test_quotes_become_bullets_and_notes_comments(command: Command) -> None:
    ended = command("import", "clips.txt")
    assert ended == Ended(0, "clips.md: 2 new pieces, 1 new highlight\n", "")
    assert Path("clips.md").read_text(encoding="utf-8") == (
        "---\nsource: earmark import of kindle\n---\n\n"
        "# Ropes\n\nby Lund, Mira\n\n- Ropes outlast ships. (p. 3)\n\n# Wool\n\n- Wool is warm. (p. 9)\n"
    )
    assert listed(command) == [("anchored", "Ropes outlast ships.", "how so?")]
    (found,) = json.loads(command("highlights", "clips.md", "--json").out)["highlights"]
    assert (found["created"], found["line"]) == ("2024-03-03T22:05:07+00:00", 9)


def test_twice_is_once(command: Command) -> None:
    command("import", "clips.txt")
    before = files()
    assert command("import", "clips.txt") == Ended(0, "clips.md: 0 new pieces, 0 new highlights\n", "")
    assert command("import", "clips.txt", "--append").code == 0
    assert files() == before


def test_the_same_import_elsewhere_gives_the_same_bytes(command: Command) -> None:
    command("import", "clips.txt", "-o", "one.md")
    command("import", "clips.txt", "-o", "two.md")
    assert Path("one.md").read_bytes() == Path("two.md").read_bytes()
    one, two = (Path(f"{name}.highlights.toml").read_text() for name in ("one", "two"))
    assert one.replace("one.md", "two.md") == two


def test_new_entries_are_added_only_on_request(command: Command) -> None:
    command("import", "clips.txt")
    before = files()
    clip(ROPES, SO, WOOL, KNOTS, ("Wool", NOTE.format(9, "90"), "and dry"))
    ended = command("import", "clips.txt")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "earmark: clips.md: this note exists already, without 1 new piece; --append adds them, --force replaces it\n"
    )
    assert files() == before | {"clips.txt": Path("clips.txt").read_bytes()}
    assert command("import", "clips.txt", "--append").out == "clips.md: 1 new piece, 1 new highlight\n"
    text = Path("clips.md").read_text(encoding="utf-8")
    assert text == before["clips.md"].decode().replace("(p. 3)\n", "(p. 3)\n- Knots slip. (p. 5)\n")
    assert {words for _, words, _ in listed(command)} == {"Ropes outlast ships.", "Wool is warm."}


def test_a_new_comment_on_an_old_quote_needs_no_new_text(command: Command) -> None:
    command("import", "clips.txt")
    clip(ROPES, SO, WOOL, ("Wool", NOTE.format(9, "90"), "and dry"))
    assert command("import", "clips.txt").out == "clips.md: 0 new pieces, 1 new highlight\n"


def test_edits_of_the_note_stay_and_what_was_removed_stays_away(command: Command) -> None:
    command("import", "clips.txt")
    note = Path("clips.md")
    note.write_text(note.read_text().replace("- Wool is warm. (p. 9)\n", "- My own words\n") + "\nThe end\n")
    clip(ROPES, SO, WOOL, KNOTS)
    assert command("import", "clips.txt", "--append").code == 0
    assert note.read_text().endswith(
        "- Ropes outlast ships. (p. 3)\n- Knots slip. (p. 5)\n\n# Wool\n\n- My own words\n\nThe end\n"
    )


def test_an_import_never_replaces_highlights(command: Command) -> None:
    for name in ("heard.highlights.toml", "heard~2.highlights.toml.bak", ".earmark.lock"):
        Path(name).write_text("kept")
        ended = command("import", "clips.txt", "-o", name, "--force")
        assert (ended.code, "never replaces highlights" in ended.err) == (3, True), name
        assert Path(name).read_text() == "kept"


def test_a_highlight_deleted_since_stays_deleted_unless_forced(command: Command) -> None:
    command("import", "clips.txt")
    sidecar = Path("clips.highlights.toml")
    sidecar.write_text('version = 1\nnote = "clips.md"\n\n[end]\n')
    assert command("import", "clips.txt").out == (
        "clips.md: 0 new pieces, 0 new highlights, 1 highlight deleted since\n"
    )
    assert not listed(command)
    assert command("import", "clips.txt", "--force").code == 0
    assert len(listed(command)) == 1


def test_force_replaces_neither_through_a_link_nor_a_pipe(command: Command) -> None:
    Path("own.md").write_text("- my own words\n", encoding="utf-8")
    Path("clips.md").symlink_to("own.md")
    os.mkfifo("pipe.md")
    ended = command("import", "clips.txt", "--force")
    assert ended.code == 3
    assert ended.err == (
        "earmark: clips.md: a symbolic link, which may lead to other notes; name the file that it leads to\n"
    )
    assert Path("own.md").read_text(encoding="utf-8") == "- my own words\n"
    ended = command("import", "clips.txt", "-o", "pipe.md", "--force")
    assert ended == Ended(3, "", "earmark: pipe.md: this is a pipe or a device; name a file\n")
    assert Path("pipe.md").is_fifo()


def test_no_note_is_made_through_a_link_to_no_file(command: Command) -> None:
    Path("clips.md").symlink_to(".profile")
    for words in ((), ("--force",)):
        ended = command("import", "clips.txt", *words)
        assert ended.code == 3
        assert "clips.md: cannot be written: a symbolic link that leads nowhere" in ended.err
    assert not Path(".profile").exists()


def test_a_note_that_no_import_made_is_left_alone(command: Command) -> None:
    Path("clips.md").write_text("# Mine\n")
    for words in ((), ("--append",)):
        ended = command("import", "clips.txt", *words)
        assert (ended.code, ended.out) == (3, "")
        assert "this file exists, and no import made it; --force replaces it" in ended.err
        assert Path("clips.md").read_text() == "# Mine\n"
    assert command("import", "clips.txt", "--force").code == 0
    assert "Ropes" in Path("clips.md").read_text()


def test_every_quote_is_highlighted_on_request(command: Command) -> None:
    command("import", "clips.txt", "--mark")
    assert [(words, comment) for _, words, comment in listed(command)] == [
        ("Ropes outlast ships.", "how so?"),
        ("Wool is warm.", None),
    ]


def test_a_folder_may_be_named_for_the_note(command: Command) -> None:
    Path("books").mkdir()
    assert command("import", "clips.txt", "-o", "books").out.startswith("books/clips.md: ")


def test_unreadable_parts_are_reported_line_by_line(command: Command) -> None:
    data = file_of(ROPES) + b"Ropes\r\nno second line\r\n==========\r\n"
    Path("clips.txt").write_bytes(data)
    ended = command("import", "clips.txt")
    assert ended.code == 1
    assert ended.err == (
        "earmark: clips.txt:7: no line says that this is a highlight, a note or a bookmark; "
        "it is left out; correct it or write it into the note\n"
    )
    assert ended.out == "clips.md: 1 new piece, 0 new highlights\n"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("gone.txt",), "gone.txt: no such file"),
        (("notes.txt",), "its format is not recognised; name it: --from"),
        (("notes.txt", "--from", "kindle"), "this is not a Kindle clippings file"),
        (("clips.txt", "--onto", "notes.txt"), "kindle has its own text; name the note to make: -o FILE"),
        (("clips.txt", "-o", "nowhere/a.md"), "create the folder"),
    ],
)
def test_impossible_imports_are_reported_in_one_line_and_write_nothing(
    command: Command, words: tuple[str, ...], problem: str
) -> None:
    Path("notes.txt").write_text("Nothing to see\n")
    before = files()
    ended = command("import", *words)
    assert (ended.code, ended.out, ended.err.count("\n")) == (3, "", 1)
    assert problem in ended.err
    assert files() == before


def test_a_highlights_file_that_cannot_be_written_leaves_no_note_behind(command: Command) -> None:
    Path("clips.highlights.toml").write_text("broken = [\n")
    ended = command("import", "clips.txt")
    assert ended.code == 3
    assert not Path("clips.md").exists()


def test_the_help_has_every_format_with_an_example(command: Command) -> None:
    out = command("import", "--help").out
    for row in importers().values():
        assert f"{row.name}: {row.about}" in " ".join(out.split())
        assert f"earmark import {row.example}" in out


MARKED = "# Log\n\n- ==Ropes== last {==longer==}{>>how?<<} than ships\n"


def test_marks_become_highlights_and_the_note_stays(command: Command) -> None:
    Path("log.md").write_text(MARKED, encoding="utf-8")
    assert command("import", "log.md") == Ended(0, "log.md: 2 new highlights\n", "")
    assert Path("log.md").read_text(encoding="utf-8") == MARKED
    assert listed(command, "log.md") == [("anchored", "Ropes", None), ("anchored", "longer", "how?")]
    assert command("import", ".", "--from", "marks").out == "log.md: 0 new highlights\n"


def test_a_mark_on_words_that_are_highlighted_already_adds_none(command: Command) -> None:
    Path("log.md").write_text(MARKED, encoding="utf-8")
    command("mark", "log.md", "--quote", "Ropes", "--colour", "pink")
    assert command("import", "log.md").out == "log.md: 1 new highlight\n"


def test_a_highlight_of_a_mark_that_was_deleted_stays_deleted(command: Command) -> None:
    Path("log.md").write_text(MARKED, encoding="utf-8")
    command("import", "log.md")
    Path("log.highlights.toml").unlink()
    assert command("import", "log.md").out == "log.md: 0 new highlights, 2 highlights deleted since\n"
    assert command("import", "log.md", "--force").out == "log.md: 2 new highlights\n"


def test_marks_stay_where_they_are(command: Command) -> None:
    Path("log.md").write_text(MARKED, encoding="utf-8")
    for words in (("-o", "other.md"), ("--onto", "clips.txt")):
        ended = command("import", "log.md", *words)
        assert (ended.code, "leave out -o and --onto" in ended.err) == (3, True)


@pytest.mark.parametrize("name", ["hypothesis", "w3c"])
def test_imported_highlights_are_on_their_words_and_a_second_import_adds_none(command: Command, name: str) -> None:
    Path("salt.md").write_text("# Salt\n\n- Salt was money in the north.\n- Mules carried it.\n")
    quote = {"type": "TextQuoteSelector", "exact": "Mules"}
    target = {"source": "https://example.org/salt", "selector": [quote]}
    row = {"id": "a1", "uri": "https://example.org/salt", "text": "why?", "target": [target]}
    annotation = {"id": "urn:a1", "type": "Annotation", "bodyValue": "why?", "target": target}
    Path("a.json").write_text(json.dumps({"rows": [row]} if name == "hypothesis" else annotation))
    words = ("import", "a.json", "--from", name, "--onto", "salt.md")
    assert command(*words) == Ended(0, "salt.md: 1 new highlight\n", "")
    assert command(*words).out == "salt.md: 0 new highlights\n"
    assert command("highlights", "salt.md").out == "Anchored\n  salt.md:4  yellow  Mules\n      why?\n"


def test_an_archive_of_pages_twice_is_once_and_what_was_deleted_stays_deleted(command: Command) -> None:
    Path("export.zip").write_bytes(notion_corpus.sent(notion_corpus.HTML))
    ended = command("import", "export.zip", "-o", "n.md")
    assert (ended.code, ended.out) == (0, "n.md: 3 new pieces, 3 new highlights\n")
    before = files()
    assert command("import", "export.zip", "-o", "n.md").out == "n.md: 0 new pieces, 0 new highlights\n"
    assert files() == before
    Path("n.highlights.toml").write_text('version = 1\nnote = "n.md"\n\n[end]\n')
    assert command("import", "export.zip", "-o", "n.md").out == (
        "n.md: 0 new pieces, 0 new highlights, 3 highlights deleted since\n"
    )


def test_a_page_that_has_grown_goes_behind_what_the_reader_has(command: Command) -> None:
    page = "# A\n\nfirst\n\n## Part\n\nold"
    Path("export.zip").write_bytes(notion_corpus.sent({f"A {notion_corpus.SALT}.md": page}))
    command("import", "export.zip", "-o", "n.md")
    Path("export.zip").write_bytes(notion_corpus.sent({f"A {notion_corpus.SALT}.md": f"{page} and new"}))
    assert command("import", "export.zip", "-o", "n.md").code == 3
    assert command("import", "export.zip", "-o", "n.md", "--append").code == 0
    assert Path("n.md").read_text().endswith("# A\n\nfirst\n\n## Part\n\nold\n\nfirst\n\n## Part\n\nold and new\n")


def test_a_file_that_no_import_made_is_not_overwritten(command: Command) -> None:
    Path("export.zip").write_bytes(notion_corpus.sent(notion_corpus.MARKDOWN))
    Path("n.md").write_text("mine\n")
    assert command("import", "export.zip", "-o", "n.md").code == 3
    assert Path("n.md").read_text() == "mine\n"


def test_a_file_with_a_name_that_leads_out_is_told_and_nothing_is_written_there(command: Command) -> None:
    Path("deep").mkdir()
    Path("deep/export.zip").write_bytes(
        notion_corpus.archive({f"A {notion_corpus.SALT}.md": "# A\n\nb", f"../B {notion_corpus.ROADS}.md": "# B\n\nc"})
    )
    ended = command("import", "deep/export.zip", "-o", "n.md")
    assert ended.code == 1
    assert ended.err == (
        f"earmark: deep/export.zip: ../B {notion_corpus.ROADS}.md: its name leads out of the archive; export it again\n"
    )
    assert not [*Path().rglob("B*.md")]


@pytest.mark.parametrize(
    ("source", "data", "library", "format_", "distribution"),
    [
        ("page.html", b"<h1>Salt</h1><p>roads</p>", "turbohtml", "html", "turbohtml"),
        ("export.zip", notion_corpus.sent(notion_corpus.HTML), "turbohtml", "notion", "turbohtml"),
        ("talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n", "webvtt", "transcript", "webvtt-py"),
    ],
)
def test_a_format_whose_library_is_missing_says_so_in_a_line_and_others_work(
    command: Command, source: str, data: bytes, library: str, format_: str, distribution: str
) -> None:
    Path(source).write_bytes(data)
    script = (
        f"import sys; sys.modules[{library!r}] = None; from tui.cli.running import run; "
        f"print(run(['import', {source!r}]), run(['import', 'clips.txt']))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=300)
    problem = f"{format_} needs the library {library}, which is not installed"
    assert ended.stderr == f"earmark: {source}: {problem}; pip install {distribution}\n"
    assert ended.stdout == "clips.md: 2 new pieces, 1 new highlight\n3 0\n"
    assert Path("clips.md").exists()
