"""The instance: input data as frozen tables. Everything else in routeplan is a function of one."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any, TypeVar

import pandas as pd

from routeplan.errors import DataError, UnknownTable, UsageError
from routeplan.instance.decided import PlanTables, decided_by
from routeplan.instance.fingerprint import fingerprint
from routeplan.instance.horizon import Horizon
from routeplan.instance.prices import Prices
from routeplan.instance.rules.check import check_tables
from routeplan.instance.rules.words import none_called
from routeplan.instance.scenario import Scenario, changed_tables
from routeplan.schema.column import Table
from routeplan.schema.frames import Frames, typed, with_later_columns
from routeplan.schema.inputs import DECISIONS, INPUT_TABLES, referring_to
from routeplan.schema.settings import SETTING_COLUMNS, Settings

Made = TypeVar("Made")

TOGETHER = " + "
"""Between the names of scenarios that an instance is under together."""

UNSOLVED = "an instance has no plan yet; solve it first: routeplan.solve(instance)"
"""What is said of an instance where a result is wanted."""

LONGEST_SHOWN = 60
"""Letters of what is given that a message shows; of more, it names the type."""


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
    _changed_after: str = field(default="", repr=False, compare=False)
    _unchecked: Collection[str] = field(default=tuple(INPUT_TABLES), repr=False, compare=False)
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = check_tables(self.settings, self.tables, changed=self._unchecked)
        if problems:
            raise DataError(problems)
        object.__setattr__(self, "tables", Frames(self.tables))
        # Whatever is made of this one by `dataclasses.replace` is checked in full, unless it says what it changes.
        object.__setattr__(self, "_unchecked", tuple(INPUT_TABLES))

    def __getitem__(self, table: str) -> pd.DataFrame:
        """The table of this name (a copy: changing it leaves the instance as it is).

        Raises
        ------
        UnknownTable
            When the format has no table of this name.
        """
        if not isinstance(table, str) or table not in self.tables:
            listed = f"tables: {', '.join(INPUT_TABLES)}"
            raise UnknownTable(none_called("table of an instance", [table], INPUT_TABLES, listed))
        return self.tables[table]

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process or into a copy: not what can be made again."""
        return {**self.__dict__, "_made": {}}

    def __hash__(self) -> int:
        return hash((self.name, self.scenario, self.tables))

    def __repr__(self) -> str:
        """Size, periods and fingerprint on one line."""
        sizes = ", ".join(f"{len(self.tables[name])} {name}" for name in ("sites", "processes", "options"))
        periods = self.tables["periods"]["period"]
        return f"<Instance {self.full_name}: {sizes}, {periods.min()} to {self.horizon.end}, {self.sha256[:12]}>"

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

    @property
    def full_name(self) -> str:
        """Name and scenario: ``tiny under late-grid``; where `replace` came after, ``tiny changed after late-grid``."""
        if self.scenario:
            return f"{self.name} under {self.scenario}"
        return f"{self.name} changed after {self._changed_after}" if self._changed_after else self.name

    @property
    def applied(self) -> tuple[Scenario, ...]:
        """Scenarios that these tables are under, in the order in which they were applied; those that are known."""
        known = {scenario.name: scenario for scenario in self.scenarios}
        if self.scenario is None or self.scenario in known:
            return (known[self.scenario],) if self.scenario else ()
        return tuple(known[name] for name in self.scenario.split(TOGETHER) if name in known)

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

    @cached_property
    def as_it_is(self) -> str:
        """Fingerprint of the settings and tables as they are now, under a scenario or not."""
        return fingerprint(self.settings, self.tables, ())

    def made_once(self, make: "Callable[[Instance], Made]") -> Made:
        """What a function makes of this instance: made when it is first asked for, and kept with it.

        Parameters
        ----------
        make : callable of an Instance
            A function or class at the top of a module; what it makes must never be changed.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def replace(self, **changed: Any) -> "Instance":
        """The same instance with other tables or settings: an instance in its own right, checked like any.

        Of an instance under a scenario, the new one is under none: no scenario alone makes these tables and settings,
        so that its fingerprint is its own, it has no scenarios left, and its `scenario` is None (its `repr` says after
        which scenario it was changed). Where a sweep is to keep the names of its scenarios, change first:
        ``instance.replace(discount_rate=0.03).under("late-grid")``.

        Parameters
        ----------
        **changed : DataFrame, what makes one, str, int, float or bool
            Tables by their names, and settings by theirs: ``replace(prices=table, discount_rate=0.03)``. What is no
            DataFrame becomes one: a dict of columns, or a list of rows that are dicts; columns may be left out that
            have a default.

        Raises
        ------
        DataError
            With every rule that the new tables and settings break.
        UsageError
            When a name is neither that of a table nor of a setting, or no table can be made of what is given.
        """
        unknown = sorted(set(changed) - set(INPUT_TABLES) - set(SETTING_COLUMNS))
        if unknown:
            listed = f"tables: {', '.join(INPUT_TABLES)}; settings: {', '.join(SETTING_COLUMNS)}"
            raise UsageError(none_called("table or setting", unknown, [*INPUT_TABLES, *SETTING_COLUMNS], listed))
        tables = {name: _frame(INPUT_TABLES[name], changed[name]) for name in changed if name in INPUT_TABLES}
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
            _changed_after=self.scenario or self._changed_after,
            _unchecked={*tables, *referring_to(tables)},
        )

    def solved_as(self, scenario: str | None, sha256: str, applied: tuple[Scenario, ...] = ()) -> "Instance":
        """The instance that a result holds: its tables are under a scenario, of an instance with this fingerprint."""
        return replace(self, scenario=scenario, scenarios=applied or self.scenarios, _read_as=sha256)

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
            When a kind is unknown, or an instance is given that has no plan yet.
        DataError
            When a decision cannot stand in this instance.
        """
        if isinstance(plan, Instance):
            raise UsageError(UNSOLVED)
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
        _refuse_unless_names(scenarios)
        if self.scenario is not None:
            before = self.scenario.split(TOGETHER)
            more = [name for name in scenarios if name not in (self.scenario, *before)]
            advice = f"; give both in one call: {_call([*before, *more])}" if more else ""
            raise UsageError(f"the instance is under the scenario '{self.scenario}' already{advice}")
        found = {candidate.name: candidate for candidate in self.scenarios}
        names = [name for given in scenarios for name in ([given] if given in found else given.split(TOGETHER))]
        if unknown := [name for name in names if name not in found]:
            listed = f"scenarios of {self.full_name}: {', '.join(found) or 'none'}"
            raise UsageError(none_called("scenario", unknown, found, listed))
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise UsageError(f"the scenario '{twice[0]}' is asked for twice; allowed: each once")
        tables: Mapping[str, pd.DataFrame] = self.tables
        for name in names:
            tables = changed_tables(self.settings, tables, found[name])
        # Changes touch no key, so that no table breaks a rule but by them.
        touched = {change.table for name in names for change in found[name].changes}
        return replace(
            self, tables=tables, scenario=TOGETHER.join(names) or None, _read_as=self.sha256, _unchecked=touched
        )


