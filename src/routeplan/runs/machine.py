"""The machine at hand, as records tell of it: times can be compared on one machine only."""

import platform
from functools import cache
from pathlib import Path
from typing import Any

from routeplan.solver.machine import machine_at_hand

CPUINFO = Path("/proc/cpuinfo")


@cache
def this_machine() -> dict[str, Any]:
    """Name, processor, system, cores that may be used, memory [GiB] and Python of this machine."""
    machine = machine_at_hand()
    return {
        "name": platform.node() or "unnamed",
        "processor": _processor(),
        "system": machine.system,
        "cores": machine.cores,
        "memory": None if machine.memory is None else round(machine.memory, 1),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Model of the processor; Linux alone tells it in a file."""
    if CPUINFO.is_file():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
