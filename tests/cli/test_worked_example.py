"""The constraint family that CONTRIBUTING.md adds step by step works as it says there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python (\S+)\n(.*?)^```", CONTRIBUTING, flags=re.MULTILINE | re.DOTALL)

IMPORTED = [
    ("src/routeplan/checker/routes.py", "from routeplan.checker.lookup import index_of, positions\n"),
    ("src/routeplan/checker/routes.py", "from routeplan.checker.violation import Limit\n"),
    ("src/routeplan/checker/check.py", "from routeplan.checker.routes import crews_suffice\n"),
]
LISTED = [
    ("src/routeplan/schema/inputs.py", "INPUT_TABLES['crews'] = CREWS\n"),
    ("src/routeplan/checker/check.py", "LIMITS += (crews_suffice,)\n"),
]
"""What the text asks for without showing it."""

LAST_FAMILY = "    targets.emission_target,\n"

SCRIPT = """
import sys
from dataclasses import replace
from routeplan import read, solve, verify
from routeplan.model.build import FAMILIES, build
two, none = read("two-crews"), read("no-crews")
print(build(two, FAMILIES).pyomo.crews_suffice["town", 2030].expr)
plan = solve(two)
limits = plan["limits"]
print(*limits[limits["limit"] == "crews_suffice"][["area", "period", "used", "bound"]].iloc[0])
print(round(solve(none).cost, 6))
print(*(violation for violation in verify(none, replace(plan, instance=none)) if violation.family == "crews_suffice"))
checker = sys.modules["routeplan.checker.check"]
checker.LIMITS = checker.LIMITS[:-1]
print(*verify(two, plan))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with the example's code in it."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name, code in [*IMPORTED, *BLOCKS, *LISTED]:
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("\n" + code)
    build = tmp_path / "src/routeplan/model/build.py"
    text = build.read_text(encoding="utf-8")
    text = text.replace("from routeplan.model import grid", "from routeplan.model import crews, grid")
    build.write_text(text.replace(LAST_FAMILY, f"{LAST_FAMILY}    crews.crews_suffice,\n"), encoding="utf-8")
    return tmp_path


@pytest.mark.nightly
def test_the_worked_example_works(house: Path, write_town: Callable[..., Path]) -> None:
    """With two crews the boiler starts in 2030 as before; with none nothing starts: 9 years x 1.5 = 13.5 M EUR.

    Without the checker's part the plan is refused.
    """
    assert len(BLOCKS) == 3
    write_town("two-crews", crews="area,period,starts\ntown,2030,2\n")
    write_town("no-crews", crews="area,period,starts\ntown,2030,0\n")
    environment = os.environ | {"PYTHONPATH": str(house / "src")}
    ended = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == [
        "start[oven,boiler,2030] + start[kiln,e-kiln,2030]  <=  2.0",
        "town 2030 1.0 2.0",
        "13.5",
        "crews_suffice (area town, period 2030): number of starts is 1; allowed: at most 0",
        "table:limits (limit crews_suffice, area town, period 2030): there is no limit of this name",
    ]
