"""Plan a region from Python: python scripts/examples/plan_region.py instances/achterhoek."""

import sys

import routeplan

folder = sys.argv[1] if len(sys.argv) > 1 else "instances/tiny"
instance = routeplan.read(folder)
result = routeplan.solve(instance)
routeplan.save(result, f"{instance.name}-plan")
if not result.status.has_plan:
    sys.exit(f"no plan: {result.status} {result.record.reason}")
print(f"{result.status}: {result.cost:,.2f} M EUR, gap {result.gap:.4%}")
print(result["starts"])
