"""Generated instances: valid, the same every time, turned by knobs, and solved."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from formulas import untraced
from routeplan.data.read import read
from routeplan.errors import DataError, UsageError
from routeplan.estimate.defaults import PACKAGE_TABLES, DefaultTables, load_defaults
from routeplan.generate.country import country_of
from routeplan.generate.generate import Generated, generate, write_generated
from routeplan.generate.knobs import Knobs
from routeplan.generate.request import YEARS, Request
from routeplan.generate.stations import MOST_SITES, ROOM_FOR_MORE
from routeplan.instance.instance import Instance
from routeplan.solving.solve import solve

pytestmark = pytest.mark.slow

COUNT, SEED = 12, 1


@cache
def made(count: int, seed: int, *areas: str) -> Generated:
    """What is made without a knob turned, once for all tests that look at it."""
    return generate(count, seed, areas=areas)


def base() -> Generated:
    """What most tests look at."""
    return made(COUNT, SEED)


@cache
def turned(**knobs: float) -> Instance:
    return generate(COUNT, SEED, knobs=Knobs(**knobs)).instance  # type: ignore[arg-type]


def same(one: Instance, other: Instance) -> set[str]:
    """Tables that are equal."""
    return {name for name in one if one[name].equals(other[name])}


@pytest.fixture(scope="module")
def country() -> Generated:
    """All 330 sites."""
    return generate(330, 1)


@pytest.mark.nightly
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same files; the folder reads back as the instance; another seed gives other sites."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_generated(generate(COUNT, SEED), tmp_path / name / "made")
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "made").iterdir()} for name in ("one", "two")
    )
    assert one == two
    assert {"README.md", "derivation.csv", "instance.toml", "wishes.csv"} <= set(one)
    assert read(tmp_path / "one" / "made").sha256 == base().instance.sha256
    assert not generate(COUNT, 2).instance["sites"].equals(base().instance["sites"])


@pytest.mark.nightly
def test_a_knob_changes_its_own_tables_alone() -> None:
    """Draws have streams of their own: more wishes or less headroom leave the sites and their options as they are."""
    everything = set(base().instance)
    assert everything - same(turned(wishes=4.0), base().instance) == {"wishes"}
    assert everything - same(turned(headroom=0.5), base().instance) == {"headroom"}
    assert everything - same(turned(budget=2.0), base().instance) == {"budgets"}
    assert everything - same(turned(hydrogen_price=1.5), base().instance) == {"sources", "hubs", "prices"}
    assert everything - same(turned(storage_price=1.5), base().instance) == {"sources", "hubs", "prices"}
    assert everything - same(turned(emission_cap=0.2), base().instance) == {"targets"}
    assert "sites" not in same(turned(clustering=0.9), base().instance)
    assert {"processes", "options", "windows"} <= same(turned(clustering=0.9), base().instance)


@pytest.mark.nightly
def test_factors_do_what_they_say() -> None:
    """Half the headroom is half of each row, to the 0.01 MW of rounding; twice the budget is twice."""
    half = turned(headroom=0.5)["headroom"]
    assert half["firm"].to_numpy() == pytest.approx(base().instance["headroom"]["firm"].to_numpy() / 2, abs=0.02)
    twice = turned(budget=2.0)["budgets"]
    assert twice["amount"].to_numpy() == pytest.approx(2 * base().instance["budgets"]["amount"].to_numpy(), abs=0.002)
    sources, dear = (instance["sources"] for instance in (base().instance, turned(hydrogen_price=1.5)))
    factor = dear["price"] / sources["price"]
    assert factor[sources["carrier"] == "hydrogen"].to_numpy() == pytest.approx(1.5, abs=1e-3)
    assert (factor[sources["carrier"] == "co2"] == 1).all()


@pytest.mark.nightly
def test_a_cap_falls_in_a_straight_line() -> None:
    """Today's emissions in 2026 and a fifth in 2040: 2033 lies half way, at 0.6; above it a tonne costs 1,000 EUR."""
    instance = turned(emission_cap=0.2)
    options, targets = instance["options"], instance["targets"].set_index("period")
    today = options.loc[options["current"] == 1, "emissions"].sum()
    assert targets["cap"][[2026, 2033, 2040]].tolist() == pytest.approx([today, 0.6 * today, 0.2 * today], abs=1e-3)
    assert (targets["price"] == 1000).all()
    assert base().instance["targets"].empty


