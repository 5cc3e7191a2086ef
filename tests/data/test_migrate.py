"""The version of the format, and instances brought into that of today."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from routeplan.data.migrate import migrate
from routeplan.data.read import check, read
from routeplan.data.write import write
from routeplan.errors import DataError
from routeplan.instance.rd_new import is_rd_new, to_degrees
from routeplan.result.folder import load, save
from routeplan.schema.settings import FORMAT
from small import best, small

Spoil = Callable[..., Path]

ROOT = Path(__file__).parents[2]

KNOWN = {
    "Westertoren, Amsterdam": (120_700.723, 487_525.502, 52.374_532_53, 4.883_525_59),
    "Martinitoren, Groningen": (233_883.131, 582_065.167, 53.219_383_17, 6.568_200_53),
    "Onze-Lieve-Vrouwetoren, Amersfoort": (155_000.0, 463_000.0, 52.155_174_40, 5.387_206_21),
}
"""Towers by east and north [m, RD New], latitude and longitude, as Rijkswaterstaat publishes them."""


@pytest.mark.parametrize("tower", KNOWN)
def test_known_towers_are_where_they_are(tower: str) -> None:
    """Within a metre, whichever of the two coordinates comes first."""
    east, north, lat, lon = KNOWN[tower]
    for pair in ((east, north), (north, east)):
        found = to_degrees(*(np.array([each]) for each in pair))
        np.testing.assert_allclose(found, [[lat], [lon]], atol=1e-5)


def test_degrees_are_not_taken_for_metres() -> None:
    """Nor are places far from the Netherlands."""
    assert is_rd_new([463_000.0, 155_000.0], [155_000.0, 463_000.0]).all()
    assert not is_rd_new([52.0, 0.0, 155_000.0], [5.0, 0.0, 155_000.0]).any()


def told(path: Path) -> list[str]:
    """The problems of an instance."""
    return [str(problem) for problem in check(path).problems]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The folder of a plan of the small instance."""
    return save(best(small()), tmp_path / "plan")


def in_rd_new(folder: Path, sites: pd.DataFrame) -> None:
    """The small instance in a folder, its sites at other places."""
    write(small(), folder)
    table = pd.read_csv(folder / "sites.csv").drop(columns=["lat", "lon"])
    table.join(sites).to_csv(folder / "sites.csv", index=False)


METRES = pd.DataFrame({"lat": [487_525.502, 582_065.167], "lon": [120_700.723, 233_883.131]})


def test_metres_are_recognised_and_converted_on_request(tmp_path: Path) -> None:
    """One line a site instead of two numbers out of range; converted, the sites lie where the towers are."""
    in_rd_new(tmp_path / "old", METRES)
    assert [str(problem) for problem in check(tmp_path / "old").problems] == [
        f"sites.csv:{line}: column 'lat' is {lat!r}; allowed: degrees (WGS 84); lat and lon look like metres of RD New "
        "(EPSG:28992), which routeplan migrate --rd-new converts"
        for line, lat in ((2, 487525.502), (3, 582065.167))
    ]
    with pytest.raises(DataError, match="RD New"):
        migrate(tmp_path / "old", tmp_path / "new")
    migrate(tmp_path / "old", tmp_path / "new", rd_new=True)
    sites = read(tmp_path / "new")["sites"]
    np.testing.assert_allclose(sites["lat"], [52.374_532_53, 53.219_383_17], atol=1e-5)
    np.testing.assert_allclose(sites["lon"], [4.883_525_59, 6.568_200_53], atol=1e-5)


@pytest.mark.nightly
def test_degrees_stay_as_they_are(tmp_path: Path) -> None:
    """Where nothing is in metres, the instance is the same; in a workbook too, and in its own place."""
    write(small(), tmp_path / "book.xlsx")
    migrate(tmp_path / "book.xlsx", tmp_path / "book.xlsx", rd_new=True, overwrite=True)
    assert read(tmp_path / "book.xlsx").sha256 == small().sha256


@pytest.mark.nightly
def test_what_is_written_names_its_version(tmp_path: Path) -> None:
    """Instances, results and templates; one that names none is of version 1, and has the same fingerprint."""
    folder = write(small(), tmp_path / "written")
    settings = (folder / "instance.toml").read_text(encoding="utf-8")
    assert settings.startswith(f"format = {FORMAT}\n")
    (folder / "instance.toml").write_text(settings.partition("\n")[2], encoding="utf-8")
    assert read(folder).sha256 == small().sha256
    migrate(folder, folder, overwrite=True)
    assert (folder / "instance.toml").read_text(encoding="utf-8") == settings
    save(best(small()), tmp_path / "plan")
    assert json.loads((tmp_path / "plan" / "result.json").read_text(encoding="utf-8"))["format"] == FORMAT


def test_own_columns_are_kept(tmp_path: Path) -> None:
    """Notes of the user's stay beside the rows."""
    write(small(), tmp_path / "old")
    sites = pd.read_csv(tmp_path / "old" / "sites.csv").assign(note_of_mine=["a", "b"])
    sites.to_csv(tmp_path / "old" / "sites.csv", index=False)
    migrate(tmp_path / "old", tmp_path / "new")
    assert pd.read_csv(tmp_path / "new" / "sites.csv")["note_of_mine"].tolist() == ["a", "b"]


NEWER = (
    f"key 'format' is {FORMAT + 1}: this was written by a newer routeplan; allowed: up to {FORMAT}, or, to read it, "
    "pip install --upgrade routeplan"
)


