"""From the registry export to an instance, on a few real rows and, where it is at hand, the whole export."""

import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.errors import DataError, UsageError
from routeplan.importers.ets.ets import DROPPED_FILE, Imported, write_import
from routeplan.importers.ets.ets import import_ets as import_any
from routeplan.language.language import Words
from routeplan.schema.inputs import BASES, REGISTER

import_ets = partial(import_any, year=2021)
"""The year in which the sites of the register are known."""

ACHTERHOEK = {
    "eerbeek-94": ("paper", 176.198),
    "eerbeek-86": ("paper", 71.601),
    "steenderen-50": ("food", 61.406),
    "borculo-35": ("food", 32.779),
    "lochem-40": ("food", 30.849),
    "doetinchem-88": ("paper", 19.672),
    "azewijn-252": ("ceramics", 17.145),
    "eerbeek-402": ("paper", 10.552),
    "winterswijk-253": ("ceramics", 7.457),
}
"""The nine sites of the COROP region with verified emissions in 2021 [kt], from the registry."""


@pytest.fixture(scope="module")
def imported() -> Imported:
    """The region of the sample."""
    return import_ets(Path(__file__).parent / "data" / "eutl_sample.csv", region="Achterhoek")


@pytest.fixture(scope="module")
def export(shared_data: Path) -> Path:
    """The whole Dutch export, where it is at hand."""
    return shared_data / "sites" / "eutl_installations_nl.csv"


@pytest.fixture(scope="module")
def whole(export: Path) -> Imported:
    """The sites of the whole export."""
    return import_ets(export)


def current_emissions(imported: Imported) -> "pd.Series[float]":
    """What each site emits on its current options [kt/yr]."""
    options = imported.instance["options"]
    now = options[options["current"] == 1].set_index("process")["emissions"]
    owner = imported.instance["processes"].set_index("process")["site"]
    return now.groupby(owner).sum()


ENDED = (
    "line 10: Wienerberger B.V. Steenfabriek De Vlijt: the register has no emissions after 2022: closed, or out of the "
    "EU ETS and going on"
)
"""What is said of the one site of the sample whose emissions end."""


@pytest.mark.nightly
def test_the_nine_sites_of_a_region(imported: Imported) -> None:
    """Sectors are as known, and the options of today emit what the registry says, to a tonne."""
    sites = imported.instance["sites"].set_index("site")
    assert sites["sector"].to_dict() == {site: sector for site, (sector, _) in ACHTERHOEK.items()}
    assert set(sites["region"]) == {"Achterhoek"}
    emitted = current_emissions(imported)
    assert emitted.to_dict() == {site: pytest.approx(kt, abs=2e-3) for site, (_, kt) in ACHTERHOEK.items()}
    assert imported.warnings == (ENDED,)


def test_named_firms_are_marked(imported: Imported, tmp_path: Path) -> None:
    """Each site carries the name of a firm, and that its data are not the firm's: in tables and README."""
    sites = imported.instance["sites"]
    assert (sites["name"] != "").all()
    assert set(sites["basis"]) == {REGISTER}
    write_import(imported, tmp_path / "real")
    assert "`register`, " + BASES[REGISTER] in (tmp_path / "real" / "README.md").read_text(encoding="utf-8").replace(
        "\n", " "
    )


def test_every_row_is_a_site_or_has_a_reason(imported: Imported) -> None:
    """13 of the 22 rows of the sample are dropped; each says why, with its line in the export."""
    dropped = imported.dropped.set_index("installation")
    assert len(dropped) == 22 - 9
    assert dropped["reason"].to_dict() == {
        "131": "outside the region Achterhoek",
        "106": "outside the region Achterhoek",
        "312": "outside the region Achterhoek",
        "210": "in the cluster Rotterdam-Moerdijk",
        "155": "sector left out: power and heat for others",
        "203953": "in the cluster Rotterdam-Moerdijk",
        "205889": "sector left out: oil and gas production or transport",
        "206000": "sector left out: data centre",
        "214900": "sector left out: waste incinerator: the register does not hold its emissions from waste",
        "200131": "aircraft operator",
        "99": "sector left out: refinery",
        "151": "sector left out: power and heat for others",
        "92": "no emissions in 2021",
    }
    assert dropped.loc["131", "line"] == 11


@pytest.mark.nightly
def test_a_province_and_the_whole_country(sample: Path) -> None:
    """Without a region all sites of the sample are kept; a province keeps its own."""
    assert len(import_ets(sample).instance["sites"]) == 12
    sites = import_ets(sample, province="overijssel").instance["sites"]
    assert sites["site"].tolist() == ["hengelo-106"]


@pytest.mark.nightly
def test_another_year_counts_other_emissions(sample: Path) -> None:
    """Emissions of the year asked for are what the current options emit."""
    emitted = current_emissions(import_ets(sample, region="Achterhoek", year=2020))
    assert emitted["eerbeek-94"] == pytest.approx(178.114, abs=2e-3)


