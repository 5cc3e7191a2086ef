"""Number and sizes of the sites of each sector."""

import numpy as np
import pandas as pd

from routeplan.estimate.default_schema import QUANTILES
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.formulas import value_of
from routeplan.generate.draws import shared_out, stratified, stream
from routeplan.instance.horizon import FloatArray

SMALL = "small"
BIOGENIC_CO2 = "emissions x biogenic"
"""Biogenic CO2 of a site [kt/yr]."""

_AT = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0)
_SAMPLE = 2000
_STEPS = 60
_WITHIN = 0.5
"""Sizes lie in the middle half of their parts: totals then differ by 1 to 2 % from seed to seed."""

_DIGITS = 3


def sizes_of(count: int, seed: int, tables: DefaultTables) -> pd.DataFrame:
    """Draw sites: the mix of sectors in proportion, and within each the distribution of sizes.

    Parameters
    ----------
    count : int
        Number of sites.
    seed : int
        Seed of the instance.
    tables : DefaultTables
        The default tables: ``sector_sizes``.

    Returns
    -------
    DataFrame
        One row a site, the largest of a sector first: ``site`` (id), ``sector``, ``size_class``, ``number`` within
        the sector, ``emissions`` (fossil) and ``biogenic_co2`` [kt/yr].
    """
    rows = tables["sector_sizes"].reset_index(drop=True)
    rows["sites"] = shared_out(count, rows["count"])
    random = stream(seed, "sites: sizes")
    emissions = [
        _emissions(stratified(random, sites, _WITHIN), row)
        for (_, row), sites in zip(rows.iterrows(), rows["sites"], strict=True)
    ]
    drawn = rows.loc[rows.index.repeat(rows["sites"]), ["size_class", "sector", "biogenic"]].reset_index(drop=True)
    drawn["emissions"] = np.concatenate(emissions).round(_DIGITS)
    numbers = {name: drawn[name].to_numpy(float) for name in ("emissions", "biogenic")}
    drawn["biogenic_co2"] = np.round(value_of(BIOGENIC_CO2, numbers), _DIGITS)
    drawn["order"] = drawn["sector"].map({sector: place for place, sector in enumerate(tables["sectors"]["sector"])})
    drawn = drawn.sort_values(["order", "emissions"], ascending=[True, False], kind="stable", ignore_index=True)
    drawn["number"] = drawn.groupby("sector").cumcount() + 1
    width = len(str(drawn["number"].max()))
    drawn["site"] = drawn["sector"].str.replace("_", "-") + "-" + drawn["number"].astype(str).str.zfill(width)
    return drawn.drop(columns=["order", "biogenic"])


def _emissions(numbers: FloatArray, row: pd.Series) -> FloatArray:
    return np.minimum(_quantiles(numbers, row) * _factor(row), float(row["most"]))


def _quantiles(numbers: FloatArray, row: pd.Series) -> FloatArray:
    """Sizes at numbers between 0 and 1: between the known quantiles their logarithm is linear."""
    known = np.log(row[list(QUANTILES)].to_numpy(float))
    return np.asarray(np.exp(np.interp(numbers, _AT, known)))


def _factor(row: pd.Series) -> float:
    """Find the factor that gives the sector its mean; the largest sites stay as large as the largest known one."""
    sample = _quantiles((np.arange(_SAMPLE) + 0.5) / _SAMPLE, row)
    low, high = 0.1, 10.0
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if np.minimum(sample * middle, float(row["most"])).mean() < float(row["mean"]):
            low = middle
        else:
            high = middle
    return low
