from __future__ import annotations

import subprocess
import sys


def test_imports_of_the_first_frame_leave_out_rapidfuzz() -> None:
    code = "import sys, tui.core.anchoring; print(*(name for name in sys.modules if 'fuzz' in name or 'numpy' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
