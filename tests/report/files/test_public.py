"""Sums of a plan to be published: true to its tables, in files that name no site."""

import re
from io import StringIO
from pathlib import Path
from textwrap import dedent

import by_hand
import openpyxl
import pandas as pd
import pytest

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report.files.public import public_sums
from routeplan.report.files.public_columns import FILES, tables_told
from routeplan.report.files.public_files import write_public
from routeplan.report.files.public_names import names_told
from routeplan.result.result import Record, Result, Status
from routeplan.result.summary_groups import amounts_of_sites, sums_by_group
from routeplan.schema.frames import empty, typed
from routeplan.schema.results import RESULT_TABLES
from small import small

FIRMS = {
    "alpha-1": ("Alpha Zuivel B.V.", "food", "town"),
    "bravo-2": ("Bravo Bakkers", "food", "town"),
    "charlie-3": ("Charlie (Vlees)", "food", "town"),
    "delta-4": ("Delta Papier", "paper", "quay"),
    "echo-5": ("Écho Karton", "paper", "quay"),
    "foxtrot-6": ("Foxtrot", "paper", "quay"),
    "golf-7": ("Golf Glas", "glass", "quay"),
    "hotel-8": ("Hotel Brood", "food", "town"),
}
"""Sites with their names, sectors and areas. One alone makes glass; those of food emit 2 kt/yr each, the others 1."""


def eight(**changed: str) -> Instance:
    """The eight sites, each with a process called after it; the first two have one contract."""
    sites = [
        f'{site},"{name}",{sector},east,{area},52,6,{"pact" if site[-1] in "12" else ""},register'
        for site, (name, sector, area) in FIRMS.items()
    ]
    tables = {
        "sites": "\n".join(["site,name,sector,region,area,lat,lon,contract,basis", *sites]),
        "processes": "\n".join(["process,site,kind", *(f"{site}.steam,{site},steam" for site in FIRMS)]),
        "options": "\n".join(
            [
                "process,route,current,capex,gas,emissions",
                *(
                    f"{site}.steam,gas,1,0,5,{2 if sector == 'food' else 1}\n{site}.steam,electric,0,2,0,0"
                    for site, (_, sector, _) in FIRMS.items()
                ),
            ]
        ),
        "areas": "area,name,parent\nregion,The region,\ntown,The town,region\nquay,The quay,region",
        "links": "link,carrier,from,to,mode,status,length",
        "pots": "pot,name,carry_over\nfund,,0",
    }
    return small(**(tables | changed))


def steps(columns: str, *rows: str) -> str:
    """A table: each row of sites by the digits of their ids, a space, and the rest of the row."""
    ids = {site[-1]: site for site in FIRMS}
    given = [(ids[digit], rest) for row in rows for digit in row.split()[0] for rest in row.split()[1:]]
    return "\n".join([columns, *(rest.replace("@", site) for site, rest in given)])


PLAN = {
    "starts": steps(
        "process,route,period,capex,funding_gap", "138 @.steam,electric,2032,2,1", "7 @.steam,electric,2030,3,1"
    ),
    "grants": "process,route,period,pot,amount\nalpha-1.steam,electric,2032,fund,0.5",
    "requests": "contract,period,request,connection\npact,2032,4,6\ncharlie-3,2032,2,3\nhotel-8,2032,2,3",
    "emissions": steps(
        "site,period,emissions,captured,removed",
        "1238 @,2030,2,0,0 @,2032,1,0,0",
        "456 @,2030,1,0,0 @,2032,1,0,0",
        "7 @,2030,1,0,0 @,2032,1,0.25,0",
    ),
    "energy": steps(
        "process,period,commodity,amount",
        "1238 @.steam,2030,gas,5 @.steam,2032,gas,4",
        "4567 @.steam,2030,gas,5 @.steam,2032,gas,5",
        "12 @.steam,2032,hydrogen,7",
    ),
}
"""Food saves CO2 and gas, and three of it invest; only glass captures, and invests before; only the pact burns H2."""


def plan(of: Instance | None = None) -> Result:
    given = {name: pd.read_csv(StringIO(dedent(text))) for name, text in PLAN.items()}
    tables = {
        name: typed(table, given[name]) if name in given else empty(table) for name, table in RESULT_TABLES.items()
    }
    return Result(of or eight(), Status.OPTIMAL, Record("by hand"), 5.0, 4.75, 5.0, tables=tables)


