"""Amounts of a sheet or survey that are far above what sites have: most often in another unit, so warned of."""

from dataclasses import dataclass

import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.energy import demand_from_emissions
from routeplan.estimate.technology.demand import BANDS
from routeplan.importers.sites.fields import CUBIC_METRES, FIELDS, Field
from routeplan.language.language import Words
from routeplan.schema import units

TIMES = 3.0
"""A site has at most so many times the gas of the largest of its sector that the default tables know."""

_GAS_FIELDS = ("gas", "gas_m3", *BANDS)
_LEAST, _MOST = "least", "most"


@dataclass(frozen=True)
class UnusualAmount:
    """An amount that hardly any site has.

    Parameters
    ----------
    position : int
        Position of the site's row, from 0.
    field : str
        Which of the fields.
    text : str
        What is unusual, in the language of the reader.
    """

    position: int
    field: str
    text: str


def unusual_amounts(sites: pd.DataFrame, tables: DefaultTables, words: Words) -> list[UnusualAmount]:
    """List the amounts of sites that are far above those of others, row by row.

    Parameters
    ----------
    sites : DataFrame
        With ``sector`` and the amounts by the names of `FIELDS`, NaN where one is not known.
    tables : DefaultTables
        The default tables: ``sector_sizes``, ``sectors`` and ``general``.
    words : Words
        Language of the texts.
    """
    sizes = gas_of_sectors(tables)
    found = [*_above_sector(sites, sizes, tables, words), *_outside_usual(sites, sizes, words)]
    order = list(FIELDS)
    return sorted(found, key=lambda each: (each.position, order.index(each.field)))


def gas_of_sectors(tables: DefaultTables) -> pd.DataFrame:
    """Gas of the smallest and largest known site of each sector.

    Returns
    -------
    DataFrame
        ``least`` and ``most`` [GWh/yr] by sector; without sectors whose emissions are not from gas.
    """
    known = tables["sector_sizes"].groupby("sector").agg({_LEAST: "min", _MOST: "max"})
    gas = known.apply(lambda emissions: _gas(emissions, tables))
    return gas[gas[_MOST] > 0]


def _gas(emissions: "pd.Series[float]", tables: DefaultTables) -> "pd.Series[float]":
    """Gas [GWh/yr] of sites that emit so much [kt/yr], one of each sector."""
    sites = pd.DataFrame({"site": emissions.index, "sector": emissions.index, "emissions": emissions.to_numpy()})
    demand, _ = demand_from_emissions(sites, tables)
    return demand[list(BANDS)].sum(axis=1).set_axis(emissions.index)


def _above_sector(sites: pd.DataFrame, known: pd.DataFrame, tables: DefaultTables, words: Words) -> list[UnusualAmount]:
    """Gas far above that of the largest site of the sector."""
    sizes = known.reindex(sites["sector"]).set_axis(range(len(sites)))
    in_gwh = {
        units.ENERGY: 1.0,
        "MWh/yr": 1e-3,
        CUBIC_METRES: tables.general("gas_heating_value") / 1e6,
        "kWh/yr": 1e-6,
    }
    found = []
    for name in _GAS_FIELDS:
        field = FIELDS[name]
        amounts = sites[name].set_axis(sizes.index)
        above = amounts * in_gwh[field.unit] > TIMES * sizes[_MOST]
        for position in amounts.index[above]:
            amount, least, most = (float(each[position]) for each in (amounts, sizes[_LEAST], sizes[_MOST]))
            meant = [
                unit
                for unit, factor in in_gwh.items()
                if unit != field.unit and least / TIMES <= amount * factor <= TIMES * most
            ]
            text = words(
                "{amount}, far more than the largest site of this sector ({largest})",
                amount=_amount(field, amount, words),
                largest=_quantity(_rounded(most / in_gwh[field.unit]), field, words),
            )
            if meant:
                text += words("; did you mean {units}?", units=words(" or ").join(words.unit(unit) for unit in meant))
            found.append(UnusualAmount(position, name, text))
    return found


def _outside_usual(sites: pd.DataFrame, known: pd.DataFrame, words: Words) -> list[UnusualAmount]:
    """Amounts outside the usual range of their field; of gas, where nothing is known of the sector."""
    sized = sites["sector"].isin(known.index).to_numpy()
    found = []
    for name, field in FIELDS.items():
        if field.usual is None:
            continue
        outside = field.usual.outside(sites[name]).to_numpy() & ~(sized & (name == "gas"))
        for position in outside.nonzero()[0].tolist():
            text = words(
                "{amount}, far more than usual (at most {most}): {why}",
                amount=_amount(field, float(sites[name].iloc[position]), words),
                most=_quantity(field.usual.high, field, words),
                why=words(field.usual.why),
            )
            found.append(UnusualAmount(position, name, text))
    return found


def _rounded(amount: float) -> float:
    """An amount to three digits: sizes are not known better."""
    return float(f"{amount:.3g}")


def _amount(field: Field, amount: float, words: Words) -> str:
    return words("{column} is {amount}", column=words(field.header), amount=_quantity(amount, field, words))


def _quantity(amount: float, field: Field, words: Words) -> str:
    return f"{words.number(amount)} {words.unit(field.unit)}"
