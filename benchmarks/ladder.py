"""How generating, checking, building and compiling grow with the number of sites, each size in processes of its own."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from routeplan.data.read import read
from routeplan.generate.generate import generate, write_generated
from routeplan.model.build import build
from routeplan.model.compile import compile_model

LADDER = [110, 330, 1000, 3300, 10000]


def peak() -> float:
    """Most memory that this process has had [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(sites: int, seed: int, folder: Path) -> dict[str, float]:
    begun = time.perf_counter()
    write_generated(generate(sites, seed), folder)
    size = sum(path.stat().st_size for path in folder.iterdir() if path.name != "derivation.csv") / 1e6
    return {"generate": time.perf_counter() - begun, "generate_peak": peak(), "size": size}


def plan(folder: Path) -> dict[str, float]:
    begun = time.perf_counter()
    instance = read(folder)
    known = time.perf_counter()
    model = build(instance)
    built = time.perf_counter()
    matrices = compile_model(model).matrices
    done = time.perf_counter()
    return {
        "read": known - begun,
        "build": built - known,
        "compile": done - built,
        "rows": matrices.rows.shape[0],
        "columns": matrices.rows.shape[1],
        "binaries": int(matrices.integer.sum()),
        "plan_peak": peak(),
    }


def alone(*words: str) -> dict[str, Any]:
    """What a process of its own measures."""
    told = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def measured(sites: int, seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        folder = str(Path(place) / "instance")
        return alone("--make", str(sites), "--seed", str(seed), folder) | alone(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--sites", nargs="+", type=int, default=LADDER)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(make(asked.make, asked.seed, asked.folder) if asked.make else plan(asked.folder)))
        return
    print(
        "| sites | tables MB | rows | columns | binaries | generate s | peak MB | read s | build s | compile s "
        "| peak MB | time per site / first |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    first = 0.0
    for sites in asked.sites:
        found = measured(sites, asked.seed)
        per_site = sum(found[phase] for phase in ("read", "build", "compile")) / sites
        first = first or per_site
        print(
            f"| {sites:,} | {found['size']:.1f} | {found['rows']:,} | {found['columns']:,} | {found['binaries']:,} "
            f"| {found['generate']:.1f} | {found['generate_peak']:,.0f} | {found['read']:.1f} | {found['build']:.1f} "
            f"| {found['compile']:.1f} | {found['plan_peak']:,.0f} | {per_site / first:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
