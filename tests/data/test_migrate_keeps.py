"""What `migrate` leaves as it is: all of a folder or workbook but the version of the format and places in metres."""

import errno
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from routeplan.data import folder_swap
from routeplan.data.csv_patch import patched_csv
from routeplan.data.format_line import with_format
from routeplan.data.migrate import migrate
from routeplan.data.read import check, read
from routeplan.data.workbook.patch import write_patched
from routeplan.data.write import write
from routeplan.errors import DataError, UsageError
from routeplan.instance.rd_new import to_degrees
from small import small

EAST, NORTH = 120700.723, 487525.502
"""The Westertoren in metres of RD New."""
LAT, LON = (str(round(float(each), 6)) for each in to_degrees(NORTH, EAST))

SETTINGS = (
    "# Our region, agreed on 3 March\r\n"
    'name = "small" # of two firms\r\n'
    "firm_rate = 0.0\r\n"
    "discount_rate=0\r\n"
    "base_year = 2_030\r\n"
    "currency_year = 2030\r\n"
    "participation = false\r\n"
    "\r\n"
    "[sources]\r\n"
    'grid = """a map\r\n'
    'format = 7"""\r\n'
)
"""Comments, an order of its own, blank lines, and a text of which a line looks like the version."""

SITES = (
    "\ufeff\r\n"
    '"note of ours",lon,"lat",site,name,sector,region,area,spare_capacity\r\n'
    f'"120700.723, see\r\nthe ""atlas""", {EAST},"{NORTH}",bakery,,food,east,town,01.0\r\n'
    ",,,,,,,,\r\n"
    "as it was,6.10,52.1000,tiles,,ceramics,west,town,0\r\n"
)
"""A byte-order mark, quotation marks, a cell of two lines, an empty row, an order and a column of its own; one site is
in metres, with a number of metres in its note too."""

SITES_AFTER = SITES.replace(f" {EAST}", f" {LON}").replace(f'"{NORTH}"', f'"{LAT}"')


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A folder as people keep it."""
    folder = write(small(), tmp_path / "region")
    (folder / "instance.toml").write_bytes(SETTINGS.encode())
    (folder / "sites.csv").write_bytes(SITES.encode())
    (folder / "README.md").write_text("ours\r\n")
    (folder / "note-of-ours.csv").write_text("what;why\r\n")
    (folder / "maps").mkdir()
    (folder / "maps" / "east.png").write_bytes(b"\x89PNG")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.some(1)
@pytest.mark.parametrize("target", ["region", "elsewhere/new"])
def test_of_a_folder_only_the_version_and_the_places_change(target: str, region: Path, tmp_path: Path) -> None:
    """A line above all others, and two cells; every other byte of every file stays, here and elsewhere."""
    before = contents(region)
    made = migrate(region, tmp_path / target, rd_new=True, overwrite=target == "region")
    news = {"instance.toml": f"format = 1\r\n{SETTINGS}".encode(), "sites.csv": SITES_AFTER.encode()}
    assert contents(tmp_path / target) == before | news
    if target != "region":
        assert contents(region) == before
    sites = read(tmp_path / target)["sites"]
    np.testing.assert_allclose(sites[["lat", "lon"]], [[float(LAT), float(LON)], [52.1, 6.1]])
    assert [(each.table, each.places, each.exchanged) for each in made.converted] == [("sites", 1, 0)]


def test_what_is_of_today_is_not_touched(region: Path) -> None:
    """The second time there is nothing to do: the files are not even written again."""
    migrate(region, region, rd_new=True, overwrite=True)
    before, moment = contents(region), region.stat().st_ino
    made = migrate(region, region, rd_new=True, overwrite=True)
    assert (made.converted, made.written) == ((), False)
    assert (contents(region), region.stat().st_ino) == (before, moment)


@pytest.mark.nightly
def test_files_in_the_target_that_are_no_part_of_it_are_kept(region: Path, tmp_path: Path) -> None:
    """A plan of theirs stays; a table that the new instance lacks goes; of two READMEs the new one counts."""
    target = write(small(targets="scope,period,cap\nall,2032,9"), tmp_path / "there")
    (target / "README.md").write_text("theirs")
    (target / "plan.txt").write_text("theirs")
    migrate(region, target, rd_new=True, overwrite=True)
    assert (target / "plan.txt").read_text() == "theirs"
    assert (target / "README.md").read_bytes() == (region / "README.md").read_bytes()
    assert not (target / "targets.csv").exists()


def test_without_the_option_places_in_metres_are_refused(region: Path) -> None:
    """And nothing is written."""
    before = contents(region)
    with pytest.raises(DataError) as refused:
        migrate(region, region, overwrite=True)
    assert [str(problem) for problem in refused.value.problems] == [
        f"sites.csv:3: column 'lat' is {NORTH}; allowed: degrees (WGS 84); lat and lon look like metres of RD New "
        "(EPSG:28992), which routeplan migrate --rd-new converts"
    ]
    assert contents(region) == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a = 1\n", "format = 2\na = 1\n"),
        ("\ufeff# head\r\na = 1", "\ufeffformat = 2\r\n# head\r\na = 1"),
        ("a = 1\nformat = 1 # old\n[b]\nformat = 1\n", "a = 1\nformat = 2 # old\n[b]\nformat = 1\n"),
        ("a = '''\nformat = 1\n'''\n  \"format\"=1\n", "a = '''\nformat = 1\n'''\n  \"format\"=2\n"),
        ("a = 1\nformat = 2\n", "a = 1\nformat = 2\n"),
        ("", "format = 2\n"),
    ],
)
def test_the_version_has_one_line(text: str, after: str) -> None:
    """The one that is there is changed where it stands, and no other that looks like it."""
    assert with_format(text, 2) == after


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_are_counted_as_they_are_read(end: str) -> None:
    """Lines in quotation marks count, and commas there do not; a last line needs no end."""
    text = end.join(["a,b", f'"x,{end}""y""",1', "", f'" 2 ","3,{end}"', "4, +5e1 "])
    numbers = {2: {2: 0.5}, 5: {1: 7.0}, 7: {2: 52.0}}
    expected = end.join(["a,b", f'"x,{end}""y""",0.5', "", f'" 7 ","3,{end}"', "4, 52 "])
    assert patched_csv(text, numbers) == expected


