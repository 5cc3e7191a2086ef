"""A bakery and a brickworks on one full grid: small enough to plan by hand, in the tests of the commands."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from typer import testing
from typer.testing import CliRunner

from routeplan.cli.main import app


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]

PRICES = {
    "electricity": 60.0,
    "electricity_value": 40.0,
    "flexible_electricity": 30.0,
    "gas": 30.0,
    "green_gas": 90.0,
    "hydrogen": 150.0,
    "heat": 50.0,
    "co2": 100.0,
    "co2_storage": 60.0,
    "grid_fee": 0.0,
    "flexible_fee": 0.0,
}

# Nothing is discounted. The bakery costs 10 GWh x 30 + 2 kt x 100 = 0.5 M EUR/yr on gas, and 9 GWh x 40 plus
# 1 M EUR over 10 years = 0.46 on its electric boiler: cheaper, but the grid has no room till 2030, then 2 MW.
# The brickworks costs 20 x 30 + 4 x 100 = 1.0 M EUR/yr, and its electric kiln needs 20 MW: it stays.
# Best plan: the boiler starts in 2030. Cost: 4 x 1.5 + 5 x 1.46 = 13.3 M EUR.
# The bakery pays 60 for electricity: 0.54 + 0.1 - 0.5 = 0.14 M EUR/yr too much: 1.4 in 10 years.
TABLES = {
    "instance.toml": ('name = "town"\ncurrency_year = 2025\nbase_year = 2026\ndiscount_rate = 0.0\nfirm_rate = 0.0\n'),
    "scenarios.toml": (
        '[[scenario]]\nname = "early-grid"\n'
        '[[scenario.change]]\ntable = "headroom"\nwhere = {period = 2026}\ncolumn = "firm"\nset = 2.0\n'
        '[[scenario.change]]\ntable = "budgets"\nwhere = {period = 2026}\ncolumn = "amount"\nset = 1.4\n'
    ),
    "periods.csv": "period,years\n2026,4\n2030,5\n",
    "sites.csv": (
        "site,name,sector,region,area,lat,lon\n"
        "bakery,The bakery,food,east,town,52.0,6.3\nbrickworks,The brickworks,ceramics,east,town,52.1,6.4\n"
    ),
    "processes.csv": "process,site,kind\noven,bakery,steam\nkiln,brickworks,kiln\n",
    "routes.csv": (
        "route,family,lifetime,temporary\ngas,current,15,0\nboiler,electrification,10,0\ne-kiln,electrification,10,0\n"
    ),
    "options.csv": (
        "process,route,current,capex,electricity,gas,firm_capacity,emissions\n"
        "oven,gas,1,0,0,10,0,2\noven,boiler,0,1,9,0,2,0\n"
        "kiln,gas,1,0,0,20,0,4\nkiln,e-kiln,0,2,15,0,20,0\n"
    ),
    "prices.csv": "item,group,period,price\n"
    + "".join(f"{item},all,{period},{price}\n" for item, price in PRICES.items() for period in (2026, 2030)),
    "areas.csv": "area,name\ntown,The town\n",
    "headroom.csv": "area,period,firm,flexible\ntown,2026,0,0\ntown,2030,2,0\n",
    "nodes.csv": "node,carrier,lat,lon\n",
    "sources.csv": "node,carrier,period,capacity,price\n",
    "links.csv": "link,carrier,from,to,mode,status,length\n",
    "sizes.csv": "carrier,mode,size,capacity,capex_per_km,fixed_cost_share,lifetime\n",
    "pots.csv": "pot,name\nfund,The fund\n",
    "budgets.csv": "pot,period,amount\nfund,2026,0\nfund,2030,1.4\n",
    "support.csv": "pot,family,sector,basis,share\nfund,electrification,all,funding_gap,1\n",
}

WITHOUT_ROOM = {"targets": "scope,period,cap\nall,2030,3\n", "budgets": "pot,period,amount\nfund,2030,99\n"}
"""Tables that leave no plan: of the kiln's 4 kt/yr, its electric kiln is paid for, but has no room on the grid."""


@pytest.fixture
def write_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write the town's tables into a folder of the test's working folder, some of them replaced."""
    monkeypatch.chdir(tmp_path)

    def write(folder: str = "town", **changed: str) -> Path:
        place = tmp_path / folder
        place.mkdir()
        for name, text in (TABLES | {f"{table}.csv": text for table, text in changed.items()}).items():
            (place / name).write_text(text, encoding="utf-8")
        return Path(folder)

    return write


@pytest.fixture
def town_without_plan(write_town: Callable[..., Path]) -> Path:
    """The folder of the instance, with tables that leave no plan."""
    return write_town(**WITHOUT_ROOM)


@pytest.fixture
def town(write_town: Callable[..., Path]) -> Path:
    """The folder of the instance, in the working folder of the test."""
    return write_town()


@pytest.fixture(scope="session", autouse=True)
def commands_made_once() -> Iterator[None]:
    """Typer would put all commands together again for each that is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", cache(testing._get_command))
        yield


@pytest.fixture
def run() -> Run:
    """Run a command as typed, and tell how it ended."""

    def typed(*arguments: str | Path) -> Ended:
        ended = CliRunner().invoke(app, [str(argument) for argument in arguments])
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return typed


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for results that more tests than one ask for."""
    return tmp_path_factory.mktemp("solved")


@pytest.fixture
def planned(run: Run, solved: Path) -> Callable[..., Path]:
    """Have the result of `solve --quiet`: what a test before asked for, in the same words of the same files, is copied.

    For tests of what comes after `solve`; those of `solve` itself run it. Its exit code is 1 where there is no plan.
    """

    def plan(instance: str | Path, *words: str | Path, out: str | Path = "town-plan", code: int = 0) -> Path:
        arguments = ("solve", instance, *words, "--quiet")
        key = hashlib.sha256(repr(list(map(str, arguments))).encode())
        place = Path(instance)
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            key.update(repr((file.name, file.read_bytes())).encode())
        stored = solved / key.hexdigest()
        if stored.exists():
            shutil.copytree(stored, out)
        else:
            assert run(*arguments, "--out", out).code == code
            shutil.copytree(out, stored)
        return Path(out)

    return plan