def test_what_is_written_is_read_again(imported: Imported, tmp_path: Path) -> None:
    """The folder reads as the same instance, with the derivation and the dropped rows beside the tables."""
    folder = tmp_path / "real"
    write_import(imported, folder)
    assert read(folder).sha256 == imported.instance.sha256
    derivation = pd.read_csv(folder / "derivation.csv", keep_default_na=False)
    assert len(derivation) == len(imported.derivation)
    assert len(pd.read_csv(folder / DROPPED_FILE)) == len(imported.dropped)


def test_the_folder_says_what_it_is(imported: Imported, tmp_path: Path) -> None:
    """Its README names register, year and selection, what is weak, and the commands with the folder's name."""
    write_import(imported, tmp_path / "real")
    text = (tmp_path / "real" / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Sites of the EU ETS outside the big clusters: Achterhoek, 2021\n")
    assert "| register | EU ETS (European Union Transaction Log, CC BY 4.0), export `eutl_sample.csv` |" in text
    # 427.659 kt of the nine sites; 6350 kt is cluster 6; 13 rows of the sample are no site of the region.
    assert "| selection | Achterhoek; outside the five big clusters; 428 kt CO2 a year |" in text
    assert "the sites get 6.7%, their share of emissions" in text
    assert "| left out | 13 rows of the export" in text
    # The three mills of Eerbeek.
    assert "Sites of one town lie on one point, as 3 do here" in text
    assert "\nrouteplan solve real --out real-plan\n" in text
    for file in ("derivation.csv", "note_dropped.csv"):
        assert f"`{file}`" in text


@pytest.mark.nightly
def test_the_readme_repeats_the_warnings(sample: Path, tmp_path: Path) -> None:
    """What the import warned of is among the weak points."""
    path = tmp_path / "export.csv"
    path.write_text(sample.read_text(encoding="utf-8").replace("LOCHEM,7241 DA", "LOCHUM,7241 DA"), encoding="utf-8")
    made = import_ets(path, region="Achterhoek")
    write_import(made, tmp_path / "real")
    text = (tmp_path / "real" / "README.md").read_text(encoding="utf-8")
    assert "- line 6: FrieslandCampina Lochem is left out: place 'LOCHUM' is in no gazetteer.\n" in text


def test_an_import_is_there_complete_or_not_at_all(imported: Imported, tmp_path: Path) -> None:
    """A folder that may not be replaced stays as it is, its README too."""
    write_import(imported, tmp_path / "real")
    (tmp_path / "real" / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="real is there already"):
        write_import(imported, tmp_path / "real")
    assert (tmp_path / "real" / "README.md").read_text(encoding="utf-8") == "mine"


def test_every_estimated_number_is_traced(imported: Imported) -> None:
    """The derivation names every table that holds estimates, and no row lacks a rule or parameters."""
    derivation = imported.derivation
    tables = {"sites", "options", "trends", "windows", "prices", "headroom", "reinforcements", "supply", "budgets"}
    assert tables | {"sources", "hubs", "links"} <= set(derivation["table"])
    assert derivation["rule"].str.len().gt(0).all()
    assert derivation["parameters"].str.len().gt(0).all()
    assert not derivation.duplicated(["table", "key", "column"]).any()
    prices = imported.instance["prices"]
    traced = derivation[derivation["table"] == "prices"].set_index("key")["value"]
    key = prices["item"] + " / " + prices["group"] + " / " + prices["period"].astype(str)
    assert traced[key].tolist() == prices["price"].tolist()


@pytest.mark.nightly
def test_own_tables_change_the_instance(sample: Path, tmp_path: Path) -> None:
    """Clusters of the user's own: a town that lies in one is dropped."""
    (tmp_path / "clusters.csv").write_text("place,cluster\nEerbeek,Paper valley\n")
    made = import_ets(sample, region="Achterhoek", tables=tmp_path)
    assert len(made.instance["sites"]) == 6
    assert (made.dropped["reason"] == "in the cluster Paper valley").sum() == 3


@pytest.mark.nightly
def test_other_periods(sample: Path) -> None:
    """Periods and horizon are the user's choice; years outside the tables take the nearest."""
    made = import_ets(sample, region="Achterhoek", periods=(2030, 2040), horizon_end=2060)
    assert made.instance["periods"]["years"].tolist() == [10, 20]
    assert made.instance.settings.base_year == 2030


@pytest.mark.nightly
def test_a_place_in_no_gazetteer_is_told(sample: Path, tmp_path: Path) -> None:
    """A town that nobody knows is left out, with a warning that names it and its line."""
    path = tmp_path / "export.csv"
    path.write_text(sample.read_text(encoding="utf-8").replace("LOCHEM,7241 DA", "LOCHUM,7241 DA"), encoding="utf-8")
    made = import_ets(path, region="Achterhoek")
    assert made.warnings == (ENDED, "line 6: FrieslandCampina Lochem is left out: place 'LOCHUM' is in no gazetteer")
    assert len(made.instance["sites"]) == 8


@pytest.mark.nightly
def test_a_place_of_geonames_and_an_unknown_sector_are_told(sample: Path, tmp_path: Path) -> None:
    """Where region or sector are guesses, a warning says so."""
    content = sample.read_text(encoding="utf-8")
    content = content.replace("AVIKO B.V.", "Aviko B.V.").replace("STEENDEREN,7221 CD", "ZEVENAAR,6903 PC")
    content = content.replace("Aviko B.V.", "Nobody B.V.")
    path = tmp_path / "export.csv"
    path.write_text(content, encoding="utf-8")
    made = import_ets(path, region="Arnhem/Nijmegen")
    sector = Words("en").name("other_manufacturing")
    assert made.warnings == (
        "line 4: Nobody B.V., vestiging Steenderen: ZEVENAAR is not in places.csv; region Arnhem/Nijmegen and area "
        "G06 are the nearest town's",
        f"line 4: Nobody B.V., vestiging Steenderen: no rule gives its sector; taken as {sector}",
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"region": "Atlantis"}, "no region is called 'Atlantis'; regions: Achterhoek, "),
        (
            {"region": "Flevoland"},
            "eutl_sample.csv has no site outside the big clusters with emissions in 2021 in Flevoland",
        ),
        ({"year": 1990}, "eutl_sample.csv has no emissions of 1990; years: 2019, 2020, 2021, 2022"),
        (
            {"periods": (2030, 2026)},
            "periods and the horizon's end must be increasing years; they are 2030, 2026, 2045",
        ),
        ({"tables": "/no/such/folder"}, "there is no folder /no/such/folder of default tables"),
    ],
)
def test_what_makes_no_sense_is_refused(sample: Path, asked: dict[str, object], message: str) -> None:
    """A mistake of use is told in one sentence with what would be right."""
    with pytest.raises(UsageError) as caught:
        import_ets(sample, **asked)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    """A spreadsheet saved with semicolons: one message with file and line, no traceback."""
    path = tmp_path / "export.csv"
    path.write_text("InstallationOrAircraftOperatorID;City\n94;EERBEEK\n")
    with pytest.raises(DataError) as caught:
        import_ets(path)
    assert [problem.place for problem in caught.value.problems] == ["export.csv:1"]


