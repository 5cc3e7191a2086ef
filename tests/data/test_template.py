"""Templates and the reference of the format."""

from pathlib import Path

import pytest

from routeplan.data.read import examine, read
from routeplan.data.reference import format_reference
from routeplan.data.template import write_template
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS
from small import small


def test_a_template_lacks_nothing_but_rows(tmp_path: Path) -> None:
    """A new template is an instance in form: all that is wrong with it is that it has no periods."""
    folder = write_template(tmp_path / "My region")
    assert [str(problem) for problem in examine(folder).problems] == [
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
    (tmp_path / "sites.csv").touch()
    for place in (tmp_path, tmp_path / "sites.csv"):
        with pytest.raises(UsageError) as refused:
            write_template(place)
        assert str(refused.value) == f"{place} is there already; allowed: a new or empty folder"


def test_the_reference_holds_every_column() -> None:
    """Each table has a part of its own, with the sentence of each of its columns; so have the settings."""
    parts = dict(part.split("\n", 1) for part in format_reference().split("\n## "))
    for name, table in INPUT_TABLES.items():
        part = parts[f"{name}.csv" + (" (optional)" if table.optional else "")]
        assert [column.name for column in table.columns if f"| {column.about} |" not in part] == []
    settings = parts["instance.toml"]
    assert [key for key in SETTING_COLUMNS if f"| `{key}` |" not in settings] == []


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
