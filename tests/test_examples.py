"""The example scripts print numbers that can be reckoned by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from routeplan.data.write import write
from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario
from small import prices, small

EXAMPLES = Path(__file__).parents[1] / "scripts" / "examples"

STAYS = {"options": "process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4"}
"""Both processes stay on gas, and emit 2 and 4 kt/yr, whatever is asked."""


def printed(example: str, instance: Instance, folder: Path) -> list[list[str]]:
    """Words of each line that an example prints."""
    write(instance, folder)
    ended = subprocess.run(
        [sys.executable, EXAMPLES / example, folder], capture_output=True, text=True, check=True, timeout=120
    )
    return [line.split() for line in ended.stdout.splitlines()]


@pytest.mark.parametrize("price", [1, 1e5])
@pytest.mark.nightly
def test_what_is_missed_of_a_target_with_a_price_is_told(tmp_path: Path, price: float) -> None:
    """6 kt/yr are emitted: 5 above a cap of 1 (at its own price or, if lower, the script's), 4 above one of 2."""
    targets = f"scope,period,cap,price\nall,2030,1,{price}\nall,2032,2,\nsector:food,2032,2,"
    lines = printed("relax_targets.py", small(**STAYS, targets=targets), tmp_path / "small")
    assert lines[:4] == [
        ["scope", "period", "missed"],
        ["all", "2030", "5.0"],
        ["all", "2032", "4.0"],
        ["sector:food", "2032", "0.0"],
    ]


@pytest.mark.nightly
def test_the_table_of_all_scenarios_has_no_empty_header(tmp_path: Path) -> None:
    """Gas and CO2 cost 1.5 M EUR/yr in each of four years; with gas at twice the price, 0.3 + 0.6 more."""
    dearer = Scenario("dearer", (Change("prices", "price", "multiply", 2.0, {"item": "gas"}),))
    plain = small(**STAYS, prices=prices())
    lines = printed("all_scenarios.py", Instance(plain.settings, plain.tables, (dearer,)), tmp_path / "small")
    assert lines == [
        ["measure", "cost", "gap"],
        ["unit", "M", "EUR"],
        ["as", "read", "6.0", "0.0"],
        ["dearer", "9.6", "0.0"],
    ]
