"""Reading the registry export: what is there, and what is refused with its line."""

import csv
import io
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from routeplan.errors import DataError, UsageError
from routeplan.importers.ets.layout import WHERE
from routeplan.importers.ets.register import read_register

COLUMNS = (
    "InstallationOrAircraftOperatorID, AccountHolderName, InstallationNameOrAircraftOperatorCode, City, ZipCode, "
    "MainActivityTypeCode, VerifiedEmissions_YEAR"
)


OTHER = "{}.csv:1: is no export of the EU ETS registry; allowed: columns " + f"{COLUMNS}, as in {WHERE}"


def changed(sample: Path, folder: Path, old: str, new: str) -> Path:
    content = sample.read_text(encoding="utf-8")
    assert old in content
    path = folder / "export.csv"
    path.write_text(content.replace(old, new), encoding="utf-8")
    return path


def refusals(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_register(path, 2021)
    return [str(problem) for problem in caught.value.problems]


def test_emissions_are_read_in_kt_with_their_line(sample: Path) -> None:
    """176,198 t are 176.198 kt; Excluded and empty are no emissions; the line is that of the file."""
    rows = read_register(sample, 2021).rows.set_index("installation")
    assert rows.loc["94", "emissions"] == pytest.approx(176.198)
    assert rows.loc["94", "line"] == 2
    assert np.isnan(rows.loc["200131", "emissions"])
    assert np.isnan(rows.loc["92", "emissions"])
    assert rows.loc["50", "name"] == "Aviko B.V., vestiging Steenderen"


def test_another_year_has_other_emissions(sample: Path) -> None:
    """The year asked for is the year read."""
    assert read_register(sample, 2020).rows.set_index("installation").loc["94", "emissions"] == pytest.approx(178.114)


def test_a_year_that_is_not_there_is_refused(sample: Path) -> None:
    """A year outside the export is a mistake of use; the years that are there are named."""
    with pytest.raises(UsageError) as caught:
        read_register(sample, 1999)
    assert str(caught.value) == "eutl_sample.csv has no emissions of 1999; years: 2019, 2020, 2021, 2022"


def test_emissions_that_are_no_number_are_refused(sample: Path, tmp_path: Path) -> None:
    """Every cell that is no amount is named with its line."""
    path = changed(sample, tmp_path, ",176198,", ",176.198 kt,")
    path = changed(path, tmp_path, ",71601,", ",-71601,")
    allowed = "a whole number of t, 0 or more, or Excluded, NA, Not Reported, or empty"
    assert refusals(path) == [
        f"export.csv:2: column 'VerifiedEmissions_2021' is 176.198 kt; allowed: {allowed}",
        f"export.csv:3: column 'VerifiedEmissions_2021' is -71601; allowed: {allowed}",
    ]


def test_an_installation_twice_is_refused(sample: Path, tmp_path: Path) -> None:
    """Two rows with one number cannot be told apart."""
    assert refusals(changed(sample, tmp_path, "NL-86,86,", "NL-94,94,")) == [
        "export.csv:3: column 'InstallationOrAircraftOperatorID' is 94; allowed: once in a country; "
        "it is on an earlier line too"
    ]


def test_another_file_is_refused(tmp_path: Path) -> None:
    """A CSV file that is no registry export is told so in one line, with the columns of one."""
    path = tmp_path / "sites.csv"
    path.write_text("site,town\na,EDE\n")
    assert refusals(path) == [
        f"sites.csv:1: is no export of the EU ETS registry; allowed: columns {COLUMNS}, as in {WHERE}"
    ]


def test_prose_is_refused_in_one_line(tmp_path: Path) -> None:
    """Rows of all widths are not told one by one where the header shows that it is another file."""
    path = tmp_path / "letter.csv"
    path.write_text("Dear sir, madam,\nplease find\nthe list, as promised, here\n")
    assert refusals(path) == [
        f"letter.csv:1: is no export of the EU ETS registry; allowed: columns {COLUMNS}, as in {WHERE}"
    ]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """A file without a header is told as that."""
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert refusals(path) == ["empty.csv: is empty; allowed: a table with a header, if need be without rows"]


def test_an_export_without_some_columns_is_refused(sample: Path, tmp_path: Path) -> None:
    """What an export lacks is told in one line, the columns that it needs besides."""
    path = changed(sample, tmp_path, "ZipCode", "Postcode")
    path = changed(path, tmp_path, "VerifiedEmissions_", "Emissions")
    assert refusals(path) == [
        "export.csv:1: lacks ZipCode, VerifiedEmissions_YEAR of an export of the EU ETS registry; "
        f"allowed: columns {COLUMNS}"
    ]


def test_a_ragged_row_is_refused(sample: Path, tmp_path: Path) -> None:
    """A row with a cell too many is named with its line; where numbers stand side by side a comma may be to blame."""
    path = changed(sample, tmp_path, "EERBEEK,6961 ED", "EERBEEK,6961,ED")
    assert refusals(path) == [
        "export.csv:3: has 21 cells; allowed: 20, as in the header "
        "(a number with a decimal comma? write 0.15, not 0,15)"
    ]


@pytest.mark.parametrize("mark", ["NA", "Not Reported", "Not Calculated", "-1", " excluded "])
def test_marks_of_nothing_are_nothing(mark: str, sample: Path, tmp_path: Path) -> None:
    """As the register, and those who publish it, write them."""
    rows = read_register(changed(sample, tmp_path, ",176198,", f",{mark},"), 2021).rows
    assert rows["emissions"].isna().tolist() == [
        True,
        *read_register(sample, 2021).rows["emissions"].isna().tolist()[1:],
    ]


@pytest.mark.parametrize(("cell", "whole"), [("71.601", "71601"), ('"71,601"', "71601"), ("1.071.601", "1071601")])
def test_a_sign_between_thousands_is_told(cell: str, whole: str, sample: Path, tmp_path: Path) -> None:
    """Tonnes of the register are whole: a thousandth of them is never taken in silence."""
    assert refusals(changed(sample, tmp_path, ",71601,", f",{cell},")) == [
        f"export.csv:3: column 'VerifiedEmissions_2021' is {cell.strip(chr(34))}; allowed: a whole number of t; "
        f"if the sign stands between thousands, write {whole}"
    ]


def test_numbers_of_two_countries_may_agree(sample: Path, tmp_path: Path) -> None:
    """Each country gives out its own; one of Ghent is no second 94 of Eerbeek."""
    header, first, *others = sample.read_text(encoding="utf-8").splitlines()
    abroad = first.replace("NL-94,", "BE-94,").replace(",NL,36,", ",BE,36,").replace("EERBEEK", "GENT")
    path = tmp_path / "export.csv"
    path.write_text("\n".join([header, first, *others, abroad]) + "\n", encoding="utf-8")
    rows = read_register(path, 2021).rows
    assert rows.loc[rows["installation"] == "94", "country"].tolist() == ["NL", "BE"]


def test_the_latest_complete_year_is_the_default(sample: Path, tmp_path: Path) -> None:
    """2022; and 2021, where but few have reported 2022 yet."""
    assert read_register(sample).year == 2022
    header, *rows = sample.read_text(encoding="utf-8").splitlines()
    position = header.split(",").index("VerifiedEmissions_2022")
    early = [row if number < 3 else _emptied(row, position) for number, row in enumerate(rows)]
    path = tmp_path / "export.csv"
    path.write_text("\n".join([header, *early]) + "\n", encoding="utf-8")
    assert read_register(path).year == 2021


def _emptied(row: str, position: int) -> str:
    cells = next(csv.reader([row]))
    cells[position] = ""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def test_files_that_are_tried_in_its_place_are_recognised(tmp_path: Path) -> None:
    """The Commission's list as a workbook, and as CSV below its title; that of EUETS.INFO."""
    book = tmp_path / "verified_emissions_2023_en.xlsx"
    openpyxl.Workbook().save(book)
    assert refusals(book) == [
        "verified_emissions_2023_en.xlsx: is a workbook; the Commission's list of verified emissions, for one, has no "
        f"towns; allowed: a CSV file such as {WHERE}"
    ]
    commission = tmp_path / "verified.csv"
    commission.write_text(
        "Verified emissions\n" * 20 + "REGISTRY_CODE,INSTALLATION_NAME,VERIFIED_EMISSIONS_2021\nNL,a,-1\n"
    )
    assert refusals(commission) == [
        "verified.csv: is the Commission's list of verified emissions, which has no towns; allowed: a CSV file such as "
        + WHERE
    ]
    info = tmp_path / "installation.csv"
    info.write_text("id,name,registry_id,activity_id,city,latitudeGoogle\nNL_1,a,NL,20,EDE,52\n")
    assert refusals(info)[0].startswith("installation.csv: is the list of installations of EUETS.INFO, which has no em")
