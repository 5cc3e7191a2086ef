"""Company surveys become an instance: what is understood, what stays inside, and what is told."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from routeplan.cli.main import app
from routeplan.data.read import check, read
from routeplan.data.typed import YES_OR_NO
from routeplan.errors import DataError, UsageError
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.demand import BANDS
from routeplan.importers.sites.sites import import_sites
from routeplan.importers.survey.fields import FIELDS
from routeplan.importers.survey.mapping import NAMES_FILE, write_survey_names
from routeplan.importers.survey.reading import Meanings
from routeplan.importers.survey.survey import ImportedSurvey, import_survey, write_imported_survey
from routeplan.language.language import Language, Words
from surveys import BAKERY, HOURLY, HOURS, cell_of, changed, json_file, named, survey_of, with_profile, workbook

pytestmark = pytest.mark.slow

GAS = "naturalGasAnnualDeliveryM3"


def told(path: Path, **how: Any) -> list[str]:
    with pytest.raises(DataError) as refused:
        import_survey(path, **how)
    return [str(problem) for problem in refused.value.problems]


def demand(imported: ImportedSurvey) -> "pd.Series[float]":
    rows = imported.made.derivation
    return rows[rows["table"].str.startswith("demand")].set_index(["key", "column"])["value"]


def gas(imported: ImportedSurvey) -> float:
    """Gas of the only site [GWh/yr]."""
    rows = imported.made.derivation
    return float(rows.loc[rows["column"].isin(BANDS), "value"].sum())


def outcome(imported: ImportedSurvey, name: str) -> tuple[str, str, str]:
    """Outcome, field and value of an answer."""
    row = imported.notes.set_index("name").loc[name]
    return row["outcome"], row["field"], row["value"]


def names_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_workbook_becomes_a_site(tmp_path: Path, defaults: DefaultTables) -> None:
    """Cubic metres at the heating value of the default tables, kWh as GWh, and the plan as wishes."""
    imported = import_survey(workbook(tmp_path / "1.xlsx"), with_names=True)
    energy = demand(imported)
    value = defaults["general"].set_index("name").loc["gas_heating_value", "2030"]
    site = "bakkerij-de-korenaar"
    assert energy[site, "gas"] == pytest.approx(BAKERY[GAS] * value / 1e6)
    assert energy[site, "electricity"] == pytest.approx(BAKERY["annualElectricityDeliveryKwh"] / 1e6)
    sites, wishes = imported.made.instance["sites"], imported.made.instance["wishes"]
    assert sites[["site", "name"]].iloc[0].tolist() == [site, BAKERY["companyName"]]
    assert set(wishes["maturity"]) == {"planned"}
    assert wishes["period"].min() == 2030


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.nightly
def test_a_folder_of_surveys_is_one_region(language: Language, tmp_path: Path) -> None:
    """What is written is read without a problem, with a README in the language, and a plan can be made of it."""
    for number, town in enumerate(("Lochem", "Eerbeek", "Doetinchem"), start=1):
        workbook(tmp_path / "regio oost" / f"{number}.xlsx", companyName=f"Firma {number}", city=town, postalCode="")
    imported = import_survey(tmp_path / "regio oost", language=language)
    write_imported_survey(imported, tmp_path / "made")
    found = check(tmp_path / "made")
    assert (found.problems, found.warnings) == ((), ())
    assert len(read(tmp_path / "made")["sites"]) == 3
    text = (tmp_path / "made" / "README.md").read_text(encoding="utf-8")
    assert ("Publiceer deze map niet" if language is Language.DUTCH else "Do not publish this folder") in text
    assert imported.made.instance.settings.title.endswith("regio oost")


@pytest.mark.nightly
def test_room_is_the_contract_less_the_peak_of_the_profile(tmp_path: Path) -> None:
    """250 kWh in a quarter of an hour is 1,000 kW, of a contract of 1,500."""
    path = with_profile(workbook(tmp_path / "1.xlsx"), lambda step: 250.0 if step == 777 else 100.0)
    imported = import_survey(path)
    assert imported.made.instance["sites"]["spare_capacity"].tolist() == [0.5]
    assert outcome(imported, "profileData1")[:2] == ("begrepen", "delivery_profile")


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"soort profiel": "zon"}, "van de profielen telt alleen de levering van elektriciteit"),
        ({"eenheid": "m3"}, "het is niet compleet, of de eenheid of tijdstap is niet bekend"),
        ({"profiel compleet": False}, "het is niet compleet, of de eenheid of tijdstap is niet bekend"),
        ({"steps": HOURS // 2}, "het bevat geen heel jaar, zodat het hoogste vermogen niet bekend is"),
    ],
)
@pytest.mark.nightly
def test_a_profile_that_tells_no_peak_is_said(about: dict[str, Any], why: str, tmp_path: Path) -> None:
    """The room is estimated then, as without a profile."""
    path = with_profile(workbook(tmp_path / "1.xlsx"), lambda step: 100.0, **{**HOURLY, **about})
    imported = import_survey(path)
    without = import_survey(workbook(tmp_path / "2.xlsx"))
    assert imported.notes.set_index("name").loc["profileData1", "why"] == why
    room = "spare_capacity"
    assert imported.made.instance["sites"][room].tolist() == without.made.instance["sites"][room].tolist()


@pytest.mark.parametrize(
    ("odd", "remark"),
    [
        ("storing", "waarden die geen getal of te groot zijn, en zijn weggelaten: {steps}"),
        (1e9, "waarden die geen getal of te groot zijn, en zijn weggelaten: {steps}"),
        (-2000.0, "waarden kleiner dan 0, die teruglevering zijn en als 0 tellen: {steps}"),
    ],
)
@pytest.mark.nightly
def test_values_that_are_no_delivery_are_counted(odd: Any, remark: str, tmp_path: Path) -> None:
    """A day of them changes no peak: 1,500 kW of contract less 500 kWh in an hour."""
    path = with_profile(workbook(tmp_path / "1.xlsx"), lambda hour: odd if hour < 24 else 500.0, **HOURLY)
    imported = import_survey(path)
    assert imported.made.instance["sites"]["spare_capacity"].tolist() == [1.0]
    assert outcome(imported, "profileData1")[0] == "begrepen"
    assert imported.notes.set_index("name").loc["profileData1", "why"].endswith("; " + remark.format(steps=24))


@pytest.mark.parametrize(
    ("odd", "steps", "why"),
    [
        ("storing", 15 * 24 + 1, "er zijn te veel waarden weggelaten, zodat het hoogste vermogen niet bekend is; "),
        ("storing", HOURS, "het bevat geen waarden; "),
        (-5.0, HOURS, "geen enkele waarde is groter dan 0; mogelijk zijn plus en min verwisseld; "),
    ],
)
@pytest.mark.nightly
def test_a_profile_of_which_too_little_is_left_does_not_count(odd: Any, steps: int, why: str, tmp_path: Path) -> None:
    """Values of more than two weeks left out, or nothing but feed-in: the room is estimated, as without a profile."""
    path = with_profile(workbook(tmp_path / "1.xlsx"), lambda hour: odd if hour < steps else 500.0, **HOURLY)
    imported, without = import_survey(path), import_survey(workbook(tmp_path / "2.xlsx"))
    assert outcome(imported, "profileData1")[0] == "niet begrepen"
    told = imported.notes.set_index("name").loc["profileData1", "why"]
    assert (told.startswith(why), told.endswith(f": {steps}")) == (True, True)
    room = "spare_capacity"
    assert imported.made.instance["sites"][room].tolist() == without.made.instance["sites"][room].tolist()


@pytest.mark.nightly
def test_an_older_profile_has_quarters_of_an_hour(tmp_path: Path) -> None:
    """A range of times and kWh by its own name, without a table that describes it."""
    path = with_profile(workbook(tmp_path / "1.xlsx"), lambda step: 200.0)

    def older(book: Any) -> None:
        named(book, "quarterHourlyElectricityDeliveryKwh", book.defined_names["profileData1"].attr_text)
        del book.defined_names["profileData1"], book.defined_names["profileMetadata1"]

    assert import_survey(changed(path, older)).made.instance["sites"]["spare_capacity"].tolist() == [0.7]


@pytest.mark.nightly
def test_a_small_consumer_has_its_connection_as_contract(tmp_path: Path) -> None:
    """Three phases of 80 A at 230 V are 55.2 kW; with a highest power of 20 kW, 35.2 kW is free."""
    small = {"grootverbruikOrKleinverbruik": "Kleinverbruik", "contractedConnectionDeliveryCapacityKw": -1}
    path = workbook(tmp_path / "1.xlsx", physicalConnectionPhases=3, physicalConnectionAmperage=80, **small)
    imported = import_survey(with_profile(path, lambda step: 20.0, **HOURLY))
    assert imported.made.instance["sites"]["spare_capacity"].tolist() == [round(3 * 80 * 230 / 1e6 - 0.020, 3)]


@pytest.mark.parametrize(
    ("lat", "lon", "place"),
    [
        ("52,125", "6.125", (52.125, 6.125)),
        # The tower of Amersfoort, from which RD New counts.
        ("463.000", "155.000", (52.1551744, 5.38720621)),
    ],
)
@pytest.mark.nightly
def test_coordinates_are_read_as_in_a_sheet(lat: str, lon: str, place: tuple[float, float], tmp_path: Path) -> None:
    """Of three decimals only one reading lies in the Netherlands."""
    text = f"naam;plaats;breedtegraad;lengtegraad;sector;gas\nToren;Lochem;{lat};{lon};voeding;10\n"
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
    names = names_file(tmp_path, '[fields.lat]\nnames = ["breedte"]\n[fields.lon]\nnames = ["lengte"]\n')
    survey = workbook(tmp_path / "1.xlsx", breedte=lat, lengte=lon)
    for made in (
        import_sites(tmp_path / "sheet.csv").instance,
        import_survey(survey, names=names, with_names=True).made.instance,
    ):
        site = made["sites"].iloc[0]
        assert (site["lat"], site["lon"]) == pytest.approx(place, abs=1e-6)


def test_yes_and_no_are_the_words_of_tables(defaults: DefaultTables) -> None:
    """Whatever their case, and their first letters."""
    meanings, field = Meanings(defaults, Words("nl")), FIELDS["gas_connection"]
    wanted = {**YES_OR_NO, "j": 1, "y": 1, "n": 0}
    read = {word: meanings.of(field, word.upper(), "").value for word in wanted}
    assert read == {word: bool(value) for word, value in wanted.items()}


@pytest.mark.nightly
def test_gas_for_buildings_is_heat_below_100_degrees(tmp_path: Path, defaults: DefaultTables) -> None:
    """A quarter of the gas heats buildings, the rest follows the sector."""
    energy = demand(import_survey(workbook(tmp_path / "1.xlsx", naturalGasAnnualDeliveryBuildingM3=250_000)))
    share = defaults["sectors"].set_index("sector").loc["other_manufacturing", "below_100"]
    gas = energy["bedrijf-1", "gas"]
    assert energy["bedrijf-1", "gas_below_100"] == pytest.approx(gas * (0.25 + 0.75 * share), abs=1e-3)


@pytest.mark.nightly
def test_firms_that_were_not_asked_have_no_name(tmp_path: Path) -> None:
    """No file that is written tells name, address or file of the firm, nor its plans in words."""
    plans = "De Korenaar wil iets met waterstof"
    imported = import_survey(workbook(tmp_path / "korenaar.xlsx", plans=plans))
    write_imported_survey(imported, tmp_path / "made")
    for file in (tmp_path / "made").rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        assert not re.search("korenaar|kerkstraat|7241|3a", text, flags=re.IGNORECASE), file.name
    assert imported.made.instance["sites"]["name"].tolist() == ["Bedrijf 1"]
    kept = import_survey(workbook(tmp_path / "korenaar.xlsx", plans=plans), with_names=True)
    assert outcome(kept, "plans") == ("niet begrepen", "wishes", plans)


@pytest.mark.nightly
def test_sheets_and_cells_called_as_the_firm_are_not_told(tmp_path: Path) -> None:
    """Unless its name may be told; the address of the cell stays, to find it by."""

    def own_sheet(book: Any) -> None:
        book.create_sheet("Korenaar")["A1"] = 1_000_000
        named(book, "naturalGasAnnualDeliveryM3", "Korenaar!$A$1")

    path = changed(workbook(tmp_path / "1.xlsx", Korenaar_totaal=5), own_sheet)
    withheld, told = (import_survey(path, with_names=kept).notes for kept in (False, True))
    assert "korenaar" not in withheld.to_csv().lower()
    assert (withheld["cell"] == told["cell"]).all()
    assert {"Korenaar_totaal", "Bakkerij De Korenaar"} <= {*told["name"], *told["value"]}
    assert "Korenaar" in set(told["sheet"])


@pytest.mark.nightly
def test_a_file_that_others_share_is_not_told(tmp_path: Path) -> None:
    """Nor with the answers of a firm that agrees: its name may be that of one that does not."""
    file = json_file(tmp_path / "Geheim.json", survey_of("Zuivel Noord"), survey_of("Geheim", dataSharingAgreed=False))
    assert "Geheim" not in import_survey(file).notes.to_csv()
    alone = import_survey(json_file(tmp_path / "noord.json", survey_of("Zuivel Noord")))
    assert set(alone.notes["file"]) == {"noord.json"}


@pytest.mark.nightly
@pytest.mark.parametrize("with_names", [False, True])
def test_a_firm_that_does_not_agree_is_left_out(with_names: bool, tmp_path: Path) -> None:
    """Whatever else is asked; its answers stand nowhere, even if they make no sense."""
    file = json_file(
        tmp_path / "all.json",
        survey_of("Zuivel Noord"),
        survey_of("Geheim", dataSharingAgreed=False),
    )
    imported = import_survey(file, with_names=with_names)
    assert imported.made.instance["sites"]["name"].tolist() == ["Zuivel Noord"]
    notes = imported.notes[imported.notes["survey"] == 2]
    assert notes[["file", "outcome"]].to_numpy().tolist() == [["", "weggelaten"]]
    assert "Geheim" not in imported.notes.to_csv()


@pytest.mark.nightly
def test_json_of_the_survey_means_the_same(tmp_path: Path) -> None:
    """Gas, share for heating, contract less peak; persons and connections are not copied."""
    imported = import_survey(json_file(tmp_path / "all.json", survey_of()), language="en")
    site = imported.made.instance["sites"].iloc[0]
    assert (site["name"], site["spare_capacity"]) == ("Zuivel Noord", pytest.approx(0.8 - 0.4))
    assert outcome(imported, "naturalGas.annualDelivery_m3") == ("understood", "gas", "500000")
    assert outcome(imported, "electricity.gridExpansion.requestedKW")[0] == "not needed"
    text = imported.notes.to_csv()
    assert not re.search("Vries|8712345|0123456789", text)
    assert "not understood" not in text


@pytest.mark.nightly
def test_every_answer_is_accounted_for(tmp_path: Path) -> None:
    """Each named cell has one row; those that nobody knows are said not to be understood, and are not copied."""
    imported = import_survey(workbook(tmp_path / "1.xlsx", contactTelefoon="0612345678"), language="en")
    rows = imported.notes[imported.notes["name"] != ""]
    assert sorted(rows["name"]) == sorted([*BAKERY, "contactTelefoon", "Controle!A1"])
    assert outcome(imported, "contactTelefoon") == ("not understood", "", "")
    assert outcome(imported, "numCars")[0] == "not needed"
    assert rows.set_index("name").loc[GAS, "cell"] == cell_of(tmp_path / "1.xlsx", GAS)


@pytest.mark.nightly
def test_what_is_known_besides_goes_into_the_file_of_names(tmp_path: Path) -> None:
    """By the name of the file or of the firm; it goes before the survey, and what holds for all behind it."""
    one = workbook(tmp_path / "in" / "1.xlsx")
    workbook(tmp_path / "in" / "2.xlsx", companyName="Kantoor", street="Dorpsstraat")
    names = names_file(
        tmp_path,
        '[given."1.xlsx"]\nsector = "food"\nconsent = true\nwishes = "groen gas 2035"\ngas = 2000000\n'
        '[given.kantoor]\nleave_out = "geen industrie"\n[given."9.xlsx"]\nsector = "paper"\n',
    )
    imported = import_survey(one.parent, names=names)
    assert imported.made.instance["sites"][["name", "sector"]].to_numpy().tolist() == [[BAKERY["companyName"], "food"]]
    assert gas(imported) == pytest.approx(2 * 8.79, abs=0.01)
    assert [firm.left_out for firm in imported.firms] == ["", "geen industrie"]
    assert (imported.unknown, imported.made.warnings) == (("9.xlsx",), ())


@pytest.mark.nightly
def test_names_and_units_can_be_others(tmp_path: Path) -> None:
    """A named cell of the user's own, a cell by its address, gas in MWh; capitals do not matter."""
    path = workbook(tmp_path / "1.xlsx", GasMWh=8790, **{GAS: ...})

    def add(book: Any) -> None:
        book["Controle"]["B2"] = "papier"

    names = names_file(
        tmp_path, '[fields.gas]\nnames = ["gasmwh"]\nunit = "MWh/yr"\n[fields.sector]\nnames = ["Controle!B2"]\n'
    )
    imported = import_survey(changed(path, add), names=names)
    assert gas(imported) == pytest.approx(8.79, abs=0.01)
    assert imported.made.instance["sites"]["sector"].tolist() == ["paper"]