@pytest.mark.nightly
def test_more_candidate_links_are_more_links() -> None:
    """With four neighbours in place of two there are more links, and all of the fewer are among them."""
    few, many = (set(instance["links"]["link"]) for instance in (base().instance, turned(candidate_links=4)))
    assert few < many


def test_a_larger_country_has_more_of_everything(defaults: DefaultTables) -> None:
    """660 sites are twice the country: twice the room, sources, money and green gas; 60 sites leave it as it is."""
    twice, part = (country_of(defaults, count, Knobs()) for count in (660, 60))
    assert twice.general("national_emissions") == 2 * part.general("national_emissions")
    for table, column in (("areas", "firm_release"), ("budgets", "2030"), ("network_links", "capacity")):
        assert twice[table][column].tolist() == (2 * part[table][column]).tolist(), table
    supply = part["supply"].set_index(["commodity", "zone", "step", "parameter"])["2030"]
    grown = (twice["supply"].set_index(supply.index.names)["2030"] / supply).groupby("parameter").unique()
    assert [values.tolist() for values in grown[["price", "quantity"]]] == [[1.0], [2.0]]
    assert part["supply"].equals(defaults["supply"])


@pytest.mark.nightly
def test_stations_lie_between_areas_and_sites(country: Generated) -> None:
    """A site is fed by a station, a station by an area; it has 3 to 6 sites unless its area has fewer than 3."""
    areas = country.instance["areas"].set_index("area")["parent"]
    sites = country.instance["sites"]["area"]
    assert (sites.map(areas) != "").all()
    assert (sites.map(areas).map(areas) == "").all()
    size = sites.value_counts()
    alone = size.groupby(areas[size.index].to_numpy()).transform("size") == 1
    assert size.max() <= MOST_SITES
    assert size[~alone.to_numpy()].min() >= MOST_SITES // 2


@pytest.mark.nightly
def test_stations_have_more_room_together_than_their_area(country: Generated) -> None:
    """Room of the stations of an area adds up to 1.3 times its own, to the rounding of each."""
    instance = country.instance
    parents = instance["areas"].set_index("area")["parent"]
    room = instance["headroom"].assign(parent=instance["headroom"]["area"].map(parents))
    below = room[room["parent"] != ""].groupby(["parent", "period"])["firm"].sum()
    above = room[room["parent"] == ""].set_index(["area", "period"])["firm"].reindex(below.index)
    assert below.to_numpy() == pytest.approx((ROOM_FOR_MORE * above).to_numpy(), abs=0.1)


@pytest.mark.nightly
def test_wishes_are_about_as_many_and_of_the_kinds_that_are_known(country: Generated) -> None:
    """About 700 at 330 sites, some 70 % of which need infrastructure; capture is for two sectors, hardly others."""
    instance = country.instance
    wishes = instance["wishes"]
    family = wishes["route"].map(instance["routes"].set_index("route")["family"])
    site = wishes["process"].map(instance["processes"].set_index("process")["site"])
    sector = site.map(instance["sites"].set_index("site")["sector"])
    assert len(wishes) == pytest.approx(700, rel=0.05)
    assert family.isin(["electrification", "hydrogen", "ccs", "heat"]).mean() == pytest.approx(0.70, abs=0.05)
    assert sector[family == "ccs"].isin(["waste_incineration", "ceramics"]).mean() > 0.8


