"""The capacity map in an instance: areas, parents, headroom by period, queues, releases and works."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from capacity_map import area, fed_by, until, work, written
from formulas import evaluated, parameters
from routeplan.errors import DataError
from routeplan.importers.capacity.merge import Merged, merge_capacity
from routeplan.instance.instance import Instance
from routeplan.solving.solve import solve
from small import OVEN, OVEN_OPTIONS, small

Json = dict[str, Any]

GRID = {
    "areas": "area,name,parent,queue\nregion,The region,,5\ntown,The town,region,7\nfarm,,region,9",
    "headroom": "area,period,firm,flexible\nregion,2030,20,2\nregion,2032,21,2\ntown,2030,10,3\ntown,2032,11,3",
    "works": "work,area,earliest,estimate,latest\ncable,town,2029,2030,\nrelease-town,town,,2035,2037",
}
"""Two periods, 2030 and 2032; the farm has no limit."""


@pytest.fixture
def grid() -> Instance:
    """The small instance with headroom and works."""
    return small(**GRID)


@pytest.fixture
def merge(tmp_path: Path, grid: Instance) -> Any:
    """Merge areas, given by forecast year, into the grid; rows of MAP.csv may be added."""

    def merging(*years: tuple[int, list[Json]], area_map: str = "", keep_flexible: bool = False, **head: Any) -> Merged:
        files = [
            (year, written(tmp_path / f"{position}-{year}.json", *areas, **head))
            for position, (year, areas) in enumerate(years)
        ]
        path = None
        if area_map:
            path = tmp_path / "map.csv"
            path.write_text(f"short_code,area\n{area_map}", encoding="utf-8")
        return merge_capacity(files, grid, areas=path, keep_flexible=keep_flexible)

    return merging


def headroom(merged: Merged, name: str) -> dict[int, tuple[float, float]]:
    """Firm and flexible headroom of an area by period [MW]."""
    rows = merged.instance["headroom"]
    rows = rows[rows["area"] == name]
    return dict(zip(rows["period"], zip(rows["firm"], rows["flexible"], strict=True), strict=True))


def areas(merged: Merged, column: str) -> dict[str, Any]:
    frame = merged.instance["areas"]
    return dict(zip(frame["area"], frame[column], strict=True))


def works(merged: Merged) -> dict[str, list[float | None]]:
    """Area, earliest, estimate, latest of each work; None where there is no date."""
    rows = merged.instance["works"].set_index("work")[["area", "earliest", "estimate", "latest"]]
    return {
        str(name): [cell if isinstance(cell, str) else None if cell != cell else int(cell) for cell in row]
        for name, row in zip(rows.index, rows.to_numpy(object), strict=True)
    }


def test_a_period_has_the_latest_forecast_not_after_its_first_year(merge: Any) -> None:
    """Of forecasts for 2029, 2030, 2031 and 2033 the period 2030 has that of 2030, and 2032 that of 2031."""
    years = [(year, [area("town", mw)]) for year, mw in ((2033, 4), (2031, 3), (2029, 1), (2030, 2))]
    merged = merge(*years)
    assert headroom(merged, "town") == {2030: (2.0, 0.0), 2032: (3.0, 0.0)}
    assert "the forecast of 2029, 2033 is used in no period" in merged.warnings


def test_a_forecast_counts_on_until_the_next_one(merge: Any) -> None:
    """One file of 2028 gives both periods."""
    assert headroom(merge((2028, [area("town", 0)])), "town") == {2030: (0.0, 0.0), 2032: (0.0, 0.0)}


def test_before_the_first_forecast_headroom_stays(merge: Any) -> None:
    """A file of 2031: the period 2030 keeps both numbers of the instance, and that is said."""
    merged = merge((2031, [area("town", 1)]))
    assert headroom(merged, "town") == {2030: (10.0, 3.0), 2032: (1.0, 0.0)}
    assert "before the first forecast headroom stays as it was: town (2030)" in merged.warnings


def test_an_area_without_rows_gets_none_before_its_first_forecast(merge: Any) -> None:
    """The farm had no limit; with a row for 2032 the format gives it 0 MW in 2030, which is said."""
    merged = merge((2031, [area("farm", 1)]))
    assert headroom(merged, "farm") == {2032: (1.0, 0.0)}
    assert "before the first forecast there is no headroom (0 MW): farm (2030)" in merged.warnings
    first = merged.headroom[merged.headroom["area"] == "farm"].iloc[0]
    assert pd.isna(first["firm_before"]) and first["firm"] == 0.0


def test_areas_that_the_map_does_not_know_keep_what_they_have(merge: Any, grid: Instance) -> None:
    """Only the town's rows change; sites and all other tables are untouched."""
    merged = merge((2029, [area("town", 1)]))
    assert headroom(merged, "region") == {2030: (20.0, 2.0), 2032: (21.0, 2.0)}
    assert headroom(merged, "farm") == {}
    changed = {name for name in grid if not grid[name].equals(merged.instance[name])}
    assert changed == {"headroom"}
    states = dict(zip(merged.areas["area"], merged.areas["state"], strict=True))
    assert states == {"region": "not in the files, kept", "town": "matched", "farm": "not in the files, kept"}


