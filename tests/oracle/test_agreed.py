"""Fifty-six small instances, with every feature, of which an independent implementation told the optimum."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.result.result import Status
from routeplan.solving.solve import solve

KINDS = {
    "micro": 6,
    "small": 6,
    "grid": 6,
    "network": 6,
    "money": 8,
    "targets": 6,
    "emissions": 6,
    "free": 6,
    "bridges": 6,
}
NAMES = [f"{kind}-{number}" for kind, count in KINDS.items() for number in range(count)]


@pytest.fixture(scope="module")
def optima(shared_data: Path) -> pd.DataFrame:
    """Status, objective and cost of each instance, as agreed."""
    return pd.read_csv(shared_data / "agreed" / "optima.csv", index_col="instance")


def test_no_instance_is_left_out(optima: pd.DataFrame) -> None:
    """The tests below are those of the table of optima, all of them."""
    assert sorted(NAMES) == sorted(optima.index)


@pytest.mark.parametrize("name", sorted(NAMES, key=lambda name: name[-1]))
@pytest.mark.some(9)
def test_the_optimum_is_the_agreed_one(name: str, shared_data: Path, optima: pd.DataFrame) -> None:
    """Status, objective and cost are those that another implementation of the same mathematics found."""
    agreed = optima.loc[name]
    found = solve(read(shared_data / "agreed" / "instances" / name), gap=0.0, threads=1)
    assert found.status == agreed["status"]
    if found.status is Status.INFEASIBLE:
        assert (found.objective, found.cost) == (None, None)
    else:
        assert found.objective == pytest.approx(agreed["objective"], rel=1e-6, abs=1e-6)
        assert found.cost == pytest.approx(agreed["cost"], rel=1e-6, abs=1e-6)
