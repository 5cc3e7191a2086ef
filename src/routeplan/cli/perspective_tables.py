"""What ``perspective`` prints: each route of the sites that are asked about, or how many become possible when."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from routeplan.cli.output import Output
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.result.summary import records
from routeplan.why.dates import Dates
from routeplan.why.outlook import Outlook, Perspective
from routeplan.why.perspective_told import columns_told, lack_told, perspective_told, rule_told

AMOUNTS = ("emissions", "cost", "bridge_emissions", "bridge_cost", "invested")


def perspective_as_json(found: Perspective) -> dict[str, Any]:
    """Everything that is told as plain data."""
    instance = found.result.instance
    return {
        "instance": instance.name,
        "scenario": instance.scenario,
        "years": found.years,
        "stopped": found.stopped,
        "asked": found.asked,
        **{f"{dates}_plan": plan for dates, plan in found.plans.items()},
        "perspective": records(found.table),
    }


def print_perspective(out: Output, found: Perspective, language: Language, each_route: bool) -> None:
    """Print each route, or a line for each site, and the rule."""
    words = Words(language)
    if not found.outlooks:
        lack = [*lack_told(found, words)] or [words("No process has a route beside its current one.")]
        out.say(lack[0])
        return
    if each_route:
        for _, rows in perspective_told(found, words).groupby([each.site for each in found.outlooks], sort=False):
            out.table(str(rows["site"].iloc[0]), _as_shown(rows.drop(columns="site"), words))
    else:
        title = words("Routes that processes do not have today, and how many of them become possible")
        out.table(title, _by_site(found, words))
    for line in rule_told(found, words):
        out.say(line)


def _as_shown(told: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Rows as the screen has them, without columns that say nothing."""
    numbers = told[list(AMOUNTS)].astype(float).map(words.number)
    years = told["decide_by"].map(lambda year: "–" if pd.isna(year) else str(int(year)))
    told = told.assign(decide_by=years, **{name: _aligned(numbers[name]) for name in AMOUNTS})
    columns = columns_told(words)
    empty = [] if (told["bridges"] != "").any() else ["bridges", "bridge_emissions", "bridge_cost"]
    shown = told.drop(columns=empty).astype("str")
    return shown.rename(columns={name: columns[name].name for name in columns})


def _aligned(cells: "pd.Series[str]") -> "pd.Series[str]":
    return cells.str.rjust(int(cells.str.len().max()))


def _by_site(found: Perspective, words: Words) -> pd.DataFrame:
    names = names_in(found.result.instance, "sites", words)
    sites = dict.fromkeys(outlook.site for outlook in found.outlooks)
    rows = [_site(names[site], [each for each in found.outlooks if each.site == site], found, words) for site in sites]
    return pd.DataFrame(rows)


def _site(name: str, outlooks: Sequence[Outlook], found: Perspective, words: Words) -> dict[str, object]:
    begin = int(found.result.instance.horizon.first[0])
    decide = [each.decide_by for each in outlooks if each.planned is not None and each.decide_by is not None]
    counts: dict[str, object] = {words("site"): name, words("routes"): len(outlooks)}
    for dates, heading in _headings(words).items():
        answers = [each.possible[dates] for each in outlooks]
        counts[heading] = sum(answer.year is not None for answer in answers)
        if dates is Dates.EXPECTED:
            counts[words("of which at once")] = sum(answer.year == begin for answer in answers)
    unknown = sum(not answer.known for each in outlooks for answer in each.possible.values())
    counts |= {words("not known"): unknown} if unknown else {}
    return counts | {words("first to decide"): min(decide, default="–")}


def _headings(words: Words) -> dict[Dates, str]:
    return {
        Dates.EARLY: words("possible, early dates"),
        Dates.EXPECTED: words("possible"),
        Dates.LATE: words("possible, late dates"),
    }
