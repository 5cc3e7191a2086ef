"""The solves of levers, each in a process of its own."""

import math
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.result.summary import emitted_in_all, records
from routeplan.runs.asked import asked_to_end
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome
from routeplan.runs.process import run_unless_stopped
from routeplan.runs.records import Record
from routeplan.runs.run import run_all
from routeplan.schema.levers import WORTH
from routeplan.solver.solution import Limits
from routeplan.solving.solve import solve
from routeplan.why.worth import worth

SEED = 0
"""Seed of every solve, so that the same call tells the same."""

WITHOUT, WORTH_OF_LIMITS = "without", "worth"
"""Solves beside those of the levers: of the plan without any, and of the linear relaxation."""

OnEnded = Callable[[str], None]
"""Told the name of each solve that has ended."""


@dataclass(frozen=True)
class Search:
    """What each solve may take.

    Parameters
    ----------
    gap : float
        Gap at which a plan counts as optimal.
    seconds : float, optional
        Time after which the best plan so far counts [s].
    workers : int
        Solves at a time, each on one thread.
    """

    gap: float
    seconds: float | None
    workers: int


@dataclass(frozen=True)
class LeverPlan:
    """What is told of a plan.

    Parameters
    ----------
    status : str
        How the solve ended.
    objective, bound : float, optional
        Objective of the plan and what is proven of any plan [M EUR, or kt where emissions are minimised].
    cost : float, optional
        Discounted cost [M EUR].
    co2, co2_last, public_money : float
        CO2 over all periods [kt] and in the last one [kt/yr], and grants over all periods [M EUR].
    starts : frozenset of tuple
        Process, route and period of each start.
    gap, seconds : float, optional
        Gap reached, and time taken [s].
    told : str
        Why there is no plan, or none within the gap.
    """

    status: str
    objective: float | None = None
    bound: float | None = None
    cost: float | None = None
    co2: float = 0.0
    co2_last: float = 0.0
    public_money: float = 0.0
    starts: frozenset[tuple[str, str, int]] = frozenset()
    gap: float | None = None
    seconds: float | None = None
    told: str = ""

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan."""
        return self.objective is not None


def planned_job(name: str, instance: Instance, search: Search) -> Job:
    """Job that plans an instance."""
    arguments = {"instance": instance, "gap": search.gap, "seconds": search.seconds}
    return Job(planned, arguments, {"solve": name})


def worth_job(instance: Instance, search: Search) -> Job:
    """Job that tells what limits are worth."""
    return Job(worth_told, {"instance": instance, "seconds": search.seconds}, {"solve": WORTH_OF_LIMITS})


def run_jobs(jobs: Sequence[Job], workers: int, on_ended: OnEnded, ended: dict[str, Outcome]) -> None:
    """Run jobs, and put the outcome of each into `ended` as it ends; a Ctrl-C is raised when all have ended."""

    def keep(record: Record) -> None:
        name = record.about["solve"]
        ended[name] = record.outcome
        on_ended(name)

    with tempfile.TemporaryDirectory(prefix="routeplan-levers-") as folder:
        run_all(jobs, Path(folder), at_once=workers, run=run_unless_stopped, on_record=keep)


def planned(instance: Instance, gap: float, seconds: float | None) -> dict[str, Any]:
    """Plan an instance, and tell of the plan what JSON can hold: the fields of `LeverPlan`."""
    result = solve(instance, gap=gap, seconds=seconds, threads=1, seed=SEED, stop=asked_to_end)
    told: dict[str, Any] = {"status": str(result.status), "told": result.record.reason}
    told["seconds"] = result.record.seconds
    if not result.status.has_plan:
        return told
    bound = result.bound if result.bound is not None and math.isfinite(result.bound) else None
    proof = {"objective": result.objective, "bound": bound, "gap": None if bound is None else result.gap}
    return told | proof | {"cost": result.cost} | _amounts(result)


def _amounts(result: Result) -> dict[str, Any]:
    horizon = result.instance.horizon
    emissions, starts = result["emissions"], result["starts"]
    last = emissions["period"] == horizon.first[-1]
    return {
        "co2": emitted_in_all(result),
        "co2_last": float(emissions.loc[last, "emissions"].sum()),
        "public_money": float(result["grants"]["amount"].sum()),
        "starts": [[row["process"], row["route"], row["period"]] for row in records(starts)],
    }


def worth_told(instance: Instance, seconds: float | None) -> dict[str, Any]:
    """Tell what limits of an instance are worth, as rows of JSON; None where the relaxation was not solved."""
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    found = worth(instance, Limits(deadline=deadline, threads=1, seed=SEED))
    return {"worth": None if found is None else records(found)}


def plan_of(outcome: Outcome) -> LeverPlan | None:
    """What an outcome tells of a plan; None where the solve was ended by an error."""
    if outcome.ended is not Ended.RETURNED:
        return None
    told: Mapping[str, Any] = outcome.returned
    starts = frozenset((process, route, period) for process, route, period in told.get("starts", ()))
    return LeverPlan(**{**told, "starts": starts})


def worth_of(outcome: Outcome | None) -> pd.DataFrame | None:
    """What an outcome tells of the worth of limits; None where nothing is known."""
    if outcome is None or outcome.returned.get("worth") is None:
        return None
    return pd.DataFrame(outcome.returned["worth"], columns=WORTH.names)
