"""The command line, from arguments to calls; the only package that prints and exits.

A command's module is imported only for that command, and imports at its top what the command needs.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class CommandRow(NamedTuple):
    """The part of a command that is known without importing its module."""

    sentence: str
    "The first sentence of its help, for the list of all commands and for completion."
    module: str
    "The module of this package that defines it."
    function: str = ""
    "Name of its function, if that differs from the command's."


COMMANDS = MappingProxyType(
    {
        "check": CommandRow("Report what needs your attention.", "checking"),
        "completion": CommandRow("Print the completion script of a shell.", "manuals"),
        "config": CommandRow("Print every setting and its source.", "settings", "show_config"),
        "export": CommandRow("Export highlights and questions.", "exporting"),
        "highlights": CommandRow("List highlights and where they stand today.", "listing"),
        "import": CommandRow("Import notes or highlights.", "importing", "import_"),
        "man": CommandRow("Print the manual page.", "manuals"),
        "mark": CommandRow("Add a highlight and print its id.", "marking"),
        "merge": CommandRow("Merge the copies of a highlights file.", "merging"),
        "outline": CommandRow("Print episodes and blocks with their lines.", "outline"),
        "questions": CommandRow("List questions with their answers and lines.", "listing"),
    }
)
"All commands; to open a file with such a name, write ./NAME."
