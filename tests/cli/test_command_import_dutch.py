"""Imports and generated instances in Dutch: messages, reasons, sources and README."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from capacity_map import area, written
from routeplan.data.read import read
from routeplan.importers.sites.template import write_sites_template

Run = Callable[..., Any]

SAMPLE = Path(__file__).parents[1] / "importers" / "data" / "eutl_sample.csv"

ENGLISH = re.compile(r"\b(the|and|are|with|from|allowed|not)\b", flags=re.IGNORECASE)
"""Words that no Dutch sentence has."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0" + bytes(600)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def prose(readme: str) -> str:
    """A README without what is code or an id."""
    return re.sub(r"```.*?```|`[^`]*`|European Union Transaction Log", "", readme, flags=re.DOTALL)


@pytest.mark.nightly
def test_a_register_is_imported_in_dutch(run: Run) -> None:
    """Closing lines, every reason, the sources and the README; ids and the words of tables stay."""
    ended = run("import", "ets", str(SAMPLE), "--region", "Achterhoek", "--language", "nl", "--out", "echt")
    assert ended.code == 0
    assert ended.out.startswith(f"{len(read('echt')['sites'])} locaties met ")
    assert ended.out.endswith("Nu: routeplan solve echt\n")
    texts = {
        "out": ended.out.replace("routeplan solve", ""),
        "err": ended.err,
        "README.md": prose(Path("echt/README.md").read_text(encoding="utf-8")),
        "sources": prose(" ".join(read("echt").settings.sources.values())),
    }
    for line in Path("echt/note_dropped.csv").read_text(encoding="utf-8").splitlines()[1:]:
        texts[line] = line.rpartition(",")[2]
    assert {name: ENGLISH.findall(text) for name, text in texts.items() if ENGLISH.search(text)} == {}
    assert "buiten de regio Achterhoek" in ended.out
    assert set(read("echt")["sites"]["basis"]) == {"register"}


@pytest.mark.nightly
def test_the_language_changes_no_number(run: Run) -> None:
    """The tables of both are the same; only texts differ."""
    for language in ("nl", "en"):
        assert run("generate", "--sites", "8", "--seed", "3", "--language", language, "--out", language).code == 0
    tables = {path.name: path.read_bytes() for path in Path("en").glob("*.csv")}
    assert tables == {path.name: path.read_bytes() for path in Path("nl").glob("*.csv")}
    assert read("en").settings.sources != read("nl").settings.sources
    readme = Path("nl/README.md").read_text(encoding="utf-8")
    assert ENGLISH.findall(prose(readme)) == []
    assert "routeplan generate --sites 8 --seed 3 --language nl --out nl" in readme


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("generate", "--sites", "2", "--seed", "1"), "locaties is 2; toegestaan: 6 tot en met 30,000\n"),
        (("generate", "--sites", "6", "--seed", "1", "--periods", "x"), "--periods is x; toegestaan: jaartallen met"),
        (("import", "ets", "geen.csv"), "1 probleem in de invoer:\n  geen.csv: kan niet worden gelezen: het bestand"),
        (("import", "ets", "x.xlsx"), "is een werkmap; in de lijst van de Europese Commissie"),
        (("import", "ets", str(SAMPLE), "--box", "1,2"), "het kader heeft 2 getallen; toegestaan: 4"),
        (("import", "ets", str(SAMPLE), "--region", "Achterhook"), "er is geen regio 'Achterhook' (bedoelt u 'Achterh"),
        (
            ("import", "ets", str(SAMPLE), "--site", "9999"),
            "heeft geen installatie '9999'; toegestaan: een",
        ),
        (("import", "ets", str(SAMPLE), "--tables", "x"), "er is geen map x met kengetallen"),
        (("import", "ets", str(SAMPLE), "--out", "vol"), "vol bestaat al; toegestaan: een nieuwe of lege map"),
        (("import", "sites", "geen.xlsx"), "geen.xlsx: bestaat niet; toegestaan: een Excel-werkmap"),
        (("import", "sites", "oud.xlsx"), "oud.xlsx: is beveiligd met een wachtwoord, of van een oude Excel (.xls)"),
        (("import", "sites", "kapot.xlsx"), "kapot.xlsx: is geen Excel-werkmap, of een beschadigde; toegestaan:"),
        (("import", "sites", "leeg.csv"), "leeg.csv: is leeg; toegestaan: kolomnamen, en een regel per locatie"),
        (("import", "survey", "geen.xlsx"), "geen.xlsx: bestaat niet; toegestaan: een Excel-werkmap"),
        (("import", "survey", "stuk.json"), "stuk.json:1: is geen JSON: "),
        (("import", "survey"), "er is geen enquête genoemd; toegestaan: werkmappen"),
        (("import", "survey", "stuk.json", "--names", "fout.toml"), "fout.toml:1: kan niet als TOML worden gelezen: "),
        (("import", "capacity", "2026"), "geen prognosejaar en bestand: '2026'; toegestaan: YEAR=FILE"),
    ],
)
def test_refusals_are_dutch(typed: tuple[str, ...], told: str, run: Run) -> None:
    """Those of readers that all imports share, too."""
    Path("x.xlsx").write_bytes(b"PK\x03\x04")
    Path("oud.xlsx").write_bytes(OLD_EXCEL)
    Path("kapot.xlsx").write_text("no workbook")
    Path("leeg.csv").touch()
    Path("stuk.json").write_text("{")
    Path("fout.toml").write_text("a = \n")
    Path("vol").mkdir()
    Path("vol/thesis.txt").touch()
    more = ("--into", "x.xlsx") if "capacity" in typed else ()
    ended = run(*typed, *more, "--language", "nl")
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert ENGLISH.findall(ended.err) == []


