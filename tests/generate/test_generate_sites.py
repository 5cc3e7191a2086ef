"""Generated sites: the mix of sectors, sizes, towns and heat of Dutch dispersed industry."""

import numpy as np
import pandas as pd
import pytest

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.demand import BANDS
from routeplan.generate.demand import demand_of, price_groups
from routeplan.generate.places import FROM_OTHER, FROM_TOWN, places_of
from routeplan.generate.sizes import sizes_of
from routeplan.network.distance import nearest
from routeplan.network.sphere import distance, on_sphere

ETS = {
    "food": 40,
    "paper": 18,
    "ceramics": 37,
    "glass": 6,
    "mineral_wool": 2,
    "chemicals": 13,
    "metals": 6,
    "asphalt": 18,
    "other_manufacturing": 6,
}
"""Sites of the registry outside the five clusters, 2021."""
SMALL = {
    "food": 80,
    "paper": 6,
    "ceramics": 6,
    "glass": 4,
    "mineral_wool": 1,
    "chemicals": 22,
    "metals": 26,
    "asphalt": 14,
    "other_manufacturing": 17,
}
PJ_PER_GWH = 0.0036


def by_class(sites: pd.DataFrame, name: str) -> dict[str, int]:
    return sites.loc[sites["size_class"] == name, "sector"].value_counts().to_dict()


def apart(places: pd.DataFrame) -> np.ndarray:
    """Distance of each site to the nearest other one [km]."""
    points = on_sphere(places["lat"], places["lon"])
    one, other = nearest(points, points, 2)
    return distance(points[one], points[other]).reshape(-1, 2)[:, 1]


def test_330_sites_are_the_country(defaults: DefaultTables) -> None:
    """The 330 sites of cluster 6: 146 of the registry, 8 incinerators, 176 smaller ones, sector by sector."""
    sites = sizes_of(330, 1, defaults)
    assert by_class(sites, "ets") == ETS
    assert by_class(sites, "waste") == {"waste_incineration": 8}
    assert by_class(sites, "small") == SMALL
    assert sites["site"].is_unique


@pytest.mark.parametrize("count", [6, 7, 13, 29, 60, 331, 1000])
def test_any_number_of_sites_has_the_mix_of_the_country(defaults: DefaultTables, count: int) -> None:
    """Each class of a sector has its part, to less than one site."""
    sites = sizes_of(count, 1, defaults)
    assert len(sites) == count
    found = sites.groupby(["size_class", "sector"]).size()
    known = defaults["sector_sizes"].set_index(["size_class", "sector"])["count"]
    assert (found.reindex(known.index).fillna(0) - known * count / 330).abs().max() < 1


@pytest.mark.parametrize("seed", [1, 2, 3, 11])
def test_totals_and_quantiles_are_those_of_the_country(defaults: DefaultTables, seed: int) -> None:
    """6.35 Mt within 3 %; registry: 4.28 Mt, median 16.6, p90 70 kt, a third in the top ten; 80 PJ of gas 8 %."""
    sites = sizes_of(330, seed, defaults)
    emissions = sites["emissions"]
    large = emissions[sites["size_class"] == "ets"].sort_values(ascending=False)
    assert emissions.sum() == pytest.approx(6350, rel=0.03)
    assert large.sum() == pytest.approx(4280, rel=0.03)
    assert emissions[sites["size_class"] == "waste"].sum() == pytest.approx(1180, rel=0.03)
    assert large.median() == pytest.approx(16.6, rel=0.10)
    assert large.quantile(0.9) == pytest.approx(70, rel=0.10)
    assert large.iloc[:10].sum() / large.sum() == pytest.approx(0.33, rel=0.10)
    demand, _ = demand_of(sites, seed, defaults)
    assert demand[list(BANDS)].sum().sum() * PJ_PER_GWH == pytest.approx(80, rel=0.08)


def test_no_site_is_larger_than_the_largest_or_below_its_range(defaults: DefaultTables) -> None:
    """Of 3,000 sites none emits more than the largest known one of its class and sector."""
    sites = sizes_of(3000, 4, defaults)
    found = sites.groupby(["size_class", "sector"])["emissions"].agg(["min", "max"])
    known = defaults["sector_sizes"].set_index(["size_class", "sector"]).loc[found.index]
    assert (found["max"] <= known["most"] + 1e-3).all()
    assert (found["min"] >= known["least"] * 0.9).all()


def test_biogenic_co2_is_that_of_incinerators_alone(defaults: DefaultTables) -> None:
    """Of the CO2 of waste 35 % is fossil: 65 / 35 = 1.86 biogenic for each fossil one."""
    sites = sizes_of(330, 1, defaults)
    waste = sites["sector"] == "waste_incineration"
    assert (sites["biogenic_co2"][waste] / sites["emissions"][waste]).to_numpy() == pytest.approx(0.65 / 0.35, rel=0.01)
    assert (sites["biogenic_co2"][~waste] == 0).all()


