"""Sections that hold settings against each other."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from routeplan.bench.report.comparisons import (
    comparable,
    grid_table,
    pair_table,
    ranking_table,
    scaling_table,
    seed_spread,
    two_settings,
)
from routeplan.bench.report.pair_charts import (
    factor_chart,
    grid_cell,
    grid_chart,
    scaling_chart,
    scatter_chart,
    seed_chart,
)
from routeplan.bench.report.part import (
    Exhibit,
    Form,
    Part,
    chance,
    listed,
    missing,
    number,
    plural,
    table_of,
    text,
    whole,
)
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import headline
from routeplan.report.page.table import PageTable

SOLVED: dict[str, tuple[str, Form]] = {
    "setting": ("Setting", text),
    "factor_penalised": ("Times as fast, unsolved at 10 limits", number),
    "only_base": ("Solved by the base alone", whole),
    "only_setting": ("Solved by the setting alone", whole),
    "mcnemar": ("p-value, McNemar", chance),
    "instances": ("Instances", whole),
    "left_out": ("Instances of one alone", whole),
    "censored": ("Instances with an unsolved run", whole),
}
"""Columns that tell of a setting and the base which instances they solve."""

ABREAST = 15
"""Settings for which a table has room beside the names of instances."""

ALONE = "There is one setting, so there is nothing to compare it with."


def scatter_part(results: Results) -> Part:
    """The base and the best other setting, instance by instance."""
    heading = "Two settings, instance by instance"
    near = set(comparable(results)["setting"]) - {results.base}
    order = [name for name in headline(results)["setting"] if name in near]
    if not order:
        return Part("scatter", "Two settings", heading, [_why_alone(results)])
    other = order[0]
    frame = two_settings(results, other)
    faster, slower = int((frame["other"] < frame["base"]).sum()), int((frame["other"] > frame["base"]).sum())
    title = (
        f"{other} is faster than {results.base} on {faster} of {plural(len(frame), 'instance')}, and slower on {slower}"
    )
    note = (
        f"{other} is the fastest of the other settings. A point is an instance, its colour and shape "
        "the family that it is of. Below the grey line it is faster, above it slower. Both axes are scales of "
        "powers; the dashed red lines are the time limit, and what lies on them is not solved."
    )
    columns = {
        "instance": ("Instance", text),
        "family": ("Family", text),
        "solved": ("Solved by", text),
        "base": (f"{results.base} [s]", number),
        "other": (f"{other} [s]", number),
    }
    exhibit = Exhibit(title, table_of(frame, columns, 3), scatter_chart(results, other, title), note)
    return Part("scatter", "Two settings", heading, [], [exhibit])


def _why_alone(results: Results) -> str:
    return f"No other setting was run on an instance of {results.base}." if results.others else ALONE


def factor_part(results: Results) -> Part:
    """Every setting against the base."""
    heading = f"How many times as fast as {results.base}"
    pairs = pair_table(results)
    if pairs.empty:
        return Part("pairs", "Pairs", heading, [_why_alone(results)])
    title = factor_title(results, pairs)
    note = (
        "Above 1 a setting is faster than the base. The factor is the mean of the ratios of times over the instances "
        "that both were run on (geometric, with 1 s added to each time, so that differences far below a second do not "
        "count); what is not solved counts its limit, so that a factor may be further from 1 than is told. The line is "
        "its 95 % interval: of so many resamples of the instances, drawn within their families, 95 % give a factor in "
        "it; there is none where no family has two instances. Where all of it is in the grey band, within 5 %, "
        "settings are called equal; or too short to tell, where neither takes as long as that 1 s on most instances. "
        "The p-value is that of Wilcoxon's signed-rank test: how likely differences as large are when "
        "neither is faster; by Holm's method it is raised for so many tests at once. Below 0.05 chance "
        "alone is an unlikely reason. A setting is called faster where interval and p-value agree, and perhaps faster "
        "where only the interval says so. McNemar's test asks the same of what only one of the two solves."
    )
    shown = pairs.assign(interval=[_interval(row.low, row.high) for row in pairs.itertuples()])
    columns = {
        "setting": ("Setting", text),
        "factor": ("Times as fast", number),
        "interval": ("95 % interval", text),
        "verdict": ("Verdict", text),
        "wilcoxon": ("p-value, Wilcoxon", chance),
        "wilcoxon_holm": ("p-value, by Holm", chance),
    }
    exhibits = [
        Exhibit(title, table_of(shown, columns), factor_chart(pairs, title), note, open=True),
        Exhibit("Which instances are solved", table_of(shown, SOLVED)),
    ]
    return Part("pairs", "Pairs", heading, [], exhibits)


def factor_title(results: Results, pairs: pd.DataFrame) -> str:
    """What the chart shows, in a sentence."""
    said = [
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} {verdict}"
        for verdict in ("faster", "perhaps faster", "perhaps slower", "slower")
        if (names := list(pairs.loc[pairs["verdict"] == verdict, "setting"]))
    ]
    if not said:
        return f"No setting is known to differ from {results.base} by more than 5 %"
    return f"{'; '.join(said)} than {results.base}"


def _interval(low: Any, high: Any) -> str:
    return "–" if missing(low) else f"{number(low)} to {number(high)}"


def seed_part(results: Results) -> Part:
    """How much seeds matter."""
    heading = "How much seeds matter"
    seeds = results.frame["seed"].nunique()
    if seeds < 2:
        return Part(
            "seeds", "Seeds", heading, ["There is one seed, so nothing can be said of how much chance matters."]
        )
    frame = seed_spread(results)
    known = frame.dropna(subset=["ratio"])
    title = "The means are 0 s"
    if not known.empty:
        worst = known.sort_values("ratio").iloc[-1]
        title = f"By its seed alone, the mean of {worst['setting']} changes by a factor of {number(worst['ratio'])}"
    note = (
        "A line is the mean with one seed of the solver's random numbers. Two settings whose lines lie within each "
        "other's range may have changed places by luck."
    )
    columns = {
        "setting": ("Setting", text),
        "seeds": ("Seeds", whole),
        "least": ("Least mean [s]", number),
        "largest": ("Largest mean [s]", number),
        "ratio": ("Factor between them", number),
    }
    exhibit = Exhibit(title, table_of(frame, columns), seed_chart(results, title), note)
    return Part("seeds", "Seeds", heading, [], [exhibit])


def ranking_part(results: Results) -> Part:
    """Whether the ranking survives."""
    frame = ranking_table(results)
    shown = frame.assign(interval=[_interval(row.low, row.high) for row in frame.itertuples()])
    note = (
        "Kendall's tau says how far two rankings agree: 1 when they are the same, 0 when they have nothing to do with "
        "each other, −1 when one is the other reversed. Between seeds and machines settings are ranked by their "
        "shifted geometric mean; without the best, by how often they are within twice the best time."
    )
    columns = {
        "between": ("Rankings of", text),
        "why": ("Why there is none", text),
        "tau": ("Kendall's tau", number),
        "interval": ("95 % interval", text),
        "rankings": ("Rankings", whole),
        "instances": ("Instances", whole),
    }
    table = table_of(shown, columns, 2)
    return Part(
        "ranking", "Ranking", "Does the ranking survive?", [], [Exhibit(_ranking_title(frame), table, note=note)]
    )


def _ranking_title(frame: pd.DataFrame) -> str:
    known = frame.dropna(subset=["tau"]).sort_values("tau")
    if known.empty:
        return "There is too little to tell"
    least = known.iloc[0]
    if least["tau"] > 0.999:
        return "The ranking is the same each time"
    return f"It changes most between {least['between']}: Kendall's tau is {number(least['tau'])}"


def scaling_part(results: Results) -> Part:
    """How times grow with size."""
    heading = "How times grow with the size of instances"
    frame = scaling_table(results)
    if frame.empty:
        return Part("scaling", "Sizes", heading, ["No family of instances was run in several sizes that are known."])
    note = "Where a line flattens at the time limit, nothing can take longer. Both axes are scales of powers."
    exhibits = [_scaling(results, str(family), part) for family, part in frame.groupby("family")]
    return Part("scaling", "Sizes", heading, [note], exhibits, beside=True)


def _scaling(results: Results, family: str, frame: pd.DataFrame) -> Exhibit:
    base = frame[frame["setting"] == results.base]
    first, last = (base if len(base) > 1 else frame).iloc[[0, -1]].itertuples()
    title = (
        f"{family}: with {first.setting}, size {first.size} takes {number(first.mean)} s and size {last.size} "
        f"{number(last.mean)} s"
    )
    columns = {
        "setting": ("Setting", text),
        "size": ("Size", text),
        "columns": ("Columns", whole),
        "mean": ("Mean time [s]", number),
        "solved": ("Solved", whole),
        "instances": ("Instances", whole),
    }
    return Exhibit(title, table_of(frame, columns, 2), scaling_chart(results, family, title), key=family)


def grid_part(results: Results) -> Part:
    """Every instance with every setting."""
    frame = grid_table(results)
    solved = (frame["kind"] == "solved").groupby(frame["instance"]).agg(["any", "all"])
    every, none = int(solved["all"].sum()), int((~solved["any"]).sum())
    verb = "is" if every == 1 else "are"
    title = f"{every} of {plural(len(solved), 'instance')} {verb} solved by every setting, {none} by no setting"
    note = (
        "In a cell is the time in seconds, the mean over seeds; a dash where it is not solved, and a red cell where an "
        "answer is wrong. An empty place was not run."
    )
    first, *more = (results.settings[start : start + ABREAST] for start in range(0, len(results.settings), ABREAST))
    exhibits = [
        Exhibit(title, _grid(results, frame, first), grid_chart(results, title), note),
        *(
            Exhibit(f"The numbers of {plural(len(these), 'more setting')}", _grid(results, frame, these))
            for these in more
        ),
    ]
    return Part("grid", "Cells", "Every instance with every setting", [], exhibits)


def _grid(results: Results, frame: pd.DataFrame, settings: Sequence[str]) -> PageTable:
    """Times of instances with some of the settings [s], short enough for a column of each."""
    cells = {(row.instance, row.setting): grid_cell(row, number) for row in frame.itertuples()}
    rows = [[name, *(cells.get((name, setting), "") for setting in settings)] for name in results.instances]
    return PageTable(["Instance", *settings], rows)
