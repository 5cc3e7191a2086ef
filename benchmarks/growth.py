"""Whether time and memory of the model grow linearly: copies of an instance side by side."""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from routeplan.data.read import read
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.schema.column import Kind, Table
from routeplan.schema.inputs import INPUT_TABLES

OF_ALL = {"periods", "routes", "trends", "prices", "sizes", "supply", "pots", "budgets", "support", "targets"}
"""Tables that the copies share."""

SHARED_IDS = {"route", "pot", "choice", "option", "size", "step"}


def copied(instance: Instance, copies: int) -> Instance:
    """Copies of an instance side by side, which share prices, pots, supply and targets."""
    own = {name: table for name, table in INPUT_TABLES.items() if name not in OF_ALL}
    tables = {name: repeated(table, instance[name], copies) for name, table in own.items()}
    return instance.replace(**tables | {"decided": instance["decided"].iloc[:0]})


def repeated(table: Table, rows: pd.DataFrame, copies: int) -> pd.DataFrame:
    own = [column.name for column in table.columns if column.kind is Kind.ID and column.name not in SHARED_IDS]
    parts = []
    for copy in range(copies):
        part = rows.copy()
        for name in own:
            part[name] = part[name].where(part[name] == "", part[name] + f"_{copy}")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def measure(folder: Path, copies: int) -> dict[str, float]:
    instance = copied(read(folder), copies)
    begun = time.perf_counter()
    model = build(instance)
    built = time.perf_counter()
    compiled = compile_model(model)
    done = time.perf_counter()
    rows, columns = compiled.matrices.rows.shape
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sites = len(instance["sites"])
    return {
        "sites": sites,
        "rows": rows,
        "columns": columns,
        "build": built - begun,
        "compile": done - built,
        "peak": peak,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--copies", nargs="+", type=int, default=[1, 2, 4, 8])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.instance, asked.one)))
        return
    print("| sites | rows | columns | build s | compile s | peak MB | time per site / first |")
    print("|---|---|---|---|---|---|---|")
    first = 0.0
    for copies in asked.copies:
        command = [sys.executable, __file__, str(asked.instance), "--one", str(copies)]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(told.stdout)
        per_site = (found["build"] + found["compile"]) / found["sites"]
        first = first or per_site
        numbers = (
            f"{found['sites']} | {found['rows']} | {found['columns']} | {found['build']:.2f} | {found['compile']:.2f}"
        )
        print(f"| {numbers} | {found['peak']:.0f} | {per_site / first:.2f} |", flush=True)


if __name__ == "__main__":
    main()