@pytest.mark.nightly
def test_the_names_are_written_to_be_changed(tmp_path: Path) -> None:
    """The file that is written is read as it is, and names every field that an import looks for."""
    path = write_survey_names(tmp_path / "names.toml")
    assert path.read_text(encoding="utf-8") == NAMES_FILE.read_text(encoding="utf-8")
    one, other = (import_survey(workbook(tmp_path / "1.xlsx"), names=names) for names in (None, path))
    assert one.made.instance.sha256 == other.made.instance.sha256
    with pytest.raises(UsageError, match="is there already"):
        write_survey_names(path)


def test_mistakes_in_the_names_are_told_at_once(tmp_path: Path) -> None:
    """With what was meant, in the language of the user."""
    names = names_file(
        tmp_path,
        'filds = 1\n[fields.gass]\nnames = ["a"]\n',
    )
    assert told(workbook(tmp_path / "1.xlsx"), names=names) == [
        "names.toml: filds is onbekend; toegestaan: fields, not_needed, given; bedoelde u 'fields'?"
    ]
    names = names_file(
        tmp_path,
        '[fields.gass]\nnames = ["a"]\n[fields.peak]\nnames = "b"\nunit = "GW"\n[not_needed]\nvervoer = ["c"]\n'
        '[given."1.xlsx"]\nsektor = "food"\nstation = [1]\n[given."*"]\nleave_out = "all"\n',
    )
    assert [text.partition(" is ")[0] for text in told(workbook(tmp_path / "1.xlsx"), names=names)] == [
        "names.toml: fields.gass",
        "names.toml: fields.peak.names",
        "names.toml: fields.peak.unit",
        'names.toml: given."*".leave_out',
        'names.toml: given."1.xlsx".sektor',
        'names.toml: given."1.xlsx".station',
        "names.toml: not_needed.vervoer",
    ]
    names = names_file(tmp_path, '[fields.gas]\nnames = ["a"]\n[fields.peak]\nnames = ["a"]\n')
    assert told(workbook(tmp_path / "1.xlsx"), names=names, language="en") == [
        "names.toml: 'a' is given for gas, peak; allowed: one field for each name"
    ]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "words for a number": ({GAS: "veel"}, GAS, f"'{GAS}' (gas) is veel; toegestaan: een getal in m3/jaar, 0 of meer"),
    "less than nothing": ({GAS: -5}, GAS, f"'{GAS}' (gas) is -5; toegestaan: een getal in m3/jaar, 0 of meer"),
    "a sign between thousands": (
        {GAS: "1.500"},
        GAS,
        f"'{GAS}' (gas) is 1.500; toegestaan: 1500, of een getal met een ander aantal decimalen: dit kan op twee "
        "manieren worden gelezen",
    ),
    "a formula without its value": (
        {GAS: "=B3"},
        GAS,
        f"'{GAS}' (gas) is een formule waarvan de waarde niet is opgeslagen (open de werkmap in Excel en sla haar op); "
        "toegestaan: een getal in m3/jaar, 0 of meer",
    ),
    "a number for yes or no": (
        {"hasNaturalGasConnection": 7},
        "hasNaturalGasConnection",
        "'hasNaturalGasConnection' (gas_connection) is 7; toegestaan: ja of nee",
    ),
    "a customer of no kind": (
        {"grootverbruikOrKleinverbruik": "middel"},
        "grootverbruikOrKleinverbruik",
        "'grootverbruikOrKleinverbruik' (customer) is middel; toegestaan: grootverbruik, kleinverbruik",
    ),
    "more gas for buildings than there is": (
        {"naturalGasAnnualDeliveryBuildingM3": 2_000_000},
        "naturalGasAnnualDeliveryBuildingM3",
        "volgens de opgave gaat er meer gas naar de verwarming van gebouwen dan er in totaal wordt verbruikt; "
        "toegestaan: een deel ervan",
    ),
    "a town that nobody knows": (
        {"city": "Lochum"},
        "city",
        "de plaats Lochum is niet bekend; toegestaan: een plaats in Nederland",
    ),
    "no gas": (
        {GAS: None},
        GAS,
        f"er staat niets over gas; gezocht: {GAS}, naturalGas.annualDelivery_m3, naturalGas.annualDemandM3; "
        'toegestaan: een getal in m3/jaar, 0 of meer, daar of in het namenbestand onder [given."1.xlsx"]',
    ),
}


