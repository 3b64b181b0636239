"""The configuration: a reader's settings, where each was set, and the defaults."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tui.core.annotations.choices import Colour
from tui.core.notes.splitting import Options
from tui.core.suggestion import SETTING_LIKENESS, nearest
from tui.errors import ConfigError
from tui.files.desktop.folders import config_folder
from tui.files.os_errors import config_unreadable
from tui.files.regular import read_bytes
from tui.files.remembered.reader_state import path_of_trusted
from tui.files.toml import codec
from tui.files.toml.codec import key_line
from tui.files.toml.plain_settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tui.core.notes.line_breaks import LineBreaks

TABLE = "earmark"
"Name of the table in the file that holds all settings."

ENVIRONMENT = "EARMARK_CONFIG"
"The environment variable that may name the file."

FILE_NAME = "config.toml"


class Origin(NamedTuple):
    """The file and line of a setting."""

    path: str
    line: int
    "The 1-based line."

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Config(NamedTuple):
    """The settings of this run, or the defaults if there is no file."""

    notes: str | None = None
    "The notes to open if no path is given, as an absolute path."
    width: int = 88
    "Maximum width of a line of text, in cells."
    theme: str = "auto"
    "``dark``, ``light`` or a theme's name; ``auto`` follows the terminal."
    episodes: Literal["auto", "file"] | int = "auto"
    "The rule that decides where an episode starts; see `Options`."
    episode_pattern: str | None = None
    "A regular expression that decides where an episode starts; see `Options`."
    line_breaks: LineBreaks = "auto"
    "The line breaks of a paragraph to keep; see `Options`."
    colours: Mapping[str, str] = MappingProxyType({})
    "The reader's names for colours, by colour value; colours without a name are left out."
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    "Keys by action name, for the actions that the reader has set."
    snapshot_limit: int = 32 << 20
    "Largest text to keep as a snapshot for finding highlights after an edit, in bytes of UTF-8."
    ascii: bool = False
    "True to draw everything in ASCII, as is always done without a UTF-8 locale."
    mouse: bool = True
    editor: str | None = None
    "The command that opens notes for editing; None for ``$VISUAL`` and ``$EDITOR``."
    editor_window: bool | None = None
    "True if that editor opens its own window; None to decide by its name."
    counts: bool = False
    "True if a digit before a motion is a count; digits that highlight then wait for the next key."
    links_into: tuple[str, ...] = ()
    "Folders, as absolute paths, that symbolic links in a folder of notes may lead into besides that folder."
    path: str | None = None
    "The configuration file; None if there is none."
    origins: Mapping[str, Origin] = MappingProxyType({})
    "Origin of each setting that the file sets, by name (``keys.mark`` inside a table)."
    ignored: tuple[str, ...] = ()
    "Settings of ``path`` that are ignored because the file is not trusted."

    @property
    def options(self) -> Options:
        """The options for splitting notes into episodes."""
        return Options(self.episodes, self.episode_pattern, line_breaks=self.line_breaks)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every setting with its value and origin, in the order of the fields."""
        listed: list[Setting] = []
        for name in SETTINGS:
            value = getattr(self, name)
            if name not in _TABLES:
                listed.append(Setting(name, value, self._origin(name)))
                continue
            for key, inner in value.items():
                listed.append(Setting(f"{name}.{key}", inner, self._origin(f"{name}.{key}")))
        return tuple(listed)

    def _origin(self, name: str) -> str:
        return str(self.origins.get(name, "default"))

    @property
    def notice(self) -> str:
        """One line on ignored settings and how to enable them; empty if there are none."""
        if not self.ignored:
            return ""
        # The command comes first, since a narrow status line cuts off the end.
        named = ", ".join(self.ignored)
        return f"{FILE_NAME} of this folder is not trusted (`earmark config --trust`); ignored: {named}"


class Setting(NamedTuple):
    """One setting in force."""

    name: str
    value: object
    origin: str
    "``default``, or the file and line that set it."


_TABLES = ("colours", "keys")
SETTINGS = tuple(name for name in Config._fields if name not in ("path", "origins", "ignored"))
"The names of all settings, in order."
OF_NOTES = ("width", "theme", "episodes", "line_breaks", "colours", "ascii", "mouse", "counts")
"""Settings that notes may bring along in their folder: they affect only how notes look and read.

The others run a program, open other notes, rebind keys, run a pattern on the notes that may never end, or limit how
much is remembered. A file that came with the notes can set those only once the reader trusts it."""