def at_least_in(place: Path) -> str:
    """What a workbook or a folder says is the fewest firms of a sum."""
    if place.is_dir():
        about = pd.read_csv(place / "public.csv", dtype=str)
    else:
        about = pd.read_excel(place, sheet_name="public", dtype=str)
    return str(about.set_index("key").loc["at_least", "value"])


def texts_of(path: Path) -> str:
    """Everything that a workbook or a folder holds, comments and the file's properties among it."""
    if path.is_dir():
        return "\n".join(each.read_text(encoding="utf-8") for each in path.iterdir())
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    notes = [cell.comment.text for cell in cells if cell.comment]
    told = [*book.sheetnames, *(str(cell.value) for cell in cells), *notes, str(book.properties)]
    book.close()
    return "\n".join(told)


def test_sums_are_those_of_the_tables() -> None:
    """Of a hand-made plan: the bakery's 5 kt in 2030, its oven's 8 GWh and half of a contract of 2.5 MW in 2032."""
    sums = sums_by_group(amounts_of_sites(by_hand.plan()), pd.Series({"bakery": "b", "tiles": "t"})).set_index(
        ["group", "period"]
    )
    assert sums.loc[("b", 2030), ["sites", "as_today", "emissions", "gas"]].tolist() == [1, 5, 5, 10 + 15]
    found = sums.loc[("b", 2032), ["emissions", "captured", "removed", "electricity", "gas", "request", "connection"]]
    assert found.tolist() == [3, 1.5, 0.5, 8, 15, 2 / 2, 2.5 / 2]
    assert sums.loc[("t", 2032), ["as_today", "emissions", "hydrogen", "connection"]].tolist() == [4, 0, 20, 2.5 / 2]


def cells(table: str, column: str) -> list[float | None]:
    """A column of a table of the plan; None where a cell is empty."""
    return [None if value != value else value for value in public_sums(plan()).tables[table][column]]


def test_rows_are_sums_of_the_sites_of_a_sector() -> None:
    """Food saves half of 4 x 2 kt in 2032, for which the pact and two others ask; glass, one site, is with paper."""
    told = public_sums(plan()).tables["by_sector"].set_index(["sector", "period"])
    assert [*told.index] == [("food", 2030), ("food", 2032), ("other sites", 2030), ("other sites", 2032)]
    assert told["sites"].tolist() == [4, 4, 4, 4]
    assert told["co2_as_today [kt/yr]"].tolist() == [4 * 2, 4 * 2, 4, 4]
    assert told["co2 [kt/yr]"].tolist() == [8, 4, 4, 4]
    assert told["removed [kt/yr]"].tolist() == [0, 0, 0, 0]
    assert told["gas [GWh/yr]"].tolist() == [20, 16, 20, 20]
    assert told["new_firm_capacity [MW]"].tolist() == [0, 4 + 2 + 2, 0, 0]
    assert told["new_capacity [MW]"].tolist() == [0, 6 + 3 + 3, 0, 0]


@pytest.mark.nightly
def test_what_few_make_is_empty_in_all_rows() -> None:
    """Glass alone captures in 2032 and invests in 2030, one is paid, and one firm with two sites burns hydrogen."""
    for table in ("by_sector", "by_area"):
        assert cells(table, "captured [kt/yr]") == [0, None, 0, None]
        assert cells(table, "hydrogen [GWh/yr]") == [0, None, 0, None]
        assert cells(table, "public_money [M EUR]") == [0, None, 0, None]
    assert cells("by_sector", "investment [M EUR]") == [None, 6, None, 0]
    for column in ("captured [kt/yr]", "hydrogen [GWh/yr]", "public_money [M EUR]"):
        assert cells("total", column) == [0, None]
    assert cells("total", "investment [M EUR]") == [None, 6]


