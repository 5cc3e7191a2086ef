"""Decisions of an instance: a block of variables for each kind, with the table of its indices.

A variable that a rule of `BOUNDS` rules out has no row, so that it never becomes a column of the model; `absent`
tells which rule that is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.options import Options, in_scope, options_of
from routeplan.model.variables import Domain, Index, Variable, Variables
from routeplan.network.arcs import directed
from routeplan.network.needs import site_needs
from routeplan.network.reachable import reachable_links
from routeplan.network.sizes import sized_links
from routeplan.schema.inputs import SUPPLIED


def tuples(table: pd.DataFrame, *columns: str) -> list[Index]:
    """Rows of some columns, as tuples of Python values."""
    return list(zip(*(table[column].tolist() for column in columns), strict=True))


@dataclass(frozen=True)
class Block:
    """The variables of one kind that an instance has.

    Parameters
    ----------
    variable : Variable
        What they are.
    table : DataFrame
        One row for each variable: its index, ``upper`` (largest value), ``integer`` (whether it is 0 or 1), and
        whatever its costs and rows need.
    """

    variable: Variable
    table: pd.DataFrame

    @property
    def name(self) -> str:
        """Name of the variable."""
        return self.variable.name

    def keys(self) -> list[Index]:
        """The indices, as tuples, in the table's order."""
        return tuples(self.table, *self.variable.index)


@dataclass(frozen=True)
class Decisions:
    """Every decision of an instance, and the long table of options behind them.

    Parameters
    ----------
    options : Options
        The option table of the instance.
    blocks : mapping of str to Block
        By name, in the order of `Variables`.
    """

    options: Options
    blocks: dict[str, Block]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.blocks[name].table


def list_decisions(instance: Instance, links: pd.DataFrame | None = None) -> Decisions:
    """List the decisions of an instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    links : DataFrame, optional
        The rows of its table ``links`` that count; those that can serve somebody (`reachable_links`) when None.

    Returns
    -------
    Decisions
        Decisions ruled out by years, windows or business case left out.
    """
    options = options_of(instance)
    runs, start = options.may_run, options.payable_starts
    grant = options.grants.merge(start[["process", "route", "period"]], on=["process", "route", "period"])
    links = reachable_links(instance, site_needs(runs)) if links is None else links
    blocks = [
        _up_to_one(Variables.runs, runs),
        _up_to_one(Variables.start, start, integer=start["temporary"] == 1),
        _up_to_one(Variables.overrun, options.overruns),
        _amount(Variables.grant, grant, "limit"),
        *_capacities(instance, runs),
        *_links(instance, links),
        _amount(Variables.drawn, instance["sources"], "capacity"),
        *_hubs(instance),
        _up_to_one(Variables.reinforced, from_first_year(instance, instance["reinforcements"])),
        *_supply(instance, runs),
        _overshoot(instance, runs),
    ]
    return Decisions(options, {block.name: block for block in blocks})


def _up_to_one(variable: Variable, table: pd.DataFrame, *, integer: "pd.Series[bool] | bool" = False) -> Block:
    """Variables between 0 and 1: integer where they are binary, and in the rows marked as `integer`."""
    return Block(variable, table.assign(upper=1.0, integer=integer if variable.domain is Domain.SHARE else True))


def _amount(variable: Variable, table: pd.DataFrame, upper: str) -> Block:
    """Amounts between 0 and a column of their table; rows in which they can only be 0 are left out."""
    some = table[table[upper] > 0].reset_index(drop=True)
    return Block(variable, some.assign(upper=some[upper], integer=False))


def from_first_year(instance: Instance, things: pd.DataFrame) -> pd.DataFrame:
    """Each thing in each period from its first year on."""
    periods = instance["periods"][["period"]].assign(position=np.arange(len(instance.horizon)))
    every = things.merge(periods, how="cross")
    return every[~(every["period"] < every["first_year"])].reset_index(drop=True)


def _capacities(instance: Instance, runs: pd.DataFrame) -> list[Block]:
    """New grid capacity, for the contracts that may come to need it."""
    spare = instance["sites"].groupby("contract")["spare_capacity"].sum()
    need = runs[["contract", "process", "period"]].assign(
        request=runs["firm_asked"].clip(lower=0.0), connection=runs["total_asked"].clip(lower=0.0)
    )
    most = need.groupby(["contract", "process", "period"]).max().groupby(["contract", "period"]).sum().reset_index()
    blocks = []
    for variable in (Variables.request, Variables.connection):
        beyond = most[variable.name] - most["contract"].map(spare)
        blocks.append(_amount(variable, most[["contract", "period"]].assign(most=beyond), "most"))
    return blocks


def _links(instance: Instance, links: pd.DataFrame) -> list[Block]:
    """Links to build, and flows along whatever is or may be in place."""
    links = from_first_year(instance, links)
    built = sized_links(links, instance["sizes"])
    candidate = built.groupby(["link", "period"])["size_capacity"].sum().rename("most").reset_index()
    both = links.merge(candidate, on=["link", "period"], how="left")
    both["most"] = both["capacity"].fillna(0.0) + both["most"].fillna(0.0)
    return [
        _up_to_one(Variables.built, built),
        _amount(Variables.flow, directed(both), "most"),
    ]


def _hubs(instance: Instance) -> list[Block]:
    hubs = from_first_year(instance, instance["hubs"])
    return [
        _up_to_one(Variables.open, hubs),
        _amount(Variables.output, hubs, "capacity"),
    ]


def _supply(instance: Instance, runs: pd.DataFrame) -> list[Block]:
    """Steps of supply bought, and amounts brought to each region from the zone `all`."""
    supply = instance["supply"]
    national = supply[supply["zone"] == "all"].groupby(["commodity", "period"])["quantity"].sum().reset_index()
    use = pd.concat([runs[runs[name] > 0][["region", "period"]].assign(commodity=name) for name in SUPPLIED])
    brought = use.drop_duplicates().merge(national, on=["commodity", "period"])
    return [
        _amount(Variables.taken, supply, "quantity"),
        _amount(Variables.brought, brought, "quantity"),
    ]


def _overshoot(instance: Instance, runs: pd.DataFrame) -> Block:
    """Emissions above the targets that have a price; never more than all that may be emitted."""
    priced = instance["targets"].dropna(subset="price")
    emitted = runs.groupby(["process", "period", "sector", "region"])["emissions"].max().reset_index()
    tables = [
        emitted[in_scope(emitted, scope)].groupby("period")["emissions"].sum().rename("most").reset_index()
        for scope in priced["scope"].unique()
    ]
    scopes = [table.assign(scope=scope) for table, scope in zip(tables, priced["scope"].unique(), strict=True)]
    most = pd.concat(
        [
            pd.DataFrame(columns=["period", "most", "scope"]).astype({"period": int, "most": float, "scope": str}),
            *scopes,
        ]
    )
    return _amount(Variables.overshoot, priced.merge(most, on=["scope", "period"]), "most")
