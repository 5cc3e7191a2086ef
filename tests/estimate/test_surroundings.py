"""Prices, grid, networks, supply and public money around the sites."""

import pandas as pd
import pytest

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.surroundings.grid import grid_of
from routeplan.estimate.surroundings.links import candidate_links
from routeplan.estimate.surroundings.money import budgets_of, pots_of, supply_of
from routeplan.estimate.surroundings.networks import networks_of
from routeplan.estimate.surroundings.prices import prices_of
from routeplan.schema.inputs import LINKS

FIRSTS = [2026, 2028, 2030, 2033, 2036, 2040]
SITES = pd.DataFrame(
    {
        "site": ["mill", "kiln"],
        "area": ["G05", "G05"],
        "lat": [52.1, 51.9],
        "lon": [6.1, 6.3],
        "emissions": [200.0, 13.5],
    }
)
OPTIONS = pd.DataFrame({"site": ["mill", "kiln", "kiln"], "hydrogen": [0.0, 40.0, 0.0], "captured": [90.0, 0.0, 12.0]})


def test_a_price_is_the_sum_of_its_parts_and_its_value_leaves_taxes_out(defaults: DefaultTables) -> None:
    """Gas of 2030: 28 + 2 + 12 of tax is what firms pay, 30 what society counts; brickworks pay no tax."""
    prices, _ = prices_of(defaults, ["ets", "mineral"], [2030])
    price = prices.set_index(["item", "group"])["price"]
    assert price[("gas", "all")] == 42.0
    assert price[("gas_value", "all")] == 30.0
    assert price[("gas", "mineral")] == 30.0
    assert ("gas", "ets") not in price.index


def test_a_tonne_is_worth_more_to_society_than_firms_pay(defaults: DefaultTables) -> None:
    """The path of co2_value lies above the price in every period, for every group."""
    prices, _ = prices_of(defaults, ["ets", "small", "mineral"], FIRSTS)
    wide = prices.pivot(index=["group", "period"], columns="item", values="price")
    assert (wide["co2_value"] > wide["co2"]).loc["all"].all()
    assert (wide["co2_value"] > wide["co2"]).loc["small"].all()


def test_what_a_price_is_made_of_is_traced(defaults: DefaultTables) -> None:
    """The derivation of a price names its parts and how far they can be trusted."""
    _, traces = prices_of(defaults, [], [2030])
    used = traces.set_index("key")["parameters"]
    assert used["gas / all / 2030"] == (
        "commodity 28 (default prices.csv:6, in 2030, M); network 2 (default prices.csv:7, in 2030, L); "
        "energy_tax 12 (default prices.csv:8, in 2030, L)"
    )
    assert traces.set_index("key")["rule"]["gas / all / 2030"] == "commodity + network + energy_tax"


def test_the_grid_is_full_until_its_release(defaults: DefaultTables) -> None:
    """Achterhoek, half of its industry: half of 2 MW until 2033, then half of 22 growing to 71.8 MW in 2040."""
    half = SITES.assign(emissions=[200.0, 13.5])
    grid = grid_of(half, defaults, FIRSTS)
    headroom = grid["headroom"].set_index("period")["firm"]
    share = 213.5 / 427.0
    assert headroom[2030] == pytest.approx(2 * share)
    assert headroom[2033] == pytest.approx(22 * share)
    # 2036 is three sevenths of the way from 2033 to 2040.
    assert headroom[2036] == pytest.approx((22 * 4 / 7 + 71.8 * 3 / 7) * share, abs=0.005)
    assert headroom[2040] == pytest.approx(71.8 * share)
    assert grid["works"].to_dict("records")[0]["estimate"] == 2033
    assert grid["reinforcements"]["first_year"].tolist() == [2033]


def test_national_supply_is_shared_and_regional_supply_is_not(defaults: DefaultTables) -> None:
    """A tenth of cluster 6 gets a tenth of the green gas; heat is for the regions that have a network."""
    supply, traces = supply_of(defaults, ["Twente", "Achterhoek"], 0.1, [2030])
    rows = supply.set_index(["commodity", "zone", "step"])
    assert rows.loc[("green_gas", "all", "residues"), "quantity"] == pytest.approx(50.0)
    assert rows.loc[("green_gas", "all", "residues"), "price"] == 78.0
    assert rows.loc[("heat", "Twente", "residual"), "quantity"] == 100.0
    assert set(supply.loc[supply["commodity"] == "heat", "zone"]) == {"Twente"}
    assert len(traces) == 2 * len(supply)


def test_a_budget_is_the_sum_over_the_years_of_its_period(defaults: DefaultTables, periods: pd.DataFrame) -> None:
    """Flex-e in 2030 to 2032, 6 then 5.6 then 5.2 M EUR a year, half of it: 8.4 M EUR."""
    budgets, _ = budgets_of(defaults, 0.5, periods)
    amount = budgets.set_index(["pot", "period"])["amount"]
    assert amount[("flex_e", 2030)] == pytest.approx(0.5 * (6 + 5.2 + 0.4 + 5.2), abs=0.001)


def test_only_support_that_somebody_can_have_is_kept(defaults: DefaultTables) -> None:
    """Rows for other sectors and families are left out; pots stay."""
    support = defaults["support"]
    glass = support[support["family"] == "green_gas"].assign(sector="glass")
    more = DefaultTables({**defaults.frames, "support": pd.concat([support, glass], ignore_index=True)})
    for sectors, wanted in ((["ceramics"], {"all"}), (["glass"], {"all", "glass"})):
        pots, kept, traces = pots_of(more, ["current", "green_gas"], sectors)
        assert set(kept["family"]) == {"green_gas"}
        assert set(kept["sector"]) == wanted
        assert len(pots) == len(defaults["pots"])
        assert (traces["table"] == "pots").sum() == len(pots)


