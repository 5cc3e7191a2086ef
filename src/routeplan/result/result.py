"""The result of a solve: the proof, and the plan as tidy tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from routeplan.errors import NoPlan, UnknownTable, UsageError
from routeplan.instance.instance import UNSOLVED, Instance, shown
from routeplan.instance.rules.words import none_called
from routeplan.schema.frames import Frames
from routeplan.schema.result_file import GAP as GAP
from routeplan.schema.result_file import Status as Status
from routeplan.schema.results import RESULT_TABLES

CHANGED = "{} was changed after the solve: its tables are not those of which the result is"
"""What is wrong with a result whose own instance is another than the one that was solved."""


@dataclass(frozen=True)
class Record:
    """Record of a solve: everything in ``result.json`` besides what is proven.

    Parameters
    ----------
    method : str
        The method's name.
    found_by, proved_by : str
        Stage that found the plan, and stage that proved the bound.
    seconds : float
        Time taken, from call to result.
    gap_asked : float
        Gap at which a plan counts as optimal.
    seconds_asked, threads, seed : optional numbers
        What was asked of the solver.
    options : mapping of str to bool, int, float or str
        Further options of the solver, by its own names.
    started_from : str, optional
        Plan that the search began from: its instance, scenario and the beginning of its fingerprint.
    versions : mapping of str to str
        Versions of routeplan, highspy, pyomo and python.
    machine : str
        What it ran on.
    reason : str
        Without a plan: why there is none; for `infeasible` the rows that cannot hold, where they are known. Of a
        `feasible` plan: why its gap is wider than was asked.
    """

    method: str
    found_by: str | None = None
    proved_by: str | None = None
    seconds: float = 0.0
    gap_asked: float = GAP
    seconds_asked: float | None = None
    threads: int | None = None
    seed: int = 0
    options: Mapping[str, bool | int | float | str] = field(default_factory=dict)
    started_from: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    machine: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Result:
    """A status, the proven bound, and (where there is a plan) its objective and its tables.

    Parameters
    ----------
    instance : Instance
        The instance as solved, after any scenario.
    status : Status
        How the solve ended.
    record : Record
        How the result came about.
    objective, bound : float, optional
        Objective of the plan and the best proven bound on any plan: M EUR, or kt when the objective is
        ``emissions``. None when there is no plan.
    cost : float, optional
        Discounted cost [M EUR].
    gap_of_saving : float, optional
        (objective - bound) / (cost of doing nothing - bound), where doing nothing is possible and dearer.
    tables : mapping of str to DataFrame
        The tables of `routeplan.schema.results`, those without rows included; empty without a plan, but for
        ``progress``.
    """

    instance: Instance
    status: Status
    record: Record
    objective: float | None = None
    bound: float | None = None
    cost: float | None = None
    gap_of_saving: float | None = None
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", Frames(self.tables))

    def __hash__(self) -> int:
        return hash((self.instance, self.status, self.objective, self.bound))

    def __repr__(self) -> str:
        """Status, cost, bound and gap on one line."""
        name = self.instance.full_name
        if self.objective is None or self.bound is None or self.cost is None or self.gap is None:
            return f"<Result {name}: {self.status}, {self.record.reason}>"
        proof = f"cost {self.cost:,.2f} M EUR, objective {self.objective:,.2f}, bound {self.bound:,.2f}"
        return f"<Result {name}: {self.status}, {proof}, gap {self.gap:.3%}>"

    def _repr_html_(self) -> str:
        """The same for a notebook, with the size of each table."""
        rows = "".join(f"<tr><td>{name}</td><td>{len(frame)}</td></tr>" for name, frame in self.tables.items())
        return f"<p>{escape(repr(self))}</p><table><tr><th>table</th><th>rows</th></tr>{rows}</table>"

    def __getitem__(self, table: str) -> pd.DataFrame:
        """The result table of this name (a shallow copy).

        Raises
        ------
        UnknownTable
            When the result has no table of this name.
        """
        if not isinstance(table, str) or table not in self.tables:
            raise UnknownTable(self._why_absent(table))
        return self.tables[table]

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(self.tables)

    def _why_absent(self, table: object) -> str:
        if isinstance(table, str) and table in RESULT_TABLES and not self.status.has_plan:
            return f"the result has no table '{table}', because it has no plan: its status is {self.status}"
        return none_called("table of a result", [table], RESULT_TABLES, f"tables: {', '.join(RESULT_TABLES)}")

    @property
    def gap(self) -> float | None:
        """(objective - bound) / max(1, abs(objective)); None without a plan."""
        return None if self.objective is None or self.bound is None else gap(self.objective, self.bound)


def refuse_unsolved(given: object) -> None:
    """Refuse what is no result, an instance above all, and say how to come by one.

    Raises
    ------
    UsageError
        When it is something else.
    """
    if isinstance(given, Instance):
        raise UsageError(UNSOLVED)
    if not isinstance(given, Result):
        raise UsageError(
            f"{shown(given)} is no result; routeplan.solve(instance) makes one, routeplan.load(folder) reads one"
        )


def refuse_without_plan(given: object, lacks: str = "there is nothing to export") -> None:
    """Refuse a result without a plan, and what is no result.

    Parameters
    ----------
    given : object
        What is given for a result.
    lacks : str, optional
        What there is none of without a plan.

    Raises
    ------
    NoPlan
        When it has no plan.
    UsageError
        When it is no result, but an instance for example.
    """
    refuse_unsolved(given)
    if isinstance(given, Result) and not given.status.has_plan:
        raise NoPlan(f"{lacks}: the result has no plan, its status is {given.status}")


def refuse_result_of_another(
    instance: Instance, result: Result, where: object = "the instance", own: object = "the instance of the result"
) -> None:
    """Refuse a result that is not of this instance under its scenario.

    Parameters
    ----------
    instance : Instance
        The instance, under the scenario of the result.
    result : Result
        The result.
    where, own : path, optional
        What the instance, and the one that the result holds, are called in messages.

    Raises
    ------
    UsageError
        When it was made from other tables or under another scenario, or its tables were changed after the solve.
    """
    made_of = result.instance
    if instance is made_of:
        return
    if instance.sha256 != made_of.sha256:
        raise UsageError(f"the result was made from other tables than those in {where}: their fingerprints differ")
    if instance.scenario != made_of.scenario:
        raise UsageError(
            f"the result is of {made_of.full_name}, not of {instance.full_name}; allowed: the instance under the "
            "same scenario"
        )
    if instance.as_it_is != made_of.as_it_is:
        raise UsageError(CHANGED.format(own))


def gap(objective: float, bound: float) -> float:
    """Relative distance between a plan's objective and the bound, never below 0."""
    return max(0.0, objective - bound) / max(1.0, abs(objective))
