from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner

import tui
from tests import picture
from tui.cli.program import earmark
from tui.core.anchoring import describe
from tui.core.annotations.highlights import Part
from tui.core.notes.hidden import MACHINE_KEYS, NOTATION
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.exporting.registry import exporters
from tui.files.config import SETTINGS, load
from tui.keymap import EVERY_ACTION, Action
from tui.keys import shown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))


def page(name: str) -> str:
    """The text of a page of ``docs``."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text of one of the README's ``##`` sections, with subsections."""
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[tuple[set[str], ...]]:
    """The code in each cell of the tables in ``text``, row by row."""
    cells = (re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|"))
    return [tuple(set(re.findall(r"`([^`]+)`", cell)) for cell in row) for row in cells]


def named_keys(action: Action) -> set[str]:
    return {key for keys, _, names in rows(page("keys")) if action.name in names for key in keys}


@pytest.mark.parametrize("action", EVERY_ACTION, ids=lambda action: action.name)
def test_docs_name_every_key_beside_its_action(action: Action) -> None:
    assert {shown(key) for key in action.keys} <= named_keys(action)


def test_docs_name_no_action_that_is_not_there() -> None:
    named = {name for _, _, names in rows(page("keys")) for name in names}
    assert named == {action.name for action in EVERY_ACTION}


def test_docs_name_every_setting_and_no_other() -> None:
    table = next(part for part in page("settings").split("\n\n") if part.startswith("|"))
    assert {name for setting, _ in rows(table) for name in setting} == set(SETTINGS)


def test_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(re.findall(r"```toml\n(.*?)```", page("settings"), re.DOTALL)[0])
    actions = [action.name for action in EVERY_ACTION]
    config = load(tmp_path / "config.toml", {}, tmp_path, known_actions=actions)
    assert config.colours["yellow"] == "key idea"


def test_the_manual_page_is_the_one_that_the_command_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "tui", "man"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs" / "earmark.1").read_text(encoding="utf-8") == printed, "earmark man > docs/earmark.1"


@pytest.mark.skipif(which("mandoc") is None, reason="there is no mandoc here")
def test_the_manual_page_is_right_by_mandoc() -> None:
    linted = subprocess.run(
        ["mandoc", "-T", "lint", ROOT / "docs" / "earmark.1"], capture_output=True, text=True, check=False
    )
    assert (linted.returncode, linted.stdout, linted.stderr) == (0, "", "")


def test_the_change_log_begins_with_this_version() -> None:
    title = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
    assert title in (f"[{tui.__version__}] - unreleased", f"[{tui.__version__}] - {tui.__date__}")


def commands() -> list[tuple[set[str], ...]]:
    """The code in docs/commands.md's table, row by row."""
    table = next(part for part in page("commands").split("\n\n") if part.startswith("|"))
    return rows(table)[2:]


def test_docs_name_every_command_and_no_other() -> None:
    named = {code.split()[1] for row in commands() for code in row[0]}
    assert named == {"[PATH]...", *earmark.commands}


def test_docs_name_no_option_that_is_not_there() -> None:
    for row in commands():
        command = earmark.commands.get(next(iter(row[0])).split()[1], earmark)
        told = {word.strip("[]") for code in row[0] | row[1] for word in code.split() if "--" in word}
        assert told <= {name for option in command.params for name in option.opts}


def test_docs_and_the_manual_page_tell_the_same_exit_codes() -> None:
    told = re.findall(r"Exit codes:(.*?)\.", page("commands"), re.DOTALL)[0]
    manual = (ROOT / "docs" / "earmark.1").read_text(encoding="utf-8").split(".SH EXIT STATUS")[1].split(".SH")[0]
    assert re.findall(r"\b(\d+) ", told) == re.findall(r"^\\fB(\d+)\\fR$", manual, re.MULTILINE)


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_readme_links_to_every_page(path: Path) -> None:
    assert f"](docs/{path.name})" in README


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 130


def test_readme_names_twelve_keys_that_do_as_it_says() -> None:
    """Check that each row of the README's table holds keys of one row of docs/keys.md, in its order."""
    table = rows(section("Twelve keys"))[2:]
    known = [keys for keys, _, _ in rows(page("keys"))]
    assert len(table) == 12
    for keys, _ in table:
        assert any(keys <= each for each in known), keys


def test_the_modules_in_contributing_exist() -> None:
    house = re.findall(r"## The house\n\n```\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)[0]
    top = ""
    for line in house.splitlines():
        name = line.split()[0]
        top = "" if not line.startswith(" ") else top
        assert (ROOT / top / name).exists(), line
        top = top or name


def test_example_of_a_highlight_is_one_in_the_sample() -> None:
    example = re.findall(r"```toml\n(.*?)```", page("highlights"), re.DOTALL)[0]
    part = Part(**tomllib.loads(example)["highlight"][0]["part"][0])
    sample = ROOT / "notes" / "podcasts.md"
    note = read_note(str(sample), sample.read_text(encoding="utf-8"), Options())
    place = next(
        Place(Address(number, index), Span(part.start, part.start + len(part.exact)))
        for number, episode in enumerate(note.episodes)
        for index, block in enumerate(episode.blocks)
        if block.text == part.block
    )
    assert describe(note, [place]) == (part,)


@pytest.mark.skipif(which("vim") is None, reason="there is no vim here")
def test_the_picture_is_of_the_program_as_it_is() -> None:
    fresh = picture.words(picture.drawn(picture.record()))
    assert picture.words(picture.PICTURE.read_text(encoding="utf-8")) == fresh, "python -m tests.picture"


def test_the_picture_needs_no_font_for_its_signs() -> None:
    drawn = picture.PICTURE.read_text(encoding="utf-8")
    assert all(map(picture.LETTERS.fullmatch, "".join(re.findall(r"<text[^>]*>([^<]*)", drawn))))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_files_lead_somewhere(path: Path) -> None:
    for target, anchor in re.findall(r"\]\(([\w./-]*)(?:#([\w-]+))?\)", path.read_text(encoding="utf-8")):
        other = path.parent / target if target else path
        assert other.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.*)$", other.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_docs_name_tests_that_exist(path: Path) -> None:
    folder, missing = "", []
    for named in re.findall(r"`((?:tests/)?[\w/]*\btest_\w+\.py)", path.read_text(encoding="utf-8")):
        folder = named.rpartition("/")[0] or folder  # without one, it is beside the one before it
        file = ROOT / folder / named.rpartition("/")[2]
        missing += [] if file.is_file() else [named]
    assert missing == []


def test_the_list_of_what_is_hidden_is_documented() -> None:
    formats = page("formats")
    assert all(f"| {kind} | {said} |" in formats for kind, said in NOTATION.items())
    assert all(f"`{key}`" in formats for key in MACHINE_KEYS)


def test_every_export_format_is_documented() -> None:
    part = page("formats").split("\n## Out\n")[1]
    titles = re.findall(r"^### (.*)$", part, re.MULTILINE)
    assert {name for title in titles for name in title.split(", ")} >= set(exporters())


HIGHLIGHT = """\
version = 1
note = "notes.md"

[[highlight]]
id = "01M84PWGYRHF92XYQBE4CMFPX1"
colour = "green"
comment = "or so they say"
tags = ["craft"]
created = 2026-11-23T17:22:31Z
updated = 2026-11-23T17:22:31Z

[[highlight.part]]
exact = "what to do"
prefix = "Cards tell the loom "
suffix = ".\\nWho wove first?\\nNobody knows."
episode = "Ada on Looms (May 2024)"
block = "Cards tell the loom what to do."
start = 20
line = 5
others = []
"""
"The highlight of the examples in docs/formats.md."


@pytest.mark.parametrize("name", ["markdown", "jsonl", "html", "mrsf", "anki", "readwise", "obsidian"])
def test_examples_of_exports_are_what_is_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text without line ends and indents, which the page has for its readers."""
    monkeypatch.chdir(tmp_path)
    part = page("formats").split("\n## Out\n")[1]
    note, *_ = re.findall(r"^```markdown\n(.*?)^```", part, re.DOTALL | re.MULTILINE)
    Path("notes.md").write_text(note, encoding="utf-8")
    Path("notes.highlights.toml").write_text(HIGHLIGHT, encoding="utf-8")
    written = CliRunner().invoke(earmark, ["export", "notes.md", "--to", name])
    assert written.exit_code == 0, written.output
    sections = re.findall(r"^### ([a-z][^\n]*)\n(.*?)(?=^### [a-z]|\Z)", part, re.DOTALL | re.MULTILINE)
    body = next(body for title, body in sections if name in title.split(", "))
    example, *_ = re.findall(r"^```\w*\n(.*?)^```", body, re.DOTALL | re.MULTILINE)
    assert "".join(example.split()) in "".join(written.stdout.split())
