"""Energy, capacity, CO2 and money of options that do not fit each other: another unit, or one of them forgotten."""

from routeplan.instance.rules.findings import Findings
from routeplan.schema.usual import CO2_OF_GAS, HOURS, MONEY_OF_POWER, RISE

CARRIER_OF = {
    "electrification": ["electricity", "flexible_electricity"],
    "hydrogen": ["hydrogen"],
    "green_gas": ["green_gas"],
    "heat": ["heat"],
    "ccs": ["captured"],
}
"""What options of a family of routes use or capture."""

CAPACITY = ("firm_capacity", "flexible_capacity")

ELECTRIC = ("electrification", "flex_e")
"""Families of which capex is mostly that of equipment as large as its connection."""


def co2_of_gas(findings: Findings) -> None:
    """CO2 against gas: t for kt, MWh for GWh, or one of the two forgotten."""
    options = findings["options"]
    emitted = options["emissions"] + options["captured"]
    factor = emitted / options["gas"].where(options["gas"] > 0)
    odd = (factor == 0) | CO2_OF_GAS.outside(factor)

    def text(row: int) -> str:
        return (
            f"{emitted[row]:g} kt of CO2 from {options['gas'][row]:g} GWh of gas is {factor[row]:.3g} kt/GWh: "
            f"{CO2_OF_GAS.why}"
        )

    findings.warn("options", odd, "emissions", text, ("captured", "gas"))


def routes_without_carrier(findings: Findings) -> None:
    """A hydrogen burner without hydrogen: the energy of an option is forgotten, or stands in another column."""
    options = findings["options"]
    family = options["route"].map(findings["routes"].set_index("route")["family"])
    for name, columns in CARRIER_OF.items():
        nothing = (family == name) & (options[columns].sum(axis=1) == 0)

        def text(row: int, name: str = name, columns: list[str] = columns) -> str:
            return f"route '{options['route'][row]}' is of the family {name}, and has no {' or '.join(columns)}"

        findings.warn("options", nothing, columns[0], text)


def power_and_energy(findings: Findings) -> None:
    """Capacity against electricity: kW for MW, MWh for GWh."""
    options = findings["options"]
    capacity = options["firm_capacity"].clip(lower=0.0) + options["flexible_capacity"].clip(lower=0.0)
    used = options["electricity"] + options["flexible_electricity"]
    today = used[options["current"] == 1].set_axis(options.loc[options["current"] == 1, "process"])
    # Capacity is a change from today's contract, so that what is used today does not need it.
    energy = used - options["process"].map(today).fillna(0.0)
    hours = 1000.0 * energy / capacity.where(capacity > 0)
    odd = (energy > 0) & HOURS.outside(hours)

    def text(row: int) -> str:
        return (
            f"{energy[row]:g} GWh/yr more electricity with {capacity[row]:g} MW more are {hours[row]:.3g} hours a "
            f"year: {HOURS.why}"
        )

    findings.warn("options", odd, "electricity", text, ("flexible_electricity", *CAPACITY))


def money_of_power(findings: Findings) -> None:
    """Capex against new capacity of options that run on electricity: EUR for M EUR, kW for MW."""
    options = findings["options"]
    family = options["route"].map(findings["routes"].set_index("route")["family"])
    capacity = options["firm_capacity"].clip(lower=0.0) + options["flexible_capacity"].clip(lower=0.0)
    ratio = (options["capex"] / capacity.where(capacity > 0)).where(family.isin(ELECTRIC))
    odd = MONEY_OF_POWER.outside(ratio)

    def text(row: int) -> str:
        return (
            f"{options['capex'][row]:g} M EUR for {capacity[row]:g} MW is {ratio[row]:.3g} M EUR/MW: "
            f"{MONEY_OF_POWER.why}"
        )

    findings.warn("options", odd, "capex", text, CAPACITY)


def emissions_rise(findings: Findings) -> None:
    """Options that emit a multiple of what their process emits today."""
    options = findings["options"]
    today = options[options["current"] == 1].set_index("process")["emissions"]
    before = options["process"].map(today)
    odd = (before > 0) & (options["emissions"] > RISE * before)

    def text(row: int) -> str:
        return (
            f"route '{options['route'][row]}' emits {options['emissions'][row]:g} kt/yr, and today's "
            f"{before[row]:g}: is one of them in another unit (t)?"
        )

    findings.warn("options", odd, "emissions", text)
