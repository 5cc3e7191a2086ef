"""What is paid for a hub or link that nobody uses, who still uses it when others are late, and grid by area, by hand.

As in `kilns`: four years in two periods, nothing is discounted, so that a capex of K costs K / 4 a year.
"""

from pathlib import Path

import pandas as pd
import pytest

from kilns import KILNS, kilns
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.compare import Case, Comparison, Late
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.files import write_comparison
from routeplan.hubs.idle import public_part, stranded_cost
from routeplan.hubs.stored import read_comparison
from routeplan.hubs.tables import hub_tables
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from small import best

DESIGN = Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),), public_share=0.25)
WORLD = Case("harbour", Presence.FORCED, Late.NETWORKS, 2)


def kilns_later() -> Instance:
    """Burners can be had from 2032 on, so that in the first two years nobody can use hydrogen."""
    return kilns(
        1.5,
        options="process,route,current,capex,gas,hydrogen,emissions,first_year\n"
        + "\n".join(f"{kiln}.kiln,gas,1,0,20,0,4,\n{kiln}.kiln,burner,0,0.4,0,20,0,2032" for kiln in KILNS),
    )


def forced(instance: Instance, design: Design = DESIGN) -> Result:
    """The plan in which the design is forced."""
    return best(with_designs(instance, [design], design))


def test_a_hub_that_nobody_can_use_yet_is_stranded() -> None:
    """Two of the four years of a hub of 1.5; used from the first year on, none of it. The public bears a quarter."""
    for instance, lost in ((kilns_later(), 1.5 * 2 / 4), (kilns(1.5), 0.0)):
        plan = forced(instance)
        assert stranded_cost(plan, DESIGN) == pytest.approx(lost)
        assert public_part(plan, DESIGN) == pytest.approx(1.5 / 4)
    assert pd.isna(public_part(plan, Design("harbour", hubs=DESIGN.hubs)))


def test_a_pipe_that_nobody_can_use_yet_is_stranded() -> None:
    """Its capex is 10 km x 0.04, paid over four years, of which two are idle."""
    pipe = Design("pipe", hubs=DESIGN.hubs, links=(BuiltLink("pipe-a", "thin", 2030),))
    plan = forced(kilns_later(), pipe)
    assert stranded_cost(plan, pipe) == pytest.approx((1.5 + 0.4) * 2 / 4)


def compared(late: Result, with_it: Result, without: Result, design: Design = DESIGN) -> Comparison:
    """A comparison of one design, in which networks come late."""
    plans = {Case(): without, Case(design.name, Presence.FORCED): with_it}
    plans |= {WORLD.without: without, WORLD: late}
    return Comparison(with_it.instance, (design,), plans, frozenset(), 0.0)


@pytest.mark.nightly
def test_who_still_uses_it_is_told_and_written(tmp_path: Path) -> None:
    """In the late plan the pipe of kiln c is not there: a and b use the hub, and c does not."""
    off = kilns(1.5, decided="decision,item,choice,period,value\nbuilt,pipe-c,thin,2030,0\nbuilt,pipe-c,thin,2032,0")
    found = compared(forced(off), forced(kilns(1.5)), best(with_designs(kilns(1.5), [DESIGN])))
    tables = hub_tables(found)
    row = tables["designs"].set_index("late")
    assert (row.loc["networks", "late_users"], row.loc["networks", "stranded"]) == (2, 0.0)
    assert pd.isna(row.loc["", "late_users"])
    used = tables["late_users"]
    assert used[["late", "years", "site", "kind", "item"]].to_numpy().tolist() == [
        ["networks", 2, kiln, "hub", "harbour"] for kiln in "ab"
    ]
    assert used["amount"].tolist() == pytest.approx([20.0, 20.0])
    folder = write_comparison(found, tables, tmp_path / "compared")
    pd.testing.assert_frame_equal(read_comparison(folder).tables["late_users"], used)
    for name in ("late_users", "by_area"):
        (folder / f"{name}.csv").unlink()
    older = read_comparison(folder).tables
    assert older["late_users"].empty and older["by_area"].empty


def grid() -> Instance:
    """A hub of 2 MW that the region may open, and one of 5 MW, of which 3 firm, that displaces it."""
    columns = (
        "hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,"
        "firm_capacity,flexible_capacity,lifetime,first_year"
    )
    return kilns(
        1.5,
        areas="area,name,parent\nregion,,\ntown,,region\nquay,,region",
        hubs=f"{columns}\nharbour,electrolysis,port,town,hydrogen,0.5,0,100,30,0,3,2,4,\n"
        "rival,import,port,quay,hydrogen,1.0,0,100,30,0,2,0,4,",
    )


@pytest.mark.nightly
def test_a_hub_that_is_displaced_frees_its_capacity(tmp_path: Path) -> None:
    """Without it the rival pays: 3 x 0.8 - 1. With it the rival stays closed; areas without a change have no row."""
    instance = grid()
    found = compared(forced(instance), forced(instance), best(with_designs(instance, [DESIGN])))
    tables = hub_tables(found)
    period = tables["by_period"].set_index("period")
    amounts = ["hub_firm_without", "hub_total_without", "hub_firm", "hub_total"]
    for year in (2030, 2032):
        assert period.loc[year, amounts].tolist() == pytest.approx([2.0, 2.0, 3.0, 5.0])
    area = tables["by_area"].drop(columns="design").to_numpy().tolist()
    assert area == [
        ["quay", 2030, 2.0, 0.0, 2.0, 0.0],
        ["quay", 2032, 2.0, 0.0, 2.0, 0.0],
        ["town", 2030, 0.0, 3.0, 0.0, 5.0],
        ["town", 2032, 0.0, 3.0, 0.0, 5.0],
    ]
    folder = write_comparison(found, tables, tmp_path / "compared")
    pd.testing.assert_frame_equal(read_comparison(folder).tables["by_area"], tables["by_area"])
