"""Hub designs compared: what a hub saves, for whom, and in which company, worked out by hand."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kilns import KILNS, design_file, kilns
from routeplan.checker.check import verify
from routeplan.errors import NoPlan, UsageError
from routeplan.hubs.allowed import allows_all
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.coalitions import by_use, savings
from routeplan.hubs.compare import Case, Comparison, Late, Search, compare_designs
from routeplan.hubs.read import read_designs
from routeplan.hubs.tables import hub_tables, saving_of
from routeplan.hubs.things import cost_by_thing
from routeplan.hubs.users import users_of
from routeplan.instance.instance import Instance
from small import best

PROOF = Search(gap=1e-6)


def compared(instance: Instance, *files: Path, late: tuple[int, ...] = ()) -> Comparison:
    return compare_designs(instance, read_designs(files, instance), late=late, search=PROOF)


@pytest.mark.some(1)
@pytest.mark.parametrize(("capex", "forced", "optional"), [(1.5, 0.9, 0.9), (3.0, -0.6, 0.0)])
def test_a_hub_saves_what_its_members_save_less_its_own_cost(
    capex: float, forced: float, optional: float, tmp_path: Path
) -> None:
    """Three kilns save 0.8 each; where the hub costs more, it stays closed if it may."""
    found = compared(kilns(capex), design_file(tmp_path))
    for presence, saved in ((Presence.FORCED, forced), (Presence.OPTIONAL, optional)):
        assert saving_of(found, Case("harbour", presence)) == pytest.approx((saved, saved), abs=1e-4)
    table = hub_tables(found)["designs"].set_index("presence")
    assert table.loc["forced", "finding"] == ("saves" if forced > 0.0 else "costs")
    assert table.loc["forced", "avoided"] == pytest.approx(3 * 4 * 4)
    for plan in found.plans.values():
        assert not verify(plan.instance, plan)


@pytest.mark.nightly
def test_without_its_design_the_hub_stays_closed(tmp_path: Path) -> None:
    """Also where it would pay: the plan to compare with has none of the designs."""
    found = compared(kilns(1.0), design_file(tmp_path))
    assert found.without["hubs"].query("open == 1").empty
    assert found.without.cost == pytest.approx(3 * 4 * 1.0)


@pytest.mark.nightly
def test_members_are_those_that_use_it(tmp_path: Path) -> None:
    """Each takes 20 GWh a year from 2030 on."""
    found = compared(kilns(1.5), design_file(tmp_path))
    users = users_of(found.plans[Case("harbour", Presence.FORCED)], found.designs[0])
    assert users[["site", "kind", "item", "period", "unit"]].to_numpy().tolist() == [
        [kiln, "hub", "harbour", 2030, "GWh/yr"] for kiln in KILNS
    ]
    assert users["amount"].tolist() == pytest.approx([20.0] * 3)
    assert sorted(by_use(found.users["harbour"], found.forced["harbour"], found.designs[0])) == list(KILNS)


@pytest.mark.nightly
@pytest.mark.parametrize("capex", [1.5, 2.0])
def test_a_coalition_saves_what_its_own_kilns_save(capex: float, tmp_path: Path) -> None:
    """0.8 for each of them, less the hub; the others stay on gas, and neither pay nor gain."""
    instance = kilns(capex)
    found = compared(instance, design_file(tmp_path))
    coalitions = [frozenset(each) for count in (1, 2, 3) for each in combinations(KILNS, count)]
    told = savings(instance, found.designs, found.designs[0], coalitions, found.without)
    for coalition in coalitions:
        saved = 0.8 * len(coalition) - capex
        assert (told[coalition].low, told[coalition].high) == pytest.approx((saved, saved), abs=1e-3), coalition
    assert (told[frozenset()].low, told[frozenset()].high) == (0.0, 0.0)


@pytest.mark.nightly
def test_who_is_no_member_keeps_off_the_carrier(tmp_path: Path) -> None:
    """With a and b as members c stays on gas, whatever it would save."""
    text = 'name = "two"\nmembers = ["a", "b"]\n[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    found = compared(kilns(1.0), design_file(tmp_path, text))
    plan = found.plans[Case("two", Presence.FORCED)]
    assert plan["runs"].query("route == 'burner'")["process"].unique().tolist() == ["a.kiln", "b.kiln"]
    assert saving_of(found, Case("two", Presence.FORCED)) == pytest.approx((0.6, 0.6), abs=1e-4)


@pytest.mark.nightly
def test_a_hub_comes_in_its_first_year_and_not_before(tmp_path: Path) -> None:
    """From 2032 on two of the four years are left: half of the hub and of what each saves."""
    text = 'name = "later"\n[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2031\n'
    found = compared(kilns(1.5), design_file(tmp_path, text))
    plan = found.plans[Case("later", Presence.FORCED)]
    assert plan["hubs"].query("open == 1")["period"].tolist() == [2032]
    assert saving_of(found, Case("later", Presence.FORCED)) == pytest.approx((0.45, 0.45), abs=1e-4)


def importing(hub: str, capacity: int, price: int) -> str:
    """Import at a hub of this name, for 1 M EUR, of so much a year [GWh] at a price [EUR/MWh]."""
    return f"""
        [[hub]]
        hub = "{hub}"
        option = "import"
        first_year = 2030
        node = "port"
        area = "town"
        carrier = "hydrogen"
        capex = 1.0
        capacity = {capacity}
        price = {price}
        electricity = 0
        firm_capacity = 0
        flexible_capacity = 0
        lifetime = 4
    """


@pytest.mark.nightly
def test_a_hub_of_its_own_is_added(tmp_path: Path) -> None:
    """An import beside the electrolysis, of 1 M EUR: it saves 3 x 0.8 - 1."""
    text = 'name = "import"\n' + importing("quay", capacity=100, price=30)
    both = design_file(tmp_path, text, "import"), design_file(tmp_path)
    found = compared(kilns(2.0), *both)
    assert saving_of(found, Case("import", Presence.FORCED)) == pytest.approx((1.4, 1.4), abs=1e-4)
    assert saving_of(found, Case("harbour", Presence.FORCED)) == pytest.approx((0.4, 0.4), abs=1e-4)
    for name, plan in found.plans.items():
        opened = set(plan["hubs"].query("open == 1")["hub"])
        assert opened <= {"": set(), "import": {"quay"}, "harbour": {"harbour"}}[name.design]


IMPORT = importing("harbour", capacity=20, price=25)
"""For 5 EUR/MWh less than by electrolysis."""


@pytest.mark.nightly
def test_two_options_of_one_hub_are_one_thing(tmp_path: Path) -> None:
    """Import costs 1.0 and saves 4 x 20 x 5 EUR/MWh = 0.4: with both the hub saves 2.4 - 1.5 - 1.0 + 0.4."""
    instance = kilns(1.5)
    opened = design_file(tmp_path).read_text().partition("\n")[2]
    both = design_file(tmp_path, 'name = "both"\n' + IMPORT + opened, "both")
    found = compared(instance, both)
    forced = Case("both", Presence.FORCED)
    assert saving_of(found, forced) == pytest.approx((0.3, 0.3), abs=1e-4)
    assert saving_of(found, Case("both", Presence.OPTIONAL)) == pytest.approx((0.9, 0.9), abs=1e-4)
    plan, (design,) = found.plans[forced], found.designs
    assert found.users["both"]["amount"].tolist() == pytest.approx([20.0] * 3)
    # Of hydrogen for 60 GWh a year, 20 come for 25 and 40 for 30 EUR/MWh.
    assert cost_by_thing(plan, design) == {("hub", "harbour"): pytest.approx(1.5 + 1.0 + 4 * (0.5 + 1.2))}


@pytest.mark.nightly
def test_what_another_option_of_the_hub_costs_is_not_of_the_design(tmp_path: Path) -> None:
    """Import is there as decided, electrolysis is the design: that alone, with 40 GWh a year for 30, is paid."""
    (of_import,) = read_designs([design_file(tmp_path, 'name = "import"\n' + IMPORT, "import")], kilns(1.5))
    instance = with_designs(kilns(1.5), [], of_import, Presence.FORCED)
    found = compared(instance, design_file(tmp_path))
    costs = cost_by_thing(found.plans[Case("harbour", Presence.FORCED)], found.designs[0])
    assert costs == {("hub", "harbour"): pytest.approx(1.5 + 4 * 1.2)}


CABLE = {
    "areas": "area,name,parent\nregion,,\ntown,,region",
    "headroom": "area,period,firm,flexible\ntown,2030,0,0\ntown,2032,3,0",
    "options": "process,route,current,capex,electricity,gas,firm_capacity,emissions\n"
    + "\n".join(f"{kiln}.kiln,gas,1,0,0,20,0,4\n{kiln}.kiln,electric,0,0.4,20,0,1.5,0" for kiln in KILNS),
    "sites": "site,name,sector,region,area,lat,lon,spare_capacity\n"
    "a,,c,west,town,52.0,6.1,3\nb,,c,west,town,52.1,6.1,0\nc,,c,west,town,52.2,6.1,0",
}
"""Electric kilns cost 20 x 25 + 0.1 = 0.6 a year, 0.4 less than gas, and need 1.5 MW; a has 3 MW free, the station 3
MW from 2032 on."""

SHARED = 'name = "shared"\n[[contract]]\ncontract = "together"\nsites = ["a", "b"]\n'


@pytest.mark.nightly
def test_a_shared_contract_passes_room_on(tmp_path: Path) -> None:
    """B and c find room in 2032; sharing what a has, b moves two years earlier: 2 x 0.4 saved."""
    found = compared(kilns(9.0, **CABLE), design_file(tmp_path, SHARED), late=(1,))
    forced = Case("shared", Presence.FORCED)
    assert saving_of(found, forced) == pytest.approx((0.8, 0.8), abs=1e-4)
    users = users_of(found.plans[forced], found.designs[0]).set_index("site")
    assert users["period"].to_dict() == {"a": 2030, "b": 2030}
    period = hub_tables(found)["by_period"].set_index("period")
    assert period.loc[2032, ["firm_without", "firm_with"]].tolist() == pytest.approx([3.0, 1.5])


@pytest.mark.nightly
def test_peaks_that_do_not_coincide_make_room(tmp_path: Path) -> None:
    """With 0.6 the three kilns ask 3 x 0.9 MW of the 3 that a has: c moves in 2030 too, and 1.6 is saved."""
    text = SHARED.replace('["a", "b"]', '["a", "b", "c"]') + "coincidence = 0.6\n"
    found = compared(kilns(9.0, **CABLE), design_file(tmp_path, text))
    assert saving_of(found, Case("shared", Presence.FORCED)) == pytest.approx((1.6, 1.6), abs=1e-4)
    everyone = frozenset(KILNS)
    told = savings(found.instance, found.designs, found.designs[0], [everyone], found.without)[everyone]
    assert (told.low, told.high) == pytest.approx((1.6, 1.6), abs=1e-3)


@pytest.mark.nightly
def test_a_grid_that_is_late_is_planned_for(tmp_path: Path) -> None:
    """Room in 2032 comes after the plan's end when it is two years late: b then saves 4 x 0.4 by sharing."""
    found = compared(kilns(9.0, **CABLE), design_file(tmp_path, SHARED), late=(2,))
    late = Case("shared", Presence.FORCED, Late.GRID, 2)
    assert saving_of(found, late) == pytest.approx((1.6, 1.6), abs=1e-4)
    assert [case.late for case in found.plans] == [None, None, None, Late.GRID, Late.GRID]
    assert found.plans[Case("shared", Presence.FORCED)] is found.plans[Case("shared", Presence.OPTIONAL)]
    assert (Late.NETWORKS, 2) in found.no_difference


