"""Warnings on numbers that are allowed, but hardly make sense beside the others: units, places, years and gaps."""

import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings
from routeplan.network.sphere import distance, on_sphere

GAS_FACTOR = (0.05, 5.0)
"""Plausible CO2 for each GWh of gas [kt]: gas itself gives 0.18 to 0.2; with process emissions some times that."""

HOURS = (300.0, 20_000.0)
"""Plausible electricity over capacity [h/yr]: 8,760 at most where capacity is all that a site draws; a site may draw
part of it from what it has already."""

FAR = 400.0
"""No two places of the Netherlands are farther apart [km]."""

SHORT = (0.9, 10.0)
"""A link is too short below this share of the line between its ends, if that is so many km less: towns are known by one
point."""

JUMP = 20.0
"""Prices that change by this factor from one period to the next are most likely in another unit."""


CARRIER_OF = {
    "electrification": ["electricity", "flexible_electricity"],
    "hydrogen": ["hydrogen"],
    "green_gas": ["green_gas"],
    "heat": ["heat"],
    "ccs": ["captured"],
}
"""What options of a family of routes use or capture."""


def implausible(findings: Findings) -> list[Problem]:
    """List numbers that are allowed, but hardly make sense beside the others.

    Parameters
    ----------
    findings : Findings
        Tables that obey every rule, and nothing found in them yet.

    Returns
    -------
    list of Problem
        A warning for each number.
    """
    for rule in RULES:
        rule(findings)
    return findings.problems


def _gas_and_emissions(findings: Findings) -> None:
    """CO2 against gas: t for kt, MWh for GWh, or one of the two forgotten."""
    options = findings["options"]
    emitted = options["emissions"] + options["captured"]
    factor = emitted / options["gas"].where(options["gas"] > 0)
    odd = (factor < GAS_FACTOR[0]) | (factor > GAS_FACTOR[1])

    def text(row: int) -> str:
        return (
            f"{emitted[row]:g} kt of CO2 from {options['gas'][row]:g} GWh of gas is {factor[row]:.3g} kt/GWh, where "
            "gas gives about 0.2: is one of them in another unit (t, MWh), or missing?"
        )

    findings.warn("options", odd, "emissions", text)


def _routes_without_carrier(findings: Findings) -> None:
    """A hydrogen burner without hydrogen: the energy of an option is forgotten, or stands in another column."""
    options = findings["options"]
    family = options["route"].map(findings["routes"].set_index("route")["family"])
    for name, columns in CARRIER_OF.items():
        nothing = (family == name) & (options[columns].sum(axis=1) == 0)

        def text(row: int, name: str = name, columns: list[str] = columns) -> str:
            return f"route '{options['route'][row]}' is of the family {name}, and has no {' or '.join(columns)}"

        findings.warn("options", nothing, columns[0], text)


def _power_and_energy(findings: Findings) -> None:
    """Capacity against electricity: kW for MW, MWh for GWh."""
    options = findings["options"]
    capacity = options["firm_capacity"].clip(lower=0.0) + options["flexible_capacity"].clip(lower=0.0)
    energy = options["electricity"] + options["flexible_electricity"]
    hours = 1000.0 * energy / capacity.where(capacity > 0)
    odd = (energy > 0) & ((hours < HOURS[0]) | (hours > HOURS[1]))

    def text(row: int) -> str:
        return (
            f"{energy[row]:g} GWh/yr of electricity with {capacity[row]:g} MW are {hours[row]:.3g} hours a year, "
            "of which there are 8,760: is one of them in another unit (kW, MWh)?"
        )

    findings.warn("options", odd, "electricity", text)


