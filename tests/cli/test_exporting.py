"""``earmark export``, and the filter that it shares with ``earmark highlights``."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Ended
from tui.cli.program import earmark
from tui.errors import OutputError
from tui.exporting.output import read_former, write_output
from tui.exporting.registry import exporters
from tui.reports.formats import FormatName

if TYPE_CHECKING:
    from tests.cli.conftest import Command

NOTES = """\
# What I heard

## Ada on Looms

- The first bullet is about looms and cards.
- Some **bold words** stand here.

## Bob on Tea

- The leaves want water.
- Who put the milk in first?
"""


@pytest.fixture
def command(bare_command: Command) -> Command:
    """Run earmark in a folder with ``heard.md`` and two highlights, without anyone's configuration or state."""
    Path("heard.md").write_text(NOTES, encoding="utf-8")
    assert (
        bare_command("mark", "heard.md", "--quote", "looms and cards", "--colour", "pink", "--tag", "craft").code == 0
    )
    assert bare_command("mark", "heard.md", "--quote", "bold words", "--comment", "why?").code == 0
    return bare_command


def test_markdown_is_printed_unless_another_format_is_named(command: Command) -> None:
    ended = command("export", "heard.md")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("# What I heard\n\n## Ada on Looms\n\n### Yellow\n\n> bold words\n\nwhy?\n")
    assert "- [ ] Who put the milk in first? `heard.md:11`\n" in ended.out


def test_format_is_told_by_the_name_of_the_file(command: Command) -> None:
    assert command("export", "heard.md", "-o", "out.JSON") == Ended(0, "", "")
    assert len(json.loads(Path("out.JSON").read_text(encoding="utf-8"))["highlights"]) == 2
    ended = command("export", "heard.md", "-o", "out.docx")
    assert ended.code == 2
    assert "its name tells no format; name one of" in ended.err
    assert not Path("out.docx").exists()


def test_only_what_passes_the_filter_is_exported(command: Command) -> None:
    out = command("export", "heard.md", "--to", "jsonl", "--filter", "NOT #craft NOT is:open").out
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["bold words"]
    out = command("export", "heard.md", "--to", "jsonl", "--filter", "colour:pink OR milk").out
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["looms and cards", "Who put the milk in first?"]


@pytest.mark.parametrize(
    ("words", "said"), [("is:comented", "no state is called 'comented'"), ("colour:red", "no colour is called 'red'")]
)
@pytest.mark.parametrize("name", ["export", "highlights"])
def test_misspelt_filter_is_a_wrong_usage(command: Command, name: str, words: str, said: str) -> None:
    ended = command(name, "heard.md", "--filter", words)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert said in ended.err


def test_highlights_are_filtered_and_written_in_the_same_formats(command: Command) -> None:
    assert command("highlights", "heard.md", "--filter", "is:commented").out.count("heard.md:") == 1
    as_json = command("highlights", "heard.md", "--json").out
    assert command("highlights", "heard.md", "--to", "json").out == as_json
    out = command("highlights", "heard.md", "--to", "markdown", "--filter", "#craft").out
    assert out == "# What I heard\n\n## Ada on Looms\n\n### Pink\n\n> looms and cards\n\n#craft · `heard.md:5`\n"


@pytest.mark.parametrize("name", ["export", "highlights"])
def test_format_is_named_with_either_word(command: Command, name: str) -> None:
    assert command(name, "heard.md", "--format", "jsonl").out == command(name, "heard.md", "--to", "jsonl").out != ""


def test_export_among_the_notes_of_a_folder_is_said_to_be_read_as_one(command: Command) -> None:
    for folder in ("deep", ".trash"):
        Path(folder).mkdir()
    for output in ("out.md", "deep/out.md"):
        ended = command("export", ".", "-o", output)
        assert (ended.code, ended.err.count("\n")) == (0, 1)
        assert f"{output} is in the folder of notes, where earmark reads it as one more note" in ended.err
    for output in (".trash/out.md", "out.json", "../out.md", "-"):
        assert command("export", ".", "--to", "markdown", "-o", output, "--force").err == ""
    assert command("export", "heard.md", "-o", "alone.md").err == ""


