"""Money of an instance, year by year, in plain loops that share nothing with the package.

Rows are plain dictionaries; an empty number is None. Money is in M EUR.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from routeplan.instance.instance import Instance

Row = Mapping[str, Any]
COMMODITIES = ("electricity", "flexible_electricity", "gas", "green_gas", "hydrogen", "heat")
SCALED = ("captured", "removed", "emissions", *COMMODITIES)


def rows_of(instance: Instance, table: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries."""
    frame = instance[table]
    return [
        {str(column): None if pd.isna(value) else value for column, value in row.items()}
        for row in frame.to_dict("records")
    ]


@dataclass(frozen=True)
class Years:
    """Periods, discounting and the annuities that fall inside the horizon.

    Parameters
    ----------
    first : list of int
        First year of each period.
    end : list of int
        Year after each period.
    """

    first: list[int]
    end: list[int]
    base: int
    rate: float
    firm_rate: float

    @classmethod
    def of(cls, instance: Instance) -> "Years":
        """The years of an instance."""
        rows = rows_of(instance, "periods")
        first = [int(row["period"]) for row in rows]
        end = [int(row["period"] + row["years"]) for row in rows]
        settings = instance.settings
        return cls(first, end, settings.base_year, settings.discount_rate, settings.firm_rate)

    @property
    def horizon(self) -> int:
        """Y, the year after the last period."""
        return self.end[-1]

    def discount(self, year: int) -> float:
        """d(y)."""
        return (1 + self.rate) ** -(year - self.base)

    def worth(self, t: int) -> float:
        """W(t): worth of 1 M EUR/yr in a period."""
        return sum(self.discount(year) for year in range(self.first[t], self.end[t]))

    def charge(self, capex: float, life: int, t: int, until: int) -> float:
        """Annuities paid at the start of the years from the start until a year, discounted."""
        yearly = annuity(capex, life, self.rate)
        return sum(yearly * self.discount(year) for year in range(self.first[t], min(until, self.horizon)))

    def period_at(self, year: int) -> int:
        """The period in which a year lies; the last one beyond the horizon."""
        for t, end in enumerate(self.end):
            if year < end:
                return t
        return len(self.end) - 1

    def allowed(self, row: Row, t: int) -> bool:
        """Whether a period's first year lies between first_year and last_year, if given."""
        first, last = row.get("first_year"), row.get("last_year")
        return (first is None or self.first[t] >= first) and (last is None or self.first[t] <= last)

    def stops(self, row: Row) -> int | None:
        """The year from which an option may no longer run by its last_year; None when nothing ends it."""
        last = row["last_year"]
        if last is None or last >= self.horizon:
            return None
        return max((self.end[t] for t in range(len(self.end)) if self.first[t] <= last), default=self.first[0])

    def paid_until(self, row: Row, life: int, temporary: bool, t: int) -> int:
        """E of an option started in a period."""
        start, stops = self.first[t], self.stops(row)
        if temporary:
            return max(start + life, self.end[t])
        if stops is None:
            return self.horizon
        paid = start
        while paid < stops:
            paid += life
        return paid


def annuity(capex: float, life: int, rate: float) -> float:
    """The yearly payment, at the start of each year, worth the capex."""
    return capex / sum((1 + rate) ** -year for year in range(life))


@dataclass(frozen=True)
class Prices:
    """Prices and values: the group's own row wins over the row of `all`."""

    instance: Instance

    @cached_property
    def _known(self) -> dict[tuple[str, str, int], float]:
        return {
            (row["item"], row["group"], int(row["period"])): row["price"] for row in rows_of(self.instance, "prices")
        }

    def price(self, item: str, group: str, period: int) -> float:
        """What a firm pays, in the unit of the item."""
        for asked in (group, "all"):
            if (item, asked, period) in self._known:
                return self._known[item, asked, period]
        if item == "co2_removed":
            return 0.0
        raise KeyError((item, group, period))

    def value(self, item: str, group: str, period: int) -> float:
        """What society counts."""
        for asked in (group, "all"):
            if (f"{item}_value", asked, period) in self._known:
                return self._known[f"{item}_value", asked, period]
        return self.price(item, group, period)