NOTES = "note of ours"
YELLOW = PatternFill("solid", fgColor="FFFF00")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook as people keep it: a sheet of notes, colours, a filter, a formula, a comment; and no version."""
    path = write(small(), tmp_path / "book.xlsx")
    opened = openpyxl.load_workbook(path)
    opened["instance"].delete_rows(2)
    notes = opened.create_sheet(NOTES)
    notes["A1"] = "agreed on 3 March"
    notes["A1"].fill = YELLOW
    sites, names = opened["sites"], [cell.value for cell in opened["sites"][1]]
    lat, lon = (names.index(name) + 1 for name in ("lat", "lon"))
    sites.cell(2, lat, EAST).fill = YELLOW
    sites.cell(2, lat).comment = Comment("from the atlas", "us")
    sites.cell(2, lon, NORTH)
    sites.cell(3, 1).fill = YELLOW
    sites.auto_filter.ref = "A1:B3"
    notes["B1"] = "=sites!A2"
    opened.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a workbook by its name."""
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.nightly
@pytest.mark.parametrize("target", ["book.xlsx", "elsewhere/new.xlsx"])
def test_of_a_workbook_only_the_version_and_the_places_change(target: str, book: Path, tmp_path: Path) -> None:
    """Two cells of sites and a row of instance; every part but those two sheets stays, and in these the styles."""
    before, cells = parts(book), grid(book)
    made = migrate(book, tmp_path / target, rd_new=True, overwrite=target == "book.xlsx")
    after = parts(tmp_path / target)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed == {sheet_part(book, "instance"), sheet_part(book, "sites")}
    assert [(each.table, each.places, each.exchanged) for each in made.converted] == [("sites", 1, 1)]
    now = grid(tmp_path / target)
    different = {place: now[place] for place in cells | now if cells.get(place) != now.get(place)}
    below = max(row for title, row, _ in cells if title == "instance") + 1
    names = {value: column for (title, row, column), value in cells.items() if title == "sites" and row == 1}
    assert different == {
        ("sites", 2, names["lat"]): float(LAT),
        ("sites", 2, names["lon"]): float(LON),
        ("instance", below, 1): "format",
        ("instance", below, 2): 1,
        ("instance", below, 3): "Version of the format.",
    }
    opened = openpyxl.load_workbook(tmp_path / target)
    place = opened["sites"].cell(2, names["lat"])
    assert (place.fill.fgColor.rgb, place.comment.text) == ("00FFFF00", "from the atlas")
    assert opened["sites"]["A3"].fill.fgColor.rgb == opened[NOTES]["A1"].fill.fgColor.rgb == "00FFFF00"
    assert opened["sites"].auto_filter.ref == "A1:B3"
    assert opened[NOTES]["B1"].value == "=sites!A2"
    assert read(tmp_path / target)["sites"]["lat"].tolist() == [float(LAT), 52.1]


def grid(path: Path) -> dict[tuple[str, int, int], object]:
    """Every cell with a value (of formulas the formula), by sheet, row and column."""
    opened = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def sheet_part(path: Path, title: str) -> str:
    """Name of the part of a sheet, as openpyxl numbers them."""
    return f"xl/worksheets/sheet{openpyxl.load_workbook(path).sheetnames.index(title) + 1}.xml"