def _places(findings: Findings) -> None:
    """Sites far from all others: latitude and longitude changed about, or 0."""
    sites = findings["sites"]
    lat, lon = (sites[name].to_numpy(float) for name in ("lat", "lon"))
    centre = on_sphere(np.array([np.median(lat)]), np.array([np.median(lon)]))
    far = distance(on_sphere(lat, lon), centre) > FAR
    turned = distance(on_sphere(np.clip(lon, -90.0, 90.0), lat), centre) <= FAR

    def text(row: int) -> str:
        mend = "; latitude and longitude are changed about" if turned[row] else ""
        return f"latitude {lat[row]:g}, longitude {lon[row]:g} is more than {FAR:g} km from the other sites{mend}"

    if len(sites) > 2:
        findings.warn("sites", far, "lat", text)


def _short_links(findings: Findings) -> None:
    """Links that are shorter than the line between their ends."""
    links = findings["links"]
    points = pd.concat(
        [
            findings["sites"].rename(columns={"site": "place"})[["place", "lat", "lon"]],
            findings["nodes"].rename(columns={"node": "place"})[["place", "lat", "lon"]],
        ]
    )
    places = points.drop_duplicates("place").set_index("place")
    ends = [on_sphere(*places.reindex(links[end])[["lat", "lon"]].to_numpy(float).T) for end in ("from", "to")]
    line = distance(*ends) if len(links) else np.zeros(0)
    length = links["length"].to_numpy(float)
    short = (length < SHORT[0] * line) & (length < line - SHORT[1])

    def text(row: int) -> str:
        return f"a length of {links['length'][row]:g} km, where its ends are {line[row]:.0f} km apart"

    findings.warn("links", short, "length", text)


def _jumps(findings: Findings) -> None:
    """Prices that change by a factor that no market shows."""
    prices = findings["prices"]
    before = prices.sort_values("period").groupby(["item", "group"])["price"].shift().reindex(prices.index)
    ratio = prices["price"] / before.where(before > 0)
    odd = (ratio > JUMP) | ((ratio > 0) & (ratio < 1.0 / JUMP))

    def text(row: int) -> str:
        item, price = prices["item"][row], prices["price"][row]
        return f"the price of '{item}' goes from {before[row]:g} to {price:g}: another unit?"

    findings.warn("prices", odd, "price", text)


KEPT = {
    "headroom": (["area"], ["firm", "flexible"]),
    "supply": (["commodity", "zone", "step"], ["quantity"]),
    "sources": (["node", "carrier"], ["capacity"]),
}
"""Tables in which a row that lacks counts as 0: the key of a thing, and its amounts."""


def _missing_rows(findings: Findings) -> None:
    """Things that have an amount in a period, and no row in a later one."""
    periods = findings["periods"]["period"].tolist()
    for table, (key, amounts) in KEPT.items():
        frame = findings[table]
        some = frame[frame[amounts].sum(axis=1) > 0]
        for names, rows in some.groupby(key):
            there = set(frame.merge(rows[key].drop_duplicates(), on=key)["period"])
            last = rows["period"].max()
            lacking = [period for period in periods if period > last and period not in there]
            if lacking:
                row = int(rows.index[-1])
                named = ", ".join(map(str, names if isinstance(names, tuple) else (names,)))
                text = f"{named} has no row for {', '.join(map(str, lacking))}, which counts as 0, after {last}"
                findings.add(Problem(f"{table}.csv", findings.line(table, row), text, "period"))


def _years_beyond(findings: Findings) -> None:
    """First years after the horizon: the thing is never there."""
    periods = findings["periods"]
    end = int(periods["period"].iloc[-1] + periods["years"].iloc[-1])
    for table in ("options", "links", "hubs", "reinforcements", "support"):
        frame = findings[table]
        first = frame["first_year"]

        def text(row: int, first: "pd.Series[float]" = first) -> str:
            return f"the first year {first[row]:.0f} lies after the horizon, which ends in {end}: it is never there"

        findings.warn(table, first >= end, "first_year", text)


RULES = (
    _gas_and_emissions,
    _routes_without_carrier,
    _power_and_energy,
    _places,
    _short_links,
    _jumps,
    _missing_rows,
    _years_beyond,
)
"""What is looked at, in this order."""