def test_a_sheet_can_be_refused_in_another_language_than_its_own(run: Run) -> None:
    """--language goes before the headers; without it a Dutch sheet is answered in Dutch."""
    book = openpyxl.load_workbook(write_sites_template(Path("regio.xlsx")))
    book["locaties"]["C2"] = "bakkrij"
    book.save("regio.xlsx")
    dutch, english = run("import", "sites", "regio.xlsx"), run("import", "sites", "regio.xlsx", "--language", "en")
    assert dutch.err.startswith("1 probleem in de invoer:\n  regio.xlsx: locaties!C2: kolom 'sector' is bakkrij")
    assert english.err.startswith("1 problem in the input:\n  regio.xlsx: locaties!C2: column 'sector' is bakkrij")


def test_an_unknown_language_is_refused(run: Run) -> None:
    """Before anything is read."""
    for command in (("import", "ets", "x"), ("import", "sites", "x"), ("generate", "--sites", "6", "--seed", "1")):
        ended = run(*command, "--language", "fr")
        assert (ended.code, ended.err) == (2, "the language is 'fr'; allowed: en, nl\n")


def test_the_capacity_map_is_merged_in_dutch(town: Path, run: Run) -> None:
    """Headings, states, the rule and the warnings; the column `source` too, where the user has one."""
    areas = town / "areas.csv"
    first, *rows = areas.read_text(encoding="utf-8").splitlines()
    areas.write_text("\n".join([f"{first},source", *(f"{row},mine" for row in rows)]) + "\n", encoding="utf-8")
    written(Path("map.json"), area("OS Elders", 1), area("town", 2, demand_capacity_in_queue=3))
    ended = run("import", "capacity", "2027=map.json", "--into", town, "--language", "nl")
    assert ended.code == 0
    assert "niet gekoppeld, toegevoegd" in " ".join(ended.out.split())
    assert "Vaste ruimte in een periode is demand_available_capacity" in ended.out
    assert "waarschuwing: 'OS Elders' (map.json: energy_areas[0]) is niet gekoppeld" in ended.err
    assert ENGLISH.findall(ended.err.replace("energy_areas", "")) == []
    assert "capaciteitskaart: zie derivation.csv" in areas.read_text(encoding="utf-8")