def test_an_area_without_available_capacity_keeps_its_headroom(merge: Any) -> None:
    """The schema does not require the number; a file without it tells nothing of headroom."""
    merged = merge((2029, [area("town", demand_capacity_in_queue=12)]))
    assert headroom(merged, "town") == {2030: (10.0, 3.0), 2032: (11.0, 3.0)}
    assert "area town has no demand_available_capacity: its headroom stays as it was" in merged.warnings
    assert areas(merged, "queue") == {"region": 5.0, "town": 12.0, "farm": 9.0}


def test_names_become_ids_without_spaces(merge: Any) -> None:
    """A short code with blanks and a comma; its name for readers is the description, or the code itself."""
    merged = merge((2029, [area("GDO, Noordelijk  Deelgebied", 1), area("OS A", 1, description="Station A")]))
    assert areas(merged, "name") == {
        "region": "The region",
        "town": "The town",
        "farm": "",
        "GDO-Noordelijk-Deelgebied": "GDO, Noordelijk  Deelgebied",
        "OS-A": "Station A",
    }


def test_every_unmapped_area_is_reported(merge: Any) -> None:
    """Two short codes that the instance does not know are added, each with a warning that names file and place."""
    merged = merge((2029, [area("town", 1), area("OS A", 1), area("OS B", 1)]))
    (told,) = (text for text in merged.warnings if "unmapped" in text)
    assert told.startswith("2 short codes of ")
    assert told.count(".json") == 1
    assert "/0-2029.json are unmapped, and added without sites: 'OS A' as area OS-A, 'OS B' as area OS-B; " in told
    states = dict(zip(merged.areas["short_codes"], merged.areas["state"], strict=True))
    assert states["OS B"] == "unmapped, added"


def test_the_area_map_names_areas_of_the_instance_and_of_other_years(merge: Any) -> None:
    """A code that changes from 2029 to 2031 is one area; a code without an area is left out."""
    merged = merge(
        (2029, [area("OS Town", 1), area("Elsewhere", 9)]),
        (2031, [area("OS Town-1", 2)]),
        area_map="OS Town,town\nOS Town-1,town\nElsewhere,\n",
    )
    assert headroom(merged, "town") == {2030: (1.0, 0.0), 2032: (2.0, 0.0)}
    assert list(areas(merged, "name")) == ["region", "town", "farm"]
    states = dict(zip(merged.areas["short_codes"], merged.areas["state"], strict=True))
    assert states == {"": "not in the files, kept", "OS Town; OS Town-1": "mapped", "Elsewhere": "left out"}
    assert merged.warnings == ()


def test_areas_that_differ_between_years_are_reported(merge: Any) -> None:
    """The code of 2029 is not in the file of 2031, nor the other way round."""
    merged = merge((2029, [area("OS A", 1)]), (2031, [area("OS B", 2)]))
    assert "in no file of 2031: OS-A; if an area has another short code there, MAP.csv can say so" in merged.warnings
    assert "in no file of 2029: OS-B; if an area has another short code there, MAP.csv can say so" in merged.warnings
    assert headroom(merged, "OS-A") == {2030: (1.0, 0.0), 2032: (1.0, 0.0)}


def test_a_congestion_area_contains_those_that_name_it(merge: Any) -> None:
    """Demand counts, not generation: the station lies in the congestion area for demand."""
    station = area("OS A", 1, demand_energy_area_short_code="East", generation_energy_area_short_code="West")
    merged = merge((2029, [station, area("East", 2), area("West", 3)]))
    assert areas(merged, "parent") == {"region": "", "town": "region", "farm": "region"} | {
        "OS-A": "East",
        "East": "",
        "West": "",
    }