@pytest.mark.nightly
def test_the_country_as_it_is_known(whole: Imported, shared_data: Path) -> None:
    """The sites of the reference but the one whose account is closed, with their sectors, emissions and grid areas."""
    made = whole
    known = pd.read_csv(shared_data / "sites" / "nl_ets_cluster6_2021.csv", dtype={"eutl_id": str})
    known = known.set_index("eutl_id").sort_index().drop("87")
    assert made.dropped.set_index("installation").loc["87", "reason"] == "its account in the register is closed"
    sites = made.instance["sites"]
    sites = sites.set_index(sites["site"].str.rsplit("-", n=1).str[-1]).sort_index()
    assert sites.index.tolist() == known.index.tolist()
    assert sites["sector"].tolist() == known["sector"].tolist()
    emitted = current_emissions(made)[sites["site"]].to_numpy()
    assert emitted == pytest.approx(known["t_co2_2021"].to_numpy() / 1000, abs=5e-3)
    # Two towns are set right in the gazetteer: Renkum is near Arnhem, and Afferden (58) lies in Limburg.
    differ = sites["area"] != known["grid_area"]
    assert set(sites.loc[differ, "site"]) == {"renkum-90", "afferden-272"}
    (warning,) = made.warnings
    assert warning.startswith(
        "8 installations: emissions in the register end: closed, or out of the EU ETS and going on: "
    )
    assert warning.count("(line ") == 8


@pytest.mark.nightly
def test_the_export_as_it_is_published(whole: Imported, shared_data: Path) -> None:
    """`NA`, `Excluded` and `Not Reported` in thousands of cells: the same sites as of the export without them."""
    made = import_ets(shared_data / "sites" / "eutl_installations_nl_as_published.csv")
    assert made.instance["sites"]["site"].tolist() == whole.instance["sites"]["site"].tolist()
    assert current_emissions(made).to_dict() == current_emissions(whole).to_dict()


@pytest.mark.nightly
def test_a_closed_account_is_left_out(sample: Path, tmp_path: Path) -> None:
    """Even where it reports emissions of the year that is asked."""
    path = tmp_path / "export.csv"
    path.write_text(
        re.sub(r"(\nNL-94,94,[^\n]*?,)open,", r"\1closed,", sample.read_text(encoding="utf-8")), encoding="utf-8"
    )
    dropped = import_ets(path).dropped.set_index("installation")
    assert dropped.loc["94", "reason"] == "its account in the register is closed"


@pytest.mark.nightly
def test_a_region_of_the_whole_export(export: Path) -> None:
    """The Achterhoek of the whole export is that of the sample."""
    sites = import_ets(export, region="achterhoek").instance["sites"]
    assert sites["site"].tolist() == list(ACHTERHOEK)
