"""Excesses granted, and limits dropped, in the tables of an instance: by hand, without the program of `shortfall`."""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.schema.inputs import FAMILIES
from routeplan.why.limit import Kind, NamedLimit

MUCH = 1e5

FIRST_YEARS = {Kind.LEAD_TIME: ("options", ["process", "route"]), Kind.LINK: ("links", ["carrier", "first_year"])}
FIRST_YEARS |= {Kind.HUB: ("hubs", ["carrier", "first_year"])}


def granted(instance: Instance, excesses: Iterable[tuple[NamedLimit, float]]) -> Instance:
    """The instance in whose tables each number is larger by an excess; what holds or not is dropped."""
    for limit, amount in excesses:
        instance = instance.replace(**_granted(instance, limit, amount))
    return instance


def _granted(instance: Instance, limit: NamedLimit, amount: float) -> dict[str, pd.DataFrame]:
    place, period = limit.place, limit.period
    match limit.kind:
        case Kind.TARGET:
            key = {"scope": place[0], "period": period}
            return {"targets": more(instance["targets"], key, "cap", amount)}
        case Kind.POT:
            key = {"pot": place[0], "period": period}
            return {"budgets": more(instance["budgets"], key, "amount", amount)}
        case Kind.GRID:
            key, column = {"area": place[0], "period": period}, "firm" if place[1] == "firm" else "flexible"
            return {"headroom": more(instance["headroom"], key, column, amount)}
        case Kind.LINK_CAPACITY:
            return _wider_link(instance, place[0], amount)
        case Kind.HUB_CAPACITY:
            key = {"hub": place[0], "option": place[1]}
            return {"hubs": more(instance["hubs"], key, "capacity", amount)}
        case Kind.SOURCE:
            key = {"node": place[0], "carrier": place[1], "period": period}
            return {"sources": more(instance["sources"], key, "capacity", amount)}
        case Kind.SUPPLY:
            key = {"commodity": place[0], "zone": place[1], "step": "granted", "period": period}
            return {"supply": more(instance["supply"], key, "quantity", amount)}
        case _:
            return dropped(instance, [limit])


def more(table: pd.DataFrame, key: dict[str, object], column: str, amount: float) -> pd.DataFrame:
    """A table with a larger number in the row of a key; a row is added where there is none."""
    here = np.logical_and.reduce([(table[name] == value).to_numpy() for name, value in key.items()])
    if here.any():
        return table.assign(**{column: table[column].where(~here, table[column] + amount)})
    rest = {name: 0.0 for name in table.columns if name not in key}
    return pd.concat([table, pd.DataFrame([{**rest, **key, column: amount}])[list(table.columns)]], ignore_index=True)


def _wider_link(instance: Instance, name: str, amount: float) -> dict[str, pd.DataFrame]:
    """More capacity of a planned link; of a candidate one, of all sizes that it can have."""
    link = instance["links"].set_index("link").loc[name]
    if link["status"] == "planned":
        return {"links": more(instance["links"], {"link": name}, "capacity", amount)}
    sizes = instance["sizes"]
    here = (sizes["carrier"] == link["carrier"]) & (sizes["mode"] == link["mode"])
    return {"sizes": sizes.assign(capacity=sizes["capacity"] + amount * here)}


def dropped(instance: Instance, limits: Collection[NamedLimit]) -> dict[str, pd.DataFrame]:
    """The tables without some limits that hold or not."""
    tables: dict[str, pd.DataFrame] = {}
    for limit in limits:
        if limit.kind in FIRST_YEARS:
            name, columns = FIRST_YEARS[limit.kind]
            table = tables.get(name, instance[name])
            here = np.array([key == limit.place for key in keys(table, columns)], dtype=bool)
            tables[name] = table.assign(first_year=table["first_year"].mask(here))
        elif limit.kind is Kind.STOP:
            table = tables.get("windows", instance["windows"])
            tables["windows"] = table[table["process"] != limit.place[0]]
        elif limit.kind is Kind.DECIDED:
            table = tables.get("decided", instance["decided"])
            key = ["decision", "item", "choice"]
            here = (table[key] == list(limit.place[:3])).all(axis=1) & (table["period"] == limit.period)
            tables["decided"] = table[~here]
        elif limit.kind is Kind.REACH:
            table = tables.get("sources", instance["sources"])
            added = instance["periods"][["period"]].assign(node=limit.place[0], carrier=limit.place[1])
            tables["sources"] = pd.concat([table, added.assign(capacity=MUCH, price=1.0)], ignore_index=True)
        else:
            raise AssertionError(limit)
    return tables


