"""The model on one page: decisions, constraint families, objective."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC
from pyomo.core.expr.numeric_expr import LinearExpression

from routeplan.horizon import FloatArray
from routeplan.instance import Instance
from routeplan.model import grid, network, routes, strengthen, supply, support, targets
from routeplan.model.costs import CostTerm, coefficients, cost_terms
from routeplan.model.decided import fix_decided
from routeplan.model.decisions import Decision, Decisions, list_decisions
from routeplan.model.family import Family, Settled
from routeplan.model.lookups.lookups import Lookups

FAMILIES: tuple[Family, ...] = (
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
"""Every family of the model; years (`allowed_years`) and fixed decisions (`as_decided`) are bounds."""

STRENGTHENING: tuple[Family, ...] = (strengthen.tight_link_capacity, strengthen.connected_before_use)
"""Rows that change no optimum but bring the bound nearer."""


@dataclass(frozen=True)
class Model:
    """A built model, and what it was built from.

    Parameters
    ----------
    instance : Instance
        The instance.
    decisions : Decisions
        Its decisions; each kind is a variable of `pyomo`, in the order of its table.
    terms : list of CostTerm
        The terms of the cost.
    pyomo : ConcreteModel
        Variables, families and the objectives ``cost`` and (inactive) ``emissions``.
    families : tuple of Family
        What was built.
    settled : mapping of str to Settled
        By family, the rows that no decision can change.
    fixed_wrong : tuple of str
        Decisions fixed at 1 in advance that can only be 0.
    """

    instance: Instance
    decisions: Decisions
    terms: list[CostTerm]
    pyomo: Any
    families: tuple[Family, ...]
    settled: dict[str, Settled]
    fixed_wrong: tuple[str, ...]

    @property
    def broken(self) -> list[str]:
        """Rows that no decision can mend; the instance is infeasible when there is one."""
        return [*self.fixed_wrong, *(text for rows in self.settled.values() for text in rows.broken)]


def build(
    instance: Instance,
    families: tuple[Family, ...] = FAMILIES + STRENGTHENING,
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
    with PauseGC():
        model: Any = pyo.ConcreteModel(instance.name)
        for kind in decisions.kinds.values():
            setattr(model, kind.name, _variable(kind))
        model.data = Lookups(instance, decisions)
        fixed_wrong = fix_decided(model, instance["decided"])
        settled = {family.name: family.add(model) for family in families}
        model.cost = _objective(model, decisions, coefficients(terms, decisions))
        model.emissions = _objective(model, decisions, {"runs": emission_years(instance, decisions)})
        model.emissions.deactivate()
    return Model(instance, decisions, terms, model, families, settled, tuple(fixed_wrong))


def _variable(kind: Decision) -> pyo.Var:
    """The Pyomo variable of a kind of decision: binary, or between 0 and its largest value."""
    keys = kind.keys()
    upper = dict(zip(keys, kind.table["upper"].tolist(), strict=True))
    whole = dict(zip(keys, kind.table["whole"].tolist(), strict=True))
    return pyo.Var(
        keys,
        domain=lambda _, *index: pyo.Binary if whole[index] else pyo.NonNegativeReals,
        bounds=lambda _, *index: (0.0, upper[index]),
    )


def _objective(model: Any, decisions: Decisions, cost: dict[str, FloatArray]) -> pyo.Objective:
    """The sum of decisions times their coefficients."""
    parts = [
        coefficient * getattr(model, name)[index]
        for name, values in cost.items()
        for index, coefficient in zip(decisions.kinds[name].keys(), values.tolist(), strict=True)
        if coefficient
    ]
    return pyo.Objective(expr=LinearExpression(parts))


def emission_years(instance: Instance, decisions: Decisions) -> FloatArray:
    """Emissions of each option while it runs, over its whole period [kt]."""
    runs = decisions["runs"]
    years = instance.horizon.years[instance.horizon.position(runs["period"])]
    return np.asarray(runs["emissions"].to_numpy(float) * years)
