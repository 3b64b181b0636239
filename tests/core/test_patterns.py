"""Expressions that are compiled on first use."""

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tui
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USES: "list[Callable[[re.Pattern[str]], object]]" = [
    lambda given: given.match("ab"),
    lambda given: [found.span() for found in given.finditer("abAB")],
    lambda given: given.sub("-", "abc"),
    lambda given: given.split("xaby"),
    lambda given: given.findall("abab"),
    lambda given: given.pattern,
    lambda given: given.groups,
]


@pytest.mark.parametrize("use", USES)
def test_a_deferred_expression_does_what_the_compiled_one_does(use: "Callable[[re.Pattern[str]], object]") -> None:
    given = deferred("(a)b", re.IGNORECASE)
    assert repr(use(given)) == repr(use(re.compile("(a)b", re.IGNORECASE)))
    assert repr(use(given)) == repr(use(given))


def test_an_invalid_expression_fails_when_it_is_used() -> None:
    wrong = deferred("(")
    with pytest.raises(re.error):
        wrong.match("")


_RISKY = re.compile(r"(?<!\\)[)}](?:[*+?]|\{[\d,]*\})\+|\(\?>")
"A possessive quantifier after a group, or after an inserted value, which may be one; or an atomic group."


def _literals(tree: ast.AST) -> "Iterator[tuple[int, str]]":
    """The string literals of a module, with inserted values written ``{}``, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(pieces)
        elif isinstance(node, ast.Constant):
            text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
            if isinstance(text, str):
                yield node.lineno, text


def test_no_expression_asks_for_what_the_first_releases_of_python_3_11_match_wrongly() -> None:
    """The ``re`` of Debian 12 (3.11.2) matches possessive and atomic groups wrongly; character classes are safe."""
    root = Path(tui.__file__).parent
    found = [
        f"{path.relative_to(root)}:{line}: {text}"
        for path in sorted(root.rglob("*.py"))
        for line, text in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if _RISKY.search(text)
    ]
    assert not found


@pytest.mark.parametrize("pattern", [r"(?:a|b\n)*+c", r"(a){2,}+", r"(?:a)?+", r"{}*+", r"(?>a)"])
def test_expressions_that_ask_for_it_are_found(pattern: str) -> None:
    assert _RISKY.search(pattern)


@pytest.mark.parametrize("pattern", [r"[^)\n]*+", r"a++", r"\)++", r"[{}]*+", r"(?:a)+", r"(?:a)*?"])
def test_expressions_that_do_not_ask_for_it_may_stay(pattern: str) -> None:
    assert not _RISKY.search(pattern)
