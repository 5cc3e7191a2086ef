"""A suite that was run twice on one machine: how far apart every figure is, and what so cannot be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, expm1, log

import numpy as np
import pandas as pd

from routeplan.bench.best import best_objectives
from routeplan.bench.check_runs import SAME
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run
from routeplan.bench.pairs import BRACKETS, EQUAL, factor, paired
from routeplan.bench.report.course import LEAST
from routeplan.bench.report.results import Results, results_of
from routeplan.bench.report.tables import headline
from routeplan.bench.statistics import KEY, SHIFT_OF_SEEDS, aggregated
from routeplan.tolerances import ROUNDING

FIGURES: Mapping[str, str] = {
    "solved": "instances solved",
    "solved_runs": "runs solved",
    "wrong": "runs with a wrong answer",
    "mean": "shifted geometric mean [s]",
    "par2": "PAR2 [s]",
    "par10": "PAR10 [s]",
    "primal_dual": "primal-dual integral [%]",
    "primal": "primal integral [%]",
    "first": "time to the first point [s]",
    "near_5": "time to 5 % [s]",
    "near": "time to 1 % [s]",
    "near_01": "time to 0.1 % [s]",
    "gap_left": "gap left [%]",
    "root_closed": "root gap closed [%]",
}
"""The figures of a report's headline, by the name of their column."""

SHARES = ("primal_dual", "primal", "gap_left", "root_closed")
"""Figures between 0 and 1, which are told in per cent."""

SAID = ("verdict", "ended", "objective")
"""What a run says besides its time."""


@dataclass(frozen=True, eq=False)
class Repeat:
    """Two runs of a suite on one machine.

    Parameters
    ----------
    figures : DataFrame
        A row for each setting and figure: ``setting``, ``figure``, ``first``, ``second``, ``difference`` (second less
        first) and ``ratio`` (second by first; missing where the first is 0).
    runs : DataFrame
        A row for each run: ``instance``, ``setting``, ``seed``; ``verdict``, ``ended``, ``objective``, ``seconds`` and
        ``solved``, with the endings ``_first`` and ``_second``; ``same_verdict``, ``same_ended`` and
        ``same_objective``; and ``ratio`` (the longer time by the shorter, where both are solved).
    factors : DataFrame
        A row for each setting: ``setting``, ``instances``, ``factor`` (how many times as fast it is the second time),
        ``low`` and ``high`` (95 % interval over instances; missing where no family has two).
    """

    figures: pd.DataFrame
    runs: pd.DataFrame
    factors: pd.DataFrame

    @property
    def agreeing(self) -> dict[str, int]:
        """Number of runs that agree, in each of what they say."""
        return {name: int(self.runs[f"same_{name}"].sum()) for name in SAID}

    @property
    def disagreeing(self) -> pd.DataFrame:
        """The runs that do not agree in all that they say."""
        return self.runs[~self.runs[[f"same_{name}" for name in SAID]].all(axis=1)]


def repeat(first: Sequence[Run], second: Sequence[Run], manifests: Mapping[str, Manifest] | None = None) -> Repeat:
    """Hold two runs of a suite against each other.

    Parameters
    ----------
    first, second : sequence of Run
        Judged runs, the same ones in both (see `refuse_unless_repeated`).
    manifests : mapping of str to Manifest, optional
        Numbers of the instances, by name.

    Returns
    -------
    Repeat
        What they differ in.

    Raises
    ------
    DataError
        When the runs of one contradict each other (see `refuse_runs`).
    """
    best = best_objectives([*first, *second], manifests or {})
    one, other = (results_of(runs, private=True, best=best, manifests=manifests) for runs in (first, second))
    return Repeat(_figures(one, other), _runs(one.frame, other.frame), _factors(one.frame, other.frame))


def _figures(first: Results, second: Results) -> pd.DataFrame:
    sides = [headline(results).set_index("setting") for results in (first, second)]
    order = [(setting, figure) for setting in sides[0].index for figure in FIGURES]
    one, other = (np.array([side.loc[place] for place in order], dtype=float) for side in sides)
    ratio = np.divide(other, one, out=np.full(len(order), np.nan), where=one > 0.0)
    found = pd.DataFrame(order, columns=["setting", "figure"])
    return found.assign(first=one, second=other, difference=other - one, ratio=ratio)


