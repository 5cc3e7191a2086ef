"""``routeplan scenarios``: changes made by each scenario of an instance."""

from typing import Annotated

import typer

from routeplan import cli, data
from routeplan.cli.options import FEW_ROWS, AsJson, InstanceFolder
from routeplan.cli.output import OUT
from routeplan.data.paths import is_workbook, refuse_result
from routeplan.errors import DataError

EXAMPLES = """Examples:

routeplan scenarios instances/tiny

routeplan scenarios instances/achterhoek --scenario late-grid --all

routeplan scenarios instances/tiny --json

Exit codes: 0 every scenario can be applied, 2 one cannot (a change that fits no row, for example)."""

Only = Annotated[list[str] | None, typer.Option("--scenario", help="Show this scenario alone; may be given again.")]
AllRows = Annotated[
    bool, typer.Option("--all", help=f"Show every row that a change touches, not {FEW_ROWS} that differ.")
]


def scenarios(folder: InstanceFolder, only: Only = None, show_all: AllRows = False, as_json: AsJson = False) -> None:
    """Show what each scenario changes: tables and rows, and their cells before and after."""
    refuse_result(folder)
    found = data.check_rules(folder)
    if found.instance is None:
        raise DataError(found.problems)
    cli.warn_of_hidden(folder)
    changes = cli.effects_of_scenarios(found.instance, only)
    if as_json:
        OUT.json(cli.effects_as_json(found.instance, changes))
    elif changes:
        cli.print_effects(changes, show_all)
    else:
        place = "the sheet scenarios" if is_workbook(folder) else "scenarios.toml"
        OUT.say(f"{folder} has no scenarios; {place} would hold them")
