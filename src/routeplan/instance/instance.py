"""The instance: input data as frozen tables. Everything else in routeplan is a function of one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from routeplan.errors import DataError, UsageError
from routeplan.instance.decided import PlanTables, decided_by
from routeplan.instance.fingerprint import fingerprint
from routeplan.instance.horizon import Horizon
from routeplan.instance.prices import Prices
from routeplan.instance.rules.check import check_tables
from routeplan.instance.scenario import Scenario, changed_tables
from routeplan.schema.inputs import DECISIONS, INPUT_TABLES
from routeplan.schema.settings import Settings


@dataclass(frozen=True)
class Instance:
    """Settings and tables that obey every rule of the format.

    Parameters
    ----------
    settings : Settings
        The keys of ``instance.toml``.
    tables : mapping of str to DataFrame
        Every table of the schema, absent ones without rows: columns in the schema's order, defaults filled
        in; text as ``str`` ("" where empty), numbers as float64 (NaN where empty), whole numbers that may not
        be empty and flags as int64.
    scenarios : tuple of Scenario
        Named changes that `under` applies.
    scenario : str, optional
        The scenario that these tables are under.

    Raises
    ------
    DataError
        With every rule that the tables break.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    scenarios: tuple[Scenario, ...] = ()
    scenario: str | None = None
    _read_as: str = field(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = check_tables(self.settings, self.tables)
        if problems:
            raise DataError(problems)
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    def __getitem__(self, table: str) -> pd.DataFrame:
        """The table of this name (a shallow copy: changing it leaves the instance as it is)."""
        return self.tables[table].copy(deep=False)

    def __iter__(self) -> Iterator[str]:
        return iter(INPUT_TABLES)

    @property
    def name(self) -> str:
        """Short name of the instance."""
        return self.settings.name

    @cached_property
    def horizon(self) -> Horizon:
        """The periods, at society's discount rate."""
        return Horizon.of(self.tables["periods"], self.settings)

    @cached_property
    def prices(self) -> Prices:
        """Prices and values, for any group and period."""
        return Prices(self.tables["prices"], self.horizon, self.tables["sites"]["price_group"])

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the instance as read, before any scenario."""
        return self._read_as or fingerprint(self.settings, self.tables, self.scenarios)

    def replace(self, **tables: pd.DataFrame) -> "Instance":
        """The same instance with other tables: an instance in its own right, checked like any.

        Raises
        ------
        DataError
            With every rule that the new tables break.
        UsageError
            When a table is not one of the format.
        """
        unknown = sorted(set(tables) - set(INPUT_TABLES))
        if unknown:
            raise UsageError(f"no table is called {', '.join(unknown)}; tables: {', '.join(INPUT_TABLES)}")
        # Scenarios that have changed these tables already must not do so again.
        left = () if self.scenario else self.scenarios
        return replace(self, tables={**self.tables, **tables}, scenarios=left, scenario=None, _read_as="")

    def solved_as(self, scenario: str | None, sha256: str) -> "Instance":
        """The instance that a result holds: its tables are under a scenario, of an instance with this fingerprint."""
        return replace(self, scenario=scenario, _read_as=sha256)

    def with_decided(
        self, plan: PlanTables, *, until: int | None = None, kinds: Collection[str] = DECISIONS
    ) -> "Instance":
        """The instance with a plan's decisions fixed in advance, in the table ``decided``.

        Parameters
        ----------
        plan : Result
            The plan whose decisions are carried over: of this instance, or of it under another scenario.
        until : int, optional
            Last period (its first year) whose decisions are carried over; all when None.
        kinds : collection of str
            Which decisions: ``runs``, ``built``, ``open``, ``reinforced``.

        Raises
        ------
        UsageError
            When a kind is unknown.
        DataError
            When a decision cannot stand in this instance.
        """
        return self.replace(decided=decided_by(plan, self.tables, until, kinds))

    def under(self, scenario: str) -> "Instance":
        """The instance after the changes of one of its scenarios.

        Raises
        ------
        UsageError
            When there is no scenario of this name.
        DataError
            When a change cannot be applied, or breaks a rule.
        """
        if self.scenario is not None:
            raise UsageError(f"the instance is under the scenario '{self.scenario}' already; allowed: one scenario")
        found = {candidate.name: candidate for candidate in self.scenarios}
        if scenario not in found:
            known = ", ".join(found) or "none"
            raise UsageError(f"no scenario is called '{scenario}'; scenarios of {self.name}: {known}")
        tables = changed_tables(self.settings, self.tables, found[scenario])
        return replace(self, tables=tables, scenario=scenario, _read_as=self.sha256)
