"""Outcome of a job: how it ended, what it returned, and what it used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MB = 1e6
"""Bytes in a megabyte, in which memory is told."""


class Ended(StrEnum):
    """How a job ended. Each is a result: none of them stops the other jobs."""

    RETURNED = "returned"
    """The call returned."""
    RAISED = "raised"
    """The call raised an error."""
    CRASHED = "crashed"
    """The process ended without a word: by a signal, or by an exit of its own."""
    TIME = "time"
    """It took longer than it may, and was ended."""
    MEMORY = "memory"
    """It took more memory than it may, and was ended; or was given no more."""
    STOPPED = "stopped"
    """The user stopped it: it is run again next time."""


@dataclass(frozen=True)
class Usage:
    """What a job used, as the operating system tells of its process and all that it started.

    Parameters
    ----------
    wall : float
        Time from start to end [s].
    cpu : float
        Processor time [s].
    peak : float
        Most resident memory at any time [MB of 1e6 bytes].
    """

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Outcome:
    """Outcome of a job.

    Parameters
    ----------
    ended : Ended
        How it ended.
    usage : Usage
        What it used.
    returned : mapping of str
        What the call returned; empty unless it did.
    told : str
        The error, the signal, or the limit that ended it.
    printed : str
        The last that it printed, where it did not return.
    machine : mapping of str
        The machine that it ran on, as `this_machine` describes it.
    started : str
        When it started (ISO 8601, UTC).
    """

    ended: Ended
    usage: Usage
    returned: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""
    printed: str = ""
    machine: Mapping[str, Any] = field(default_factory=dict)
    started: str = ""
