"""What each route means for each process: one formula for all carriers, and one for capture.

Every function works on all candidate options at once.
"""

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.processes import WASTE
from routeplan.schema.inputs import COMMODITIES
from routeplan.units import PER_MILLION

MW_PER_GWH = 1000.0
"""GWh/yr over hours gives thousands of MW."""


def with_energy(use: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Energy, capacities and emissions of options that replace gas by another carrier.

    useful heat = gas x gas efficiency; the carrier serves ``share`` of it, and flexible electricity only in
    its hours; input = heat served / efficiency (a fuel without one burns as gas does).

    Parameters
    ----------
    use : DataFrame
        Candidate options: columns of the process, the route, the choice and the route's parameters.
    tables : DefaultTables
        The default tables: factors of ``general``.

    Returns
    -------
    DataFrame
        With energy [GWh/yr], ``firm_capacity``, ``flexible_capacity`` [MW], ``emissions`` [kt/yr] and, for
        the costs, ``heat_capacity`` and ``input_capacity`` [MW], ``gas_replaced`` [GWh/yr] besides.
    """
    flexible = use["carrier"] == "flexible_electricity"
    hours = use["full_load_hours"]
    part_of_year = (tables.general("flexible_hours") / hours).clip(upper=1.0).where(flexible, 1.0)
    efficiency = use["efficiency"].fillna(use["gas_efficiency"])
    heat = use["gas_today"] * use["gas_efficiency"]
    peak = tables.general("peak_factor") * MW_PER_GWH / hours
    # Capture leaves the gas as it is: its share is of the flue gas.
    use["gas_replaced"] = (use["gas_today"] * use["share"] * part_of_year).where(use["capture_rate"].isna(), 0.0)
    use["heat_capacity"] = heat * use["share"] * peak
    use["input_capacity"] = use["heat_capacity"] / efficiency
    use["whole_capacity"] = heat * peak
    served = heat * use["share"] * part_of_year / efficiency
    for commodity in COMMODITIES:
        use[commodity] = served.where(use["carrier"] == commodity, 0.0)
    use["gas"] = use["gas_today"] - use["gas_replaced"]
    use["firm_capacity"] = use["input_capacity"].where(use["carrier"] == "electricity", 0.0)
    use["flexible_capacity"] = use["input_capacity"].where(flexible, 0.0)
    use["emissions"] = use["gas"] * tables.general("gas_emission_factor") + use["process_co2"]
    return use


def with_capture(use: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """CO2 captured and what capture needs, for the options of routes that have a capture rate.

    The heat comes from gas whose CO2 is captured too: captured = rate x share x (emitted + factor x heat x
    captured / gas efficiency). A waste incinerator takes heat and power from its own steam: it sells
    less power, and asks for no room in the grid. Biogenic CO2 that is captured is `removed`, what escapes of it counts
    nothing.

    Parameters and columns as in `with_energy`; ``captured`` and ``removed`` [kt/yr] are added.
    """
    rate = use["capture_rate"].fillna(0.0) * use["share"]
    gas_for_heat = (use["capture_heat"] / use["gas_efficiency"]).where(use["kind"] != WASTE, 0.0).fillna(0.0)
    factor = tables.general("gas_emission_factor")
    use["captured"] = rate * (use["emissions"] + use["biogenic_co2"]) / (1.0 - rate * factor * gas_for_heat)
    use["removed"] = rate * use["biogenic_co2"]
    extra_gas = gas_for_heat * use["captured"]
    use["gas"] = use["gas"] + extra_gas
    use["emissions"] = (1.0 - rate) * (use["emissions"] + extra_gas * factor)
    power = use["capture_electricity"].fillna(0.0) * use["captured"]
    use["electricity"] = use["electricity"] + power
    drawn = power.where(use["kind"] != WASTE, 0.0)
    use["firm_capacity"] = use["firm_capacity"] + drawn * (
        tables.general("peak_factor") * MW_PER_GWH / use["full_load_hours"]
    )
    return use


def with_costs(use: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Capex [M EUR] and fixed cost [M EUR/yr] of the options.

    capex = EUR/kW x heat capacity + EUR/kW x input capacity + EUR per MWh/yr x gas replaced + EUR per t/yr x
    captured x dilution x (captured / reference size)^(exponent - 1).

    Parameters and columns as in `with_energy`.
    """
    base = {name: use[name].fillna(0.0) for name in ("capex_heat", "capex_input", "capex_gas", "capture_capex")}
    grid = use["input_capacity"].where(use["carrier"].isin(["electricity", "flexible_electricity"]), 0.0)
    size = np.maximum(use["captured"], 1e-9) / tables.general("capture_reference_size")
    scale = size ** (use["scale_exponent"].fillna(1.0) - 1.0)
    use["capex"] = (
        base["capex_heat"] * use["heat_capacity"]
        + base["capex_input"] * grid
        + base["capex_gas"] * use["gas_replaced"]
        + base["capture_capex"] * use["captured"] * use["dilute"] * scale
    ) / PER_MILLION
    kept = use["fixed_cost"].fillna(0.0) * use["whole_capacity"] / PER_MILLION
    use["fixed_cost"] = kept + use["fixed_cost_share"].fillna(0.0) * use["capex"]
    return use
