"""Numbers outside the range in which those of their column usually lie: most often another unit."""

from collections.abc import Collection, Mapping

from routeplan.errors import Problem
from routeplan.instance.rules.findings import Findings
from routeplan.schema.column import Column
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTING_COLUMNS, SETTINGS_FILE, Settings
from routeplan.schema.usual import Usual

UNUSUAL: Mapping[str, Column] = {
    **{f"unusual-{column.name}": column for column in SETTING_COLUMNS.values() if column.usual is not None},
    **{
        f"unusual-{table.name}-{column.name}": column
        for table in INPUT_TABLES.values()
        for column in table.columns
        if column.usual is not None
    },
}
"""Each setting and column with a usual range, by the name of its warning."""


def unusual_settings(settings: Settings) -> list[Problem]:
    """List the settings that lie outside their usual range."""
    return [
        Problem(SETTINGS_FILE, 0, _text(column, column.usual, number), key, name=f"unusual-{key}")
        for key, column in SETTING_COLUMNS.items()
        if column.usual is not None and column.usual.outside(number := float(getattr(settings, key)))
    ]


def unusual_numbers(findings: Findings, left_out: Collection[str] = ()) -> None:
    """Warn of numbers that lie outside the usual range of their column; names of warnings may be left out."""
    for table in INPUT_TABLES.values():
        for column in table.columns:
            findings.rule = f"unusual-{table.name}-{column.name}"
            if column.usual is not None and findings.rule not in left_out:
                _unusual(table.name, column, column.usual, findings)


def _unusual(table: str, column: Column, usual: Usual, findings: Findings) -> None:
    """Warn of the numbers of a column that lie outside its usual range."""
    numbers = findings[table][column.name]
    findings.warn(table, usual.outside(numbers), column.name, lambda row: _text(column, usual, float(numbers[row])))


def _text(column: Column, usual: Usual, number: float) -> str:
    unit = f" {column.unit}" if column.unit and " or " not in column.unit else ""
    low, high = usual_ends(column)
    return f"column '{column.name}' is {number:.10g}{unit} (usually {low} to {high}): {usual.why}"


def usual_ends(column: Column) -> tuple[str, str]:
    """Ends of the usual range of a column that has one, for readers."""
    usual = column.usual
    assert usual is not None
    low, high = (f"{end:.0f}" if column.is_calendar_year else f"{end:,g}" for end in (usual.low, usual.high))
    return low, high
