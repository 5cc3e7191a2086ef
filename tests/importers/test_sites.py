"""A region from one sheet: in Dutch or English, of what firms know; all else is estimated."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from routeplan.cli.main import app
from routeplan.data.read import check, read
from routeplan.errors import DataError, UsageError
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.importers.sites.fields import FIELDS
from routeplan.importers.sites.numbers import has_two_readings, read_number
from routeplan.importers.sites.sites import import_sites, site_ids, write_imported_sites
from routeplan.importers.sites.template import header, write_sites_template
from routeplan.importers.sites.unusual import TIMES, gas_of_sectors
from routeplan.language.language import Language, Words

DUTCH = "naam;plaats;sector;gas [GWh/jaar];elektriciteit;vrij in contract;station;wensen\n"
ENGLISH = "name,town,sector,gas,electricity,free in contract,station,wishes\n"


def sheet(tmp_path: Path, text: str, name: str = "regio.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    with pytest.raises(DataError) as refused:
        import_sites(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.nightly
def test_the_template_makes_a_region(language: Language, tmp_path: Path) -> None:
    """Its five sites become an instance without a problem or warning, with a README, in the language of the sheet."""
    path = write_sites_template(tmp_path / "region.xlsx", language=language)
    imported = import_sites(path)
    assert (imported.language, imported.warnings) == (language, ())
    write_imported_sites(imported, tmp_path / "region")
    found = check(tmp_path / "region")
    assert (found.problems, found.warnings) == ((), ())
    assert len(read(tmp_path / "region")["sites"]) == 5
    text = (tmp_path / "region" / "README.md").read_text(encoding="utf-8")
    assert ("5 locaties met" if language is Language.DUTCH else "5 sites with") in text
    assert imported.instance.settings.title.startswith("Industrie" if language is Language.DUTCH else "Industry")


@pytest.mark.nightly
def test_both_languages_mean_the_same(tmp_path: Path) -> None:
    """Headers, sectors, wishes; a decimal comma where cells are kept apart by semicolons."""
    dutch = DUTCH + 'Melk;Lochem;voeding;62,5;16;0,5;Lochem;"elektrificatie 2030 gepland; groen gas"\n'
    english = ENGLISH + "Melk,Lochem,food,62.5,16,0.5,Lochem,electrification 2030 planned; green gas\n"
    one, other = (
        import_sites(sheet(tmp_path, text, name), name="a", title="a")
        for text, name in ((dutch, "a.csv"), (english, "b.csv"))
    )
    for name in ("sites", "options", "wishes", "areas"):
        assert one.instance[name].equals(other.instance[name]), name


def test_what_is_given_is_kept_and_the_rest_is_estimated(tmp_path: Path, defaults: DefaultTables) -> None:
    """Gas by volume at 8.79 kWh/m3 and bands by the sector; electricity by the sector where the cell is empty."""
    text = "naam;plaats;sector;gasvolume;elektriciteit;gas\nA;Lochem;voeding;1000000;;\nB;Lochem;papier;;5;20\n"
    imported = import_sites(sheet(tmp_path, text))
    rows = imported.derivation
    demand = rows[rows["table"].str.startswith("demand")].set_index(["key", "column"])
    food = defaults["sectors"].set_index("sector").loc["food"]
    assert demand.loc[("a", "gas"), "value"] == pytest.approx(8.79)
    assert demand.loc[("a", "gas_100_200"), "value"] == pytest.approx(8.79 * food["band_100_200"], abs=1e-3)
    assert demand.loc[("a", "electricity"), "value"] == pytest.approx(8.79 * food["electricity_ratio"], abs=1e-3)
    assert demand.loc[("b", "electricity"), ["value", "rule", "parameters"]].tolist() == [
        5.0,
        "as given",
        "regio.csv:3",
    ]
    options = imported.instance["options"].query("current == 1")
    gas = options["gas"].groupby(options["process"].str.partition(".")[0]).sum()
    assert gas["b"] == pytest.approx(20.0, abs=0.01)


@pytest.mark.nightly
def test_bands_are_taken_as_they_are(tmp_path: Path) -> None:
    """Given bands need no gas as a whole; those left empty are 0."""
    text = "naam;plaats;sector;gas onder 100 C;gas 100 tot 200 C\nA;Lochem;voeding;10;30\n"
    options = import_sites(sheet(tmp_path, text)).instance["options"].query("current == 1")
    assert options["gas"].sum() == pytest.approx(40.0, abs=0.01)


@pytest.mark.nightly
def test_stations_are_areas_inside_the_congestion_area(tmp_path: Path) -> None:
    """Without a limit of their own, until somebody fills it in; sites of one contract share it."""
    text = "naam;plaats;sector;gas;station;gedeeld contract\nA;Lochem;voeding;10;De Pol;Park\n"
    text += "B;Lochem;papier;20;De Pol;Park\n"
    instance = import_sites(sheet(tmp_path, text)).instance
    station = instance["areas"].set_index("area").loc["G05-de-pol"]
    assert (station["name"], station["parent"]) == ("De Pol", "G05")
    assert set(instance["sites"]["area"]) == {"G05-de-pol"}
    assert set(instance["sites"]["contract"]) == {"contract-park"}
    assert "G05-de-pol" not in set(instance["headroom"]["area"])


@pytest.mark.nightly
def test_metres_of_rd_new_are_places_too(tmp_path: Path) -> None:
    """The tower of Amersfoort, whose coordinates both grids count from."""
    text = "naam;plaats;y;x;sector;gas\nToren;Amersfoort;463000;155000;voeding;10\n"
    site = import_sites(sheet(tmp_path, text)).instance["sites"].iloc[0]
    assert (site["lat"], site["lon"]) == pytest.approx((52.1551744, 5.38720621), abs=1e-6)


WRONG = {
    "a sector that is misspelt": (
        "A;Lochem;papierr;10;;;;\n",
        "regio.csv:2: kolom 'sector' is papierr; toegestaan: een van voeding, papier, keramiek, glas, minerale wol, "
        "chemie, metaal, asfalt, overige industrie, afvalverbranding; bedoelde u 'papier'?",
    ),
    "a town that nobody knows": (
        "A;Lochum;papier;10;;;;\n",
        "regio.csv:2: de plaats Lochum is niet bekend; voeg de postcode toe, of kolommen met coördinaten",
    ),
    "no town": (
        "A;;papier;10;;;;\n",
        "regio.csv:2: kolom 'plaats' is leeg; toegestaan: een plaats in Nederland, of coördinaten",
    ),
    "no gas": (
        "A;Lochem;papier;;;;;\n",
        "regio.csv:2: kolom 'gas' is leeg; toegestaan: een getal in GWh/jaar, 0 of meer",
    ),
    "less than nothing": (
        "A;Lochem;papier;-3;;;;\n",
        "regio.csv:2: kolom 'gas' is -3; toegestaan: een getal in GWh/jaar, 0 of meer",
    ),
    "a sign between thousands": (
        "A;Lochem;papier;1.500;;;;\n",
        "regio.csv:2: kolom 'gas' is 1.500; toegestaan: 1500, of een getal met een ander aantal decimalen: dit kan op "
        "twee manieren worden gelezen",
    ),
    "words for a number": (
        "A;Lochem;papier;ca. 10;;;;\n",
        "regio.csv:2: kolom 'gas' is ca. 10; toegestaan: een getal in GWh/jaar, 0 of meer",
    ),
    "a wish that nobody understands": (
        "A;Lochem;papier;10;;;;kernenergie 2030\n",
        "regio.csv:2: kolom 'wensen' is kernenergie 2030; toegestaan: een route, een jaar en hoe zeker het is: "
        "elektrificatie 2030 gepland; waterstof 2035",
    ),
}


@pytest.mark.some(4)
@pytest.mark.parametrize(("row", "message"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_told_in_the_language_of_the_sheet(row: str, message: str, tmp_path: Path) -> None:
    """With its line, and what is allowed."""
    assert told(sheet(tmp_path, DUTCH + row)) == [message]


def test_every_problem_of_a_workbook_is_told_with_its_cell(tmp_path: Path) -> None:
    """Two rows with three mistakes, in Dutch, by sheet and cell."""
    path = write_sites_template(tmp_path / "regio.xlsx")
    book = openpyxl.load_workbook(path)
    rows = book["locaties"]
    rows["C2"], rows["D3"], rows["I3"] = "zuivvel", "veel", "ooit iets"
    book.save(path)
    assert [text.partition(" is ")[0] for text in told(path)] == [
        "regio.xlsx: locaties!C2: kolom 'sector'",
        "regio.xlsx: locaties!D3: kolom 'gas'",
        "regio.xlsx: locaties!I3: kolom 'wensen'",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("naam;plaats;sektor;gas\n", "kolom 'sektor' is onbekend; toegestaan: naam, plaats, sector, gas"),
        ("naam;naam;plaats;sector;gas\n", "kolom 'naam' staat er twee keer; toegestaan: elke kolom één keer"),
        ("naam;plaats;sector\n", "kolom 'gas' ontbreekt"),
        ("name,town,sector,gas\n", "has no rows; allowed: a row for each site"),
    ],
)
def test_headers_that_nobody_knows_or_that_lack_are_told(text: str, message: str, tmp_path: Path) -> None:
    """In the language of the others; notes of the user's are left alone."""
    assert any(message in problem for problem in told(sheet(tmp_path, text)))


