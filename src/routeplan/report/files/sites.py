"""The sites of a plan, one row for each period: routes, emissions, energy, grid capacity and cost."""

import pandas as pd

from routeplan.instance.basis import said_beside
from routeplan.instance.names import names_in, own_language
from routeplan.language.language import Words
from routeplan.report.files.times import BEGINS, ENDS, dated_periods
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.summary_places import main_processes
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import COMMODITIES, OPTIONS, ROUTES, SITES
from routeplan.schema.results import EMISSIONS, REQUESTS, RUNS

AREA_NAME = Column("area_name", Kind.TEXT, "Name of the area.")

SITE_LAYER = Table(
    "sites",
    "What each site runs, emits, uses, asks of the grid and costs in each period.",
    (
        *(SITES.column(name) for name in ("site", "name")),
        Column("basis", Kind.TEXT, "What must be said of the site wherever its plan is shown; empty: nothing."),
        *(SITES.column(name) for name in ("sector", "region", "area")),
        AREA_NAME,
        RUNS.column("period"),
        BEGINS,
        ENDS,
        Column("process", Kind.TEXT, "Main process: the one that emits most today, of equals the first."),
        Column(
            "family", Kind.TEXT, "Family of the route that the main process runs.", words=ROUTES.column("family").words
        ),
        Column("route", Kind.TEXT, "Route that the main process runs."),
        Column("families", Kind.TEXT, "Families of the routes of all its processes, each once."),
        Column("routes", Kind.TEXT, "Every process and the route that it runs."),
        *(EMISSIONS.column(name) for name in ("emissions", "captured", "removed")),
        *(OPTIONS.column(name) for name in COMMODITIES),
        SITES.column("contract"),
        *(
            Column(
                name, Kind.NUMBER, f"{REQUESTS.column(name).about} Of the contract, which sites may share.", units.POWER
            )
            for name in ("request", "connection")
        ),
        Column(
            "cost",
            Kind.NUMBER,
            "Whole cost of the site, its part by use of what sites share among it: undiscounted mean.",
            units.MONEY_PER_YEAR,
        ),
    ),
    key=("site", "period"),
)

KEY = ["site", "period"]


def site_rows(result: Result, words: Words) -> pd.DataFrame:
    """List every site in every period.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language, of names and of what must be said.

    Returns
    -------
    DataFrame
        The columns of `SITE_LAYER`, NaN where the plan has no row.
    """
    sites = result.instance["sites"]
    sites["basis"] = said_beside(sites, words)
    sites["name"] = own_language(sites["name"], sites["name_nl"], words)
    sites["area_name"] = sites["area"].map(names_in(result.instance, "areas", words))
    rows = sites.merge(dated_periods(result.instance), how="cross")
    runs = _runs(result)
    cost = attributed_costs(result).groupby(KEY)["cost"].sum()
    for part in (_main_process(result, runs), _all_processes(runs), result["emissions"], _energy(result), cost):
        rows = rows.merge(part, on=KEY, how="left")
    return rows.merge(result["requests"], on=["contract", "period"], how="left")


def _runs(result: Result) -> pd.DataFrame:
    """Route of each process, with its site and the route's family."""
    family = result.instance["routes"].set_index("route")["family"]
    runs = result.instance["processes"][["process", "site"]].merge(result["runs"], on="process")
    return runs.assign(family=runs["route"].map(family).fillna(""))


def _main_process(result: Result, runs: pd.DataFrame) -> pd.DataFrame:
    return main_processes(result.instance).merge(runs, on=["process", "site"])[[*KEY, "process", "family", "route"]]


def _all_processes(runs: pd.DataFrame) -> pd.DataFrame:
    told = runs.assign(routes=runs["process"] + ": " + runs["route"])
    return told.groupby(KEY).agg(
        families=("family", lambda names: ", ".join(names.drop_duplicates())), routes=("routes", ", ".join)
    )


def _energy(result: Result) -> pd.DataFrame:
    """Use of each commodity, a column each."""
    energy = result["energy"].merge(result.instance["processes"][["process", "site"]], on="process")
    used = energy.groupby([*KEY, "commodity"])["amount"].sum().unstack("commodity")
    return used.reindex(columns=list(COMMODITIES))
