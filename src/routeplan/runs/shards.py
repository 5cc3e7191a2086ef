"""Parts of a list of jobs, for machines that know nothing of each other."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from routeplan.errors import UsageError
from routeplan.runs.job import Job

SLURM = "slurm"
ALLOWED = "allowed: a number and how many, as in 3/20, or slurm for the index of a Slurm array"


@dataclass(frozen=True)
class Shard:
    """One part of several.

    Parameters
    ----------
    number : int
        Which one, from 1.
    of : int
        How many there are.
    """

    number: int
    of: int

    @property
    def name(self) -> str:
        """Name of its file of records."""
        return f"shard-{self.number}-of-{self.of}"

    def part(self, jobs: Sequence[Job]) -> list[Job]:
        """Jobs of this part: all of a group are in one part, whatever the order in which they are given."""
        mine = self.groups([_group(job) for job in jobs])
        return sorted((job for job in jobs if _group(job) in mine), key=lambda job: job.place)

    def groups(self, names: Iterable[str]) -> set[str]:
        """Names of the groups of this part; none where there are more parts than groups.

        Groups are dealt in the order of their names, to and fro: of those that are much alike, and stand next to each
        other, each part gets some, and no part gets the first of all.
        """
        dealt = sorted(set(names))
        return {name for place, name in enumerate(dealt) if self._dealt_to(place) == self.number}

    def _dealt_to(self, place: int) -> int:
        """Number of the part that a group at a place goes to: 1, 2, 3, 3, 2, 1, 1 and so on."""
        turn, card = divmod(place, self.of)
        return card + 1 if turn % 2 == 0 else self.of - card


def _group(job: Job) -> str:
    """Group of a job; one of its own where it has none."""
    return job.group or job.key


def shard_of(text: str, environment: Mapping[str, str] = os.environ) -> Shard:
    """Read a part as it is written: ``3/20``, or ``slurm`` for the task of a Slurm array.

    Parameters
    ----------
    text : str
        The text.
    environment : mapping of str to str
        Variables in which Slurm tells a task its number.

    Raises
    ------
    UsageError
        When it is written otherwise, there is no such part, or no Slurm array.
    """
    if text == SLURM:
        return _of_slurm(environment)
    match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
    if match is None:
        raise UsageError(f"the shard is {text}; {ALLOWED}")
    number, of = int(match[1]), int(match[2])
    if not 1 <= number <= of:
        raise UsageError(f"the shard is {text}; allowed: from 1/{max(of, 1)} to {max(of, 1)}/{max(of, 1)}")
    return Shard(number, of)


def _of_slurm(environment: Mapping[str, str]) -> Shard:
    names = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_STEP")
    given = [environment.get(name, "1" if name.endswith("STEP") else "") for name in names]
    if not all(value.isdecimal() for value in given):
        raise UsageError(f"the shard is {SLURM}, but this is no task of a Slurm array ({names[0]} is not set)")
    task, first, count, step = map(int, given)
    return Shard((task - first) // max(step, 1) + 1, count)