@pytest.mark.parametrize(
    ("answers", "name", "message"),
    [
        pytest.param(*case, id=name, marks=[] if number % 3 == 0 else pytest.mark.nightly)
        for number, (name, case) in enumerate(WRONG.items())
    ],
)
def test_what_makes_no_sense_is_told_by_cell(answers: dict[str, Any], name: str, message: str, tmp_path: Path) -> None:
    """With workbook, sheet and cell, in the language of the user."""
    path = workbook(tmp_path / "1.xlsx", **answers)
    assert told(path) == [f"1.xlsx: Invoer!{cell_of(path, name)}: {message}"]


def test_every_problem_of_every_survey_is_told_at_once(tmp_path: Path) -> None:
    """Two workbooks, one of them damaged, and JSON."""
    workbook(tmp_path / "1.xlsx", **{GAS: "veel", "hasNaturalGasConnection": "soms"})
    (tmp_path / "2.xlsx").write_text("no workbook")
    json_file(tmp_path / "3.json", survey_of(addresses=[]) | {"addresses": []})
    (tmp_path / "4.xls").write_bytes(b"\xd0\xcf\x11\xe0 old")
    texts = told(tmp_path)
    assert len(texts) == 5
    for name, number in {"1.xlsx": 2, "2.xlsx": 1, "3.json": 1, "4.xls": 1}.items():
        assert sum(f"{name}: " in text for text in texts) == number, name


