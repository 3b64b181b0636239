"""The command line: arguments, printing, exit codes."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

import tui
from tui.core.annotations.choices import Answer, Colour
from tui.errors import INTERRUPTED, ConfigError, EarmarkError, NotesError
from tui.reports.formats import FormatName, formats_text
from tui.reports.printing import print_json, print_lines, print_text, say, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.annotations.merging import Clash
    from tui.core.notes.model import Library
    from tui.core.state.filtering import Filter
    from tui.core.state.model import State
    from tui.exporting.registry import Exporter
    from tui.files.config import Config
    from tui.files.session import Session
    from tui.files.sidecar.joining import Joined

COLOURS = [colour.value for colour in Colour]
STATES = [answer.value for answer in Answer]
STANDARD_OUTPUT = "-"
FOUND = 1
"Exit code of `check` and its like when something needs a person."
USAGE_ERROR = 2


def run(words: Sequence[str]) -> int:
    """Run the command with these arguments; print, and return the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        result = earmark.main(list(words), prog_name="earmark", standalone_mode=False)
    except EarmarkError as error:
        return report(error)
    except click.UsageError as error:
        return _fail(f"{error.format_message().rstrip('.')}; see `{_command_of(error)} --help`", USAGE_ERROR)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return result if isinstance(result, int) else 0


def report(error: EarmarkError) -> int:
    """Print an error as one line on standard error; return its exit code."""
    return _fail(str(error), error.exit_code)


def _option_that_prints(name: str, *more: str, text: Callable[[click.Context], str], about: str) -> click.Option:
    """An option that prints and exits; click's own end in a traceback if the output is closed."""

    def tell(ctx: click.Context, _: click.Parameter, is_given: bool) -> None:
        if is_given and not ctx.resilient_parsing:
            print_lines([text(ctx)])
            ctx.exit()

    return click.Option([name, *more], is_flag=True, is_eager=True, expose_value=False, callback=tell, help=about)


def _help(ctx: click.Context) -> str:
    """The help of a command; for reading, which has no name, the help of the whole."""
    return (ctx.find_root() if ctx.command.hidden else ctx).get_help()


_HELP = _option_that_prints("-h", "--help", text=_help, about="Show this message and exit.")
_VERSION = _option_that_prints(
    "--version", text=lambda _: f"earmark {tui.__version__}", about="Show the version and exit."
)


def _examples(*lines: str) -> str:
    """The text beneath a command's help; the first line keeps click from wrapping the others."""
    return "\n".join(("\b", "Examples:", *(f"  earmark {line}" for line in lines)))


class _Command(click.Command):
    """A command that prints its help our way."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return _HELP


class _Commands(_Command, click.Group):
    """A group that takes words which are no command for a path to read."""

    command_class = _Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            # Behind `--` a path may begin with a dash; click has removed the `--` from the words by now.
            is_behind_dashes = args[0].startswith("-") and args[0] != "-"
            return "", read, ["--", *args] if is_behind_dashes else args
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


def _remember_config(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().meta[_CONFIG] = value


_CONFIG = "tui.config"
_PATH = click.Path(readable=False)  # An unreadable one is reported when it is read, as one error with its own code.
_config_option = click.option(
    "--config",
    type=_PATH,
    expose_value=False,
    callback=_remember_config,
    help="Use this configuration file.",
)


_filter_option = click.option(
    "--filter",
    "wanted",
    default="",
    metavar="EXPR",
    help='Only those that pass, as in the lists: words, #tag, colour:pink, is:commented, "a phrase", NOT, OR.',
)


def _exporters() -> Mapping[str, Exporter]:
    from tui.exporting.registry import exporters

    return exporters()


class _ExportCommand(_Command):
    """A command whose help ends with the formats, read from the registry when they are asked for."""

    @property
    def epilog(self) -> str:
        """The formats with an example each."""
        return formats_text("earmark export", _exporters())

    @epilog.setter
    def epilog(self, _: str | None) -> None:
        """Take no notice of what click sets."""


def _used_tags(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The tags of the notes' highlights that begin like the word.

    The shell puts them into the typed line: a tag that could run something there is not offered, as the highlights may
    be someone else's.
    """
    from tui.files.sidecar.store import tags_of

    # After an option that still lacks its value, click leaves the other words as they are.
    path = ctx.params.get("path") or next(iter(ctx.args), None)
    used = tags_of(Path(path).expanduser()) if path else ()
    return [tag for tag in used if tag.startswith(incomplete) and re.fullmatch(r"\w[\w./:@+-]*", tag)]


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    subcommand_metavar="[PATH]... | COMMAND ...",
    params=[_VERSION],
    epilog=_examples("notes.md", "~/podcasts books.md", "notes.md | less", "< notes.txt"),
)
@_config_option
@click.pass_context
def earmark(ctx: click.Context) -> int | None:
    """Read and highlight podcast notes in the terminal.

    PATH is a file of notes, a folder of them, or "-" for standard input; several are opened together. Without PATH,
    earmark reads what comes through a pipe, else the notes that the configuration names, else the current folder if it
    holds notes, else a sample. Into a pipe or a file it prints them as plain text, highlights between "==". To open a
    file named like a command, write ./NAME.
    """
    return ctx.invoke(read, paths=()) if ctx.invoked_subcommand is None else None


