"""Tables of a report that hold settings against each other: pairs, seeds, rankings, sizes and instances."""

from collections.abc import Callable

import pandas as pd

from routeplan.bench.pairs import Comparison, compared_with, paired
from routeplan.bench.ranking import Agreement, agreement, agreement_without_best
from routeplan.bench.report.results import Results
from routeplan.bench.statistics import aggregated, shifted_geometric_mean, summary
from routeplan.errors import UsageError


def comparable(results: Results) -> pd.DataFrame:
    """Runs of the settings that share an instance with the base; the others cannot be compared with it."""
    frame = results.frame
    on = set(frame.loc[frame["setting"] == results.base, "instance"])
    near = set(frame.loc[frame["instance"].isin(on), "setting"])
    return frame[frame["setting"].isin(near)]


def pair_table(results: Results) -> pd.DataFrame:
    """Each setting against the base, a row each.

    Returns
    -------
    DataFrame
        ``setting``, ``base``, ``instances``, ``left_out``, ``factor`` (how many times as fast as the base), ``low`` and
        ``high`` (95 % interval), ``verdict``, ``factor_penalised`` (with what is not solved at ten limits),
        ``wilcoxon``, ``wilcoxon_holm``, ``both``, ``only_base``, ``only_setting``, ``neither`` (instances solved),
        ``mcnemar`` and ``censored`` (instances of which some run is not solved).
    """
    return pd.DataFrame([_pair(each) for each in compared_with(comparable(results), results.base)], columns=PAIRS)


PAIRS = [
    "setting", "base", "instances", "left_out", "factor", "low", "high", "verdict", "factor_penalised", "wilcoxon",
    "wilcoxon_holm", "both", "only_base", "only_setting", "neither", "mcnemar", "censored",
]  # fmt: skip
"""Columns of the table of pairs."""


def _pair(found: Comparison) -> tuple[object, ...]:
    low, high = found.factor.interval or (None, None)
    solved, censored = found.solved, found.censored
    return (
        found.second, found.first, found.factor.instances, found.left_out, found.factor.value, low, high,
        found.verdict, found.factor_penalised.value, found.wilcoxon, found.wilcoxon_holm, solved.both,
        solved.first, solved.second, solved.neither, found.mcnemar, censored.both + censored.one,
    )  # fmt: skip


def two_settings(results: Results, other: str) -> pd.DataFrame:
    """Times of the base and another setting [s], by instance: with ``family``, ``base``, ``other``, ``solved``.

    Of what is not solved the time is the limit.
    """
    pairs = paired(aggregated(results.frame), results.base, other).reset_index()
    names = {
        (True, True): "both",
        (True, False): f"{results.base} alone",
        (False, True): f"{other} alone",
        (False, False): "neither",
    }
    solved = [
        names[bool(one), bool(two)] for one, two in zip(pairs["solved_first"], pairs["solved_second"], strict=True)
    ]
    pairs = pairs.rename(columns={"seconds_first": "base", "seconds_second": "other"})
    return pairs[["instance", "family", "base", "other"]].assign(solved=solved)


def seed_table(results: Results) -> pd.DataFrame:
    """Mean of each setting with each seed of the solver [s]: ``setting``, ``seed``, ``mean``."""
    parts = [summary(part).reset_index().assign(seed=seed) for seed, part in results.frame.groupby("seed")]
    return pd.concat(parts)[["setting", "seed", "mean"]].sort_values(["setting", "seed"], ignore_index=True)


def seed_spread(results: Results) -> pd.DataFrame:
    """Least and largest mean over the seeds of each setting [s], and how many times as large the one is."""
    grouped = seed_table(results).groupby("setting")["mean"]
    found = grouped.agg(seeds="size", least="min", largest="max").reindex(results.settings)
    ratio = found["largest"] / found["least"].where(found["least"] > 0.0)
    spread: pd.DataFrame = found.assign(ratio=ratio).reset_index()
    return spread


def ranking_table(results: Results) -> pd.DataFrame:
    """How far rankings agree: ``between``, ``tau``, ``low``, ``high``, ``rankings``, ``instances``, ``why`` not."""
    frame, everywhere = results.frame, results.everywhere.frame
    shared, seeds = _on_each(everywhere), frame["seed"].nunique() > 1
    rows = [
        _agreed("seeds of the solvers", lambda: agreement(frame, "seed"), "" if seeds else "there is one seed"),
        _agreed("machines", lambda: agreement(shared, "machine"), _why_one_machine(everywhere, shared)),
        _agreed("all settings, and all but the best", lambda: agreement_without_best(frame)),
    ]
    return pd.DataFrame(rows, columns=["between", "tau", "low", "high", "rankings", "instances", "why"])


def _on_each(frame: pd.DataFrame) -> pd.DataFrame:
    """Runs of the settings that each machine has run."""
    machines = frame.groupby("setting")["machine"].nunique()
    return frame[frame["setting"].isin(machines[machines == frame["machine"].nunique()].index)]


def _why_one_machine(frame: pd.DataFrame, shared: pd.DataFrame) -> str:
    """Why machines cannot be compared; empty where they can."""
    if frame["machine"].nunique() < 2:
        return "there is one machine"
    return "" if shared["setting"].nunique() > 1 else "no two settings were run on every machine"


def _agreed(between: str, ask: Callable[[], Agreement], why: str = "") -> tuple[object, ...]:
    """How far rankings agree, or why there is nothing to ask or to answer."""
    try:
        found = Agreement(0, 0, None, None) if why else ask()
    except UsageError as error:
        return between, None, None, None, 0, 0, str(error)
    low, high = found.interval or (None, None)
    tied = "" if found.tau is not None else "all settings are tied"
    return between, found.tau, low, high, found.rankings, found.instances, why or tied


def scaling_table(results: Results) -> pd.DataFrame:
    """Mean of each setting on each size of the families that have several [s].

    Returns
    -------
    DataFrame
        ``family``, ``size``, ``columns`` (mean number of columns of its instances), ``setting``, ``mean``, ``solved``
        and ``instances``.
    """
    widths = {name: manifest.columns for name, manifest in results.manifests.items()}
    sizes = results.frame.groupby("instance")["size"].first()
    means = aggregated(results.frame)
    means = means.assign(size=means["instance"].map(sizes), columns=means["instance"].map(widths))
    several = means.groupby("family")["size"].transform("nunique") > 1
    grouped = means[several & means["columns"].notna()].groupby(["family", "size", "setting"], as_index=False)
    found = grouped.agg(
        columns=("columns", "mean"),
        mean=("seconds", lambda seconds: shifted_geometric_mean(seconds, 10.0)),
        solved=("solved", "sum"),
        instances=("solved", "size"),
    )
    return found.sort_values(["family", "columns", "setting"], ignore_index=True)


def grid_table(results: Results) -> pd.DataFrame:
    """Each instance with each setting: ``instance``, ``setting``, ``seconds``, ``kind`` and ``text``."""
    means = aggregated(results.frame)
    wrong = set(map(tuple, results.frame.loc[results.frame["verdict"] != "ok", ["instance", "setting"]].to_numpy()))
    kinds = [
        "wrong" if (row.instance, row.setting) in wrong else "solved" if row.solved else "not solved"
        for row in means.itertuples()
    ]
    return means[["instance", "family", "setting", "seconds", "seeds", "solved_seeds"]].assign(kind=kinds)