@pytest.mark.nightly
def test_a_wish_can_come_true_in_its_period(country: Generated) -> None:
    """Each is an option other than the current one, on the market and at a stop of its process."""
    instance = country.instance
    options = instance["wishes"].merge(instance["options"], on=["process", "route"], how="left")
    assert (options["current"] == 0).all()
    assert (options["period"] >= options["first_year"]).all()
    assert not (options["period"] > options["last_year"]).any()
    windows = instance["windows"]
    stops = set(zip(windows["process"], windows["period"], strict=True))
    having = options[options["process"].isin(windows["process"])]
    assert {*zip(having["process"], having["period"], strict=True)} <= stops


@pytest.mark.nightly
def test_every_number_has_a_rule() -> None:
    """No numeric cell is without one, with and without knobs; draws name their seed."""
    for each in (base(), generate(12, 3, knobs=Knobs(headroom=0.5, emission_cap=0.3, hydrogen_price=2.0))):
        assert untraced(each.instance, each.derivation) == []
        drawn = each.derivation["rule"][each.derivation["column"].isin(["lat", "lon"])]
        assert drawn.str.startswith(f"generated from seed {each.request.seed}").any()
    room = each.derivation[(each.derivation["table"] == "headroom")]["parameters"]
    assert room.str.contains("room x 0.5").any()


@pytest.mark.nightly
def test_the_readme_says_that_nothing_is_real(tmp_path: Path) -> None:
    """Seed and knobs stand in it, and that no site is a real firm."""
    write_generated(generate(6, 9, knobs=Knobs(budget=0.25)), tmp_path / "six")
    text = (tmp_path / "six" / "README.md").read_text(encoding="utf-8")
    assert "**None of them is a real firm or plant.**" in text
    assert "| seed | 9 |" in text
    assert "| knob: budget | 0.25 |" in text


@pytest.mark.nightly
def test_the_readme_quotes_a_folder_with_a_blank(tmp_path: Path) -> None:
    """Its commands can be pasted into a shell."""
    write_generated(generate(6, 9), tmp_path / "six sites")
    text = (tmp_path / "six sites" / "README.md").read_text(encoding="utf-8")
    assert "\nrouteplan solve 'six sites' --out 'six sites-plan'\n" in text
    assert "\nrouteplan verify 'six sites' 'six sites-plan'\n" in text


@pytest.mark.nightly
def test_the_name_tells_parts_of_a_country_apart() -> None:
    """It holds the sites asked for and the areas; the title tells how many sites are left, and of how many."""
    part, whole = made(60, 3, "G15", "G16").instance, made(60, 3).instance
    left = whole["sites"]["area"].str.startswith(("G15", "G16")).sum()
    assert (part.name, whole.name) == ("generated-60-3-g15-g16", "generated-60-3")
    assert part.settings.title.startswith(f"{left} of 60 made-up sites of dispersed industry that lie in G15, G16,")
    assert whole.settings.title.startswith("60 made-up sites of dispersed industry, seed 3")
    assert 0 < left < 60


def test_the_command_leaves_out_what_stands_at_its_default() -> None:
    """Sites, seed and folder are always there; of knobs those that were turned; what holds a space is quoted."""
    plain = Request(60, 3, YEARS, Knobs())
    assert plain.command("sixty") == "routeplan generate --sites 60 --seed 3 --out sixty"
    turned = Request(60, 3, (2026, 2040), Knobs(budget=0.1, emission_cap=0.0), ("G15", "G16"), "my tables")
    assert turned.command("sixty") == (
        "routeplan generate --sites 60 --seed 3 --area G15 --area G16 --periods 2026,2040 "
        "--emission-cap 0.0 --budget 0.1 --tables 'my tables' --out sixty"
    )


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.nightly
def test_small_ones_are_solved(seed: int) -> None:
    """Six sites have a plan that is proven and checked, and that leaves most of the gas."""
    instance = made(6, seed).instance
    result = solve(instance)
    assert result.status == "optimal"
    emissions = result["emissions"].groupby("period")["emissions"].sum()
    assert emissions.iloc[-1] < 0.6 * emissions.iloc[0]


