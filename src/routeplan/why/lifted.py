"""The program of an instance in which any limit may be lifted, one by one.

Nothing of the model is stated again: the instance is eased in its tables, the model compiles it like any other, and
what the eased program has beyond that of the instance is guarded by the limit that rules it out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.schema.inputs import ALL, FAMILIES
from routeplan.why.limit import Kind, Limit

OF_OURS = "lifted"
"""Pot of the eased instance that may pay for any start."""

ROWS: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "firm_headroom": (Kind.GRID, ("area",)),
    "total_headroom": (Kind.GRID, ("area",)),
    "link_capacity": (Kind.LINK_CAPACITY, ("link",)),
    "hub_capacity": (Kind.HUB_CAPACITY, ("hub", "option")),
    "supply_balance": (Kind.SUPPLY, ("commodity", "zone")),
    "pot_budget": (Kind.POT, ("pot",)),
    "emission_target": (Kind.TARGET, ("scope",)),
}
"""Families whose rows are lifted, with the kind of the limit and the columns of its place.

Supply for all regions needs no row of its own: where ``supply_shared`` has no more, ``supply_balance`` of a region has
none either, and lifting that lets the region have more.
"""


@dataclass(frozen=True)
class Guards:
    """Columns of the eased program that a limit holds down.

    Parameters
    ----------
    column : IntArray, shape (G,)
        Columns of the matrices; one may be held down by several limits.
    limit : IntArray, shape (G,)
        Position of the limit.
    allowed : FloatArray, shape (G,)
        Largest value while the limit stands.
    """

    column: IntArray
    limit: IntArray
    allowed: FloatArray


@dataclass(frozen=True)
class LiftableRows:
    """Rows that a limit may be lifted of.

    Parameters
    ----------
    row : IntArray, shape (L,)
        Rows of the matrices.
    limit : IntArray, shape (L,)
        Position of the limit.
    group : IntArray, shape (L,)
        Rows of one group share what is added to them: a MW of firm room is one of all room too.
    period : IntArray, shape (L,)
        First year of the period.
    """

    row: IntArray
    limit: IntArray
    group: IntArray
    period: IntArray


@dataclass(frozen=True)
class LiftableProgram:
    """The program of an eased instance, and the limits that hold it down.

    Parameters
    ----------
    instance : Instance
        The instance, as it is.
    program : Program
        Program of the eased instance, without the rows that only strengthen its relaxation.
    limits : tuple of Limit
        The limits.
    guards : Guards
        Columns that they hold down.
    rows : LiftableRows
        Rows that they are.
    """

    instance: Instance
    program: Program
    limits: tuple[Limit, ...]
    guards: Guards
    rows: LiftableRows


def liftable(instance: Instance) -> LiftableProgram:
    """Compile an instance so that its limits may be lifted.

    Parameters
    ----------
    instance : Instance
        The instance.

    Raises
    ------
    DataError
        When the eased instance breaks rules; that of a sound instance does not.
    """
    program = compile_model(build(eased(instance))).unstrengthened()
    known = _Limits()
    guards = _guards(instance, program, known)
    rows = _rows(program, known)
    return LiftableProgram(instance, program, tuple(known.position), guards, rows)


def eased(instance: Instance) -> Instance:
    """Make the instance in which every option, link and hub is there at once, and sources and public money have no end.

    Nothing is decided in it, and processes may start options in any period.

    Parameters
    ----------
    instance : Instance
        The instance, which stays as it is.
    """
    at_once = {name: instance[name].assign(first_year=np.nan) for name in ("options", "links", "hubs")}
    changed = {**at_once, "sources": _endless_sources(instance)}
    changed |= {name: instance[name][:0] for name in ("windows", "decided")}
    return instance.replace(**changed, **_endless_money(instance))


def _endless_sources(instance: Instance) -> pd.DataFrame:
    """Sources in every period, which supply or store as much as all options could ask for."""
    most = {carrier: most_asked(instance, column) for carrier, column in NEED.items()}
    sources = instance["sources"]
    places = pd.concat([sources[["node", "carrier"]].drop_duplicates(), out_of_reach(instance)])
    every = places.merge(instance["periods"][["period"]], how="cross")
    found = every.merge(sources, on=["node", "carrier", "period"], how="left")
    # Before its first year a source has the price of its first; what is delivered later costs as before.
    found["price"] = found.groupby(["node", "carrier"])["price"].transform(lambda prices: prices.bfill().ffill())
    elsewhere = found.groupby("carrier")["price"].transform("mean")
    found["price"] = found["price"].fillna(elsewhere).astype(float).fillna(0.0)
    needed = found["carrier"].map(most).astype(float)
    return found.assign(capacity=found["capacity"].astype(float).fillna(0.0) + needed.fillna(0.0))


def most_asked(instance: Instance, column: str) -> float:
    """More than all options together could ask for of a column of the table ``options``, in any year."""
    activity = instance["activity"]["factor"].max() if len(instance["activity"]) else 1.0
    return float(instance["options"][column].clip(lower=0.0).sum() * max(1.0, activity))


def out_of_reach(instance: Instance) -> pd.DataFrame:
    """Sites with an option that needs a carrier, and neither a link nor a source of it: ``node`` and ``carrier``."""
    options = instance["options"]
    site = options["process"].map(instance["processes"].set_index("process")["site"])
    needs = [
        pd.DataFrame({"node": site[options[amount] > 0.0], "carrier": carrier}) for carrier, amount in NEED.items()
    ]
    links, sources = instance["links"], instance["sources"]
    ends = [links[["carrier", end]].rename(columns={end: "node"}) for end in ("from", "to")]
    reached = pd.MultiIndex.from_frame(pd.concat([*ends, sources[["carrier", "node"]]])[["node", "carrier"]])
    needed = pd.concat(needs, ignore_index=True).drop_duplicates(ignore_index=True)
    return needed[~pd.MultiIndex.from_frame(needed).isin(reached)].reset_index(drop=True)


def _endless_money(instance: Instance) -> dict[str, pd.DataFrame]:
    """One more pot, which may pay for every start whatever its gap is."""
    if not instance.settings.participation:
        return {}
    much = 1e3 * max(1.0, float(instance["options"]["capex"].sum()))
    pot = pd.DataFrame({"pot": [OF_OURS], "name": [OF_OURS], "carry_over": [1]})
    rule = {"pot": OF_OURS, "sector": ALL, "basis": "funding_gap", "share": 1.0}
    rules = pd.DataFrame([{**rule, "family": family} for family in FAMILIES])
    money = pd.DataFrame({"pot": OF_OURS, "period": instance["periods"]["period"], "amount": much})
    added = {"pots": pot, "support": rules, "budgets": money}
    return {name: pd.concat([instance[name], table], ignore_index=True) for name, table in added.items()}


@dataclass
class _Limits:
    """Positions of limits, in the order in which they are met."""

    position: dict[Limit, int] = field(default_factory=dict)

    def of(self, kind: Kind, places: pd.DataFrame) -> IntArray:
        """Positions of the limits of a kind, at the places in the rows of a table."""
        found = [
            self.position.setdefault(Limit(kind, tuple(map(str, place))), len(self.position))
            for place in places.itertuples(index=False, name=None)
        ]
        return np.array(found, dtype=np.int64)


def _guards(instance: Instance, program: Program, known: _Limits) -> Guards:
    parts = list(_cases(instance, program))
    columns, limits, allowed = [], [], []
    for variable, kind, place, held, upper in parts:
        block = program.columns[variable]
        there = held & (block.position >= 0)
        columns.append(block.position[there])
        limits.append(known.of(kind, place[there]))
        allowed.append(upper[there])
    return Guards(np.concatenate(columns), np.concatenate(limits), np.concatenate(allowed))


Case = tuple[str, Kind, pd.DataFrame, "np.ndarray", FloatArray]
"""Variable, kind and places of the limits, which rows of the variable's table they hold down, and to what value."""


