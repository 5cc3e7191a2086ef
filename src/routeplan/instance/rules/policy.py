"""Rules of targets, decisions fixed in advance and wishes."""

import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.schema.inputs import ALL


def targets_have_sites(findings: Findings) -> None:
    """A target's scope is `all`, or a sector or region that a site has."""
    sites, scope = findings["sites"], findings["targets"]["scope"]
    known = {ALL, *("sector:" + sites["sector"]), *("region:" + sites["region"])}
    allowed = f"{ALL}, sector:NAME or region:NAME, with the name of a sector or region that a site has"
    findings.refuse("targets", ~scope.isin(known) & (scope != ""), "scope", allowed)


def wishes_name_options(findings: Findings) -> None:
    """A wish is for one of the process's options."""
    wishes = findings["wishes"]
    if wishes.empty:
        return
    wrong = ~_pairs(wishes, "process", "route").isin(_pairs(findings["options"], "process", "route"))
    wrong &= wishes["process"].isin(findings["processes"]["process"]) & (wishes["route"] != "")
    findings.refuse("wishes", wrong, "route", "a route for which the process has an option")


def decisions_name_what_exists(findings: Findings) -> None:
    """A decision's item and choice name something that can be decided."""
    decided = findings["decided"]
    if decided.empty:
        return
    links = findings["links"]
    candidates = links[links["status"] == "candidate"]
    items = {
        "runs": (findings["processes"]["process"], "a process"),
        "built": (candidates["link"], "a candidate link"),
        "open": (findings["hubs"]["hub"], "a hub"),
        "reinforced": (findings["reinforcements"]["reinforcement"], "a reinforcement"),
    }
    for decision, (known, what) in items.items():
        wrong = (decided["decision"] == decision) & ~decided["item"].isin(known) & (decided["item"] != "")
        findings.refuse("decided", wrong, "item", f"the id of {what} for the decision '{decision}'")
    sizes = candidates.merge(findings["sizes"], on=["carrier", "mode"])
    _check_choices(
        findings, "runs", _pairs(findings["options"], "process", "route"), "a route of the process's options"
    )
    _check_choices(findings, "built", _pairs(sizes, "link", "size"), "a size of the link's carrier and mode")
    _check_choices(findings, "open", _pairs(findings["hubs"], "hub", "option"), "an option of the hub")
    chosen = (decided["decision"] == "reinforced") & (decided["choice"] != "")
    findings.refuse("decided", chosen, "choice", "empty for a reinforcement")


def _check_choices(findings: Findings, decision: str, known: pd.MultiIndex, allowed: str) -> None:
    """Refuse choices that their item does not have; an unknown item has been reported already."""
    decided = findings["decided"]
    wrong = (decided["decision"] == decision) & ~_pairs(decided, "item", "choice").isin(known)
    wrong &= decided["item"].isin(known.get_level_values(0).unique())
    findings.refuse("decided", wrong, "choice", allowed)


def _pairs(frame: pd.DataFrame, first: str, second: str) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([frame[first], frame[second]])