@pytest.mark.nightly
def test_a_deleted_cell_is_said(tmp_path: Path) -> None:
    """Where its answer is needed as a problem, else in the notes."""
    path = workbook(tmp_path / "1.xlsx")
    imported = import_survey(changed(path, lambda book: named(book, "plans", "#REF!")))
    assert outcome(imported, "plans") == ("niet begrepen", "wishes", "")
    (text,) = told(changed(path, lambda book: named(book, GAS, f"{'Invoer'}!#REF!")))
    assert text.endswith(f"; '{GAS}' is niet te lezen: de cel is verwijderd")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("42", "het is geen cel van de werkmap"),
        ("[1]Blad!$A$1", "het is geen cel van de werkmap"),
        ("Weg!$A$1", "het blad is er niet"),
        ("Invoer!$A$1:$C$4", "het zijn meerdere cellen, waar er één wordt gezocht"),
        ("Invoer!$A$1:$Z$999999", "het is groter dan een tabel met waarden kan zijn"),
    ],
)
@pytest.mark.nightly
def test_a_name_that_is_no_cell_is_said(text: str, why: str, tmp_path: Path) -> None:
    """In the notes; what it should have told is not guessed."""
    path = changed(workbook(tmp_path / "1.xlsx"), lambda book: named(book, "plans", text))
    assert import_survey(path).notes.set_index("name").loc["plans", "why"] == why


