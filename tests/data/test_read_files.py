"""Files as people really have them: they work, or are refused in one clear line."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from routeplan.data.csv_text import csv_text
from routeplan.data.read import check, read
from routeplan.errors import DataError
from routeplan.schema.inputs import INPUT_TABLES
from small import SMALL, prices, small

Spoil = Callable[..., Path]

AREAS = "area,name,parent\nregion,,\ntown,,region\n"
HOW = "save it again as 'CSV UTF-8' with English number settings, or replace every comma by a point and then every"


def told(folder: Path) -> list[str]:
    """The problems of a folder."""
    return [str(problem) for problem in check(folder).problems]


WORKS = {
    "a byte-order mark": "\ufeff" + AREAS,
    "CRLF": AREAS.replace("\n", "\r\n"),
    "CR alone, as on old machines": AREAS.replace("\n", "\r"),
    "no newline at the end": AREAS.rstrip(),
    "empty lines": "\n\narea,name,parent\n\nregion,,\n\n\ntown,,region\n\n",
    "lines of commas, as spreadsheets leave them": "area,name,parent\nregion,,\n,,\ntown,,region\n,,,,\n",
    "every cell in quotes": '"area","name","parent"\n"region","",""\n"town","","region"\n',
    "columns in another order": "parent,area\n,region\nregion,town\n",
    "notes": "area,note,parent,source of parent\nregion,mine,,\ntown,,region,a map\n",
    "numbers with blanks": "area,parent,queue\nregion,,  0 \ntown,region,0.0\n",
}


@pytest.mark.parametrize("text", WORKS.values(), ids=WORKS)
@pytest.mark.some(3)
def test_a_file_that_is_odd_but_clear_is_read(spoiled: Spoil, text: str) -> None:
    """However the table of areas is written, the instance is the same."""
    assert read(spoiled(areas_csv=text)).sha256 == small().sha256


def test_a_cell_of_several_lines_is_kept(spoiled: Spoil) -> None:
    """A quoted cell may hold a comma, a quote and a line break; lines below it are counted as in the file."""
    text = 'area,name,parent\nregion,"one, ""two""\nthree",\ntown,,nowhere\n'
    assert told(spoiled(areas_csv=text)) == [
        "areas.csv:4: column 'parent' is nowhere; allowed: an id listed in areas.csv, or empty"
    ]
    instance = read(spoiled(areas_csv=text.replace("nowhere", "region")))
    assert instance["areas"]["name"].tolist() == ['one, "two"\nthree', ""]


NUMBERS = {"-12": -12.0, "0.5": 0.5, "1e3": 1000.0, " 7 ": 7.0, "+3": 3.0, "2030.0": 2030.0, ".5": 0.5, "1E-2": 0.01}


@pytest.mark.parametrize("cell", NUMBERS)
@pytest.mark.some(3)
def test_numbers_are_read(spoiled: Spoil, cell: str) -> None:
    """What the format calls a number is read as one (an option may generate power: any sign is allowed)."""
    text = f"process,route,current,capex,electricity\noven,gas,1,0,\nkiln,gas,1,0,{cell}\n"
    assert read(spoiled(options_csv=text))["options"]["electricity"].tolist() == [0.0, NUMBERS[cell]]


NO_NUMBERS = [
    "1_000",
    "1 000",
    "nan",
    "inf",
    "-Infinity",
    "0x10",
    "1e",
    "ten",
    "1.2.3",
    "12%",
    "\u0661",
    "1e999",
]


@pytest.mark.parametrize("cell", NO_NUMBERS)
@pytest.mark.some(3)
def test_what_is_no_number_is_refused(spoiled: Spoil, cell: str) -> None:
    """Python or a spreadsheet may take it for a number, the format does not; it is told once."""
    text = f'process,route,current,capex,electricity\noven,gas,1,0,\nkiln,gas,1,0,"{cell}"\n'
    assert told(spoiled(options_csv=text)) == [
        f"options.csv:3: column 'electricity' is {cell}; allowed: a number in GWh/yr (written like -12, 0.5 or 1e3)"
    ]


def test_whole_numbers_may_be_written_with_a_point(spoiled: Spoil) -> None:
    """2030.0 is a year, 2030.5 is none."""
    periods = read(spoiled(periods_csv="period,years\n2030.0,2\n2032,2.00\n"))["periods"]
    assert (periods["period"].tolist(), str(periods["years"].dtype)) == ([2030, 2032], "int64")
    assert "periods.csv:2: column 'period' is 2030.5; allowed: 0 to 9999, whole" in told(
        spoiled(periods_csv="period,years\n2030.5,2\n2032,2\n")
    )


def test_periods_may_stand_in_any_order(spoiled: Spoil) -> None:
    """Periods are kept in the order of time, and their problems on their lines in the file."""
    assert read(spoiled(periods_csv="period,years\n2032,2\n2030,2\n")).sha256 == small().sha256
    assert told(spoiled(periods_csv="period,years\n2032,0\n2030,2\n")) == [
        "periods.csv:2: column 'years' is 0; allowed: 1 to 1000 yr, whole"
    ]


REFUSED = {
    "semicolons and decimal commas": (
        b"area;name;queue\nregion;;1,5\n",
        "areas.csv:1: has semicolons between the cells; "
        f"allowed: commas, and decimal points ({HOW} semicolon by a comma)",
    ),
    "tabs": (
        b"area\tname\n",
        f"areas.csv:1: has tabs between the cells; allowed: commas, and decimal points ({HOW} tab by a comma)",
    ),
    "another encoding": (
        "area,name\nregion,Overijssel\ntown,Enschedé\n".encode("latin-1"),
        "areas.csv: is not UTF-8 text (first on line 3); allowed: UTF-8, in spreadsheets 'CSV UTF-8'",
    ),
    "UTF-16": (
        AREAS.encode("utf-16"),
        "areas.csv: is not UTF-8 text (first on line 1); allowed: UTF-8, in spreadsheets 'CSV UTF-8'",
    ),
    "NUL bytes": (
        b"area,name\nregion,\x00\ntown,\n",
        "areas.csv: holds NUL bytes (first on line 2); allowed: UTF-8 text",
    ),
    "nothing": (b"", "areas.csv: is empty; allowed: a table with a header, if need be without rows"),
    "blank lines only": (b"\n \n", "areas.csv: is empty; allowed: a table with a header, if need be without rows"),
    "a quote that never ends": (
        b'area,name\nregion,"Twente\ntown,\n',
        "areas.csv:2: cannot be read as CSV: unexpected end of data",
    ),
    "a quote inside a cell": (
        b'area,name\nregion,"Twente" area\ntown,\n',
        "areas.csv:2: cannot be read as CSV: ',' expected after '\"'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
@pytest.mark.some(2)
def test_a_file_that_cannot_be_read_is_one_line(spoiled: Spoil, content: bytes, message: str) -> None:
    """One line for the file, and none for what refers to it."""
    assert told(spoiled(areas_csv=content)) == [message]


HEADERS = {
    "a column twice": ("area,name,name\nregion,,\n", "column 'name' is there twice; allowed: each column once"),
    "a column that is unknown": (
        "area,parant\nregion,\ntown,\n",
        "column 'parant' is unknown (did you mean 'parent'?); "
        "allowed: area, name, parent, queue, name_nl, outline, and names that begin with note or source",
    ),
    "a column without a name": (
        "area,name,,\nregion,,,\n",
        "column 3 has no name; allowed: one of the table's columns",
    ),
    "no column of ids": ("name,parent\nRegion,\n", "column 'area' is missing; it has no default"),
}


@pytest.mark.parametrize(("text", "message"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_is_wrong_is_told_on_its_line(spoiled: Spoil, text: str, message: str) -> None:
    """Headers have problems of their own, which stand on line 1."""
    assert told(spoiled(areas_csv=text))[0] == f"areas.csv:1: {message}"


def test_a_decimal_comma_in_quotes_is_told_as_such(spoiled: Spoil) -> None:
    """The number is shown as it is to be written."""
    assert told(spoiled(areas_csv='area,name,queue\nregion,,"0,15"\ntown,,"1,000.5"\n')) == [
        "areas.csv:2: column 'queue' is 0,15; allowed: 0 MW or more (written like -12, 0.5 or 1e3; "
        "write a decimal point: 0.15)",
        "areas.csv:3: column 'queue' is 1,000.5; allowed: 0 MW or more (written like -12, 0.5 or 1e3; write 1000.5)",
    ]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("1,500", "it has two readings: write 1500 or 1.500"),
        ("1.500.000", "write 1500000"),
        ("1.500,5", "write 1500.5"),
    ],
)
def test_a_sign_between_thousands_has_two_readings(spoiled: Spoil, cell: str, hint: str) -> None:
    """Neither is advised in silence."""
    assert told(spoiled(areas_csv=f'area,name,queue\nregion,,"{cell}"\ntown,,\n')) == [
        f"areas.csv:2: column 'queue' is {cell}; allowed: 0 MW or more (written like -12, 0.5 or 1e3; {hint})"
    ]


def test_cells_too_many_that_are_no_numbers_are_no_decimal_commas(spoiled: Spoil) -> None:
    """Two words in the place of one."""
    assert told(spoiled(areas_csv="area,name,queue\nregion,The region,near,0\ntown,,0\n")) == [
        "areas.csv:2: has 4 cells; allowed: 3, as in the header"
    ]


def test_rows_that_do_not_fit_are_told_once(spoiled: Spoil) -> None:
    """Too many cells, too few: a line each, and nothing about what stands in them; other rows are still checked."""
    text = "area,name,parent,queue\nregion,,,1,2\ntown,x\nmoor,,,-1\n"
    assert told(spoiled(areas_csv=text)) == [
        "areas.csv:2: has 5 cells; allowed: 4, as in the header (a number with a decimal comma? write 0.15, not 0,15)",
        "areas.csv:3: has 2 cells; allowed: 4, as in the header",
        "areas.csv:4: column 'queue' is -1.0; allowed: 0 MW or more",
    ]


_GIVEN = prices()
_GAS = (_GIVEN["item"] == "gas") & (_GIVEN["period"] == 2032)
PRICES = csv_text(INPUT_TABLES["prices"], _GIVEN[~_GAS]).replace("price\n", "price\ngas,all,2O32,30\n")

UNREAD = {
    "a period, to which other tables refer": (
        {"periods_csv": "period,years\n2030,2\n2O32,2\n"},
        "periods.csv:3: column 'period' is 2O32; allowed: 0 to 9999, whole (written like -12, 0.5 or 1e3)",
    ),
    "the mark of a current option, without which its process would have none": (
        {"options_csv": "process,route,current,capex\noven,gas,perhaps,0\nkiln,gas,1,0\n"},
        "options.csv:2: column 'current' is perhaps; allowed: 0 or 1",
    ),
    "the period of a price, which every period must have": (
        {"prices_csv": PRICES},
        "prices.csv:2: column 'period' is 2O32; allowed: a period listed in periods.csv (written like -12, 0.5 or 1e3)",
    ),
    "the capacity of a planned link, which must have one": (
        {"links_csv": dedent(SMALL["links"]).strip().replace("candidate,10,,,", "planned,10,,5O,")},
        "links.csv:2: column 'capacity' is 5O; "
        "allowed: 0 or more (GWh/yr (hydrogen) or kt/yr (CO2)), or empty (written like -12, 0.5 or 1e3)",
    ),
}


@pytest.mark.parametrize(("files", "message"), UNREAD.values(), ids=UNREAD)
def test_an_unread_cell_brings_no_other_problem(spoiled: Spoil, files: dict[str, str], message: str) -> None:
    """A cell that cannot be read is told once, and nothing that only follows from it."""
    assert told(spoiled(**files)) == [message]


def test_problems_of_all_files_are_told_at_once(spoiled: Spoil) -> None:
    """A file unread, a cell unread, a rule broken, a wrong setting: all four, sorted by file."""
    folder = spoiled(
        areas_csv=b"\xff",
        pots_csv="pot,carry_over\nfund,perhaps\n",
        routes_csv="route,family,lifetime,temporary\ngas,current,20,1\nelectric,electrification,4,0\nburner,hydrogen,4,0\n",
        instance_toml='name = "small"\ncurrency_year = 2030\nbase_year = 2030\ndiscount_rate = 2\nfirm_rate = 0\n',
    )
    assert told(folder) == [
        "areas.csv: is not UTF-8 text (first on line 1); allowed: UTF-8, in spreadsheets 'CSV UTF-8'",
        "instance.toml: key 'discount_rate' is 2; allowed: 0 or more and below 1",
        "pots.csv:2: column 'carry_over' is perhaps; allowed: 0 or 1",
        "routes.csv:2: column 'temporary' is 1; allowed: 0 for a route of family current",
    ]
    with pytest.raises(DataError) as refused:
        read(folder)
    assert str(refused.value) == "\n".join(["4 problems in the input:", *(f"  {text}" for text in told(folder))])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_one_line(spoiled: Spoil) -> None:
    """A file that may not be opened."""
    folder = spoiled()
    (folder / "areas.csv").chmod(0)
    assert told(folder) == ["areas.csv: cannot be read: Permission denied"]


def test_a_folder_in_place_of_a_file_is_one_line(spoiled: Spoil) -> None:
    """A folder called areas.csv is no table."""
    folder = spoiled(areas_csv=None)
    (folder / "areas.csv").mkdir()
    assert told(folder) == ["areas.csv: is a folder; allowed: a file"]
