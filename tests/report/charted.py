"""What tests do with a chart: the plan it is drawn of, and the rows it holds."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.read import read
from routeplan.result.result import Result
from routeplan.solving.solve import solve

TINY = Path(__file__).parents[2] / "instances" / "tiny"


@cache
def plan() -> Result:
    """The plan of the instance in which every table has rows: CO2 is captured and removed, a target overshot."""
    return solve(read(TINY))


def rows(chart: Any, *columns: str) -> pd.DataFrame:
    """The first data of a chart that have these columns."""
    given = map(pd.DataFrame, chart.to_dict()["datasets"].values())
    return next(data for data in given if set(columns) <= set(data.columns))


def sums(frame: pd.DataFrame, keys: list[str], value: str) -> dict[Any, float]:
    """Sums by keys; those that are 0 left out."""
    found = frame.groupby(keys)[value].sum()
    return {key: float(total) for key, total in found[found.abs() > 1e-9].items()}


def domain(chart: Any) -> list[float]:
    """Ends of the first y axis."""
    return next(_domains(chart.to_dict()))


def _domains(part: Any) -> Iterator[list[float]]:
    """Every domain of a y axis in a chart's specification, from the top down."""
    if isinstance(part, list):
        for inner in part:
            yield from _domains(inner)
    elif isinstance(part, dict):
        y = part.get("y")
        if isinstance(y, dict) and "scale" in y:
            yield y["scale"]["domain"]
        for inner in part.values():
            yield from _domains(inner)