@pytest.mark.nightly
def test_each_kind_of_row_adds_up_to_the_total() -> None:
    """Nothing is lost: sites without a row of their own count with others; what has no rows is empty in all of them."""
    tables = public_sums(plan()).tables
    numbers = [name for name in tables_told(Words())["total"].names if name != "period"]
    total = tables["total"].set_index("period")[numbers]
    assert total["sites"].tolist() == [8, 8]
    for kind in ("by_sector", "by_area"):
        by_period = tables[kind].groupby("period")[numbers]
        assert by_period.count().isin([0, 2]).all(axis=None)
        pd.testing.assert_frame_equal(by_period.sum(min_count=2), total)


@pytest.mark.nightly
def test_areas_have_names_and_say_what_they_cover() -> None:
    """Town and quay have all their sites; where two of five are in a small one, the region has the rest."""
    told = public_sums(plan()).tables["by_area"].drop_duplicates("area")
    names = ["area", "name", "covers", "sites"]
    assert [*told[names].itertuples(index=False, name=None)] == [
        ("quay", "The quay", "whole", 4),
        ("town", "The town", "whole", 4),
    ]
    sites = eight()["sites"]
    in_small = sites["site"].isin(["echo-5", "foxtrot-6"])
    areas = "area,name,parent\nregion,The region,\ntown,The town,region\nquay,The quay,region\npier,,region"
    moved = sites.assign(area=sites["area"].mask(in_small, "pier").mask(sites["site"] == "golf-7", "region"))
    spread = eight(areas=areas).replace(sites=moved.assign(area=moved["area"].replace("quay", "region")))
    told = public_sums(plan(spread)).tables["by_area"].drop_duplicates("area")
    assert [*told[names].itertuples(index=False, name=None)] == [
        ("region", "The region", "rest", 4),
        ("town", "The town", "whole", 4),
    ]


@pytest.mark.nightly
def test_how_much_has_no_row_is_told_but_not_which() -> None:
    """Glass, and paper with it: two sectors with four sites; and no area."""
    sums = public_sums(plan())
    assert sums.merged == {"sector": (2, 4), "area": (0, 0)}
    told = dict(sums.tables["public"][["key", "value"]].itertuples(index=False, name=None))
    assert told["sectors_without_row"] == "2 with 4 sites"
    assert told["areas_without_row"] == "0 with 0 sites"
    assert (told["sites"], told["at_least"], told["largest_share"]) == ("8", "3", "75%")
    assert told["basis"] == "For each of the 8 sites: estimated from the public register; not a plan of this firm."
    assert told["sha256"] == eight().sha256
    assert told["gap"] == "5%"
    assert told["counted_as"] == "7"


def test_what_is_empty_is_counted_and_explained() -> None:
    """Of 14 amounts in 2 periods four are empty, in each of two rows; that they are not 0 is said."""
    rows = public_sums(plan()).tables["public"].set_index("key")
    assert rows.loc["empty_in_total", "value"] == "4 of 28 cells"
    assert rows.loc["empty_in_by_sector", "value"] == "8 of 56 cells"
    assert rows.loc["empty_in_by_area", "value"] == "8 of 56 cells"
    assert rows.loc["empty_in_total", "meaning"].startswith("Empty is not 0")
    assert "From another, with another number of firms at least" in rows.loc["only_one", "meaning"]
    assert "sites are counted, not firms" in rows.loc["counted_as", "meaning"]
    assert "different columns" in rows.loc["not_covered", "meaning"]


@pytest.mark.parametrize("place", ["sums.xlsx", "sums"])
@pytest.mark.some(1)
def test_nothing_names_a_site(place: str, tmp_path: Path) -> None:
    """No id or name of a site, process or contract is anywhere in the files; a sector's word is."""
    text = texts_of(write_public(public_sums(plan()), tmp_path / place)).casefold()
    instance = eight()
    sites, processes = instance["sites"], instance["processes"]
    names = {*sites["site"], *sites["name"], *processes["process"], *sites["contract"]}
    assert len(names) == 8 + 8 + 8 + 1
    assert [name for name in names if name.casefold() in text] == []
    assert "food" in text
    assert instance.settings.name == "small"
    assert re.search(r"\bsmall\b", text) is None


def test_names_are_found_as_words_of_their_own() -> None:
    """Whatever signs and case they have; not within a longer word, nor where there are none."""
    assert names_told(["Near Charlie (vlees)", "Alphabet", "DELTA-4"], ["Charlie (Vlees)", "alpha", "delta-4", ""]) == [
        "Near Charlie (vlees)",
        "DELTA-4",
    ]
    assert names_told(["anything"], [""]) == []


