"""Work of ``routeplan bench check``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from routeplan.bench.best import refuted_optima
from routeplan.bench.judged_runs import Run, as_frame, judge
from routeplan.bench.machines import by_machine
from routeplan.bench.root_gaps import root_gaps
from routeplan.bench.run_suite import run_name
from routeplan.bench.statistics import summary
from routeplan.cli.bench_tables import amount, on_machine, percent, tell_cut, tell_remarks
from routeplan.cli.output import ERR, OUT
from routeplan.result.summary import records
from routeplan.runs.outcome import Ended


@dataclass(frozen=True)
class Wrong:
    """How much is wrong in a folder of runs.

    Parameters
    ----------
    statements : int
        Instances of which a stated optimum is refuted.
    runs : int
        Runs whose answer is wrong.
    """

    statements: int
    runs: int


def print_checked_runs(folder: Path, as_json: bool) -> Wrong:
    """Judge the runs of a folder, print what is wrong and then a summary, and count what is wrong."""
    runs = judge(folder, _tell_unread, tell_cut)
    frame = as_frame(runs)
    wrong = [run for run in runs if not run.right]
    means = {machine: summary(part).reset_index() for machine, part in by_machine(frame).items()}
    if secret := sorted({run.about["solver"] for run in runs if not run.about["publishable"]}):
        ERR.say(f"results of {', '.join(secret)} may not be published: the licence does not allow it", style="yellow")
    tell_remarks(runs, frame)
    gaps = root_gaps(runs, folder)
    stated = refuted_optima(runs)
    counted = Wrong(len(stated), len(wrong))
    if as_json:
        told = {"runs": records(frame), "wrong": [run.judged.sentence for run in wrong], "settings": _settings(means)}
        OUT.json({**told, "root_gaps": records(gaps), "wrong_statements": stated})
        return counted
    OUT.table("Wrong statements of instances, which are not used", _sentences(stated.items()))
    OUT.table("Wrong answers", _sentences((run.about["instance"], run.judged.sentence) for run in wrong))
    if not wrong:
        OUT.say("Wrong answers: none")
    OUT.table("Runs that did not return", pd.DataFrame(_failures(runs), columns=["run", "ended", "why"]))
    _print_root_gaps(gaps)
    for machine, table in means.items():
        title = "Settings: solved, and mean seconds (shifted geometric, 10 s; PAR2 and PAR10)"
        OUT.table(on_machine(title, machine), table)
    return counted


def _sentences(told: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """A row for each sentence on an instance."""
    return pd.DataFrame(list(told), columns=["instance", "why"])


def _tell_unread(instance: str, why: str) -> None:
    ERR.say(f"not read by the plan checker: {instance}: {why}", style="yellow")


def _settings(means: Mapping[str, pd.DataFrame]) -> list[dict[object, object]]:
    """Rows of the settings, with the machine where there are several."""
    return [
        {**({"machine": machine} if machine else {}), **row}
        for machine, table in means.items()
        for row in records(table)
    ]


def _print_root_gaps(gaps: pd.DataFrame) -> None:
    known = gaps[gaps["root_gap"].notna()]
    numbers = {name: [amount(value) for value in known[name]] for name in ("best", "lp_bound")}
    shown = known.assign(**numbers, root_gap=[percent(gap) for gap in known["root_gap"]])
    OUT.table("Gaps of the relaxations to the best that is known", shown)


def _failures(runs: Sequence[Run]) -> list[tuple[str, str, str]]:
    return [
        (run_name(run.about), run.ended, run.record.outcome.told)
        for run in runs
        if run.record.outcome.ended is not Ended.RETURNED
    ]