def test_file_that_is_there_stays_unless_force_is_said(command: Command) -> None:
    Path("out.md").write_text("mine", encoding="utf-8")
    ended = command("export", "heard.md", "-o", "out.md")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == "earmark: out.md: this file exists already; --force replaces it\n"
    assert Path("out.md").read_text(encoding="utf-8") == "mine"
    assert command("export", "heard.md", "-o", "out.md", "--force").code == 0
    assert Path("out.md").read_text(encoding="utf-8").startswith("# What I heard")


def test_nothing_is_made_through_a_link_to_no_file(command: Command) -> None:
    Path("out.md").symlink_to(".profile")
    for words in ((), ("--force",)):
        ended = command("export", "heard.md", "-o", "out.md", *words)
        assert ended.code == 3
        assert ended.err == "earmark: out.md: cannot be written: a symbolic link that leads nowhere\n"
    assert not Path(".profile").exists()


def test_notes_and_highlights_are_never_replaced(command: Command) -> None:
    kept = Path("heard.highlights.toml").read_bytes()
    Path("link.md").symlink_to("heard.md")
    os.link("heard.md", "hard.md")
    for name in ("heard.md", "link.md", "hard.md", "./../" + Path.cwd().name + "/heard.md"):
        ended = command("export", "heard.md", "-o", name, "--force", "--to", "json")
        assert (ended.code, ended.err.count("\n")) == (3, 1), name
        assert "never replaces notes or highlights" in ended.err
    for name in ("heard.highlights.toml", "heard.highlights.toml.bak", "~2.highlights.toml.bak", ".earmark.lock"):
        ended = command("export", "heard.md", "-o", name, "--to", "json", "--force")
        assert (ended.code, "never replaces" in ended.err) == (3, True), name
    assert Path("heard.md").read_text(encoding="utf-8") == NOTES
    assert Path("heard.highlights.toml").read_bytes() == kept


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_an_export_into_a_pipe_that_becomes_a_link_empties_no_notes(command: Command) -> None:
    os.mkfifo("out.md")
    pipes = ["out.md"]

    def swap(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and pipes and str(given[0]) == pipes[0]:
            os.unlink(pipe := pipes.pop())
            os.symlink("heard.md", pipe)

    sys.addaudithook(swap)  # there is no way to take one back
    ended = command("export", "heard.md", "-o", "out.md")
    assert (ended.code, ended.err) == (3, "earmark: out.md: this file exists already; --force replaces it\n")
    assert os.path.islink("out.md")
    assert Path("heard.md").read_text() == NOTES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_an_export_that_completes_a_file_reads_no_pipe_or_device(command: Command) -> None:
    os.mkfifo("out.yaml")
    with open(os.open("out.yaml", os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        assert command("export", "heard.md", "--to", "mrsf", "-o", "out.yaml").code == 0
        assert b"mrsf_version" in reader.read()
    ends = os.openpty()  # a device that no mistake could replace, unlike /dev/zero
    assert command("export", "heard.md", "--to", "mrsf", "-o", os.ttyname(ends[1])).code == 0
    for end in ends:
        os.close(end)


def test_a_template_without_end_is_refused(command: Command) -> None:
    ended = command("export", "heard.md", "--template", "/dev/zero")
    assert (ended.code, ended.err) == (2, "earmark: /dev/zero: more than 64 MB; check that it is a template\n")


def test_export_leaves_no_file_where_it_cannot_be_written(command: Command) -> None:
    ended = command("export", "heard.md", "-o", "gone/out.md")
    assert (ended.code, ended.err.count("\n")) == (3, 1)
    assert "create the folder" in ended.err
    Path("folder.md").mkdir()
    assert command("export", "heard.md", "-o", "folder.md").code == 3
    assert not [name for name in os.listdir() if name.endswith(".tmp")]


def test_export_may_be_read_by_whoever_may_read_new_files(command: Command) -> None:
    before = os.umask(0o027)
    try:
        command("export", "heard.md", "-o", "out.md")
        assert stat.S_IMODE(Path("out.md").stat().st_mode) == 0o640
        Path("out.md").chmod(0o604)
        command("export", "heard.md", "-o", "out.md", "--force")
        assert stat.S_IMODE(Path("out.md").stat().st_mode) == 0o604
        Path("out.md").chmod(0o400)
        if os.geteuid():
            assert command("export", "heard.md", "-o", "out.md", "--force").code == 3
    finally:
        os.umask(before)


def test_template_is_filled_and_a_missing_or_wrong_one_is_told(command: Command) -> None:
    Path("mine.j2").write_text("{{ notes | length }} {{ notes[0].title }}\n", encoding="utf-8")
    assert command("export", "heard.md", "--template", "mine.j2") == Ended(0, "1 What I heard\n", "")
    Path("wrong.j2").write_text("one\n{{ nothing }}\n", encoding="utf-8")
    ended = command("export", "heard.md", "--template", "wrong.j2", "-o", "out.txt")
    assert (ended.code, ended.err) == (2, "earmark: wrong.j2:2: 'nothing' is undefined; correct the template\n")
    assert not Path("out.txt").exists()
    for words in (("--template", "gone.j2"), ("--to", "template")):
        ended = command("export", "heard.md", *words)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_dash_is_standard_output(command: Command) -> None:
    assert (
        command("export", "heard.md", "-o", "-", "--to", "json").out
        == command("export", "heard.md", "--to", "json").out
    )


def test_unknown_format_is_told_with_the_nearest(command: Command) -> None:
    ended = command("export", "heard.md", "--to", "markdwon")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert 'no format is called "markdwon"; did you mean "markdown"?' in ended.err


def test_help_lists_every_format_with_an_example(command: Command) -> None:
    shown = command("export", "--help").out
    for name, exporter in exporters().items():
        assert f"  {name}: {exporter.about}" in shown
        assert f"    earmark export {exporter.example}\n" in shown


@pytest.mark.parametrize("example", [row.example for row in exporters().values()], ids=list(exporters()))
def test_examples_are_commands(example: str) -> None:
    words = [word for word in example.split("|")[0].split(">")[0].split() if word]
    ctx = earmark.commands["export"].make_context("export", words)
    assert ctx.params["path"]


def test_completion_knows_the_formats() -> None:
    to = next(option for option in earmark.commands["export"].params if option.name == "to")
    assert isinstance(to.type, FormatName)
    found = to.type.shell_complete(None, to, "json")  # type: ignore[arg-type]  # no word of the line matters
    assert [item.value for item in found] == ["json", "jsonl"]


def test_no_format_prints_what_a_terminal_could_obey(command: Command) -> None:
    sidecar = Path("heard.highlights.toml")
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("why?", "\\u001b[31m\\u202ewhy\\u009b"), "utf-8")
    Path("mine.j2").write_text("{{ notes[0].episodes[0].highlights[1].comment }}", encoding="utf-8")
    for name in exporters():
        out = command("export", "heard.md", "--to", name, "--template", "mine.j2").out
        assert out, name
        assert not {"\x1b", "\x9b", "\u202e"} & set(out), name


@pytest.mark.parametrize("name", ["out.json", "out.jsonl", "out.jsonld", "out.html"])
def test_export_brings_the_highlights_file_back_byte_for_byte(command: Command, name: str) -> None:
    assert command("export", "heard.md", "-o", name).code == 0
    kept = Path("heard.highlights.toml").read_bytes()
    Path("other").mkdir()
    Path("other", "heard.md").write_text(NOTES, encoding="utf-8")
    assert command("import", name, "--onto", "other/heard.md") == Ended(0, "other/heard.md: 2 new highlights\n", "")
    assert Path("other", "heard.highlights.toml").read_bytes() == kept
    assert command("import", name, "--onto", "other/heard.md").out == "other/heard.md: 0 new highlights\n"
    assert Path("other", "heard.highlights.toml").read_bytes() == kept


def test_an_edit_of_the_file_that_an_export_is_merged_into_stays(tmp_path: Path) -> None:
    (path := tmp_path / "out.yaml").write_text("comments: []\n")
    former = read_former(path)
    path.write_text("comments: [more]\n")
    with pytest.raises(OutputError, match=r"changed meanwhile, and is left as it is; export again"):
        write_output(path, "comments: [ours]\n", notes=(), replaces=False, former=former)
    assert path.read_text() == "comments: [more]\n"
    write_output(path, "comments: [more, ours]\n", notes=(), replaces=False, former=read_former(path))
    assert [each.read_text() for each in tmp_path.iterdir()] == ["comments: [more, ours]\n"]