def keys(table: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    """The places that the rows of a table are, years as text."""
    texts = [table[name].fillna(0).astype(int if name == "first_year" else str).astype(str) for name in columns]
    return list(zip(*texts, strict=True))


def holding(instance: Instance, limits: Collection[NamedLimit]) -> Instance:
    """The instance in which these limits hold and all others of its tables are lifted."""
    held = {(limit.kind, limit.place, limit.period) for limit in limits}
    tables = _with_amounts(instance, held)
    for kind, (name, columns) in FIRST_YEARS.items():
        table = tables.get(name, instance[name])
        free = [(kind, key, None) not in held for key in keys(table, columns)]
        tables[name] = table.assign(first_year=table["first_year"].mask(np.array(free, dtype=bool)))
    windows = instance["windows"]
    stops = [(Kind.STOP, (process,), None) in held for process in windows["process"]]
    tables["windows"] = windows[np.array(stops, dtype=bool)]
    tables["sources"] = _with_reach(instance, tables["sources"], held)
    return instance.replace(**tables, **_with_money(instance, held))


def _with_amounts(instance: Instance, held: set[tuple[object, ...]]) -> dict[str, pd.DataFrame]:
    targets, decided, headroom = instance["targets"], instance["decided"], instance["headroom"]
    kept = [
        (Kind.TARGET, (scope,), period) in held
        for scope, period in zip(targets["scope"], targets["period"], strict=True)
    ]
    wanted = [
        (Kind.DECIDED, (row.decision, row.item, row.choice, str(row.value)), row.period) in held
        for row in decided.itertuples()
    ]
    periods = instance["periods"][["period"]]
    rooms = headroom[["area"]].drop_duplicates().merge(periods, how="cross").merge(headroom, how="left").fillna(0.0)
    for room, column in (("firm", "firm"), ("total", "flexible")):
        free = [(Kind.GRID, (row.area, room), row.period) not in held for row in rooms.itertuples()]
        # Firm room is room for all capacity: where the whole of it holds, firm room is all of that.
        rooms[f"{column}_free"] = free
    total = rooms["firm"] + rooms["flexible"]
    firm = rooms["firm"].mask(rooms["firm_free"], total.mask(rooms["flexible_free"], MUCH))
    rooms["flexible"] = (total - firm).mask(rooms["flexible_free"], MUCH)
    rooms["firm"] = firm
    links = instance["links"]
    free_link = np.array([(Kind.LINK_CAPACITY, (link,), None) not in held for link in links["link"]], dtype=bool)
    hubs = instance["hubs"]
    pairs = zip(hubs["hub"], hubs["option"], strict=True)
    free_hub = np.array([(Kind.HUB_CAPACITY, pair, None) not in held for pair in pairs], dtype=bool)
    candidate_held = (~free_link & (links["status"] == "candidate").to_numpy()).any()
    sizes = instance["sizes"]
    return {
        "targets": targets[np.array(kept, dtype=bool)],
        "decided": decided[np.array(wanted, dtype=bool)],
        "headroom": rooms[headroom.columns],
        "links": links.assign(
            capacity=links["capacity"].mask(free_link & (links["status"] == "planned").to_numpy(), MUCH)
        ),
        "sizes": sizes if candidate_held else sizes.assign(capacity=sizes["capacity"] + MUCH),
        "hubs": hubs.assign(capacity=hubs["capacity"].mask(free_hub, MUCH)),
        "sources": _amounts(instance, "sources", ["node", "carrier"], Kind.SOURCE, "capacity", held),
        "supply": _with_supply(instance, held),
    }


def _amounts(
    instance: Instance, name: str, place: list[str], kind: Kind, column: str, held: set[tuple[object, ...]]
) -> pd.DataFrame:
    """A table of amounts by place and period, with much wherever the limit does not hold."""
    table = instance[name]
    every = table[place].drop_duplicates().merge(instance["periods"][["period"]], how="cross").merge(table, how="left")
    free = [(kind, tuple(row[:-1]), row[-1]) not in held for row in every[[*place, "period"]].itertuples(index=False)]
    return every.fillna(0.0).assign(**{column: every[column].fillna(0.0).mask(np.array(free, dtype=bool), MUCH)})


def _with_supply(instance: Instance, held: set[tuple[object, ...]]) -> pd.DataFrame:
    supply = instance["supply"]
    added = []
    for commodity, rows in supply.groupby("commodity"):
        zones = ["all"] if "all" in set(rows["zone"]) else sorted(set(instance["sites"]["region"]))
        added += [
            {"commodity": commodity, "zone": zone, "step": "granted", "period": period, "quantity": MUCH, "price": 0.0}
            for zone in zones
            for period in instance["periods"]["period"]
            if (Kind.SUPPLY, (commodity, zone), period) not in held
        ]
    return pd.concat([supply, pd.DataFrame(added)], ignore_index=True) if added else supply


def _with_reach(instance: Instance, sources: pd.DataFrame, held: set[tuple[object, ...]]) -> pd.DataFrame:
    links = instance["links"]
    reached = {
        (carrier, node) for end in ("from", "to") for carrier, node in zip(links["carrier"], links[end], strict=True)
    }
    reached |= set(zip(instance["sources"]["carrier"], instance["sources"]["node"], strict=True))
    added = [
        {"node": site, "carrier": carrier, "period": period, "capacity": MUCH, "price": 1.0}
        for site in instance["sites"]["site"]
        for carrier in ("hydrogen", "co2")
        if (carrier, site) not in reached and (Kind.REACH, (site, carrier), None) not in held
        for period in instance["periods"]["period"]
    ]
    return pd.concat([sources, pd.DataFrame(added)], ignore_index=True) if added else sources


def _with_money(instance: Instance, held: set[tuple[object, ...]]) -> dict[str, pd.DataFrame]:
    """Much money wherever a budget does not hold; and a pot for any start where no rule of support does."""
    if not instance.settings.participation:
        return {}
    every = instance["pots"][["pot"]].merge(instance["periods"][["period"]], how="cross")
    every = every.merge(instance["budgets"], how="left").fillna({"amount": 0.0})
    free = [(Kind.POT, (row.pot,), row.period) not in held for row in every.itertuples()]
    budgets = every.assign(amount=every["amount"].mask(np.array(free, dtype=bool), MUCH))
    if any(kind is Kind.SUPPORT for kind, *_ in held):
        return {"budgets": budgets}
    pot = pd.DataFrame({"pot": ["own"], "name": ["own"], "carry_over": [1]})
    rules = pd.DataFrame({"pot": "own", "family": list(FAMILIES), "sector": "all", "basis": "funding_gap"})
    money = pd.DataFrame({"pot": "own", "period": instance["periods"]["period"], "amount": MUCH})
    added = {"pots": (instance["pots"], pot), "support": (instance["support"], rules.assign(share=1.0))}
    added["budgets"] = (budgets, money)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in added.items()}
