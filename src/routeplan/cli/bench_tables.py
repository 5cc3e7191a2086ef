"""Tables of ``routeplan bench best`` and ``routeplan bench compare``."""

from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path

import pandas as pd

from routeplan.bench.best import best_known, refuted_optima
from routeplan.bench.judged_runs import Run, as_frame, judge
from routeplan.bench.machines import by_machine
from routeplan.bench.pairs import Comparison, Factor, compared_with
from routeplan.bench.remarks import remarks
from routeplan.cli.output import ERR, OUT
from routeplan.errors import Problem
from routeplan.result.summary import records

NONE = "–"


def print_best(folder: Path, as_json: bool) -> None:
    """Print the best point and bound of each instance."""
    runs = judge(folder, on_cut=tell_cut)
    tell_of_refuted(runs)
    tell_remarks(runs, as_frame(runs))
    best = best_known(runs)
    if as_json:
        OUT.json(records(best))
        return
    numbers = ("objective", "bound")
    shown = best.assign(**{name: [_number(value) for value in best[name]] for name in numbers})
    OUT.table("Best known", shown.assign(gap=[f"{gap:.3%}" for gap in best["gap"]]))


def print_factors(folder: Path, base: str, slower_by: float | None, as_json: bool) -> list[str]:
    """Print how every setting compares with a base; those that are slower by a factor or more."""
    runs = judge(folder, on_cut=tell_cut)
    frame = as_frame(runs)
    tell_of_refuted(runs)
    tell_remarks(runs, frame)
    found = _compared(by_machine(frame), base)
    if as_json:
        OUT.json([_as_json(each, machine) for machine, these in found.items() for each in these])
    else:
        for machine, these in found.items():
            OUT.table(on_machine(f"Times faster than {base}", machine), pd.DataFrame([_row(each) for each in these]))
    least = 0.0 if slower_by is None else 1.0 / slower_by
    factors = [(each.second, each.factor.value) for these in found.values() for each in these]
    return list(dict.fromkeys(name for name, value in factors if value is not None and value <= least))


def tell_cut(problem: Problem) -> None:
    """Tell of a record that was cut in half."""
    ERR.say(str(problem), style="yellow")


def tell_of_refuted(runs: Sequence[Run]) -> None:
    """Tell which stated optima points of runs refute."""
    for name, why in refuted_optima(runs).items():
        ERR.say(f"{name}: {why}", style="yellow")


def _compared(parts: Mapping[str, pd.DataFrame], base: str) -> dict[str, tuple[Comparison, ...]]:
    """Compare settings with a base on each machine that has run it; where none has, as on the first."""
    there = {machine: part for machine, part in parts.items() if base in set(part["setting"])}
    for machine in sorted(parts.keys() - there.keys()) if there else ():
        ERR.say(f"nothing to compare with on {machine}: {base} was not run there", style="yellow")
    return {machine: compared_with(part, base) for machine, part in (there or parts).items()}


def tell_remarks(runs: Sequence[Run], frame: pd.DataFrame) -> None:
    """Tell what is to be known of runs before their times are believed."""
    for told in remarks(runs, frame):
        ERR.say(told, style="yellow")


def on_machine(title: str, machine: str) -> str:
    """Title of a table, with the machine where there are tables of several."""
    return f"{title}, on {machine}" if machine else title


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


def _as_json(found: Comparison, machine: str) -> dict[str, object]:
    return {
        **({"machine": machine} if machine else {}),
        "base": found.first,
        "setting": found.second,
        "instances": found.factor.instances,
        "factor": found.factor.value,
        "interval": found.factor.interval,
        "wilcoxon_holm": None if isnan(found.wilcoxon_holm) else found.wilcoxon_holm,
        "mcnemar": found.mcnemar,
        "verdict": found.verdict,
        "solved_by_both": found.solved.both,
        "solved_by_it_alone": found.solved.second,
        "solved_by_the_base_alone": found.solved.first,
    }


def percent(gap: float | None) -> str:
    """A gap in percent; nothing where it is not known."""
    return "" if gap is None or isnan(gap) else f"{gap:.3%}"


def amount(value: float | None) -> str:
    """A number as it is shown; nothing where it is not known."""
    if value is None or isnan(value):
        return ""
    return f"{value:,.6g}" if isinstance(value, float) else f"{value:,}"
