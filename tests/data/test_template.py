"""Templates and the reference of the format."""

import re
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import check, read
from routeplan.data.reference import format_reference, result_reference
from routeplan.data.template import settings_of_template, write_template
from routeplan.data.workbook.write import write_empty_workbook
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.result.file import as_dict
from routeplan.result.result import Status
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import COST_TERMS, RESULT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS
from routeplan.schema.subjects import TABLES_OF, Subject, needed_tables
from routeplan.solving.solve import solve
from small import small


def test_a_template_lacks_nothing_but_rows(tmp_path: Path) -> None:
    """A new template is an instance in form: one line says what must be filled in."""
    folder = write_template(tmp_path / "My region")
    needed = "a plan needs rows in periods, sites, processes, routes, options, prices and areas"
    assert [str(problem) for problem in check(folder).problems] == [
        f"periods.csv: has no rows, nor has any other table; {needed}"
    ]
    book = write_template(tmp_path / "My region.xlsx")
    assert [str(problem) for problem in check(book).problems] == [
        f"My region.xlsx: periods: has no rows, nor has any other table; {needed}"
    ]
    assert (folder / "sizes.csv").read_text(encoding="utf-8") == (
        "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
    )


def test_a_template_filled_in_is_an_instance(tmp_path: Path) -> None:
    """The template's settings with a user's tables: named after the folder."""
    template = write_template(tmp_path / "My region")
    folder = write(small(), tmp_path / "small")
    (folder / "instance.toml").write_bytes((template / "instance.toml").read_bytes())
    settings = read(folder).settings
    assert (settings.name, settings.objective, settings.support_years) == ("my-region", "cost", 15)


