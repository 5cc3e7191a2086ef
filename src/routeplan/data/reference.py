"""The reference of the instance format, rendered from the schema."""

from collections.abc import Iterable

from routeplan.schema.column import REQUIRED, Column, Kind, Table
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS, SETTING_GROUPS, SETTINGS_FILE

INTRODUCTION = """# The instance format

An instance is a folder of CSV tables and one `instance.toml`.

- Tables are UTF-8, with commas between cells, a decimal point, and a header on the first line.
- Numbers look like `-12`, `0.5` or `1e3`. Years, periods and lifetimes are whole.
- An empty cell, or a column left out, takes the default. Where there is none, a value is required.
- Columns whose names begin with `note` or `source` are yours and are not read; others are refused.
- CSV files that are no table are refused, `derivation.csv` and names that begin with `note` aside.
- Ids hold no spaces and are never `all`. The key columns of a table (bold below) together name one row.
- `routeplan check FOLDER` reports every problem at once.

What a missing row means: no row in `budgets` or `sources`, or in `supply` for a commodity that has
other rows, is 0. An area without any row in `headroom` sets no limit of its own; one with rows has 0 in
the periods it lacks. No row in `targets` or `windows` is no limit. No row in `trends` or `activity` is a
factor of 1.
"""

SCENARIOS = """## scenarios.toml (optional)

Named changes to the tables. Each has a `table`, a `column`, one of `set`, `multiply`, `add` and `delay`,
and optionally `where`, which picks rows. `delay` is a number of years: in a column of years it is added
where a year is given; in a table keyed by period each row gets the value that its key had so many years
before. Changes apply in order.

```toml
[[scenario]]
name = "late-network"
probability = 0.3

[[scenario.change]]
table = "links"
where = { status = "planned" }
column = "first_year"
delay = 5
```
"""

_KINDS = {
    Kind.ID: "id",
    Kind.WORD: "word",
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole number",
    Kind.FLAG: "0 or 1",
}


def format_reference() -> str:
    """Render every key, table and column of the instance format as Markdown."""
    tables = (_table(table) for table in INPUT_TABLES.values())
    return "\n".join([INTRODUCTION, _settings(), *tables, SCENARIOS])


def _settings() -> str:
    rows = (
        (
            f"`{column.name}`",
            "true or false" if column.kind is Kind.FLAG else _KINDS[column.kind],
            column.unit,
            _allowed(column),
            _default(column),
            column.about,
        )
        for column in SETTING_COLUMNS.values()
    )
    groups = " and ".join(f"`[{name}]`" for name in SETTING_GROUPS)
    head = _markdown(("key", "type", "unit", "allowed", "default", "meaning"), rows)
    return f"## {SETTINGS_FILE}\n\n{head}\nThe groups {groups} are optional and hold free text.\n"


def _table(table: Table) -> str:
    rows = (
        (
            f"**{column.name}**" if column.name in table.key else column.name,
            _KINDS[column.kind],
            column.unit,
            _allowed(column),
            _default(column),
            column.about,
        )
        for column in table.columns
    )
    optional = " (optional)" if table.optional else ""
    head = _markdown(("column", "type", "unit", "allowed", "default", "meaning"), rows)
    return f"## {table.file}{optional}\n\n{table.about}\n\n{head}"


def _allowed(column: Column) -> str:
    """What a cell may hold besides what its type, unit and default say."""
    if column.kind in (Kind.TEXT, Kind.FLAG) or (column.kind.is_text and not column.words and not column.refers):
        return ""
    return column.allowed.removesuffix(", or empty")


def _default(column: Column) -> str:
    if column.default is REQUIRED:
        return "required"
    if column.same_as:
        return f"the {column.same_as} itself"
    if column.default in ("", None):
        return "empty"
    return f"{column.default:g}" if isinstance(column.default, float) else str(column.default)


def _markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    lines.insert(1, tuple("---" for _ in lines[0]))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
