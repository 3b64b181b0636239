"""The command line: arguments to calls. Of all packages this one alone prints and exits."""

from __future__ import annotations

from tui.cli.exporting import export
from tui.cli.importing import import_
from tui.cli.listing import highlights, outline, questions
from tui.cli.marking import mark, merge
from tui.cli.program import earmark
from tui.cli.running import run
from tui.cli.telling import report
from tui.cli.upkeep import check, completion, man, show_config

__all__ = ["earmark", "report", "run"]

for command in (check, completion, export, highlights, import_, man, mark, merge, outline, questions, show_config):
    earmark.add_command(command)
