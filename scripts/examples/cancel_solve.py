"""Stop a solve from another thread: python scripts/examples/cancel_solve.py instances/achterhoek.

As a notebook or a web server does it: the best plan so far is handed over, with its bound.
"""

import sys
import threading

import routeplan

instance = routeplan.read(sys.argv[1] if len(sys.argv) > 1 else "instances/achterhoek")
stop, plan_known = threading.Event(), threading.Event()
results = []


def work() -> None:
    hear = lambda progress: plan_known.set() if progress.objective is not None else None  # noqa: E731
    results.append(routeplan.solve(instance, gap=0.0, stop=stop, on_progress=hear))


thread = threading.Thread(target=work)
thread.start()
while thread.is_alive() and not plan_known.wait(0.1):
    pass  # no plan is known yet
stop.set()
thread.join()
result = results[0]
if result.objective is None:
    sys.exit(f"{result.status}: {result.record.reason}")
print(f"{result.status}: {result.objective:,.2f} M EUR, bound {result.bound:,.2f}; {result.record.reason}")
