"""Work of ``routeplan bench repeat``."""

from pathlib import Path

import pandas as pd

from routeplan.bench.judged_runs import judge, records_of
from routeplan.bench.pairs import EQUAL
from routeplan.bench.repeat import FIGURES, SAID, SHARES, Repeat, Untold, repeat, times_apart, untold
from routeplan.bench.repeatable import refuse_unless_repeated
from routeplan.bench.report.csv_files import manifests_of
from routeplan.bench.report.part import missing, number
from routeplan.cli.bench_tables import tell_cut
from routeplan.cli.output import OUT
from routeplan.errors import counted
from routeplan.result.summary import records

NONE = "–"

NOTHING = "Nothing can be said of what this machine cannot tell: no run is solved both times"


def print_repeat(first: Path, second: Path, as_json: bool) -> None:
    """Print how far apart two runs of a suite on one machine are, and what so cannot be told."""
    # Before they are judged, which takes longer.
    refuse_unless_repeated((first, records_of(first, tell_cut)), (second, records_of(second, tell_cut)))
    runs = judge(first)
    repeated = repeat(runs, judge(second), manifests_of(runs, first))
    if as_json:
        OUT.json(_as_json(repeated))
        return
    OUT.table(f"Headline figures: first {first}, second {second}", _figures(repeated.figures))
    OUT.table("Times as fast the second time, over instances", _factors(repeated.factors))
    OUT.table("Longer by shorter time of one run, of runs solved both times", _ratios(times_apart(repeated.runs)))
    OUT.table("Runs that do not say the same", _disagreeing(repeated.disagreeing))
    agreeing, count = repeated.agreeing, counted(len(repeated.runs), "run")
    OUT.say(
        f"Of {count}: the same verdict in {agreeing['verdict']}, the same end in {agreeing['ended']}, "
        f"the same objective in {agreeing['objective']}"
    )
    found = untold(repeated)
    if found is not None and found.above_equal:
        OUT.say(f"More seeds or instances are needed: bench compare calls {100.0 * EQUAL:g} % equal, and no more")
    OUT.say(_told(found))


def _told(found: Untold | None) -> str:
    return NOTHING if found is None else found.told


def _figures(figures: pd.DataFrame) -> pd.DataFrame:
    scale = figures["figure"].isin(SHARES).map({True: 100.0, False: 1.0})
    shown = {name: (figures[name] * scale).map(number) for name in ("first", "second", "difference")}
    ratio = figures["ratio"].map(lambda value: NONE if missing(value) else f"{value:.3f}")
    return figures.assign(figure=figures["figure"].map(FIGURES), **shown, ratio=ratio)


def _factors(factors: pd.DataFrame) -> pd.DataFrame:
    interval = [NONE if missing(row.low) else f"{row.low:.3f} to {row.high:.3f}" for row in factors.itertuples()]
    shown = factors.assign(factor=factors["factor"].map("{:.3f}".format))[["setting", "instances", "factor"]]
    return shown.assign(**{"95 %": interval})


def _ratios(ratios: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: ratios[name].map(number) for name in ("seconds_first", "seconds_second")}
    shown = ratios.assign(
        least=[f"{least:g} s or more" if least else "all" for least in ratios["least"]],
        median=ratios["median"].map("{:.2f}".format),
        largest=ratios["largest"].map("{:.2f}".format),
        **numbers,
    )
    return shown.rename(columns={"least": "lasting", "seconds_first": "first [s]", "seconds_second": "second [s]"})


def _disagreeing(runs: pd.DataFrame) -> pd.DataFrame:
    """A row for each run and thing that it does not say twice."""
    rows = [
        (row["instance"], row["setting"], row["seed"], name, *(_cell(row[f"{name}_{side}"]) for side in SIDES))
        for row in runs.to_dict("records")
        for name in SAID
        if not row[f"same_{name}"]
    ]
    return pd.DataFrame(rows, columns=["instance", "setting", "seed", "what", *SIDES])


SIDES = ("first", "second")


def _cell(value: object) -> str:
    return NONE if missing(value) else f"{value:.12g}" if isinstance(value, float) else str(value)


def _as_json(repeated: Repeat) -> dict[str, object]:
    found = untold(repeated)
    return {
        "figures": records(repeated.figures),
        "factors": records(repeated.factors),
        "runs": records(repeated.runs),
        "agreeing": {"of": len(repeated.runs), **repeated.agreeing},
        "ratios": records(times_apart(repeated.runs)),
        "cannot_tell": None if found is None else {"factor": found.factor.share, "mean": found.mean.share},
        "told": _told(found),
    }
