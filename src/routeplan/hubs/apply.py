"""An instance with a hub design: its hubs, links and contracts as rows of the tables."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.instance.horizon import Horizon
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.network.needs import NEED
from routeplan.result.result import Result
from routeplan.schema.column import REQUIRED
from routeplan.schema.frames import typed
from routeplan.schema.hubs import Presence as Presence
from routeplan.schema.inputs import DECIDED, HUBS

Decision = tuple[str, str, str, int]
"""A decision, its item and choice, and the first year of the period."""


def with_designs(
    instance: Instance,
    designs: Sequence[Design],
    chosen: Design | None = None,
    presence: Presence = Presence.FORCED,
    planned: Result | None = None,
) -> Instance:
    """Make the instance with one of several designs, the others being absent.

    Decisions of the instance stand: what is decided there is not decided otherwise for a design that is absent. Who is
    no member of the chosen design takes no option that needs a carrier of its hubs or links, unless the plan without
    any of the designs has it then.

    Parameters
    ----------
    instance : Instance
        The instance.
    designs : sequence of Design
        All designs that are compared.
    chosen : Design, optional
        The one that takes part; without it all are absent.
    presence : Presence
        How it takes part.
    planned : Result, optional
        The plan without any of the designs; needed where `chosen` has members.

    Raises
    ------
    DataError
        When the design breaks a rule of the tables.
    """
    given = instance["decided"]
    settled: set[Decision] = set(zip(*(given[name] for name in DECIDED.key), strict=True))
    present = None if presence is Presence.ABSENT else chosen
    # What a design shares with the one that takes part is there for that one.
    kept = settled if present is None else settled | {row for row, _ in _things(instance, present)}
    absent = [design for design in (*designs, *([chosen] if chosen else ())) if design is not present]
    rows = dict.fromkeys((row for design in absent for row in _ruled_out(instance, design) if row not in kept), 0)
    tables: dict[str, pd.DataFrame] = {}
    if present is not None:
        rows |= decisions_of(instance, present, presence)
        if present.members is not None and planned is not None:
            rows |= dict.fromkeys(_kept_off(instance, present, planned), 0)
        tables = {"hubs": _hubs(instance, present), "sites": _sites(instance, present)}
    decided = pd.DataFrame([(*row, value) for row, value in rows.items()], columns=DECIDED.names)
    # A design's own row wins over one that is there; what is new comes last, where the lines of the file are.
    every = pd.concat([given, typed(DECIDED, decided)]).drop_duplicates(list(DECIDED.key), keep="last")
    return instance.replace(decided=every.reset_index(drop=True), **tables)


def periods_from(horizon: Horizon, first_year: float) -> list[int]:
    """First years of the periods in which what comes in a year is there."""
    return [int(year) for year in horizon.first if not year < first_year]


def carriers_of(instance: Instance, design: Design) -> set[str]:
    """Carriers of the hubs and links of a design."""
    hubs, links = instance["hubs"], instance["links"]
    of_links = set(links.loc[links["link"].isin([each.link for each in design.links]), "carrier"])
    of_hubs = set(hubs.loc[hubs["hub"].isin([each.hub for each in design.hubs]), "carrier"])
    return of_links | of_hubs | {str(each.row["carrier"]) for each in design.hubs if "carrier" in each.row}


def _things(instance: Instance, design: Design) -> list[tuple[Decision, int]]:
    """Each hub and link of the instance that a design has, in each period in which it could be there, and its year."""
    hubs = instance["hubs"].set_index(["hub", "option"])["first_year"].fillna(0.0).to_dict()
    links = instance["links"].set_index("link")["first_year"].fillna(0.0).to_dict()
    first_years = [
        *(
            ("open", each.hub, each.option, hubs[each.hub, each.option], each.first_year)
            for each in design.hubs
            if (each.hub, each.option) in hubs
        ),
        *(("built", each.link, each.size, links[each.link], each.first_year) for each in design.links),
    ]
    return [
        ((decision, item, choice, period), wanted)
        for decision, item, choice, possible, wanted in first_years
        for period in periods_from(instance.horizon, possible)
    ]


def decisions_of(instance: Instance, design: Design, presence: Presence) -> dict[Decision, int]:
    """Decisions of a design that takes part: nothing before its first year; from then on forced, or left open."""
    rows = {}
    for row, wanted in _things(instance, design):
        if row[3] < wanted:
            rows[row] = 0
        elif presence is Presence.FORCED:
            rows[row] = 1
    for each in design.hubs:
        if each.row and presence is Presence.FORCED:
            there = periods_from(instance.horizon, each.first_year)
            rows |= {("open", each.hub, each.option, period): 1 for period in there}
    return rows | dict.fromkeys(_of_every_size(instance, design.forbidden), 0)


def _ruled_out(instance: Instance, design: Design) -> list[Decision]:
    """What cannot be without a design: its hubs, and its links of any size."""
    opened = [row for row, _ in _things(instance, replace(design, links=()))]
    return [*opened, *_of_every_size(instance, [each.link for each in design.links])]


def _of_every_size(instance: Instance, links: Collection[str]) -> list[Decision]:
    """Links in each size and each period in which they could be there."""
    known = instance["links"][instance["links"]["link"].isin(links)]
    every = known.merge(instance["sizes"][["carrier", "mode", "size"]], on=["carrier", "mode"])
    return [
        ("built", link, size, period)
        for link, size, year in every[["link", "size", "first_year"]].fillna(0.0).itertuples(index=False, name=None)
        for period in periods_from(instance.horizon, year)
    ]


def _kept_off(instance: Instance, design: Design, planned: Result) -> Collection[Decision]:
    """Options of those that are no members that need a carrier of the design, and that they do not have without it."""
    columns = [NEED[carrier] for carrier in carriers_of(instance, design)]
    options = at_sites(instance, instance["options"])
    outside = ~options["site"].isin(design.members or ())
    needs = (options[columns] > 0.0).any(axis=1) & outside & (options["current"] == 0)
    runs = planned["runs"]
    had = set(zip(runs["process"], runs["route"], runs["period"].astype(int), strict=True))
    return [
        ("runs", process, route, period)
        for process, route in options.loc[needs, ["process", "route"]].itertuples(index=False, name=None)
        for period in periods_from(instance.horizon, design.first_year)
        if (process, route, period) not in had
    ]


def _hubs(instance: Instance, design: Design) -> pd.DataFrame:
    """The hubs of the instance, and those that the design alone has."""
    new = [{**each.row, "hub": each.hub, "option": each.option, "first_year": each.first_year} for each in design.hubs]
    new = [row for row, each in zip(new, design.hubs, strict=True) if each.row]
    if not new:
        return instance["hubs"]
    columns = {column.name: column.default for column in HUBS.columns if column.default is not REQUIRED}
    rows = pd.DataFrame([{**columns, **row} for row in new], columns=HUBS.names)
    return pd.concat([instance["hubs"], typed(HUBS, rows)], ignore_index=True)


def _sites(instance: Instance, design: Design) -> pd.DataFrame:
    """The sites, of which those that share a contract have one."""
    sites = instance["sites"]
    for shared in design.contracts:
        ours = sites["site"].isin(shared.sites)
        sites["contract"] = sites["contract"].mask(ours, shared.contract)
        sites["coincidence"] = sites["coincidence"].mask(ours, shared.coincidence)
    return sites
