"""Tables of ``routeplan bench best`` and ``routeplan bench compare``."""

from pathlib import Path

import pandas as pd

from routeplan.bench.best import best_known
from routeplan.bench.judged_runs import as_frame, judge
from routeplan.bench.pairs import Comparison, Factor, compared_with
from routeplan.cli.output import OUT
from routeplan.result.summary import records

NONE = "–"


def print_best(folder: Path, as_json: bool) -> None:
    """Print the best point and bound of each instance."""
    best = best_known(judge(folder))
    if as_json:
        OUT.json(records(best))
        return
    numbers = ("objective", "bound")
    shown = best.assign(**{name: [_number(value) for value in best[name]] for name in numbers})
    OUT.table("Best known", shown.assign(gap=[f"{gap:.3%}" for gap in best["gap"]]))


def print_factors(folder: Path, base: str, slower_by: float | None, as_json: bool) -> list[str]:
    """Print how every setting compares with a base; those that are slower by a factor or more."""
    found = compared_with(as_frame(judge(folder)), base)
    if as_json:
        OUT.json([_as_json(each) for each in found])
    else:
        OUT.table(f"Times faster than {base}", pd.DataFrame([_row(each) for each in found]))
    least = 0.0 if slower_by is None else 1.0 / slower_by
    return [each.second for each in found if each.factor.value is not None and each.factor.value <= least]


def _number(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:,.8g}"


def _row(found: Comparison) -> dict[str, object]:
    return {
        "setting": found.second,
        "instances": found.factor.instances,
        "factor": NONE if found.factor.value is None else f"{found.factor.value:.3f}",
        "95 %": _interval(found.factor),
        "p (Holm)": f"{found.wilcoxon_holm:.3f}",
        "verdict": found.verdict,
        "solved by both": found.solved.both,
        "by it alone": found.solved.second,
        "by the base alone": found.solved.first,
    }


def _interval(factor: Factor) -> str:
    return NONE if factor.interval is None else f"{factor.interval[0]:.2f} to {factor.interval[1]:.2f}"


def _as_json(found: Comparison) -> dict[str, object]:
    return {
        "base": found.first,
        "setting": found.second,
        "instances": found.factor.instances,
        "factor": found.factor.value,
        "interval": found.factor.interval,
        "wilcoxon_holm": found.wilcoxon_holm if found.wilcoxon_holm == found.wilcoxon_holm else None,
        "verdict": found.verdict,
    }