def test_a_substation_contains_the_areas_that_it_feeds(merge: Any) -> None:
    """Two files of one year: a regional operator's area hangs on the substation of its postcodes."""
    merged = merge((2029, [area("Feeder", 1, postcode_areas=fed_by("OS A", "OS A"))]), (2029, [area("OS A", 1)]))
    assert areas(merged, "parent")["Feeder"] == "OS-A"


def test_an_area_of_several_substations_lies_in_what_contains_them_all(merge: Any) -> None:
    """Fed by stations in one congestion area it lies there; a headroom of the region then still holds for it."""
    in_east = {"demand_energy_area_short_code": "East"}
    feeder = area("Feeder", 1, postcode_areas=fed_by("OS A", "OS B"))
    merged = merge((2029, [feeder, area("OS A", 1, **in_east), area("OS B", 1, **in_east), area("East", 1)]))
    assert areas(merged, "parent")["Feeder"] == "East"


def test_a_parent_that_cannot_be_found_is_told(merge: Any) -> None:
    """Stations in nothing in common, and one in no file: parents stay, with a warning for each."""
    merged = merge(
        (
            2029,
            [
                area("town", 1, postcode_areas=fed_by("OS A", "OS B")),
                area("OS A", 1),
                area("OS B", 1),
                area("farm", 1, postcode_areas=fed_by("OS Nowhere")),
            ],
        )
    )
    assert areas(merged, "parent")["town"] == "region"
    assert areas(merged, "parent")["farm"] == "region"
    assert "area town is fed by OS-A, OS-B, which no one area contains: its parent stays region" in merged.warnings
    assert (
        "'OS Nowhere', which feeds farm, is in no file and no area of the instance: it is the parent of none"
        in merged.warnings
    )


def test_a_new_parent_is_told(merge: Any) -> None:
    """The town moves from the region to a congestion area of the map."""
    merged = merge((2029, [area("town", 1, demand_energy_area_short_code="East"), area("East", 1)]))
    assert areas(merged, "parent")["town"] == "East"
    assert "area town had the parent region, and now has East" in merged.warnings


def test_a_ring_of_areas_is_refused(merge: Any) -> None:
    """Two areas that contain each other are no tree."""
    with pytest.raises(DataError, match="parent"):
        merge(
            (
                2029,
                [
                    area("A", 1, demand_energy_area_short_code="B"),
                    area("B", 1, demand_energy_area_short_code="A"),
                ],
            )
        )


def test_dates_of_works_go_to_their_columns(merge: Any) -> None:
    """Typed dates are what they say; one date is the estimate, as an end or as a year; works of the instance stay."""
    listed = [
        work("W 1", until("earliest", end="2031-02-01"), until(end="2032-02-01"), until("latest", end="2034-01-01")),
        work("W 2", until(year=2033, quarter=1)),
        work("W 3", until("estimate", end="2035-01-01"), until("request", end="2020-01-01")),
        work("W 4", until("latest", end="2036-06-01")),
    ]
    assert works(merge((2029, [area("town", 1, works=listed)]))) == {
        "cable": ["town", 2029, 2030, None],
        "release-town": ["town", None, 2035, 2037],
        "town:W-1": ["town", 2031, 2032, 2034],
        "town:W-2": ["town", None, 2033, None],
        "town:W-3": ["town", None, 2035, None],
        "town:W-4": ["town", None, None, 2036],
    }


def test_works_that_are_cancelled_or_undated_are_left_out_and_told(merge: Any) -> None:
    """Only the third is a row; the other two are warnings."""
    listed = [
        work("W1", until(end="2031-01-01"), status_kind="cancelled"),
        work("W2", until(start="2031-01-01")),
        work("W3", until(end="2031-01-01"), status_kind="completed"),
    ]
    merged = merge((2029, [area("farm", 1, works=listed)]))
    assert set(works(merged)) == {"cable", "release-town", "farm:W3"}
    assert [text.partition(": ")[2] for text in merged.warnings] == [
        "energy_areas[0].works[0] ('W1') is cancelled, and left out",
        "energy_areas[0].works[1] ('W2') has no date at which it ends, and is left out",
    ]