def test_a_workbook_to_fill_in_is_that_of_the_empty_folder(tmp_path: Path) -> None:
    """The same settings and sheets, byte by byte, as of the folder of that name."""
    book = write_template(tmp_path / "region.xlsx")
    settings = settings_of_template(write_template(tmp_path / "region"))
    assert settings is not None
    assert settings == settings_of_template(book)
    write_empty_workbook(settings, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


@pytest.mark.parametrize("edit", ["rows", "scenario", "settings", "note", "stray", "lacking"])
def test_what_somebody_has_begun_is_no_template(edit: str, tmp_path: Path) -> None:
    """Rows, scenarios, mistakes in the settings, columns of notes, other files, tables that are gone."""
    folder = write_template(tmp_path / "region")
    {
        "rows": lambda: (folder / "pots.csv").write_text("pot,name,carry_over\na,,0\n"),
        "scenario": lambda: (folder / "scenarios.toml").write_text('[[scenario]]\nname = "a"\n'),
        "settings": lambda: (folder / "instance.toml").write_text('name = "a"\n'),
        "note": lambda: (folder / "pots.csv").write_text("pot,name,carry_over,note\n"),
        "stray": lambda: (folder / "pot.csv").write_text("pot\n"),
        "lacking": lambda: (folder / "pots.csv").unlink(),
    }[edit]()
    assert settings_of_template(folder) is None


def test_what_a_plan_needs_is_found_in_the_schema() -> None:
    """Every column of a needed table that must refer to one table, refers to a needed one."""
    needed = needed_tables()
    columns = [column for name in needed for column in INPUT_TABLES[name].columns if column.required]
    assert {column.refers[0] for column in columns if len(column.refers) == 1} <= set(needed)
    assert {"options", "prices"} <= set(needed)


def test_every_table_has_one_subject() -> None:
    """Settings and scenarios too, and no subject is without tables."""
    listed = [name for tables in TABLES_OF.values() for name in tables]
    assert sorted(listed) == sorted([*INPUT_TABLES, "instance", "scenarios"])
    assert set(TABLES_OF) == set(Subject)


def test_a_template_explains_itself(tmp_path: Path) -> None:
    """The README is the reference of the format."""
    assert (write_template(tmp_path) / "README.md").read_text(encoding="utf-8") == format_reference()


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """A folder with anything in it, or a file, stays."""
    file = tmp_path / "sites.csv"
    file.touch()
    with pytest.raises(UsageError) as refused:
        write_template(tmp_path)
    assert str(refused.value) == f"{tmp_path} is there already; allowed: a new or empty folder"
    with pytest.raises(UsageError) as refused:
        write_template(file)
    assert str(refused.value) == f"{file} is a file; allowed: a folder, or a new name"
    assert list(tmp_path.iterdir()) == [file]


def test_the_reference_holds_every_column() -> None:
    """Each table has a part of its own, with the sentence of each of its columns; so have the settings."""
    parts = dict(part.split("\n", 1) for part in format_reference().split("\n## "))
    for name, table in INPUT_TABLES.items():
        part = parts[f"{name}.csv" + (" (optional)" if table.optional else "")]
        assert [column.name for column in table.columns if f"| {column.about} |" not in part] == []
    settings = parts["instance.toml"]
    assert [key for key in SETTING_COLUMNS if f"| `{key}` |" not in settings] == []


def test_the_reference_holds_every_column_of_a_result() -> None:
    """Each table of a result has a part of its own, with its sentence, and that of each column beside its unit."""
    parts = dict(part.split("\n", 1) for part in result_reference().split("\n## "))
    for table in RESULT_TABLES.values():
        part = parts[table.file]
        assert f"\n{table.about}\n" in part
        assert [column.name for column in table.columns if f"| {column.unit} | {column.about} |" not in part] == []
    assert [term for term in COST_TERMS if f"\n| {term} | " not in parts["costs.csv"]] == []


def _paths(given: dict[str, Any], above: str = "") -> list[str]:
    """Every key of nested objects, told by its path."""
    nested = [_paths(value, f"{key}.") if isinstance(value, dict) else [above + key] for key, value in given.items()]
    return [path for paths in nested for path in paths]


def test_the_reference_holds_every_key_of_a_result() -> None:
    """What `result.json` of a plan holds is told, in its order, and nothing else; so is each way to end."""
    reference = result_reference().replace("options.NAME", "options.mip_max_nodes")
    told = re.findall(r"^\| `(.*?)` \|", reference, flags=re.MULTILINE)
    assert told == _paths(as_dict(solve(small(), options={"mip_max_nodes": 5000})))
    assert RESULT_KEYS["status"].words == tuple(Status)


RESULT_LINES = [
    "| `cost` | number | M EUR | Discounted cost of the plan. |",
    "| **process** | text |  | Id of the process. |",
    "| connection | number | MW | New firm and flexible capacity. |",
    "| open | 0 or 1 |  | 1: open. |",
    "| hub_upkeep | Fixed cost of the hub options that are open. |",
]


@pytest.mark.parametrize("line", RESULT_LINES)
def test_a_column_of_a_result_is_told_in_one_line(line: str) -> None:
    """Name (bold in a key), type, unit and meaning; of a term of the cost its meaning."""
    assert line in result_reference().splitlines()


LINES = [
    "| **site** | id |  |  | required | Id of the site. |",
    "| spare_capacity | number | MW | 0 MW or more | 0 | Capacity still free inside the present contract. |",
    "| lat | number | degrees | -90 to 90 degrees | required | Latitude (WGS 84). |",
    "| parent | id |  | an id listed in areas.csv | empty | Area that contains this one; empty: none. |",
    "| temporary | 0 or 1 |  |  | required | 1: a bridge or first step that may be left again. |",
    "| `participation` | true or false |  |  | true | A firm only moves when its funding gap is covered. |",
]


@pytest.mark.parametrize("line", LINES)
def test_a_column_is_told_in_one_line(line: str) -> None:
    """Name (bold in a key), type, unit, what is allowed, default and meaning."""
    assert line in format_reference().splitlines()


def test_a_default_that_is_another_column_is_told() -> None:
    """An empty contract is the site itself."""
    (line,) = (line for line in format_reference().splitlines() if line.startswith("| contract |"))
    assert line.split(" | ")[4] == "the site itself"
