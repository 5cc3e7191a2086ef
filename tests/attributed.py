"""What must hold of the attribution of any plan's costs to its sites."""

import pytest

from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result

OWN = ("fixed_cost", "electricity", "flexible_electricity", "gas", "co2", "co2_removed", "options")
"""Terms of which no part is shared."""

OF_USERS = {"hydrogen": ("hydrogen",), "co2": ("co2_storage",)}
"""Terms that only users of a carrier bear, when there are any."""


def sums_to_the_plan(result: Result) -> None:
    """All sites together bear what the plan costs, term by term and period by period; what is a site's own is kept."""
    found = attributed_costs(result)
    sums = found.groupby(["term", "period"])[["cost", "discounted"]].sum()
    plan = result["costs"].set_index(["term", "period"])[["cost", "discounted"]]
    missing = plan.index.union(sums.index)
    for name in ("cost", "discounted"):
        told, wanted = (table[name].reindex(missing, fill_value=0.0).to_numpy() for table in (sums, plan))
        assert told == pytest.approx(wanted, rel=1e-6, abs=1e-9)
    assert found["discounted"].sum() == pytest.approx(result.cost, rel=1e-6)
    own = result["site_costs"][result["site_costs"]["term"].isin(OWN)].set_index(["site", "term", "period"])["cost"]
    kept = found[found["term"].isin(OWN)].set_index(["site", "term", "period"])["cost"]
    assert kept.to_dict() == pytest.approx(own[own != 0.0].to_dict(), rel=1e-9)


def nobody_pays_what_others_use(result: Result) -> None:
    """Only sites that ever use hydrogen, or hand over CO2, bear its price."""
    site_of = result.instance["processes"].set_index("process")["site"]
    energy, emissions = result["energy"], result["emissions"]
    users = {
        "hydrogen": set(energy[energy["commodity"] == "hydrogen"]["process"].map(site_of)),
        "co2": set(emissions[emissions["captured"] > 0.0]["site"]),
    }
    found = attributed_costs(result)
    for carrier, terms in OF_USERS.items():
        assert set(found[found["term"].isin(terms)]["site"]) <= users[carrier]