def test_the_year_of_alleviation_is_a_work_and_changes_no_headroom(merge: Any) -> None:
    """It takes the place of the instance's own release; that headroom is older than the release is told."""
    merged = merge((2029, [area("town", 1, demand_alleviation_year=2031)]))
    assert works(merged)["release-town"] == ["town", None, 2031, None]
    assert headroom(merged, "town") == {2030: (1.0, 0.0), 2032: (1.0, 0.0)}
    assert merged.warnings == (
        "congestion is to be over from 2031, but headroom is still a forecast of before, 2029; "
        "the file of a later year would tell it: town (2032)",
    )


def test_the_file_issued_last_tells_what_is_no_matter_of_the_year(tmp_path: Path, grid: Instance) -> None:
    """Queue and release are those of the newer file, though its forecast year is the earlier one."""
    new, old = {"issued": "2026-02-01"}, {"issued": "2026-01-31"}
    files = [
        (2031, written(tmp_path / "old.json", area("town", 2, demand_capacity_in_queue=1), **old)),
        (2029, written(tmp_path / "new.json", area("town", 1, demand_capacity_in_queue=2), **new)),
    ]
    merged = merge_capacity(files, grid)
    assert areas(merged, "queue")["town"] == 2.0
    assert headroom(merged, "town") == {2030: (1.0, 0.0), 2032: (2.0, 0.0)}


def test_every_number_is_traced_to_its_file(merge: Any) -> None:
    """Each row of the derivation tells the number in its cell, and its rule gives that number."""
    town = area(
        "town", 1.5, demand_capacity_in_queue=2, demand_alleviation_year=2031, works=[work("W", until(year=2030))]
    )
    merged = merge((2029, [town]))
    rows = merged.derivation.set_index(["table", "key", "column"])
    assert rows["value"].to_dict() == {
        ("headroom", "town / 2030", "firm"): 1.5,
        ("headroom", "town / 2032", "firm"): 1.5,
        ("headroom", "town / 2030", "flexible"): 0.0,
        ("headroom", "town / 2032", "flexible"): 0.0,
        ("areas", "town", "queue"): 2.0,
        ("works", "town:W", "estimate"): 2030.0,
        ("works", "release-town", "estimate"): 2031.0,
    }
    assert [evaluated(row) for _, row in merged.derivation.iterrows()] == merged.derivation["value"].tolist()
    firm = rows.loc[("headroom", "town / 2032", "firm")]
    assert parameters(firm) == {"demand_available_capacity": 1.5}
    assert firm["parameters"].endswith("0-2029.json: energy_areas[0], forecast of 2029)")
    (work_place,) = rows.loc[[("works", "town:W", "estimate")], "parameters"]
    assert work_place.endswith("energy_areas[0].works[0].time_schedules[0].schedule_interval.year)")


def test_flexible_headroom_is_kept_when_asked(merge: Any) -> None:
    """Town and region keep theirs beside the firm headroom of the map; the farm had none to keep, and gets 0."""
    files = (2029, [area("town", 1), area("farm", 4), area("region", 30)])
    merged = merge(files, keep_flexible=True)
    assert headroom(merged, "town") == {2030: (1.0, 3.0), 2032: (1.0, 3.0)}
    assert headroom(merged, "region") == {2030: (30.0, 2.0), 2032: (30.0, 2.0)}
    assert headroom(merged, "farm") == {2030: (4.0, 0.0), 2032: (4.0, 0.0)}
    assert merged.warnings == ("there was no flexible headroom to keep, so it is 0 MW: farm (2030, 2032)",)
    closed = merge(files)
    assert headroom(closed, "town") == {2030: (1.0, 0.0), 2032: (1.0, 0.0)}
    assert (merged.flexible_kept, closed.flexible_kept) == (True, False)


def test_what_is_kept_is_not_traced_to_the_map(merge: Any) -> None:
    """Firm headroom is the map's; of flexible headroom only the 0 of the farm is its doing."""
    merged = merge((2029, [area("town", 1), area("farm", 4)]), keep_flexible=True)
    rows = merged.derivation
    assert set(rows.loc[rows["column"] == "flexible", "key"]) == {"farm / 2030", "farm / 2032"}
    assert set(rows.loc[rows["column"] == "firm", "key"]) == {
        f"{place} / {period}" for place in ("town", "farm") for period in (2030, 2032)
    }