def test_what_a_newer_routeplan_wrote_is_refused_as_that(tmp_path: Path) -> None:
    """And nothing else is said of it, as of a key that is unknown here; in instances and results."""
    folder = write(small(), tmp_path / "newer")
    settings = (folder / "instance.toml").read_text(encoding="utf-8")
    newer = settings.replace(f"format = {FORMAT}", f"format = {FORMAT + 1}\nunheard_of = 1")
    (folder / "instance.toml").write_text(newer, encoding="utf-8")
    assert [str(problem) for problem in check(folder).problems] == [f"instance.toml: {NEWER}"]
    plan = save(best(small()), tmp_path / "plan")
    told = json.loads((plan / "result.json").read_text(encoding="utf-8"))
    (plan / "result.json").write_text(json.dumps(told | {"format": FORMAT + 1, "status": "splendid"}))
    with pytest.raises(DataError) as refused:
        load(plan)
    assert f"result.json: {NEWER}" in str(refused.value)
    assert "splendid" not in str(refused.value)


NO_VERSION = {
    "0": "0; allowed: 1",
    "-1": "-1; allowed: 1",
    "1.5": "1.5; allowed: 1",
    "nan": "nan; allowed: 1",
    "true": "true; allowed: 1",
    "[1]": "[1]; allowed: 1",
    '""': "empty; allowed: 1",
    '"1"': '"1", which is text; allowed: 1, without quotation marks',
    '"x"': '"x", which is text; allowed: 1, without quotation marks',
}


@pytest.mark.parametrize("version", NO_VERSION)
@pytest.mark.some(2)
def test_a_version_that_is_none_is_refused(version: str, tmp_path: Path) -> None:
    """Versions are whole numbers from 1 on."""
    folder = write(small(), tmp_path / "odd")
    settings = (folder / "instance.toml").read_text(encoding="utf-8")
    (folder / "instance.toml").write_text(settings.replace(f"format = {FORMAT}", f"format = {version}"))
    assert told(folder) == [f"instance.toml: key 'format' is {NO_VERSION[version]}"]


@pytest.mark.parametrize(
    ("version", "text"),
    [
        (0, "0; allowed: 1"),
        ("x", '"x", which is text; allowed: 1, without quotation marks'),
        ('json: "1"', '"1", which is text; allowed: 1, without quotation marks'),
        (True, "true; allowed: 1"),
    ],
)
@pytest.mark.nightly
def test_a_version_that_is_none_is_refused_in_a_workbook(version: object, text: str, tmp_path: Path) -> None:
    """In the same words, with the cell."""
    book = write(small(), tmp_path / "odd.xlsx")
    opened = openpyxl.load_workbook(book)
    assert opened["instance"]["A2"].value == "format"
    opened["instance"]["B2"] = version
    opened.save(book)
    assert told(book) == [f"odd.xlsx: instance!A2: key 'format' is {text}"]


@pytest.mark.nightly
def test_a_newer_version_that_is_text_is_one_in_a_workbook(tmp_path: Path) -> None:
    """Excel keeps a number in a cell of the format Text as text, which is read as the number."""
    book = write(small(), tmp_path / "newer.xlsx")
    opened = openpyxl.load_workbook(book)
    opened["instance"]["B2"] = str(FORMAT + 1)
    opened.save(book)
    assert told(book) == [f"newer.xlsx: instance!A2: {NEWER}"]


@pytest.mark.parametrize(
    ("version", "text"),
    [
        (0, "0; allowed: 1, or null"),
        (1.5, "1.5; allowed: 1, or null"),
        (True, "true; allowed: 1, or null"),
        ("x", '"x", which is text; allowed: 1, without quotation marks, or null'),
    ],
)
@pytest.mark.some(1)
def test_a_result_of_a_version_that_is_none_is_refused(version: object, text: str, plan: Path) -> None:
    """Its numbers might mean anything."""
    given = json.loads((plan / "result.json").read_text(encoding="utf-8"))
    (plan / "result.json").write_text(json.dumps(given | {"format": version}))
    with pytest.raises(DataError) as refused:
        load(plan)
    assert [str(problem) for problem in refused.value.problems] == [f"result.json: key 'format' is {text}"]


@pytest.mark.parametrize("named", [{"format": None}, {}])
@pytest.mark.some(1)
def test_a_result_without_a_version_is_of_the_first(named: dict[str, None], plan: Path) -> None:
    """As those that were saved before there were versions."""
    given = json.loads((plan / "result.json").read_text(encoding="utf-8"))
    del given["format"]
    (plan / "result.json").write_text(json.dumps(given | named))
    assert load(plan).instance.sha256 == small().sha256


def test_shipped_instances_name_their_version() -> None:
    """Each of them."""
    for folder in (ROOT / "instances").iterdir():
        if folder.is_dir():
            assert f"format = {FORMAT}\n" in (folder / "instance.toml").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_the_reported_instance_without_a_version_is_read(shared_data: Path, tmp_path: Path) -> None:
    """Folders from before there was one."""
    old = shared_data / "reported" / "headroom-row-missing" / "instance"
    shutil.copytree(old, tmp_path / "old")
    assert "format" not in (tmp_path / "old" / "instance.toml").read_text(encoding="utf-8")
    migrate(tmp_path / "old", tmp_path / "new")
    assert read(tmp_path / "new").sha256 == read(old).sha256
