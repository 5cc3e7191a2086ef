"""Worth of limits: what one unit more would save, by the dual prices of the linear relaxation."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.compile import program_of
from routeplan.model.program import Program
from routeplan.schema import units
from routeplan.schema.inputs import ALL
from routeplan.schema.levers import BUDGET, FIRM_ROOM, FLEXIBLE_ROOM, HUB, LINK, SOURCE, SUPPLY, TARGET, WORTH
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits, Solution

LEAST = 1e-6
"""What is worth less counts as nothing: a euro, or a kilogram of CO2; solvers are no nearer to the truth."""


def worth(instance: Instance, limits: Limits) -> pd.DataFrame | None:
    """Tell what one unit more of each limit is worth in the linear relaxation of an instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    limits : Limits
        Deadline, threads and seed of the solver.

    Returns
    -------
    DataFrame or None
        The table `WORTH`, the largest first, without what is worth nothing; None where the relaxation has no solution
        or was not solved in time.

    Notes
    -----
    A dual price is the slope of the optimum: it holds for a change that is small enough, and where the optimum has a
    kink it is one of several slopes. Whole decisions may be fractions here, so that it is no more than a hint of what
    a larger change brings.
    """
    program = program_of(instance)
    solution = None if program.broken else run(program.asked.relaxed(), limits)
    if solution is None or solution.x is None or solution.duals is None or solution.reduced_costs is None:
        return None
    parts = pd.concat(list(_parts(instance, _Prices(program, solution))), ignore_index=True)
    found = parts[parts["worth"] > LEAST].sort_values("worth", ascending=False, kind="stable")
    return found[WORTH.names].reset_index(drop=True)


class _Prices:
    """What one unit more of rows and columns saves, by the rows of their tables."""

    def __init__(self, program: Program, solution: Solution) -> None:
        self._program, self._x = program, _given(solution.x)
        self._duals, self._reduced = _given(solution.duals), _given(solution.reduced_costs)

    def of_rows(self, family: str) -> pd.DataFrame:
        """Index of each row of a family, and what one unit more on its right side saves."""
        block = self._program.rows[family]
        there = block.position >= 0
        return block.table.assign(worth=np.where(there, -self._duals[block.position], 0.0) if len(there) else 0.0)

    def of_bounds(self, variable: str) -> pd.DataFrame:
        """Table of a variable, and what one unit more of its upper bound saves."""
        block = self._program.columns[variable]
        there = block.position >= 0
        saved = np.maximum(0.0, -self._reduced[block.position]) if len(there) else np.zeros(0)
        return block.table.assign(worth=np.where(there, saved, 0.0))

    def values(self, variable: str) -> pd.DataFrame:
        """Table of a variable, and its ``value`` in the relaxation."""
        block = self._program.columns[variable]
        return block.table.assign(value=block.values(self._x))


def _given(numbers: FloatArray | None) -> FloatArray:
    return np.zeros(0) if numbers is None else numbers


def _parts(instance: Instance, prices: _Prices) -> Iterator[pd.DataFrame]:
    """Worth of each kind of limit; in each, equal indices add up to what one unit more moves at once."""
    firm, total = prices.of_rows("firm_headroom"), prices.of_rows("total_headroom")
    # Firm headroom counts in the whole headroom too.
    yield _told(pd.concat([firm, total]), FIRM_ROOM, "area", unit=units.POWER)
    yield _told(total, FLEXIBLE_ROOM, "area", unit=units.POWER)
    yield _told(_supply(prices), SUPPLY, "zone", "commodity", "step", unit=units.ENERGY)
    yield _told(_budgets(instance, prices.of_rows("pot_budget")), BUDGET, "pot", unit=units.MONEY)
    yield _told(prices.of_rows("emission_target"), TARGET, "scope", unit=units.CO2)
    for carrier, unit in units.OF_CARRIER.items():
        drawn, links, hubs = prices.of_bounds("drawn"), _links(instance, prices), _hubs(prices)
        yield _told(drawn[drawn["carrier"] == carrier], SOURCE, "node", "carrier", unit=unit)
        yield _told(links[links["carrier"] == carrier], LINK, "link", "carrier", unit=unit)
        yield _told(hubs[hubs["carrier"] == carrier], HUB, "hub", "option", unit=unit)


def _told(rows: pd.DataFrame, kind: str, place: str, item: str = "", step: str = "", *, unit: str) -> pd.DataFrame:
    """Rows in the columns of `WORTH`."""
    named = pd.DataFrame(
        {
            "kind": kind,
            "place": rows[place].astype("str"),
            "item": rows[item].astype("str") if item else "",
            "step": rows[step].astype("str") if step else "",
            "period": rows["period"].astype("int64"),
            "unit": unit,
            "worth": rows["worth"].astype("float64"),
        }
    )
    return named.groupby([name for name in WORTH.names if name != "worth"], sort=False, as_index=False).agg(
        {"worth": "sum"}
    )


def _supply(prices: _Prices) -> pd.DataFrame:
    """Worth of a step of supply: one unit more in the zone `all` may be brought to any region as well."""
    taken, brought = prices.of_bounds("taken"), prices.of_bounds("brought")
    key = ["commodity", "period"]
    more = brought.groupby(key, as_index=False).agg({"worth": "sum"}).rename(columns={"worth": "brought"})
    both = taken.merge(more, on=key, how="left")
    return both.assign(worth=both["worth"] + both["brought"].fillna(0.0).where(both["zone"] == ALL, 0.0))


def _budgets(instance: Instance, rows: pd.DataFrame) -> pd.DataFrame:
    """Worth of money in a period: in a pot that carries over it counts in every later row as well."""
    carries = instance["pots"].set_index("pot")["carry_over"]
    rows = rows.sort_values(["pot", "period"], kind="stable")
    later = rows.iloc[::-1].groupby("pot")["worth"].cumsum().reindex(rows.index)
    return rows.assign(worth=rows["worth"].where(rows["pot"].map(carries) == 0, later))


def _links(instance: Instance, prices: _Prices) -> pd.DataFrame:
    """Worth of capacity of planned links; candidates are built in whatever size serves best."""
    links = instance["links"]
    planned = links[links["status"] == "planned"][["link", "carrier"]]
    flow = prices.of_bounds("flow")[["link", "period", "worth"]]
    return pd.concat([prices.of_rows("link_capacity"), flow]).merge(planned, on="link")


def _hubs(prices: _Prices) -> pd.DataFrame:
    """Worth of capacity of hubs, as far as the relaxation opens them."""
    key = ["hub", "option", "period"]
    opened = prices.values("open")[[*key, "carrier", "value"]]
    rows = prices.of_rows("hub_capacity").merge(opened, on=key)
    output = prices.of_bounds("output")[[*key, "carrier", "worth"]]
    return pd.concat([rows.assign(worth=rows["worth"] * rows["value"])[[*key, "carrier", "worth"]], output])
