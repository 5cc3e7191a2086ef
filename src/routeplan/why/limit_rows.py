"""What each kind of limit is in a program: the rows and columns that its excess eases."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.decisions import tuples
from routeplan.model.program import Program
from routeplan.schema.units import CO2, ENERGY, MONEY, OF_CARRIER, POWER
from routeplan.why.lifted import OF_OURS, LiftableProgram, out_of_reach
from routeplan.why.limit import Kind


def _nowhere() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Held:
    """Rows to add: lower <= column + coefficient x excess <= upper, or the excess alone where the column is -1."""

    column: IntArray
    member: IntArray
    coefficient: FloatArray
    lower: FloatArray
    upper: FloatArray


NOTHING = Held(_nowhere(), _nowhere(), np.zeros(0), np.zeros(0), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Part:
    """Limits of one kind.

    Parameters
    ----------
    kind : Kind
        The kind.
    places : list of tuple of str
        Place of each.
    periods : list of int or None
        Period of each; None where it stands in all of them.
    most : FloatArray, shape (N,)
        The number in the tables.
    units : list of str
        Unit of each.
    row, member : IntArray, shape (K,)
        Rows of the program that an excess enters, and which of the limits.
    sign : float
        With which coefficient.
    held : Held
        Rows to add.
    largest : float
        Most that an excess can be; 1 where the limit holds or not.
    integer : bool
        Whether it is 0 or 1.
    """

    kind: Kind
    places: list[tuple[str, ...]]
    periods: list[int | None]
    most: FloatArray
    units: list[str]
    row: IntArray = field(default_factory=_nowhere)
    member: IntArray = field(default_factory=_nowhere)
    sign: float = -1.0
    held: Held = NOTHING
    largest: float = np.inf
    integer: bool = False


def limit_rows(instance: Instance, program: Program) -> Iterator[Part]:
    """The limits of a program that are rows, or bounds of columns: amounts, decisions, and an option for each process.

    Parameters
    ----------
    instance : Instance
        The instance as it is.
    program : Program
        Program of the eased instance, without what is decided.
    """
    yield _targets(instance, program)
    yield _budgets(instance, program)
    yield _headroom(program)
    yield _capacities(program, "link_capacity", Kind.LINK_CAPACITY, ("link",), instance["links"])
    yield _capacities(program, "hub_capacity", Kind.HUB_CAPACITY, ("hub", "option"), instance["hubs"])
    yield _sources(instance, program)
    yield _supply(instance, program)
    yield _decided(instance, program)
    yield _routes(program)


def _rows(program: Program, family: str) -> tuple[pd.DataFrame, IntArray]:
    """Index of the rows of a family that decisions can change, and their positions."""
    block = program.rows[family]
    there = block.position >= 0
    return block.table[there].reset_index(drop=True).assign(allowed=block.allowed[there]), block.position[there]


def _places(table: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, place)) for place in tuples(table, *columns)]


def _periods(table: pd.DataFrame) -> list[int | None]:
    return [int(period) for period in table["period"]]


def _targets(instance: Instance, program: Program) -> Part:
    table, rows = _rows(program, "emission_target")
    hard = set(tuples(instance["targets"].query("price.isna()"), "scope", "period"))
    kept = np.array([key in hard for key in tuples(table, "scope", "period")], dtype=bool)
    table, count = table[kept], int(kept.sum())
    return Part(
        Kind.TARGET,
        _places(table, "scope"),
        _periods(table),
        table["allowed"].to_numpy(float),
        [CO2] * count,
        rows[kept],
        np.arange(count, dtype=np.int64),
    )


def _budgets(instance: Instance, program: Program) -> Part:
    """Money of each pot and period, which enters the rows of later periods too where it carries over."""
    table, rows = _rows(program, "pot_budget")
    mine = (table["pot"] != OF_OURS).to_numpy()
    table, rows = table[mine].reset_index(drop=True), rows[mine]
    carry = table["pot"].map(instance["pots"].set_index("pot")["carry_over"]).to_numpy() == 1
    numbered = table.assign(number=np.arange(len(table)), carry=carry)
    pairs = numbered.merge(numbered[["pot", "period", "number"]], on="pot", suffixes=("", "_from"))
    counted = (pairs["period_from"] == pairs["period"]) | (pairs["carry"] & (pairs["period_from"] < pairs["period"]))
    pairs = pairs[counted]
    given = table.merge(instance["budgets"], on=["pot", "period"], how="left")["amount"].fillna(0.0)
    return Part(
        Kind.POT,
        _places(table, "pot"),
        _periods(table),
        given.to_numpy(float),
        [MONEY] * len(table),
        rows[pairs["number"].to_numpy()],
        pairs["number_from"].to_numpy(np.int64),
    )


def _headroom(program: Program) -> Part:
    """Room of areas for firm capacity, and for firm and flexible capacity together."""
    rooms = {room: _rows(program, f"{room}_headroom") for room in ("firm", "total")}
    table = pd.concat([found.assign(room=room) for room, (found, _) in rooms.items()], ignore_index=True)
    return Part(
        Kind.GRID,
        _places(table, "area", "room"),
        _periods(table),
        table["allowed"].to_numpy(float),
        [POWER] * len(table),
        np.concatenate([rows for _, rows in rooms.values()]),
        np.arange(len(table), dtype=np.int64),
    )


def _capacities(program: Program, family: str, kind: Kind, place: tuple[str, ...], things: pd.DataFrame) -> Part:
    """Capacity of each of some things, links or hubs, in every period."""
    table, rows = _rows(program, family)
    block = program.rows[family]
    built = np.asarray(block.right[block.position >= 0].sum(axis=1)).ravel()
    number: IntArray = np.asarray(table.groupby(list(place), sort=False).ngroup(), dtype=np.int64)
    most = (table["allowed"] + built).groupby(number).max()
    named = table.drop_duplicates(list(place))
    carrier = named[list(place)].merge(things, on=list(place), how="left")["carrier"]
    units = [OF_CARRIER[each] for each in carrier]
    return Part(kind, _places(named, *place), [None] * len(named), most.to_numpy(float), units, rows, number)


def ceilings(program: Program, family: str, most: float) -> tuple[sparse.csr_array, FloatArray]:
    """Rows of a family of capacities that may be added, with more of what is added: nothing where nothing is.

    Parameters
    ----------
    program : Program
        The program.
    family : str
        The family.
    most : float
        By how much capacity that is added may be exceeded at most, in the unit of the family.
    """
    block = program.rows[family]
    added = np.diff(block.right.indptr) > 0
    there = (block.position >= 0) & added
    at = block.position[there]
    entries = sparse.csr_array(program.matrices.by_row[at] - most * (block.right[there] > 0.0))
    return entries, program.matrices.row_upper[at]


def _sources(instance: Instance, program: Program) -> Part:
    block = program.columns["drawn"]
    key = ["node", "carrier"]
    afar = pd.MultiIndex.from_frame(block.table[key]).isin(pd.MultiIndex.from_frame(out_of_reach(instance)[key]))
    there = (block.position >= 0) & ~afar
    table = block.table.loc[there, [*key, "period"]].reset_index(drop=True)
    given = table.merge(instance["sources"], on=[*key, "period"], how="left")["capacity"].fillna(0.0).to_numpy(float)
    return Part(
        Kind.SOURCE,
        _places(table, *key),
        _periods(table),
        given,
        [OF_CARRIER[carrier] for carrier in table["carrier"]],
        held=_at_most(block.position[there], given),
    )


def _supply(instance: Instance, program: Program) -> Part:
    """The step of ours of each commodity and zone, from which nothing is taken while the limit holds."""
    block = program.columns["taken"]
    there = (block.position >= 0) & (block.table["step"] == OF_OURS).to_numpy()
    key = ["commodity", "zone", "period"]
    table = block.table.loc[there, key].reset_index(drop=True)
    given = instance["supply"].groupby(key)["quantity"].sum().reset_index()
    most = table.merge(given, on=key, how="left")["quantity"].fillna(0.0).to_numpy(float)
    return Part(
        Kind.SUPPLY,
        _places(table, "commodity", "zone"),
        _periods(table),
        most,
        [ENERGY] * len(table),
        held=_at_most(block.position[there], np.zeros(len(table))),
    )


def _at_most(columns: IntArray, most: FloatArray) -> Held:
    """Columns that are at most a number each, and their excess."""
    count = len(columns)
    return Held(columns, np.arange(count), np.full(count, -1.0), np.full(count, -np.inf), most)


def _decided(instance: Instance, program: Program) -> Part:
    """What the table ``decided`` says; what no column can be is decided in vain."""
    table = instance["decided"]
    columns, wanted, kept = [], [], []
    for number, (decision, item, choice, period, value) in enumerate(
        tuples(table, "decision", "item", "choice", "period", "value")
    ):
        block = program.columns[decision]
        index = (item, period) if decision == "reinforced" else (item, choice, period)
        row = block.row_of.get(index)
        column = -1 if row is None else int(block.position[row])
        # What is in no row can be as it was decided, and what is not there is not chosen.
        if column >= 0 or (row is None and value == 1):
            columns.append(column)
            wanted.append(float(value))
            kept.append(number)
    table, value = table.iloc[kept], np.array(wanted)
    for_it = value == 1.0
    held = Held(
        np.array(columns, dtype=np.int64),
        np.arange(len(kept)),
        np.where(for_it, 1.0, -1.0),
        np.where(for_it, 1.0, -np.inf),
        np.where(for_it, np.inf, 0.0),
    )
    return Part(
        Kind.DECIDED,
        _places(table, "decision", "item", "choice", "value"),
        _periods(table),
        np.full(len(kept), np.nan),
        [""] * len(kept),
        held=held,
        largest=1.0,
    )


def _routes(program: Program) -> Part:
    """An option for each process in each period; those that have none fall short whatever is decided."""
    block = program.rows["one_route_per_process"]
    there = block.position >= 0
    never = np.flatnonzero(~there & (block.used != block.allowed))
    count = len(never)
    held = Held(np.full(count, -1), never, np.ones(count), np.ones(count), np.full(count, np.inf))
    return Part(
        Kind.ROUTE,
        _places(block.table, "process"),
        _periods(block.table),
        np.full(len(there), np.nan),
        [""] * len(there),
        block.position[there],
        np.flatnonzero(there),
        1.0,
        held,
        1.0,
    )


def guards(instance: Instance, eased: LiftableProgram) -> Iterator[Part]:
    """The limits that leave columns out: years, stops, reach, and rules of public money; each holds, or is lifted.

    Parameters
    ----------
    instance : Instance
        The instance as it is.
    eased : LiftableProgram
        The eased program, and its guards.
    """
    kinds = (Kind.LEAD_TIME, Kind.STOP, Kind.REACH, Kind.LINK, Kind.HUB, Kind.SUPPORT)
    for kind in kinds:
        chosen = np.array([at for at, limit in enumerate(eased.limits) if limit.kind is kind], dtype=np.int64)
        places = [eased.limits[at].place for at in chosen]
        mine = np.isin(eased.guards.limit, chosen)
        column, allowed = eased.guards.column[mine], eased.guards.allowed[mine]
        held = Held(
            column,
            np.searchsorted(chosen, eased.guards.limit[mine]),
            allowed - eased.program.matrices.upper[column],
            np.full(len(column), -np.inf),
            allowed,
        )
        years = _first_years(instance, kind, places)
        yield Part(kind, places, [None] * len(places), years, [""] * len(places), held=held, largest=1.0, integer=True)


def _first_years(instance: Instance, kind: Kind, places: list[tuple[str, ...]]) -> FloatArray:
    """The first year at each place; NaN for kinds without one."""
    if kind in (Kind.LINK, Kind.HUB):
        return np.array([float(year) for _, year in places])
    if kind is not Kind.LEAD_TIME or not places:
        return np.full(len(places), np.nan)
    key = ["process", "route"]
    wanted = pd.DataFrame(places, columns=key)
    years = wanted.merge(instance["options"][[*key, "first_year"]], on=key, how="left")["first_year"]
    return years.to_numpy(float)