@pytest.mark.nightly
def test_a_workbook_of_today_is_not_touched(book: Path, tmp_path: Path) -> None:
    """The second time there is nothing to do; elsewhere it is copied, byte for byte."""
    migrate(book, book, rd_new=True, overwrite=True)
    before, moment = book.read_bytes(), book.stat().st_ino
    assert not migrate(book, book, rd_new=True, overwrite=True).written
    assert (book.read_bytes(), book.stat().st_ino) == (before, moment)
    assert migrate(book, tmp_path / "new.xlsx").written
    assert (tmp_path / "new.xlsx").read_bytes() == before


@pytest.mark.nightly
def test_a_version_without_a_value_is_filled_in(book: Path) -> None:
    """In its own row, whose note stays."""
    opened = openpyxl.load_workbook(book)
    opened["instance"].insert_rows(3)
    opened["instance"]["A3"], opened["instance"]["C3"] = "format", "ask Jan"
    opened.save(book)
    before = grid(book)
    migrate(book, book, rd_new=True, overwrite=True)
    assert {place: value for place, value in grid(book).items() if place[0] == "instance"} == {
        place: value for place, value in before.items() if place[0] == "instance"
    } | {("instance", 3, 2): 1}


@pytest.mark.nightly
def test_from_folder_to_workbook_all_is_written_anew(region: Path, tmp_path: Path) -> None:
    """With the columns that are the user's own, and converted places; and back."""
    migrate(region, tmp_path / "new.xlsx", rd_new=True)
    migrate(tmp_path / "new.xlsx", tmp_path / "back")
    migrate(region, tmp_path / "straight", rd_new=True)
    assert read(tmp_path / "back").sha256 == read(tmp_path / "new.xlsx").sha256 == read(tmp_path / "straight").sha256
    assert "note of ours" in (tmp_path / "back" / "sites.csv").read_text(encoding="utf-8")


def refusal(origin: Path, target: Path, overwrite: bool = True) -> str:
    """The words in which migrating is refused."""
    with pytest.raises(UsageError) as refused:
        migrate(origin, target, rd_new=True, overwrite=overwrite)
    return str(refused.value)


def test_a_target_inside_the_folder_is_refused(region: Path, tmp_path: Path) -> None:
    """It would be copied into itself; by way of a symbolic link too."""
    before = contents(tmp_path)
    (tmp_path / "link").symlink_to(region)
    for target in (region / "new", tmp_path / "link" / "maps" / "new"):
        assert refusal(region, target) == f"{target} lies inside {region}; allowed: a folder beside it"
    (tmp_path / "link").unlink()
    assert contents(tmp_path) == before


@pytest.mark.nightly
def test_what_is_there_stays_unless_asked(region: Path, book: Path) -> None:
    """The instance itself, and what is none."""
    before = contents(region), book.read_bytes()
    assert refusal(region, region, False) == f"{region} is there already; allowed: a new or empty folder"
    assert refusal(book, book, False) == f"{book} is there already; allowed: a new name"
    there = region / "README.md"
    assert refusal(region, there) == f"{there} is a file; allowed: a folder, or a new name"
    assert (contents(region), book.read_bytes()) == before


@pytest.mark.nightly
def test_links_stay_links_and_what_they_point_at_stays(region: Path, book: Path, tmp_path: Path) -> None:
    """The folder behind a link changes; a table shared with others by a link does not: the folder gets its own."""
    shared = tmp_path / "shared"
    shared.mkdir()
    for name in ("sites.csv", "prices.csv"):
        shutil.move(region / name, shared / name)
        (region / name).symlink_to(Path("..", "shared", name))
    (region / "gone.txt").symlink_to("nowhere")
    (tmp_path / "link").symlink_to(region)
    migrate(tmp_path / "link", tmp_path / "link", rd_new=True, overwrite=True)
    assert (tmp_path / "link").readlink() == region
    assert (region / "prices.csv").is_symlink()
    assert (region / "gone.txt").is_symlink()
    assert (region / "sites.csv").read_bytes() == SITES_AFTER.encode()
    assert (shared / "sites.csv").read_bytes() == SITES.encode()
    migrate(tmp_path / "link", tmp_path / "deep" / "new")
    assert contents(tmp_path / "deep" / "new")["prices.csv"] == (shared / "prices.csv").read_bytes()
    assert not (tmp_path / "deep" / "new" / "prices.csv").is_symlink()
    (tmp_path / "link.xlsx").symlink_to(book)
    migrate(tmp_path / "link.xlsx", tmp_path / "link.xlsx", rd_new=True, overwrite=True)
    assert (tmp_path / "link.xlsx").readlink() == book
    assert check(book).problems == ()