def _runs(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    names = [*SAID, "seconds", "solved"]
    sides = [frame[[*KEY, *names]] for frame in (first, second)]
    found = sides[0].merge(sides[1], on=list(KEY), suffixes=("_first", "_second"), validate="one_to_one")
    seconds = found[["seconds_first", "seconds_second"]].clip(lower=LEAST)
    both = found["solved_first"] & found["solved_second"]
    return found.assign(
        same_verdict=found["verdict_first"] == found["verdict_second"],
        same_ended=found["ended_first"] == found["ended_second"],
        same_objective=_same(found["objective_first"], found["objective_second"]),
        ratio=(seconds.max(axis=1) / seconds.min(axis=1)).where(both),
    )


def _same(first: "pd.Series[float]", second: "pd.Series[float]") -> "pd.Series[bool]":
    """Whether objectives differ by rounding alone, or are missing on both sides."""
    one, other = first.astype(float), second.astype(float)
    size = np.maximum(1.0, np.maximum(one.abs(), other.abs()))
    return ((one - other).abs() <= SAME * size) | (one.isna() & other.isna())


def _factors(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for setting in sorted(set(first["setting"])):
        sides = [frame[frame["setting"] == setting] for frame in (first, second)]
        both = pd.concat([side.assign(setting=name) for side, name in zip(sides, ("first", "second"), strict=True)])
        found = factor(paired(aggregated(both), "first", "second"), SHIFT_OF_SEEDS)
        rows.append((setting, found.instances, found.value, *(found.interval or (None, None))))
    return pd.DataFrame(rows, columns=["setting", "instances", "factor", "low", "high"])


def times_apart(runs: pd.DataFrame) -> pd.DataFrame:
    """How far the times of one run are apart, over runs that are solved both times and last some seconds at least.

    Parameters
    ----------
    runs : DataFrame
        `Repeat.runs`.

    Returns
    -------
    DataFrame
        A row for each number of seconds of `BRACKETS` that some run lasts: ``least`` [s], ``runs``, ``median`` and
        ``largest`` (ratio of the longer time to the shorter), and of the run with the largest: ``instance``,
        ``setting``, ``seed``, ``seconds_first`` and ``seconds_second``.
    """
    solved = runs[runs["ratio"].notna()]
    longest = solved[["seconds_first", "seconds_second"]].max(axis=1)
    kept = [(least, solved[longest >= least * (1.0 - ROUNDING)]) for least in BRACKETS]
    of_run = [*KEY, "seconds_first", "seconds_second"]
    rows = [
        (least, len(part), part["ratio"].median(), part["ratio"].max(), *part.nlargest(1, "ratio")[of_run].iloc[0])
        for least, part in kept
        if len(part)
    ]
    return pd.DataFrame(rows, columns=["least", "runs", "median", "largest", *of_run])


@dataclass(frozen=True)
class Change:
    """How far settings change by themselves from one run of a suite to the next.

    Parameters
    ----------
    share : float
        The change: 0.05 where a setting is 1.05 times as fast as before, or as it was against another.
    first, second : str
        The settings that change most against each other; the same where one changes most by itself.
    """

    share: float
    first: str
    second: str

    @property
    def told(self) -> str:
        """The change in per cent, rounded up, and whose it is."""
        percent = max(0.1, ceil(1000.0 * self.share * (1.0 - ROUNDING)) / 10.0)
        against = "itself" if self.second == self.first else self.second
        return f"less than {percent:g} % ({self.first} against {against})"


@dataclass(frozen=True)
class Untold:
    """Differences between settings that a machine makes by itself, so that nothing follows from them.

    They are at least so large, for two runs are a small sample.

    Parameters
    ----------
    factor : Change
        In the factor of `compared`.
    mean : Change
        In the shifted geometric mean of the headline.
    """

    factor: Change
    mean: Change

    @property
    def told(self) -> str:
        """Both in a sentence."""
        return (
            "With this suite this machine cannot tell settings apart that differ by "
            f"{self.factor.told} as bench compare counts, or by {self.mean.told} in their shifted geometric mean"
        )

    @property
    def above_equal(self) -> bool:
        """Whether settings that are alike may be called different, since they change by more than `EQUAL`."""
        return self.factor.share > EQUAL


def untold(repeated: Repeat) -> Untold | None:
    """What cannot be told of settings; nothing where no run is solved both times.

    Parameters
    ----------
    repeated : Repeat
        The two runs.
    """
    if repeated.runs["ratio"].isna().all():
        return None
    factors = repeated.factors.set_index("setting")["factor"]
    means = repeated.figures[repeated.figures["figure"] == "mean"].set_index("setting")[["first", "second"]]
    means = means.clip(lower=LEAST)
    return Untold(_largest_change(factors), _largest_change(means["second"] / means["first"]))


def _largest_change(ratios: "pd.Series[float]") -> Change:
    """The largest change of a setting, or of two against each other, of ratios by setting."""
    logs = {str(name): log(ratio) for name, ratio in ratios.items()}
    alone = [Change(expm1(abs(value)), name, name) for name, value in logs.items()]
    against = [Change(expm1(abs(logs[one] - logs[other])), one, other) for one, other in combinations(logs, 2)]
    return max([*alone, *against], key=lambda change: change.share)
