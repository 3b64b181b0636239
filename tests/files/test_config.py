from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui.errors import ConfigError
from tui.files.config import OF_NOTES, SETTINGS, Config, Setting, load, load_to_trust
from tui.files.remembered import trust
from tui.keymap import ACTIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def usual(tmp_path: Path) -> Path:
    """The platform's configuration folder."""
    folder = tmp_path / "platform"
    folder.mkdir()
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, text: str) -> Config:
    return load(write(tmp_path / "mine.toml", text), {}, tmp_path, tmp_path, {"mark", "next"})


def error_of(tmp_path: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert caught.value.path == str(tmp_path / "mine.toml")
    return caught.value


# -- where it is looked for


def test_without_a_file_the_defaults_hold(here: Path, usual: Path) -> None:
    assert load(None, {}, here, usual) == Config()
    assert Config().path is None


def test_file_is_looked_for_in_order(here: Path, usual: Path, tmp_path: Path) -> None:
    outright = write(tmp_path / "outright.toml", "[earmark]\nwidth = 41\n")
    named = write(tmp_path / "named.toml", "[earmark]\nwidth = 42\n")
    write(here / "config.toml", "[earmark]\nwidth = 43\n")
    write(usual / "config.toml", "[earmark]\nwidth = 44\n")
    environ = {"EARMARK_CONFIG": str(named)}
    assert load(outright, environ, here, usual).width == 41
    assert load(None, environ, here, usual).width == 42
    assert load(None, {}, here, usual).width == 43
    (here / "config.toml").unlink()
    assert load(None, {"EARMARK_CONFIG": ""}, here, usual).width == 44


@pytest.mark.parametrize(
    "text", ["[other]\nwidth = 43\n", "not toml at all [earmark", "", "# [earmark]\n", " \t" * (1 << 18) + "x\n"]
)
def test_file_here_that_is_not_ours_is_passed_over(here: Path, usual: Path, text: str) -> None:
    write(here / "config.toml", text)
    write(usual / "config.toml", "[earmark]\nwidth = 44\n")
    assert load(None, {}, here, usual).width == 44


def test_pipe_or_folder_of_that_name_here_is_passed_over(here: Path, usual: Path) -> None:
    os.mkfifo(here / "config.toml")
    assert load(None, {}, here, usual) == Config()
    (usual / "config.toml").mkdir()
    with pytest.raises(ConfigError, match="this is a folder"):
        load(None, {}, here, usual)


@pytest.mark.parametrize("text", ["[earmark]\nwidth = 43", "\ufeff[ earmark ]\nwidth = 43", "earmark.width = 43"])
def test_file_here_is_ours_however_its_table_is_written(here: Path, usual: Path, text: str) -> None:
    write(here / "config.toml", text)
    assert load(None, {}, here, usual).width == 43


def test_file_here_whose_table_lacks_its_bracket_is_told(here: Path, usual: Path) -> None:
    write(here / "config.toml", "[earmark\nwidth = 43\n")
    with pytest.raises(ConfigError, match=r"config\.toml:1: "):
        load(None, {}, here, usual)


def test_pipe_that_is_named_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="this is a pipe or a device; name a file"):
        load(tmp_path / "pipe", {}, tmp_path)


def test_file_here_may_hold_other_tables_beside_ours(here: Path, usual: Path) -> None:
    write(here / "config.toml", "[other]\nx = 1\n[earmark.colours]\npink = 'doubt'\n")
    assert load(None, {}, here, usual).colours == {"pink": "doubt"}


@pytest.mark.parametrize("explicit", [True, False])
def test_named_file_that_is_not_there_is_an_error(tmp_path: Path, explicit: bool) -> None:
    gone = tmp_path / "gone.toml"
    with pytest.raises(ConfigError, match=r"gone\.toml: no such file; check the path"):
        load(gone if explicit else None, {} if explicit else {"EARMARK_CONFIG": str(gone)}, tmp_path, tmp_path)


def test_home_of_nobody_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"~nobody-has-this-name/it\.toml: no such file"):
        load(None, {"EARMARK_CONFIG": "~nobody-has-this-name/it.toml"}, tmp_path, tmp_path)


def test_platform_folder_that_cannot_be_searched_is_told(here: Path, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ConfigError, match=r"config\.toml: a symbolic link that leads to itself; fix the link"):
        load(None, {}, here, tmp_path / "loop")
    with pytest.raises(ConfigError, match="its name or path is too long for this system"):
        load(None, {}, here, tmp_path / ("x" * 300))


