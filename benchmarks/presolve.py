"""What HiGHS' presolve rule 22 (Fourier-Motzkin) does to a solve: the same instance with the rule on and with it off.

Each solve runs in a process of its own, because presolve hears no time limit: one that takes twice the seconds that it
was given is ended, and its plan is lost.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

SOLVE = """
import sys, routeplan
from routeplan.solver.options import PRESOLVE_ENUMERATION
options = {"presolve_rule_off": PRESOLVE_ENUMERATION} if sys.argv[3] == "on" else {}
result = routeplan.solve(routeplan.read(sys.argv[1]), seconds=float(sys.argv[2]), gap=1e-4, options=options)
progress = result["progress"]
plans = progress[progress["objective"].notna() & (progress["stage"] == "cost")]
first = plans["seconds"].min()
print(f"{result.objective:,.1f} | {result.bound:,.1f} | {100 * result.gap:.2f} | {first:.0f}")
"""


def solved(folder: Path, seconds: float, rule: str) -> str:
    begun = time.perf_counter()
    command = [sys.executable, "-c", SOLVE, str(folder), str(seconds), rule]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=2 * seconds + 60)
        found = done.stdout.strip()
    except subprocess.TimeoutExpired:
        found = "ended, no plan | | |"
    return f"| {folder.name} | {rule} | {seconds:.0f} | {time.perf_counter() - begun:.0f} | {found} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=100.0)
    asked = parser.parse_args()
    print("| instance | rule 22 | seconds given | seconds taken | plan M EUR | bound | gap % | first plan s |")
    print("|---|---|---|---|---|---|---|---|")
    for folder in asked.instances:
        for rule in ("on", "off"):
            print(solved(folder, asked.seconds, rule), flush=True)


if __name__ == "__main__":
    main()
