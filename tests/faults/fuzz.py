"""Coverage-guided fuzzing of what reads other people's bytes, by Atheris (libFuzzer for Python).

``python -m tests.faults.fuzz [TARGET ...] --minutes N`` shares the minutes among the targets, or among all. The first
input that breaks a target ends it, is made as short as it goes and lands in ``tests/faults/finds/TARGET``, where the
tests try it from then on. ``pip install -e '.[fuzz]'`` brings Atheris.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
FINDS = Path(__file__).with_name("finds")
LONGEST = 4096
"Bytes of an input; quadratic behaviour already shows at this length."
SLOWEST = 10
"Most seconds for an input."

SIDECAR = """\
# Highlights of a.md, kept by earmark.
version = 1
note = "a.md"

[[highlight]]
id = "01A"
colour = "yellow"
comment = "x"
tags = ["a", "b"]
created = 2026-11-23T17:22:31Z
updated = 2026-11-23T17:22:31Z
later = {a = 1}

[[highlight.part]]
exact = "dam"
prefix = "a "
block = "a dam"
start = 2
line = 3
quoted = "d"

[[question]]
state = "answered"
answer = '''yes
'''

[[question.part]]
exact = "who?"

[end]
"""
_REMEMBERED = (
    "Title\0block\03\04",
    '{"0123456789abcdef": 1764000000}',
    '["reader",{"0123 4567 =":[[0,0,0,1]]}]\n- a\n- a dam\n',
    "by date",
    "dark",
    "30 40",
    'note = "/notes/a.md"\n\n[[after.highlight]]\nid = "01A"\n\n[[after.highlight.part]]\nexact = "dam"\n',
)
"The contents of the files in the state folder."
CONFIG = '[earmark]\nepisodes = 2\nepisode_pattern = "^# "\ntheme = "dark"\n[earmark.colours]\nyellow = "key"\n'


def main() -> None:
    """Fuzz, and report the results."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir(), "earmark-fuzz"))
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seconds:
        run(options.targets[0], options.seconds, options.corpus)
        return
    from tests.faults.targets import TARGETS

    names = options.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    seconds = max(1, int(options.minutes * 60 / len(names)))
    has_found = False
    for name in names:
        corpus = options.corpus / name
        corpus.mkdir(parents=True, exist_ok=True)
        sow(name, corpus)
        # A process each: libFuzzer ends its own.
        command = [sys.executable, "-m", "tests.faults.fuzz", name, "--seconds", str(seconds), "--corpus", corpus]
        ended = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        print(f"{name}: {told(ended.stderr)}", flush=True)
        for path in corpus.glob("found-*"):
            has_found = True
            print(f"  {kept(name, TARGETS[name], path)}", flush=True)
    sys.exit(has_found)


def run(name: str, seconds: int, corpus: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["tui", "mistune"], enable_loader_override=False):
        import tui

        for module in pkgutil.walk_packages(tui.__path__, "tui."):
            if module.name.split(".")[1] in ("core", "files", "formats"):
                importlib.import_module(module.name)
        from tests.faults.targets import TARGETS
    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={SLOWEST}",
        f"-artifact_prefix={corpus}/found-",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def sow(name: str, corpus: Path) -> None:
    """Fill a corpus with initial inputs."""
    from tests.faults.inputs import BETWEEN

    specification = json.loads(
        (ROOT / "tests" / "core" / "notes" / "data" / "commonmark.json").read_text(encoding="utf-8")
    )
    sample = (ROOT / "notes" / "podcasts.md").read_text(encoding="utf-8")
    texts = [each["markdown"] for each in specification["examples"]]
    texts += [sample[at : at + 2000] for at in range(0, len(sample), 2000)]
    match name:
        case "rereading" | "anchoring":
            texts = [old + BETWEEN + new for old, new in zip(texts, [text + "\n- b?\n" for text in texts], strict=True)]
        case "pasted":
            texts = [text.replace("- ", "• ").replace("#", "") for text in texts]
        case "sidecar" | "toml":
            texts = [SIDECAR]
        case "merge":
            texts = [BETWEEN.join(sides) for sides in _merges()]
        case "remembered":
            texts = [*_REMEMBERED, SIDECAR]
        case "search" | "quote" | "link":
            texts = [text[len(text) // 3 : len(text) // 2] + BETWEEN + text for text in texts]
        case "conflict":
            texts = [sides[1] for sides in _merges()]
            texts += [f"a\n<<<<<<< x\n{text}\n||||||| y\n=======\n{text}b\n>>>>>>> z\nc" for text in texts]
        case "table":
            texts = SIDECAR.split("\n\n")
        case "config":
            texts = [CONFIG]
    inputs = [text.encode() for text in texts] + [path.read_bytes() for path in FINDS.glob(f"{name}/*")]
    for data in inputs:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def _merges() -> Iterator[tuple[str, str, str]]:
    """Base, ours and theirs: the same, one that was changed on one side and on both, one that came, one that went."""
    changed = SIDECAR.replace('comment = "x"', 'comment = "y"').replace("22:31Z\nlater", "22:59Z\nlater")
    other = SIDECAR.replace('colour = "yellow"', 'colour = "pink"').replace("later = {a = 1}", "later = {a = 2}")
    record = SIDECAR[SIDECAR.index("[[highlight]]") : SIDECAR.index("[[question]]")]
    more = SIDECAR.replace("[[question]]", record.replace("01A", "01B") + "[[question]]")
    without = SIDECAR.replace(record, "")
    conflict = SIDECAR.replace(
        'comment = "x"', '<<<<<<< a\ncomment = "x"\n||||||| b\n=======\ncomment = "z"\n>>>>>>> c'
    )
    yield SIDECAR, SIDECAR, SIDECAR
    yield SIDECAR, changed, other
    yield SIDECAR, more, without
    yield SIDECAR, changed, without
    yield "", more, other
    yield SIDECAR, conflict, changed


def told(log: str) -> str:
    """The figures of a run, from libFuzzer's output."""
    figures = dict(line[6:].split(": ") for line in log.splitlines() if line.startswith("stat::") and ": " in line)
    count = figures.get("number_of_executed_units", "").strip()
    return f"{count} inputs tried" if count else log[-2000:]


def kept(name: str, target: Callable[[bytes], None], path: Path) -> str:
    """Shorten an input that breaks a target and keep it; returns the outcome in one line."""
    data = path.read_bytes()
    path.unlink()
    kind = broken(target, data)
    if kind is None:
        data_path = FINDS / name / f"slow-{hashlib.sha256(data).hexdigest()[:8]}"
    else:
        data = shortened(data, lambda tried: broken(target, tried) == kind)
        data_path = FINDS / name / f"{kind}-{hashlib.sha256(data).hexdigest()[:8]}"
    data_path.parent.mkdir(parents=True, exist_ok=True)
    data_path.write_bytes(data)
    return f"{data_path.relative_to(ROOT)}: {kind or 'slow'}: {data!r}"


def broken(target: Callable[[bytes], None], data: bytes) -> str | None:
    """The name of the error a target raises, in lower case; None if it raises nothing."""
    try:
        target(data)
    except Exception as error:
        return type(error).__name__.lower()
    return None


def shortened(data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """Leave out every piece of an input that is not needed for ``still`` to hold; a simple form of Zeller's delta
    debugging.
    """
    size = len(data) // 2
    while size:
        at = 0
        while at < len(data):
            shorter = data[:at] + data[at + size :]
            if still(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data


if __name__ == "__main__":
    main()
