"""Formulas of options, and the options to which each applies."""

from collections.abc import Sequence, Set
from typing import NamedTuple

import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.demand import EMISSIONS
from routeplan.estimate.technology.processes import WASTE
from routeplan.schema.inputs import CURRENT


class Formula(NamedTuple):
    """A formula of a column of ``options``; of one column, those that count for an option are added up.

    Parameters
    ----------
    column : str
        Column of ``options``.
    expression : str
        The expression; what stands in braces is filled in by `_parts`.
    facts : str
        What must be true of an option for it to count, in the words of `_facts`.
    """

    column: str
    expression: str
    facts: str


FORMULAS = (
    # What takes the place of gas [GWh/yr]; flexible electricity does so in its hours only.
    Formula("flexible_electricity", "{served}", "flexible_electricity"),
    Formula("green_gas", "{served}", "green_gas"),
    Formula("hydrogen", "{served}", "hydrogen"),
    Formula("heat", "{served}", "heat"),
    Formula("electricity", "{served}", "electricity"),
    Formula("electricity", "capture_electricity x captured", "captures capture_electricity"),
    # Capacity at the peak [MW].
    Formula("firm_capacity", "{input_capacity}", "electricity"),
    Formula("firm_capacity", "capture_electricity x captured x {peak}", "captures capture_electricity buys_energy"),
    Formula("flexible_capacity", "{input_capacity}", "flexible_electricity"),
    # Gas [GWh/yr]. Capture leaves it as it is, and burns more for its heat.
    Formula("gas", "gas", "current"),
    Formula("gas", "gas - {replaced}", "replaces"),
    Formula("gas", "gas", "captures"),
    Formula("gas", "capture_heat / gas_efficiency x captured", "captures capture_heat buys_energy"),
    # CO2 [kt/yr]. That of the heat for capture is captured too; biogenic CO2 that escapes counts nothing.
    Formula("captured", f"capture_rate x share x ({EMISSIONS} + biogenic_co2){{own_heat}}", "captures"),
    Formula("removed", "capture_rate x share x biogenic_co2", "captures"),
    Formula("emissions", "gas_left x gas_emission_factor + process_co2", "current"),
    Formula("emissions", "gas_left x gas_emission_factor + process_co2", "replaces"),
    Formula("emissions", "(1 - capture_rate x share) x (gas_left x gas_emission_factor + process_co2)", "captures"),
    # Investment [thousand EUR]: for a kW of heat, for a kW from the grid, for a MWh/yr of gas, for a t/yr captured.
    Formula("capex", "{heat_capacity} x capex_heat", "new capex_heat"),
    Formula("capex", "{input_capacity} x capex_input", "new capex_input from_grid"),
    Formula("capex", "{replaced} x capex_gas", "replaces capex_gas"),
    Formula("capex", "capture_capex x captured x dilute{scale}", "captures capture_capex"),
    # Fixed cost [M EUR/yr]: for a kW of heat, of whatever carrier, and as a share of the investment.
    Formula("fixed_cost", "gas x gas_efficiency x {peak} x fixed_cost / 1000", "fixed_cost"),
    Formula("fixed_cost", "fixed_cost_share x capex", "fixed_cost_share"),
    # Years: after its lead time, once it is on the market.
    Formula("first_year", "base_year + lead_time", "new on_the_market"),
    Formula("first_year", "max(base_year + lead_time, first_year)", "new first_year"),
    Formula("last_year", "last_year", "last_year"),
)

COLUMNS = tuple(dict.fromkeys(formula.column for formula in FORMULAS))
"""Columns of ``options`` that have formulas."""


def option_formulas(use: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Put together the formula of each column of ``options`` for each option.

    Parameters
    ----------
    use : DataFrame
        Candidate options: ``route`` and ``kind``.
    tables : DefaultTables
        The default tables: ``routes`` and ``technologies``.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, rows of `use`; "" where the number is its column's default.
    """
    pairs = use[["route"]].assign(waste=use["kind"] == WASTE)
    distinct = pairs.drop_duplicates(ignore_index=True)
    routes = tables["routes"].set_index("route")
    given = tables["technologies"].groupby("route")["parameter"].agg(set)
    texts = [
        _texts(_facts(routes.loc[route], given.get(route, set()), waste))
        for route, waste in distinct.itertuples(index=False, name=None)
    ]
    by_pair = pd.DataFrame(texts, columns=list(COLUMNS), dtype="str").join(distinct)
    return pairs.merge(by_pair, how="left")[list(COLUMNS)].set_axis(use.index)


def _facts(route: pd.Series, parameters: Set[str], waste: bool) -> Set[str]:
    """List the facts of an option: its carrier, the parameters and years of its route, its effects."""
    facts = {*parameters, str(route["carrier"])}
    facts.add("last_year" if route["last_year"] > 0 else "for_good")
    facts.add("first_year" if route["first_year"] > 0 else "on_the_market")
    if route["family"] == CURRENT:
        return facts | {"current"}
    facts |= {"new", "captures" if "capture_rate" in parameters else "replaces"}
    if route["carrier"] in ("electricity", "flexible_electricity"):
        facts.add("from_grid")
    # A waste incinerator takes heat and power from its own steam: it sells less power, and needs no room in the grid.
    return facts if waste else facts | {"buys_energy"}


def _texts(facts: Set[str]) -> dict[str, str]:
    """Formula of each column for options of which these facts are true."""
    parts = _parts(facts)
    terms: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for formula in FORMULAS:
        if facts >= set(formula.facts.split()):
            terms[formula.column].append(formula.expression.format(**parts))
    texts = {column: " + ".join(some) for column, some in terms.items()}
    return texts | {"capex": _in_millions(terms["capex"])}


def _in_millions(terms: Sequence[str]) -> str:
    """Add up terms in thousands of EUR, and give the sum in M EUR; 0 where there is none."""
    total = f"({' + '.join(terms)})" if len(terms) > 1 else "".join(terms)
    return f"{total} / 1000" if terms else "0"


def _parts(facts: Set[str]) -> dict[str, str]:
    """Parts of formulas that several of them have, or that differ from route to route."""
    has_efficiency, flexible = "efficiency" in facts, "flexible_electricity" in facts
    # Part of the year in which flexible electricity runs.
    hours = " x min(1, flexible_hours / full_load_hours)" if flexible else ""
    # From GWh/yr to MW.
    peak = "(1000 x peak_factor / full_load_hours)"
    # A fuel without an efficiency burns as gas does.
    heat, per_input = ("gas x gas_efficiency x share", " / efficiency") if has_efficiency else ("gas x share", "")
    # The gas for the heat of capture emits too.
    own_heat = " / (1 - capture_rate x share x gas_emission_factor x (capture_heat / gas_efficiency))"
    return {
        "served": heat + hours + per_input,
        "replaced": f"gas x share{hours}",
        "peak": peak,
        "heat_capacity": f"gas x gas_efficiency x share x {peak}",
        "input_capacity": f"{heat} x {peak}{per_input}",
        "own_heat": own_heat if {"capture_heat", "buys_energy"} <= facts else "",
        # Small plants cost more a tonne.
        "scale": " x (captured / capture_reference_size) ^ (scale_exponent - 1)" if "scale_exponent" in facts else "",
    }
