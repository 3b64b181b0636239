"""The command that prints the settings, or trusts those of the current folder."""

from __future__ import annotations

import os

import click

from tui import launch
from tui.cli.opening import configuration
from tui.cli.options import CONFIG, command, config_option
from tui.keys import keys_of, lost_defaults, shown
from tui.reports.printing import print_lines
from tui.reports.settings import settings_text


@command("config | grep keys.mark", "config --config work.toml", "config --trust", name="config")
@click.option("--trust", "trusts", is_flag=True, help="Trust the config.toml of this folder as it is now.")
@config_option
@click.pass_context
def show_config(ctx: click.Context, trusts: bool) -> int:
    """Print every setting and its source.

    A config.toml in the current folder may set how notes look and read. Its settings that run a program, open other
    notes or change keys take effect only once you trust the file, until it changes.
    """
    if trusts:
        if ctx.meta.get(CONFIG) or os.environ.get("EARMARK_CONFIG"):
            raise click.UsageError("a file that you name is trusted as it is; --trust is for that of this folder", ctx)
        config = launch.trust_here()
    else:
        config = configuration(ctx)
    set_ones = {setting.name: (setting.value, setting.origin) for setting in config.settings}
    given = lost_defaults(config.keys)
    for name, keys in keys_of(config.keys).items():
        _, origin = set_ones.get(f"keys.{name}", (None, "default"))
        origin += "".join(f"; {shown(key)} is the key of {other} now" for key, other in given.get(name, ()))
        set_ones[f"keys.{name}"] = tuple(map(shown, keys)), origin
    print_lines(settings_text(config.path, config.notice, ((name, *each) for name, each in set_ones.items())))
    return 0