@pytest.mark.nightly
def test_a_folder_that_holds_itself_is_not_copied_without_end(region: Path, tmp_path: Path) -> None:
    """A link to the folder above: in its place it stays, elsewhere it is left out, as one to nowhere is."""
    before = contents(region)
    (region / "maps" / "all").symlink_to(region)
    (region / "gone.txt").symlink_to("nowhere")
    migrate(region, tmp_path / "new", rd_new=True)
    assert set(contents(tmp_path / "new")) == set(before)
    assert sorted(path.name for path in (tmp_path / "new" / "maps").iterdir()) == ["east.png"]
    migrate(region, region, rd_new=True, overwrite=True)
    assert (region / "maps" / "all").is_symlink()


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="later Pythons follow the links as far as they lead")
@pytest.mark.parametrize("end", ["", ".xlsx"])
@pytest.mark.nightly
def test_links_in_a_circle_are_no_target(end: str, region: Path, book: Path, tmp_path: Path) -> None:
    """They lead nowhere; of a folder and of a workbook."""
    one, other = tmp_path / f"one{end}", tmp_path / f"other{end}"
    one.symlink_to(other)
    other.symlink_to(one)
    told = f"{one} cannot be written: its symbolic links lead in a circle"
    assert refusal(book if end else region, one) == told


def test_what_cannot_be_copied_is_named(region: Path, tmp_path: Path) -> None:
    """A pipe has no content; nothing is left of the copy."""
    os.mkfifo(region / "pipe")
    pipe = f"{region / 'pipe'}: `{region / 'pipe'}` is a named pipe"
    assert refusal(region, tmp_path / "new") == f"{tmp_path / 'new'} cannot be written: {pipe}"
    assert [path.name for path in tmp_path.iterdir()] == ["region"]


@pytest.mark.nightly
def test_what_is_read_only_stays(region: Path, book: Path, tmp_path: Path) -> None:
    """Folder, table or workbook could be replaced all the same; a copy of them can be changed."""
    stays = "is read-only, so it stays; allowed: a place that can be written"
    before = contents(region), book.read_bytes()
    for path in (region / "sites.csv", region, book):
        path.chmod(0o555 if path.is_dir() else 0o444)
        origin = book if path == book else region
        assert refusal(origin, origin) == f"{path} {stays}"
    assert refusal(region, book) == f"{book} {stays}"
    migrate(region, tmp_path / "new", rd_new=True)
    assert contents(tmp_path / "new")["sites.csv"] == SITES_AFTER.encode()
    migrate(book, tmp_path / "new.xlsx", rd_new=True)
    assert (contents(region), book.read_bytes()) == before
    region.chmod(0o755)


@pytest.fixture
def left(tmp_path: Path, region: Path, book: Path) -> Iterator[None]:
    """At the end all is as it was, and nothing lies beside it."""
    before = contents(tmp_path)
    yield
    assert contents(tmp_path) == before


def raising(error: BaseException) -> object:
    """Something to call that fails."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize("where", ["copy_into", "put_file", "read"])
@pytest.mark.some(1)
def test_interrupted_in_the_middle_leaves_the_old_one(
    where: str, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is copied, while a table is written, and while it is looked at."""
    monkeypatch.setattr(f"routeplan.data.migrate.{where}", raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        migrate(region, region, rd_new=True, overwrite=True)


@pytest.mark.usefixtures("left")
@pytest.mark.nightly
def test_interrupted_between_the_old_and_the_new_leaves_the_old_one(
    region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment at which the old folder has gone from its place and the new one has not come."""
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name.endswith("-new"):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(folder_swap.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        migrate(region, region, rd_new=True, overwrite=True)


@pytest.mark.usefixtures("left")
@pytest.mark.nightly
def test_a_full_disk_leaves_the_old_one(region: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so, of a folder and of a workbook."""
    monkeypatch.setattr("routeplan.data.migrate.put_file", raising(FULL))
    assert refusal(region, region) == f"{region} cannot be written: No space left on device"

    def half(origin: Path, aside: Path, changes: object) -> None:
        write_patched(origin, aside, {})
        raise FULL

    monkeypatch.setattr("routeplan.data.workbook.migrate.write_patched", half)
    assert refusal(book, book) == f"{book} cannot be written: No space left on device"


@pytest.mark.usefixtures("left")
@pytest.mark.nightly
def test_what_was_changed_meanwhile_is_not_mixed_with_it(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written must be the instance that was read."""
    monkeypatch.setattr("routeplan.data.migrate.read", lambda _: small())
    assert refusal(region, region) == f"{region} was changed while it was migrated; allowed: to try again"
