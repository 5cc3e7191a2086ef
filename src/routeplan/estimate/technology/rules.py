"""The formulas of the technology step as the derivation states them; the words are parameters.

They say once more, option by option, what ``quantities`` reckons for all at once; a test evaluates each and compares.
"""

import pandas as pd

from routeplan.estimate.technology.processes import WASTE
from routeplan.schema.inputs import CURRENT

Rules = dict[str, "pd.Series[str]"]

_PEAK = " x 1000 / full_load_hours x peak_factor"
_HEAT = "gas x gas_efficiency"
_HOURS = " x min(1, flexible_hours / full_load_hours)"
_CO2 = "gas x gas_emission_factor + process_co2 + biogenic_co2"
_SCALE = " x (captured / capture_reference_size) ^ (scale_exponent - 1)"


def option_rules(use: pd.DataFrame, given: "dict[str, pd.Series[bool]]") -> Rules:
    """Formula of each column of ``options``, row by row; "" where a number is its default, 0 or empty.

    Parameters
    ----------
    use : DataFrame
        Candidate options, as the technology step ends with them.
    given : dict of str to Series
        For each parameter of routes, whether the option's route has it.
    """
    served = _text(use, f"{_HEAT} x share / efficiency").where(given["efficiency"], "gas x share")
    flexible = use["carrier"] == "flexible_electricity"
    part = _text(use, _HOURS).where(flexible, "")
    capture, electric = given["capture_rate"], use["carrier"] == "electricity"
    power = _text(use, "capture_electricity x captured")
    rules = {
        name: (served + part).where(use["carrier"] == name, "")
        for name in ("flexible_electricity", "green_gas", "hydrogen", "heat")
    }
    rules["electricity"] = _sum((served, electric), (power, capture))
    rules["firm_capacity"] = _sum((served + _PEAK, electric), (power + _PEAK, capture & (use["kind"] != WASTE)))
    rules["flexible_capacity"] = (served + _PEAK).where(flexible, "")
    rules["gas"] = _gas(use, part, capture)
    return rules | _co2(use, capture) | _money(use, given, served, part) | _years(use, given)


def _gas(use: pd.DataFrame, part: "pd.Series[str]", capture: "pd.Series[bool]") -> "pd.Series[str]":
    left = "gas x (1 - share" + part + ")"
    steam = _text(use, "gas + captured x capture_heat / gas_efficiency").where(use["kind"] != WASTE, "gas")
    return left.mask(capture, steam).mask(use["route"] == CURRENT, "gas")


def _co2(use: pd.DataFrame, capture: "pd.Series[bool]") -> Rules:
    heat = " / (1 - capture_rate x share x gas_emission_factor x capture_heat / gas_efficiency)"
    captured = f"capture_rate x share x ({_CO2})" + _text(use, heat).where(use["kind"] != WASTE, "")
    emitted = "gas_left x gas_emission_factor + process_co2"
    return {
        "captured": captured.where(capture, ""),
        "removed": _text(use, "capture_rate x share x biogenic_co2").where(capture, ""),
        "emissions": _text(use, f"(1 - capture_rate x share) x ({emitted})").where(capture, emitted),
    }


def _money(
    use: pd.DataFrame, given: "dict[str, pd.Series[bool]]", served: "pd.Series[str]", part: "pd.Series[str]"
) -> Rules:
    on_grid = use["carrier"].isin(["electricity", "flexible_electricity"])
    scale = _text(use, _SCALE).where(given["scale_exponent"], "")
    capex = _sum(
        (_text(use, f"capex_heat x {_HEAT} x share{_PEAK} / 1000"), given["capex_heat"]),
        ("capex_input x " + served + _PEAK + " / 1000", given["capex_input"] & on_grid),
        ("capex_gas x gas x share" + part + " / 1000", given["capex_gas"] & ~given["capture_rate"]),
        ("capture_capex x captured x dilute" + scale + " / 1000", given["capture_capex"]),
    )
    capex = capex.mask((capex == "") | (use["route"] == CURRENT), "0")
    kept = _text(use, f"fixed_cost x {_HEAT}{_PEAK} / 1000")
    share = _text(use, "fixed_cost_share x capex")
    return {"capex": capex, "fixed_cost": _sum((kept, given["fixed_cost"]), (share, given["fixed_cost_share"]))}


def _years(use: pd.DataFrame, given: "dict[str, pd.Series[bool]]") -> Rules:
    ready = "base_year + lead_time"
    market = _text(use, f"max({ready}, first_year)").where(given["first_year"], ready)
    return {"first_year": market, "last_year": _text(use, "last_year")}


def _text(use: pd.DataFrame, text: str) -> "pd.Series[str]":
    return pd.Series(text, index=use.index, dtype="str")


def _sum(*terms: "tuple[pd.Series[str], pd.Series[bool]]") -> "pd.Series[str]":
    """Those terms of a sum that an option has."""
    total = terms[0][0].where(terms[0][1], "")
    for text, has in terms[1:]:
        plus = total.mask(total != "", total + " + ")
        total = total.mask(has, plus + text)
    return total
