"""By how much a region misses its emission targets: python scripts/examples/relax_targets.py instances/tiny.

Every target may be missed, at a price: its own, if it has one (overshoot), or the PRICE below (excess). What is missed
is the sum of both, read by name.
"""

import sys

import pandas as pd

import routeplan
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.elastic import elastic
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits

PRICE = 1.0  # M EUR for each kt/yr above a target, discounted

instance = routeplan.read(sys.argv[1] if len(sys.argv) > 1 else "instances/tiny")
program = elastic(compile_model(build(instance)), "emission_target", PRICE)
found = run(program.matrices, Limits(gap=1e-3))
if found.x is None:
    sys.exit("no plan obeys the other limits either")
above = {}
for name in ("excess_emission_target", "overshoot"):
    columns = program.columns[name]
    above[name] = pd.Series(columns.values(found.x), pd.MultiIndex.from_frame(columns.table[["scope", "period"]]))
excess = above["excess_emission_target"]
missed = (excess + above["overshoot"].reindex(excess.index, fill_value=0.0)).round(2)
print(missed.reset_index(name="missed").to_string(index=False))
print(f"{program.rows['emission_target'].unit}; cost {found.objective:,.1f} M EUR with what is missed")
