"""The proof that nothing is lost and nothing gets in: ``python -m tests.faults [PART ...] [--long]``.

Without ``--long`` each part tries the sample that the tests try. `docs/reliability.md` says what is promised.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import attack, damage, full_disk, hostile_library, moves, race, saves, screens, soak, terminal

PARTS = {
    "saves": saves.measure,
    "moves": moves.measure,
    "race": race.measure,
    "damage": damage.measure,
    "soak": soak.measure,
    "disk": full_disk.measure,
    "attack": attack.measure,
    "screens": screens.measure,
    "terminal": terminal.measure,
    "names": hostile_library.measure,
}


def main() -> None:
    """Run the attacks; print what was tried and what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--long", action="store_true", help="try everything, not a sample")
    parser.add_argument("--folder", type=Path, help="where to work; it decides the file system")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    has_wrong = False
    for name in options.parts or PARTS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            report = PARTS[name](Path(folder) / name, is_long=options.long)
        print(
            f"{report.part}: {report.figures}; {len(report.wrong)} wrong; {time.monotonic() - began:.0f} s", flush=True
        )
        for each in report.wrong:
            has_wrong = True
            print(f"  {each}", flush=True)
    sys.exit(has_wrong)


if __name__ == "__main__":
    main()