def load(
    explicit: Path | None,
    environ: Mapping[str, str],
    cwd: Path,
    config_dir: Path | None = None,
    known_actions: Collection[str] | None = None,
) -> Config:
    """Load the configuration in force.

    The file is the one given, else the one that ``EARMARK_CONFIG`` names, else ``config.toml`` in ``cwd`` if it has a
    table ``[earmark]``, else ``config.toml`` in the platform's configuration folder, else none. The one in ``cwd`` may
    have come with the notes: until it is trusted, only its settings in `OF_NOTES` count, and the rest come from the
    platform's folder.

    Args:
        explicit: The value of ``--config``.
        environ: The environment.
        cwd: The current folder.
        config_dir: The platform's configuration folder for earmark; None to look it up.
        known_actions: The actions that ``[earmark.keys]`` may name; None to leave them unchecked.

    Raises ConfigError if a named file is missing, the file is not TOML, or a setting is wrong.
    """
    if explicit is not None or environ.get(ENVIRONMENT):
        (named,) = places(explicit, environ, cwd)
        return _read(named, _bytes(named), known_actions)
    try:
        here = _bytes(cwd / FILE_NAME)
    except ConfigError:
        # Many programs have a config.toml; only earmark's can be wrong.
        here = b""
    usual = (config_dir or config_folder()) / FILE_NAME
    if not _OUR_TABLE.search(here):
        return _usual(usual, known_actions)
    found = _read(cwd / FILE_NAME, here, known_actions)
    with suppress(OSError):
        if usual.samefile(cwd / FILE_NAME):
            return _usual(usual, known_actions)  # read anew: until now, another file may have been here
    return _without_untrusted(found, here, _usual(usual, known_actions))


def load_to_trust(
    cwd: Path, config_dir: Path | None = None, known_actions: Collection[str] | None = None
) -> tuple[Config, bytes]:
    """The configuration that a folder's own file will give once trusted, and the bytes of that file.

    Arguments as for `load`. Raises ConfigError, also if the folder has no such file.
    """
    data = _bytes(cwd / FILE_NAME)
    if not _OUR_TABLE.search(data):
        raise ConfigError(os.fspath(cwd / FILE_NAME), f"it has no table `[{TABLE}]`", "there is nothing to trust")
    found = _read(cwd / FILE_NAME, data, known_actions)
    return _completed(found, _usual((config_dir or config_folder()) / FILE_NAME, known_actions), ()), data