@pytest.mark.nightly
def test_a_wish_that_cannot_be_is_told(tmp_path: Path) -> None:
    """CO2 capture at a laundry: no process has it, so the wish is left out, and that is said."""
    imported = import_sites(sheet(tmp_path, DUTCH + "Was;Lochem;voeding;10;;;;CO2-afvang 2035\n"))
    assert imported.warnings == ("Was: geen enkel proces kan op tijd overstappen op CO2-afvang; deze wens vervalt",)
    assert imported.instance["wishes"].empty


@pytest.mark.nightly
def test_wishes_come_when_they_can(tmp_path: Path) -> None:
    """Hydrogen is there from 2031 on, so that a wish of 2030 is met in 2033; how sure it is stands there too."""
    wishes = import_sites(
        sheet(tmp_path, DUTCH + "Bak;Winterswijk;keramiek;40;;;;waterstof 2030 definitief\n")
    ).instance["wishes"]
    kiln = wishes[wishes["route"] == "hydrogen_burner"].iloc[0]
    assert (kiln["period"], kiln["maturity"]) == (2033, "firm")


def test_ids_are_made_of_names() -> None:
    """Letters and digits; names that are the same are numbered, and none is `all`."""
    assert site_ids(pd.Series(["Bakkerij 't Hoekje", "Melk", "Melk", "ALL", "\u6c34"])).tolist() == [
        "bakkerij-t-hoekje",
        "melk-1",
        "melk-2",
        "site-all",
        "site",
    ]


