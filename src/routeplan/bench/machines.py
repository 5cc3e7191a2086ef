"""Runs of several machines: those of which the times may be held against each other."""

import pandas as pd

from routeplan.bench.statistics import KEY


def run_on_several(runs: pd.DataFrame) -> bool:
    """Whether machines have run the same, so that there are times of each of them.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.KEY` and ``machine``.
    """
    return bool(runs.duplicated(list(KEY)).any())


def by_machine(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Runs machine by machine where machines have run the same; else all of them together, under "".

    Machines that have each run a part, as the shards of one suite, are put together: nothing could be compared
    otherwise. Then their times must be alike, as those of machines of one kind are.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns of `statistics.KEY` and ``machine``.

    Returns
    -------
    dict of str to DataFrame
        In the order of the machines' names.
    """
    if not run_on_several(runs):
        return {"": runs}
    return {str(machine): part for machine, part in runs.groupby("machine")}


def settings_together(runs: pd.DataFrame) -> bool:
    """Whether all settings of an instance and seed were run on one machine, as those of a shard are.

    Parameters
    ----------
    runs : DataFrame
        The runs, with the columns ``instance``, ``seed`` and ``machine``.
    """
    return bool((runs.groupby(["instance", "seed"])["machine"].nunique() <= 1).all())


def most_run(runs: pd.DataFrame) -> str:
    """Name of the machine with the most runs, of several the first by name."""
    counts = runs["machine"].value_counts()
    return str(min(counts[counts == counts.max()].index))