@pytest.mark.nightly
def test_other_periods() -> None:
    """The last year is the horizon's end; the base year is the first period."""
    instance = generate(6, 1, years=(2026, 2030, 2035)).instance
    assert instance["periods"].to_numpy().tolist() == [[2026, 4], [2030, 5]]
    assert instance.settings.base_year == 2026


def test_requests_that_make_no_sense_are_refused() -> None:
    """Too few sites and a negative seed at once; years that do not rise; knobs out of range, every one."""
    with pytest.raises(UsageError) as caught:
        generate(5, -1)
    assert str(caught.value).splitlines() == [
        "sites is 5; allowed: 6 to 30,000",
        "seed is -1; allowed: 0 to 9,223,372,036,854,775,807",
    ]
    for years in ((2030, 2026), (2026,), ()):
        with pytest.raises(UsageError, match="periods and the horizon's end must be increasing years"):
            generate(6, 1, years=years)
    with pytest.raises(UsageError) as caught:
        generate(6, 1, knobs=Knobs(headroom=-1, emission_cap=1.5, candidate_links=0, clustering=float("nan")))
    assert str(caught.value).splitlines() == [
        "headroom is -1; allowed: 0 or more",
        "emission cap is 1.5; allowed: 0 to 1",
        "candidate links is 0; allowed: 1 to 50",
        "clustering is nan; allowed: 0 to 1",
    ]


@pytest.mark.parametrize(
    ("table", "kept", "message"),
    [
        ("sector_sizes", "size_class,", "sector_sizes.csv: counts no site at all; allowed: at least one"),
        ("sector_places", "sector,", "sector_places.csv: has no weight for asphalt in any region of places.csv"),
    ],
)
def test_tables_of_the_user_without_rows_are_refused(tmp_path: Path, table: str, kept: str, message: str) -> None:
    """A table of the user's that holds just its header gives nothing to draw from."""
    lines = (PACKAGE_TABLES / f"{table}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / f"{table}.csv").write_text("".join(line for line in lines if line.startswith(kept)), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        generate(12, 1, tables=tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [message]


@pytest.mark.nightly
def test_no_wishes_at_all() -> None:
    """A mean of none gives none, and the instance stays valid."""
    assert generate(6, 1, knobs=Knobs(wishes=0.0)).instance["wishes"].empty


@pytest.mark.nightly
def test_areas_are_a_part_of_the_country() -> None:
    """The sites of an area are those that the whole country has there, byte for byte, and get its room."""
    country, part = made(60, 3).instance, made(60, 3, "G15", "G16").instance
    there = country["sites"][country["sites"]["area"].str.startswith(("G15", "G16"))]
    assert len(part["sites"])
    kept = ["site", "name", "sector", "region", "lat", "lon", "spare_capacity", "price_group"]
    pd.testing.assert_frame_equal(part["sites"][kept], there[kept].reset_index(drop=True))
    in_areas = part["headroom"].set_index(["area", "period"])["firm"]
    everywhere = country["headroom"].set_index(["area", "period"])["firm"]
    assert in_areas["G15", 2040] == everywhere["G15", 2040]


def test_an_unknown_area_is_refused() -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match=r"^there is no area G99; allowed: G01, G02"):
        generate(60, 3, areas=["G15", "G99"])


@pytest.mark.nightly
def test_areas_without_a_site_are_refused() -> None:
    """Six sites do not fill sixteen areas: some area has none."""
    filled = {area[:3] for area in made(6, 1).instance["sites"]["area"]}
    empty = next(area for area in load_defaults()["areas"]["area"] if area not in filled)
    with pytest.raises(UsageError, match=f"^no site lies in {empty}; ask for more sites"):
        generate(6, 1, areas=[empty])
