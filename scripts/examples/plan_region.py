"""Plan a region from Python: python scripts/examples/plan_region.py instances/achterhoek achterhoek-plan."""

import sys

import routeplan

folder, place = sys.argv[1:3] or ("instances/tiny", "tiny-plan")
instance = routeplan.read(folder)
result = routeplan.solve(instance)
routeplan.save(result, place)
if not result.status.has_plan:
    sys.exit(f"no plan: {result.status} {result.record.reason}")
print(f"{result.status}: {result.cost:,.2f} M EUR, gap {result.gap:.4%}")
print(result["starts"].to_string(index=False))
problems = routeplan.verify(instance, result)
print("the plan holds" if not problems else "\n".join(map(str, problems)))