def test_sites_lie_near_towns_of_their_region(defaults: DefaultTables) -> None:
    """Region and area are those of the town, which is at most the two radii away; no two sites share a point."""
    sites = sizes_of(1000, 5, defaults)
    places = places_of(sites, 5, 0.35, defaults)
    towns = defaults["places"].drop_duplicates("place").set_index("place").loc[places["place"]]
    assert (places["region"].to_numpy() == towns["region"].to_numpy()).all()
    assert (places["area"].to_numpy() == towns["area"].to_numpy()).all()
    away = distance(on_sphere(places["lat"], places["lon"]), on_sphere(towns["lat"], towns["lon"]))
    # Rounding to 4 decimals, and the step off an occupied point, move a site by some metres.
    assert away.max() <= FROM_TOWN + FROM_OTHER + 0.2
    assert not places.duplicated(["lat", "lon"]).any()


def test_sectors_are_where_they_are(defaults: DefaultTables) -> None:
    """Brickworks along the rivers and in Limburg; incinerators in regions that have one; no region unknown."""
    sites = sizes_of(330, 6, defaults)
    places = places_of(sites, 6, 0.0, defaults)
    of_sector = {sector: places["region"][rows] for sector, rows in sites.groupby("sector").groups.items()}
    rivers = ["Arnhem/Nijmegen", "Zuidwest-Gelderland", "Zuid-Limburg", "Noord-Limburg", "Midden-Limburg", "Achterhoek"]
    assert of_sector["ceramics"].isin(rivers).mean() > 0.7
    assert of_sector["food"].isin(rivers).mean() < 0.4
    weighed = set(defaults["sector_places"]["region"])
    assert set(places["region"]) <= weighed
    assert weighed <= set(defaults["places"]["region"])


def test_the_provinces_get_their_share(defaults: DefaultTables) -> None:
    """Gelderland has 36 and Limburg 25 of 146 sites of the registry, Utrecht 2: all sites to within 5 points of it."""
    sites = sizes_of(1500, 7, defaults)
    places = places_of(sites, 7, 0.0, defaults)
    province = places["region"].map(defaults["places"].drop_duplicates("region").set_index("region")["province"])
    shares = province[sites["size_class"] == "ets"].value_counts(normalize=True)
    for name, known in (("Gelderland", 36), ("Limburg", 25), ("Noord-Brabant", 21), ("Utrecht", 2)):
        assert shares[name] == pytest.approx(known / 146, abs=0.05), name


@pytest.mark.nightly
def test_clustering_brings_sites_together(defaults: DefaultTables) -> None:
    """The more sites are put beside another, the nearer is the next one; those that are put there are within 2 km."""
    sites = sizes_of(330, 8, defaults)
    away = [np.sort(apart(places_of(sites, 8, share, defaults))) for share in (0.0, 0.5, 1.0)]
    assert np.median(away[0]) > 1.3 * np.median(away[1]) > 1.69 * np.median(away[2])
    # With a share of 1, just the first site of each region is put beside no other; regions of one site are few.
    regions = places_of(sites, 8, 1.0, defaults)["region"].value_counts()
    assert np.mean(away[2] > FROM_OTHER + 0.05) <= (regions == 1).sum() / len(sites)


def test_heat_bands_are_spread_around_the_sector(defaults: DefaultTables) -> None:
    """The bands of a site add up to its gas; on average they are the sector's; no band that the sector lacks."""
    sites = sizes_of(2000, 9, defaults)
    demand, _ = demand_of(sites, 9, defaults)
    gas = demand[list(BANDS)].sum(axis=1)
    # gas = (emissions - process CO2) / 0.203; each band is rounded to 0.001.
    assert gas.to_numpy() == pytest.approx(((sites["emissions"] - demand["process_co2"]) / 0.203).to_numpy(), abs=0.01)
    food = demand[sites["sector"] == "food"]
    shares = food[list(BANDS)].div(food[list(BANDS)].sum(axis=1), axis=0)
    assert shares.mean().to_numpy() == pytest.approx([0.40, 0.55, 0.05, 0.0], abs=0.01)
    # Dirichlet of concentration 60: variance of a share s is s (1 - s) / 61.
    assert shares["gas_100_200"].std() == pytest.approx((0.55 * 0.45 / 61) ** 0.5, rel=0.15)
    assert (food["gas_above_500"] == 0).all()
    assert (gas[sites["sector"] == "waste_incineration"] == 0).all()


def test_small_sites_pay_the_prices_of_small_firms(defaults: DefaultTables) -> None:
    """Outside the ETS a food firm pays ETS2; mineral firms keep their exemption from gas tax."""
    sites = pd.DataFrame({"sector": ["food", "food", "glass"], "size_class": ["ets", "small", "small"]})
    assert price_groups(sites, defaults).tolist() == ["ets", "small", "mineral"]
