"""The command line, as shells and scripts see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import tui
from tests.terminal.screen import Screen
from tui.cli import COMMANDS
from tui.cli.program import earmark

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., "Ended"]

NOTES = "Mary Lee\n\nTalk Notes\n\nAda on Cogs (3/14)\n\n• who turns it?\n  ◦ a crank\n"
PLAIN = "Talk Notes\nby Mary Lee\n\nAda on Cogs (3/14)\n\n• who turns it?\n  • a crank\n"


class Ended(NamedTuple):
    """The result of a command."""

    code: int
    out: str
    err: str


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A folder with ``talks.txt``, without anyone's settings."""
    (tmp_path / "talks.txt").write_text(NOTES, encoding="utf-8")
    home = str(tmp_path / "home")
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("EARMARK", "XDG", "_EARMARK"))
    }
    return {**inherited, "HOME": home, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def command(tmp_path: Path, environment: dict[str, str]) -> Command:
    """Run earmark in that folder with its output in a pipe."""

    def run(*words: str, given: str | None = None, **variables: str) -> Ended:
        # Without a pipe, standard input is nothing: a pipe would be read in place of the notes that are there.
        with open(os.devnull, "rb") as nothing:
            ended = subprocess.run(
                [sys.executable, "-m", "tui", *words],
                stdin=nothing if given is None else None,
                input=None if given is None else given.encode(),
                capture_output=True,
                cwd=tmp_path,
                env={**environment, **variables},
                timeout=60,
                check=False,
            )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


def in_shell(words: str, folder: Path, environment: dict[str, str]) -> Ended:
    """Run earmark with redirected streams, as a shell does."""
    ended = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m tui {words}'],
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_notes_are_printed_where_the_output_is_no_terminal(command: Command) -> None:
    assert command("talks.txt") == Ended(0, PLAIN, "")


def test_standard_input_is_read_for_a_dash(command: Command) -> None:
    assert command("-", given=NOTES).out == PLAIN
    assert json.loads(command("outline", "-", "--json", given=NOTES).out)["notes"][0]["title"] == "Talk Notes"


def test_folder_is_read_note_by_note(command: Command, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# More\n\n- b\n", encoding="utf-8")
    assert command(".").out == f"More\n\n• b\n\n{PLAIN}"


def test_note_of_a_folder_that_cannot_be_read_is_told_and_the_rest_printed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"\0\1\2\3" * 100)
    ended = command("outline", ".")
    assert "Ada on Cogs" in ended.out
    assert ended.err.startswith("earmark: bad.md: ")
    assert ended.err.count("\n") == 1
    assert [command(*words, ".").code for words in ((), ("outline",), ("highlights",), ("questions",))] == [3] * 4


def test_without_a_path_the_notes_of_the_configuration_are_read(command: Command, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    (tmp_path / "other.md").write_text("- others\n", encoding="utf-8")
    config.write_text('[earmark]\nnotes = "talks.txt"\n', encoding="utf-8")
    assert command().out != PLAIN
    assert command("config", "--trust").code == 0
    assert command().out == PLAIN
    config.rename(tmp_path / "other.toml")
    assert command("--config", "other.toml").out == PLAIN
    assert command(EARMARK_CONFIG="other.toml").out == PLAIN


def test_without_a_path_and_a_configuration_the_sample_is_read_and_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "talks.txt").unlink()
    ended = command()
    assert "• " in ended.out
    assert ended.err == "earmark: no notes here, so this is a sample; `earmark PATH` reads yours\n"


def test_without_a_path_the_notes_of_the_current_folder_are_read(command: Command) -> None:
    assert command() == Ended(0, PLAIN, "")


def test_without_a_path_a_pipe_is_read_before_all_else(command: Command) -> None:
    assert command(given=NOTES).out == PLAIN
    assert command(given="# Piped\n\n- words\n").out == "Piped\n\n• words\n"


def test_several_paths_are_read_as_one_library(command: Command, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.md").write_text("# Deep\n\n- d\n", encoding="utf-8")
    (tmp_path / "left-out.md").write_text("# Left out\n\n- o\n", encoding="utf-8")
    assert command("talks.txt", "more") == Ended(0, f"Deep\n\n• d\n\n{PLAIN}", "")
    assert command("talks.txt", "gone.md").err.startswith("earmark: gone.md: no such file or folder")


@pytest.mark.parametrize(
    "words", [("--config", "c.toml", "outline", "talks.txt"), ("outline", "talks.txt", "--config", "c.toml")]
)
def test_configuration_may_be_named_before_or_behind_the_command(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "c.toml").write_text('[earmark]\nepisodes = "file"\n', encoding="utf-8")
    assert "Talk Notes  (2 bullets, 1 question)" in command(*words).out


def test_outline_prints_lines_kinds_and_questions(command: Command) -> None:
    assert command("outline", "talks.txt").out.splitlines()[1:3] == [
        "     5  Ada on Cogs (3/14)  (2 bullets, 1 question)",
        "     7 ? bullet 1     who turns it?",
    ]


def test_file_called_like_a_command_is_opened_as_a_path(command: Command, tmp_path: Path) -> None:
    (tmp_path / "outline").write_text(NOTES, encoding="utf-8")
    assert command("./outline").out == PLAIN


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("gone.md",), 3, "earmark: gone.md: no such file or folder"),
        (("outline", ""), 3, "earmark: '': no such file or folder"),
        (("outline", "gone.md"), 3, "earmark: gone.md: no such file or folder"),
        (("outline",), 2, "earmark: Missing argument 'PATH'; see `earmark outline --help`"),
        (
            ("outlin", "talks.txt"),
            2,
            "earmark: outlin: no command and no file of this name; did you mean `earmark outline`?",
        ),
        (("--wrong",), 2, "earmark: No such option"),
        (("--config", "gone.toml", "talks.txt"), 2, "earmark: gone.toml: no such file"),
        (
            ("--config", "wrong.toml", "talks.txt"),
            2,
            "earmark: wrong.toml:2: unknown setting `widht`; did you mean `width`?",
        ),
        (("--config", "keys.toml", "talks.txt"), 2, "earmark: keys.toml:2: unknown setting `keys.fly`"),
        (
            ("--config", "theme.toml", "talks.txt"),
            2,
            'earmark: theme.toml:2: no theme is called "nrod"; did you mean "nord"?',
        ),
    ],
)
def test_error_is_one_line_on_standard_error(
    command: Command, tmp_path: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    (tmp_path / "wrong.toml").write_text("[earmark]\nwidht = 80\n", encoding="utf-8")
    (tmp_path / "theme.toml").write_text('[earmark]\ntheme = "nrod"\n', encoding="utf-8")
    (tmp_path / "keys.toml").write_text('[earmark.keys]\nfly = "f"\n', encoding="utf-8")
    ended = command(*words)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith(error)
    assert ended.err.count("\n") == 1


def test_path_of_any_bytes_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tui", b"n\xff.md"],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stderr.startswith(b"earmark: n")


@pytest.mark.parametrize("words", [("talks.txt",), ("outline", "talks.txt"), ("outline", "--json", "talks.txt")])
def test_reader_of_the_output_may_leave_early(
    tmp_path: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_output_that_cannot_be_written_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "tui", "talks.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment,
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, b"earmark: standard output: no space left on device\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
@pytest.mark.parametrize("words", ["--help", "--version", "outline --help"])
def test_help_that_cannot_be_written_is_told(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    ended = in_shell(f"{words} >/dev/full", tmp_path, environment)
    assert ended == Ended(1, "", "earmark: standard output: no space left on device\n")


@pytest.mark.parametrize("words", ["talks.txt", "outline talks.txt", "man"])
def test_standard_output_that_is_closed_is_told(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    ended = in_shell(f"{words} >&-", tmp_path, environment)
    assert ended.code == 1
    assert ended.err.startswith("earmark: standard output: it is closed")


def test_standard_input_that_cannot_be_read_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = in_shell("outline - <&-", tmp_path, environment)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("earmark: standard input: it is closed")
    ended = in_shell("outline - 0>/dev/null", tmp_path, environment)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("earmark: standard input: it is closed for reading")


def test_error_is_not_mixed_into_the_output_where_standard_error_is_closed(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    assert in_shell("outline gone.md 2>&-", tmp_path, environment) == Ended(3, "", "")


@pytest.mark.parametrize(
    "words", ["", "talks.txt", "-", "outline ../talks.txt", "highlights .", "config --trust", "check ."]
)
def test_current_folder_that_is_gone_is_told(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    (tmp_path / "here").mkdir()
    ended = subprocess.run(
        ["sh", "-c", f'cd here && rmdir ../here && echo | "{sys.executable}" -m tui {words}'],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == "earmark: .: the current folder is gone; change to another one\n"


def test_path_behind_two_dashes_may_begin_with_one(command: Command, tmp_path: Path) -> None:
    (tmp_path / "-talks.txt").write_text(NOTES, encoding="utf-8")
    assert command("--", "-talks.txt") == Ended(0, PLAIN, "")
    assert command("outline", "--", "-talks.txt").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("words", [(), ("outline",), ("highlights",), ("questions",), ("check",)])
def test_notes_that_may_not_be_read_end_with_3(command: Command, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "talks.txt").chmod(0)
    ended = command(*words, "talks.txt")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("earmark: talks.txt: permission denied")


def test_json_is_utf8_whatever_the_locale(command: Command, tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text("• où est la gare ?\n", encoding="utf-8")
    for words in ("outline", "questions"):
        printed = command(words, "talks.txt", "--json", PYTHONIOENCODING="latin-1").out
        assert "où est la gare ?" in printed


def test_output_in_an_encoding_without_bullets_is_no_error(command: Command) -> None:
    ended = command("talks.txt", PYTHONIOENCODING="ascii")
    assert (ended.code, ended.err) == (0, "")
    assert "? who turns it?" in ended.out


def test_version_and_help_are_printed(command: Command) -> None:
    assert command("--version").out == f"earmark {tui.__version__}\n"
    shown = command("--help").out
    assert command("talks.txt", "--help").out == shown
    assert all(name in shown for name in COMMANDS)


def test_every_command_has_help_and_takes_a_configuration() -> None:
    for name, each in earmark.commands.items():
        assert each.help, name
        assert each.epilog, name
        settles = name in ("completion", "man")  # nothing of what they print can be set
        assert settles or any("--config" in option.opts for option in each.params), name


def test_the_purpose_of_a_command_fits_in_help_and_completion() -> None:
    for name, each in earmark.commands.items():
        assert not each.get_short_help_str().endswith("..."), name


def test_the_list_of_commands_says_of_each_what_its_help_says() -> None:
    for name, row in COMMANDS.items():
        assert earmark.commands[name].name == name
        assert earmark.commands[name].get_short_help_str(limit=100) == row.sentence


def test_the_list_of_commands_and_their_completion_import_none_of_them() -> None:
    script = (
        "import sys\n"
        "from tui.cli.running import run\n"
        "run(['--help'])\n"
        "from tui.cli.program import earmark\n"
        "found = earmark.shell_complete(earmark.make_context('earmark', [], resilient_parsing=True), 'ex')\n"
        "assert [each.value for each in found] == ['export', 'ex'], found\n"
        "assert not {'tui.launch', 'tui.cli.exporting', 'tui.exporting'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.parametrize("words", [("gone.md",), ("--config", "gone.toml", "talks.txt")])
def test_error_on_a_terminal_is_a_line_and_an_exit_code(
    tmp_path: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    with Screen(sys.executable, "-m", "tui", *words, env=environment, cwd=tmp_path) as screen:
        screen.wait_for("earmark: gone.")
        screen.wait_for("no such file")


def test_notes_open_on_a_terminal_without_the_parser_of_the_command_line(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    script = (
        "import sys; sys.argv = ['earmark', 'talks.txt']\n"
        "from tui.__main__ import main\n"
        "code = main()\n"
        "print('ended', code, 'click' in sys.modules)\n"
    )
    with Screen(sys.executable, "-c", script, env=environment, cwd=tmp_path) as screen:
        screen.wait_for("who turns it?")
        screen.press("q")
        screen.wait_for("ended 0 False")


def test_two_actions_on_one_key_are_an_error_that_names_both_and_the_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[earmark]\n\n[earmark.keys]\nmark = "x"\nundo = "x"\n', encoding="utf-8")
    ended = command("talks.txt", "--config", "config.toml")
    assert ended.code == 2
    assert "config.toml:5: `x` is the key of `mark` as well (`keys.undo`)" in ended.err


def test_every_setting_and_key_is_told_with_its_origin(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[earmark]\nwidth = 70\n\n[earmark.keys]\nmark = ["x", "?"]\n', encoding="utf-8")
    assert command("config", "--trust").code == 0
    lines = {" ".join(line.split()) for line in command("config").out.splitlines()}
    assert f"width = 70 # {path}:2" in lines
    assert f'keys.mark = ["x", "?"] # {path}:5' in lines
    assert 'keys.help = ["f1"] # default; ? is the key of mark now' in lines
    assert "notes is not set # default" in lines
    assert command("config", "--config", str(tmp_path / "gone.toml")).code == 2


def test_ignored_settings_of_a_configuration_beside_the_notes_are_reported_until_it_is_trusted(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[earmark]\nwidth = 70\neditor = "touch here"\n\n[earmark.keys]\nedit = "j"\n', encoding="utf-8")
    notice = "config.toml of this folder is not trusted (`earmark config --trust`); ignored: editor, keys"
    before, checked = command("config"), command("check", "talks.txt")
    assert notice in before.out
    assert checked.out.startswith(f"{notice}\n")
    assert checked.code == 0
    assert "editor is not set" in before.out
    trusted = command("config", "--trust")
    assert 'editor = "touch here"' in trusted.out
    assert "not trusted" not in trusted.out + command("config").out + command("check", "talks.txt").out
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert notice in command("config").out


SWAPPED_WHEN_READ_AGAIN = """
import sys
from pathlib import Path
path, opened = Path("config.toml"), []
def hook(event, args):
    if event == "open" and str(args[0]).endswith("config.toml") and args[2] & 3 == 0:
        opened.append(args[0])
        if len(opened) == 2:
            path.write_text('[earmark]\\neditor = "harmless"\\n')
sys.addaudithook(hook)
from tui.__main__ import main
main()
"""


def test_the_configuration_printed_as_trusted_is_the_one_read_and_hashed(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[earmark]\neditor = "touch here"\n', encoding="utf-8")
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "own")}
    env["PYTHONPATH"] = str(Path(tui.__file__).parents[1])
    words = [sys.executable, "-c", SWAPPED_WHEN_READ_AGAIN, "config", "--trust"]
    ended = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert 'editor = "touch here"' in ended.stdout


@pytest.mark.parametrize(
    ("text", "words", "problem"),
    [
        (None, (), "config.toml: no such file"),
        ("[tool]\n", (), "it has no table `[earmark]`; there is nothing to trust"),
        ('[earmark]\neditr = "x"\n', (), "config.toml:2: unknown setting `editr`"),
        ('[earmark.keys]\nmark = "x"\nundo = "x"\n', (), "config.toml:3: `x` is the key of `mark` as well"),
        ("[earmark]\n", ("--config", "config.toml"), "a file that you name is trusted as it is"),
    ],
)
def test_only_a_right_configuration_of_the_current_folder_can_be_trusted(
    command: Command, tmp_path: Path, text: str | None, words: tuple[str, ...], problem: str
) -> None:
    if text is not None:
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    ended = command("config", "--trust", *words)
    assert ended.code == 2
    assert problem in ended.err


def test_the_manual_page_names_every_command_and_is_roff(command: Command) -> None:
    page = command("man").out
    assert page.startswith(f'.TH EARMARK 1 {tui.__date__} "earmark {tui.__version__}"')
    assert all(f".SS {name}" in page for name in COMMANDS)
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br", ".nf", ".fi"}


# -- one note in a folder that is not as it should be


def binary_note(folder: Path) -> None:
    (folder / "bad.md").write_bytes(bytes(range(256)) * 20)


def folder_in_place_of_the_highlights(folder: Path) -> None:
    (folder / "good.highlights.toml").mkdir()


def damaged_highlights(folder: Path) -> None:
    (folder / "good.highlights.toml").write_bytes(b'note = "g\xff.md"\n')


def too_deep_folder(folder: Path) -> None:
    made = "import os\nfor _ in range(20): os.mkdir('d' * 240); os.chdir('d' * 240)"
    subprocess.run([sys.executable, "-c", made], cwd=folder, check=True, timeout=60)


@pytest.mark.parametrize("spoil", [binary_note, folder_in_place_of_the_highlights, damaged_highlights, too_deep_folder])
def test_one_bad_thing_in_a_folder_is_one_line_and_the_rest_is_printed(
    command: Command, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for note in ("good", "other"):
        (folder / f"{note}.md").write_text(f"- is {note} rope strong?\n")
    command("mark", "notes/other.md", "--quote", "other rope")
    spoil(folder)
    is_about_highlights = spoil in (folder_in_place_of_the_highlights, damaged_highlights)
    for name in ("questions", "highlights", "outline", "check"):
        ended = command(name, "notes")
        told = ended.out.splitlines() if name == "check" else ended.err.splitlines()
        faults = [line for line in told if line.removeprefix("earmark: ").startswith("notes/")]
        assert "other" in ended.out, name
        if name == "outline" and is_about_highlights:
            assert (ended.code, faults) == (0, [])
        else:
            assert (ended.code, len(faults)) == (1 if name == "check" else 3, 1), name
            assert "; " in faults[0]


@pytest.mark.parametrize("name", ["word" * 60, "山川草木花鳥風月雪星" * 8, "x" * 252])
def test_note_with_a_long_name_fails_no_command(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / f"{name}.md").write_text("- is rope strong?\n")
    assert command("mark", f"notes/{name}.md", "--quote", "rope").code == 0
    assert [command(each, "notes").code for each in ("questions", "highlights", "outline", "check")] == [0] * 4
    assert "rope" in command("highlights", "notes").out
