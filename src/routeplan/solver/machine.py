"""The machine at hand: system, cores and memory."""

import os
import platform
from dataclasses import dataclass

GIB = 2**30


@dataclass(frozen=True)
class Machine:
    """The machine that routeplan runs on.

    Parameters
    ----------
    system : str
        Operating system and processor.
    cores : int
        Processor cores that this process may use.
    memory : float, optional
        Memory [GiB]; None where the system does not tell.
    """

    system: str
    cores: int
    memory: float | None


def machine_at_hand() -> Machine:
    """The machine at hand: its system, the cores that this process may use, and its memory."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(f"{platform.system()} {platform.release()}, {platform.machine()}", usable, _memory())


def _memory() -> float | None:
    """Memory of the machine [GiB]; None where the system does not report it, as on Windows."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    except (AttributeError, ValueError, OSError):
        return None