def test_what_is_decided_stays_in_the_plan_to_compare_with(tmp_path: Path) -> None:
    """A hub that is committed is there without its design too."""
    decided = "decision,item,choice,period,value\nopen,harbour,electrolysis,2030,1\nopen,harbour,electrolysis,2032,1"
    instance = kilns(1.5, decided=decided)
    (design,) = read_designs([design_file(tmp_path)], instance)
    assert best(with_designs(instance, [design]))["hubs"]["open"].tolist() == [1, 1]


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    """No design, two of one name, years that are none; and an instance without a plan."""
    instance = kilns(1.5)
    designs = read_designs([design_file(tmp_path)], instance)
    with pytest.raises(UsageError, match="no design is given"):
        compare_designs(instance, [])
    with pytest.raises(UsageError, match="each name once"):
        compare_designs(instance, designs * 2)
    with pytest.raises(UsageError, match="years late are 0"):
        compare_designs(instance, designs, late=(0,))
    hopeless = kilns(1.5, targets="scope,period,cap\nall,2030,0")
    with pytest.raises(NoPlan, match="without the designs there is no plan to compare with"):
        compare_designs(hopeless, designs)


def test_after_a_stop_the_plans_so_far_are_told(tmp_path: Path) -> None:
    """The plan without designs, and no other."""
    instance, done = kilns(1.5), []
    found = compare_designs(
        instance,
        read_designs([design_file(tmp_path)], instance),
        stop=lambda: bool(done),
        on_plan=lambda case, count, of: done.append((case, count, of)),
    )
    assert (found.stopped, list(found.plans)) == (True, [Case()])
    assert done == [(Case(), 1, 3)]


