"""Templates and the reference of the format."""

import re
from pathlib import Path
from typing import Any

import pytest

from routeplan.data.read import check, read
from routeplan.data.reference import format_reference, result_reference
from routeplan.data.template import write_template
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.result.file import as_dict
from routeplan.result.result import Status
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.result_file import RESULT_KEYS
from routeplan.schema.results import COST_TERMS, RESULT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS
from routeplan.solving.solve import solve
from small import small


def test_a_template_lacks_nothing_but_rows(tmp_path: Path) -> None:
    """A new template is an instance in form: all that is wrong with it is that it has no periods."""
    folder = write_template(tmp_path / "My region")
    assert [str(problem) for problem in check(folder).problems] == [
        "periods.csv: has no rows; allowed: one period or more"
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
