"""What a result says of its sectors; the oven (food) emits 2 kt/yr today and the kiln (ceramics) 4."""

import pandas as pd
import pytest

from routeplan.result.summary_sectors import emissions_by_sector, routes_by_sector, sectors_by_emissions
from small import best, small

PERIODS = [2030, 2032]


def test_the_largest_emitter_of_today_comes_first() -> None:
    """Ceramics emits more, though food comes first in the table of sites."""
    assert sectors_by_emissions(small()) == ["ceramics", "food"]


def test_sectors_that_emit_the_same_keep_their_order() -> None:
    """A sector whose sites have no process emits nothing, and is listed too."""
    sites = """
        site,name,sector,region,area,lat,lon,spare_capacity
        empty,,glass,east,town,52.0,6.0,0
        void,,asphalt,east,town,52.0,6.0,0
        bakery,,food,east,town,52.0,6.0,1
        tiles,,ceramics,west,town,52.1,6.1,0"""
    assert sectors_by_emissions(small(sites=sites)) == ["ceramics", "food", "glass", "asphalt"]


def test_processes_are_counted_by_sector_and_family() -> None:
    """Both move in 2030: the kiln to hydrogen, the oven to electricity."""
    expected = pd.DataFrame(
        [
            (sector, family, period, 1)
            for sector, family in (("ceramics", "hydrogen"), ("food", "electrification"))
            for period in PERIODS
        ],
        columns=["sector", "family", "period", "processes"],
    )
    pd.testing.assert_frame_equal(routes_by_sector(best(small())), expected, check_dtype=False)


@pytest.mark.nightly
def test_emissions_are_summed_by_sector_beside_those_of_today() -> None:
    """With activity 1.5 in 2032 the kiln would emit 4 x 1.5; capture leaves 1 of its 4 kt/yr and takes 3, 2 of them
    biogenic.
    """
    options = """
        process,route,current,capex,gas,captured,removed,emissions
        oven,gas,1,0,10,0,0,2
        kiln,gas,1,0,20,0,0,4
        kiln,capture,0,0,20,3,2,1"""
    activity = "process,period,factor\nkiln,2032,1.5"
    sinks = "node,carrier,period,capacity,price\nstore,co2,2030,9,0\nstore,co2,2032,9,0"
    links = """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        pipe,co2,tiles,store,pipe,planned,10,,9,0,0"""
    found = emissions_by_sector(best(small(options=options, activity=activity, sources=sinks, links=links)))
    expected = pd.DataFrame(
        [
            ("ceramics", 2030, 4.0, 1.0, 3.0, 2.0),
            ("ceramics", 2032, 6.0, 1.5, 4.5, 3.0),
            ("food", 2030, 2.0, 2.0, 0.0, 0.0),
            ("food", 2032, 2.0, 2.0, 0.0, 0.0),
        ],
        columns=["sector", "period", "as_today", "emissions", "captured", "removed"],
    )
    pd.testing.assert_frame_equal(found, expected)