@pytest.mark.nightly
def test_merged_cells_show_their_first(tmp_path: Path) -> None:
    """A name may be of the whole, or of a part that looks empty."""

    def merge(book: Any) -> None:
        sheet = book["Invoer"]
        sheet["F3"] = 2_000_000
        sheet.merge_cells("F3:H4")
        named(book, GAS, "Invoer!$F$3:$H$4")

    path = changed(workbook(tmp_path / "1.xlsx"), merge)
    assert demand(import_survey(path))["bedrijf-1", "gas"] == pytest.approx(2 * 8.79)
    path = changed(path, lambda book: named(book, GAS, "Invoer!$G$4"))
    assert demand(import_survey(path))["bedrijf-1", "gas"] == pytest.approx(2 * 8.79)


@pytest.mark.nightly
def test_a_name_of_one_sheet_counts_too(tmp_path: Path) -> None:
    """A workbook may keep its names by sheet."""

    def move(book: Any) -> None:
        book["Invoer"].defined_names[GAS] = book.defined_names.pop(GAS)

    assert demand(import_survey(changed(workbook(tmp_path / "1.xlsx"), move)))["bedrijf-1", "gas"] > 0


def test_a_workbook_without_these_names_says_what_is_looked_for(tmp_path: Path) -> None:
    """The first eight and how many more, and how to see all and tell others."""
    fields = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))["fields"]
    names = [name for field in fields.values() for name in field["names"]]
    (text,) = told(workbook(tmp_path / "1.xlsx", {"bedrijfsnaam": "A"}))
    assert text == (
        "1.xlsx: heeft geen van de gezochte antwoorden, en 2 andere; gezocht: "
        f"{', '.join(names[:8])} en nog {len(names) - 8}; routeplan import survey --write-names BESTAND schrijft alle "
        "namen om ze te wijzigen"
    )


