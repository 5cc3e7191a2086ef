"""Groups that can be published: none tells of a site, alone, as the rest of a total, or as a difference of others."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.result.public_groups import OTHER, public_groups
from routeplan.result.public_limits import AT_LEAST, LARGEST_SHARE
from routeplan.result.public_rule import Rule
from small import small
from told_sums import known_sets, most_of_each

ROOT = Path(__file__).parents[2]

AREAS = "area,name,parent\nregion,,\ntown,,region\nport,,region\nisland,,"


def sites(*groups: tuple[str, str, float], areas: str = AREAS) -> Instance:
    """An instance of sites with these sectors, areas and emissions of today [kt/yr]."""
    ids = [f"s{number}" for number in range(len(groups))]
    rows = [f"{site},{sector},east,{area},52,6" for site, (sector, area, _) in zip(ids, groups, strict=True)]
    options = [f"{site}-oven,gas,1,0,1,{co2}" for site, (_, _, co2) in zip(ids, groups, strict=True)]
    return small(
        sites="\n".join(["site,sector,region,area,lat,lon", *rows]),
        processes="\n".join(["process,site,kind", *(f"{site}-oven,{site},oven" for site in ids)]),
        options="\n".join(["process,route,current,capex,gas,emissions", *options]),
        areas=areas,
        links="link,carrier,from,to,mode,status,length",
    )


def grouped(instance: Instance, kind: str, at_least: int = AT_LEAST) -> dict[str, int]:
    """How many sites each group has."""
    return {str(group): int(count) for group, count in public_groups(instance, at_least)[kind].value_counts().items()}


def test_large_groups_stay_as_they_are() -> None:
    """Three of food and three of paper, all in one town."""
    instance = sites(*[("food", "town", 1)] * 3, *[("paper", "town", 1)] * 3)
    assert grouped(instance, "sector") == {"food": 3, "paper": 3}
    assert grouped(instance, "area") == {"town": 6}


def test_small_groups_are_together_where_that_is_large_enough() -> None:
    """Two of glass and one of metals are three together."""
    instance = sites(*[("food", "town", 1)] * 4, *[("glass", "town", 1)] * 2, ("metals", "town", 1))
    assert grouped(instance, "sector") == {"food": 4, OTHER: 3}


def test_what_one_small_group_has_is_not_the_rest_of_the_total() -> None:
    """Glass alone would be the total less the others; with the next smallest, paper, it is not."""
    instance = sites(*[("food", "town", 1)] * 4, *[("paper", "town", 1)] * 3, *[("glass", "town", 1)] * 2)
    assert grouped(instance, "sector") == {"food": 4, OTHER: 5}


def test_of_sectors_of_one_size_the_one_that_emits_least_is_merged() -> None:
    """Food and paper have three sites each, of which paper emits less."""
    instance = sites(*[("food", "town", 2)] * 3, *[("paper", "town", 1)] * 3, ("glass", "town", 1))
    assert grouped(instance, "sector") == {"food": 3, OTHER: 4}


def test_a_group_is_not_nearly_one_site() -> None:
    """The mill has 6 of 8 kt, which is 75 %, the most that may be; then 6.5 of 8.5, which is more."""
    assert LARGEST_SHARE == 0.75
    rest = [("food", "town", 4.0)] * 4
    assert grouped(sites(*rest, ("paper", "town", 6), *[("paper", "town", 1)] * 2), "sector") == {"food": 4, "paper": 3}
    assert grouped(sites(*rest, ("paper", "town", 6.5), *[("paper", "town", 1)] * 2), "sector") == {OTHER: 7}


def test_sites_of_a_small_area_count_with_the_area_around_it() -> None:
    """The port's two with the region's own one; the town's three stay, and the island's three."""
    instance = sites(
        *[("food", "town", 1)] * 3,
        *[("food", "port", 1)] * 2,
        ("food", "region", 1),
        *[("food", "island", 1)] * 3,
    )
    assert grouped(instance, "area") == {"town": 3, "region": 3, "island": 3}


def test_what_no_larger_area_can_take_is_together() -> None:
    """The region with its port has two sites, the island one: three; with four at least, the town joins them."""
    instance = sites(*[("food", "town", 1)] * 4, *[("food", "port", 1)] * 2, ("food", "island", 1))
    assert grouped(instance, "area") == {"town": 4, OTHER: 3}
    assert grouped(instance, "area", at_least=4) == {OTHER: 7}


def test_an_area_less_the_sectors_in_it_is_not_one_site() -> None:
    """Town and region are food and paper; all of food and one of paper are in the town: town less food is that one."""
    instance = sites(*[("food", "town", 1)] * 4, ("paper", "town", 1), *[("paper", "island", 1)] * 5)
    found = public_groups(instance)
    assert min(found["sector"].nunique(), found["area"].nunique()) == 1
    three = sites(*[("food", "town", 1)] * 4, *[("paper", "town", 1)] * 3, *[("paper", "island", 1)] * 5)
    assert grouped(three, "sector") == {"food": 4, "paper": 8}
    assert grouped(three, "area") == {"town": 7, "island": 5}


def drawn(seed: int) -> tuple[list[int], list[int]]:
    """Two groupings of a few sites, much alike, each group of three sites or more."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(8, 13))
    one = np.arange(size) % (size // 3)
    other = np.where(draw.random(size) < 0.7, one, draw.permutation(one))
    small_ones = np.isin(other, np.flatnonzero(np.bincount(other) < 3))
    return one.tolist(), (other if not small_ones.any() else np.where(other == other.max(), 0, other)).tolist()


DRAWN = [drawn(seed) for seed in range(120)]
FIT = [pair for pair in DRAWN if min(min(map(labels.count, labels)) for labels in pair) >= 3]


def few_sites(one: list[int], other: list[int]) -> set[tuple[str, str]]:
    """Groups of the sites of sums of too few that are known."""
    known = known_sets([pd.Series(one), pd.Series(other)])
    told = known[known.sum(axis=1) < AT_LEAST].any(axis=0)
    return {(str(one[site]), str(other[site])) for site in np.flatnonzero(told)}


@pytest.mark.parametrize(("one", "other"), FIT)
def test_what_follows_from_the_groups_is_found(one: list[int], other: list[int]) -> None:
    """As linear algebra finds it, which knows nothing of cuts and flows: the sites of such sums, or none."""
    rule = Rule(pd.Series(range(len(one))), AT_LEAST)
    labels = (pd.Series(each).astype("str") for each in (one, other))
    assert set(rule.few_differ(*labels)) == few_sites(one, other)


def test_the_draws_have_both_kinds() -> None:
    """Groups from which a sum of one or two sites follows, and groups from which none does."""
    follows = [bool(few_sites(one, other)) for one, other in FIT]
    assert min(sum(follows), len(follows) - sum(follows)) >= 10


def test_a_difference_is_not_nearly_one_site() -> None:
    """Town less food is three sites of paper, of which one has 50 of 51 kt, though only 50 of 71 of the town."""
    town = [*[("food", "town", 5.0)] * 4, ("paper", "town", 50.0), *[("paper", "town", 0.5)] * 2]
    instance = sites(*town, *[("paper", "island", 10.0)] * 5)
    assert grouped(instance, "sector") == {OTHER: 12}
    assert sorted(grouped(instance, "area").values()) == [5, 7]


def test_sites_of_one_firm_count_once() -> None:
    """Three sites of glass have one contract, or one name but for its form: they are two firms with the fourth."""
    instance = sites(*[("food", "town", 1)] * 4, *[("glass", "town", 1)] * 4)
    assert grouped(instance, "sector") == {"food": 4, "glass": 4}
    table = instance["sites"]
    three = table["site"].isin(["s4", "s5", "s6"])
    for column, value in (("contract", "pact"), ("name", "Glas B.V.")):
        one_firm = instance.replace(sites=table.assign(**{column: table[column].mask(three, value)}))
        assert grouped(one_firm, "sector") == {OTHER: 8}


@pytest.mark.parametrize("name", ["achterhoek", "nine-cases", "region-limburg", "cluster6-nl"])
@pytest.mark.parametrize("at_least", [3, 5])
@pytest.mark.some(2)
def test_no_group_of_a_region_tells_of_a_site(name: str, at_least: int) -> None:
    """Who knows all sums of CO2 today finds, by linear programming, no site to have at most 4/3 of what it has.

    Nor, with 1 for each site, that it is one of fewer than so many. That covers every group and difference.
    Few sites may be one group.
    """
    instance = read(ROOT / "instances" / name)
    found = public_groups(instance, at_least)
    options = instance["options"]
    current = options[options["current"] == 1].set_index("process")["emissions"]
    today = current.groupby(instance["processes"].set_index("process")["site"]).sum().reindex(found.index, fill_value=0)
    kinds = [found["sector"], found["area"]]
    assert (today[today > 0] <= 0.75 * (1 + 1e-6) * most_of_each(today, kinds)).all()
    assert most_of_each(pd.Series(1.0, found.index), kinds).min() >= at_least - 1e-6
    assert max(found["sector"].nunique(), found["area"].nunique()) > 1 or len(found) < 3 * at_least


def test_too_few_sites_are_refused() -> None:
    """Two sites; three of which one has nearly all, or two one name; and fewer than three at least."""
    with pytest.raises(UsageError) as refused:
        public_groups(small())
    assert str(refused.value) == (
        "nothing can be published of 2 sites of 2 firms; allowed: 3 or more firms with CO2 today, of which none has "
        "more than 75%"
    )
    with pytest.raises(UsageError, match="nothing can be published of 3 sites of 3 firms"):
        public_groups(sites(("food", "town", 9), ("food", "town", 1), ("food", "town", 1)))
    three = sites(*[("food", "town", 1)] * 3)
    with pytest.raises(UsageError, match="nothing can be published of 3 sites of 2 firms"):
        public_groups(three.replace(sites=three["sites"].assign(name=["Bakker BV", "bakker", "Molen"])))
    with pytest.raises(UsageError) as refused:
        public_groups(small(), at_least=2)
    assert str(refused.value) == "a sum may be of 2 firms; allowed: 3 or more, or a site could be told"