QUAY = {
    "hubs": "hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime",
    "sources": "node,carrier,period,capacity,price\nquay,hydrogen,2030,90,30\nquay,hydrogen,2032,90,30",
    "nodes": "node,carrier,lat,lon\nport,hydrogen,52.2,6.2\nquay,hydrogen,52.3,6.2\nstore,co2,52.3,6.3",
    "sizes": "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
    "hydrogen,pipe,thin,25,0.04,0,0,4\nhydrogen,barge,small,70,0,1.5,0,4\nhydrogen,barge,large,90,0,1.0,0,4",
    "links": "link,carrier,from,to,mode,status,length\nboat,hydrogen,quay,port,barge,candidate,10\n"
    + "\n".join(f"pipe-{kiln},hydrogen,port,{kiln},pipe,candidate,10" for kiln in KILNS),
}
"""Hydrogen comes by boat: the large one costs 1.0 and the small one 1.5, both enough for all."""


def boat(size: str) -> str:
    return f'name = "{size}"\n[[link]]\nlink = "boat"\nsize = "{size}"\nfirst_year = 2030\n'


@pytest.mark.nightly
def test_a_link_of_an_absent_design_is_built_in_no_size(tmp_path: Path) -> None:
    """Not in the size either that pays most: without the small boat there is none, and it saves 2.4 - 1.5."""
    found = compared(kilns(9.0, **QUAY), design_file(tmp_path, boat("small"), "small"))
    assert found.without["built"].empty
    assert saving_of(found, Case("small", Presence.FORCED)) == pytest.approx((0.9, 0.9), abs=1e-4)


