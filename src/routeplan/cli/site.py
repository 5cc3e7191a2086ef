"""One site of a result: found by its id or name, and as plain data."""

from typing import Any

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import folded, none_called
from routeplan.result.result import Result
from routeplan.result.summary import records
from routeplan.result.summary_site import tables_of_site


def site_called(instance: Instance, name: str) -> str:
    """Find the id of a site by its id or its name, whatever their case.

    Raises
    ------
    UsageError
        When no site, or more than one, is called so.
    """
    sites = instance["sites"]
    names = sites[["site", "name", "name_nl"]]
    if name in set(sites["site"]):
        return name
    found = sites.loc[(names.map(folded) == folded(name)).any(axis="columns"), "site"].tolist()
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