def test_ids_of_sites_are_nobody_elses() -> None:
    """Past a name that ends in a number already, and past nodes and contracts."""
    names = pd.Series(["Melk", "Melk 1", "Melk", "H2 Hub", "contract a"])
    ids = site_ids(names, {"h2-hub", "contract-a"}).tolist()
    assert ids == ["melk-2", "melk-1", "melk-3", "h2-hub-1", "contract-a-1"]


@pytest.mark.nightly
def test_a_site_named_as_a_node_or_a_contract_is_no_problem(tmp_path: Path, defaults: DefaultTables) -> None:
    """Its id is another one; so is that of a site named as the contract that two others share."""
    node = defaults["network_nodes"]["node"].iloc[0]
    text = "naam;plaats;sector;gas;gedeeld contract\n"
    text += f"{node};Lochem;voeding;10;\nContract Park;Lochem;voeding;10;\nA;Lochem;voeding;10;Park\n"
    text += "B;Lochem;voeding;10;Park\n"
    sites = import_sites(sheet(tmp_path, text)).instance["sites"]
    assert sites["site"].tolist() == [f"{node}-1", "contract-park-1", "a", "b"]
    assert sites["contract"].tolist()[2:] == ["contract-park"] * 2


READINGS = {
    "1.500,5": (1500.5, 1500.5),
    "1,500.5": (1500.5, 1500.5),
    "1.500.000": (1.5e6, 1.5e6),
    "3,5": (3.5, None),
    "3.5": (3.5, 3.5),
    "0.125": (0.125, 0.125),
    "1.525": ("twice", 1.525),
    "1.500": ("twice", "twice"),
    "1,500": ("twice", "twice"),
    "1.50,5": (None, None),
    "1.500,500.5": (None, None),
    "1e999": (None, None),
    "12 GWh": (None, None),
}
"""Numbers in cells of text, and their readings where a comma may be decimal, and where it stands between cells."""


