"""The model on one page: decisions, constraint families, objective."""

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC
from pyomo.core.expr.numeric_expr import LinearExpression

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model import grid, network, routes, strengthen, supply, support, targets
from routeplan.model.costs import CostTerm, coefficients, cost_terms
from routeplan.model.decided import fix_decided
from routeplan.model.decisions import Block, Decisions, list_decisions
from routeplan.model.family import Family, Written
from routeplan.model.variables import Indexed, Variables

FAMILIES: tuple[Family[Any], ...] = (
    routes.one_route_per_process,
    routes.starts_when_switching,
    routes.no_spurious_start,
    routes.no_way_back,
    routes.stays_started,
    routes.bridge_ends,
    routes.bridge_overrun,
    grid.contract_room,
    grid.connection_room,
    grid.connection_covers_request,
    grid.firm_headroom,
    grid.total_headroom,
    network.node_balance,
    network.link_capacity,
    network.stays_built,
    network.hub_capacity,
    network.stays_open,
    grid.stays_reinforced,
    supply.supply_balance,
    supply.supply_shared,
    support.pot_budget,
    support.support_limit,
    support.business_case,
    targets.emission_target,
)
"""Every constraint family of the model, over the decisions of `Variables`; what are bounds instead is in `BOUNDS`."""

STRENGTHENING: tuple[Family[Any], ...] = (strengthen.tight_link_capacity, strengthen.connected_before_use)
"""Rows that change no optimum but bring the bound nearer."""


@dataclass(frozen=True)
class Model:
    """A built model, and the instance and decisions behind it.

    Parameters
    ----------
    instance : Instance
        The instance.
    decisions : Decisions
        Its decisions; each kind is a variable of `pyomo`, in the order of its table.
    terms : list of CostTerm
        The terms of the cost.
    bare : ConcreteModel
        Variables, and the objectives ``cost`` and (inactive) ``emissions``.
    written : mapping of str to Written
        By family, its rows.
    fixed_wrong : tuple of str
        Decisions fixed at 1 in advance that can only be 0.
    """

    instance: Instance
    decisions: Decisions
    terms: list[CostTerm]
    bare: Any
    written: dict[str, Written]
    fixed_wrong: tuple[str, ...]

    @cached_property
    def pyomo(self) -> Any:
        """The Pyomo model, with a component for each family.

        A program is compiled without it: rows that are added here and variables that are fixed here are not in it.
        """
        with _BUILDING, PauseGC():
            for written in self.written.values():
                setattr(self.bare, written.family.name, written.component())
        return self.bare

    @property
    def broken(self) -> list[str]:
        """Rows that no decision can mend; the instance is infeasible when there is one.

        Those in which every decision cancels out are found by `compile_model`: `Program.broken` has them too.
        """
        return [*self.fixed_wrong, *(text for rows in self.written.values() for text in rows.broken)]


def build(
    instance: Instance,
    families: tuple[Family[Any], ...] = FAMILIES + STRENGTHENING,
    decisions: Decisions | None = None,
) -> Model:
    """Build the model of an instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    families : tuple of Family
        What to build; leave out `STRENGTHENING` for the bare model.
    decisions : Decisions, optional
        What is left to be decided; `list_decisions` of the instance when None.
    """
    decisions = decisions or list_decisions(instance)
    terms = cost_terms(instance, decisions)
    # Pyomo is not made for threads: two models built at once would disturb each other.
    with _BUILDING, PauseGC():
        model: Any = pyo.ConcreteModel(instance.name)
        for block in decisions.blocks.values():
            setattr(model, block.name, _variable(block))
        fixed_wrong = fix_decided(model, instance["decided"])
        blocks = decisions.blocks.values()
        variables = Variables({one.name: Indexed(one.variable, getattr(model, one.name).items()) for one in blocks})
        facts = {kind: kind(instance, decisions) for kind in {family.lookups for family in families}}
        written = {family.name: family.write(variables, facts[family.lookups]) for family in families}
        model.cost = _objective(model, decisions, coefficients(terms, decisions))
        model.emissions = _objective(model, decisions, {"runs": emission_years(instance, decisions)})
        model.emissions.deactivate()
    return Model(instance, decisions, terms, model, written, tuple(fixed_wrong))


_BUILDING = threading.Lock()


def _variable(block: Block) -> pyo.Var:
    """The Pyomo variable of a block: binary, or between 0 and its largest value."""
    keys = block.keys()
    upper = dict(zip(keys, block.table["upper"].tolist(), strict=True))
    integer = dict(zip(keys, block.table["integer"].tolist(), strict=True))
    return pyo.Var(
        keys,
        domain=lambda _, *index: pyo.Binary if integer[index] else pyo.NonNegativeReals,
        bounds=lambda _, *index: (0.0, upper[index]),
    )


def _objective(model: Any, decisions: Decisions, cost: dict[str, FloatArray]) -> pyo.Objective:
    """The sum of decisions times their coefficients."""
    parts = [
        coefficient * getattr(model, name)[index]
        for name, values in cost.items()
        for index, coefficient in zip(decisions.blocks[name].keys(), values.tolist(), strict=True)
        if coefficient
    ]
    return pyo.Objective(expr=LinearExpression(parts))


def emission_years(instance: Instance, decisions: Decisions) -> FloatArray:
    """Emissions of each option while it runs, over its whole period [kt]."""
    runs = decisions["runs"]
    years = instance.horizon.years[instance.horizon.position(runs["period"])]
    return np.asarray(runs["emissions"].to_numpy(float) * years)