@pytest.mark.nightly
def test_rival_designs_of_one_link_leave_it_to_each_other(tmp_path: Path) -> None:
    """The small boat is no part of the plan with the large one, which is there where it may be as where it must."""
    files = [design_file(tmp_path, boat(size), size) for size in ("small", "large")]
    found = compared(kilns(9.0, **QUAY), *files)
    for presence in (Presence.FORCED, Presence.OPTIONAL):
        assert saving_of(found, Case("large", presence)) == pytest.approx((1.4, 1.4), abs=1e-4)
        assert saving_of(found, Case("small", presence)) == pytest.approx((0.9, 0.9), abs=1e-4)


HARBOUR = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2032\n'
FREES = {"options": CABLE["options"].replace("a.kiln,electric,0,0.4,20,0,1.5,0", "a.kiln,electric,0,0.4,20,0,-0.5,0")}


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("text", "tables", "presence", "allowed"),
    [
        (HARBOUR, {}, Presence.OPTIONAL, True),
        (HARBOUR, {}, Presence.FORCED, False),
        ('members = ["a"]\n' + HARBOUR, {}, Presence.OPTIONAL, False),
        ('forbidden_links = ["pipe-a"]\n' + HARBOUR, {}, Presence.OPTIONAL, False),
        (SHARED.partition("\n")[2], CABLE, Presence.FORCED, True),
        (SHARED.partition("\n")[2] + "coincidence = 0.5\n", CABLE, Presence.FORCED, True),
        (SHARED.partition("\n")[2] + "coincidence = 0.5\n", {**CABLE, **FREES}, Presence.FORCED, False),
    ],
)
def test_a_design_that_allows_all_cannot_cost_anything(
    text: str, tables: dict[str, str], presence: Presence, allowed: bool, tmp_path: Path
) -> None:
    """It is said of no other: a hub that must open costs 9, and of room that is freed a shared contract has half."""
    instance = kilns(9.0, **tables)
    (design,) = read_designs([design_file(tmp_path, 'name = "own"\n' + text, "own")], instance)
    assert allows_all(instance, design, presence) is allowed
    if allowed:
        without, found = best(with_designs(instance, [design])), best(with_designs(instance, [], design, presence))
        assert (found.cost or 0.0) <= (without.cost or 0.0) + 1e-6


@pytest.mark.nightly
def test_a_gap_does_not_say_that_sharing_costs(tmp_path: Path) -> None:
    """Even where nothing is proven of either plan: what is saved is 0 or more."""
    instance = kilns(9.0, **CABLE)
    designs = read_designs([design_file(tmp_path, SHARED)], instance)
    found = compare_designs(instance, designs, late=(), search=Search(gap=0.9))
    wide = {case: replace(plan, bound=0.0) for case, plan in found.plans.items()}
    low, high = saving_of(replace(found, plans=wide), Case("shared", Presence.FORCED)) or (-1.0, -1.0)
    assert low == 0.0 < high