@pytest.mark.parametrize("text", READINGS)
def test_a_number_has_one_reading_or_none(text: str) -> None:
    """Never a guess: what can be read twice is refused, and so is what cannot be read."""
    found = ["twice" if has_two_readings(text, comma) else read_number(text, comma) for comma in (True, False)]
    assert found == list(READINGS[text])


@pytest.mark.nightly
def test_coordinates_alone_are_a_place(tmp_path: Path) -> None:
    """Three decimals make degrees; without a town, region and congestion area are those of the nearest one."""
    text = "name,latitude,longitude,sector,gas\nMill,52.159,6.411,food,60\n"
    imported = import_sites(sheet(tmp_path, text))
    assert imported.warnings == ("Mill: region and congestion area are those of the nearest town, Lochem",)
    site = imported.instance["sites"].iloc[0]
    assert (site["lat"], site["lon"], site["region"], site["area"]) == (52.159, 6.411, "Achterhoek", "G05")


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("52.155;5.387", (52.155, 5.387)),
        ("52,155;5,387", (52.155, 5.387)),
        ("463.000;155.000", (52.1551744, 5.38720621)),
        ("463000;155000", (52.1551744, 5.38720621)),
    ],
)
def test_coordinates_have_one_reading(row: str, place: tuple[float, float], tmp_path: Path) -> None:
    """The tower of Amersfoort, from which RD New counts: a sign is decimal in degrees, not in metres."""
    text = f"naam;plaats;breedtegraad;lengtegraad;sector;gas\nToren;Amersfoort;{row};voeding;10\n"
    site = import_sites(sheet(tmp_path, text)).instance["sites"].iloc[0]
    assert (site["lat"], site["lon"]) == pytest.approx(place, abs=1e-6)


def test_what_is_no_import_is_not_written(tmp_path: Path) -> None:
    """A sheet for example, which is to be imported first."""
    with pytest.raises(UsageError, match="'a sheet' is no imported sheet of sites"):
        write_imported_sites("a sheet", tmp_path / "made")  # type: ignore[arg-type]
    assert not (tmp_path / "made").exists()


def test_a_place_elsewhere_is_refused(tmp_path: Path) -> None:
    """Latitude and longitude swapped, which would put the site off Somalia."""
    text = "naam;plaats;breedtegraad;lengtegraad;sector;gas\nToren;Amersfoort;5,387;52,155;voeding;10\n"
    assert told(sheet(tmp_path, text)) == [
        "regio.csv:2: kolom 'breedtegraad' is 5.387; toegestaan: een plaats in Nederland, in graden (WGS 84) of meters "
        "(RD New)"
    ]


@pytest.mark.nightly
def test_an_instance_can_be_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From sheet to plan without a folder of tables; README and derivation are sheets, which are not read."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> tuple[int, str]:
        ended = CliRunner().invoke(app, words)
        return ended.exit_code, ended.output

    write_sites_template(tmp_path / "sites.xlsx")
    code, said = typed("import", "sites", "sites.xlsx", "--out", "region.xlsx")
    assert (code, said.splitlines()[-2:]) == (
        0,
        ["Wat onzeker is: region.xlsx, blad note_readme", "Nu: routeplan solve region.xlsx"],
    )
    assert typed("import", "sites", "sites.xlsx", "--out", "region")[0] == 0
    assert read("region.xlsx").sha256 == read("region").sha256
    book: Any = openpyxl.load_workbook("region.xlsx")
    told = [row[0] for row in book["note_readme"].iter_rows(values_only=True)]
    assert told[0] == read("region").settings.title
    assert "routeplan solve region.xlsx --out region-plan" in told
    derivation = pd.read_csv("region/derivation.csv", dtype="str", keep_default_na=False)
    rows = [[str(cell or "") for cell in row] for row in book["note_derivation"].iter_rows(values_only=True)]
    assert (rows[0], len(rows) - 1) == (list(derivation), len(derivation))
    assert [row[1] for row in rows[1:]] == derivation["key"].tolist()
    assert typed("check", "region.xlsx")[0] == 0


