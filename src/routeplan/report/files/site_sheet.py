"""The sites of a plan on one sheet, a row each: routes by period, CO2, grid capacity and money."""

from collections.abc import Iterator

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.files.sheet import Sheet, sheet_name
from routeplan.report.files.sites import KEY, site_rows
from routeplan.report.years import spans
from routeplan.result.result import Result
from routeplan.result.summary_places import emitted_today
from routeplan.result.summary_site import money_of_sites
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table

Cells = tuple[Column, "pd.Series[float] | pd.Series[str]"]
"""A column, and its cells by site."""

SITES = "sites"


def site_sheet(result: Result, words: Words) -> Sheet:
    """Make a sheet with a row for each site, the largest emitters of today first.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    """
    today = emitted_today(result.instance).groupby("site")["emissions"].sum()
    sites = result.instance["sites"][["site"]]
    order = sites.assign(today=sites["site"].map(today)).sort_values("today", ascending=False, kind="stable")["site"]
    told = site_rows(result, words)
    cells = [*_facts(result, told, words), *_routes(result, words), *_amounts(result, told, today, words)]
    columns = tuple(column for column, _ in cells)
    rows = pd.DataFrame({column.name: values.reindex(order).to_numpy() for column, values in cells})
    absent = {
        column.name: 0.0 if column.kind is Kind.NUMBER else "" for column in columns if column.kind is not Kind.WHOLE
    }
    about = words("Each site in a row: routes, CO2, grid capacity and money.")
    key = (words("Id of the site"),)
    table = Table(sheet_name(SITES, words), about, columns, key)
    return Sheet(table, rows.fillna(absent))


def _text(name: str, about: str) -> Column:
    return Column(name, Kind.TEXT, about)


def _number(name: str, about: str, unit: str) -> Column:
    return Column(name, Kind.NUMBER, about, unit)


def _facts(result: Result, told: pd.DataFrame, words: Words) -> Iterator[Cells]:
    """What a site is, and what must be said of it."""
    rows = told.drop_duplicates("site").set_index("site")
    names = pd.Series(names_in(result.instance, "sites", words), dtype="str")
    yield _text(words("Site"), words("Name of the site.")), names
    yield _text(words("Id of the site"), words("Id of the site.")), rows.index.to_series()
    if (rows["basis"] != "").any():
        about = words("What must be said of the site wherever its plan is shown.")
        yield _text(words("To be said of the site"), about), rows["basis"]
    yield _text(words("Sector"), words("Sector of industry.")), rows["sector"].map(words.name)
    yield _text(words("Region"), words("Region in which it lies.")), rows["region"]
    yield _text(words("Station or area"), words("What feeds the site with electricity.")), rows["area_name"]


def _routes(result: Result, words: Words) -> Iterator[Cells]:
    """Routes of all processes of a site in each period, each once, and when the first of them changes."""
    instance = result.instance
    processes, options = instance["processes"][["process", "site"]], instance["options"]
    current = options[options["current"] == 1].set_index("process")["route"]
    runs = processes.merge(result["runs"], on="process")
    runs["shown"] = runs["route"].map(words.name)
    told = runs.drop_duplicates([*KEY, "shown"]).groupby(KEY)["shown"].agg(", ".join).unstack("period")
    for period, years in spans(instance).items():
        name = words("Route {years}", years=years)
        cells = told[period] if period in told else pd.Series(dtype="str")
        yield _text(name, words("What its processes run in these years.")), cells
    changed = runs[runs["route"] != runs["process"].map(current)]
    about = words("First year of the period in which a process first runs another route than today; empty: none does.")
    yield Column(words("First change"), Kind.WHOLE, about), changed.groupby("site")["period"].min().astype(object)


def _amounts(result: Result, told: pd.DataFrame, today: "pd.Series[float]", words: Words) -> Iterator[Cells]:
    """CO2, grid capacity, and money of a site."""
    rows = told.assign(flexible=told["connection"] - told["request"])
    kt, megawatts, money = (f"[{words.unit(unit)}]" for unit in (units.CO2, units.POWER, units.MONEY))
    yearly = f"[{words.unit(units.MONEY_PER_YEAR)}]"
    yield _number(f"{words('CO2 today')} {kt}", words("Emitted on its current routes."), units.CO2), today
    about = words("Emitted under the plan.")
    yield from _by_period(result, rows, "emissions", words("CO2"), kt, _number("", about, units.CO2))
    whole = words("(whole contract)")
    most = rows.groupby("site")[["request", "flexible"]].max()
    shared = words("The most in any period, beyond today's contract; of the whole contract, which sites may share.")
    yield _number(f"{words('New firm capacity')} {whole} {megawatts}", shared, units.POWER), most["request"]
    yield _number(f"{words('New flexible capacity')} {whole} {megawatts}", shared, units.POWER), most["flexible"]
    sums = money_of_sites(result)
    yield (
        _number(f"{words('Investment')} {money}", words("All that starts at the site."), units.MONEY),
        sums["invested"],
    )
    yield _number(f"{words('Public money')} {money}", words("Support paid for it."), units.MONEY), sums["granted"]
    about = words("Mean of these years at society's values, not discounted.")
    yield from _by_period(result, rows, "cost", words("Cost"), yearly, _number("", about, units.MONEY_PER_YEAR))


def _by_period(result: Result, rows: pd.DataFrame, amount: str, what: str, unit: str, like: Column) -> Iterator[Cells]:
    """An amount of each period in a column of its own."""
    spread = rows.set_index(KEY)[amount].unstack("period")
    for period, years in spans(result.instance).items():
        yield Column(f"{what} {years} {unit}", like.kind, like.about, like.unit), spread[period]