@click.command(cls=_Command, hidden=True)
@click.argument("paths", type=_PATH, nargs=-1)
@_config_option
@click.pass_context
def read(ctx: click.Context, paths: tuple[str, ...]) -> int:
    """Read notes on the terminal; print them where the output is none."""
    from tui import launch

    config_file = ctx.meta.get(_CONFIG)
    if sys.stdout and sys.stdout.isatty():
        return launch.read_on_terminal(paths, config_file, earmark.commands)
    from tui.core.notes.plain import plain_text
    from tui.reports.highlights import highlighted_spans
    from tui.target import target

    config = _configuration(ctx)
    wanted = target(paths, config, earmark.commands)
    if wanted.is_sample:
        say("no notes here, so this is a sample; `earmark PATH` reads yours")
    session, state = launch.marked_notes(wanted, config, told(ctx, wanted.path))
    code = _report_notes(state.library)
    _report_unread_highlights(session, state)  # The notes are printed all the same, as asked.
    readable = (note for note in state.library.notes if note.episodes)
    for number, note in enumerate(readable):
        print_lines([""] if number else [])
        print_lines(plain_text(note, highlighted_spans(state, note.path)))
    return code


@earmark.command(epilog=_examples("outline notes.md", 'outline notes.md --json | jq -r ".notes[].episodes[].title"'))
@click.argument("path", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_config_option
@click.pass_context
def outline(ctx: click.Context, path: str, as_json: bool) -> int:
    """Print episodes and blocks with their lines.

    Before each block stand its first line, a question mark if it asks, its kind and its depth.
    """
    from tui.reports.outline import outline_json, outline_text

    library = _notes(ctx, path)
    code = _report_notes(library)
    print_json(outline_json(library)) if as_json else print_lines(outline_text(library))
    return code


@earmark.command(epilog=_examples("highlights notes.md", 'highlights ~/podcasts --json | jq -r ".highlights[].text"'))
@click.argument("path", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; the same as --format json.")
@click.option("--format", "to", type=FormatName(_exporters), help="Print them in a format of `earmark export`.")
@_filter_option
@_config_option
@click.pass_context
def highlights(ctx: click.Context, path: str, as_json: bool, to: str | None, wanted: str) -> int:
    """List highlights and where they stand today.

    What needs a person comes first: those whose place is not certain, with candidates, then those whose text is gone.
    """
    from tui.exporting.export import Export
    from tui.exporting.registry import exporters, written
    from tui.reports.highlights import highlights_text

    config = _configuration(ctx)
    chosen = _read_filter(wanted, config)
    session, state = _marked_notes(ctx, path, config)
    code = _report_unread(session, state)
    export = Export(state, chosen, config.colours, has_questions=False)
    if as_json or to:
        print_text(written(exporters()[to or "json"], export).text)
    else:
        print_lines(highlights_text(export.highlights))
    return code


@earmark.command(cls=_ExportCommand)
@click.argument("path", type=_PATH)
@click.option("--to", type=FormatName(_exporters), help="The format; else the name of FILE tells it, else Markdown.")
@click.option("--template", type=_PATH, metavar="FILE", help="Fill this Jinja2 template; the format is template then.")
@_filter_option
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@_config_option
@click.pass_context
def export(
    ctx: click.Context, path: str, to: str | None, template: str | None, wanted: str, output: str | None, force: bool
) -> int:
    """Export highlights and questions.

    The notes are never written to, nor is a file that is there unless you say --force.
    """
    from tui.exporting.export import Export
    from tui.exporting.output import read_template, write_output
    from tui.exporting.registry import exporters, written

    source = (template, read_template(Path(template))) if template is not None else None
    exporter = exporters()[to or ("template" if source else _told_by_name(output))]
    config = _configuration(ctx)
    chosen = _read_filter(wanted, config)
    session, state = _marked_notes(ctx, path, config)
    code = _report_unread(session, state)
    document = written(exporter, Export(state, chosen, config.colours, template=source))
    for notice in document.notices:
        say(notice)
    if output is None or output == STANDARD_OUTPUT:
        print_text(document.text)
    else:
        notes = (note.path for note in state.library.notes)
        write_output(Path(output), document.text, notes=notes, replaces=force)
    return code


@earmark.command(
    epilog=_examples(
        "questions notes.md --state open --episode karpathy",
        "questions notes.md --check > /dev/null && echo no question is open",
    )
)
@click.argument("path", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--state",
    "states",
    type=click.Choice(STATES, case_sensitive=False),
    multiple=True,
    help="Only those in this state; may be repeated.",
)
@click.option("--episode", default="", help="Only those of episodes with TEXT in the title.")
@click.option("--check", "checks", is_flag=True, help="Exit with 1 if one of those listed is open.")
@_config_option
@click.pass_context
def questions(ctx: click.Context, path: str, as_json: bool, states: tuple[str, ...], episode: str, checks: bool) -> int:
    """List questions with their answers and lines."""
    from tui.core.state.items import question_items
    from tui.reports.questions import questions_json, questions_text

    session, state = _marked_notes(ctx, path, _configuration(ctx))
    code = _report_unread(session, state)
    found = question_items(state, [Answer(each) for each in states], episode)
    print_json(questions_json(found)) if as_json else print_lines(questions_text(found))
    return code or (FOUND if checks and any(each.state is Answer.OPEN for each in found) else 0)


@earmark.command(
    epilog=_examples(
        'mark notes.md --quote "a general computer" --colour pink --tag models',
        'mark notes.md --quote computer --prefix "a general " --comment "since when?"',
    )
)
@click.argument("path", type=_PATH)
@click.option("--quote", required=True, help="The words; they must be there exactly once.")
@click.option("--prefix", default="", help="Words right before them.")
@click.option("--suffix", default="", help="Words right after them.")
@click.option("--episode", default="", help="The title of their episode, or a part of it.")
@click.option(
    "--colour",
    "--color",
    type=click.Choice(COLOURS, case_sensitive=False),
    default=COLOURS[0],
    show_default=True,
    help="Its colour.",
)
@click.option("--comment", default="", help="A comment on them.")
@click.option("--tag", "tags", multiple=True, shell_complete=_used_tags, help="A tag; may be repeated.")
@_config_option
@click.pass_context
def mark(
    ctx: click.Context,
    path: str,
    quote: str,
    prefix: str,
    suffix: str,
    episode: str,
    colour: str,
    comment: str,
    tags: tuple[str, ...],
) -> int:
    """Add a highlight and print its id.

    One that is there already, with the same comment, colour and tags, is not added again. The words are quoted as
    `earmark outline` shows them; they may go on from one block into the next.
    """
    from tui.core.anchoring.quotation import Quote, find
    from tui.core.notes.model import STANDARD_INPUT
    from tui.core.state.highlighting import held, made_before, making
    from tui.files.health import unfinished_notes

    if not quote.strip():
        raise click.BadParameter("it has no words", param_hint="'--quote'")
    if path == STANDARD_INPUT:
        raise click.BadParameter("nothing can be marked in what comes by a pipe", param_hint="'PATH'")
    session, state = _marked_notes(ctx, path, _configuration(ctx))
    note, places = find(state.library, Quote(quote, prefix, suffix, episode))
    words = " ".join(tags).replace(",", " ").replace("#", " ").split()
    step = making(
        state,
        note.path,
        places,
        Colour(colour),
        lambda made: replace(made, comment=comment.strip(), tags=tuple(dict.fromkeys(words))),
        new_id=session.new_id(),
        now=session.now(),
    )
    if (there := made_before(state, step)) is not None:
        print_lines([there])
        return 0
    session.texts.keep_snapshots(session.saving.write(held(state, step), step.note))
    for warning in unfinished_notes(state):
        say(warning)
    print_lines(step.places)
    return 0


@earmark.command(epilog=_examples("check notes.md", "check ~/podcasts > report.txt || less report.txt"))
@click.argument("path", type=_PATH)
@_config_option
@click.pass_context
def check(ctx: click.Context, path: str) -> int:
    """Tell what in the notes needs a person.

    Prints the state of every highlight, the questions that have lost their place, and what is wrong with the notes,
    with files of highlights and with the configuration. The exit code is 1 where anything needs a person.
    """
    from tui.core.notes.sanitise import in_one_row
    from tui.files.config import Config
    from tui.files.health import faults_of, left_out, moved_later, older_encodings, unfinished_notes
    from tui.reports.checking import check_text, needs_person

    faults: list[str] = []
    try:
        config = _configuration(ctx)
    except ConfigError as error:
        config = Config()
        faults.append(str(error))
    session, state = _marked_notes(ctx, path, config)
    adopted = session.sidecars.adopted
    if notices := [
        each
        for each in (
            config.notice,
            left_out(state.library),
            *older_encodings(state.library),
            *moved_later(adopted),
            *unfinished_notes(state),
        )
        if each
    ]:
        print_lines([*map(in_one_row, notices), ""])
    faults += faults_of(state.library, adopted, session.folders)
    print_lines(check_text(state, faults))
    return FOUND if faults or needs_person(state) else 0


@earmark.command("config", epilog=_examples("config | grep keys.mark", "config --config work.toml", "config --trust"))
@click.option("--trust", "trusts", is_flag=True, help="Trust the config.toml of this folder as it is now.")
@_config_option
@click.pass_context
def show_config(ctx: click.Context, trusts: bool) -> int:
    """Print all settings and where they were set.

    A config.toml of the current folder says how notes look and read. What runs a program, leads to other notes or
    gives keys another meaning holds in it only once you have trusted it, until it changes.
    """
    from tui import launch
    from tui.keymap import given_away, keys_of, shown
    from tui.reports.settings import settings_text

    if trusts:
        if ctx.meta.get(_CONFIG) or os.environ.get("EARMARK_CONFIG"):
            raise click.UsageError("a file that you name is trusted as it is; --trust is for that of this folder", ctx)
        launch.trust_here()
    config = _configuration(ctx)
    set_ones = {setting.name: (setting.value, setting.origin) for setting in config.settings}
    given = given_away(config.keys)
    for name, keys in keys_of(config.keys).items():
        _, origin = set_ones.get(f"keys.{name}", (None, "default"))
        origin += "".join(f"; {shown(key)} is the key of {other} now" for key, other in given.get(name, ()))
        set_ones[f"keys.{name}"] = tuple(map(shown, keys)), origin
    print_lines(settings_text(config.path, config.notice, ((name, *each) for name, each in set_ones.items())))
    return 0


@earmark.command(
    epilog=_examples(
        "completion bash >> ~/.bash_completion", "completion fish > ~/.config/fish/completions/earmark.fish"
    )
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script of a shell.

    bash and fish read it from the files in the examples, bash by way of bash-completion. For zsh, put
    eval "$(earmark completion zsh)" into ~/.zshrc, below compinit.
    """
    from click.shell_completion import FishComplete, ZshComplete

    from tui.reports.completion import Bash

    complete = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}[shell]
    print_lines([complete(earmark, {}, "earmark", "_EARMARK_COMPLETE").source().rstrip()])
    return 0


@earmark.command(epilog=_examples("man | man -l -"))
def man() -> int:
    """Print the manual page.

    An installation puts it where `man earmark` finds it, if `man` looks there.
    """
    from tui.keymap import EVERY_ACTION, shown
    from tui.reports.manual import Key, manual

    keys = [Key(", ".join(map(shown, action.keys)), action.title, action.name, action.group) for action in EVERY_ACTION]
    print_lines(manual(earmark, keys, tui.__version__, tui.__date__))
    return 0


@earmark.command(epilog=_examples("merge notes.md", "merge base.toml ours.toml theirs.toml"))
@click.argument("files", type=_PATH, nargs=-1, required=True, metavar="PATH | BASE OURS THEIRS")
@_config_option
@click.pass_context
def merge(ctx: click.Context, files: tuple[str, ...]) -> int:
    """Merge the copies of a highlights file.

    With PATH (notes, a folder of them, or a highlights file), earmark brings in the copies that a sync program left
    beside the highlights file, and both sides of a conflict that git left in it.

    With three files it is a merge driver for git: OURS and THEIRS both come from BASE, and the result is written to
    OURS.

    The exit code is 1 where both sides changed the same thing and only one of the two could stay.
    """
    from tui.files.sidecar.joining import merge_files

    if len(files) == 3:
        base, ours, theirs = map(Path, files)
        return _report_clashes(merge_files(base, ours, theirs))
    if len(files) != 1:
        raise click.UsageError("it takes one PATH, or three files: BASE OURS THEIRS", ctx)
    done = _joined(ctx, files[0])
    print_lines([f"{joined.sidecar}: {joined.summary}" for joined in done] or ["there is nothing to merge"])
    codes = [report(fault) for joined in done for fault in joined.faults]
    return max([*codes, _report_clashes(clash for joined in done for clash in joined.clashes)])


def _joined(ctx: click.Context, path: str) -> list[Joined]:
    """The results of merging the copies beside notes, or of a sidecar."""
    from tui.core.notes.model import STANDARD_INPUT
    from tui.files.sidecar.copies import is_sidecar_name
    from tui.files.sidecar.joining import join_notes, join_sidecar

    if path == STANDARD_INPUT:
        raise click.BadParameter("what comes by a pipe has no highlights", param_hint="'PATH'")
    if is_sidecar_name(path) and not os.path.isdir(path):
        joined = join_sidecar(Path(path))
        return [joined] if joined.is_told else []
    return join_notes(Path(note.path) for note in _notes(ctx, path).notes)


def _configuration(ctx: click.Context) -> Config:
    from tui import launch

    return launch.configuration(ctx.meta.get(_CONFIG))


def _read_filter(typed: str, config: Config) -> Filter:
    """The filter; raises BadParameter for a state or a colour that is not there."""
    from tui.core.state.filtering import faults, read_filter

    wanted = read_filter(typed)
    for fault in faults(wanted, config.colours):
        raise click.BadParameter(fault, param_hint="'--filter'")
    return wanted


def _told_by_name(output: str | None) -> str:
    """The name of the format that a file's name means; raises BadParameter if none does."""
    from tui.exporting.registry import exporters, told_by_name

    if output is None or output == STANDARD_OUTPUT:
        return "markdown"
    if (exporter := told_by_name(os.path.basename(output))) is None:
        raise click.BadParameter(f"its name tells no format; name one of {', '.join(exporters())}", param_hint="'--to'")
    return exporter.name


def _notes(ctx: click.Context, path: str) -> Library:
    """The notes of a path, read with a progress line."""
    from tui import launch
    from tui.target import NotesTarget

    return launch.notes(NotesTarget(path), _configuration(ctx), told(ctx, path))


def _marked_notes(ctx: click.Context, path: str, config: Config) -> tuple[Session, State]:
    """The notes of a path with their highlights, read with a progress line."""
    from tui import launch
    from tui.target import NotesTarget

    return launch.marked_notes(NotesTarget(path), config, told(ctx, path))


def _report_clashes(clashes: Iterable[Clash]) -> int:
    """Report the clashes that a person should look at; return the exit code."""
    told = [str(clash) for clash in clashes]
    for each in told:
        say(each)
    return FOUND if told else 0


def _report_notes(library: Library) -> int:
    """Report notes and folders that could not be read, or only in part; return the exit code."""
    from tui.files.health import unread_folders

    code = max(map(report, unread_folders(library)), default=0)
    for note in library.notes:
        for warning in (*note.warnings, *filter(None, (note.notice,))):
            say(warning if note.path in warning else f"{note.path}: {warning}")
        code = code if note.episodes else NotesError.exit_code
    return code


def _report_unread(session: Session, state: State) -> int:
    """Report notes or highlights that could not be read, or only in part; return the exit code."""
    return max(_report_notes(state.library), _report_unread_highlights(session, state))


def _report_unread_highlights(session: Session, state: State) -> int:
    from tui.files.health import unread_sidecars

    return max(map(report, unread_sidecars(state.library, session.folders)), default=0)


def _fail(message: str, code: int) -> int:
    say(message)
    return code


def _command_of(error: click.UsageError) -> str:
    return error.ctx.command_path.strip() if error.ctx else "earmark"