def test_a_place_in_use_is_refused_before_the_sheet_is_read(tmp_path: Path) -> None:
    """The sheet need not even be there; a workbook of something else stays with --overwrite too."""
    openpyxl.Workbook().save(tmp_path / "holiday.xlsx")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    for place, more, why in (
        ("holiday.xlsx", [], "is there already; --overwrite replaces it, --out BOOK.xlsx writes elsewhere"),
        ("holiday.xlsx", ["--overwrite"], "holds no instance, so it stays"),
        ("mine", [], "is there already; allowed: a new or empty folder"),
        ("mine", ["--overwrite"], "holds no instance, so it stays"),
        ("page.html", [], "is the name of a file"),
    ):
        words = [
            "import",
            "sites",
            str(tmp_path / "none.xlsx"),
            "--language",
            "en",
            "--out",
            str(tmp_path / place),
            *more,
        ]
        ended = CliRunner().invoke(app, words)
        assert (ended.exit_code, why in ended.output) == (2, True), ended.output


def test_the_template_explains_every_column(tmp_path: Path) -> None:
    """Those that it shows have their headers on the first sheet; all are on the second, which is not read."""
    book = openpyxl.load_workbook(write_sites_template(tmp_path / "sites.xlsx", language="en"))
    words = Words("en")
    assert [cell.value for cell in book["sites"][1]] == [
        header(field, words) for field in FIELDS.values() if field.shown
    ]
    explained = {row[0].value for row in book["note"].iter_rows()}
    assert {header(field, words) for field in FIELDS.values()} <= explained


@pytest.mark.parametrize("name", ["folder", "there.xlsx"])
def test_a_template_replaces_nothing(name: str, tmp_path: Path) -> None:
    """Nor is it anything but a workbook."""
    (tmp_path / "there.xlsx").write_text("mine")
    with pytest.raises(UsageError):
        write_sites_template(tmp_path / name)
    assert (tmp_path / "there.xlsx").read_text() == "mine"


def test_own_tables_offer_their_sectors(tmp_path: Path) -> None:
    """A sector of the user's own is offered in the sheet, and understood."""
    default = Path(load_defaults.__code__.co_filename).parent / "tables" / "sectors.csv"
    first, *rows = default.read_text(encoding="utf-8").splitlines()
    other = next(row for row in rows if row.startswith("other_manufacturing,"))
    rows.append(other.replace("other_manufacturing", "laundries", 1))
    (tmp_path / "sectors.csv").write_text("\n".join([first, *rows]) + "\n", encoding="utf-8")
    book: Any = openpyxl.load_workbook(write_sites_template(tmp_path / "s.xlsx", language="en", tables=tmp_path))
    offered = book["sites"].data_validations.dataValidation[0].formula1
    assert (offered, book["note_lists"].sheet_state) == (f"note_lists!$A$2:$A${len(rows) + 1}", "hidden")
    assert "laundries" in [cell.value for cell in book["note_lists"]["A"]]


@pytest.mark.nightly
def test_the_commands_lead_from_a_sheet_to_an_instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says the next one; what is there is not replaced, and an empty workbook tells of --sites."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> tuple[int, str]:
        ended = CliRunner().invoke(app, words)
        return ended.exit_code, ended.output

    assert typed("template", "my sites.xlsx", "--sites") == (
        0,
        "A sheet of sites, with an example of five, is in my sites.xlsx.\n"
        "Fill it in, then: routeplan import sites 'my sites.xlsx'\n",
    )
    code, said = typed("import", "sites", "my sites.xlsx", "--out", "region", "--title", "Van ons")
    assert (code, said.splitlines()[-1]) == (0, "Nu: routeplan solve region")
    assert read("region").settings.title == "Van ons"
    assert typed("import", "sites", "my sites.xlsx", "--out", "region")[0] == 2
    code, said = typed("template", "other.xlsx")
    assert (code, "routeplan template SHEET.xlsx --sites" in said) == (0, True)


def largest_gas(defaults: DefaultTables, sector: str) -> float:
    """Gas that emits what the largest site of a sector does, its process CO2 aside [GWh/yr]."""
    emissions = defaults["sector_sizes"].set_index("sector").loc[[sector], "most"].max()
    share = defaults["sectors"].set_index("sector").loc[sector, "process_co2"]
    return float(emissions * (1 - share) / defaults.general("gas_emission_factor"))