@pytest.mark.nightly
def test_a_firm_that_is_there_twice_is_told(tmp_path: Path) -> None:
    """The same name and address in two files; another address is another site."""
    workbook(tmp_path / "1.xlsx")
    second = workbook(tmp_path / "2.xlsx", houseNumberCombined="5")
    assert len(import_survey(tmp_path).made.instance["sites"]) == 2
    workbook(second, **{GAS: 5})
    assert told(tmp_path) == [
        f"2.xlsx: Invoer!{cell_of(second, 'companyName')}: is van 'Bakkerij De Korenaar' in Lochem, net als 1.xlsx; "
        "toegestaan: één enquête per locatie; leave_out in het namenbestand laat er een weg"
    ]


def test_a_firm_without_gas_is_left_out(tmp_path: Path) -> None:
    """There is nothing to plan; when no other is left, that is a problem."""
    path = workbook(tmp_path / "1.xlsx", **{GAS: 0})
    assert told(path) == ["1.xlsx: is weggelaten: het gebruikt geen aardgas, zodat er niets te plannen is"]
    assert told(workbook(path, hasNaturalGasConnection="Nee", **{GAS: None})) == told(workbook(path, **{GAS: 0}))


@pytest.mark.nightly
def test_what_is_left_open_is_told(tmp_path: Path) -> None:
    """A sector that nobody asked, plans in words, a survey that is not complete, a contract that is full."""
    path = with_profile(workbook(tmp_path / "1.xlsx", plans="ooit iets"), lambda step: 1600.0, **HOURLY)

    def incomplete(book: Any) -> None:
        book["Controle"]["A1"] = "QuickScan niet mogelijk"

    assert import_survey(changed(path, incomplete), language="en").made.warnings == (
        "no sector is known, so that it is taken to be other manufacturing: Firm 1",
        "plans in words were not understood, and are no wishes: Firm 1",
        "the survey calls itself incomplete: Firm 1",
        "the highest power is all of the contract, or more: Firm 1",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"companyName": ' + "9" * 5000 + "}",
        "{",
        "[1, null]",
        '{"addresses": [{"gridConnections": [{"naturalGas": {"annualDelivery_m3": NaN}}]}]}',
        '{"addresses": [{"gridConnections": [{"naturalGas": {"annualDelivery_m3": ' + "9" * 400 + "}}]}]}",
        '{"addresses": [{"gridConnections": [{"naturalGas": {"annualDelivery_m3": {"values": [{}, "a", true]}}}]}]}',
    ],
)
def test_json_of_another_shape_is_refused_in_words(text: str, tmp_path: Path) -> None:
    """Never with an error of the library's."""
    (tmp_path / "1.json").write_text(text, encoding="utf-8")
    lines = told(tmp_path / "1.json")
    assert all(line.startswith("1.json") and "recursion" not in line and "sys." not in line for line in lines)