def refuse_unless_instance(given: object) -> None:
    """Refuse what is no instance, and say how to come by one.

    Raises
    ------
    UsageError
        When it is something else.
    """
    if isinstance(given, Instance):
        return
    if isinstance(getattr(given, "instance", None), Instance):
        raise UsageError("a result is given where an instance is wanted; allowed: result.instance")
    raise UsageError(f"{shown(given)} is no instance; routeplan.read() makes one of a folder or workbook")


def shown(given: object) -> str:
    """What is given, as far as it fits in a sentence."""
    text = repr(given)
    return text if len(text) <= LONGEST_SHOWN and "\n" not in text else f"a {type(given).__name__}"


def _frame(table: Table, given: object) -> pd.DataFrame:
    """A table as it is given, or made of a dict or list.

    Raises
    ------
    UsageError
        When pandas makes no table of it.
    """
    if isinstance(given, pd.DataFrame):
        return with_later_columns(table, given)
    columns = f"columns: {', '.join(table.names)}"
    try:
        if not isinstance(given, Mapping | list):
            raise TypeError
        frame = pd.DataFrame(given)
        made = typed(table, frame)
    except (TypeError, ValueError):
        raise UsageError(
            f"{table.name} is {shown(given)}; allowed: a pandas.DataFrame, or a dict or list that makes one; {columns}"
        ) from None
    if unknown := [name for name in frame if name not in table.names]:
        raise UsageError(none_called(f"column of {table.name}", unknown, table.names, columns))
    return made


def _refuse_unless_names(scenarios: Collection[object]) -> None:
    """Refuse scenarios that are not given by their names, such as a list of them."""
    for given in scenarios:
        if isinstance(given, list | tuple | set) and given and all(isinstance(name, str) for name in given):
            raise UsageError(f"names of scenarios are given one by one: {_call(given)}")
        if not isinstance(given, str):
            raise UsageError(f"a scenario is {shown(given)}; allowed: names of scenarios, as in under('a', 'b')")


def _call(names: Collection[str]) -> str:
    """Call of `under` with these names."""
    return f"under({', '.join(map(repr, names))})"
