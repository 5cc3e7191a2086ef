"""Whether two checkouts make the same plans: objective, bound and every table of a few instances, to 1e-9.

python benchmarks/compare_checkouts.py BEFORE AFTER: the folders of two checkouts, both with what they need in the
environment that runs this.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

CLOSE = 1e-9

SOLVE = """
import sys, routeplan
result = routeplan.solve(routeplan.read(sys.argv[1]), gap=1e-3, threads=1)
routeplan.save(result, sys.argv[2])
print(repr(result.objective), repr(result.bound))
"""


def solved(checkout: Path, instance: Path, out: Path) -> list[float]:
    """Solve with one checkout's code; objective and bound."""
    environment = os.environ | {"PYTHONPATH": str(checkout.resolve() / "src")}
    command = [sys.executable, "-c", SOLVE, str(instance.resolve()), str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment, cwd=out.parent)
    return [float(number) for number in done.stdout.split()]


def different(before: pd.DataFrame, after: pd.DataFrame) -> int:
    """Rows that differ: numbers by more than `CLOSE`, relative to max(1, them), text by a letter."""
    if list(before.columns) != list(after.columns) or len(before) != len(after):
        return max(len(before), len(after))
    wrong = np.zeros(len(before), dtype=bool)
    for name in before:
        left, right = before[name], after[name]
        if pd.api.types.is_numeric_dtype(left):
            wrong |= ~np.isclose(left, right, rtol=CLOSE, atol=CLOSE, equal_nan=True)
        else:
            wrong |= (left.fillna("") != right.fillna("")).to_numpy()
    return int(wrong.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--instances", nargs="+", default=["tiny", "nine-cases", "achterhoek"])
    asked = parser.parse_args()
    same = True
    for name in asked.instances:
        with tempfile.TemporaryDirectory() as folder:
            outs = [Path(folder) / side for side in ("before", "after")]
            instance = asked.after / "instances" / name
            sides = [
                solved(checkout, instance, out) for checkout, out in zip((asked.before, asked.after), outs, strict=True)
            ]
            print(f"{name}: objective and bound {sides[0]} before, {sides[1]} after", flush=True)
            same &= bool(np.allclose(*sides, rtol=CLOSE, atol=CLOSE))
            for file in sorted(outs[0].glob("*.csv")):
                if file.name == "progress.csv":
                    continue
                rows = different(pd.read_csv(file), pd.read_csv(outs[1] / file.name))
                same &= not rows
                if rows:
                    print(f"  {file.name}: {rows} rows differ")
    print("the same" if same else "different")
    sys.exit(not same)


if __name__ == "__main__":
    main()
