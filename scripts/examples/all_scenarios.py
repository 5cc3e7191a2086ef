"""All scenarios of an instance in one table: python scripts/examples/all_scenarios.py instances/tiny."""

import sys

import routeplan

instance = routeplan.read(sys.argv[1] if len(sys.argv) > 1 else "instances/tiny")
results = {"as read": routeplan.solve(instance)}
for scenario in instance.scenarios:
    results[scenario.name] = routeplan.solve(instance.under(scenario.name))
rows = routeplan.compare(results).set_index(["measure", "unit"])
print(rows.loc[["cost", "gap"], list(results)].T.round(3))
