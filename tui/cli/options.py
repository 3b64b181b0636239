"""Common parts of commands: their help, and options shared by several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import tui
from tui.reports.printing import print_lines

if TYPE_CHECKING:
    from collections.abc import Callable


FOUND = 1
"Exit code of `check` and similar commands when something needs a person."


def _option_that_prints(name: str, *more: str, text: Callable[[click.Context], str], about: str) -> click.Option:
    """An option that prints and exits; click's own end in a traceback if the output is closed."""

    def print_and_exit(ctx: click.Context, _: click.Parameter, is_given: bool) -> None:
        if is_given and not ctx.resilient_parsing:
            print_lines([text(ctx)])
            ctx.exit()

    return click.Option(
        [name, *more], is_flag=True, is_eager=True, expose_value=False, callback=print_and_exit, help=about
    )


def _help(ctx: click.Context) -> str:
    """The help of a command; for the nameless one that reads notes, the help of the program."""
    return (ctx.find_root() if ctx.command.hidden else ctx).get_help()


_HELP = _option_that_prints("-h", "--help", text=_help, about="Show this message and exit.")


VERSION = _option_that_prints(
    "--version", text=lambda _: f"earmark {tui.__version__}", about="Show the version and exit."
)


def examples(*lines: str) -> str:
    """The text below a command's help; the first line keeps click from wrapping the others."""
    return "\n".join(("\b", "Examples:", *(f"  earmark {line}" for line in lines)))


class EarmarkCommand(click.Command):
    """A command with our own help option."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """See `click.Command`."""
        return _HELP


def command(*lines: str, name: str | None = None) -> Callable[[Callable[..., object]], click.Command]:
    """Decorate a function as a command, with these arguments of ``earmark`` as examples in its help."""
    return click.command(name, cls=EarmarkCommand, epilog=examples(*lines))


def _remember_config(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().meta[CONFIG] = value


CONFIG = "tui.config"


PATH = click.Path(readable=False)  # an unreadable path is reported when it is read, as an error with its own exit code


config_option = click.option(
    "--config",
    type=PATH,
    expose_value=False,
    callback=_remember_config,
    help="Use this configuration file.",
)


filter_option = click.option(
    "--filter",
    "wanted",
    default="",
    metavar="EXPR",
    help='Only those that match, as in the lists: words, #tag, colour:pink, is:commented, "a phrase", NOT, OR.',
)