@dataclass(frozen=True)
class Option:
    """One option of a process, with all that bears on its money."""

    row: Row
    route: Row
    group: str
    activity: list[float]
    trend: list[float]
    years: Years = field(repr=False)
    prices: Prices = field(repr=False)

    @property
    def life(self) -> int:
        """Its lifetime: its own, or the route's."""
        return int(self.row["lifetime"] or self.route["lifetime"])

    @property
    def temporary(self) -> bool:
        """Whether it is a bridge."""
        return bool(self.route["temporary"])

    def capex(self, t: int) -> float:
        """Investment when started in a period."""
        return float(self.row["capex"] * self.trend[t])

    def amount(self, column: str, t: int) -> float:
        """Energy or CO2 in a year of a period."""
        return float(self.row[column] * self.activity[t])

    def charge(self, t: int) -> float:
        """Discounted annuities of a start."""
        until = self.years.paid_until(self.row, self.life, self.temporary, t)
        return self.years.charge(self.capex(t), self.life, t, until)

    def overrun(self, t: int, routes: Sequence[str], starts: Collection[int]) -> float:
        """Discounted annuities after the life of a start in t, where it runs on to the end of the period it ends in.

        routes: what the process runs in each period; starts: periods in which it starts this option.
        """
        first, end = self.years.first, self.years.end
        gone = first[t] + self.life
        ends_in = [s for s in range(t + 1, len(end)) if first[s] < gone < end[s]]
        if not self.temporary or not ends_in or not self.years.allowed(self.row, ends_in[0]):
            return 0.0
        anew = any(t < later <= ends_in[0] for later in starts)
        if routes[ends_in[0]] != self.row["route"] or anew:
            return 0.0
        yearly = annuity(self.capex(t), self.life, self.years.rate)
        return sum(yearly * self.years.discount(year) for year in range(gone, end[ends_in[0]]))

    def firm_cost(self, t: int) -> float:
        """What the firm pays in a year with the prices and the activity of a period."""
        priced = [(item, self.amount(item, t)) for item in COMMODITIES]
        priced += [("co2", self.amount("emissions", t)), ("co2_removed", -self.amount("removed", t))]
        priced += [("co2_storage", self.amount("captured", t))]
        priced += [("grid_fee", max(0.0, self.row["firm_capacity"])), ("flexible_fee", self.row["flexible_capacity"])]
        period = self.years.first[t]
        paid = sum(amount * self.prices.price(item, self.group, period) for item, amount in priced)
        return float(self.row["fixed_cost"] + paid / 1000)

    def society_cost(self, t: int, unlimited: tuple[str, ...]) -> float:
        """What society counts in a year of a period; of supplied commodities only those without any step."""
        priced = [(item, self.amount(item, t)) for item in ("electricity", "flexible_electricity", "gas", *unlimited)]
        priced += [("co2", self.amount("emissions", t)), ("co2_removed", -self.amount("removed", t))]
        priced += [("grid_fee", max(0.0, self.row["firm_capacity"])), ("flexible_fee", self.row["flexible_capacity"])]
        period = self.years.first[t]
        counted = sum(amount * self.prices.value(item, self.group, period) for item, amount in priced)
        return float(self.row["fixed_cost"] + counted / 1000)

    def funding_gap(self, current: "Option", t: int, support_years: int) -> float:
        """What starting costs the firm more than staying on the current option, at the start."""
        years, start = self.years, self.years.first[t]
        if not years.allowed(current.row, t):
            return 0.0
        window = min(self.life, support_years)
        current_stops, stops = years.stops(current.row), years.stops(self.row)
        yearly = annuity(self.capex(t), self.life, years.firm_rate)
        total = 0.0
        for j in range(window):
            if current_stops is not None and start + j >= current_stops:
                break
            u = years.period_at(start + j)
            runs = stops is None or start + j < stops
            more = self.firm_cost(u) - current.firm_cost(u) if runs else 0.0
            total += (1 + years.firm_rate) ** -j * (yearly + more)
        return max(0.0, total)