@pytest.mark.parametrize("sector", ["asphalt", "food", "ceramics", "glass"])
def test_the_largest_site_of_a_sector_follows_from_its_emissions(sector: str, defaults: DefaultTables) -> None:
    """With and without CO2 of the process, and among small sites and those of the ETS."""
    assert gas_of_sectors(defaults).loc[sector, "most"] == pytest.approx(largest_gas(defaults, sector), abs=0.01)


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("header", "amount", "meant"),
    [
        ("gas [GWh/jaar]", 18_200, "; bedoelde u MWh/jaar?"),  # 18.2 GWh, as asphalt plants use
        ("gas [GWh/jaar]", 1_250_000, "; bedoelde u m3/jaar of kWh/jaar?"),  # 11 or 1.25 GWh
        ("gas [GWh/jaar]", 18_200_000, "; bedoelde u kWh/jaar?"),  # by volume three times the largest and more
        ("gas [GWh/jaar]", 400, ""),  # 0.4 GWh would be far less than the smallest
        ("gas onder 100 C", 18_200, "; bedoelde u MWh/jaar?"),
    ],
)
def test_gas_in_another_unit_is_told_at_its_cell(
    header: str, amount: int, meant: str, tmp_path: Path, defaults: DefaultTables
) -> None:
    """An asphalt plant with more than any has; the unit is told with which it would be one of them."""
    words = Words(Language.DUTCH)
    largest = words.number(largest_gas(defaults, "asphalt"))
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "locaties"
    page.append(["naam", "plaats", "sector", header])
    page.append(["A", "Lochem", "asfalt", 20])
    page.append(["B", "Lochem", "asfalt", amount])
    book.save(tmp_path / "mijn-locaties.xlsx")
    assert import_sites(tmp_path / "mijn-locaties.xlsx").warnings == (
        f"mijn-locaties.xlsx: locaties!D3: {header.partition(' [')[0]} is {words.number(amount)} GWh/jaar, "
        f"veel meer dan de grootste locatie in deze sector ({largest} GWh/jaar){meant}",
    )


@pytest.mark.nightly
def test_gas_by_volume_is_held_against_the_same_site(tmp_path: Path, defaults: DefaultTables) -> None:
    """In English too; what the largest site has is told by volume."""
    largest = largest_gas(defaults, "asphalt") * 1e6 / defaults.general("gas_heating_value")
    path = sheet(tmp_path, "name,town,sector,gas volume\nA,Lochem,asphalt,40000000\n", "my.csv")
    shown = Words().number(float(f"{largest:.3g}"))
    assert import_sites(path).warnings == (
        "my.csv:2: gas volume is 40,000,000 m3/yr, far more than the largest site of this sector "
        f"({shown} m3/yr); did you mean kWh/yr?",
    )


@pytest.mark.parametrize(("share", "count"), [(0.99, 0), (1.01, 1)])
@pytest.mark.nightly
def test_gas_is_told_above_three_times_the_largest(
    share: float, count: int, tmp_path: Path, defaults: DefaultTables
) -> None:
    """Just below nothing is said."""
    gas = share * TIMES * largest_gas(defaults, "food")
    imported = import_sites(sheet(tmp_path, ENGLISH + f"A,Lochem,food,{gas:.2f},,,,\n"))
    assert len(imported.warnings) == count


@pytest.mark.nightly
def test_electricity_and_room_have_usual_ranges(tmp_path: Path) -> None:
    """Of each site, told in the order of the columns; the last amounts that are usual are not told."""
    text = DUTCH + "A;Lochem;voeding;60;16000;800;;\nB;Lochem;voeding;60;2000;200;;\n"
    assert import_sites(sheet(tmp_path, text)).warnings == (
        "regio.csv:2: elektriciteit is 16.000 GWh/jaar, veel meer dan gebruikelijk (hoogstens 2.000 GWh/jaar): "
        "meer dan locaties buiten de grote clusters verbruiken; MWh of kWh in plaats van GWh?",
        "regio.csv:2: vrij in contract is 800 MW, veel meer dan gebruikelijk (hoogstens 200 MW): "
        "meer dan locaties buiten de grote clusters hebben; kW in plaats van MW?",
    )


@pytest.mark.nightly
def test_gas_of_a_sector_without_known_sizes_has_a_usual_range(tmp_path: Path) -> None:
    """The emissions of incinerators tell nothing of their gas."""
    text = "name,town,sector,gas,CO2 not from gas\nA,Lochem,waste incineration,18200,90\n"
    text += "B,Lochem,waste incineration,5,90\n"
    (warning,) = import_sites(sheet(tmp_path, text)).warnings
    assert warning.startswith("regio.csv:2: gas is 18,200 GWh/yr, far more than usual (at most 3,000 GWh/yr): ")
