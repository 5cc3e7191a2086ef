"""Tables of a report: what went wrong, what is summed up, and on what it was run."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from routeplan.bench.report.results import Results, Trouble
from routeplan.bench.statistics import aggregated, summary

FAILURES = (Trouble.WRONG, Trouble.TIME, Trouble.MEMORY, Trouble.CRASH, Trouble.LATE, Trouble.EARLY)
"""Ways not to solve an instance, in the order in which they are shown."""

LONGEST = 300
"""Letters of a message of a failure that are shown."""


def wrong_answers(results: Results) -> pd.DataFrame:
    """Runs whose claims are refuted, a row each, with the sentence that says why."""
    rows = [
        (*_run(run.about), run.record.machine, str(run.judged.verdict), run.judged.sentence)
        for run in results.everywhere.runs
        if not run.right
    ]
    return pd.DataFrame(rows, columns=["instance", "setting", "seed", "machine", "verdict", "why"])


def _run(about: Mapping[str, Any]) -> tuple[str, str, int]:
    return about["instance"], about["setting"], about["seed"]


def failures(results: Results) -> pd.DataFrame:
    """Number of runs of each setting, of those solved, and of those that are not, by the reason."""
    counts = pd.crosstab(results.frame["setting"], results.frame["trouble"])
    columns = [str(Trouble.NONE), *map(str, FAILURES)]
    found = counts.reindex(index=results.settings, columns=columns, fill_value=0)
    found.insert(0, "runs", found.sum(axis=1))
    return found.rename(columns={str(Trouble.NONE): "solved"}).rename_axis("setting").reset_index()


def broken_runs(results: Results) -> pd.DataFrame:
    """Runs that ended otherwise than by an answer or their time limit, a row each, with what is told of them."""
    told = results.frame["trouble"].tolist()
    worth = {str(each) for each in (Trouble.MEMORY, Trouble.CRASH, Trouble.LATE, Trouble.EARLY)}
    rows = [
        (*_run(run.about), trouble, (run.record.outcome.told or str(run.answer.get("raw", "")))[:LONGEST])
        for run, trouble in zip(results.runs, told, strict=True)
        if trouble in worth
    ]
    return pd.DataFrame(rows, columns=["instance", "setting", "seed", "ended", "told"])


def headline(results: Results) -> pd.DataFrame:
    """The headline of each setting, the fastest first.

    Returns
    -------
    DataFrame
        ``setting``, the columns of `summary`, ``primal_dual``, ``primal`` and ``gap_left`` (means over instances of the
        means over seeds, between 0 and 1), ``near`` (as the mean of `summary`, of the times to a point within 1 % of
        the best known objective [s]; where there never is one, of the limit), ``first``, ``near_5`` and ``near_01``
        (the same of the first point, and within 5 % and 0.1 %), ``wrong`` (runs), ``root_closed`` (share of the root
        gap that is closed at the root node, a mean as that of ``primal``) and ``root_known`` (runs of which that is
        known). Of instances of which no objective is known, ``primal``, these times and that share tell nothing.
    """
    frame = results.frame
    gaps = frame.groupby(["setting", "instance"])[["primal_dual", "primal", "gap_left", "root_closed"]].mean()
    known = frame["root_closed"].notna().groupby(frame["setting"]).sum()
    wrong = (frame["trouble"] == Trouble.WRONG).groupby(frame["setting"]).sum()
    found = summary(frame).assign(**gaps.groupby(level="setting").mean(), near=_mean_to(frame, "near"), wrong=wrong)
    found = found.assign(**{name: _mean_to(frame, name) for name in ("first", "near_5", "near_01")}, root_known=known)
    return found.reset_index().sort_values(["mean", "setting"], ignore_index=True)


def _mean_to(frame: pd.DataFrame, name: str) -> "pd.Series[float]":
    """Mean time to such a point by setting [s], over the instances of which an objective is known."""
    known = frame[frame["primal"].notna()]
    if known.empty:
        return pd.Series(dtype=float)
    reached = known[name].notna()
    return summary(known.assign(seconds=known[name].where(reached, known["limit"]), solved=reached))["mean"]


def best_other(results: Results) -> str | None:
    """Setting with the least mean besides the base; none where there is no other."""
    others = [name for name in headline(results)["setting"] if name != results.base]
    return str(others[0]) if others else None


def instance_table(results: Results) -> pd.DataFrame:
    """What the instances are like, and how many settings solve each."""
    means = aggregated(results.frame)
    solved = means.groupby("instance").agg(
        family=("family", "first"), limit=("limit", "first"), settings=("setting", "size"), solved_by=("solved", "sum")
    )
    size = results.frame.groupby("instance")["size"].first()
    sizes = ("rows", "columns", "nonzeros", "binaries", "integers", "presolved_rows", "presolved_columns")
    names = (*sizes, "lp_bound", "optimum", "root_gap", "sha256")
    known = {
        name: {key: getattr(each, name) for key, each in results.manifests.items() if key in solved.index}
        for name in names
    }
    numbers = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in known.items()})
    numbers = numbers.reindex(solved.index)
    return solved.assign(size=size).join(numbers).rename_axis("instance").reset_index()


def machines(results: Results) -> pd.DataFrame:
    """The machines, the runs on each, and how busy its processor was with them."""
    everywhere = results.everywhere
    rows = [
        {"machine": run.record.machine, **{name: _told(run.record.outcome.machine.get(name)) for name in _MACHINE}}
        for run in everywhere.runs
    ]
    frame = pd.DataFrame(rows)
    share = everywhere.frame["cpu"] / everywhere.frame["wall"].where(everywhere.frame["wall"] > 0.0)
    days = pd.Series([run.record.outcome.started[:16].replace("T", " ") for run in everywhere.runs])
    frame = frame.assign(share=share.to_numpy(float), started=days)
    grouped = frame.groupby(["machine", *_MACHINE], as_index=False)
    return grouped.agg(
        runs=("share", "size"),
        busy=("share", "median"),
        least=("share", "min"),
        first=("started", "min"),
        last=("started", "max"),
    )


_MACHINE = ("processor", "cores", "memory", "system", "python")


def _told(value: object) -> str:
    return "unknown" if value is None else str(value)


def versions(results: Results) -> pd.DataFrame:
    """Solvers, their versions, and the settings that use them."""
    return results.frame.groupby(["solver", "version"], as_index=False).agg(settings=("setting", _joined))


def _joined(names: "pd.Series[str]") -> str:
    return ", ".join(sorted(set(names)))


def setting_table(results: Results) -> pd.DataFrame:
    """Each setting: its solver, its options, in what it differs from the base, and why it is there."""
    options = {run.about["setting"]: _asked(run.about) for run in results.runs}
    solvers = {run.about["setting"]: run.about["solver"] for run in results.runs}
    rows = [
        (
            name,
            solvers[name],
            _options(options[name]) or "none: the solver's defaults",
            _difference(name, results.base, solvers, options),
            " ".join(results.reasons.get(name, "not known").split()),
        )
        for name in results.settings
    ]
    return pd.DataFrame(rows, columns=["setting", "solver", "options", "difference", "why"])


def _asked(about: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a run, and the way in which it was given its instance."""
    way = {name: about[name] for name in ("formulation", "warm_start") if name in about}
    return {**about.get("options", {}), **way}


def _options(options: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sorted(options.items()))


def _difference(name: str, base: str, solvers: Mapping[str, str], options: Mapping[str, Mapping[str, Any]]) -> str:
    if name == base:
        return "this is the base"
    if solvers[name] != solvers[base]:
        return "another solver"
    mine, other = options[name], options[base]
    changed = {option: value for option, value in mine.items() if other.get(option) != value}
    gone = [f"{option} as by default" for option in sorted(other) if option not in mine]
    return "; ".join(filter(None, [_options(changed), *gone])) or "none"