def test_networks_lead_to_a_source_or_a_hub(defaults: DefaultTables) -> None:
    """Hydrogen comes over the stylised backbone, CO2 leaves by the region's own barge terminal."""
    network = networks_of(SITES, OPTIONS, defaults, 0.1, FIRSTS, base_year=2026)
    assert set(network["hubs"]["hub"]) == {"hub-h2-doetinchem", "hub-co2-zutphen-eefde"}
    links = network["links"]
    known = {*network["nodes"]["node"], *SITES["site"]}
    assert set(links["from"]) | set(links["to"]) <= known
    trucks = links[links["mode"] == "truck"]
    assert set(trucks["carrier"]) == {"co2"}
    assert set(trucks["from"]) == {"mill", "kiln"}
    # The mill has no option with hydrogen, and so no pipe for it.
    hydrogen = links[(links["carrier"] == "hydrogen") & (links["status"] == "candidate")]
    assert "mill" not in {*hydrogen["from"], *hydrogen["to"]}
    sources = network["sources"].set_index(["node", "period"])
    assert ("h2-winterswijk", 2030) not in sources.index
    # 2033 in Winterswijk: 20 + 3/5 x 280 = 188 GWh for cluster 6, a tenth of it here.
    assert sources.loc[("h2-winterswijk", 2033), "capacity"] == pytest.approx(18.8)


def test_lead_times_of_links_run_from_the_base_year(defaults: DefaultTables) -> None:
    """Decided in 2024, pipes are there five years later and trucks three, whatever the first period."""
    links = networks_of(SITES, OPTIONS, defaults, 0.1, FIRSTS, base_year=2024)["links"]
    years = links[links["status"] == "candidate"].groupby("mode")["first_year"].agg(set)
    assert years.to_dict() == {"pipe": {2029.0}, "truck": {2027.0}}


def test_the_price_of_a_terminal_grows_with_its_way_to_the_store(defaults: DefaultTables) -> None:
    """Zutphen is 189.2 km from Maasvlakte: 98 + 0.03 x 189.2 EUR/t."""
    network = networks_of(SITES, OPTIONS, defaults, 0.1, FIRSTS, base_year=2026)
    price = network["hubs"].set_index(["hub", "option"])["price"]
    for size in ("terminal", "large_terminal"):
        assert price["hub-co2-zutphen-eefde", size] == pytest.approx(98 + 0.03 * 189.2, abs=0.005)


def test_without_users_there_is_no_network(defaults: DefaultTables) -> None:
    """Sites without options for hydrogen or capture get no nodes, links or hubs."""
    network = networks_of(SITES, OPTIONS.assign(hydrogen=0.0, captured=0.0), defaults, 0.1, FIRSTS, base_year=2026)
    assert all(len(network[table]) == 0 for table in ("nodes", "links", "sources", "hubs", "sizes"))


def on_a_meridian(column: str, *lats: float) -> pd.DataFrame:
    """Places of which a degree is 111.19 km."""
    return pd.DataFrame({column: [f"{column}{place}" for place in range(len(lats))], "lat": lats, "lon": 5.0})


def test_a_candidate_is_as_long_as_the_ground_and_a_detour(defaults: DefaultTables) -> None:
    """0.1 degree is 11.12 km: times the detour factor of the default tables, to 0.1 km."""
    links, derivation = candidate_links(
        on_a_meridian("site", 51.0, 51.1), on_a_meridian("node", 51.2), "hydrogen", defaults, 2026
    )
    assert list(links.columns) == LINKS.names
    pipe = links.set_index("link").loc["hydrogen-pipe:site0--site1"]
    assert pipe["length"] == pytest.approx(0.1 * 111.1949 * defaults.general("detour_factor"), abs=0.05)
    assert pipe["first_year"] == 2026 + defaults.general("pipe_lead_time")
    assert (pipe["status"], pipe["variable_cost"]) == ("candidate", 0.0)
    assert links["capacity"].isna().all()
    assert set(derivation["column"]) == {"length", "first_year"}


def test_a_truck_costs_more_on_a_longer_way(defaults: DefaultTables) -> None:
    """What loading and liquefaction cost, and so much for each km; trucks go to given nodes alone."""
    links, derivation = candidate_links(
        on_a_meridian("site", 51.0, 51.1), on_a_meridian("node", 51.2), "co2", defaults, 2026
    )
    trucks = links[links["mode"] == "truck"]
    assert set(trucks["to"]) == {"node0"}
    fixed, per_km = defaults.general("truck_fixed") + defaults.general("liquefaction"), defaults.general("truck_per_km")
    assert trucks["variable_cost"].to_numpy() == pytest.approx(fixed + per_km * trucks["length"].to_numpy(), abs=0.005)
    assert set(derivation.loc[derivation["column"] == "variable_cost", "key"]) == set(trucks["link"])


def test_sites_in_one_town_are_a_kilometre_apart(defaults: DefaultTables) -> None:
    """Towns are known by one point: a link inside one is short, not free."""
    sites, nodes = on_a_meridian("site", 51.0, 51.0), on_a_meridian("node", 51.1)
    links, _ = candidate_links(sites, nodes, "hydrogen", defaults, 2026)
    assert links.set_index(["from", "to"]).loc[("site0", "site1"), "length"] == 1.0


def test_without_sites_there_are_no_candidates(defaults: DefaultTables) -> None:
    """An empty table, with the columns of the format, and nothing to derive."""
    links, derivation = candidate_links(on_a_meridian("site"), on_a_meridian("node", 51.1), "co2", defaults, 2026)
    assert (len(links), list(links.columns), len(derivation)) == (0, LINKS.names, 0)
