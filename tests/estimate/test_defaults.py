"""The default tables: traced, interpolated between years, and replaced by the user's own."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.errors import DataError, UsageError
from routeplan.estimate.default_schema import DEFAULT_TABLES
from routeplan.estimate.defaults import PACKAGE_TABLES, DefaultTables, interpolated, load_defaults


def own(folder: Path, table: str, old: str, new: str) -> Path:
    """A folder with a copy of one of the package's tables in which some text is changed."""
    content = (PACKAGE_TABLES / f"{table}.csv").read_text(encoding="utf-8")
    assert old in content
    (folder / f"{table}.csv").write_text(content.replace(old, new, 1), encoding="utf-8")
    return folder


def line_of(table: str, beginning: str) -> int:
    """Line of the package's table that begins so."""
    lines = (PACKAGE_TABLES / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(beginning))


def refusals(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load_defaults(folder)
    return [str(problem) for problem in caught.value.problems]


def test_every_figure_has_a_source_and_a_confidence(defaults: DefaultTables) -> None:
    """No table of figures has a row without both; confidence is high, medium or low."""
    traced = [name for name, table in DEFAULT_TABLES.items() if table.has("confidence")]
    assert set(DEFAULT_TABLES) - set(traced) == {"clusters", "sector_rules", "sectors_left_out"}
    for name in traced:
        rows = defaults[name]
        assert rows["confidence"].isin(["H", "M-H", "M", "M-L", "L"]).all(), name
        assert rows["source"].str.len().gt(1).all(), name


def test_every_file_of_the_package_is_a_declared_table() -> None:
    """No file lies in the folder that nothing reads, none is missing, and the README names each."""
    assert {path.stem for path in PACKAGE_TABLES.glob("*.csv")} == set(DEFAULT_TABLES)
    readme = (PACKAGE_TABLES / "README.md").read_text(encoding="utf-8")
    listed = [name for line in readme.splitlines() if line.startswith("| ") for name in line.split("|")[1].split(", ")]
    assert {name.strip() for name in listed} - {"file"} == set(DEFAULT_TABLES)


def test_the_shares_of_a_sector_make_a_whole(defaults: DefaultTables) -> None:
    """Heat bands of each sector add up to all of its gas; waste incinerators burn none."""
    sectors = defaults["sectors"].set_index("sector")
    total = sectors[["below_100", "band_100_200", "band_200_500", "above_500"]].sum(axis=1).round(9)
    assert total.drop("waste_incineration").eq(1.0).all()
    assert total["waste_incineration"] == 0.0


def test_values_are_linear_between_years_and_constant_outside() -> None:
    """2027.5 lies half way between 2025 and 2030; before 2025 and after 2040 nothing changes."""
    rows = pd.DataFrame({"2025": [10.0], "2030": [20.0], "2035": [20.0], "2040": [0.0]})
    years = [2000, 2025, 2027.5, 2030, 2033, 2038, 2040, 2060]
    # 2038: three fifths of the way from 20 to 0 is 20 - 12 = 8.
    assert interpolated(rows, years).tolist() == [[10.0, 10.0, 15.0, 20.0, 20.0, 8.0, 0.0, 0.0]]


def test_a_table_of_the_user_takes_the_place_of_the_package_s(tmp_path: Path, defaults: DefaultTables) -> None:
    """Only the table in the user's folder changes; notes beside it are left alone."""
    folder = own(tmp_path, "general", "firm_rate,fraction per yr,0.13", "firm_rate,fraction per yr,0.10")
    (folder / "note_why.csv").write_text("anything")
    changed = load_defaults(folder)
    assert changed.general("firm_rate", 2025) == 0.10
    assert defaults.general("firm_rate", 2025) == 0.13
    assert changed["prices"].equals(defaults["prices"])


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "prices",
            "electricity,all,wholesale,EUR/MWh,1,1,85",
            "electricity,all,wholesale,EUR/MWh,1,1,-85",
            "prices.csv:{line}: column '2025' is -85.0; allowed: 0 or more",
        ),
        (
            "choices",
            "kiln,all,electric_kiln",
            "kiln,all,electric_klin",
            "choices.csv:{line}: column 'route' is electric_klin; allowed: an id listed in routes.csv",
        ),
        (
            "choices",
            "furnace,glass,ccs",
            "furnace,glas,ccs",
            "choices.csv:{line}: column 'sector' is glas; allowed: all or a sector listed in sectors.csv",
        ),
        (
            "routes",
            "current,current,,0",
            "now,current,,0",
            "technologies.csv:2: column 'route' is current; allowed: an id listed in routes.csv",
        ),
        ("general", "firm_rate,", "firms_rate,", "general.csv: has no row 'firm_rate'"),
        (
            "sector_rules",
            "1 20,asfalt|asphalt",
            "1 20,(asfalt|asphalt",
            "sector_rules.csv:{line}: column 'pattern' is (asfalt|asphalt|ooms producten|van der lee; "
            "allowed: a regular expression (missing ), unterminated subpattern at position 0)",
        ),
    ],
)
def test_a_faulty_table_of_the_user_is_refused(tmp_path: Path, table: str, old: str, new: str, message: str) -> None:
    """What is wrong in a table of the user's is told with file and line."""
    line = line_of(table, old)
    assert message.replace("{line}", str(line)) in refusals(own(tmp_path, table, old, new))


def test_a_table_without_sources_is_refused(tmp_path: Path) -> None:
    """A user's figures need a source and a confidence like the package's."""
    (tmp_path / "pots.csv").write_text("pot,name,carry_over\nown,Own,1\n")
    assert refusals(tmp_path) == [
        "pots.csv:1: column 'confidence' is missing; it has no default",
        "pots.csv:1: column 'source' is missing; it has no default",
    ]


def test_a_misspelt_table_is_not_lost(tmp_path: Path) -> None:
    """A CSV file that is no default table is refused with the list of those that are."""
    (tmp_path / "price.csv").write_text("item\n")
    assert refusals(tmp_path) == [f"price.csv: is no default table; tables: {', '.join(DEFAULT_TABLES)}"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Asking for tables in a folder that does not exist is a mistake of use."""
    with pytest.raises(UsageError, match=f"there is no folder {tmp_path / 'none'} of default tables"):
        load_defaults(tmp_path / "none")