@pytest.mark.nightly
def test_a_plan_keeps_to_the_headroom_of_the_map(tmp_path: Path) -> None:
    """The electric oven needs 2 MW beyond its contract: a map with 1 MW makes it stay on gas, at 0.5 a year.

    On the small instance, whose town has no limit, the oven costs 0.4 a year from 2030: 1.6 in four years. With
    2 MW from 2032 on it can move then: two years at 0.5, and two at 25 x 8 / 1000 + 0.8 / 4 = 0.4.
    """
    instance = small(**OVEN, options=OVEN_OPTIONS)
    full = written(tmp_path / "full.json", area("town", 1))
    free = written(tmp_path / "free.json", area("town", 2))
    assert solve(instance, gap=0.0).cost == pytest.approx(1.6)
    assert solve(merge_capacity([(2030, full)], instance).instance, gap=0.0).cost == pytest.approx(2.0)
    assert solve(merge_capacity([(2030, full), (2031, free)], instance).instance, gap=0.0).cost == pytest.approx(1.8)


def test_short_codes_that_are_one_area_in_one_year_are_refused(merge: Any) -> None:
    """Which of the two numbers would hold? The message names both places."""
    with pytest.raises(DataError) as refused:
        merge((2029, [area("OS Town", 1)]), (2029, [area("town", 2)]), area_map="OS Town,town\n")
    (problem,) = refused.value.problems
    assert problem.file.endswith("1-2029.json")
    assert problem.text.startswith("energy_areas[0].short_code is town, which is area town of 2029 as OS Town is (")
    assert problem.text.endswith("0-2029.json: energy_areas[0]); allowed: one short code a year for each area")


def test_a_map_that_fits_nothing_is_refused_line_by_line(merge: Any) -> None:
    """A short code of no file, an area of no instance: both at once, each on its line."""
    with pytest.raises(DataError) as refused:
        merge((2029, [area("OS A", 1)]), area_map="OS B,town\nOS A,twon\n")
    assert [str(problem) for problem in refused.value.problems] == [
        "map.csv:2: column 'short_code' is OS B; allowed: a short code of the files: OS A",
        "map.csv:3: column 'area' is twon; allowed: an area of the instance (farm, region, town), "
        "the id of another short code, or empty to leave it out",
    ]


def test_a_map_of_another_form_is_refused_with_the_files(merge: Any) -> None:
    """A code twice, an id with a blank; a broken file is told in the same breath."""
    with pytest.raises(DataError) as refused:
        merge((2029, [{"short_code": "OS A"}]), area_map="OS A,my town\n")
    assert [problem.text for problem in refused.value.problems] == [
        "energy_areas[0].works is missing; allowed: a list",
        "column 'area' is my town; allowed: an id without spaces, not 'all', or empty",
    ]
    with pytest.raises(DataError, match=r"map\.csv:3: has the same short_code as an earlier row"):
        merge((2029, [area("OS A", 1)]), area_map="OS A,town\nOS A,farm\n")


def test_years_and_names_that_are_none_are_refused(merge: Any) -> None:
    """The schema lets any whole number be a year, and a name be empty; we do not."""
    listed = [work("W", until(year=20300))]
    with pytest.raises(DataError) as refused:
        merge((2029, [area(" ", 1, demand_alleviation_year=0, works=listed)]))
    assert sorted(problem.text for problem in refused.value.problems) == [
        "energy_areas[0].demand_alleviation_year is 0; allowed: a year, 1900 to 2200",
        "energy_areas[0].short_code is empty; allowed: a name",
        "energy_areas[0].works[0].time_schedules[0].schedule_interval.year is in 20300; allowed: a year, 1900 to 2200",
    ]


def test_another_version_of_the_schema_is_told(merge: Any) -> None:
    """A file that says it is of version 1.2 but obeys 1.3 is read, with a warning."""
    merged = merge((2029, [area("town", 1)]), conforms_to="http://data.netbeheernederland.nl/capaciteitskaart/v1.2.0")
    assert len(merged.warnings) == 1
    assert (
        "conforms_to is http://data.netbeheernederland.nl/capaciteitskaart/v1.2.0; it was read as" in merged.warnings[0]
    )


def test_a_file_without_areas_changes_nothing(merge: Any, grid: Instance) -> None:
    """An empty list is of the schema; the instance stays as it is."""
    merged = merge((2029, []))
    assert merged.instance.sha256 == grid.sha256
    assert merged.derivation.empty
