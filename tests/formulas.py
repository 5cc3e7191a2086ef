"""Read the derivation of an instance as a person would: its parameters as numbers, its rules as formulas."""

import re

import numpy as np
import pandas as pd

from routeplan.estimate.derivation import EVERY_ROW
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import INPUT_TABLES

CITATION = re.compile(r"(\w+) (-?[\d.]+(?:e[+-]?\d+)?) \(([^()]*)\)")
"""``name value (place)``."""


def parameters(row: pd.Series) -> dict[str, float]:
    """The parameters of a row, by name."""
    return {name: float(value) for name, value, _ in CITATION.findall(row["parameters"])}


def evaluated(row: pd.Series) -> float:
    """What the formula of a row gives: ``x`` is times, ``^`` is to the power of."""
    words = re.sub(r"\bx\b", "*", row["rule"]).replace("^", "**")
    return float(eval(words, {"__builtins__": {}, "min": min, "max": max}, parameters(row)))


def key_texts(frame: pd.DataFrame, key: tuple[str, ...]) -> list[str]:
    """Keys as the derivation writes them; years without a point, nothing where there is none."""
    columns = [
        ["" if cell != cell else f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in frame[name]]
        for name in key
    ]
    return [" / ".join(parts) for parts in zip(*columns, strict=True)]


def untraced(instance: Instance, traces: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Table, key and column of each numeric cell, not its column's default, that no rule of the derivation covers."""
    traced = set(zip(traces["table"], traces["key"], traces["column"], strict=True))
    lacking = []
    for name, table in INPUT_TABLES.items():
        frame = instance[name]
        for column in table.columns:
            if column.kind.is_text or (name, EVERY_ROW, column.name) in traced:
                continue
            default = column.default if isinstance(column.default, float) else np.nan
            counts = frame[column.name].notna() & (frame[column.name] != default)
            cells = [(name, key, column.name) for key in key_texts(frame[counts], table.key)]
            lacking += [cell for cell in cells if cell not in traced]
    return lacking
