"""Variables ruled out before the model is built, and the rule of `BOUNDS` for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.model.decisions import Decisions
from routeplan.model.variables import BOUNDS, Index, Variable, Variables
from routeplan.network.sizes import sized_links

SENTENCES = {bound.name: bound.sentence for bound in BOUNDS}

DETAIL = {
    "first_year": "its first year is {allowed:.0f}",
    "last_year": "its last year is {allowed:.0f}",
    "windows": "the process has no maintenance stop in this period",
    "payable_start": "its funding gap is {asked:.4g} M EUR, of which all pots together may pay {allowed:.4g}",
    "infrastructure_first_year": "its first year is {allowed:.0f}",
    "reachable_links": "no source or hub reaches a site with a need over it",
    "one_way": "the link is one-way",
}
"""What is told of one case of a rule: ``allowed`` is what the rule sets, ``asked`` what it is compared with."""


@dataclass(frozen=True)
class Absence:
    """Reason why a variable is ruled out.

    Parameters
    ----------
    rule : str
        Name of the rule in `BOUNDS`; empty where the index names nothing of the instance, or an amount that can only
        be 0.
    text : str
        The rule and its numbers, in words.
    """

    rule: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Absent:
    """Variables that an instance rules out, listed when first asked for.

    Parameters
    ----------
    options : DataFrame
        `Options.by_period`: every option in every period.
    unpayable : DataFrame
        `Options.unpayable_starts`: starts that no mix of pots may pay for.
    periods, links, sizes, hubs, reinforcements : DataFrame
        Tables of the instance.
    reachable : frozenset of str
        Links that can serve somebody.
    """

    options: pd.DataFrame
    unpayable: pd.DataFrame
    periods: pd.DataFrame
    links: pd.DataFrame
    sizes: pd.DataFrame
    hubs: pd.DataFrame
    reinforcements: pd.DataFrame
    reachable: frozenset[str]

    @classmethod
    def of(cls, instance: Instance, decisions: Decisions) -> "Absent":
        """Variables that an instance rules out, given the decisions that it leaves."""
        tables = {name: instance[name] for name in ("periods", "links", "sizes", "hubs", "reinforcements")}
        reachable = frozenset(decisions["flow"]["link"]) | frozenset(decisions["built"]["link"])
        return cls(decisions.options.by_period, decisions.options.unpayable_starts, **tables, reachable=reachable)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """By variable: index, ``rule``, and the two numbers that the rule compares, ``asked`` and ``allowed``."""
        found: dict[str, list[pd.DataFrame]] = {}
        for variable, rule, rows, asked, allowed in self._cases():
            numbers = {"asked": rows[asked] if asked else np.nan, "allowed": rows[allowed] if allowed else np.nan}
            found.setdefault(variable.name, []).append(rows[list(variable.index)].assign(rule=rule, **numbers))
        return {name: pd.concat(tables, ignore_index=True) for name, tables in found.items()}

    def why(self, variable: Variable, index: Index) -> Absence:
        """Rule that leaves a variable out, with its numbers."""
        rows = self.tables.get(variable.name)
        if rows is not None and len(index) == len(variable.index):
            for name, value in zip(variable.index, index, strict=True):
                rows = rows[rows[name] == value]
            if len(rows):
                row = rows.iloc[0]
                detail = DETAIL[row["rule"]].format(asked=row["asked"], allowed=row["allowed"])
                return Absence(row["rule"], f"{detail}. {SENTENCES[row['rule']]}")
        return NO_SUCH_INDEX

    def _cases(self) -> "Iterator[Case]":
        yield from self._options()
        yield from self._links()
        for variable, table in (
            (Variables.open, self.hubs),
            (Variables.output, self.hubs),
            (Variables.reinforced, self.reinforcements),
        ):
            yield variable, "infrastructure_first_year", self._before_first_year(table), "period", "first_year"

    def _options(self) -> "Iterator[Case]":
        """Options outside their years and windows, and starts that cannot be paid."""
        options = self.options
        early, late = options["period"] < options["first_year"], options["period"] > options["last_year"]
        new = options["current"] == 0
        for variable, which in ((Variables.runs, early | ~early), (Variables.start, new)):
            yield variable, "first_year", options[early & which], "period", "first_year"
            yield variable, "last_year", options[late & ~early & which], "period", "last_year"
        yield Variables.start, "windows", options[options["may_run"] & ~options["may_start"] & new], "period", ""
        yield Variables.start, "payable_start", self.unpayable, "funding_gap", "limit"

    def _links(self) -> "Iterator[Case]":
        """Links before their first year, in a direction that they do not have, and those that can serve no site."""
        links = self.links
        idle = links[~links["link"].isin(self.reachable) & (links["status"] == "candidate")]
        every = links.merge(self.periods[["period"]], how="cross")
        for rule, rows, asked, allowed in (
            ("infrastructure_first_year", self._before_first_year(links), "period", "first_year"),
            ("reachable_links", every[every["link"].isin(idle["link"])], "", ""),
        ):
            yield Variables.built, rule, sized_links(rows, self.sizes), asked, allowed
            for direction in ("forward", "backward"):
                yield Variables.flow, rule, rows.assign(direction=direction), asked, allowed
        one_way = every[every["one_way"] == 1]
        yield Variables.flow, "one_way", one_way.assign(direction="backward"), "", ""

    def _before_first_year(self, things: pd.DataFrame) -> pd.DataFrame:
        every = things.merge(self.periods[["period"]], how="cross")
        return every[every["period"] < every["first_year"]]


Case = tuple[Variable, str, pd.DataFrame, str, str]
"""Variable, rule, the rows that it rules out, and the columns of what is asked and what is allowed."""

NO_SUCH_INDEX = Absence("", "the instance has nothing of this name, or it can only be 0")
IN_NO_ROW = Absence("", "it is in no row of this program, and keeps its value")
PRESENT = Absence("", "it is not absent: the program decides on it")
UNKNOWN = Absence("", "it is not known what this program rules out")
