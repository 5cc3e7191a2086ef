"""Rows that change no optimum and bring the bound of the linear relaxation nearer to it."""

import pytest

from routeplan.model.build import FAMILIES, STRENGTHENING, build
from routeplan.model.strengthen import connected_before_use, tight_link_capacity
from small import KILN, KILN_OPTIONS, optimum, relaxed, row, small, with_rows

KILN_ONLY = {**KILN, "options": KILN_OPTIONS}

# At a capex of 1.6 the pipe costs 0.4 a year, more than the kiln's saving of 0.3: the kiln stays, 4 x 1.0.
DEAR_PIPE = """
    carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
    hydrogen,pipe,thin,80,0.16,0,0,4"""


def test_tight_link_capacity_reads():
    """The pipe of 25 GWh/yr counts for the kiln's 20, which is all that can be asked."""
    assert row(build(small()), "tight_link_capacity", "pipe", 2030) == (
        "flow[pipe,forward,2030] + flow[pipe,backward,2030]  <=  20.0*built[pipe,thin,2030]"
    )


def test_tight_link_capacity_counts_what_all_processes_may_ask():
    """A second user of 4 GWh/yr at most, its largest option: 24 in all."""
    model = build(
        small(
            options="""
                process,route,current,capex,gas,hydrogen
                oven,gas,1,0,10,0
                oven,burner,0,1,0,4
                kiln,gas,1,0,20,0
                kiln,burner,0,0.4,0,20
                kiln,saver,0,0.4,5,9"""
        )
    )
    assert row(model, "tight_link_capacity", "pipe", 2032) == (
        "flow[pipe,forward,2032] + flow[pipe,backward,2032]  <=  24.0*built[pipe,thin,2032]"
    )


def test_a_link_no_larger_than_what_can_be_asked_has_no_tight_row():
    """A size of 20 is as tight as can be."""
    sizes = DEAR_PIPE.replace(",80,", ",20,")
    assert len(build(small(sizes=sizes)).pyomo.tight_link_capacity) == 0


def test_tight_link_capacity_brings_the_bound_nearer():
    """A quarter of a pipe of 80 would carry the kiln's 20 for 0.1 a year: the bound is 4 x 0.8 instead of 4 x 1.0."""
    instance = small(**KILN_ONLY, sizes=DEAR_PIPE)
    assert relaxed(instance, FAMILIES) == pytest.approx(3.2)
    assert relaxed(instance, (*FAMILIES, tight_link_capacity)) == pytest.approx(4.0)
    assert optimum(instance, FAMILIES) == pytest.approx(4.0)


def test_connected_before_use_reads():
    """The burner stands against every link and size at its site."""
    assert row(build(small()), "connected_before_use", "kiln", "burner", 2030) == (
        "runs[kiln,burner,2030]  <=  built[pipe,thin,2030]"
    )


def test_connected_before_use_brings_the_bound_nearer():
    """As above: no quarter of a pipe connects the kiln."""
    instance = small(**KILN_ONLY, sizes=DEAR_PIPE)
    assert relaxed(instance, (*FAMILIES, connected_before_use)) == pytest.approx(4.0)


@pytest.mark.parametrize(
    "tables",
    [
        {
            "links": with_rows(
                "links", "link,carrier,from,to,mode,status,length,capacity\na,hydrogen,port,tiles,barge,planned,1,5"
            )
        },
        {
            "sources": with_rows(
                "sources", "node,carrier,period,capacity,price\ntiles,hydrogen,2030,5,99\ntiles,hydrogen,2032,5,99"
            )
        },
    ],
    ids=["a planned link at the site", "a source at the site"],
)
def test_a_site_that_is_served_already_has_no_row(tables):
    """What needs no candidate is not asked to wait for one."""
    assert len(build(small(**tables)).pyomo.connected_before_use) == 0


def test_a_use_that_no_link_can_reach_reads_as_never():
    """No link at all: the burner never runs."""
    model = build(small(links="link,carrier,from,to,mode,status,length"))
    assert row(model, "connected_before_use", "kiln", "burner", 2030) == "runs[kiln,burner,2030]  <=  0"


@pytest.mark.nightly
def test_strengthening_changes_no_optimum_here():
    """Each row set alone, both and none."""
    for families in (FAMILIES, *((*FAMILIES, family) for family in STRENGTHENING), FAMILIES + STRENGTHENING):
        assert optimum(small(), families) == pytest.approx(4.8)