def test_platform_is_asked_where_nobody_says(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(None, {}, here) == Config()


# -- what a file that came with the notes may say

FOREIGN = """\
[earmark]
width = 43
notes = "/elsewhere"
editor = "sh -c 'touch here'"
editor_window = true
episode_pattern = '(a+)+$'
snapshot_limit = 0
links_into = "/"
[earmark.colours]
pink = "doubt"
[earmark.keys]
mark = ["j"]
"""
TO_TRUST = ("notes", "editor", "editor_window", "episode_pattern", "snapshot_limit", "links_into", "keys")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The platform's state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.mark.usefixtures("state")
def test_file_here_says_how_notes_look_and_nothing_that_runs_opens_or_remaps(here: Path, usual: Path) -> None:
    path = write(here / "config.toml", FOREIGN)
    config = load(None, {}, here, usual)
    assert (config.width, dict(config.colours)) == (43, {"pink": "doubt"})
    assert config.ignored == TO_TRUST
    assert all(getattr(config, name) == getattr(Config(), name) for name in TO_TRUST)
    assert config.notice == (
        "config.toml of this folder is not trusted (`earmark config --trust`); "
        "ignored: notes, editor, editor_window, episode_pattern, snapshot_limit, links_into, keys"
    )
    assert [setting.origin for setting in config.settings if setting.name == "editor"] == ["default"]
    assert load(path, {}, here, usual).editor == load(None, {"EARMARK_CONFIG": str(path)}, here, usual).editor
    assert load(path, {}, here, usual).notice == ""


@pytest.mark.usefixtures("state")
def test_settings_that_the_file_here_may_not_or_does_not_set_are_the_readers_own(here: Path, usual: Path) -> None:
    own = write(usual / "config.toml", '[earmark]\nwidth = 44\neditor = "vim"\n[earmark.keys]\nmark = "M"\n')
    for text in (FOREIGN, "[earmark]\nwidth = 43\n"):
        write(here / "config.toml", text)
        config = load(None, {}, here, usual)
        assert (config.width, config.editor, dict(config.keys)) == (43, "vim", {"mark": ("M",)})
        assert [setting.origin for setting in config.settings if setting.name == "editor"] == [f"{own}:3"]


@pytest.mark.usefixtures("state")
def test_trust_is_in_one_content_at_one_path(here: Path, usual: Path, tmp_path: Path) -> None:
    write(here / "config.toml", FOREIGN)
    assert trust.trust(here / "config.toml", load_to_trust(here, usual)[1])
    trusted = load(None, {}, here, usual)
    assert (trusted.editor, trusted.ignored) == ("sh -c 'touch here'", ())
    write(here / "config.toml", FOREIGN + " ")
    assert load(None, {}, here, usual).ignored == TO_TRUST
    there = tmp_path / "there"
    there.mkdir()
    write(there / "config.toml", FOREIGN)
    assert load(None, {}, there, usual).ignored == TO_TRUST
    write(here / "config.toml", FOREIGN)
    assert load(None, {}, here, usual).ignored == ()


def test_trust_that_cannot_be_kept_is_none(here: Path, usual: Path, state: Path) -> None:
    write(here / "config.toml", FOREIGN)
    write(state, "a file in the place of the folder")
    assert not trust.trust(here / "config.toml", load_to_trust(here, usual)[1])
    assert load(None, {}, here, usual).ignored == TO_TRUST


def test_link_in_the_state_folder_is_no_trust(here: Path, usual: Path, state: Path) -> None:
    path = write(here / "config.toml", FOREIGN)
    assert trust.trust(path, path.read_bytes())
    (record,) = (state / "earmark" / "trusted").iterdir()
    record.rename(here / "record")
    record.symlink_to(here / "record")
    assert load(None, {}, here, usual).ignored == TO_TRUST


def test_record_that_others_could_have_written_is_no_trust(here: Path, usual: Path, state: Path) -> None:
    path = write(here / "config.toml", FOREIGN)
    assert trust.trust(path, path.read_bytes())
    (record,) = (state / "earmark" / "trusted").iterdir()
    for mode in (0o620, 0o602, 0o666):
        record.chmod(mode)
        assert load(None, {}, here, usual).ignored == TO_TRUST
    record.chmod(0o600)
    assert load(None, {}, here, usual).ignored == ()
    assert trust.trust(path, path.read_bytes())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_record_that_another_user_wrote_is_no_trust(here: Path, usual: Path, state: Path) -> None:
    path = write(here / "config.toml", FOREIGN)
    assert trust.trust(path, path.read_bytes())
    (record,) = (state / "earmark" / "trusted").iterdir()
    os.chown(record, 12345, -1)
    assert load(None, {}, here, usual).ignored == TO_TRUST


def test_the_configuration_to_trust_is_completed_from_the_readers_own(here: Path, usual: Path) -> None:
    write(usual / "config.toml", '[earmark]\nwidth = 44\nsnapshot_limit = 7\neditor = "vim"\n')
    write(here / "config.toml", '[earmark]\neditor = "ed"\n')
    config, data = load_to_trust(here, usual)
    assert (config.editor, config.width, config.snapshot_limit) == ("ed", 88, 7)
    assert data == (here / "config.toml").read_bytes()
    assert trust.trust(here / "config.toml", data)
    assert load(None, {}, here, usual) == config


def test_own_folder_is_trusted_as_the_current_one_too(usual: Path) -> None:
    write(usual / "config.toml", FOREIGN)
    assert load(None, {}, usual, usual).editor == "sh -c 'touch here'"


def test_link_here_to_the_readers_own_file_means_that_file(here: Path, usual: Path) -> None:
    own = write(usual / "config.toml", '[earmark]\nnotes = "pods.md"\neditor = "vim"\n')
    (here / "config.toml").symlink_to(own)
    config = load(None, {}, here, usual)
    assert (config.notes, config.editor, config.path) == (str(usual / "pods.md"), "vim", str(own))


def test_nothing_to_trust_is_told(here: Path, usual: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_to_trust(here, usual)
    write(here / "config.toml", "[other]\nx = 1\n")
    with pytest.raises(ConfigError, match=r"it has no table `\[earmark\]`"):
        load_to_trust(here, usual)


def test_every_setting_is_of_the_notes_or_has_to_be_trusted() -> None:
    assert {*OF_NOTES, *TO_TRUST} == set(SETTINGS)


# -- what it says

EVERYTHING = """\
[earmark]
notes = "notes/pods.md"
width = 72
theme = "light"
episodes = 2
line_breaks = "keep"
episode_pattern = '^Episode \\d+'
snapshot_limit = 0
ascii = true
mouse = false
counts = false
editor = "vim"
editor_window = false
links_into = ["shared", "/srv/notes"]

[earmark.colours]
yellow = "key idea"

[earmark.keys]
mark = "x"
next = ["j", "]"]
"""


def test_every_setting_is_read(tmp_path: Path) -> None:
    config = read(tmp_path, EVERYTHING)
    assert config.notes == str(tmp_path / "notes" / "pods.md")
    assert (config.width, config.theme, config.episodes, config.mouse, config.counts) == (72, "light", 2, False, False)
    assert config.snapshot_limit == 0
    assert config.links_into == (str(tmp_path / "shared"), "/srv/notes")
    assert read(tmp_path, '[earmark]\nlinks_into = "shared"\n').links_into == (str(tmp_path / "shared"),)
    assert config.ascii
    assert config.colours == {"yellow": "key idea"}
    assert config.keys == {"mark": ("x",), "next": ("j", "]")}
    assert config.options.episodes == 2
    assert config.options.line_breaks == "keep"
    assert config.options.episode_pattern == r"^Episode \d+"


def test_every_setting_tells_where_it_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    listed = read(tmp_path, EVERYTHING).settings
    assert Setting("width", 72, f"{path}:3") in listed
    assert Setting("colours.yellow", "key idea", f"{path}:17") in listed
    assert Setting("keys.next", ("j", "]"), f"{path}:21") in listed
    assert all(setting.origin != "default" for setting in listed)
    assert {setting.name.partition(".")[0] for setting in listed} == set(SETTINGS)
    assert Setting("width", 88, "default") in read(tmp_path, "[earmark]\nmouse = true\n").settings


def test_home_of_nobody_in_a_setting_is_a_path(tmp_path: Path) -> None:
    assert read(tmp_path, '[earmark]\nnotes = "~nobody-has-this-name"\n').notes == str(
        tmp_path / "~nobody-has-this-name"
    )


def test_home_is_known_in_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert read(tmp_path, '[earmark]\nnotes = "~/pods.md"\n').notes == str(tmp_path / "home" / "pods.md")


@pytest.mark.parametrize("text", ["", "[earmark]\n", "\ufeff[earmark]\r\n"])
def test_file_that_sets_nothing_is_the_defaults(tmp_path: Path, text: str) -> None:
    config = read(tmp_path, text)
    assert config == Config(path=str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[earmark]\n\nwidht = 3\n", 3, "unknown setting `widht`; did you mean `width`?"),
        ("[earmark]\nzzz = 3\n", 2, "unknown setting `zzz`; known are notes, width, theme"),
        ("[earmark.colors]\nyellow = 'x'\n", 1, "unknown setting `colors`; did you mean `colours`?"),
        ("[earmark.colours]\nyelow = 'x'\n", 2, "unknown setting `colours.yelow`; did you mean `yellow`?"),
        ("[earmark.keys]\nmrak = 'x'\n", 2, "unknown setting `keys.mrak`; did you mean `mark`?"),
        ("[earmark]\nwidth = '88'\n", 2, "`width` has a wrong value; it must be a whole number from 20 to 1000"),
        ("[earmark]\nwidth = true\n", 2, "whole number"),
        ("[earmark]\nwidth = 5\n", 2, "whole number"),
        ("[earmark]\ntheme = ['dark']\n", 2, "text in quotes, not empty"),
        ("[earmark]\nline_breaks = 'wrap'\n", 2, '"auto", "keep" or "join"'),
        ("[earmark]\nepisodes = 7\n", 2, "level from 1 to 6"),
        ("[earmark]\nepisodes = true\n", 2, "level from 1 to 6"),
        ("[earmark]\nepisodes = []\n", 2, "level from 1 to 6"),
        ("[earmark]\nepisode_pattern = '('\n", 2, "`episode_pattern` is not a regular expression"),
        ("[earmark]\nnotes = ' '\n", 2, "text in quotes, not empty"),
        ("[earmark]\nnotes = 1\n", 2, "text in quotes, not empty"),
        ("[earmark]\nmouse = 1\n", 2, "true or false"),
        ("[earmark]\nsnapshot_limit = -1\n", 2, "whole number from 0"),
        ('[earmark]\nlinks_into = ["shared", 1]\n', 2, "text in quotes, not empty"),
        ("[earmark.colours]\npink = 1\n", 2, "`colours.pink` has a wrong value; it must be text"),
        ("[earmark]\ncolours = 'pink'\n", 2, "`colours` is not a table; write `[earmark.colours]`"),
        ("[earmark.keys]\nmark = 1\n", 2, "a list of keys"),
        ("[earmark.keys]\nmark = ['']\n", 2, "a list of keys"),
        ("[earmark]\nkeys.mark = 1\n", 2, "a list of keys"),
        ("earmark = 1\n", 1, "`earmark` is not a table"),
        ("width = 3\n", 1, "`width` stands outside `[earmark]`; put the settings under `[earmark]`"),
        ("[earmark]\nwidth = \n", 2, "invalid value"),
        ("[earmark\nwidth = 3\n", 1, "expected"),
    ],
)
def test_error_names_line_key_and_way_out(tmp_path: Path, text: str, line: int, said: str) -> None:
    error = error_of(tmp_path, text)
    assert error.line == line
    assert said in str(error)
    assert error.exit_code == 2


def test_actions_are_not_checked_where_they_are_not_known(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", "[earmark.keys]\nanything = 'x'\n")
    assert load(path, {}, tmp_path, tmp_path).keys == {"anything": ("x",)}


# -- the file that comes with the program


def uncommented() -> str:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    return re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE)


def test_file_that_comes_with_earmark_changes_nothing() -> None:
    config = load(ROOT / "config.toml", {}, ROOT, ROOT)
    assert config == Config(path=config.path)


def test_file_that_comes_with_earmark_has_every_setting_with_its_default(tmp_path: Path) -> None:
    actions = {action.name: action.keys for action in ACTIONS}
    path = write(tmp_path / "mine.toml", uncommented())
    config = load(path, {}, tmp_path, tmp_path, actions)
    assert {name.partition(".")[0] for name in config.origins} == set(SETTINGS)
    for name in ("width", "theme", "episodes", "snapshot_limit", "mouse"):
        assert getattr(config, name) == getattr(Config(), name)
    assert config.keys == {name: actions[name] for name in config.keys}


def test_toml_is_not_imported_where_there_is_no_file(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tui.files.config import load;"
        "load(None, {}, Path(sys.argv[1]), Path(sys.argv[1])); print('tomllib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