def _cases(instance: Instance, program: Program) -> Iterator[Case]:
    """Everything that the tables of the instance rule out, and the eased one does not."""
    for variable in ("runs", "start"):
        yield _too_early(program, variable, Kind.LEAD_TIME, instance["options"], OPTION, OPTION)
    yield _outside_stops(program, instance["windows"])
    for variable in ("built", "flow"):
        yield _too_early(program, variable, Kind.LINK, instance["links"], ("link",), DATE)
    for variable in ("open", "output"):
        yield _too_early(program, variable, Kind.HUB, instance["hubs"], ("hub", "option"), DATE)
    yield from _beyond_sources(instance, program)
    grants = program.columns["grant"].table
    ours = (grants["pot"] == OF_OURS).to_numpy()
    yield from _decided(instance, program)
    yield "grant", Kind.SUPPORT, grants[list(OPTION)], ours, np.zeros(len(grants))


OPTION = ("process", "route")
DATE = ("carrier", "first_year")
"""Place of links and hubs that are there from one year on: they come together, as networks are announced."""


def _too_early(
    program: Program, variable: str, kind: Kind, things: pd.DataFrame, key: tuple[str, ...], place: tuple[str, ...]
) -> Case:
    table = program.columns[variable].table.drop(columns="first_year")
    table = table.merge(things[[*key, "first_year"]], on=list(key), how="left")
    early = table["period"].to_numpy() < table["first_year"].fillna(-np.inf).to_numpy(float)
    if "current" in table:
        early &= (table["current"] == 0).to_numpy()
    years = table["first_year"].fillna(0.0).astype(int).astype(str)
    return variable, kind, table.assign(first_year=years)[list(place)], early, np.zeros(len(table))