@pytest.mark.nightly
def test_an_area_called_as_a_firm_is_refused() -> None:
    """Its name would be published with the sums; the message says which it is."""
    called = eight(areas="area,name,parent\nregion,,\ntown,Station Golf Glas,region\nquay,,region")
    with pytest.raises(UsageError) as refused:
        public_sums(plan(called))
    assert str(refused.value) == (
        "'Station Golf Glas' names a sector or area, and also a site or process, which would be published; "
        "allowed: sectors and areas with names of their own"
    )


@pytest.mark.nightly
def test_headers_have_units_and_are_explained(tmp_path: Path) -> None:
    """Every header is that of the table, each number but years and counts with its unit, each with a comment."""
    book = openpyxl.load_workbook(write_public(public_sums(plan()), tmp_path / "sums.xlsx"))
    assert book.sheetnames == ["public", "total", "by_sector", "by_area"]
    for sheet in book:
        names = [cell.value for cell in sheet[1]]
        assert names == tables_told(Words())[sheet.title].names
        assert all(cell.comment is not None for cell in sheet[1])
        if sheet.title != "public":
            units = {name for name in names if "[" in name}
            assert set(names) - units <= {"sector", "area", "name", "covers", "period", "sites"}
            assert {name.split("[")[1] for name in units} == {"kt/yr]", "GWh/yr]", "MW]", "M EUR]"}
    book.close()


@pytest.mark.nightly
def test_a_folder_holds_the_same_tables(tmp_path: Path) -> None:
    """As CSV, whose numbers are those of the sums."""
    sums = public_sums(plan())
    folder = write_public(sums, tmp_path / "sums")
    assert {path.name for path in folder.iterdir()} == set(FILES)
    read = pd.read_csv(folder / "by_sector.csv")
    assert read["new_capacity [MW]"].tolist() == sums.tables["by_sector"]["new_capacity [MW]"].tolist()


@pytest.mark.nightly
def test_the_same_plan_makes_the_same_bytes(tmp_path: Path) -> None:
    """So that what was published can be checked."""
    one, other = (write_public(public_sums(plan()), tmp_path / name) for name in ("one.xlsx", "other.xlsx"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("place", ["sums.xlsx", "sums"])
@pytest.mark.nightly
def test_what_is_there_is_replaced_when_asked(place: str, tmp_path: Path) -> None:
    """And not else; a note beside the files stays."""
    there = write_public(public_sums(plan()), tmp_path / place)
    if there.is_dir():
        (there / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        write_public(public_sums(plan()), there)
    assert at_least_in(there) == "3"
    write_public(public_sums(plan(), at_least=4), there, overwrite=True)
    assert at_least_in(there) == "4"
    assert there.is_file() or (there / "note.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.nightly
def test_what_is_something_else_stays(tmp_path: Path) -> None:
    """A workbook without a sheet `public`, and a folder without its file, even where they may be replaced."""
    book = openpyxl.Workbook()
    book.save(tmp_path / "mine.xlsx")
    with pytest.raises(UsageError, match="holds no public, so it stays"):
        write_public(public_sums(plan()), tmp_path / "mine.xlsx", overwrite=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds no public sums, so it stays; allowed: a folder with public\.csv"):
        write_public(public_sums(plan()), tmp_path / "mine", overwrite=True)
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_result_without_a_plan_has_no_sums() -> None:
    """As of every export."""
    with pytest.raises(NoPlan, match="there is nothing to export: the result has no plan, its status is infeasible"):
        public_sums(by_hand.without_plan())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("station_bakery", "Bakery"),
        ("bakery2", "bakery"),
        ("De-Graaf", "De Graaf"),
        ("Jansen\u00a0 BV", "Jansen BV"),
        ("Cafe\u0301 park", "Caf\u00e9"),
    ],
)
def test_a_name_is_found_in_any_form(text: str, name: str) -> None:
    """With other signs between words, blanks, figures or accents; parts of words are no names."""
    assert names_told([text], [name]) == [text]
    assert names_told(["Bakeries", "Jansens"], ["Bakery", "Jansen"]) == []