def test_what_is_no_path_is_told() -> None:
    """An instance for example."""
    with pytest.raises(UsageError, match="int is given where a path is wanted"):
        import_survey(3)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["there", "list.csv"])
def test_what_is_no_survey_is_refused(name: str, tmp_path: Path) -> None:
    """An empty folder, and a file of another kind."""
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="allowed: a "):
        import_survey(tmp_path / name, language="en")
    with pytest.raises(UsageError, match="toegestaan: een "):
        import_survey(tmp_path / name)
    with pytest.raises(UsageError, match="er is geen enquête genoemd"):
        import_survey([])


@pytest.mark.nightly
def test_the_command_says_what_became_of_the_surveys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the screen by file; a workbook with macros and one that is open in Excel are no trouble."""
    monkeypatch.chdir(tmp_path)
    workbook(Path("in/1.xlsx"))
    workbook(Path("in/2.xlsx"), companyName="Kantoor", **{GAS: 0}).rename("in/2.xlsm")
    Path("in/~$1.xlsx").write_bytes(b"lock")

    def typed(*words: str) -> tuple[int, str]:
        ended = CliRunner().invoke(app, words)
        return ended.exit_code, ended.output

    code, said = typed("import", "survey", "in", "--out", "region", "--language", "en")
    assert code == 0
    assert "    2  2.xlsm: it uses no natural gas, so that there is nothing to plan\n" in said
    assert "1 name is withheld: nobody agreed that the answers are open\n" in said
    assert said.endswith("Now: routeplan solve region\n")
    assert (typed("import", "survey")[0], typed("import", "survey", "in", "--language", "de")[0]) == (2, 2)
    assert typed("import", "survey", "--write-names", "names.toml")[0] == 0
    assert typed("import", "survey", "in", "--out", "region", "--names", "names.toml", "--overwrite")[0] == 0


DOCUMENT = (Path(__file__).parents[2] / "docs" / "survey.md").read_text(encoding="utf-8")


def test_the_document_names_all_that_is_looked_for() -> None:
    """Every field with its names, but for those of the middle of a row of profiles."""
    fields = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))["fields"]
    assert set(fields) == set(FIELDS)
    names = {name for field in fields.values() for name in field["names"]} - {f"profileData{n}" for n in range(2, 6)}
    assert {name for name in names | set(fields) if f"{name}`" not in DOCUMENT} == set()


@pytest.mark.nightly
def test_the_commands_of_the_document_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, and with the file of names that it shows."""
    monkeypatch.chdir(tmp_path)
    workbook(Path("surveys/17001.bakkerij.xlsx"))
    blocks = dict(re.findall(r"^```(bash|toml)\n(.*?)^```", DOCUMENT, flags=re.MULTILINE | re.DOTALL))
    for line in blocks["bash"].splitlines():
        ended = CliRunner().invoke(app, shlex.split(line, comments=True)[1:])
        assert ended.exit_code == 0, ended.output
    changed(
        workbook(Path("surveys/17001.bakkerij.xlsx"), **{GAS: ...}),
        lambda book: named(book, "gasverbruikMWh", "Invoer!$F$4") or book["Invoer"].__setitem__("F4", 8790),
    )
    imported = import_survey(Path("surveys"), names=names_file(tmp_path, blocks["toml"]))
    assert gas(imported) == pytest.approx(8.79, abs=0.01)
    assert imported.made.instance["sites"]["name"].tolist() == [BAKERY["companyName"]]


@pytest.mark.nightly
def test_gas_far_above_the_sector_is_told_without_the_name(tmp_path: Path) -> None:
    """A thousand times as much as the bakery uses, of a firm whose name is withheld."""
    path = workbook(tmp_path / "1.xlsx", **{GAS: BAKERY[GAS] * 1000})
    (warning,) = [each for each in import_survey(path).made.warnings if "grootste locatie" in each]
    assert warning.startswith("Bedrijf 1: gasvolume is ")
    assert str(BAKERY["companyName"]) not in warning
