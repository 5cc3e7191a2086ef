"""The instance: input data as frozen tables. Everything else in routeplan is a function of one."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd

from routeplan.errors import DataError, UnknownTable, UsageError
from routeplan.instance.decided import PlanTables, decided_by
from routeplan.instance.fingerprint import fingerprint
from routeplan.instance.horizon import Horizon
from routeplan.instance.prices import Prices
from routeplan.instance.rules.check import check_tables
from routeplan.instance.scenario import Scenario, changed_tables
from routeplan.schema.frames import Frames
from routeplan.schema.inputs import DECISIONS, INPUT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS, Settings

TOGETHER = " + "
"""Between the names of scenarios that an instance is under together."""


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
        object.__setattr__(self, "tables", Frames(self.tables))

    def __getitem__(self, table: str) -> pd.DataFrame:
        """The table of this name (a copy: changing it leaves the instance as it is).

        Raises
        ------
        UnknownTable
            When the format has no table of this name.
        """
        if table not in self.tables:
            raise UnknownTable(f"no table of an instance is called '{table}'; tables: {', '.join(INPUT_TABLES)}")
        return self.tables[table]

    def __hash__(self) -> int:
        return hash((self.name, self.scenario, self.tables))

    def __repr__(self) -> str:
        """Size, periods and fingerprint on one line."""
        under = f" under {self.scenario}" if self.scenario else ""
        sizes = ", ".join(f"{len(self.tables[name])} {name}" for name in ("sites", "processes", "options"))
        periods = self.tables["periods"]["period"]
        return f"<Instance {self.name}{under}: {sizes}, {periods.min()} to {self.horizon.end}, {self.sha256[:12]}>"

    def _repr_html_(self) -> str:
        """The same for a notebook, with the size of each table."""
        rows = "".join(f"<tr><td>{name}</td><td>{len(self.tables[name])}</td></tr>" for name in self.tables)
        title = f"<p><b>{escape(self.settings.title or self.name)}</b> {escape(repr(self))}</p>"
        return f"{title}<table><tr><th>table</th><th>rows</th></tr>{rows}</table>"

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

    def replace(self, **changed: Any) -> "Instance":
        """The same instance with other tables or settings: an instance in its own right, checked like any.

        Parameters
        ----------
        **changed : DataFrame, str, int, float or bool
            Tables by their names, and settings by theirs: ``replace(prices=table, discount_rate=0.03)``.

        Raises
        ------
        DataError
            With every rule that the new tables and settings break.
        UsageError
            When a name is neither that of a table nor of a setting.
        """
        unknown = sorted(set(changed) - set(INPUT_TABLES) - set(SETTING_COLUMNS))
        if unknown:
            raise UsageError(
                f"no table or setting is called {', '.join(unknown)}; tables: {', '.join(INPUT_TABLES)}; "
                f"settings: {', '.join(SETTING_COLUMNS)}"
            )
        tables = {name: changed[name] for name in changed if name in INPUT_TABLES}
        settings = replace(self.settings, **{name: changed[name] for name in changed if name in SETTING_COLUMNS})
        # Scenarios that have changed these tables already must not do so again.
        left = () if self.scenario else self.scenarios
        return replace(
            self,
            settings=settings,
            tables={**self.tables, **tables},
            scenarios=left,
            scenario=None,
            _read_as="",
        )

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

    def under(self, *scenarios: str) -> "Instance":
        """The instance after the changes of one or more of its scenarios, in this order.

        Parameters
        ----------
        *scenarios : str
            Names of scenarios; one name may stand for several, as ``late-grid + half-budget``, which is what an
            instance under several is called.

        Raises
        ------
        UsageError
            When there is no scenario of this name, or the instance is under one already.
        DataError
            When a change cannot be applied, or breaks a rule.
        """
        if self.scenario is not None:
            raise UsageError(f"the instance is under the scenario '{self.scenario}' already; allowed: one scenario")
        found = {candidate.name: candidate for candidate in self.scenarios}
        names = [name for given in scenarios for name in ([given] if given in found else given.split(TOGETHER))]
        if unknown := [name for name in names if name not in found]:
            known = ", ".join(found) or "none"
            raise UsageError(f"no scenario is called '{unknown[0]}'; scenarios of {self.name}: {known}")
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise UsageError(f"the scenario '{twice[0]}' is asked for twice; allowed: each once")
        tables: Mapping[str, pd.DataFrame] = self.tables
        for name in names:
            tables = changed_tables(self.settings, tables, found[name])
        return replace(self, tables=tables, scenario=TOGETHER.join(names) or None, _read_as=self.sha256)
