"""Check of settings and typed tables against every rule of the format."""

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from routeplan.errors import Problem
from routeplan.instance.rules import network, options, places, policy, time
from routeplan.instance.rules.columns import Suggest, check_columns
from routeplan.instance.rules.findings import Findings, Lines
from routeplan.instance.rules.keys import check_key, check_references
from routeplan.instance.rules.settings import check_settings
from routeplan.instance.rules.structure import check_structure
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import Settings

Rule = Callable[[Findings], None]

RULES: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (time.periods_follow_each_other, ("periods",)),
    (time.prices_cover_every_period, ("periods", "prices")),
    (places.groups_of_sites_have_names, ("sites",)),
    (places.contract_is_in_one_area, ("sites", "areas")),
    (places.only_shared_contracts_have_a_coincidence, ("sites",)),
    (places.contract_is_no_site_outside_it, ("sites",)),
    (places.areas_form_a_tree, ("areas",)),
    (places.outlines_are_polygons, ("areas",)),
    (places.nodes_are_no_sites, ("nodes", "sites")),
    (options.current_route_is_not_temporary, ("routes",)),
    (options.one_current_option, ("options", "processes", "routes")),
    (options.current_option_changes_nothing, ("options",)),
    (options.removed_is_captured, ("options",)),
    (options.last_year_is_not_before_first, ("options", "support")),
    (network.ends_are_of_the_carrier, ("nodes", "links", "sources", "hubs")),
    (network.link_leads_elsewhere, ("links",)),
    (network.planned_links_have_a_capacity, ("links",)),
    (network.links_differ, ("links",)),
    (network.candidates_have_sizes, ("links", "sizes")),
    (network.larger_sizes_cost_no_less, ("sizes",)),
    (policy.targets_have_sites, ("targets", "sites")),
    (policy.wishes_name_options, ("wishes", "options", "processes")),
    (
        policy.decisions_name_what_exists,
        ("decided", "processes", "options", "links", "sizes", "hubs", "reinforcements"),
    ),
)
"""The rules across rows and tables, each with the tables that it reads."""


def check_tables(
    settings: Settings | None,
    tables: Mapping[str, pd.DataFrame],
    lines: Lines | None = None,
    unread: Collection[str] = (),
    changed: Collection[str] = tuple(INPUT_TABLES),
    suggest: Suggest = did_you_mean,
) -> list[Problem]:
    """Check settings and tables against every rule of the format.

    Parameters
    ----------
    settings : Settings, optional
        The settings; None when they could not be read, which was then reported already.
    tables : mapping of str to DataFrame
        Typed tables, defaults filled in, as an `Instance` holds them. While they are being read, a column of
        whole numbers may still be float64, with NaN for the cells that could not be read.
    lines : mapping of str to array of int, optional
        Line in the file of each row of a table; by default the rows follow the header without a gap.
    unread : collection of str
        Tables that were not read in full, which was reported already: rules that need them are left out.
    changed : collection of str
        Tables that may break rules: those with other rows than before, when all obeyed them, and those that refer
        to one whose keys are others.
    suggest : function of a word and a closed list, optional
        Suggests which word of the list was meant.

    Returns
    -------
    list of Problem
        Every violation, sorted by place; no cell is reported twice.
    """
    problems = [] if settings is None else check_settings(settings)
    malformed = check_structure(tables, unread)
    if malformed:
        return sorted(problems + malformed)
    findings = Findings(tables, lines)
    complete = {name for name in INPUT_TABLES if name in tables and name not in unread}
    readable = complete - {"periods"} if "periods" in complete and _lacks_periods(findings) else complete
    suspects = [name for name in INPUT_TABLES if name in changed]
    for name in suspects:
        if name not in tables or tables[name].empty:
            continue
        places.places_are_in_degrees(findings, name)
        check_columns(findings, name, suggest)
        if name in complete:
            check_key(findings, name)
            check_references(findings, name, readable)
    for rule, needed in RULES:
        if complete.issuperset(needed) and not set(needed).isdisjoint(suspects):
            rule(findings)
    return sorted(problems + findings.problems)


def _lacks_periods(findings: Findings) -> bool:
    """Whether periods lack or could not be read, so that no reference to them can be judged."""
    periods = findings["periods"]["period"]
    return periods.empty or bool(periods.isna().any())
