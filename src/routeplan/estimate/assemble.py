"""Assembly of an instance from sites: technology, networks, grid, prices and money."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import joined
from routeplan.estimate.late_start import refuse_late_start
from routeplan.estimate.links_left_out import left_out_traces
from routeplan.estimate.site_inputs import checked_sites
from routeplan.estimate.site_traces import period_traces, share_of_sites, site_traces
from routeplan.estimate.surroundings.grid import grid_of
from routeplan.estimate.surroundings.money import money_of
from routeplan.estimate.surroundings.networks import networks_of
from routeplan.estimate.surroundings.prices import prices_of
from routeplan.estimate.technology.demand import emissions_of, spare_capacity
from routeplan.estimate.technology.options import options_for_sites
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.network.prune import prune_by_cost
from routeplan.schema.frames import empty, typed
from routeplan.schema.inputs import INPUT_TABLES, SITES
from routeplan.schema.settings import Settings


@dataclass(frozen=True)
class Assembled:
    """An instance and the derivation of its numbers.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        A row for each number that was estimated.
    links_left_out : int
        Candidate links that were found, but lie on no way that is cheap enough.
    """

    instance: Instance
    derivation: pd.DataFrame
    links_left_out: int


def default_settings(
    name: str,
    base_year: int,
    tables: DefaultTables,
    *,
    title: str,
    description: str,
    sources: Mapping[str, str],
    words: Words,
    title_nl: str = "",
    description_nl: str = "",
) -> Settings:
    """Make the settings of an instance: rates and years by the default table ``general``.

    Parameters
    ----------
    name, title, description : str
        Of the instance.
    title_nl, description_nl : str, optional
        The same for Dutch readers.
    base_year : int
        Year to which costs are discounted, and from which lead times run.
    tables : DefaultTables
        The default tables.
    sources : mapping of str to str
        Where the sites come from; that the parameters are the default tables' is added.
    words : Words
        Language of that.
    """
    return Settings(
        name,
        title=title,
        title_nl=title_nl,
        description=description,
        description_nl=description_nl,
        currency_year=int(tables.general("currency_year")),
        base_year=base_year,
        discount_rate=tables.general("discount_rate"),
        firm_rate=tables.general("firm_rate"),
        support_years=int(tables.general("support_years")),
        sources={
            **sources,
            "parameters": words("default tables of routeplan, source and confidence beside each figure"),
        },
    )


def instance_from_sites(
    settings: Settings, sites: pd.DataFrame, periods: pd.DataFrame, tables: DefaultTables
) -> Assembled:
    """Make an instance of sites that are known by town, sector and heat demand; the default tables give the rest.

    Parameters
    ----------
    settings : Settings
        Settings of the instance; lead times run from its base year.
    sites : DataFrame
        One row a site. Needed are ``site`` (id), ``sector`` (of the default table ``sectors``), ``place`` (town),
        ``gas_below_100``, ``gas_100_200``, ``gas_200_500``, ``gas_above_500`` and ``electricity`` [GWh/yr].
        `routeplan.estimate.site_inputs.GIVEN` declares these, and what may be left out: ``name``, ``postcode``,
        ``lat``, ``lon``, ``region``, ``area``, ``process_co2``, ``biogenic_co2`` [kt/yr], ``full_load_hours``,
        ``spare_capacity`` [MW], ``contract``, ``coincidence``, ``price_group``, ``basis``.
    periods : DataFrame
        Table ``periods``, such as `periods_between` makes.
    tables : DefaultTables
        The default tables (`load_defaults`).

    Raises
    ------
    UsageError
        When a route of the default tables would be ready only after its last year.
    DataError
        With every rule that the sites or the instance break.
    """
    refuse_late_start(settings.base_year, tables)
    known = checked_sites(sites, tables)
    known["emissions"] = emissions_of(known, tables)
    shared = share_of_sites(known, tables)
    share = float(shared["value"].iloc[0])
    firsts = [int(period) for period in periods["period"]]
    step = options_for_sites(known, tables, periods, base_year=settings.base_year)
    places = _sites(known, tables)
    users = step.options.assign(site=step.options["process"].map(step.processes.set_index("process")["site"]))
    prices, price_traces = prices_of(tables, sorted(set(places["price_group"])), firsts)
    parts = [
        {"periods": periods, "sites": places, "derivation": site_traces(settings, known, places, periods, tables)},
        step.tables(),
        {"prices": prices, "derivation": price_traces},
        networks_of(places, users, tables, share, firsts, base_year=settings.base_year),
        grid_of(known, tables, firsts),
        money_of(tables, known, list(step.routes["family"]), share, periods),
    ]
    made = {name: frame for part in parts for name, frame in part.items()}
    whole = {name: typed(table, made[name]) if name in made else empty(table) for name, table in INPUT_TABLES.items()}
    traces = [*(part["derivation"] for part in parts), shared, period_traces(whole)]
    return _without_dear_links(Instance(settings, whole), joined(traces))


def _without_dear_links(instance: Instance, derivation: pd.DataFrame) -> Assembled:
    """Leave out the candidate links on no sufficiently cheap path, and the derivation of their numbers."""
    links = prune_by_cost(instance)
    gone = set(instance["links"]["link"]) - set(links["link"])
    of_gone = (derivation["table"] == "links") & derivation["key"].isin(gone)
    traces = joined([derivation[~of_gone], left_out_traces(len(gone))])
    return Assembled(instance.replace(links=links), traces, len(gone))


def _sites(known: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Make the table ``sites``; room in contracts is estimated where it is not given."""
    room = known["spare_capacity"].fillna(spare_capacity(known, tables))
    return known.assign(spare_capacity=room)[SITES.names]