DECIDED_OF = {"runs": OPTION, "built": ("link", "size"), "open": ("hub", "option")}
"""Variables about which there may be decisions, with the columns that these call item and choice."""


def _decided(instance: Instance, program: Program) -> Iterator[Case]:
    """What is decided against, and the options of a process for which another one is decided."""
    decided = instance["decided"]
    for variable, (item, choice) in DECIDED_OF.items():
        rows = decided[decided["decision"] == variable].rename(columns={"item": item, "choice": choice})
        table = program.columns[variable].table
        key = [item, choice, "period"]
        against = table[key].merge(rows[rows["value"] == 0], on=key, how="left")["value"].notna().to_numpy()
        place = table[[item, choice]].assign(decision=variable, value="0")
        yield variable, Kind.DECIDED, place[["decision", item, choice, "value"]], against, np.zeros(len(table))
        if variable == "runs":
            chosen = rows.loc[rows["value"] == 1, key].rename(columns={choice: "chosen"})
            settled = table[key].merge(chosen, on=[item, "period"], how="left")["chosen"]
            other = (settled.notna() & (settled != table[choice].to_numpy())).to_numpy()
            place = table[[item]].assign(decision=variable, chosen=settled.fillna("").to_numpy(), value="1")
            yield variable, Kind.DECIDED, place[["decision", item, "chosen", "value"]], other, np.zeros(len(table))


def _outside_stops(program: Program, windows: pd.DataFrame) -> Case:
    table = program.columns["start"].table
    stops = table[["process", "period"]].merge(windows.assign(stop=True), on=["process", "period"], how="left")["stop"]
    outside = table["process"].isin(windows["process"]).to_numpy() & stops.isna().to_numpy()
    return "start", Kind.STOP, table[["process"]], outside, np.zeros(len(table))


def _beyond_sources(instance: Instance, program: Program) -> Iterator[Case]:
    table = program.columns["drawn"].table
    place = ["node", "carrier"]
    key = [*place, "period"]
    given = table[key].merge(instance["sources"][[*key, "capacity"]], on=key, how="left")["capacity"].fillna(0.0)
    afar = pd.MultiIndex.from_frame(table[place]).isin(pd.MultiIndex.from_frame(out_of_reach(instance)[place]))
    for kind, held in ((Kind.SOURCE, ~afar), (Kind.REACH, afar)):
        yield "drawn", kind, table[place], held, given.to_numpy(float)


def _rows(program: Program, known: _Limits) -> LiftableRows:
    rows, limits, groups, periods = [], [], [], []
    group_of: dict[tuple[int, int], int] = {}
    for family, (kind, place) in ROWS.items():
        block = program.rows[family]
        there = block.position >= 0
        if kind is Kind.POT:
            there &= (block.table["pot"] != OF_OURS).to_numpy()
        table = block.table[there]
        at = known.of(kind, table[list(place)])
        period = table["period"].to_numpy(np.int64)
        rows.append(block.position[there])
        limits.append(at)
        periods.append(period)
        pairs = zip(at.tolist(), period.tolist(), strict=True)
        groups.append(np.array([group_of.setdefault(pair, len(group_of)) for pair in pairs], dtype=np.int64))
    return LiftableRows(*(np.concatenate(part) for part in (rows, limits, groups, periods)))
