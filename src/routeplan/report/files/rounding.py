"""Decimals of the numbers that people read and copy, by unit."""

from collections.abc import Mapping

import pandas as pd

from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table

DECIMALS = {
    units.POWER: 2,
    units.ENERGY: 2,
    units.CO2: 2,
    units.CARRIER_FLOW: 2,
    units.MONEY: 3,
    units.MONEY_PER_YEAR: 3,
    units.LENGTH: 1,
}
"""Down to 10 kW, 10 MWh/yr, 10 t/yr, 1,000 EUR and 100 m."""

OF_OTHERS = 6
"""Decimals of what has another unit, or one that differs from row to row: less is within a solver's tolerance."""


def decimals_of(column: Column) -> int | None:
    """Decimals of a column's numbers; None where it holds none but whole ones, or text."""
    return DECIMALS.get(column.unit, OF_OTHERS) if column.kind is Kind.NUMBER else None


def decimals_in(table: Table) -> dict[str, int]:
    """Decimals of each column of a table that holds numbers, by name."""
    return {column.name: places for column in table.columns if (places := decimals_of(column)) is not None}


def rounded(frame: pd.DataFrame, decimals: Mapping[str, int]) -> pd.DataFrame:
    """Round columns of a table, each to its decimals; what rounds to nothing is no "-0"."""
    return frame.assign(**{name: frame[name].astype(float).round(places) + 0.0 for name, places in decimals.items()})
