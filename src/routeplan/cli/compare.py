"""``routeplan compare``: results side by side."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from routeplan.cli.options import AsJson
from routeplan.cli.output import ERR, OUT
from routeplan.cli.results import load_named
from routeplan.cli.side_by_side import print_side_by_side
from routeplan.comparison import KEYS, compare, not_told_apart, of_other_instances
from routeplan.data.csv_text import number_text
from routeplan.data.write import write_text
from routeplan.result import Result
from routeplan.summary import records

EXAMPLES = """Examples:

routeplan compare tiny-plan tiny-late-grid-plan tiny-half-budget-plan

routeplan compare achterhoek-plan achterhoek-late-grid-plan --out compare.csv

routeplan compare tiny-plan tiny-late-grid-plan --json

The first result is the reference; differences from it stand in brackets behind the numbers of the others."""


def _table(file: Path | None) -> Path | None:
    """Refuse a file to write that is no CSV file, or whose folder is not there, before anything is read."""
    if file is not None and file.suffix.lower() != ".csv":
        raise typer.BadParameter(f"{file} does not end in .csv")
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}")
    return file


Folders = Annotated[
    list[Path], typer.Argument(metavar="RESULT...", help="Folders of two results or more; the first is the reference.")
]
Out = Annotated[
    Path | None, typer.Option(dir_okay=False, callback=_table, help="CSV file for the table, a column a result.")
]


def compare_results(folders: Folders, out: Out = None, as_json: AsJson = False) -> None:
    """Set results side by side: cost, CO2, routes, energy, grid, public money and the limits that bind."""
    named = load_named(folders)
    rows = compare(named)
    if others := of_other_instances(named):
        first = next(iter(named))
        ERR.say(
            f"warning: made from other tables than {first}: {', '.join(others)}; differences come from these, too",
            style="yellow",
        )
    if out is not None:
        write_text(out, _csv(rows))
    if as_json:
        OUT.json(_as_json(named, folders, rows))
        return
    print_side_by_side(OUT, named, [str(folder) for folder in folders], rows)
    if alike := not_told_apart(named):
        OUT.say(
            f"Within their gaps {', '.join(alike)} may be as good as {next(iter(named))}: "
            "small differences say nothing, unless solved again with a smaller --gap."
        )
    if out is not None:
        OUT.say(f"The table is in {out}")


def _csv(rows: pd.DataFrame) -> str:
    """The table as CSV: periods as whole numbers, cells without a value empty."""
    texts = rows.assign(**{name: rows[name].map(number_text) for name in rows.columns.difference(KEYS)})
    return texts.to_csv(index=False, lineterminator="\n")


def _as_json(named: dict[str, Result], folders: list[Path], rows: pd.DataFrame) -> dict[str, Any]:
    names = list(named)
    values = records(rows[names])
    differences = records(rows[names].sub(rows[names[0]], axis=0)[names[1:]])
    return {
        "results": [
            {
                "name": name,
                "folder": str(folder),
                "instance": result.instance.name,
                "sha256": result.instance.sha256,
                "scenario": result.instance.scenario,
                "status": str(result.status),
            }
            for (name, result), folder in zip(named.items(), folders, strict=True)
        ],
        "rows": [
            {**key, "values": value, "differences": difference}
            for key, value, difference in zip(records(rows[KEYS]), values, differences, strict=True)
        ],
    }
