"""Costs of a plan that belong to no site: of each source, link, hub, zone of supply, reinforcement and target."""

from collections.abc import Mapping

import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.instance.money import annuity, hub_unit_cost, yearly_hub_costs, yearly_link_costs
from routeplan.network.sizes import sized_links
from routeplan.result.apportion import THING_KEY
from routeplan.result.result import Result
from routeplan.schema.inputs import SUPPLIED
from routeplan.schema.units import PER_MILLION

COLUMNS = [*THING_KEY, "term", "cost"]
CARRIER_TERMS = {"hydrogen": "hydrogen", "co2": "co2_storage"}
"""Term of what is supplied or stored at sources, by carrier."""


def shared_costs(result: Result) -> pd.DataFrame:
    """List what each shared thing costs in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``pool`` (carrier, commodity, ``grid`` or ``emissions``), ``kind`` (``source``, ``link``, ``hub``, ``zone``,
        ``reinforcement`` or ``scope``), ``item`` (its id), ``period``, ``term`` and ``cost``, the undiscounted mean
        over the period [M EUR/yr]. All of these are paid throughout the period. A thing may have several rows.
    """
    makers = (_sources, _transport, _links, _hubs, _supply, _reinforcements, _overshoot)
    costs = pd.concat([make(result)[COLUMNS] for make in makers], ignore_index=True)
    return costs[costs["cost"] != 0.0]


def _sources(result: Result) -> pd.DataFrame:
    priced = result["drawn"].merge(result.instance["sources"], on=["node", "carrier", "period"])
    named = priced.rename(columns={"carrier": "pool", "node": "item"})
    return named.assign(
        kind="source", term=named["pool"].map(CARRIER_TERMS), cost=named["amount"] * named["price"] / PER_MILLION
    )


def _transport(result: Result) -> pd.DataFrame:
    priced = result["flows"].merge(result.instance["links"][["link", "variable_cost"]], on="link")
    named = priced.rename(columns={"carrier": "pool", "link": "item"})
    return named.assign(kind="link", term="transport", cost=named["flow"].abs() * named["variable_cost"] / PER_MILLION)


def _links(result: Result) -> pd.DataFrame:
    instance = result.instance
    sized = sized_links(instance["links"], instance["sizes"]).drop(columns="first_year")
    built = _in_place(result, "built").merge(sized, on=["link", "size"])
    terms = yearly_link_costs(built, instance.settings.discount_rate)
    return _by_term(built.rename(columns={"carrier": "pool", "link": "item"}).assign(kind="link"), terms)


def _hubs(result: Result) -> pd.DataFrame:
    instance = result.instance
    hubs = open_hubs(result)
    terms = yearly_hub_costs(hubs, instance.prices, instance.settings.discount_rate)
    handled = {"hub_output": hubs["output"] * hub_unit_cost(hubs, instance.prices) / PER_MILLION}
    return _by_term(hubs.rename(columns={"carrier": "pool", "hub": "item"}).assign(kind="hub"), {**terms, **handled})


def open_hubs(result: Result) -> pd.DataFrame:
    """Hub options that are open in each period, with their ``output``, the columns of ``hubs`` and ``position``."""
    hubs = result["hubs"][result["hubs"]["open"] == 1].merge(result.instance["hubs"], on=["hub", "option"])
    return hubs.assign(position=result.instance.horizon.position(hubs["period"]))


def _supply(result: Result) -> pd.DataFrame:
    steps = result.instance["supply"]
    priced = result["supplied"].merge(steps, on=["commodity", "zone", "step", "period"])
    named = priced[priced["commodity"].isin(SUPPLIED)].rename(columns={"commodity": "pool", "zone": "item"})
    return named.assign(kind="zone", term=named["pool"], cost=named["amount"] * named["price"] / PER_MILLION)


def _reinforcements(result: Result) -> pd.DataFrame:
    instance = result.instance
    work = _in_place(result, "reinforced").merge(instance["reinforcements"], on="reinforcement")
    rent = annuity(work["capex"], work["lifetime"], instance.settings.discount_rate)
    named = work.rename(columns={"reinforcement": "item"})
    return named.assign(pool="grid", kind="reinforcement", term="reinforcements", cost=rent)


def _overshoot(result: Result) -> pd.DataFrame:
    priced = result["overshoot"].merge(result.instance["targets"], on=["scope", "period"])
    named = priced.rename(columns={"scope": "item"})
    return named.assign(
        pool="emissions", kind="scope", term="overshoot", cost=named["amount"] * named["price"] / PER_MILLION
    )


def _in_place(result: Result, table: str) -> pd.DataFrame:
    """Rows of a table of what stays, in every period from their own on."""
    since = result[table].rename(columns={"period": "since"})
    every = since.merge(result.instance["periods"][["period"]], how="cross")
    return every[every["since"] <= every["period"]].reset_index(drop=True)


def _by_term(things: pd.DataFrame, terms: "Mapping[str, FloatArray | pd.Series[float]]") -> pd.DataFrame:
    """The rows once for each term, with its cost."""
    return pd.concat([things.assign(term=term, cost=cost) for term, cost in terms.items()], ignore_index=True)
