"""Those outside a group: they keep a plan, and so do the networks that the group cannot use."""

from dataclasses import replace

import pandas as pd
import pytest

from routeplan.checker.check import verify
from routeplan.data.read import read
from routeplan.hubs.outsiders import with_others_kept
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.network.needs import NEED
from routeplan.result.result import Result
from routeplan.solving.solve import solve


@pytest.fixture(scope="module")
def region() -> Instance:
    return read("instances/achterhoek")


@pytest.fixture(scope="module")
def plan(region: Instance) -> Result:
    """A plan with links for CO2, far from the best."""
    found = solve(region, gap=0.1, seconds=60, threads=1)
    assert not _in_place(found, region, "co2").empty
    return found


def _in_place(plan: Result, region: Instance, carrier: str) -> pd.DataFrame:
    """Candidate links of a carrier that a plan builds."""
    links = region["links"].query("carrier == @carrier")["link"]
    return plan["built"][plan["built"]["link"].isin(links)]


def _only_hydrogen(region: Instance) -> set[str]:
    """Sites with an option that needs hydrogen, and none that needs CO2 to be carried away."""
    needs = at_sites(region, region["options"]).groupby("site")[list(NEED.values())].max()
    return set(needs.index[(needs[NEED["hydrogen"]] > 0.0) & (needs[NEED["co2"]] == 0.0)])


def _decided(made: Instance, kind: str) -> pd.DataFrame:
    return made["decided"].query("decision == @kind")


def test_networks_that_a_group_cannot_use_stay_as_they_are(region: Instance, plan: Result) -> None:
    """Each size of each CO2 link is decided in each period, as the plan has it; of hydrogen none is."""
    members = frozenset(sorted(_only_hydrogen(region))[:2])
    assert len(members) == 2
    made = with_others_kept(region, members, plan)
    links = region["links"].query("status == 'candidate'").set_index("link")["carrier"]
    built = _decided(made, "built")
    assert set(built["item"].map(links)) == {"co2"}
    assert set(built["item"]) == set(links.index[links == "co2"])
    there = _in_place(plan, region, "co2")
    begun = {(link, size): period for link, size, period in there[["link", "size", "period"]].itertuples(index=False)}
    for link, size, period, value in built[["item", "choice", "period", "value"]].itertuples(index=False):
        assert value == (period >= begun.get((link, size), float("inf")))


def test_who_can_use_all_leaves_all_open(region: Instance, plan: Result) -> None:
    """With every site in the group nothing is decided; nor of a carrier that is named."""
    everyone = frozenset(region["sites"]["site"])
    assert with_others_kept(region, everyone, plan)["decided"].equals(region["decided"])
    made = with_others_kept(region, frozenset(), plan, ["co2", "hydrogen"])
    assert set(made["decided"]["decision"]) == {"runs"}


def test_the_plan_of_the_others_holds_there(region: Instance, plan: Result) -> None:
    """Also where nobody may do anything else."""
    nobody = with_others_kept(region, frozenset(), plan)
    assert not verify(nobody, replace(plan, instance=nobody))
    assert set(nobody["decided"]["decision"]) == {"runs", "built", "open"}
