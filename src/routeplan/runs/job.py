"""A job: one call, in a process of its own, and what it may use."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from routeplan.errors import UsageError

Call = Callable[..., Mapping[str, Any]]
"""A function of a module; what it returns goes into the record, so that JSON must be able to hold it."""

KEY_LENGTH = 16
"""Hexadecimal digits of a job's key: enough to tell millions of jobs apart."""


@dataclass(frozen=True)
class Resources:
    """What a job may use; it is ended when it uses more.

    Parameters
    ----------
    seconds : float
        Wall-clock time [s].
    memory : float
        Resident memory of the process and all that it starts [MB of 1e6 bytes].
    threads : int
        Threads of numerical libraries.

    Raises
    ------
    UsageError
        When one of them is 0 or less, or no number.
    """

    seconds: float = float("inf")
    memory: float = float("inf")
    threads: int = 1

    def __post_init__(self) -> None:
        for name in ("seconds", "memory", "threads"):
            value = getattr(self, name)
            if not value > 0:
                raise UsageError(f"{name} of a job is {value}; allowed: more than 0")


@dataclass(frozen=True)
class Job:
    """One call, in a process of its own.

    Parameters
    ----------
    call : function of a module
        What is run. Another process imports it by its name, so that no lambda and no inner function will do.
    arguments : mapping of str
        Its arguments, by name; they are pickled.
    about : mapping of str
        What makes this job this one, as JSON can hold it: its key is made of it, and it goes into the record.
    resources : Resources
        What it may use.
    group : str
        What it shares with the jobs that are run next to it, and on the same machine where parts of a list are run on
        several; nothing where it may stand alone. It is no part of the key.

    Raises
    ------
    UsageError
        When another process cannot import the call, or JSON cannot hold what the job is about.
    """

    call: Call
    arguments: Mapping[str, Any]
    about: Mapping[str, Any]
    resources: Resources = field(default_factory=Resources)
    group: str = ""

    def __post_init__(self) -> None:
        name = f"{self.call.__module__}.{self.call.__qualname__}"
        if self.call.__module__ == "__main__" or "<" in self.call.__qualname__:
            raise UsageError(f"{name} cannot be run in another process; allowed: a function of a module")
        try:
            _canonical(self.about)
        except (TypeError, ValueError) as error:
            raise UsageError(f"what a job is about must be what JSON can hold: {error}") from None

    @cached_property
    def key(self) -> str:
        """Fingerprint of what the job is about: the same on every machine."""
        return key_of(self.about)

    @property
    def place(self) -> tuple[str, str]:
        """Its place in the order in which jobs are run: as if shuffled, always alike, those of a group together."""
        return (key_of({"group": self.group}) if self.group else self.key, self.key)


def key_of(about: Mapping[str, Any]) -> str:
    """Key of the job that is about this."""
    return sha256(_canonical(about).encode()).hexdigest()[:KEY_LENGTH]


def _canonical(about: Mapping[str, Any]) -> str:
    return json.dumps(about, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
