"""One site of a result: found by its id or name, and as plain data."""

from typing import Any

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import folded, none_called
from routeplan.result.result import Result
from routeplan.result.summary import records
from routeplan.result.summary_site import tables_of_site

LEAST_LETTERS = 3
"""Of a part of a name."""


def site_called(instance: Instance, name: str) -> str:
    """Find the id of a site by its id, its name, or a part of the name that no other has, whatever their case.

    Raises
    ------
    UsageError
        When no site, or more than one, is called so.
    """
    sites = instance["sites"]
    names = sites[["site", "name", "name_nl"]]
    if name in set(sites["site"]):
        return name
    wanted, known_as = folded(name), names.map(folded)
    found = sites.loc[(known_as == wanted).any(axis="columns"), "site"].tolist()
    part_of = known_as.map(lambda text: len(wanted) >= LEAST_LETTERS and wanted in text)
    found = found or sites.loc[part_of.any(axis="columns"), "site"].tolist()
    if len(found) > 1:
        raise UsageError(f"'{name}' is the name of {len(found)} sites; allowed: the id of one: {', '.join(found)}")
    if not found:
        known = [text for column in names for text in names[column] if text]
        raise UsageError(none_called("site", [name], known, "all of them: routeplan show RESULT --sites"))
    return str(found[0])


def site_as_json(result: Result, site: str) -> dict[str, Any]:
    """Everything that a result tells of one site, as plain data."""
    (facts,) = records(result.instance["sites"].query("site == @site"))
    told: dict[str, Any] = {str(name): value for name, value in facts.items()}
    return told | {name: records(table) for name, table in tables_of_site(result, site).items()}
