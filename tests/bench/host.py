"""Data of Linux about processes and the machine: processor time, memory, and the load by others."""

from __future__ import annotations

import os
import platform
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_SCHEDULED = 2
"The kind of a process's clock in its number, as Linux's ``clock_getcpuclockid`` makes it."


def processor_seconds(pid: int) -> float:
    """The time that a process's threads, those that have ended included, have spent on a core, to the nanosecond."""
    return time.clock_gettime(~pid << 3 | _SCHEDULED)


def peak_memory(pid: int) -> float:
    """The maximum memory of a process so far, in MB (2**20 bytes)."""
    return int(re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[0]) / 1024


@dataclass(frozen=True, slots=True)
class Load:
    """The load of the machine so far, in seconds of all its cores together."""

    total: float
    busy: float
    own: float
    "Spent by this process and by those of its children that have ended."

    @classmethod
    def now(cls) -> Self:
        """The counters at present."""
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        ticks = [int(field) for field in fields[1:9]]
        second = os.sysconf("SC_CLK_TCK")
        return cls(sum(ticks) / second, (sum(ticks) - ticks[3] - ticks[4]) / second, sum(os.times()[:4]))

    def others(self, before: Load) -> float:
        """The percentage of all cores kept busy by others since then: above 10, the times are not to be trusted."""
        spent = self.busy - before.busy - (self.own - before.own)
        return max(0.0, 100 * spent / max(1e-9, self.total - before.total))


def kind() -> str:
    """The machine in words: cores, processor, memory, kernel; not its name."""
    names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    processor = names[0] if names else platform.machine()
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{os.cpu_count()} cores ({processor}), {gigabytes:.0f} GB, {platform.system()} {kernel}"
