"""The shape of the code in numbers: ``python -m tests.architecture`` prints them, `test_architecture` holds some."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tui"
_WH_CLAUSE = re.compile(r"(What|Whether|Where|How|Which|By|Of|That)\b")


class App(NamedTuple):
    """The app class with those of its bases that are ours."""

    classes: int
    lines: int
    methods: int
    attributes: int
    stubs: int
    "Methods that only raise NotImplementedError."


def modules() -> dict[str, ast.Module]:
    """Every module of the package, parsed, by its dotted name."""
    return {_dotted(path): _parsed(path) for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def app() -> App:
    """The size of the app class, with those of its bases that are ours."""
    classes = {node.name: node for tree in modules().values() for node in tree.body if isinstance(node, ast.ClassDef)}
    ours, waiting = [], ["Reader"]
    while waiting:
        node = classes[waiting.pop()]
        ours.append(node)
        waiting += [base.id for base in node.bases if isinstance(base, ast.Name) and base.id in classes]
    methods = [each for node in ours for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    attributes = {name for node in ours for target in _targets(node) if (name := _attribute(target)) is not None}
    return App(
        len(ours),
        sum((node.end_lineno or 0) - node.lineno + 1 for node in ours),
        len(methods),
        len(attributes),
        sum(_is_stub(method) for method in methods),
    )


def _targets(node: ast.ClassDef) -> Iterator[ast.expr]:
    for each in ast.walk(node):
        if isinstance(each, ast.Assign):
            for target in each.targets:
                yield from target.elts if isinstance(target, ast.Tuple) else (target,)
        elif isinstance(each, ast.AnnAssign | ast.AugAssign):
            yield each.target


def _attribute(target: ast.expr) -> str | None:
    is_own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    return target.attr if is_own and isinstance(target, ast.Attribute) else None


def _is_stub(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    last = method.body[-1]
    return isinstance(last, ast.Raise) and "NotImplementedError" in ast.dump(last) and len(method.body) <= 2


def fullest_folder() -> tuple[str, int]:
    """The folder with the most modules, ``__init__.py`` among them, and their count."""
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))
    return counts.most_common(1)[0]


def classes_defined_twice() -> Mapping[str, list[str]]:
    """Class names that several modules define, with those modules."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name)
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}


def imports() -> Mapping[str, set[str]]:
    """The modules of the package that each imports, for types alone too."""
    trees = modules()
    return {name: {each for node in ast.walk(tree) for each in _imported(node, trees)} for name, tree in trees.items()}


def _imported(node: ast.AST, known: Mapping[str, object]) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            name = full if full in known else node.module
            if name in known:
                yield name
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)


def circles() -> list[tuple[str, ...]]:
    """Groups of modules that import one another, directly or by others of the group."""
    graph = imports()
    reached = {name: _reached(graph, name) for name in graph}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found


def imports_inside_functions() -> int:
    """Import statements inside functions."""
    found = set()
    for name, tree in modules().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found |= {
                    (name, node.lineno) for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
                }
    return len(found)


def sentences() -> Iterator[tuple[str, str]]:
    """Every docstring, and every string below a field or a constant, in the package and the tests, with its path."""
    for root in (PACKAGE, ROOT / "tests"):
        for path in sorted(root.rglob("*.py")):
            for node in ast.walk(_parsed(path)):
                body = getattr(node, "body", ())
                for each in body if isinstance(body, list) else ():
                    if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                        said = each.value.value
                        if isinstance(said, str):
                            yield path.relative_to(ROOT).as_posix(), said.strip()


def wh_clauses() -> tuple[list[str], int]:
    """Docstrings and field strings that open with a wh-clause, with their paths; and the number of all."""
    every = list(sentences())
    return [f"{path}: {said}" for path, said in every if _WH_CLAUSE.match(said)], len(every)


def lines() -> int:
    """Lines of the package."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py"))


def main() -> None:
    """Print the numbers."""
    size, (folder, count), (opening, every) = app(), fullest_folder(), wh_clauses()
    twice, found = classes_defined_twice(), circles()
    print(f"the app: {size.classes} classes, {size.lines} lines, {size.methods} methods, ", end="")
    print(f"{size.attributes} attributes, {size.stubs} stubs")
    print(f"modules in the fullest folder: {count} ({folder})")
    print(
        f"class names defined twice: {len(twice)}",
        *(f"  {name}: {', '.join(at)}" for name, at in twice.items()),
        sep="\n",
    )
    print(f"import circles: {len(found)}", *("  " + " <-> ".join(group) for group in found), sep="\n")
    print(f"imports inside functions: {imports_inside_functions()}")
    print(f"sentences that open with a wh-clause: {len(opening)} of {every}", *opening, sep="\n")
    print(f"lines: {lines():,}")


if __name__ == "__main__":
    main()