def places(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> tuple[Path, ...]:
    """The files that `load` considers, existing or not."""
    if explicit is not None or environ.get(ENVIRONMENT):
        return (explicit if explicit is not None else Path(os.path.expanduser(environ[ENVIRONMENT])),)
    here = cwd / FILE_NAME
    record = path_of_trusted(os.fspath(here))
    return (here, config_folder() / FILE_NAME, *([record] if record is not None else []))


def _usual(path: Path, known_actions: Collection[str] | None) -> Config:
    """The configuration in the platform's folder; the defaults if there is none."""
    try:
        data = read_bytes(path, limit=_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as error:
        raise config_unreadable(path, error) from None
    return _read(path, data, known_actions)


def _without_untrusted(found: Config, data: bytes, own: Config) -> Config:
    """Drop the settings of an untrusted file that it may not set, and fill in the reader's own."""
    said = dict.fromkeys(name.partition(".")[0] for name in found.origins)
    to_trust = tuple(name for name in said if name not in OF_NOTES)
    if to_trust:
        from tui.files.remembered.trust import is_trusted

        if is_trusted(Path(found.path or ""), data):
            to_trust = ()
    return _completed(found, own, to_trust)


def _completed(found: Config, own: Config, ignored: tuple[str, ...]) -> Config:
    """Fill in the reader's own settings for those that are ignored or missing in a configuration that came with the
    notes.
    """
    said = {name.partition(".")[0] for name in found.origins}
    others = [name for name in SETTINGS if name not in OF_NOTES and (name in ignored or name not in said)]
    origins = {name: origin for name, origin in found.origins.items() if name.partition(".")[0] not in others}
    origins |= {name: origin for name, origin in own.origins.items() if name.partition(".")[0] in others}
    return found._replace(**{name: getattr(own, name) for name in others}, origins=origins, ignored=ignored)


# A table header without its closing bracket counts as ours as well, and is reported as a mistake.
_OUR_TABLE = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*(?:\[[ \t]*)?earmark[ \t]*[\].=]|^[ \t]*\[[ \t]*earmark[ \t]*\r?$", re.MULTILINE
)
_LARGEST = 1 << 20


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, limit=_LARGEST)
    except OSError as error:
        raise config_unreadable(path, error) from None


def _read(path: Path, data: bytes, known_actions: Collection[str] | None) -> Config:
    """The configuration in a file's bytes."""
    try:
        text = codec.decode(data)
        document = read_settings(text)
        if document is None:
            document = codec.loads(text)
    except codec.TomlError as error:
        raise ConfigError(os.fspath(path), error.reason, "correct it there", line=error.line) from None
    return _ConfigReader(path, text, known_actions).config(document)


class _ConfigReader(NamedTuple):
    """Converts the tables of a file into a configuration, reporting errors with their lines."""

    path: Path
    text: str
    known_actions: Collection[str] | None

    def config(self, document: Mapping[str, Any]) -> Config:
        """The configuration; raises ConfigError."""
        if TABLE not in document and document:
            first = next(iter(document))
            raise self._wrong((first,), f"`{first}` stands outside `[{TABLE}]`", f"put the settings under `[{TABLE}]`")
        table = document.get(TABLE, {})
        if not isinstance(table, dict):
            raise self._wrong((TABLE,), f"`{TABLE}` is not a table", f"write `[{TABLE}]`")
        values: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for name, value in table.items():
            self._check_known((TABLE, name), SETTINGS)
            if name in _TABLES:
                values[name] = self._table(name, value, origins)
            else:
                values[name] = _READ[name](self, (TABLE, name), value)
                self._note_line(name, origins)
        return Config(path=os.fspath(self.path), origins=origins)._replace(**values)

    def _table(self, name: str, value: object, origins: dict[str, Origin]) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong((TABLE, name), f"`{name}` is not a table", f"write `[{TABLE}.{name}]`")
        known = tuple(Colour) if name == "colours" else self.known_actions
        for key in value:
            if known is not None:
                self._check_known((TABLE, name, key), known)
            self._note_line(f"{name}.{key}", origins)
        return {key: _READ[name](self, (TABLE, name, key), inner) for key, inner in value.items()}

    def _note_line(self, name: str, origins: dict[str, Origin]) -> None:
        line = key_line(self.text, (TABLE, *name.split(".", 1))) or 1
        origins[name] = Origin(os.fspath(self.path), line)

    def _check_known(self, key: tuple[str, ...], known: Collection[str]) -> None:
        if key[-1] in known:
            return
        near = nearest(key[-1], known, SETTING_LIKENESS)
        remedy = f"did you mean `{near}`?" if near else f"known are {', '.join(known)}"
        raise self._wrong(key, f"unknown setting `{'.'.join(key[1:])}`", remedy)

    def _wrong(self, key: tuple[str, ...], problem: str, remedy: str) -> ConfigError:
        return ConfigError(os.fspath(self.path), problem, remedy, line=key_line(self.text, key))

    # -- one kind of value each

    def whole_number(self, key: tuple[str, ...], value: object, least: int, most: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._must_be(key, f"a whole number from {least} to {most}")
        return value

    def yes_or_no(self, key: tuple[str, ...], value: object) -> bool:
        if not isinstance(value, bool):
            raise self._must_be(key, "true or false")
        return value

    def words(self, key: tuple[str, ...], value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._must_be(key, "text in quotes, not empty")
        return value

    def place(self, key: tuple[str, ...], value: object) -> str:
        # A relative path is relative to the file that sets it.
        return os.path.abspath(self.path.parent / os.path.expanduser(self.words(key, value)))

    def all_places(self, key: tuple[str, ...], value: object) -> tuple[str, ...]:
        return tuple(self.place(key, each) for each in (value if isinstance(value, list) else [value]))

    def episodes(self, key: tuple[str, ...], value: object) -> str | int:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 6:
            return value
        if isinstance(value, str) and value in ("auto", "file"):
            return value
        raise self._must_be(key, '"auto", "file" or a heading\'s level from 1 to 6')

    def line_breaks(self, key: tuple[str, ...], value: object) -> str:
        if isinstance(value, str) and value in ("auto", "keep", "join"):
            return value
        raise self._must_be(key, '"auto", "keep" or "join"')

    def pattern(self, key: tuple[str, ...], value: object) -> str:
        pattern = self.words(key, value)
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise self._wrong(key, f"`{key[-1]}` is not a regular expression: {error}", "correct it there") from None
        return pattern

    def key_names(self, key: tuple[str, ...], value: object) -> tuple[str, ...]:
        names = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) and name for name in names):
            raise self._must_be(key, 'a key such as "j", or a list of keys')
        return tuple(names)

    def _must_be(self, key: tuple[str, ...], what: str) -> ConfigError:
        return self._wrong(key, f"`{'.'.join(key[1:])}` has a wrong value", f"it must be {what}")


_READ: Mapping[str, Callable[[_ConfigReader, tuple[str, ...], object], object]] = {
    "notes": _ConfigReader.place,
    "width": lambda reader, key, value: reader.whole_number(key, value, 20, 1000),
    "theme": _ConfigReader.words,
    "episodes": _ConfigReader.episodes,
    "episode_pattern": _ConfigReader.pattern,
    "line_breaks": _ConfigReader.line_breaks,
    "colours": _ConfigReader.words,
    "keys": _ConfigReader.key_names,
    "snapshot_limit": lambda reader, key, value: reader.whole_number(key, value, 0, 1 << 40),
    "ascii": _ConfigReader.yes_or_no,
    "mouse": _ConfigReader.yes_or_no,
    "editor": _ConfigReader.words,
    "editor_window": _ConfigReader.yes_or_no,
    "counts": _ConfigReader.yes_or_no,
    "links_into": _ConfigReader.all_places,
}
