"""Things that nothing else knows, or that nothing can reach."""

import pandas as pd

from broken import FULL, edited, extended
from routeplan.data.warnings import structure
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings
from small import small


def warnings(**tables: pd.DataFrame) -> list[str]:
    findings = Findings({**FULL, **tables})
    structure.processes_without_choice(findings)
    structure.sources_out_of_reach(findings)
    structure.areas_without_sites(findings)
    structure.words_without_sites(findings)
    return [str(warning) for warning in sorted(findings.problems)]


def notes(sites: pd.DataFrame) -> list[str]:
    """What is noted of points that are shared."""
    findings = Findings({**FULL, "sites": sites})
    structure.points_shared(findings, Options(small()))
    return [str(note) for note in findings.problems]


def test_nothing_to_warn_of() -> None:
    """The full instance gives no warning."""
    assert warnings() == []


def test_a_process_without_choice() -> None:
    """A process with no option but the current one."""
    assert warnings(options=FULL["options"].drop(index=1)) == [
        "processes.csv:2: process 'oven' has no option but the current one"
    ]


def test_a_source_that_no_link_joins() -> None:
    """Without links, the port is out of reach; it is told once, not for each period."""
    assert warnings(links=FULL["links"].iloc[1:]) == [
        "sources.csv:2: no site can reach the hydrogen source 'port' over the links"
    ]


def test_a_source_against_the_direction_of_its_link() -> None:
    """A one-way link from the site to the port brings it no hydrogen."""
    turned = edited("links", 0, from_="tiles", to="port", one_way=1)
    assert warnings(links=turned) == ["sources.csv:2: no site can reach the hydrogen source 'port' over the links"]


def test_storage_is_reached_along_the_links() -> None:
    """CO2 flows the other way: a store at the end of a one-way link is in reach, at its beginning it is not."""
    sources = extended("sources", "node,carrier,period,capacity,price\nstore,co2,2030,5,40")
    assert warnings(links=FULL["links"].iloc[[0, 2]], sources=sources) == []
    assert warnings(links=FULL["links"].iloc[[0, 3]], sources=sources) == [
        "sources.csv:4: no site can reach the co2 source 'store' over the links"
    ]


def test_a_source_at_a_site_is_in_reach() -> None:
    """A site with hydrogen of its own needs no link."""
    sources = extended("sources", "node,carrier,period,capacity,price\nbakery,hydrogen,2030,5,40")
    assert warnings(sources=sources) == []


def test_an_area_without_sites() -> None:
    """An area with no site in it or below it; `region` has none of its own but lies above the town's."""
    assert warnings(areas=extended("areas", "area,name,parent\nmoor,,region\nbog,,moor")) == [
        "areas.csv:4: area 'moor' has no site in it or below it",
        "areas.csv:5: area 'bog' has no site in it or below it",
    ]


def test_sites_on_one_point() -> None:
    """Two sites with the same coordinates are told of on the later one's line."""
    assert notes(edited("sites", 1, lat=52.0, lon=6.0)) == [
        "sites.csv:3: has the latitude and longitude of an earlier line; no harm where only the town is known"
    ]


def test_many_sites_on_one_point_are_one_note() -> None:
    """Thirteen sites of one town: twelve lines share the point of an earlier one, ten of them are named."""
    sites = edited("sites", 1, lat=52.0, lon=6.0)
    town = pd.concat([sites, *(sites.iloc[[1]].assign(site=f"bakery-{number}") for number in range(11))])
    assert notes(town) == [
        "sites.csv:3: 12 rows have the latitude and longitude of an earlier line (lines 3, 4, 5, 6, 7, 8, 9, 10, 11, "
        "12 and 2 more); no harm where only the town is known"
    ]


def test_words_that_no_site_has() -> None:
    """A sector of support, a price group and a zone of supply that no site has, each told once."""
    prices = "item,group,period,price\ngas,large,2030,20\ngas,large,2032,20"
    assert warnings(
        support=edited("support", 0, sector="steel"),
        prices=extended("prices", prices),
        supply=edited("supply", 0, zone="north"),
    ) == [
        f"prices.csv:{len(FULL['prices']) + 2}: no site has price group 'large'",
        "supply.csv:2: no site has region 'north'",
        "support.csv:2: no site has sector 'steel'",
    ]
