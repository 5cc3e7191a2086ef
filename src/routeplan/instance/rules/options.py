"""Rules of routes and of the options that processes have."""

from functools import partial

import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import CURRENT


def current_route_is_not_temporary(findings: Findings) -> None:
    """A route of family `current` is no bridge."""
    routes = findings["routes"]
    wrong = (routes["family"] == CURRENT) & (routes["temporary"] == 1)
    findings.refuse("routes", wrong, "temporary", f"0 for a route of family {CURRENT}")


def one_current_option(findings: Findings) -> None:
    """Each process has exactly one current option, of a route of family `current`."""
    options = findings["options"]
    current = options["current"] == 1
    again = current & options[current].duplicated("process").reindex(options.index, fill_value=False)
    findings.refuse("options", again, "current", "0, because the process has a current option on an earlier line")
    family = options["route"].map(findings["routes"].drop_duplicates("route").set_index("route")["family"])
    wrong = current & family.notna() & (family != CURRENT)
    findings.refuse("options", wrong, "route", f"a route of family {CURRENT} for a current option")
    _every_process_has_one(findings)


def _every_process_has_one(findings: Findings) -> None:
    options, processes = findings["options"], findings["processes"]
    # A flag that could not be read may be the one that is missed.
    unclear = options.loc[options["current"] != 0, "process"]
    without = ~processes["process"].isin(unclear) & (processes["process"] != "")
    allowed = "a process with exactly one row in options.csv that has current = 1"
    findings.refuse("processes", without, "process", allowed)


def current_option_changes_nothing(findings: Findings) -> None:
    """The current option needs no investment and no change of capacity."""
    options = findings["options"]
    for column in ("capex", "firm_capacity", "flexible_capacity"):
        wrong = (options["current"] == 1) & (options[column] != 0) & options[column].notna()
        findings.refuse("options", wrong, column, "0 for a current option")


def removed_is_captured(findings: Findings) -> None:
    """What is removed is part of what is captured."""
    options = findings["options"]
    captured = options["captured"].tolist()

    def allowed(row: int) -> str:
        return f"at most what is captured, {captured[row]!r} kt/yr"

    findings.refuse("options", options["removed"] > options["captured"], "removed", allowed)


def last_year_is_not_before_first(findings: Findings) -> None:
    """No option and no row of support ends before it begins."""
    for table in ("options", "support"):
        first, last = findings[table]["first_year"], findings[table]["last_year"]
        findings.refuse(table, last < first, "last_year", partial(_from_year, first))


def _from_year(first: pd.Series, row: int) -> str:
    return f"the first_year, {first[row]:.0f}, or later"
