"""The shape of the code, held by numbers."""

from __future__ import annotations

import inspect
import re
from itertools import chain
from pathlib import Path

from tests import architecture
from tui.keymap import ACTIONS, OF_PHRASE
from tui.ui.commands import ANSWERS, COMMANDS, STEPS

PACKAGE = Path(architecture.__file__).parents[1] / "tui"
MOST_MODULES = 18
"Most modules in a folder: among more, a stranger finds nothing."


def test_no_folder_is_too_full() -> None:
    folder, count = architecture.fullest_folder()
    assert count <= MOST_MODULES, folder


def test_docstrings_and_field_strings_begin_with_a_verb_or_a_noun() -> None:
    opening, _ = architecture.wh_clauses()
    assert opening == []


def test_no_class_name_is_used_twice() -> None:
    assert architecture.classes_defined_twice() == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert architecture.circles() == []


def test_the_app_is_one_class() -> None:
    size = architecture.app()
    assert (size.classes, size.stubs) == (1, 0)


def test_every_action_has_a_command_and_every_command_a_function() -> None:
    assert {*(action.name for action in ACTIONS), *OF_PHRASE} == {*COMMANDS, *STEPS}
    for ref in chain(COMMANDS.values(), *STEPS.values()):
        function = ref.resolve()
        inspect.signature(function).bind(None, *ref.arguments)
        assert function.__module__ == f"tui.ui.commands.{ref.module}"


def test_every_answer_to_a_message_has_a_function() -> None:
    for ref in ANSWERS.values():
        assert ref.resolve().__module__ == f"tui.ui.commands.{ref.module}"


def test_imports_for_types_alone_count() -> None:
    assert "tui.core.notes.model" in architecture.imports()["tui.core.state.model"]


def test_rapidfuzz_is_imported_whole() -> None:
    """Two threads would deadlock, one importing the package and one a part of it, until one of them fails."""
    of_a_part = re.compile(r"^\s*(?:from|import) rapidfuzz\.", re.MULTILINE)
    assert not [path for path in PACKAGE.rglob("*.py") if of_a_part.search(path.read_text(encoding="utf-8"))]
